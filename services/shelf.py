"""Looking at the shelf and putting goods on it in the merchant's own words: "AJ1 42 还有吗", "AJ1 42 +10"."""

from collections.abc import Sequence
from dataclasses import dataclass

from services import stock
from shop.drafts.draft import Draft, DraftKind
from shop.errors import ShopError
from shop.product_names import find_products, same_colour_words
from shop.products import Product, Variant
from shop.reading import SizeStock, StockEntry, StockQuery, StockVerb, read_quantity, read_stock_entry
from shop.reading.sizes import size_label
from storage.answers import keeps
from storage.work import Work

MOST_FOUND = 5


@dataclass(frozen=True)
class RestockAnswers:
    """Which variant the number that is typed next is for."""

    variant_id: int


keeps(RestockAnswers)


@dataclass
class ProductUnknown(ShopError):
    """Nothing in the shop goes by this name."""

    name: str


@dataclass
class WhichProduct(ShopError):
    """Several products can be meant."""

    name: str
    titles: tuple[str, ...]


@dataclass
class WhichVariant(ShopError):
    """Colour or size are not known here, or several can be meant."""

    product: str
    written: str
    labels: tuple[str, ...]


@dataclass
class NotStockNumber(ShopError):
    """Not +10, -2 or 8."""

    written: str


def sells(work: Work, query: StockQuery) -> bool:
    """The question names a product of the shop."""
    return bool(query.name) and bool(find_products(query.name, work.catalog.names))


def look_up(work: Work, query: StockQuery) -> list[tuple[Product, list[Variant]]]:
    """The products that are asked for, each with the variants that are asked for; without a name the newest ones."""
    newest = list(reversed(work.catalog.names))
    names = (find_products(query.name, work.catalog.names) if query.name else newest)[:MOST_FOUND]
    if not names and query.name:
        raise ProductUnknown(query.name)
    found = [work.catalog.get(name.id) for name in names]
    return [(product, _variants(product, query.colours, query.sizes)) for product in found]


def enter_stock(work: Work, entry: StockEntry) -> Product:
    """Goods came in, went out or were counted, for the one product that the words name."""
    names = find_products(entry.name, work.catalog.names)
    if not names:
        raise ProductUnknown(entry.name)
    if len(names) > 1:
        raise WhichProduct(entry.name, tuple(name.title for name in names[:MOST_FOUND]))
    return enter_stock_of(work, names[0].id, entry)


def enter_stock_of(work: Work, product_id: int, entry: StockEntry) -> Product:
    product = work.catalog.get(product_id)
    chosen = [(_one_variant(product, entry, row), row.pieces or 0) for row in entry.sizes]
    for variant, pieces in chosen:
        _apply(work, variant.id, entry.verb, pieces)
    work.catalog.bump(product)
    return product


def type_stock(work: Work, product_id: int, text: str) -> Product:
    """Words about the stock of a product at hand: "42 +10", "黑红 42 43 各5", "42:8"."""
    entry = read_stock_entry(text) or read_stock_entry(f"+ {text}")
    if entry is None:
        raise NotStockNumber(text)
    return enter_stock_of(work, product_id, entry)


def put_on_shelf(work: Work, variant_id: int, pieces: int) -> Product:
    """One tap: so many came in, or went out when the number is below zero."""
    product = work.catalog.get_variant(variant_id).product
    _apply(work, variant_id, StockVerb.ADD if pieces > 0 else StockVerb.TAKE, abs(pieces))
    work.catalog.bump(product)
    return product


def ask_pieces(work: Work, variant_id: int) -> Product:
    """The number that is typed next is for this variant."""
    variant = work.catalog.get_variant(variant_id)
    work.drafts.start(DraftKind.RESTOCK, RestockAnswers(variant_id), subject_id=variant.product_id)
    return variant.product


def type_pieces(work: Work, draft: Draft, text: str) -> Product:
    """+10, -2, or a plain 10 that came in."""
    answers: RestockAnswers = draft.answers
    entry = read_stock_entry(f" {text}")
    pieces = read_quantity(text) if entry is None else entry.sizes[0].pieces
    if pieces is None:
        raise NotStockNumber(text)
    _apply(work, answers.variant_id, entry.verb if entry else StockVerb.ADD, pieces)
    product = work.catalog.get_variant(answers.variant_id).product
    work.catalog.bump(product)
    return product


def stop_asking_pieces(work: Work) -> None:
    draft = work.drafts.find_open()
    if draft is not None and draft.kind is DraftKind.RESTOCK:
        work.drafts.drop(draft)


def _apply(work: Work, variant_id: int, verb: StockVerb, pieces: int) -> None:
    match verb:
        case StockVerb.ADD:
            stock.receive(work, variant_id, pieces)
        case StockVerb.TAKE:
            stock.remove(work, variant_id, pieces)
        case StockVerb.SET:
            stock.count(work, variant_id, pieces)


def _one_variant(product: Product, entry: StockEntry, row: SizeStock) -> Variant:
    colours = (row.colour,) if row.colour else entry.colours
    meant = _variants(product, colours, (row.size,) if row.size else ())
    if len(meant) != 1:
        written = " ".join((*colours, row.size)).strip()
        raise WhichVariant(product.title, written, tuple(variant.label for variant in product.variants[:12]))
    return meant[0]


def _variants(product: Product, colours: Sequence[str], sizes: Sequence[str]) -> list[Variant]:
    """Those of the product that have one of the colours and one of the sizes; nothing said means all."""
    return [
        variant
        for variant in product.variants
        if (not colours or any(same_colour_words(colour, variant.colour) for colour in colours))
        and (not sizes or size_label(variant.size) in {size_label(size) for size in sizes})
    ]
