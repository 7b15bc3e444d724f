"""What buttons carry: an id and the revision that its presser has seen, never a name."""

from enum import StrEnum
from typing import Annotated, Any, ClassVar

from aiogram.filters import Filter
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery
from pydantic import Field

from storage.news import CardKind

_MOST_DIGITS = 15
Number = Annotated[int, Field(ge=0, lt=10**_MOST_DIGITS)]


class LiveButton(CallbackData, prefix="live"):
    """The base of all buttons. A subclass names its `verb` (a StrEnum), a prefix of at most three letters and its card.

    `revision` is that of the thing when the button was shown: a tap with another one is not carried out, and the present state is
    shown instead. 0 means that the state does not matter, as for opening a page.
    """

    card: ClassVar[CardKind | None] = None
    id: Number = 0
    revision: Number = 0
    arg: str = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.__prefix__ in _BUTTONS:
            raise TypeError(f"two kinds of buttons share the prefix {cls.__prefix__!r}")
        _BUTTONS[cls.__prefix__] = cls

    @classmethod
    def where(cls, *verbs: StrEnum) -> "Pressed":
        return Pressed(cls, verbs)


_BUTTONS: dict[str, type[LiveButton]] = {}


def read_button(text: str | None) -> LiveButton | None:
    """What was pressed; None for what is no button of ours."""
    if text is None or (shape := _BUTTONS.get(text.partition(":")[0])) is None:
        return None
    try:
        return shape.unpack(text)
    except (TypeError, ValueError):
        return None


def whole(text: str, otherwise: int = 0) -> int:
    """The number that an argument says; `otherwise` for nonsense, and for more than any database counts."""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS else otherwise


class Pressed(Filter):
    """A tap on this kind of button with one of these verbs; any verb when none is named. Gives `button`."""

    def __init__(self, shape: type[LiveButton], verbs: tuple[StrEnum, ...]) -> None:
        self.shape = shape
        self.verbs = verbs

    async def __call__(self, _: CallbackQuery, pressed: LiveButton | None = None) -> bool | dict[str, Any]:
        if not isinstance(pressed, self.shape):
            return False
        if self.verbs and getattr(pressed, "verb", None) not in self.verbs:
            return False
        return {"button": pressed}
