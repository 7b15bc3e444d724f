"""The catalogue in the books: what is nearly sold out, photos that became known late, buttons that grow old."""

from services import stock
from storage.work import Work
from tests.books import Books
from tests.services.shelves import put_on_sale, shoes


def test_what_is_nearly_sold_out_comes_fewest_first(books: Books, shop_id: int) -> None:
    books.do(lambda work: put_on_sale(work, shoes(model="Plenty", each=50)), shop=shop_id)
    books.do(lambda work: put_on_sale(work, shoes(model="Few", sizes=("40",), each=5)), shop=shop_id)
    books.do(lambda work: put_on_sale(work, shoes(model="Fewer", sizes=("41",), each=1)), shop=shop_id)
    low = books.do(lambda work: work.catalog.low(), shop=shop_id)
    assert [(each.title, each.available) for each in low] == [("Nike Fewer 黑红 41", 1), ("Nike Few 黑红 40", 5)]


def test_the_lines_own_level_counts(books: Books, shop_id: int) -> None:
    _, (variant_id,) = books.do(lambda work: put_on_sale(work, shoes(sizes=("40",), each=3)), shop=shop_id)

    def lower(work: Work) -> None:
        work.catalog.get_variant(variant_id).warn_at = 0

    books.do(lower, shop=shop_id)
    assert books.do(lambda work: work.catalog.low(), shop=shop_id) == []


def test_a_photo_fetched_after_publishing_is_known_by_its_content(books: Books, shop_id: int) -> None:
    product_id, _ = books.do(put_on_sale, shop=shop_id)
    other = books.open_shop("别家", owner=2002)
    books.do(lambda work: work.catalog.know_photo("unique-1", "late"), shop=shop_id)
    books.do(lambda work: work.catalog.know_photo("unique-2", "foreign"), shop=other, person=2002)
    hashes = books.do(lambda work: [photo.content_hash for photo in work.catalog.get(product_id).photos], shop=shop_id)
    assert hashes == ["hash-0", "late", "hash-2"]


def test_a_shelf_changed_by_hand_makes_old_buttons_old(books: Books, shop_id: int) -> None:
    product_id, _ = books.do(put_on_sale, shop=shop_id)

    def bump(work: Work) -> tuple[int, int]:
        product = work.catalog.get(product_id)
        before = product.revision
        work.catalog.bump(product)
        return before, product.revision

    before, after = books.do(bump, shop=shop_id)
    assert after == before + 1
    assert books.do(lambda work: work.catalog.get(product_id).revision, shop=shop_id) == after


def test_an_article_number_of_two_variants_means_neither(books: Books, shop_id: int) -> None:
    books.do(lambda work: put_on_sale(work, shoes(sku="A")), shop=shop_id)
    assert books.do(lambda work: work.catalog.find_by_code("A-黑红-42") is not None, shop=shop_id)
    books.do(lambda work: put_on_sale(work, shoes(model="Copy", sku="A")), shop=shop_id)
    assert books.do(lambda work: work.catalog.find_by_code("A-黑红-42"), shop=shop_id) is None
    assert books.do(lambda work: work.catalog.find_by_code(""), shop=shop_id) is None


def test_what_may_be_sold_is_told_for_own_variants_only(books: Books, shop_id: int) -> None:
    _, variants = books.do(put_on_sale, shop=shop_id)
    books.do(lambda work: stock.reserve(work, {variants[0]: 4}, order_id=1), shop=shop_id)
    assert books.do(lambda work: work.catalog.available([*variants, 999]), shop=shop_id) == {
        variants[0]: 6,
        variants[1]: 10,
    }
