"""The button that puts a card away."""

from enum import StrEnum

from bot.callbacks import LiveButton


class CloseVerb(StrEnum):
    CLOSE = "c"


class CloseButton(LiveButton, prefix="x"):
    """Below cards that are only looked at: it puts away the card it stands on."""

    verb: CloseVerb
