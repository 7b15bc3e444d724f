"""The list of orders: a tab for each stage, five orders a page, and what was searched for."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.buttons.orders import OrderButton, OrdersButton, OrdersVerb, OrderVerb
from bot.callbacks import whole
from bot.cards import Card, card
from bot.cards.closing import CLOSE
from bot.formats import names
from bot.labels import L, Label, plain
from bot.replies import Button, Keyboard, Row
from shop.addresses import AddressCheck, check_recipient
from shop.orders import OrderStatus
from storage.news import CardKind
from storage.orders import MANY, ListedOrder
from storage.work import Work

A_PAGE = 5
FINDING = "find:"
LONGEST_SEARCH = 40


class Tab(StrEnum):
    CHECK = "check"
    DISPATCH = "dispatch"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"


_STATUSES = {
    Tab.CHECK: (OrderStatus.TO_CHECK,),
    Tab.DISPATCH: (OrderStatus.TO_DISPATCH,),
    Tab.SHIPPED: (OrderStatus.SHIPPED, OrderStatus.DELIVERED, OrderStatus.CLOSED),
    Tab.CANCELLED: (OrderStatus.CANCELLED,),
}
_LABELS = {
    Tab.CHECK: L("To check {n}"),
    Tab.DISPATCH: L("To dispatch {n}"),
    Tab.SHIPPED: L("Shipped {n}"),
    Tab.CANCELLED: L("Cancelled {n}"),
}
names({Tab.CHECK: "To check", Tab.DISPATCH: "To dispatch", Tab.SHIPPED: "Shipped", Tab.CANCELLED: "Cancelled"})


@dataclass(frozen=True)
class Entry:
    """An order in the list, with its number in it and what looks wrong."""

    position: int
    order: ListedOrder
    check: AddressCheck
    lacks_goods: bool = False

    @property
    def needs_a_look(self) -> bool:
        return self.order.status is OrderStatus.TO_CHECK and (bool(self.check.flaws) or self.lacks_goods)


@card(CardKind.ORDERS)
def orders_card(work: Work, _shop_id: int, view: str) -> Card:
    """Faces: the tab that has work to do, `<tab>-<page>`, `find:<words>`."""
    if view.startswith(FINDING):
        return _found(work, view.removeprefix(FINDING))
    counts = _counts(work)
    tab, page = _face(view, counts)
    last = max(-(-counts[tab] // A_PAGE), 1)
    page = min(max(page, 1), last)
    listed = work.orders.page(_STATUSES[tab], skip=(page - 1) * A_PAGE, most=A_PAGE)
    facts = {
        "tab": tab,
        "entries": _entries(work, listed),
        "count": _told(tab, counts),
        "page": page,
        "last": last,
        "total": sum(counts.values()),
    }
    return Card("orders/list.html", facts, (*_tabs(counts, tab), *_opens(listed), (*_turns(tab, page, last), CLOSE)))


def finding(words: str) -> str:
    """The face that shows what was found."""
    return f"{FINDING}{words.strip()[:LONGEST_SEARCH]}"


def _found(work: Work, words: str) -> Card:
    listed = work.orders.search(words, most=A_PAGE)
    facts = {"said": words, "entries": _entries(work, listed), "count": work.orders.count_found(words)}
    back = (Button(L("All orders"), OrdersButton(verb=OrdersVerb.TURN)), CLOSE)
    return Card("orders/found.html", facts, (*_opens(listed), back))


def _counts(work: Work) -> dict[Tab, int]:
    by_status = work.orders.counts()
    return {tab: sum(by_status[status] for status in statuses) for tab, statuses in _STATUSES.items()}


def _told(tab: Tab, counts: dict[Tab, int]) -> int | str:
    """Work to do is counted to the last order, what is over is not."""
    is_open = tab in (Tab.CHECK, Tab.DISPATCH)
    return counts[tab] if is_open or counts[tab] < MANY else f"{MANY - 1}+"


def _face(view: str, counts: dict[Tab, int]) -> tuple[Tab, int]:
    tab, _, page = view.partition("-")
    if tab in set(Tab):
        return Tab(tab), whole(page, 1)
    return next((tab for tab in (Tab.CHECK, Tab.DISPATCH) if counts[tab]), Tab.CHECK), 1


def _entries(work: Work, listed: Sequence[ListedOrder]) -> list[Entry]:
    lacking = work.orders.lacking_goods([order.id for order in listed if order.status is OrderStatus.TO_CHECK])
    return [
        Entry(n, order, check_recipient(order.recipient), order.id in lacking)
        for n, order in enumerate(listed, start=1)
    ]


def _tabs(counts: dict[Tab, int], chosen: Tab) -> Keyboard:
    def button(tab: Tab) -> Button:
        label = Label(_LABELS[tab].text, (("n", _told(tab, counts)),))
        return Button(
            label, OrdersButton(verb=OrdersVerb.TURN, arg=f"{tab}-1"), style="primary" if tab is chosen else None
        )

    return (button(Tab.CHECK), button(Tab.DISPATCH)), (button(Tab.SHIPPED), button(Tab.CANCELLED))


def _opens(listed: Sequence[ListedOrder]) -> Keyboard:
    return tuple((_open(n, order),) for n, order in enumerate(listed, start=1))


def _open(position: int, order: ListedOrder) -> Button:
    name = order.recipient.name if order.recipient and order.recipient.name else order.number[-8:]
    return Button(plain(f"{position}. {name[:20]}"), OrderButton(verb=OrderVerb.OPEN, id=order.id))


def _turns(tab: Tab, page: int, last: int) -> Row:
    before = (_turn("‹", tab, page - 1),) if page > 1 else ()
    after = (_turn("›", tab, page + 1),) if page < last else ()
    return before + after


def _turn(sign: str, tab: Tab, page: int) -> Button:
    return Button(plain(sign), OrdersButton(verb=OrdersVerb.TURN, arg=f"{tab}-{page}"))
