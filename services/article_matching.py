"""Which of the shop's variants the articles of many orders are: each distinct article once, with few questions to the books."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shop.incoming import IncomingLine
from shop.product_names import ProductName, Titles
from shop.variant_specs import find_variant
from storage.work import Work


@dataclass(frozen=True)
class Article:
    """An article as an order names it."""

    sku: str
    title: str
    spec: str


def article_of(line: IncomingLine) -> Article:
    return Article(line.sku.strip(), line.title, line.spec)


def match_articles(work: Work, lines: Iterable[IncomingLine]) -> Mapping[Article, int]:
    """Variant ids of the articles that are known, by the same rule as for a single one (services.catalog.match_variant)."""
    wanted = set(map(article_of, lines))
    by_code = work.catalog.ids_by_code({article.sku for article in wanted if article.sku})
    found = {article: by_code[article.sku] for article in wanted if article.sku in by_code}
    return found | _by_title(work, wanted - found.keys())


def _by_title(work: Work, wanted: Iterable[Article]) -> dict[Article, int]:
    titles = Titles(work.catalog.names)
    named = {article: name for article in wanted if (name := _name_of(article, titles))}
    shelves = work.catalog.variants_of({name.id for name in named.values()})
    meant = {
        article: find_variant(shelves.get(name.id, []), article.spec or article.title)
        for article, name in named.items()
    }
    return {article: variant.id for article, variant in meant.items() if variant is not None}


def _name_of(article: Article, titles: Titles) -> ProductName | None:
    return titles.find(article.title) or titles.find(f"{article.title} {article.spec}")
