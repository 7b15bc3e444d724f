"""Opening shops and setting their rules, in the books."""

from datetime import timedelta

import pytest

from services import catalog, posts, shops
from shop.drafts.draft import DraftKind
from shop.drafts.shop import NewShopAnswers
from shop.errors import NotFound
from shop.names import NameMissing
from shop.products import Category, NewProduct, NewVariant
from shop.shop_rules import CurrencyInUse, ShopRule
from shop.shops import Person
from shop.speakers import Role, Standing
from storage.work import Work
from tests.books import OWNER, Books

STRANGER = 2001


@pytest.fixture
def somebody(books: Books) -> int:
    books.do(lambda work: work.people.add(Person(id=STRANGER, name="路人甲", seen_at=work.now)))
    return STRANGER


def test_a_name_opens_a_shop_that_its_owner_works_in(books: Books, somebody: int) -> None:
    def open_it(work: Work) -> int:
        shop = shops.open_shop(work, "  老王\u200b潮鞋 ")
        assert work.speaker.standing is Standing.STAFF
        assert (shop.name, shop.time_zone, shop.currency, shop.warn_at) == ("老王潮鞋", "Asia/Shanghai", "CNY", 5)
        assert shop.dispatch_within == timedelta(hours=48)
        return shop.id

    shop_id = books.do(open_it, person=somebody)
    post = books.do(lambda work: work.people.find_post(STRANGER, shop_id), person=somebody)
    assert post is not None
    assert post[0].role is Role.OWNER


def test_a_name_that_cannot_be_seen_opens_nothing(books: Books, somebody: int) -> None:
    with pytest.raises(NameMissing):
        books.do(lambda work: shops.open_shop(work, "\u200b "), person=somebody)
    assert books.do(lambda work: work.people.open_shop_ids()) == []


def test_two_shops_have_different_links(books: Books, somebody: int) -> None:
    codes = [books.do(lambda work: shops.open_shop(work, "店").link_code, person=somebody) for _ in range(2)]
    assert codes[0] != codes[1]
    assert all(len(code) <= 32 for code in codes)


def test_asking_for_the_name_twice_asks_once(books: Books, somebody: int) -> None:
    first = books.do(lambda work: shops.ask_name(work).id, person=somebody)
    assert books.do(lambda work: shops.ask_name(work).id, person=somebody) == first
    books.do(lambda work: shops.open_shop(work, "老王潮鞋"), person=somebody)
    assert books.do(lambda work: work.drafts.waiting(), person=somebody) == []


def test_a_rule_is_changed_and_the_revision_moves_on(books: Books, shop_id: int) -> None:
    before = books.do(lambda work: work.shop.revision, shop=shop_id)

    def change(work: Work) -> int:
        return shops.change_rule(work, ShopRule.WARN_AT, "8").revision

    assert books.do(change, shop=shop_id) > before
    assert books.do(lambda work: work.shop.warn_at, shop=shop_id) == 8


def test_the_currency_is_fixed_by_the_first_price(books: Books, shop_id: int) -> None:
    books.do(lambda work: shops.change_rule(work, ShopRule.CURRENCY, "港币"), shop=shop_id)
    cap = NewProduct(
        category=Category.ACCESSORIES, brand="街角", model="C1", variants=(NewVariant("", "均码"),), sale_price=6_900
    )
    books.do(lambda work: catalog.add_product(work, cap), shop=shop_id)
    with pytest.raises(CurrencyInUse) as refusal:
        books.do(lambda work: shops.change_rule(work, ShopRule.CURRENCY, "CNY"), shop=shop_id)
    assert (refusal.value.currency, refusal.value.priced_products) == ("HKD", 1)


def test_a_draft_that_had_to_wait_for_a_setting_goes_on_afterwards(books: Books, shop_id: int) -> None:
    books.do(lambda work: work.drafts.start(DraftKind.PRODUCT, NewShopAnswers()), shop=shop_id)
    books.do(lambda work: shops.ask_rule(work, ShopRule.WARN_AT), shop=shop_id)
    books.do(lambda work: shops.ask_rule(work, ShopRule.NAME), shop=shop_id)
    assert _open_kind(books, shop_id) is DraftKind.CHANGE_RULE
    books.do(lambda work: shops.change_rule(work, ShopRule.NAME, "新店名"), shop=shop_id)
    assert _open_kind(books, shop_id) is DraftKind.PRODUCT


def test_switching_goes_to_a_shop_of_ones_own_and_to_no_other(books: Books, shop_id: int) -> None:
    second = books.do(lambda work: shops.open_shop(work, "二号店").id)
    books.do(lambda work: posts.switch_shop(work, shop_id), shop=second)
    assert books.do(lambda work: posts.speaking(work).staff_of, shop=shop_id) == shop_id
    other = books.open_shop("别人家", owner=1009)
    with pytest.raises(NotFound):
        books.do(lambda work: posts.switch_shop(work, other), shop=shop_id)


def test_a_draft_waits_while_one_works_in_another_shop(books: Books, shop_id: int) -> None:
    second = books.do(lambda work: shops.open_shop(work, "二号店").id)
    books.do(lambda work: posts.switch_shop(work, shop_id), shop=second)
    books.do(lambda work: shops.ask_rule(work, ShopRule.NAME), shop=shop_id)
    books.do(lambda work: posts.switch_shop(work, second), shop=shop_id)
    books.do(lambda work: shops.ask_rule(work, ShopRule.WARN_AT), shop=second)
    assert _open_kind(books, shop_id) is None
    assert _open_kind(books, second) is DraftKind.CHANGE_RULE


def test_posts_are_listed_with_their_roles(books: Books, shop_id: int) -> None:
    books.hire(shop_id, STRANGER, Role.SUPPORT)
    own = books.do(lambda work: shops.open_shop(work, "自己的店").id, person=STRANGER)
    listed = books.do(lambda work: work.shops.posts(STRANGER))
    assert [(post.shop_id, post.role) for post in listed] == [(shop_id, Role.SUPPORT), (own, Role.OWNER)]
    assert [post.shop_id for post in books.do(lambda work: work.shops.posts(OWNER))] == [shop_id]


def _open_kind(books: Books, shop_id: int) -> DraftKind | None:
    draft = books.do(lambda work: work.drafts.find_open(), shop=shop_id)
    return None if draft is None else draft.kind
