"""The list of parcels: on their way, standing still, and to which order a number belongs that was typed alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.buttons.parcels import ParcelButton, ParcelsButton, ParcelsVerb, ParcelVerb, ShipButton, ShipVerb
from bot.callbacks import whole
from bot.cards import Card, card
from bot.cards.carrier_names import name_of
from bot.cards.closing import CLOSE
from bot.formats import MINUTE
from bot.labels import L, Label, plain
from bot.replies import Button, Keyboard, Row
from shop.orders import OrderStatus
from shop.parcels import ParcelState
from storage.news import CardKind
from storage.orders import ListedOrder
from storage.parcels import ListedParcel
from storage.work import Work

A_PAGE = 5
STALLED = "stalled"
SHIPPING = "ship"


@dataclass(frozen=True)
class Entry:
    """A parcel in the list. `quiet` is how long it has not moved."""

    position: int
    parcel: ListedParcel
    carrier: Label
    quiet: timedelta
    stands_still: bool

    @property
    def has_just_moved(self) -> bool:
        return self.quiet < MINUTE

    @property
    def state(self) -> ParcelState:
        return self.parcel.state


@card(CardKind.PARCELS)
def parcels_card(work: Work, _shop_id: int, view: str) -> Card:
    """Faces: `all-<page>`, `stalled-<page>`, `ship.<number>.<carrier>.<page>` (which order has this number?)."""
    if view.startswith(f"{SHIPPING}."):
        return _which_order(work, view)
    still = work.parcels.standing_since(work.now - work.shop.parcel_patience)
    count = work.parcels.count_on_the_way()
    tab = STALLED if view.startswith(STALLED) and still else "all"
    page, last = _page(view.partition("-")[2], len(still) if tab == STALLED else count)
    skip = (page - 1) * A_PAGE
    listed = still[skip : skip + A_PAGE] if tab == STALLED else work.parcels.on_the_way(skip=skip, most=A_PAGE)
    entries = _entries(work, listed)
    facts = {"tab": tab, "entries": entries, "count": count, "still": len(still), "page": page, "last": last}
    return Card(
        "parcels/list.html",
        facts,
        (*_tabs(tab, count, len(still)), *_opens(entries), (*_turns(tab, page, last), CLOSE)),
    )


def which_order(number: str, carrier_id: str | None, page: int = 1) -> str:
    """The face that asks to which order a number belongs."""
    return f"{SHIPPING}.{number}.{carrier_id or ''}.{page}"


def _which_order(work: Work, view: str) -> Card:
    _, number, carrier_id, turned = (*view.split("."), "", "", "")[:4]
    count = work.orders.counts()[OrderStatus.TO_DISPATCH]
    page, last = _page(turned, count)
    listed = work.orders.page((OrderStatus.TO_DISPATCH,), skip=(page - 1) * A_PAGE, most=A_PAGE)
    rows: list[Row] = [(_belongs(order, number, carrier_id),) for order in listed]
    turns = tuple(
        Button(plain(sign), ParcelsButton(verb=ParcelsVerb.TURN, arg=which_order(number, carrier_id, to)))
        for sign, to in (("‹", page - 1), ("›", page + 1))
        if 1 <= to <= last
    )
    back = (Button(L("Back"), ParcelsButton(verb=ParcelsVerb.TURN)),)
    facts = {"number": number, "entries": listed, "count": count, "page": page, "last": last}
    return Card("parcels/which_order.html", facts, (*rows, turns, back))


def _belongs(order: ListedOrder, number: str, carrier_id: str) -> Button:
    name = order.recipient.name[:12] if order.recipient and order.recipient.name else ""
    arg = f"{number}-{carrier_id}" if carrier_id else number
    return Button(plain(f"{order.number[-20:]} {name}".strip()), ShipButton(verb=ShipVerb.CHOSEN, id=order.id, arg=arg))


def _page(wanted: str, count: int) -> tuple[int, int]:
    """The page that is there, and the last one."""
    last = max(-(-count // A_PAGE), 1)
    return min(max(whole(wanted, 1), 1), last), last


def _entries(work: Work, listed: Sequence[ListedParcel]) -> list[Entry]:
    patience = work.shop.parcel_patience
    return [
        Entry(n, parcel, name_of(parcel.carrier_id), quiet, quiet >= patience)
        for n, parcel in enumerate(listed, start=1)
        for quiet in [max(work.now - parcel.quiet_since, timedelta(0))]
    ]


def _tabs(tab: str, count: int, still: int) -> Keyboard:
    if not still:
        return ()
    tabs = (("all", L("On the way {n}", n=count)), (STALLED, L("Standing still {n}", n=still)))
    return (tuple(_turn(label, face, style="primary" if face == tab else None) for face, label in tabs),)


def _opens(entries: Sequence[Entry]) -> Keyboard:
    return tuple(
        (Button(plain(f"{entry.position}. {entry.parcel.order_number[-20:]}"), _opening(entry.parcel)),)
        for entry in entries
    )


def _opening(parcel: ListedParcel) -> ParcelButton:
    return ParcelButton(verb=ParcelVerb.OPEN, id=parcel.id)


def _turns(tab: str, page: int, last: int) -> Row:
    return tuple(
        _turn(plain(sign), f"{tab}-{to}") for sign, to in (("‹", page - 1), ("›", page + 1)) if 1 <= to <= last
    )


def _turn(label: Label, face: str, *, style: str | None = None) -> Button:
    return Button(label, ParcelsButton(verb=ParcelsVerb.TURN, arg=face), style=style)
