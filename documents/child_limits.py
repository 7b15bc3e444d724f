"""What a child process allows itself; imports next to nothing, so that a child starts fast."""

import os
from contextlib import suppress

MOST_MEMORY = 512 * 1024 * 1024
MOST_CPU_SECONDS = 20
MOST_SECONDS = 60.0
"""By the clock; a busy machine may take longer over the same work."""
OUT_OF_MEMORY = 3
_POLITENESS = 5


def limit_this_process() -> None:
    """For the child: less than this machine may set a limit, and then the clock outside is all there is."""
    with suppress(OSError, AttributeError):
        os.nice(_POLITENESS)
    with suppress(ImportError):
        import resource  # noqa: PLC0415  not on every system

        for what, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_CPU_SECONDS)):
            with suppress(OSError, ValueError):
                resource.setrlimit(what, (most, most))
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
