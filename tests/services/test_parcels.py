"""Parcels in the books: shipped, moved, corrected, called back, standing still."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

import bot.routers  # noqa: F401 - the cards that staff are woken with
from services import orders, parcels, tracking
from shop.carriers import CarrierUnclear, UnknownCarrier
from shop.drafts.draft import Draft
from shop.errors import NotFound, ShopError
from shop.order_states import NotConfirmedYet, OrderCancelled, OrderStatus
from shop.parcels import (
    AlreadyShipped,
    Movement,
    OrderNumberUnknown,
    Parcel,
    ParcelFinished,
    ParcelState,
    TrackingNumberTaken,
)
from shop.tracking_lines import read_lines
from shop.tracking_numbers import NotATrackingNumber
from storage.news import CardKind
from storage.work import Work
from tests.books import Books
from tests.services.parcel_books import NOW, ORDER, SF, YT, arrives, woken
from tests.services.shelves import put_on_sale, shoes

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
S = ParcelState


@pytest.fixture
def variant_ids(books: Books, shop_id: int) -> list[int]:
    """Ten pairs each of 42 and 43."""
    return books.do(lambda work: put_on_sale(work, shoes(sku="AJ1"))[1], shop=shop_id)


def ship(books: Books, shop_id: int, order_id: int, number: str = SF, carrier_id: str | None = None) -> int:
    """The parcel's id."""
    return books.do(lambda work: parcels.ship_order(work, order_id, number, carrier_id).id, shop=shop_id)


def status(books: Books, shop_id: int, order_id: int) -> OrderStatus:
    return books.do(lambda work: work.orders.get(order_id).status, shop=shop_id)


def stock(books: Books, shop_id: int, variant_id: int) -> tuple[int, int]:
    def look(work: Work) -> tuple[int, int]:
        variant = work.catalog.get_variant(variant_id)
        return variant.on_hand, variant.reserved

    return books.do(look, shop=shop_id)


def moves(books: Books, shop_id: int, hours: float, state: ParcelState, said: str = "", number: str = SF) -> None:
    movement = Movement(happened_at=NOW + hours * HOUR, state=state, words=said)
    books.do(lambda work: parcels.record_movement(work, number, movement), shop=shop_id, person=None)


def look(books: Books, shop_id: int, what: Callable[[Parcel], object], number: str = SF) -> object:
    def job(work: Work) -> object:
        parcel = work.parcels.find_by_number(number)
        return None if parcel is None else what(parcel)

    return books.do(job, shop=shop_id)


def test_shipping_takes_the_goods_out_once(books: Books, shop_id: int, variant_ids: list[int]) -> None:
    order_id = arrives(books, shop_id, "1")
    parcel_id = ship(books, shop_id, order_id, "sf 1234 5678 90123")
    assert ship(books, shop_id, order_id) == parcel_id
    assert status(books, shop_id, order_id) is OrderStatus.SHIPPED
    assert stock(books, shop_id, variant_ids[0]) == (8, 0)
    assert look(books, shop_id, lambda parcel: (parcel.carrier_id, parcel.numbered_by)) == ("sf", 1001)


@pytest.mark.parametrize(
    ("number", "carrier_id", "refusal"),
    [
        ("SF12", None, NotATrackingNumber),
        ("13800005678", None, NotATrackingNumber),
        ("886123456789012", None, CarrierUnclear),
        ("886123456789012", "pigeons", UnknownCarrier),
    ],
)
def test_a_number_that_will_not_do_leaves_the_order_as_it_was(
    books: Books, shop_id: int, variant_ids: list[int], number: str, carrier_id: str | None, refusal: type[ShopError]
) -> None:
    order_id = arrives(books, shop_id, "1")
    with pytest.raises(refusal):
        ship(books, shop_id, order_id, number, carrier_id)
    assert status(books, shop_id, order_id) is OrderStatus.TO_DISPATCH
    assert stock(books, shop_id, variant_ids[0]) == (10, 2)


def test_a_number_used_elsewhere_names_the_place(books: Books, shop_id: int) -> None:
    first, second = arrives(books, shop_id, "A1"), arrives(books, shop_id, "A2")
    parcel_id = ship(books, shop_id, first)
    with pytest.raises(TrackingNumberTaken) as refusal:
        ship(books, shop_id, second)
    taken = refusal.value
    assert (taken.order_number, taken.order_id, taken.parcel_id, taken.shipped_at) == ("A1", first, parcel_id, NOW)


def test_two_shops_may_have_the_same_number(books: Books, shop_id: int) -> None:
    ship(books, shop_id, arrives(books, shop_id, "1"))
    other = books.open_shop("别家", owner=3001)

    def job(work: Work) -> str:
        orders.accept_order(work, ORDER)
        order = work.orders.find_by_number("1")
        assert order is not None
        orders.confirm_address(work, order.id)
        return parcels.ship_order(work, order.id, SF).tracking_number

    assert books.do(job, shop=other, person=3001) == SF
    assert books.do(lambda work: work.parcels.count_on_the_way(), shop=shop_id) == 1


def test_only_a_confirmed_order_without_a_parcel_is_shipped(books: Books, shop_id: int) -> None:
    unchecked, cancelled, gone = (arrives(books, shop_id, n, confirmed=n == "3") for n in "123")
    books.do(lambda work: orders.cancel_order(work, cancelled), shop=shop_id)
    ship(books, shop_id, gone)
    for order_id, refusal in ((unchecked, NotConfirmedYet), (cancelled, OrderCancelled), (gone, AlreadyShipped)):
        with pytest.raises(refusal):
            ship(books, shop_id, order_id, YT)
        with pytest.raises(refusal):
            books.do(partial(tracking.begin_ship, order_id=order_id), shop=shop_id)
    with pytest.raises(NotFound):
        ship(books, shop_id, 999, YT)


def test_an_order_that_left_elsewhere_may_get_its_number_later(books: Books, shop_id: int) -> None:
    order_id = arrives(books, shop_id, "1")
    books.do(lambda work: orders.mark_shipped(work, order_id), shop=shop_id)
    ship(books, shop_id, order_id)
    assert status(books, shop_id, order_id) is OrderStatus.SHIPPED


def test_each_line_stands_for_itself(books: Books, shop_id: int, variant_ids: list[int]) -> None:
    for number in ("100001", "100002"):
        arrives(books, shop_id, number)
    arrives(books, shop_id, "100003", confirmed=False)
    text = f"100001 {SF}\n100002 {SF}\n100003 {YT}\n100001 {SF}\n999999 {YT}\n100002 886123456789012\n{YT}\n100002 {YT}"

    def job(work: Work) -> list[object]:
        return [_outcome(each) for each in parcels.ship_lines(work, read_lines(text))]

    assert books.do(job, shop=shop_id) == [
        SF,
        TrackingNumberTaken,
        NotConfirmedYet,
        SF,
        OrderNumberUnknown,
        CarrierUnclear,
        OrderNumberUnknown,
        YT,
    ]
    assert stock(books, shop_id, variant_ids[0]) == (6, 0)


def test_a_movement_is_recorded_once_and_delivery_ends_the_order(books: Books, shop_id: int) -> None:
    order_id = arrives(books, shop_id, "1")
    ship(books, shop_id, order_id)
    for hours, state in ((20, S.OUT_FOR_DELIVERY), (5, S.IN_TRANSIT), (5, S.IN_TRANSIT), (20, S.OUT_FOR_DELIVERY)):
        moves(books, shop_id, hours, state)
    assert look(books, shop_id, lambda parcel: (parcel.state, len(parcel.events))) == (S.OUT_FOR_DELIVERY, 2)
    moves(books, shop_id, 22, S.DELIVERED)
    assert status(books, shop_id, order_id) is OrderStatus.DELIVERED
    assert books.do(lambda work: work.parcels.on_the_way(), shop=shop_id) == []
    with pytest.raises(NotFound):
        moves(books, shop_id, 1, S.IN_TRANSIT, number=YT)


def test_a_corrected_number_frees_the_wrong_one(books: Books, shop_id: int) -> None:
    first, second = arrives(books, shop_id, "1"), arrives(books, shop_id, "2")
    parcel_id = ship(books, shop_id, first)
    moves(books, shop_id, 1, S.PICKED_UP)
    books.do(lambda work: parcels.correct_number(work, parcel_id, YT), shop=shop_id)
    assert look(books, shop_id, lambda parcel: (parcel.id, parcel.events), number=YT) == (parcel_id, [])
    ship(books, shop_id, second)
    with pytest.raises(TrackingNumberTaken):
        books.do(lambda work: parcels.correct_number(work, parcel_id, SF), shop=shop_id)


def test_called_back_brings_the_goods_back(books: Books, shop_id: int, variant_ids: list[int]) -> None:
    order_id = arrives(books, shop_id, "1")
    parcel_id = ship(books, shop_id, order_id)
    books.do(lambda work: parcels.call_back(work, parcel_id), shop=shop_id)
    assert status(books, shop_id, order_id) is OrderStatus.TO_DISPATCH
    assert stock(books, shop_id, variant_ids[0]) == (10, 2)
    with pytest.raises(NotFound):
        books.do(lambda work: parcels.call_back(work, parcel_id), shop=shop_id)
    ship(books, shop_id, order_id)
    assert stock(books, shop_id, variant_ids[0]) == (8, 0)


def test_what_has_arrived_is_not_called_back_nor_corrected(books: Books, shop_id: int) -> None:
    parcel_id = ship(books, shop_id, arrives(books, shop_id, "1"))
    moves(books, shop_id, 1, S.DELIVERED)
    for refused in (
        partial(parcels.call_back, parcel_id=parcel_id),
        partial(tracking.begin_correction, parcel_id=parcel_id),
    ):
        with pytest.raises(ParcelFinished):
            books.do(refused, shop=shop_id)


def test_a_draft_waits_for_the_carrier_and_is_gone_afterwards(books: Books, shop_id: int) -> None:
    order_id = arrives(books, shop_id, "1")

    def begin(work: Work) -> str:
        draft = tracking.enter_line(work, order_id, "886123456789012")
        assert isinstance(draft, Draft)
        number: str = draft.answers.number
        return number

    assert books.do(begin, shop=shop_id) == "886123456789012"

    def choose(work: Work) -> str:
        draft = tracking.find_asking(work, order_id)
        assert draft is not None
        return tracking.choose_carrier(work, draft, "yto").carrier_id

    assert books.do(choose, shop=shop_id) == "yto"
    assert books.do(lambda work: tracking.find_asking(work, order_id), shop=shop_id) is None


def test_ship_tapped_twice_asks_in_one_draft(books: Books, shop_id: int) -> None:
    order_id = arrives(books, shop_id, "1")
    ids = {books.do(lambda work: tracking.begin_ship(work, order_id).id, shop=shop_id) for _ in range(3)}
    assert len(ids) == 1


def still(books: Books, shop_id: int) -> list[CardKind]:
    def job(work: Work) -> list[CardKind]:
        parcels.tell_stalled(work)
        return woken(work)

    return books.do(job, shop=shop_id, person=None)


def test_each_standstill_is_told_once(books: Books, shop_id: int) -> None:
    ship(books, shop_id, arrives(books, shop_id, "1"))
    assert still(books, shop_id) == []
    books.clock.move(2 * DAY)
    assert still(books, shop_id) == [CardKind.PARCEL]
    books.clock.move(DAY)
    assert still(books, shop_id) == []
    moves(books, shop_id, 72, S.IN_TRANSIT)
    assert still(books, shop_id) == []
    books.clock.move(2 * DAY)
    assert still(books, shop_id) == [CardKind.PARCEL]
    assert books.do(lambda work: [p.order_number for p in work.parcels.standing_since(work.now)], shop=shop_id) == ["1"]


def test_many_standstills_are_told_in_one_list(books: Books, shop_id: int) -> None:
    for n in range(4):
        ship(books, shop_id, arrives(books, shop_id, str(n)), f"SF{n:013d}")
    books.clock.move(3 * DAY)
    assert still(books, shop_id) == [CardKind.PARCELS]
    assert still(books, shop_id) == []


def test_a_sample_carrier_moves_every_parcel_until_it_has_arrived(books: Books, shop_id: int) -> None:
    order_id = arrives(books, shop_id, "1")
    ship(books, shop_id, order_id)
    for left in (1, 1, 1, 1, 1, 0):
        books.clock.move(6 * HOUR)
        assert books.do(parcels.let_parcels_move, shop=shop_id, person=None) == left
    assert status(books, shop_id, order_id) is OrderStatus.DELIVERED


def _outcome(line: parcels.LineResult) -> object:
    """The number, or the kind of refusal."""
    return line.parcel.tracking_number if line.parcel is not None else type(line.refusal)
