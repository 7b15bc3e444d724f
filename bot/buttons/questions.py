"""Buttons below questions, answers that were held back, and canned answers."""

from enum import StrEnum
from typing import ClassVar

from bot.callbacks import LiveButton, whole
from storage.news import CardKind


class QuestionVerb(StrEnum):
    OPEN = "o"
    ANSWER = "a"
    CANCEL = "x"
    QUICK = "k"
    PREVIEW = "p"
    SEND = "s"
    READ = "r"
    FILES = "f"
    CLOSE = "c"
    REOPEN = "u"
    FORGET = "g"
    FORGET_NOW = "n"


class QuestionButton(LiveButton, prefix="q"):
    """`arg` is a page for QUICK and READ, a canned answer for PREVIEW and SEND (there with its revision: `12-3`)."""

    card: ClassVar[CardKind | None] = CardKind.QUESTION
    verb: QuestionVerb

    @property
    def number(self) -> int:
        return whole(self.arg.partition("-")[0])

    @property
    def seen(self) -> int:
        """The revision of the canned answer that was on show."""
        return whole(self.arg.partition("-")[2])


class HeldBackVerb(StrEnum):
    SEND = "s"
    DROP = "d"


class HeldBackButton(LiveButton, prefix="qh"):
    """`id` is the draft that holds the words."""

    verb: HeldBackVerb


class QuickReplyVerb(StrEnum):
    PAGE = "p"
    ADD = "a"
    OPEN = "o"
    TITLE = "t"
    TEXT = "x"
    UP = "u"
    DELETE = "d"
    DELETE_NOW = "n"
    CANCEL = "c"


class QuickReplyButton(LiveButton, prefix="qr"):
    """`id` is the canned answer; `arg` the page for PAGE."""

    verb: QuickReplyVerb
