"""Stock: reserve, release, take out, receive, count. Every change is a line in the ledger."""

from collections.abc import Mapping

from shop.errors import NotFound
from shop.speakers import Permission
from shop.stock import MOST_PIECES, OutOfStock, PiecesUnfit, StockChange, StockReason
from storage.catalog import StockNow
from storage.news import CardKind, Level
from storage.work import Work


def reserve(work: Work, wanted: Mapping[int, int], *, order_id: int) -> None:
    """Promise pieces to an order, all or nothing: raises OutOfStock for the first variant that has too few."""
    for variant_id, pieces in sorted(wanted.items()):
        now = work.catalog.move_stock(variant_id, reserved=pieces)
        if now is None:
            raise _too_few(work, variant_id, pieces, by_order=True)
        _record(work, now, StockReason.RESERVED, reserved=pieces, order_id=order_id)
        _warn_if_low(work, now, before=now.available + pieces)


def release(work: Work, held: Mapping[int, int], *, order_id: int) -> None:
    """Give back what was promised to an order."""
    for variant_id, pieces in sorted(held.items()):
        now = _moved(work, variant_id, work.catalog.move_stock(variant_id, reserved=-pieces), pieces)
        _record(work, now, StockReason.RELEASED, reserved=-pieces, order_id=order_id)


def take_out(work: Work, held: Mapping[int, int], *, order_id: int) -> None:
    """Promised pieces have left the house."""
    for variant_id, pieces in sorted(held.items()):
        now = work.catalog.move_stock(variant_id, on_hand=-pieces, reserved=-pieces)
        now = _moved(work, variant_id, now, pieces)
        _record(work, now, StockReason.SHIPPED, on_hand=-pieces, reserved=-pieces, order_id=order_id)


def bring_back(work: Work, held: Mapping[int, int], *, order_id: int) -> None:
    """Pieces that were taken out have not left after all; they are promised to their order again."""
    for variant_id, pieces in sorted(held.items()):
        now = _moved(work, variant_id, work.catalog.move_stock(variant_id, on_hand=pieces, reserved=pieces), pieces)
        _record(work, now, StockReason.CALLED_BACK, on_hand=pieces, reserved=pieces, order_id=order_id)


def receive(work: Work, variant_id: int, pieces: int, *, reason: StockReason = StockReason.RECEIVED) -> StockNow:
    """Goods came in."""
    if not 0 < pieces <= MOST_PIECES:
        raise PiecesUnfit(written=str(pieces))
    return _adjust(work, variant_id, pieces, reason)


def remove(work: Work, variant_id: int, pieces: int) -> StockNow:
    """Pieces are broken, lost or taken: never more than nobody has been promised."""
    if not 0 < pieces <= MOST_PIECES:
        raise PiecesUnfit(written=str(pieces))
    return _adjust(work, variant_id, -pieces, StockReason.TAKEN_OUT)


def count(work: Work, variant_id: int, pieces: int) -> StockNow:
    """The shelf was counted: so many are really there. Not fewer than are promised to orders."""
    if not 0 <= pieces <= MOST_PIECES:
        raise PiecesUnfit(written=str(pieces))
    variant = work.catalog.get_variant(variant_id)
    return _adjust(work, variant_id, pieces - variant.on_hand, StockReason.COUNTED)


def _adjust(work: Work, variant_id: int, pieces: int, reason: StockReason) -> StockNow:
    now = _moved(work, variant_id, work.catalog.move_stock(variant_id, on_hand=pieces), -pieces)
    if now.on_hand > MOST_PIECES:
        raise PiecesUnfit(written=str(now.on_hand))
    _record(work, now, reason, on_hand=pieces)
    if pieces > 0 and now.available > _line(work, now) >= now.available - pieces:
        work.catalog.mark_restocked(variant_id)
    _warn_if_low(work, now, before=now.available - pieces)
    return now


def _line(work: Work, now: StockNow) -> int:
    return work.shop.warn_at if now.warn_at is None else now.warn_at


def _warn_if_low(work: Work, now: StockNow, *, before: int) -> None:
    """Told once until the variant is above its line again."""
    if now.available <= _line(work, now) and now.available < before:
        work.wake(
            CardKind.PRODUCT.of(now.product_id),
            to=Permission.CATALOGUE,
            level=Level.P2,
            key=f"low_stock:{now.variant_id}:{now.restocks}",
            view="low",
        )


def _record(
    work: Work,
    now: StockNow,
    reason: StockReason,
    *,
    on_hand: int = 0,
    reserved: int = 0,
    order_id: int | None = None,
) -> None:
    change = StockChange(
        shop_id=work.shop_id,
        variant_id=now.variant_id,
        reason=reason,
        on_hand=on_hand,
        reserved=reserved,
        person_id=work.speaker.person_id,
        at=work.now,
        order_id=order_id,
    )
    work.catalog.record(change)
    work.touch(CardKind.PRODUCT.of(now.product_id))
    work.touch(CardKind.PRODUCTS.of(work.shop_id))
    work.touch(CardKind.HOME.of(work.shop_id))


def _moved(work: Work, variant_id: int, now: StockNow | None, pieces: int) -> StockNow:
    if now is None:
        raise _too_few(work, variant_id, pieces)
    return now


def _too_few(work: Work, variant_id: int, pieces: int, *, by_order: bool = False) -> OutOfStock | NotFound:
    """Raises NotFound when the shop has no such variant."""
    variant = work.catalog.get_variant(variant_id)
    return OutOfStock(product=variant.title, wanted=pieces, left=variant.available, by_order=by_order)
