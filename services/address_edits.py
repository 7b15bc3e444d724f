"""Correcting an order's recipient: typed piece by piece, with suggestions, saved when it is right."""

from services.orders import changed
from shop.addresses import apply_suggestions
from shop.drafts.address import AddressDraft, corrected
from shop.drafts.draft import Draft, DraftKind
from shop.order_states import RecipientHidden
from shop.orders import Order
from shop.recipients import Recipient
from storage.answers import keeps
from storage.work import Work

keeps(AddressDraft)


def begin_edit(work: Work, order_id: int) -> Draft:
    """What the speaker types next is about this order's recipient; a correction that was left half way goes on."""
    order = work.orders.get(order_id)
    recipient = _recipient(order)
    for draft in (work.drafts.find_open(), *work.drafts.waiting(DraftKind.EDIT_ADDRESS)):
        if draft is not None and draft.kind is DraftKind.EDIT_ADDRESS and draft.subject_id == order_id:
            work.drafts.reopen(draft)
            return draft
    return work.drafts.start(DraftKind.EDIT_ADDRESS, AddressDraft(recipient, recipient), subject_id=order_id)


def type_address(work: Work, draft: Draft, text: str) -> Order | None:
    """Add what was typed. Saved at once when nothing is wrong any more; else the order is None and the draft shows what is."""
    answers: AddressDraft = draft.answers.with_words(text)
    draft.answers = answers
    if answers.check.is_fine:
        return save_edit(work, draft)
    work.flush()
    return None


def take_suggestions(work: Work, draft: Draft) -> Order | None:
    """Put what was probably meant into the correction."""
    draft.answers = draft.answers.with_suggestions()
    if draft.answers.check.is_fine:
        return save_edit(work, draft)
    work.flush()
    return None


def save_edit(work: Work, draft: Draft) -> Order:
    """The order takes the corrected recipient, whatever still looks wrong about it."""
    order = _change(work, draft.subject_id or 0, draft.answers.recipient)
    work.drafts.drop(draft)
    return order


def drop_edit(work: Work, draft: Draft) -> int:
    """Nothing is changed; gives the order's id."""
    work.drafts.drop(draft)
    return draft.subject_id or 0


def edit_address(work: Work, order_id: int, text: str) -> Order:
    """Correct the recipient by what the text says, in one step."""
    return _change(work, order_id, corrected(_recipient(work.orders.get(order_id)), text))


def correct_address(work: Work, order_id: int) -> Order:
    """Take every suggestion that the check has made."""
    return _change(work, order_id, apply_suggestions(_recipient(work.orders.get(order_id))))


def _recipient(order: Order) -> Recipient:
    if order.recipient is None:
        raise RecipientHidden(order.id, order.number)
    return order.recipient


def _change(work: Work, order_id: int, recipient: Recipient) -> Order:
    order = work.orders.get(order_id)
    if order.change_recipient(recipient, by=work.speaker, at=work.now):
        changed(work, order)
    return order
