"""Leaving a conversation: what took effort waits, what is typed again in a second is dropped."""

from dataclasses import dataclass

from services import shops
from shop.drafts.draft import DraftKind
from storage.news import CardKind
from storage.work import Work

_CARDS = {DraftKind.PRODUCT: CardKind.PRODUCT_DRAFT}
KEPT = frozenset(_CARDS)


@dataclass(frozen=True)
class Left:
    """The draft that was open. `subject_id` is what it was about, such as an order."""

    draft_id: int
    kind: DraftKind
    subject_id: int | None
    kept: bool


def leave_draft(work: Work) -> Left | None:
    """Stop the conversation that is open; None when there is none."""
    draft = work.drafts.find_open()
    if draft is None:
        return None
    left = Left(draft.id, draft.kind, draft.subject_id, draft.kind in KEPT)
    if left.kept:
        work.drafts.leave_open()
        work.touch(_CARDS[draft.kind].of(draft.id))
    elif draft.kind is DraftKind.CHANGE_RULE:
        shops.stop_asking(work)
    else:
        work.drafts.drop(draft)
    return left
