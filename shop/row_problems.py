"""What is wrong with a row of an order sheet, as facts; nothing here stops the other rows."""

from dataclasses import dataclass
from enum import StrEnum

_SHOWN = 60


class Trouble(StrEnum):
    """What is wrong with a row."""

    NO_NUMBER = "no_number"
    SPOILT_NUMBER = "spoilt_number"
    NUMBER_TOO_LONG = "number_too_long"
    NO_ARTICLE = "no_article"
    WRONG_QUANTITY = "wrong_quantity"
    NOT_PAID = "not_paid"
    REPEATED = "repeated"
    WRONG_MONEY = "wrong_money"
    WRONG_MOMENT = "wrong_moment"
    CUT_SHORT = "cut_short"


_HARMLESS = frozenset({Trouble.REPEATED, Trouble.WRONG_MONEY, Trouble.WRONG_MOMENT, Trouble.CUT_SHORT})


@dataclass(frozen=True, kw_only=True)
class RowProblem:
    """Which row, what is wrong with it, and what stands there."""

    row: int
    trouble: Trouble
    text: str = ""

    @property
    def harmless(self) -> bool:
        """The order is taken all the same; only this cell or this repetition is left out."""
        return self.trouble in _HARMLESS


def problem(row: int, trouble: Trouble, text: str = "") -> RowProblem:
    """A problem that quotes no more than a card can bear."""
    shown = " ".join(text.split())
    return RowProblem(row=row, trouble=trouble, text=shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…")
