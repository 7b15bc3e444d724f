"""Orders taken in, confirmed, cancelled and sent on their way, with the stock that goes along."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import bot.routers  # noqa: F401 - the cards that staff are woken with
from services import orders, sample_orders
from shop.incoming import IncomingLine, IncomingOrder, IncomingRecipient
from shop.order_arrivals import Accepted
from shop.order_states import CancelledAtSource, NotConfirmedYet, OrderCancelled, OrderHasLeft
from shop.orders import Order, OrderStatus
from shop.products import Variant
from shop.stock import OutOfStock
from storage.news import CardKind, Wake
from storage.work import Work
from tests.books import Books
from tests.services.shelves import put_on_sale, shoes

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LI = IncomingRecipient(name="李静", phone="13800005678", street="北京市海淀区中关村大街1号")
PAIR = IncomingLine(title="Nike Air Jordan 1", spec="黑红 42", quantity=2, unit_price=89_900)


def incoming(number: str = "351531", *lines: IncomingLine, **facts: object) -> IncomingOrder:
    return IncomingOrder(source="taobao", number=number, lines=lines or (PAIR,), recipient=LI, **facts)  # type: ignore[arg-type]


@pytest.fixture
def variant_ids(books: Books, shop_id: int) -> list[int]:
    """Ten pairs each of 42 and 43."""
    return books.do(lambda work: put_on_sale(work, shoes(sku="AJ1"))[1], shop=shop_id)


def accept(books: Books, shop_id: int, *new: IncomingOrder) -> list[Accepted]:
    return books.do(lambda work: orders.accept_orders(work, new), shop=shop_id)


def take(books: Books, shop_id: int, new: IncomingOrder) -> int:
    """Gives the order's id."""

    def job(work: Work) -> int:
        orders.accept_order(work, new)
        found = work.orders.find_by_number(new.number)
        assert found is not None
        return found.id

    return books.do(job, shop=shop_id)


def stock(books: Books, shop_id: int, variant_id: int) -> tuple[int, int]:
    def look(work: Work) -> tuple[int, int]:
        variant: Variant = work.catalog.get_variant(variant_id)
        return variant.on_hand, variant.reserved

    return books.do(look, shop=shop_id)


def status(books: Books, shop_id: int, order_id: int) -> OrderStatus:
    return books.do(lambda work: work.orders.get(order_id).status, shop=shop_id)


def wakes(books: Books, shop_id: int, *new: IncomingOrder) -> Sequence[CardKind]:
    def job(work: Work) -> list[CardKind]:
        for each in new:
            orders.accept_order(work, each)
        return [news.card.kind for news, _ in work.news if isinstance(news, Wake)]

    return books.do(job, shop=shop_id)


def test_an_order_that_comes_twice_is_taken_in_once(books: Books, shop_id: int) -> None:
    assert accept(books, shop_id, incoming()) == [Accepted.NEW]
    assert accept(books, shop_id, incoming()) == [Accepted.KNOWN]
    assert accept(books, shop_id, incoming("2"), incoming("2"), incoming()) == [
        Accepted.NEW,
        Accepted.KNOWN,
        Accepted.KNOWN,
    ]
    assert accept(books, shop_id, replace(incoming(), source="shopify")) == [Accepted.NEW]


def test_whoever_checks_orders_is_woken_once_by_a_new_order(books: Books, shop_id: int) -> None:
    assert wakes(books, shop_id, incoming(), incoming()) == [CardKind.ORDER]
    assert wakes(books, shop_id, incoming()) == []


def test_in_a_rush_the_list_counts_up_instead(books: Books, shop_id: int) -> None:
    assert wakes(books, shop_id, *(incoming(f"R{n}") for n in range(5))) == [CardKind.ORDER] * 3 + [CardKind.ORDERS] * 2
    books.clock.move(timedelta(minutes=2))
    assert wakes(books, shop_id, incoming("later")) == [CardKind.ORDER]


def test_an_import_wakes_nobody(books: Books, shop_id: int) -> None:
    def job(work: Work) -> int:
        orders.accept_orders(work, [incoming(f"N{n}") for n in range(10)])
        return sum(isinstance(news, Wake) for news, _ in work.news)

    assert books.do(job, shop=shop_id) == 0


def test_lines_find_their_variants_by_number_or_by_name(books: Books, shop_id: int, variant_ids: list[int]) -> None:
    by_sku = IncomingLine(title="随便", sku="AJ1-黑红-43")
    unknown = IncomingLine(title="雪平锅", spec="18cm")
    order_id = take(books, shop_id, incoming("1", PAIR, by_sku, unknown))
    found = books.do(lambda work: [line.variant_id for line in work.orders.get(order_id).lines], shop=shop_id)
    assert found == [*variant_ids, None]


def test_confirming_reserves_the_goods_once(books: Books, shop_id: int, variant_ids: list[int]) -> None:
    order_id = take(books, shop_id, incoming())
    for _ in range(2):
        books.do(lambda work: orders.confirm_address(work, order_id), shop=shop_id)
        assert stock(books, shop_id, variant_ids[0]) == (10, 2)
        assert status(books, shop_id, order_id) is OrderStatus.TO_DISPATCH


def test_an_order_of_more_than_is_left_stays_to_be_checked(books: Books, shop_id: int, variant_ids: list[int]) -> None:
    order_id = take(books, shop_id, incoming("1", replace(PAIR, quantity=6), replace(PAIR, quantity=6)))
    with pytest.raises(OutOfStock) as refusal:
        books.do(lambda work: orders.confirm_address(work, order_id), shop=shop_id)
    assert (refusal.value.wanted, refusal.value.left) == (12, 10)
    assert status(books, shop_id, order_id) is OrderStatus.TO_CHECK
    assert stock(books, shop_id, variant_ids[0]) == (10, 0)


def test_goods_that_came_on_sale_later_are_reserved_too(books: Books, shop_id: int) -> None:
    order_id = take(books, shop_id, incoming())
    ids = books.do(lambda work: put_on_sale(work, shoes())[1], shop=shop_id)
    books.do(lambda work: orders.confirm_address(work, order_id), shop=shop_id)
    assert stock(books, shop_id, ids[0]) == (10, 2)


def test_goods_that_nobody_knows_do_not_stop_an_order(books: Books, shop_id: int) -> None:
    order_id = take(books, shop_id, incoming())
    books.do(lambda work: orders.confirm_address(work, order_id), shop=shop_id)
    books.do(lambda work: orders.mark_shipped(work, order_id), shop=shop_id)
    assert status(books, shop_id, order_id) is OrderStatus.SHIPPED


def test_taking_back_and_cancelling_free_the_goods(books: Books, shop_id: int, variant_ids: list[int]) -> None:
    order_id = take(books, shop_id, incoming())
    for undo in (orders.take_back, orders.cancel_order):
        books.do(lambda work: orders.confirm_address(work, order_id), shop=shop_id)
        assert stock(books, shop_id, variant_ids[0]) == (10, 2)
        books.do(lambda work, undo=undo: undo(work, order_id), shop=shop_id)  # type: ignore[misc]
        assert stock(books, shop_id, variant_ids[0]) == (10, 0)


def test_cancelling_twice_frees_the_goods_once(books: Books, shop_id: int, variant_ids: list[int]) -> None:
    first, second = take(books, shop_id, incoming("1")), take(books, shop_id, incoming("2"))
    for order_id in (first, second):
        books.do(lambda work, n=order_id: orders.confirm_address(work, n), shop=shop_id)  # type: ignore[misc]
    for _ in range(2):
        books.do(lambda work: orders.cancel_order(work, first), shop=shop_id)
    assert stock(books, shop_id, variant_ids[0]) == (10, 2)


def test_a_restored_order_must_be_confirmed_anew(books: Books, shop_id: int, variant_ids: list[int]) -> None:
    order_id = take(books, shop_id, incoming())
    for act in (orders.confirm_address, orders.cancel_order, orders.restore_order, orders.restore_order):
        books.do(lambda work, act=act: act(work, order_id), shop=shop_id)  # type: ignore[misc]
    assert status(books, shop_id, order_id) is OrderStatus.TO_CHECK
    assert stock(books, shop_id, variant_ids[0]) == (10, 0)


def test_a_cancelled_order_is_neither_confirmed_nor_shipped(books: Books, shop_id: int) -> None:
    order_id = take(books, shop_id, incoming())
    books.do(lambda work: orders.cancel_order(work, order_id), shop=shop_id)
    for act in (orders.confirm_address, orders.mark_shipped):
        with pytest.raises(OrderCancelled):
            books.do(lambda work, act=act: act(work, order_id), shop=shop_id)  # type: ignore[misc]


def test_goods_leave_with_the_parcel_of_a_confirmed_order_only(
    books: Books, shop_id: int, variant_ids: list[int]
) -> None:
    confirmed, unconfirmed = take(books, shop_id, incoming("1")), take(books, shop_id, incoming("2"))
    books.do(lambda work: orders.confirm_address(work, confirmed), shop=shop_id)
    for _ in range(2):
        books.do(lambda work: orders.mark_shipped(work, confirmed), shop=shop_id)
    with pytest.raises(NotConfirmedYet):
        books.do(lambda work: orders.mark_shipped(work, unconfirmed), shop=shop_id)
    assert stock(books, shop_id, variant_ids[0]) == (8, 0)
    with pytest.raises(OrderHasLeft):
        books.do(lambda work: orders.cancel_order(work, confirmed), shop=shop_id)
    books.do(lambda work: orders.mark_delivered(work, confirmed), shop=shop_id)
    assert status(books, shop_id, confirmed) is OrderStatus.DELIVERED


def test_the_news_that_a_known_order_was_cancelled_frees_its_goods(
    books: Books, shop_id: int, variant_ids: list[int]
) -> None:
    order_id = take(books, shop_id, incoming())
    books.do(lambda work: orders.confirm_address(work, order_id), shop=shop_id)
    assert accept(books, shop_id, incoming(cancelled=True)) == [Accepted.CANCELLED]
    assert accept(books, shop_id, incoming(cancelled=True)) == [Accepted.KNOWN]
    assert stock(books, shop_id, variant_ids[0]) == (10, 0)
    with pytest.raises(CancelledAtSource):
        books.do(lambda work: orders.restore_order(work, order_id), shop=shop_id)


def test_the_news_that_a_known_order_left_takes_out_what_it_held(
    books: Books, shop_id: int, variant_ids: list[int]
) -> None:
    held, unheld = take(books, shop_id, incoming("1")), take(books, shop_id, incoming("2"))
    books.do(lambda work: orders.confirm_address(work, held), shop=shop_id)
    news = accept(books, shop_id, incoming("1", shipped=True), incoming("2", shipped=True), incoming("3", shipped=True))
    assert news == [Accepted.SHIPPED] * 3
    assert {status(books, shop_id, n) for n in (held, unheld)} == {OrderStatus.SHIPPED}
    assert stock(books, shop_id, variant_ids[0]) == (8, 0)
    assert accept(books, shop_id, incoming("1", shipped=True)) == [Accepted.KNOWN]


def test_the_deadline_follows_the_shops_rule(books: Books, shop_id: int) -> None:
    def set_rule(work: Work) -> None:
        work.shop.dispatch_within = timedelta(hours=24)

    books.do(set_rule, shop=shop_id)
    order_id = take(books, shop_id, incoming(paid_at=NOW))
    found: Order = books.do(lambda work: work.orders.get(order_id), shop=shop_id)
    assert found.dispatch_by == NOW + timedelta(hours=24)


def test_a_hundred_orders_are_taken_in_quickly(books: Books, shop_id: int, variant_ids: list[int]) -> None:
    many = [incoming(f"N{n}") for n in range(100)]
    accept(books, shop_id, incoming("warm"))
    start = time.process_time()
    assert accept(books, shop_id, *many) == [Accepted.NEW] * 100
    assert time.process_time() - start < 1


def test_made_up_orders_arrive_one_after_the_other(books: Books, shop_id: int, variant_ids: list[int]) -> None:
    numbers = [books.do(sample_orders.let_order_arrive, shop=shop_id).number for _ in range(30)]
    assert len(set(numbers)) == 30
    found = books.do(lambda work: [work.orders.find_by_number(number) for number in numbers], shop=shop_id)
    known = {line.variant_id for order in found if order for line in order.lines}
    assert known == {*variant_ids, None}
