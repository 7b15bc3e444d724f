"""Deadlines in the books: told at their moments, once, and in one card."""

from dataclasses import replace
from datetime import timedelta

import pytest

import bot.routers  # noqa: F401 - the cards that staff are woken with
from services import deadlines, orders, parcels
from storage.news import CardKind, Level, Wake
from storage.parcels import AT_ONCE, batched
from storage.work import Work
from tests.books import Books
from tests.services.parcel_books import ORDER, SF, arrives

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def told(books: Books, shop_id: int) -> list[Level]:
    """How urgent the cards are that people are woken with at this tick."""

    def job(work: Work) -> list[Level]:
        deadlines.tell_due_orders(work)
        wakes = [news for news, _ in work.news if isinstance(news, Wake)]
        assert {wake.card for wake in wakes} <= {CardKind.DUE_ORDERS.of(shop_id)}
        return [wake.level for wake in wakes]

    return books.do(job, shop=shop_id, person=None)


def test_each_reminder_is_told_once_and_grows_more_urgent(books: Books, shop_id: int) -> None:
    arrives(books, shop_id, "1", due_in=13)
    heard = []
    for _ in range(16):
        heard.append((told(books, shop_id), told(books, shop_id)))
        books.clock.move(HOUR)
    expected = [[], [Level.P2], *[[]] * 7, [Level.P1], [], [], [Level.P0], [Level.P0], [], []]
    assert heard == [(first, []) for first in expected]


def test_after_three_days_away_only_the_most_urgent_is_told(books: Books, shop_id: int) -> None:
    arrives(books, shop_id, "1", due_in=13)
    books.clock.move(3 * DAY)
    assert told(books, shop_id) == [Level.P0]
    assert told(books, shop_id) == []


def test_several_orders_are_one_card_as_urgent_as_the_most_urgent(books: Books, shop_id: int) -> None:
    for number, hours in enumerate((11, 0.5, 3)):
        arrives(books, shop_id, str(number), due_in=hours, confirmed=False)
    assert told(books, shop_id) == [Level.P0]
    books.clock.move(0.5 * HOUR)
    assert told(books, shop_id) == [Level.P0]


@pytest.mark.parametrize("back", [HOUR, DAY, 30 * DAY])
def test_a_clock_that_jumps_back_tells_nothing_twice(books: Books, shop_id: int, back: timedelta) -> None:
    arrives(books, shop_id, "1", due_in=3)
    assert told(books, shop_id) == [Level.P1]
    books.clock.move(-back)
    assert told(books, shop_id) == []
    books.clock.move(back)
    assert told(books, shop_id) == []


def test_a_new_deadline_is_told_anew(books: Books, shop_id: int) -> None:
    order_id = arrives(books, shop_id, "1", due_in=3)
    assert told(books, shop_id) == [Level.P1]

    def put_off(work: Work) -> None:
        work.orders.get(order_id).dispatch_by += timedelta(hours=20)

    books.do(put_off, shop=shop_id)
    assert told(books, shop_id) == []
    books.clock.move(20 * HOUR)
    assert told(books, shop_id) == [Level.P1]


def test_what_left_or_was_cancelled_is_not_told(books: Books, shop_id: int) -> None:
    gone, cancelled = (arrives(books, shop_id, number, due_in=3) for number in "12")
    books.do(lambda work: parcels.ship_order(work, gone, SF), shop=shop_id)
    books.do(lambda work: orders.cancel_order(work, cancelled), shop=shop_id)
    assert told(books, shop_id) == []


def test_a_called_back_order_is_reminded_of_again_when_it_is_more_urgent(books: Books, shop_id: int) -> None:
    order_id = arrives(books, shop_id, "1", due_in=3)
    assert told(books, shop_id) == [Level.P1]
    parcel_id = books.do(lambda work: parcels.ship_order(work, order_id, SF).id, shop=shop_id)
    books.clock.move(2.5 * HOUR)
    assert told(books, shop_id) == []
    books.do(lambda work: parcels.call_back(work, parcel_id), shop=shop_id)
    assert told(books, shop_id) == [Level.P0]


def test_every_shop_has_its_own_deadlines(books: Books, shop_id: int) -> None:
    other = books.open_shop("别家", owner=3001)
    arrives(books, shop_id, "1", due_in=3)
    assert told(books, other) == []
    assert told(books, shop_id) == [Level.P1]


def test_more_orders_than_fit_one_statement_are_told(books: Books, shop_id: int) -> None:
    many = AT_ONCE + 50

    def job(work: Work) -> int:
        orders.accept_orders(work, [replace(ORDER, number=f"N{n}", dispatch_by=work.now + HOUR) for n in range(many)])
        deadlines.tell_due_orders(work)
        return len(work.parcels.open_deadlines())

    assert books.do(job, shop=shop_id) == many
    assert told(books, shop_id) == []
    books.clock.move(2 * HOUR)
    assert told(books, shop_id) == [Level.P0]
    assert books.do(lambda work: work.parcels.open_deadlines(), shop=shop_id) == []


def test_batches_hold_everything_in_order() -> None:
    assert list(batched(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(batched([], 2)) == []
