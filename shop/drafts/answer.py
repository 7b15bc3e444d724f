"""An answer to a buyer that is begun and not yet sent."""

from dataclasses import dataclass
from datetime import timedelta

from shop.questions import Words

TYPED_SOON = timedelta(minutes=30)
"""Whoever types later than this after [Answer] may mean something else: the words are shown first."""


@dataclass(frozen=True, kw_only=True)
class AnswerDraft:
    """Without `words` the shop is still to type them; with them they wait for [Send]."""

    words: Words | None = None
