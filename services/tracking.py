"""Entering a tracking number step by step: the order, the number, and the carrier when it is unclear."""

from dataclasses import replace

from services.parcels import correct_number, find_order, ship_order
from shop.carriers import CarrierUnclear, must_agree
from shop.drafts.draft import Draft, DraftKind
from shop.drafts.tracking import TrackingDraft
from shop.order_states import NotConfirmedYet, OrderCancelled, OrderStatus
from shop.parcels import AlreadyShipped, Parcel, ParcelFinished
from shop.tracking_lines import TrackingLine, read_line
from shop.tracking_numbers import normalise_number
from storage.answers import keeps
from storage.work import Work

keeps(TrackingDraft)

SHORTEST_ORDER_NUMBER = 8
"""A first group of digits that is shorter, before more digits, belongs to a tracking number written with gaps."""


def begin_ship(work: Work, order_id: int) -> Draft:
    """What the speaker types next is this order's tracking number."""
    order = work.orders.get(order_id)
    parcel = work.parcels.find_of_order(order_id)
    if parcel is not None:
        raise AlreadyShipped(order.id, order.number, parcel.tracking_number, parcel.id)
    match order.status:
        case OrderStatus.TO_CHECK:
            raise NotConfirmedYet(order.id, order.number)
        case OrderStatus.CANCELLED:
            raise OrderCancelled(order.id, order.number)
    return _ask(work, order_id, TrackingDraft())


def begin_correction(work: Work, parcel_id: int) -> Draft:
    """What the speaker types next is the right number of this parcel."""
    parcel = work.parcels.get(parcel_id)
    if parcel.finished_at is not None:
        raise ParcelFinished(parcel.id, parcel.tracking_number)
    return _ask(work, parcel.order_id, TrackingDraft(corrects=True))


def enter_number(work: Work, order_id: int, line: TrackingLine, *, corrects: bool = False) -> Parcel | Draft:
    """The parcel; or a draft that waits for the carrier, when several could have issued the number."""
    try:
        must_agree(normalise_number(line.tracking_number), line.carrier_id)
        parcel = _enter(work, order_id, line.tracking_number, line.carrier_id, corrects=corrects)
    except CarrierUnclear as unclear:
        return _ask(work, order_id, TrackingDraft(unclear.tracking_number, corrects))
    drop_asking(work, order_id)
    return parcel


def type_number(work: Work, draft: Draft, text: str) -> Parcel | Draft:
    """What was typed is the number of the draft's order, unless it names another order."""
    answers: TrackingDraft = draft.answers
    return enter_line(work, draft.subject_id or 0, text, corrects=answers.corrects)


def enter_line(work: Work, order_id: int, text: str, *, corrects: bool = False) -> Parcel | Draft:
    """One line about this order: a number, perhaps with its carrier. A line that names another order is about that one."""
    line = in_one_piece(work, read_line(text))
    named = find_order(work, line.order_number).id if line.order_number else order_id
    return enter_number(work, named, line, corrects=corrects and named == order_id)


def choose_carrier(work: Work, draft: Draft, carrier_id: str) -> Parcel:
    """A person knows better than any pattern."""
    answers: TrackingDraft = draft.answers
    parcel = _enter(work, draft.subject_id or 0, answers.number, carrier_id, corrects=answers.corrects)
    work.drafts.drop(draft)
    return parcel


def find_asking(work: Work, order_id: int) -> Draft | None:
    """The speaker's draft of this order's tracking number."""
    mine = (work.drafts.find_open(), *work.drafts.waiting(DraftKind.TRACKING))
    return next(
        (each for each in mine if each and each.kind is DraftKind.TRACKING and each.subject_id == order_id), None
    )


def drop_asking(work: Work, order_id: int) -> None:
    """No number is asked for this order any more."""
    draft = find_asking(work, order_id)
    if draft is not None:
        work.drafts.drop(draft)


def in_one_piece(work: Work, line: TrackingLine) -> TrackingLine:
    """For "7712 3456 7890 123" is one number with gaps, not an order 7712 and its parcel; "9001 7712345678901" is both."""
    first, rest = line.order_number, line.tracking_number
    if not (first.isdigit() and len(first) < SHORTEST_ORDER_NUMBER and rest.isdigit()):
        return line
    if rest in line.text and work.orders.find_by_number(first) is not None:
        return line
    return replace(line, order_number="", tracking_number=first + rest)


def _enter(work: Work, order_id: int, number: str, carrier_id: str | None, *, corrects: bool) -> Parcel:
    there = work.parcels.find_of_order(order_id) if corrects else None
    if there is not None:
        return correct_number(work, there.id, number, carrier_id)
    return ship_order(work, order_id, number, carrier_id)


def _ask(work: Work, order_id: int, answers: TrackingDraft) -> Draft:
    draft = find_asking(work, order_id)
    if draft is None:
        return work.drafts.start(DraftKind.TRACKING, answers, subject_id=order_id)
    draft.answers = answers
    work.drafts.reopen(draft)
    work.flush()
    return draft
