"""Stock: all or nothing, never below nothing, every change in the ledger, low stock told once."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

import bot.routers  # noqa: F401 - the cards that staff are woken with
from services import stock
from shop.errors import NotFound
from shop.stock import OutOfStock, PiecesUnfit, StockReason
from storage.news import CardKind
from storage.work import Work
from tests.books import Books
from tests.services.shelves import put_on_sale, shoes


def levels(books: Books, shop_id: int, variant_id: int) -> tuple[int, int, int]:
    def job(work: Work) -> tuple[int, int, int]:
        variant = work.catalog.get_variant(variant_id)
        return variant.on_hand, variant.reserved, variant.available

    return books.do(job, shop=shop_id)


def ledger(books: Books, shop_id: int, variant_id: int) -> list[tuple[StockReason, int, int, int | None]]:
    def job(work: Work) -> list[tuple[StockReason, int, int, int | None]]:
        lines = work.catalog.ledger(variant_id)
        return [(line.reason, line.on_hand, line.reserved, line.order_id) for line in lines]

    return books.do(job, shop=shop_id)


def low_warnings(books: Books, shop_id: int) -> int:
    """How often the staff were woken about stock so far: each time counts the marks of what was told."""
    count = text("SELECT count(*) FROM told WHERE key LIKE 'low_stock:%'")
    return books.do(lambda work: work.session.scalar(count), shop=shop_id) or 0


@pytest.fixture
def shelf(books: Books, shop_id: int) -> list[int]:
    """Ten of 42 and ten of 43."""
    return books.do(put_on_sale, shop=shop_id)[1]


def test_opening_stock_is_in_the_ledger(books: Books, shop_id: int, shelf: list[int]) -> None:
    assert ledger(books, shop_id, shelf[0]) == [(StockReason.OPENING, 10, 0, None)]


def test_an_order_goes_through_reserve_and_take_out(books: Books, shop_id: int, shelf: list[int]) -> None:
    wanted = {shelf[0]: 2, shelf[1]: 1}
    books.do(lambda work: stock.reserve(work, wanted, order_id=7), shop=shop_id)
    assert levels(books, shop_id, shelf[0]) == (10, 2, 8)
    books.do(lambda work: stock.take_out(work, wanted, order_id=7), shop=shop_id)
    assert levels(books, shop_id, shelf[0]) == (8, 0, 8)
    assert ledger(books, shop_id, shelf[0])[1:] == [
        (StockReason.RESERVED, 0, 2, 7),
        (StockReason.SHIPPED, -2, -2, 7),
    ]


def test_a_cancelled_order_gives_its_pieces_back(books: Books, shop_id: int, shelf: list[int]) -> None:
    books.do(lambda work: stock.reserve(work, {shelf[0]: 3}, order_id=7), shop=shop_id)
    books.do(lambda work: stock.release(work, {shelf[0]: 3}, order_id=7), shop=shop_id)
    assert levels(books, shop_id, shelf[0]) == (10, 0, 10)


def test_reserving_is_all_or_nothing(books: Books, shop_id: int, shelf: list[int]) -> None:
    with pytest.raises(OutOfStock) as refusal:
        books.do(lambda work: stock.reserve(work, {shelf[0]: 2, shelf[1]: 11}, order_id=7), shop=shop_id)
    assert refusal.value == OutOfStock(product="Nike Air Jordan 1 黑红 43", wanted=11, left=10, by_order=True)
    assert levels(books, shop_id, shelf[0]) == (10, 0, 10)
    assert len(ledger(books, shop_id, shelf[0])) == 1


def test_a_variant_of_another_shop_is_not_there(books: Books, shop_id: int, shelf: list[int]) -> None:
    other = books.open_shop("别家", owner=2002)
    with pytest.raises(NotFound):
        books.do(lambda work: stock.reserve(work, {shelf[0]: 1}, order_id=7), shop=other, person=2002)
    with pytest.raises(NotFound):
        books.do(lambda work: stock.receive(work, shelf[0], 1), shop=other, person=2002)
    assert levels(books, shop_id, shelf[0]) == (10, 0, 10)


def test_stock_that_is_promised_cannot_be_removed_or_counted_away(books: Books, shop_id: int, shelf: list[int]) -> None:
    books.do(lambda work: stock.reserve(work, {shelf[0]: 8}, order_id=7), shop=shop_id)
    with pytest.raises(OutOfStock):
        books.do(lambda work: stock.remove(work, shelf[0], 3), shop=shop_id)
    with pytest.raises(OutOfStock):
        books.do(lambda work: stock.count(work, shelf[0], 7), shop=shop_id)
    books.do(lambda work: stock.count(work, shelf[0], 8), shop=shop_id)
    assert levels(books, shop_id, shelf[0]) == (8, 8, 0)


@pytest.mark.parametrize("pieces", [0, -1, 100_000])
def test_odd_counts_of_received_goods_are_refused(books: Books, shop_id: int, shelf: list[int], pieces: int) -> None:
    with pytest.raises(PiecesUnfit):
        books.do(lambda work: stock.receive(work, shelf[0], pieces), shop=shop_id)


def test_an_entity_in_hand_shows_the_new_numbers(books: Books, shop_id: int, shelf: list[int]) -> None:
    def job(work: Work) -> tuple[int, int]:
        variant = work.catalog.get_variant(shelf[0])
        stock.receive(work, shelf[0], 5)
        stock.reserve(work, {shelf[0]: 1}, order_id=7)
        return variant.on_hand, variant.reserved

    assert books.do(job, shop=shop_id) == (15, 1)


def test_the_database_itself_refuses_negative_availability(books: Books, shop_id: int, shelf: list[int]) -> None:
    with pytest.raises(IntegrityError):
        books.do(
            lambda work: work.session.execute(text(f"UPDATE variants SET reserved = 11 WHERE id = {shelf[0]}")),
            shop=shop_id,
        )


def test_low_stock_is_told_once_until_restocked(books: Books, shop_id: int, shelf: list[int]) -> None:
    def sell(pieces: int, order_id: int) -> None:
        books.do(lambda work: stock.reserve(work, {shelf[0]: pieces}, order_id=order_id), shop=shop_id, person=None)

    sell(4, 1)
    assert low_warnings(books, shop_id) == 0
    sell(1, 2)
    assert low_warnings(books, shop_id) == 1
    sell(1, 3)
    assert low_warnings(books, shop_id) == 1
    books.do(lambda work: stock.receive(work, shelf[0], 10), shop=shop_id)
    sell(9, 4)
    assert low_warnings(books, shop_id) == 2


def test_a_small_delivery_that_stays_under_the_line_is_no_restock(books: Books, shop_id: int, shelf: list[int]) -> None:
    books.do(lambda work: stock.reserve(work, {shelf[0]: 8}, order_id=1), shop=shop_id)
    books.do(lambda work: stock.receive(work, shelf[0], 1), shop=shop_id)
    books.do(lambda work: stock.reserve(work, {shelf[0]: 1}, order_id=2), shop=shop_id)
    assert low_warnings(books, shop_id) == 1


def test_a_variant_may_have_its_own_line(books: Books, shop_id: int, shelf: list[int]) -> None:
    def lower_line(work: Work) -> None:
        work.catalog.get_variant(shelf[0]).warn_at = 1

    books.do(lower_line, shop=shop_id)
    books.do(lambda work: stock.reserve(work, {shelf[0]: 8}, order_id=1), shop=shop_id)
    assert low_warnings(books, shop_id) == 0
    books.do(lambda work: stock.reserve(work, {shelf[0]: 1}, order_id=2), shop=shop_id)
    assert low_warnings(books, shop_id) == 1


def test_low_stock_reaches_the_staff_who_may_restock(books: Books, shop_id: int, shelf: list[int]) -> None:
    product_id = books.do(lambda work: work.catalog.get_variant(shelf[0]).product_id, shop=shop_id)
    books.do(lambda work: stock.reserve(work, {shelf[0]: 6}, order_id=1), shop=shop_id, person=None)
    shown = books.do(lambda work: work.cards.showing(CardKind.PRODUCT.of(product_id)), shop=shop_id)
    assert [card.chat_id for card in shown] == [1001]
    assert "黑红 42" in shown[0].payload
    assert shown[0].silent


def test_many_orders_cannot_take_more_than_there_is(books: Books, shop_id: int) -> None:
    _, (only,) = books.do(lambda work: put_on_sale(work, shoes(sizes=("42",), each=50)), shop=shop_id)
    taken = sum(_sells(books, shop_id, only, order_id) for order_id in range(60))
    assert taken == 50
    assert levels(books, shop_id, only) == (50, 50, 0)


def _sells(books: Books, shop_id: int, variant_id: int, order_id: int) -> bool:
    try:
        books.do(lambda work: stock.reserve(work, {variant_id: 1}, order_id=order_id), shop=shop_id)
    except OutOfStock:
        return False
    return True
