"""Reading: text -> the union `Said`, pure. What a bare number means is for the pending question: it asks `read_price` & co."""

import re

from shop.reading.brands import brand_of_model, find_brand
from shop.reading.cleaning import clean
from shop.reading.numerals import ARABIC, CHINESE, NUMBER, read_number, read_whole
from shop.reading.prices import read_price
from shop.reading.product_lines import category_of, read_product, read_sizes
from shop.reading.said import (
    Price,
    ProductFacts,
    Quantity,
    Said,
    Sizes,
    SizeStock,
    StockEntry,
    StockQuery,
    StockVerb,
    TrackingLines,
    Words,
)
from shop.reading.stock_lines import read_stock_entry, read_stock_query
from shop.reading.vocabulary import PIECE_UNIT
from shop.tracking_lines import TrackingLine, read_lines
from shop.tracking_numbers import looks_like_number

__all__ = [
    "Price",
    "ProductFacts",
    "Quantity",
    "Said",
    "SizeStock",
    "Sizes",
    "StockEntry",
    "StockQuery",
    "StockVerb",
    "TrackingLines",
    "Words",
    "brand_of_model",
    "category_of",
    "clean",
    "find_brand",
    "read",
    "read_number",
    "read_price",
    "read_product",
    "read_quantity",
    "read_sizes",
    "read_stock_entry",
    "read_tracking",
]

_QUANTITY = re.compile(rf"(?:共|一共|各|每码?|就|剩)?\s?({NUMBER})\s?{PIECE_UNIT}?(?:吧|左右)?", re.IGNORECASE)
_COUNTED = re.compile(rf"(?:{ARABIC}|{CHINESE})\s?{PIECE_UNIT}", re.IGNORECASE)
_LONGEST_LINE = 600
_LONG_NUMBER = 12
_SHORTEST_MARKED = 10
_TRACKING_SHAPE = re.compile(r"[a-z]{0,5}\d[\d-]{6,}[a-z]{0,3}[\d-]*", re.IGNORECASE)


def read(text: str) -> Said:
    """The most likely meaning of a message when nothing was asked. Commands are not looked at here."""
    written = clean(text)
    if not written or written.startswith("/") or len(written) > _LONGEST_LINE:
        return read_tracking(text) or Words(text)
    found = read_tracking(text) or _read_short(written)
    if found is not None:
        return found
    facts = read_product(text)
    return facts if facts.is_telling else Words(text)


def read_quantity(text: str) -> int | None:
    """The text as an answer to "how many?"."""
    found = _QUANTITY.fullmatch(clean(text))
    return read_whole(found[1]) if found else None


def read_tracking(text: str) -> TrackingLines | None:
    """Tracking numbers, when the message holds nothing else; a number of digits alone must be long to be one."""
    lines = read_lines(text)
    heads = [line for line in text.splitlines() if line.strip() and not re.search(r"\d", line)]
    if not lines or len(heads) > 1 or not all(_ships(line) for line in lines):
        return None
    return TrackingLines(lines)


def _read_short(written: str) -> Said | None:
    if (entry := read_stock_entry(written)) and entry.name:
        return entry
    if query := read_stock_query(written):
        return query
    if _COUNTED.fullmatch(written) and (pieces := read_quantity(written)) is not None:
        return Quantity(pieces)
    if price := read_price(written):
        return price
    return _read_only_sizes(written)


def _read_only_sizes(written: str) -> Sizes | None:
    facts = read_product(written)
    if facts.sizes and facts == ProductFacts(sizes=facts.sizes, category=facts.category):
        return Sizes(facts.sizes)
    return None


def _ships(line: TrackingLine) -> bool:
    number = line.tracking_number
    if not looks_like_number(number) or not _TRACKING_SHAPE.fullmatch(number):
        return False
    if line.carrier_id is not None or (number.isdigit() and len(number) >= _LONG_NUMBER):
        return True
    return len(number) >= _SHORTEST_MARKED and not number.isdigit()
