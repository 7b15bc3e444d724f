"""What is known of buyers, and how it goes: after the time that the owner sets, or when somebody asks for it."""

from dataclasses import dataclass

from services.orders import changed
from shop.drafts.draft import DraftKind
from shop.orders import Order, OrderStatus
from shop.retention import CLOSES_AFTER, GIVEN_UP_AFTER
from storage import personal
from storage.news import CardKind, CardRef
from storage.work import Work

AT_ONCE = 5
"""So many orders and exchanges a turn, in one shop: 2 ms each at the desk, and their cards are edited in every chat."""
GOLDEN = 0.6180339887
"""Steps of it, however long the clock's are, come by every shop in turn."""
_AFTER = {OrderStatus.DELIVERED: CLOSES_AFTER, OrderStatus.SHIPPED: GIVEN_UP_AFTER}


@dataclass(frozen=True)
class Forgotten:
    """What went of one buyer, and how many orders keep the address because they have not left yet."""

    orders: int
    exchanges: int
    open_orders: int


def shop_due(work: Work) -> int | None:
    """A shop in which there is something to close or to forget; another one each time, when there are several."""
    left_by = {status: work.now - after for status, after in _AFTER.items()}
    due = personal.shops_due(work, left_by)
    return due[int(work.now.timestamp() * GOLDEN % 1 * len(due))] if due else None


def close_old_orders(work: Work) -> None:
    """Orders that nobody will come back to."""
    for status, after in _AFTER.items():
        for order_id in personal.left_before(work, status, work.now - after, most=AT_ONCE):
            order = work.orders.get(order_id)
            if order.close(by=work.speaker, at=work.now):
                changed(work, order)


def forget_old(work: Work) -> None:
    """Whoever bought or asked longer ago than the shop wants to know."""
    before = work.now - work.shop.keep_personal
    for order_id in personal.orders_finished_before(work, before, most=AT_ONCE):
        forget_order(work, order_id)
    for question_id in personal.exchanges_before(work, before, most=AT_ONCE):
        _forget_exchange(work, question_id)
    personal.forget_sheets(work, before)


def forget_order(work: Work, order_id: int) -> Order:
    """Name, phone, address and all words about them go; goods, money and dates stay. Doing it twice changes nothing."""
    order = work.orders.get(order_id)
    buyer_id = order.buyer_id
    if not order.forget_person(by=work.speaker, at=work.now):
        return order
    work.flush()
    personal.drop_drafts(work, DraftKind.EDIT_ADDRESS, order.id)
    parcel_id = personal.forget_carriers_words(work, order.id)
    if parcel_id is not None:
        _shown_anew(work, CardKind.PARCEL.of(parcel_id))
    _shown_anew(work, CardKind.ORDER.of(order.id))
    changed(work, order)
    if buyer_id is not None:
        personal.forget_name(work, buyer_id)
    return order


def forget_buyer(work: Work, question_id: int) -> Forgotten:
    """Everything about whoever asked this: the exchanges, and the orders that need no address any more."""
    buyer = work.questions.get(question_id).buyer
    over, still_open = personal.orders_of(work, buyer.id)
    exchanges = personal.exchanges_of(work, buyer.id)
    for order_id in over:
        forget_order(work, order_id)
    for each in exchanges:
        _forget_exchange(work, each)
    return Forgotten(len(over), len(exchanges), still_open)


def _forget_exchange(work: Work, question_id: int) -> None:
    question = work.questions.get(question_id)
    question.forget(work.now)
    work.flush()
    personal.drop_drafts(work, DraftKind.ANSWER_BUYER, question.id)
    personal.forget_name(work, question.buyer_id)
    work.session.expire(question.buyer)
    _shown_anew(work, CardKind.QUESTION.of(question.id))
    work.touch(CardKind.QUESTIONS.of(work.shop_id))


def _shown_anew(work: Work, card: CardRef) -> None:
    """The old words go from the chats, too."""
    personal.drop_unseen_cards(work, card)
    work.touch(card)
