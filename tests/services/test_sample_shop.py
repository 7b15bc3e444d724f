"""The sample shop comes and goes, and touches nothing else."""

import pytest
from sqlalchemy import func, select

from services import sample_shop, shops
from services.sample_shop import NotASample
from shop.order_states import OrderStatus
from shop.sample_shop import SAMPLE_PRODUCTS
from storage.tables import metadata
from storage.work import Work
from tests.books import OWNER, Books


@pytest.fixture
def sample_id(books: Books, shop_id: int) -> int:
    """A filled sample shop of somebody who has a real shop too."""
    sample_id = books.do(lambda work: sample_shop.try_sample_shop(work).id, shop=shop_id)
    books.do(lambda work: sample_shop.fill_sample_shop(work, _pictures()), shop=sample_id)
    return sample_id


def _pictures() -> list[list[str]]:
    return [[f"{product}{angle}" * 32 for angle in range(3)] for product in range(len(SAMPLE_PRODUCTS))]


def _rows_of(books: Books, shop_id: int) -> dict[str, int]:
    """How many rows of each table belong to the shop."""

    def count(work: Work) -> dict[str, int]:
        tables = [table for table in metadata.sorted_tables if "shop_id" in table.c]
        return {
            table.name: work.connection.scalar(select(func.count()).where(table.c.shop_id == shop_id)) or 0
            for table in tables
        }

    return books.do(count)


def _rows(books: Books) -> dict[str, int]:
    left = ("told", "outbox", "inbox")
    tables = [table for table in metadata.sorted_tables if table.name not in left]
    return books.do(
        lambda work: {t.name: work.connection.scalar(select(func.count()).select_from(t)) or 0 for t in tables}
    )


def test_the_sample_shop_has_goods_with_pictures_and_orders(books: Books, sample_id: int) -> None:
    waiting = books.do(lambda work: work.today.waiting(), shop=sample_id)
    assert waiting.on_sale == len(SAMPLE_PRODUCTS)
    assert (waiting.to_check, waiting.to_dispatch) == (4, 1)
    assert waiting.low_stock > 0
    counts = books.do(lambda work: work.orders.counts(), shop=sample_id)
    assert counts[OrderStatus.TO_DISPATCH] == 1
    assert _rows_of(books, sample_id)["variants"] == sum(len(p.sizes) * len(p.colours) for p in SAMPLE_PRODUCTS)


def test_filling_twice_fills_once(books: Books, sample_id: int) -> None:
    before = _rows(books)
    books.do(lambda work: sample_shop.fill_sample_shop(work, _pictures()), shop=sample_id)
    assert _rows(books) == before


def test_trying_twice_leads_to_the_same_sample_shop(books: Books, sample_id: int, shop_id: int) -> None:
    assert books.do(lambda work: sample_shop.try_sample_shop(work).id, shop=shop_id) == sample_id


def test_a_sample_without_pictures_is_better_than_none(books: Books, shop_id: int) -> None:
    sample_id = books.do(lambda work: sample_shop.try_sample_shop(work).id, shop=shop_id)
    books.do(lambda work: sample_shop.fill_sample_shop(work, ()), shop=sample_id)
    assert books.do(lambda work: work.today.waiting().on_sale, shop=sample_id) == len(SAMPLE_PRODUCTS)


def test_thrown_away_it_leaves_nothing_behind_and_touches_no_other_shop(books: Books, shop_id: int) -> None:
    before, real = _rows(books), _rows_of(books, shop_id)
    sample_id = books.do(lambda work: sample_shop.try_sample_shop(work).id, shop=shop_id)
    books.do(lambda work: sample_shop.fill_sample_shop(work, _pictures()), shop=sample_id)
    books.do(sample_shop.throw_away_sample_shop, shop=sample_id)
    assert not any(_rows_of(books, sample_id).values())
    assert _rows(books) == before
    assert _rows_of(books, shop_id) == real
    person = books.do(lambda work: work.people.find(OWNER))
    assert person is not None
    assert person.staff_of == shop_id


def test_what_arrives_after_it_was_thrown_away_is_dropped(books: Books, sample_id: int) -> None:
    def late(work: Work) -> None:
        sample_shop.throw_away_sample_shop(work)
        work.open(work.speaker, None)
        sample_shop.fill_sample_shop(work, _pictures())

    books.do(late, shop=sample_id)
    assert not any(_rows_of(books, sample_id).values())


def test_ids_are_not_given_a_second_time(books: Books, sample_id: int, shop_id: int) -> None:
    books.do(sample_shop.throw_away_sample_shop, shop=sample_id)
    assert books.do(lambda work: shops.open_shop(work, "新店").id, shop=shop_id) > sample_id


def test_a_real_shop_is_not_thrown_away(books: Books, shop_id: int) -> None:
    with pytest.raises(NotASample):
        books.do(sample_shop.throw_away_sample_shop, shop=shop_id)
