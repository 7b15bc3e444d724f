"""The catalogue: products on sale, and what an order line means."""

import pytest

from services import catalog
from shop.errors import NotFound
from shop.products import ProductStatus, StatusRefused
from storage.work import Work
from tests.books import Books
from tests.services.shelves import put_on_sale, shoes


def test_a_product_goes_on_sale_with_variants_and_photos(books: Books, shop_id: int) -> None:
    product_id, _ = books.do(put_on_sale, shop=shop_id)

    def look(work: Work) -> tuple[object, ...]:
        product = work.catalog.get(product_id)
        labels = [variant.title for variant in product.variants]
        return product.status, labels, len(product.photos), product.published_at == work.now

    assert books.do(look, shop=shop_id) == (
        ProductStatus.ON_SALE,
        ["Nike Air Jordan 1 黑红 42", "Nike Air Jordan 1 黑红 43"],
        3,
        True,
    )


def test_pause_and_resume_twice_change_nothing_more(books: Books, shop_id: int) -> None:
    product_id, _ = books.do(put_on_sale, shop=shop_id)
    for _ in range(2):
        assert books.do(lambda work: catalog.pause_product(work, product_id).status, shop=shop_id) == "paused"
    for _ in range(2):
        assert books.do(lambda work: catalog.resume_product(work, product_id).status, shop=shop_id) == "on_sale"


def test_a_retired_product_stays_retired_and_leaves_the_list(books: Books, shop_id: int) -> None:
    product_id, _ = books.do(put_on_sale, shop=shop_id)
    books.do(lambda work: catalog.retire_product(work, product_id), shop=shop_id)
    with pytest.raises(StatusRefused):
        books.do(lambda work: catalog.resume_product(work, product_id), shop=shop_id)
    assert books.do(lambda work: (work.catalog.count(), work.catalog.page(offset=0, limit=8)), shop=shop_id) == (0, [])


def test_the_list_is_paged_newest_first_with_what_is_left(books: Books, shop_id: int) -> None:
    books.do(lambda work: [put_on_sale(work, shoes(model=f"Model {n}", each=n)) for n in range(3)], shop=shop_id)
    rows = books.do(lambda work: work.catalog.page(offset=0, limit=2), shop=shop_id)
    assert [(row.title, row.available) for row in rows] == [("Nike Model 2", 4), ("Nike Model 1", 2)]


def test_another_shop_sees_nothing(books: Books, shop_id: int) -> None:
    product_id, _ = books.do(put_on_sale, shop=shop_id)
    other = books.open_shop("别家", owner=2002)
    with pytest.raises(NotFound):
        books.do(lambda work: work.catalog.get(product_id), shop=other, person=2002)
    assert books.do(lambda work: work.catalog.count(), shop=other, person=2002) == 0


@pytest.mark.parametrize(
    ("sku", "title", "spec", "wanted"),
    [
        ("DZ5485-黑红-42", "随便什么", "", "黑红 42"),
        ("", "Nike Air Jordan 1 High OG 男子运动鞋 AJ1", "颜色分类:黑红;尺码:42", "黑红 42"),
        ("", "耐克 AJ1 复古篮球鞋 正品", "白蓝 43码", "白蓝 43"),
        ("", "NIKE AIR JORDAN 1", "Black/Red / 42", "黑红 42"),
        ("", "Nike Air Jordan 1", "黑红色,43", "黑红 43"),
        ("", "Nike Air Jordan 1 黑红 42", "", "黑红 42"),
        ("", "Nike Air Jordan 1", "黑红", None),
        ("", "Nike Air Jordan 1", "黑红 45", None),
        ("", "Nike Air Jordan 4", "黑红 42", None),
        ("", "Adidas Samba", "白绿 42", None),
        ("unknown", "Nike Air Jordan 1", "尺码:42 颜色:白蓝", "白蓝 42"),
    ],
)
def test_an_order_line_finds_its_variant(
    books: Books, shop_id: int, sku: str, title: str, spec: str, wanted: str | None
) -> None:
    new = shoes(colours=("黑红", "白蓝"), sku="DZ5485")
    books.do(lambda work: put_on_sale(work, new), shop=shop_id)
    books.do(lambda work: put_on_sale(work, shoes(model="Dunk Low")), shop=shop_id)

    def match(work: Work) -> str | None:
        found = catalog.match_variant(work, sku=sku, title=title, spec=spec)
        return None if found is None else found.label

    assert books.do(match, shop=shop_id) == wanted
