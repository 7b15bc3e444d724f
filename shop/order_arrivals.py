"""A new order as the shop sees it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from shop.incoming import IncomingOrder
from shop.orders import Order, OrderLine, OrderStatus
from shop.phones import read_phone
from shop.recipients import read_recipient

LONGEST_SKU = 64


class Accepted(StrEnum):
    """What became of an incoming order: NEW to the shop, KNOWN and unchanged, or it brought the news of its end."""

    NEW = "new"
    KNOWN = "known"
    CANCELLED = "cancelled"
    SHIPPED = "shipped"


def arrived(incoming: IncomingOrder, *, shop_id: int, dispatch_within: timedelta, at: datetime) -> Order:
    """What left or was cancelled elsewhere arrives so, and nobody has to check it."""
    recipient = read_recipient(incoming.recipient) if incoming.recipient else None
    status = arriving_status(incoming)
    return Order(
        shop_id=shop_id,
        source=incoming.source,
        number=incoming.number,
        status=status,
        settled_at=None if status.is_open else at,
        recipient=recipient,
        phone_tail=read_phone(recipient.phone).tail if recipient else "",
        note=incoming.note,
        remark=incoming.remark,
        currency=incoming.currency,
        total=incoming.total,
        placed_at=incoming.placed_at,
        paid_at=incoming.paid_at,
        arrived_at=at,
        dispatch_by=dispatch_deadline(incoming, dispatch_within, at),
        cancelled_at_source=incoming.cancelled,
        lines=list(_lines(incoming)),
    )


def _lines(incoming: IncomingOrder) -> Iterator[OrderLine]:
    for position, line in enumerate(incoming.lines):
        yield OrderLine(
            position=position,
            title=line.title,
            spec=line.spec,
            sku=line.sku[:LONGEST_SKU],
            quantity=line.quantity,
            unit_price=line.unit_price,
        )


def arriving_status(incoming: IncomingOrder) -> OrderStatus:
    if incoming.cancelled:
        return OrderStatus.CANCELLED
    return OrderStatus.SHIPPED if incoming.shipped else OrderStatus.TO_CHECK


def dispatch_deadline(incoming: IncomingOrder, dispatch_within: timedelta, at: datetime) -> datetime:
    """What the marketplace says; else the shop's own time, counted from the payment."""
    return incoming.dispatch_by or (incoming.paid_at or incoming.placed_at or at) + dispatch_within
