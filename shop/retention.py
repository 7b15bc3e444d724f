"""How long a shop remembers who bought."""

from datetime import timedelta

CLOSES_AFTER = timedelta(days=7)
"""A parcel that arrived so long ago brings no more questions: the order is closed."""
GIVEN_UP_AFTER = timedelta(days=30)
"""A parcel that was never reported as arrived has done so all the same, or never will."""
