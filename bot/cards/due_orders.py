"""The card of orders that must leave soon: how many, how urgent, and a button for each."""

from datetime import timedelta

from bot.buttons.orders import OrderButton, OrdersButton, OrdersVerb, OrderVerb
from bot.buttons.parcels import DueButton, DueVerb
from bot.callbacks import whole
from bot.cards import Card, card
from bot.cards.closing import CLOSE
from bot.labels import L, plain
from bot.replies import Button, Row
from shop.reminders import LOOK_AHEAD
from storage.news import CardKind
from storage.work import Work

A_PAGE = 6
A_MOMENT = timedelta(microseconds=1)


@card(CardKind.DUE_ORDERS)
def due_orders_card(work: Work, _shop_id: int, view: str) -> Card:
    """Faces: the page, "" for the first. The most urgent order comes first."""
    due = work.orders.due_before(work.now + LOOK_AHEAD + A_MOMENT)
    last = max(-(-len(due) // A_PAGE), 1)
    page = min(max(whole(view, 1), 1), last)
    entries = list(enumerate(due, start=1))[(page - 1) * A_PAGE : page * A_PAGE]
    facts = {
        "due": due,
        "entries": entries,
        "late": sum(order.dispatch_by <= work.now for order in due),
        "page": page,
        "last": last,
    }
    rows: list[Row] = [
        (Button(plain(f"{n}. {order.number[-20:]}"), OrderButton(verb=OrderVerb.OPEN, id=order.id)),)
        for n, order in entries
    ]
    turns = tuple(
        Button(plain(sign), DueButton(verb=DueVerb.TURN, arg=str(to)))
        for sign, to in (("‹", page - 1), ("›", page + 1))
        if 1 <= to <= last
    )
    every = (Button(L("All orders"), OrdersButton(verb=OrdersVerb.OPEN)), CLOSE)
    return Card("parcels/due.html", facts, (*rows, turns, every))
