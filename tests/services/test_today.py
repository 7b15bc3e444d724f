"""What waits today: the counts agree with the lists that they lead to."""

from datetime import timedelta

import pytest

from services import orders, parcels, sample_shop
from shop.order_states import OrderStatus
from shop.shops import PARCEL_PATIENCE
from storage.today import Waiting
from storage.work import Work
from tests.books import Books


@pytest.fixture
def sample_id(books: Books, shop_id: int) -> int:
    sample_id = books.do(lambda work: sample_shop.try_sample_shop(work).id, shop=shop_id)
    books.do(lambda work: sample_shop.fill_sample_shop(work, ()), shop=sample_id)
    return sample_id


def waiting(books: Books, shop_id: int) -> Waiting:
    return books.do(lambda work: work.today.waiting(), shop=shop_id)


def test_in_an_empty_shop_nothing_waits(books: Books, shop_id: int) -> None:
    nothing = Waiting(to_check=0, to_dispatch=0, next_due=None, questions=0, low_stock=0, stalled=0, on_sale=0)
    assert waiting(books, shop_id) == nothing


def test_the_counts_agree_with_the_lists(books: Books, sample_id: int) -> None:
    counts = books.do(lambda work: work.orders.counts(), shop=sample_id)
    low = books.do(lambda work: work.catalog.low(), shop=sample_id)
    found = waiting(books, sample_id)
    assert (found.to_check, found.to_dispatch) == (counts[OrderStatus.TO_CHECK], counts[OrderStatus.TO_DISPATCH])
    assert found.low_stock == len(low)
    assert found.next_due == books.clock.now + timedelta(hours=3)


def test_what_waits_in_one_shop_does_not_wait_in_another(books: Books, sample_id: int, shop_id: int) -> None:
    assert waiting(books, sample_id).to_check > 0
    assert waiting(books, shop_id).to_check == 0


def test_a_parcel_that_stands_still_waits(books: Books, sample_id: int) -> None:
    def ship(work: Work) -> None:
        order_id = work.orders.page([OrderStatus.TO_DISPATCH], skip=0, most=1)[0].id
        parcels.ship_order(work, order_id, "SF1234567890123")

    books.do(ship, shop=sample_id)
    assert waiting(books, sample_id).to_dispatch == 0
    books.clock.move(PARCEL_PATIENCE - timedelta(seconds=1))
    assert waiting(books, sample_id).stalled == 0
    books.clock.move(timedelta(seconds=1))
    assert waiting(books, sample_id).stalled == 1


def test_a_cancelled_order_is_not_due(books: Books, sample_id: int) -> None:
    def cancel_all(work: Work) -> None:
        for status in (OrderStatus.TO_CHECK, OrderStatus.TO_DISPATCH):
            for each in work.orders.page([status], skip=0, most=20):
                orders.cancel_order(work, each.id)

    books.do(cancel_all, shop=sample_id)
    assert waiting(books, sample_id).next_due is None
