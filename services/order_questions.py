"""Asking the buyer about an order's recipient, and the answer that comes back onto the order."""

import secrets

from services.address_edits import edit_address
from services.buyers import visit_shop
from services.orders import changed
from shop.addresses import check_recipient
from shop.drafts.address import named_in
from shop.errors import NotFound
from shop.orders import Order
from shop.speakers import Permission, Standing
from storage.news import CardKind, Level
from storage.work import Work

CODE_BYTES = 9


def ask_buyer(work: Work, order_id: int) -> Order:
    """The buyer is asked what looks wrong: by us when we know the buyer, else by the merchant, with words to copy and a link."""
    order = work.orders.get(order_id)
    order.ask_buyer(secrets.token_urlsafe(CODE_BYTES), by=work.speaker, at=work.now)
    changed(work, order)
    if order.buyer_id is not None:
        _put_question(work, order)
    return order


def open_question(work: Work, code: str) -> Order:
    """A buyer comes by the link of a question: from now on this person is the buyer of that order."""
    found = work.orders.find_asked(code)
    shop = work.people.find_shop(found[0]) if found else None
    if found is None or shop is None:
        raise NotFound("order", 0)
    buyer = visit_shop(work, shop)
    order = work.orders.get(found[1])
    if order.buyer_id not in (None, buyer.id):
        raise NotFound("order", order.id)
    order.buyer_id = buyer.id
    changed(work, order)
    return order


def find_order_asked_about(work: Work, text: str) -> Order | None:
    """The order whose recipient the speaking buyer was asked for, if these words say something about one."""
    if work.speaker.standing is not Standing.BUYER or named_in(text) is None:
        return None
    buyer = work.buyers.find(work.speaker.person_id)
    return work.orders.find_waiting_for(buyer.id) if buyer else None


def hear_answer(work: Work, order: Order, text: str) -> Order:
    """The buyer's words come back onto the order, and whoever checks orders is called."""
    order.hear_answer(text, by=work.speaker, at=work.now)
    changed(work, order)
    work.wake(CardKind.ORDER.of(order.id), to=Permission.CHECK_ORDERS, level=Level.P1)
    return order


def take_answer(work: Work, order_id: int) -> Order:
    """The recipient as the buyer has corrected it."""
    return edit_address(work, order_id, work.orders.get(order_id).answer)


def _put_question(work: Work, order: Order) -> None:
    buyer = work.buyers.get(order.buyer_id or 0)
    work.tell(
        buyer.person_id, "orders/to_buyer.html", level=Level.P1, order=order, check=check_recipient(order.recipient)
    )
