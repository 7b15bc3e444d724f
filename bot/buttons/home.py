"""Buttons of the home card, and of the door where strangers stand."""

from enum import StrEnum

from bot.callbacks import LiveButton


class HomeVerb(StrEnum):
    OPEN_SHOP = "n"
    SAMPLE = "p"
    THROW_AWAY = "x"
    SHOPS = "w"
    SWITCH = "g"
    BACK = "b"
    LANGUAGE = "l"
    LOOK = "o"
    CLOSE = "c"


class HomeButton(LiveButton, prefix="h"):
    """`id` is the shop for SWITCH; `arg` the language for LANGUAGE and what is looked at for LOOK."""

    verb: HomeVerb


class Look(StrEnum):
    """What waits, and is opened from the home card."""

    TO_CHECK = "check"
    TO_DISPATCH = "dispatch"
    QUESTIONS = "questions"
    LOW_STOCK = "low"
    STALLED = "stalled"
