"""Articles of many orders find their variants by the same rule as a single one."""

import pytest

from services import catalog
from services.article_matching import match_articles
from shop.incoming import IncomingLine
from storage.work import Work
from tests.books import Books
from tests.services.shelves import put_on_sale, shoes

ARTICLES = [
    IncomingLine(title="随便", sku="X-黑红-42"),
    IncomingLine(title="随便", sku=" X-黑红-43 "),
    IncomingLine(title="随便", sku="不存在"),
    IncomingLine(title="Nike Air Jordan 1 正品男鞋", spec="黑红 42"),
    IncomingLine(title="耐克 AJ1 男鞋", spec="颜色分类:黑红;尺码:43"),
    IncomingLine(title="Nike Air Jordan 1 Mid 男鞋", spec="白 40"),
    IncomingLine(title="男鞋", spec="Nike Air Jordan 1 黑红 42"),
    IncomingLine(title="雪平锅", spec="18cm"),
    IncomingLine(title="德训鞋 白色", spec="40"),
    IncomingLine(title="", spec=""),
]


@pytest.mark.parametrize("line", ARTICLES, ids=lambda line: f"{line.sku}/{line.title}/{line.spec}")
def test_many_articles_are_matched_exactly_as_single_ones(books: Books, shop_id: int, line: IncomingLine) -> None:
    def stock_up(work: Work) -> None:
        put_on_sale(work, shoes(sku="X"))
        put_on_sale(work, shoes(model="Air Jordan 1 Mid", colours=("白",), sizes=("40",)))
        put_on_sale(work, shoes(brand="回力", model="德训鞋", colours=("白色",), sizes=("40", "41")))

    def alone(work: Work) -> int | None:
        variant = catalog.match_variant(work, sku=line.sku, title=line.title, spec=line.spec)
        return variant.id if variant else None

    def together(work: Work) -> int | None:
        matched = match_articles(work, ARTICLES)
        return next(
            (
                id_
                for article, id_ in matched.items()
                if article.title == line.title and article.spec == line.spec and article.sku == line.sku.strip()
            ),
            None,
        )

    books.do(stock_up, shop=shop_id)
    assert books.do(together, shop=shop_id) == books.do(alone, shop=shop_id)


def test_the_list_of_articles_tests_both_answers(books: Books, shop_id: int) -> None:
    books.do(lambda work: put_on_sale(work, shoes(sku="X")), shop=shop_id)
    matched = books.do(lambda work: match_articles(work, ARTICLES), shop=shop_id)
    assert 4 <= len(matched) < len(ARTICLES)


def test_an_article_number_that_two_variants_share_decides_nothing(books: Books, shop_id: int) -> None:
    books.do(lambda work: put_on_sale(work, shoes(sku="X")), shop=shop_id)
    books.do(lambda work: put_on_sale(work, shoes(model="Dunk", sku="X")), shop=shop_id)
    line = IncomingLine(title="随便", sku="X-黑红-42")
    assert books.do(lambda work: match_articles(work, [line]), shop=shop_id) == {}


def test_another_shops_articles_are_not_found(books: Books, shop_id: int) -> None:
    other = books.open_shop("别家", owner=1077)
    books.do(lambda work: put_on_sale(work, shoes(sku="X")), shop=other, person=1077)
    assert books.do(lambda work: match_articles(work, ARTICLES), shop=shop_id) == {}
