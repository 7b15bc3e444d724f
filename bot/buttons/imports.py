"""Buttons below an order sheet on its way in."""

from enum import StrEnum
from typing import ClassVar

from bot.callbacks import LiveButton, whole
from storage.news import CardKind


class ImportVerb(StrEnum):
    TURN = "t"
    COLUMN = "k"
    CONFIRM = "c"
    CHANGE = "g"
    START = "s"
    STOP = "p"
    CANCEL = "x"


class ImportButton(LiveButton, prefix="im"):
    """`arg` is the face that TURN leads to, such as `rows-2`; for COLUMN our field and the sheet's column: `3-12`, or `3-none`."""

    card: ClassVar[CardKind | None] = CardKind.ORDER_IMPORT
    verb: ImportVerb

    @property
    def field(self) -> int:
        """The place of our field among those that are asked for; -1 for nonsense."""
        return whole(self.arg.partition("-")[0], -1)

    @property
    def column(self) -> int | None:
        column = whole(self.arg.partition("-")[2], -1)
        return None if column < 0 else column
