"""Parcels: entering tracking numbers, what carriers report, and what stands still."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.orders import call_back as undo_shipping
from services.orders import mark_delivered, mark_shipped
from shop.carriers import get_carrier, must_agree, settle_carrier
from shop.errors import NotFound, ShopError
from shop.order_states import NotConfirmedYet, OrderCancelled, OrderStatus
from shop.orders import Order
from shop.parcels import (
    AlreadyShipped,
    Movement,
    OrderNumberUnknown,
    Parcel,
    ParcelFinished,
    TrackingNumberTaken,
    dispatched,
)
from shop.sample_movements import next_movement
from shop.speakers import Permission
from shop.tracking_lines import TrackingLine
from shop.tracking_numbers import normalise_number
from storage.news import CardKind, Level
from storage.work import Work

FEW = 3
"""So many parcels that come to a stand at once are shown one by one; more are shown as a list."""


@dataclass(frozen=True)
class LineResult:
    """What became of one "订单号 单号" line: a parcel, or why not."""

    line: TrackingLine
    parcel: Parcel | None = None
    refusal: ShopError | None = None


def ship_order(work: Work, order_id: int, tracking_number: str, carrier_id: str | None = None) -> Parcel:
    """The parcel of an order has left under this number. Entering the same number for it again changes nothing.
    Refuses what is no tracking number, one that is used elsewhere, an unclear carrier, and an order that is not confirmed.
    """
    number = normalise_number(tracking_number)
    order = work.orders.get(order_id)
    there = work.parcels.find_of_order(order.id)
    if there is not None and there.tracking_number == number:
        return there
    _must_be_free(work, number)
    _must_be_ready(order, there)
    carrier = settle_carrier(number, carrier_id)
    mark_shipped(work, order.id)
    parcel = dispatched(
        shop_id=work.shop_id,
        order_id=order.id,
        tracking_number=number,
        carrier_id=carrier.id,
        by=work.speaker,
        at=work.now,
    )
    work.parcels.add(parcel)
    _changed(work, parcel)
    _tell_buyer(work, order, parcel)
    return parcel


def ship_lines(work: Work, lines: Sequence[TrackingLine]) -> list[LineResult]:
    """Several at once; each line stands for itself, and a line that is refused leaves no trace."""
    return [_ship_line(work, line) for line in lines]


def find_order(work: Work, order_number: str) -> Order:
    """The order that a line names."""
    order = work.orders.find_by_number(order_number) if order_number else None
    if order is None:
        raise OrderNumberUnknown(order_number=order_number)
    return order


def correct_number(work: Work, parcel_id: int, tracking_number: str, carrier_id: str | None = None) -> Parcel:
    """The number was mistyped; what was reported under the wrong one is forgotten."""
    parcel = work.parcels.get(parcel_id)
    number = normalise_number(tracking_number)
    if number != parcel.tracking_number:
        _must_be_free(work, number)
    carrier = settle_carrier(number, carrier_id)
    mistyped = parcel.tracking_number
    parcel.correct(tracking_number=number, carrier_id=carrier.id, by=work.speaker, at=work.now)
    _changed(work, parcel)
    if number != mistyped:
        _tell_buyer(work, work.orders.get(parcel.order_id), parcel, mistyped=mistyped)
    return parcel


def call_back(work: Work, parcel_id: int) -> Order:
    """Entered by mistake: the order is to be dispatched again and the number is free."""
    parcel = work.parcels.get(parcel_id)
    if parcel.finished_at is not None:
        raise ParcelFinished(parcel_id=parcel.id, tracking_number=parcel.tracking_number)
    work.cards.remove(CardKind.PARCEL.of(parcel.id))
    work.touch(CardKind.PARCELS.of(work.shop_id))
    order_id = parcel.order_id
    work.parcels.drop(parcel)
    return undo_shipping(work, order_id)


def record_movement(work: Work, tracking_number: str, movement: Movement) -> Parcel:
    """What a carrier reports of a parcel. The same report twice, late or out of order does no harm."""
    parcel = work.parcels.find_by_number(normalise_number(tracking_number))
    if parcel is None:
        raise NotFound("parcel", 0)
    if parcel.learn(movement, at=work.now):
        _changed(work, parcel)
        if parcel.is_delivered:
            mark_delivered(work, parcel.order_id)
    return parcel


def tell_stalled(work: Work) -> None:
    """Parcels that have not moved for longer than the shop's patience; each standstill is told once."""
    untold = work.parcels.untold_since(work.now - work.shop.parcel_patience)
    if not untold:
        return
    work.parcels.told_stalled(untold)
    every = CardKind.PARCELS.of(work.shop_id)
    if len(untold) > FEW:
        work.wake(every, to=Permission.DISPATCH, level=Level.P1, view="stalled")
    for parcel_id in untold:
        one = CardKind.PARCEL.of(parcel_id)
        if len(untold) > FEW:
            work.touch(one)
        else:
            work.wake(one, to=Permission.DISPATCH, level=Level.P1)
    for card in (every, CardKind.HOME.of(work.shop_id)):
        work.touch(card)


def let_parcels_move(work: Work) -> int:
    """Every parcel on its way goes one plausible step further, to try the shop out; gives how many did."""
    moved = 0
    for listed in work.parcels.on_the_way():
        movement = next_movement(work.parcels.get(listed.id), work.now)
        if movement is not None:
            record_movement(work, listed.tracking_number, movement)
            moved += 1
    return moved


def _ship_line(work: Work, line: TrackingLine) -> LineResult:
    savepoint = work.session.begin_nested()
    try:
        order = find_order(work, line.order_number)
        must_agree(normalise_number(line.tracking_number), line.carrier_id)
        parcel = ship_order(work, order.id, line.tracking_number, line.carrier_id)
    except ShopError as refusal:
        savepoint.rollback()
        return LineResult(line, refusal=refusal)
    savepoint.commit()
    return LineResult(line, parcel=parcel)


def _must_be_free(work: Work, number: str) -> None:
    used = work.parcels.find_by_number(number)
    if used is not None:
        order = work.orders.get(used.order_id)
        raise TrackingNumberTaken(
            tracking_number=number,
            order_id=order.id,
            order_number=order.number,
            shipped_at=used.shipped_at,
            parcel_id=used.id,
        )


def _must_be_ready(order: Order, there: Parcel | None) -> None:
    if there is not None:
        raise AlreadyShipped(
            order_id=order.id,
            order_number=order.number,
            tracking_number=there.tracking_number,
            parcel_id=there.id,
        )
    match order.status:
        case OrderStatus.TO_CHECK:
            raise NotConfirmedYet(order_id=order.id, order_number=order.number)
        case OrderStatus.CANCELLED:
            raise OrderCancelled(order.id, order.number)


def _changed(work: Work, parcel: Parcel) -> None:
    work.flush()
    for card in (CardKind.PARCEL.of(parcel.id), CardKind.ORDER.of(parcel.order_id)):
        work.touch(card)
    for card in (CardKind.PARCELS.of(work.shop_id), CardKind.HOME.of(work.shop_id)):
        work.touch(card)


def _tell_buyer(work: Work, order: Order, parcel: Parcel, mistyped: str = "") -> None:
    if order.buyer_id is None:
        return
    work.tell(
        work.buyers.get(order.buyer_id).person_id,
        "parcels/to_buyer.html",
        level=Level.P1,
        order=order,
        parcel=parcel,
        carrier=get_carrier(parcel.carrier_id),
        mistyped=mistyped,
    )
