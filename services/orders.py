"""Orders: taken in, confirmed, cancelled, sent on their way."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from services import catalog, stock
from services.article_matching import Article, article_of, match_articles
from shop.incoming import IncomingOrder
from shop.order_arrivals import Accepted, arrived
from shop.orders import Order, OrderStatus
from shop.speakers import Permission
from storage.news import CardKind, Level
from storage.orders import KnownOrder
from storage.work import Work

RUSH = timedelta(seconds=90)
FEW = 3
"""So many new orders within a rush are shown one by one; further ones count up on the list."""


def accept_order(work: Work, incoming: IncomingOrder) -> Accepted:
    """Take in one order and wake whoever checks orders. The same order again changes nothing."""
    accepted = accept_orders(work, [incoming])[0]
    order = work.orders.find_by_number(incoming.number, source=incoming.source)
    if order is not None and accepted is Accepted.NEW and order.status is OrderStatus.TO_CHECK:
        _wake(work, order)
    return accepted


def accept_orders(work: Work, incoming: Sequence[IncomingOrder], *, refresh: bool = True) -> list[Accepted]:
    """Take in many orders without waking anybody, in the order given; one that stands there twice is known the second time.

    `refresh=False`: more are about to follow, and the lists are brought up to date with the last of them (`lists_changed`).
    """
    known = _known(work, incoming)
    articles = match_articles(work, (line for order in incoming for line in order.lines))
    new: dict[tuple[str, str], Order] = {}
    outcomes: list[Accepted] = []
    for order in incoming:
        identity = order.source, order.number
        if identity in new:
            outcomes.append(Accepted.KNOWN)
        elif identity in known:
            outcomes.append(_end_of_known(work, known[identity], order))
        else:
            new[identity] = _arrived(work, order, articles)
            outcomes.append(_outcome(new[identity]))
    work.orders.add_all(list(new.values()))
    if refresh:
        lists_changed(work)
    return outcomes


def confirm_address(work: Work, order_id: int) -> Order:
    """The order is right and may be packed: its goods are reserved. Confirming twice changes nothing."""
    order = work.orders.get(order_id)
    if order.status is OrderStatus.TO_CHECK:
        _match_again(work, order)
    if order.confirm(by=work.speaker, at=work.now):
        if order.holds_stock:
            stock.reserve(work, order.wanted, order_id=order.id)
        changed(work, order)
    return order


def take_back(work: Work, order_id: int) -> Order:
    """Confirmed too early: the goods are free again and the order is to be checked."""
    order = work.orders.get(order_id)
    held = _held(order)
    if order.take_back(by=work.speaker, at=work.now):
        _release(work, order, held)
        changed(work, order)
    return order


def cancel_order(work: Work, order_id: int, *, at_source: bool = False) -> Order:
    """No parcel will be sent; what was reserved is free again. Cancelling twice changes nothing."""
    order = work.orders.get(order_id)
    held = _held(order)
    if order.cancel(by=work.speaker, at=work.now, at_source=at_source):
        _release(work, order, held)
        changed(work, order)
    return order


def restore_order(work: Work, order_id: int) -> Order:
    """The cancelling was a slip: the order is to be checked again."""
    order = work.orders.get(order_id)
    if order.restore(by=work.speaker, at=work.now):
        changed(work, order)
    return order


def mark_shipped(work: Work, order_id: int) -> Order:
    """The parcel of a confirmed order has left, and its goods with it."""
    order = work.orders.get(order_id)
    held = _held(order)
    if order.ship(by=work.speaker, at=work.now):
        if held:
            stock.take_out(work, held, order_id=order.id)
        changed(work, order)
    return order


def call_back(work: Work, order_id: int) -> Order:
    """Marked as shipped by mistake: the goods come back on the shelf and are held for this order again."""
    order = work.orders.get(order_id)
    if order.call_back(by=work.speaker, at=work.now):
        stock.bring_back(work, order.wanted, order_id=order.id)
        changed(work, order)
    return order


def mark_delivered(work: Work, order_id: int) -> Order:
    order = work.orders.get(order_id)
    if order.deliver(by=work.speaker, at=work.now):
        changed(work, order)
    return order


def changed(work: Work, order: Order) -> None:
    """Whoever sees this order, or the list of orders, sees it as it is now."""
    work.touch(CardKind.ORDER.of(order.id))
    lists_changed(work)


def lists_changed(work: Work) -> None:
    """Whoever looks at many orders at once sees them as they are now."""
    for kind in (CardKind.ORDERS, CardKind.DUE_ORDERS, CardKind.HOME):
        work.touch(kind.of(work.shop_id))


def _known(work: Work, incoming: Iterable[IncomingOrder]) -> Mapping[tuple[str, str], KnownOrder]:
    numbers: dict[str, list[str]] = {}
    for order in incoming:
        numbers.setdefault(order.source, []).append(order.number)
    return {
        (source, number): known
        for source, some in numbers.items()
        for number, known in work.orders.known(source, some).items()
    }


def _arrived(work: Work, incoming: IncomingOrder, articles: Mapping[Article, int]) -> Order:
    shop = work.shop
    order = arrived(incoming, shop_id=shop.id, dispatch_within=shop.dispatch_within, at=work.now)
    for line, article in zip(order.lines, incoming.lines, strict=True):
        line.variant_id = articles.get(article_of(article))
    return order


def _outcome(order: Order) -> Accepted:
    match order.status:
        case OrderStatus.CANCELLED:
            return Accepted.CANCELLED
        case OrderStatus.SHIPPED:
            return Accepted.SHIPPED
        case _:
            return Accepted.NEW


def _end_of_known(work: Work, known: KnownOrder, incoming: IncomingOrder) -> Accepted:
    """A known order comes again; the only news that counts is that it is over for us."""
    if not known.status.is_open:
        return Accepted.KNOWN
    if incoming.cancelled:
        cancel_order(work, known.id, at_source=True)
        return Accepted.CANCELLED
    if incoming.shipped:
        _left_elsewhere(work, known.id)
        return Accepted.SHIPPED
    return Accepted.KNOWN


def _left_elsewhere(work: Work, order_id: int) -> None:
    """Sent without us: what was reserved for it is gone, what was not is not ours to count."""
    order = work.orders.get(order_id)
    held = _held(order)
    if order.ship(by=work.speaker, at=work.now, at_source=True):
        if held:
            stock.take_out(work, held, order_id=order.id)
        changed(work, order)


def _wake(work: Work, order: Order) -> None:
    """In a rush of orders the list counts up, quietly, instead of one message after the other."""
    if work.orders.count_new_since(work.now - RUSH) > FEW:
        work.wake(CardKind.ORDERS.of(order.shop_id), to=Permission.CHECK_ORDERS, level=Level.P2)
    else:
        key = f"order:{order.id}:new"
        work.wake(CardKind.ORDER.of(order.id), to=Permission.CHECK_ORDERS, level=Level.P1, key=key)


def _held(order: Order) -> Mapping[int, int]:
    return order.wanted if order.holds_stock else {}


def _release(work: Work, order: Order, held: Mapping[int, int]) -> None:
    if held:
        stock.release(work, held, order_id=order.id)


def _match_again(work: Work, order: Order) -> None:
    """Goods that nobody knew when the order came may be on sale by now."""
    for line in order.lines:
        if line.variant_id is None:
            variant = catalog.match_variant(work, sku=line.sku, title=line.title, spec=line.spec)
            line.variant_id = variant.id if variant else None
