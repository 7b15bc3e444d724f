"""How somebody becomes a buyer of a shop, and when not."""

import pytest

from services import buyers
from shop.questions import ShopHasClosed, StaffCannotVisit
from shop.speakers import Speaker
from storage.work import Work
from tests.books import OWNER, Books
from tests.services.question_books import BUYER, ask, staff_a_shop


@pytest.fixture
def shop(books: Books, shop_id: int) -> int:
    return staff_a_shop(books, shop_id)


def test_opening_a_link_makes_a_stranger_a_buyer(books: Books, shop: int) -> None:
    def visit(work: Work) -> None:
        visited = work.buyers.find_shop(f"link{OWNER}")
        assert visited is not None
        work.enter(speaker=Speaker(person_id=BUYER, name="小美"), shop=None)
        buyers.visit_shop(work, visited)

    books.do(visit, person=None)
    books.do(visit, person=None)
    person = books.do(lambda work: work.people.find(BUYER), person=None)
    assert person is not None
    assert person.buyer_of == shop
    assert books.do(lambda work: work.buyers.find_shop("nonsense"), person=None) is None


def test_staff_do_not_become_buyers(books: Books, shop: int) -> None:
    def visit(work: Work) -> None:
        visited = work.people.find_shop(shop)
        assert visited is not None
        buyers.visit_shop(work, visited)

    with pytest.raises(StaffCannotVisit) as refusal:
        books.do(visit, shop=shop)
    assert refusal.value.own


def test_a_closed_shop_hears_nobody(books: Books, shop: int) -> None:
    def close(work: Work) -> None:
        work.shop.closed_at = work.now

    books.do(close, shop=shop)
    with pytest.raises(ShopHasClosed):
        ask(books, shop)
    assert books.do(lambda work: work.buyers.find_shop(f"link{OWNER}"), person=None) is None
