"""The living cards: for each kind, how its words and keyboard follow from the books.

A module of this package registers its builders with `@card(CardKind.X)`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.replies import Keyboard
from storage.news import CardKind, CardRef
from storage.work import Work


@dataclass(frozen=True)
class Card:
    """What a card shows: a template with its facts, and rows of buttons. `ask` is an example shown in the input field."""

    template: str
    facts: Mapping[str, object] = field(default_factory=dict)
    keyboard: Keyboard = ()


Builder = Callable[[Work, int, str], Card]
"""(work, id of the thing, view) -> card. Raises NotFound when the thing is gone or of another shop."""

_BUILDERS: dict[CardKind, Builder] = {}


def card(kind: CardKind) -> Callable[[Builder], Builder]:
    """Register the builder of a kind of card."""

    def register(builder: Builder) -> Builder:
        if kind in _BUILDERS:
            raise TypeError(f"two builders for {kind} cards")
        _BUILDERS[kind] = builder
        return builder

    return register


def build(work: Work, ref: CardRef, view: str) -> Card:
    return _BUILDERS[ref.kind](work, ref.subject_id, view)
