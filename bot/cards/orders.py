"""The card of one order: the three things with what looks wrong, the goods, the note, and what can be done."""

from bot.buttons.orders import OrderButton, OrdersButton, OrdersVerb, OrderVerb
from bot.cards import Card, card
from bot.cards.order_request import buyer_request
from bot.cards.order_shipping import open_parcel, shipping, shipping_rows
from bot.formats import names
from bot.labels import L, Label
from bot.replies import Button, CopyText, Keyboard, Row
from shop.addresses import AddressCheck, check_recipient
from shop.drafts.address import named_in
from shop.order_lines import LineCheck, LineTrouble, check_lines
from shop.order_states import LEFT
from shop.orders import ChangeKind, Order, OrderStatus
from storage.news import CardKind
from storage.work import Work

names(
    {
        OrderStatus.TO_CHECK: "To check",
        OrderStatus.TO_DISPATCH: "To dispatch",
        OrderStatus.SHIPPED: "Shipped",
        OrderStatus.DELIVERED: "Delivered",
        OrderStatus.CLOSED: "Closed",
        OrderStatus.CANCELLED: "Cancelled",
    }
)
names(
    {
        ChangeKind.CONFIRMED: "confirmed",
        ChangeKind.TAKEN_BACK: "back to checking",
        ChangeKind.ADDRESS_EDITED: "recipient corrected",
        ChangeKind.BUYER_ASKED: "buyer asked",
        ChangeKind.BUYER_ANSWERED: "buyer answered",
        ChangeKind.CANCELLED: "cancelled",
        ChangeKind.CANCELLED_AT_SOURCE: "cancelled where it was bought",
        ChangeKind.RESTORED: "cancelling undone",
        ChangeKind.SHIPPED: "shipped",
        ChangeKind.SHIPPED_AT_SOURCE: "shipped elsewhere",
        ChangeKind.CALLED_BACK: "shipping undone",
        ChangeKind.DELIVERED: "delivered",
        ChangeKind.CLOSED: "closed",
        ChangeKind.FORGOTTEN: "personal data removed",
    }
)
LONGEST_SUGGESTION = 20


@card(CardKind.ORDER)
def order_card(work: Work, order_id: int, view: str) -> Card:
    """Faces: as it stands, `cancel` and `forget` (ask once more), `ask` (the words for the buyer), `ship` (asks for the tracking number),
    `carrier:<number>` (asks whose it is).
    """
    order = work.orders.get(order_id)
    check = check_recipient(order.recipient)
    lines = check_lines(order, work.catalog.available(list(order.wanted)))
    facts = {"order": order, "check": check, "lines": lines}
    match view.partition(":")[0]:
        case "ship" | "carrier" as face if order.status is OrderStatus.TO_DISPATCH:
            number = view.partition(":")[2]
            return Card("parcels/entering.html", {"order": order, "number": number}, shipping_rows(order, face, number))
        case "cancel" if order.status.is_open:
            return Card("orders/card.html", facts | {"face": view, "request": None}, _cancelling(order))
        case "ask" if order.status.is_open and order.ask_code is not None:
            request = buyer_request(order, check)
            return Card("orders/card.html", facts | {"face": view, "request": request}, _asking(order, request))
        case "forget" if order.settled_at is not None and order.forgotten_at is None:
            return Card("orders/card.html", facts | {"face": view, "request": None}, _forgetting(order))
    rows = _actions(order, check, lines, work.parcels.id_of_order(order.id) if order.status in LEFT else None)
    return Card("orders/card.html", facts | {"face": "", "request": None}, (*rows, _all_orders()))


def _actions(order: Order, check: AddressCheck, lines: tuple[LineCheck, ...], parcel_id: int | None) -> Keyboard:
    match order.status:
        case OrderStatus.TO_CHECK:
            return _checking(order, check, lines)
        case OrderStatus.TO_DISPATCH:
            return (
                (shipping(order),),
                _two(order, (L("Check again"), OrderVerb.TAKE_BACK), (L("Edit address"), OrderVerb.EDIT)),
                _cancel(order),
            )
        case OrderStatus.CANCELLED if order.can_be_restored:
            return (_one(order, L("Undo: restore the order"), OrderVerb.RESTORE), *_forget(order))
        case _ if parcel_id is not None:
            return ((open_parcel(parcel_id),), *_forget(order))
        case _:
            return _forget(order)


def _checking(order: Order, check: AddressCheck, lines: tuple[LineCheck, ...]) -> Keyboard:
    unsure = check.flaws or any(line.trouble is LineTrouble.UNKNOWN_VARIANT for line in lines)
    confirm = L("Confirm anyway") if unsure else L("Confirm")
    rows: list[Row] = [(Button(confirm, _press(order, OrderVerb.CONFIRM), style=None if unsure else "success"),)]
    if order.answer and named_in(order.answer) is not None:
        rows.insert(0, _one(order, L("Use the buyer's answer"), OrderVerb.TAKE_ANSWER, style="primary"))
    elif check.suggested:
        meant = ", ".join(finding.suggestion for finding in check.suggested)[:LONGEST_SUGGESTION]
        rows.insert(0, _one(order, L("Correct to {meant}", meant=meant), OrderVerb.CORRECT, style="primary"))
    if order.recipient is not None:
        rows.append(_two(order, (L("Ask the buyer"), OrderVerb.ASK), (L("Edit address"), OrderVerb.EDIT)))
    return (*rows, _cancel(order))


def _cancelling(order: Order) -> Keyboard:
    """The consequence stands on the button."""
    held = sum(order.wanted.values()) if order.holds_stock else 0
    label = L("Cancel order, {n} pieces go back on sale", n=held) if held else L("Yes, cancel the order")
    return (_one(order, label, OrderVerb.CANCEL_NOW, style="danger"), (_opening(order, L("Keep the order")),))


def _forget(order: Order) -> Keyboard:
    """Of a recipient that the marketplace keeps to itself there are still the note and the answer."""
    return () if order.forgotten_at else (_one(order, L("Remove personal data …"), OrderVerb.FORGET),)


def _forgetting(order: Order) -> Keyboard:
    sure = _one(order, L("Remove name, phone and address"), OrderVerb.FORGET_NOW, style="danger")
    return (sure, (_opening(order, L("Keep them")),))


def _asking(order: Order, request: Label) -> Keyboard:
    back = (_opening(order, L("Back")),)
    return (back,) if order.buyer_id is not None else ((Button(L("Copy the words"), CopyText(request)),), back)


def _cancel(order: Order) -> Row:
    return _one(order, L("Cancel order"), OrderVerb.CANCEL)


def _all_orders() -> Row:
    return (Button(L("All orders"), OrdersButton(verb=OrdersVerb.OPEN)),)


def _one(order: Order, label: Label, verb: OrderVerb, *, style: str | None = None) -> Row:
    return (Button(label, _press(order, verb), style=style),)


def _two(order: Order, *buttons: tuple[Label, OrderVerb]) -> Row:
    return tuple(Button(label, _press(order, verb)) for label, verb in buttons)


def _press(order: Order, verb: OrderVerb) -> OrderButton:
    return OrderButton(verb=verb, id=order.id, revision=order.revision)


def _opening(order: Order, label: Label) -> Button:
    return Button(label, OrderButton(verb=OrderVerb.OPEN, id=order.id))
