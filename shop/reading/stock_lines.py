"""Talk about stock: "AJ1 42 有货吗", "还剩几双 AJ1?", "how many AJ1 left", "AJ1 42 +10", "补货 AJ1 42 43 各10"."""

import re
from dataclasses import replace

from shop.reading.cleaning import clean
from shop.reading.numerals import NUMBER, read_whole
from shop.reading.product_lines import read_product
from shop.reading.said import ProductFacts, SizeStock, StockEntry, StockQuery, StockVerb
from shop.reading.vocabulary import PIECE_UNIT

_HOW_MANY = rf"(?:几|多少){PIECE_UNIT}?"
_ASKED = re.compile(
    rf"(?:还|现在)?(?:剩下?|有|余)(?:余|了)?{_HOW_MANY}|{_HOW_MANY}|还?剩(?:余|下)?(?:吗|没有?)?[?？]?$|(?:还)?(?:有没有|有无)(?:现?货)?"
    r"|(?:还)?有现?货(?:吗|没有?|么|不)?|(?:还)?有(?:吗|没有?|么)(?=\W|$)|现货(?:吗|有)|(?:查|看)(?:一?下|查)?(?:库存|现货)?|库存(?:呢|情况|多少|剩余)?|余货"
    r"|\bhow many\b|\bhow much\b|\b(?:are |is )?(?:there )?(?:any )?(?:left|remaining|available)\b|\bin stock\b|\bstock (?:of|for|level)\b|^stock\b|\bstock$"
    r"|\bdo (?:we|you) (?:still )?have\b|\bany\b",
    re.IGNORECASE,
)
_CERTAIN = re.compile(
    rf"{_HOW_MANY}|剩|有没有|有无|有现?货|(?:有|现货)(?:吗|没|么)|^查|库存|\bhow many\b|\bleft\b|in stock|\bstock\b|\bdo (?:we|you)|\bavailable\b|\bremaining\b",
    re.IGNORECASE,
)
_FILLERS = re.compile(
    r"请问|麻烦|帮我|看看|一下|老板|现在|目前|我们|店里|还|的(?=\s|$|\W)|呢|啊|吗|么|没(?=\W|$)|了(?=\W|$)|\b(?:please|the|of|are|is|there|we|do|have|still|pairs?|for)\b|[?？!！。]",
    re.IGNORECASE,
)
_NOT_STOCK = re.compile(r"库存\s?[:=]?\s?(?:各|每码)?\s?\d", re.IGNORECASE)
_GONE_IN = r"\+(?=\s?\d)|加(?=\s?\d)|增加|补货?了?|入库|进货|到货|\b(?:restock(?:ed)?|add(?:ed)?|received)\b"
_GONE_OUT = r"(?:^|(?<=\s))-(?=\d)|减少?(?=\s?\d)|报损|损耗|出库|拿走|扣减?(?=\s?\d)|\b(?:remove|damaged|lost)\b"
_COUNTED = r"改[成为到]|盘点?(?:为|是)?|调整?[成为到]|实际|剩余?设为|\bset(?:\s?to)?\b|\bcount(?:ed)?\b"
_MOST_PIECES = 99_999
_VERBS = {
    StockVerb.SET: re.compile(_COUNTED, re.IGNORECASE),
    StockVerb.ADD: re.compile(_GONE_IN, re.IGNORECASE),
    StockVerb.TAKE: re.compile(_GONE_OUT, re.IGNORECASE),
}
_LAST_COUNT = re.compile(rf"(?:各|每码?)?\s?({NUMBER})\s?{PIECE_UNIT}?\s*$", re.IGNORECASE)
_MOST_WORDS = 60


def read_stock_query(text: str) -> StockQuery | None:
    written = clean(text)
    if len(written) > _MOST_WORDS or not _CERTAIN.search(written) or _NOT_STOCK.search(written):
        return None
    left = re.sub(r"\s+", " ", _FILLERS.sub(" ", _ASKED.sub(" ", written))).strip(" ,，.、")
    facts = _named(left)
    return StockQuery(name=_whole_name(facts), colours=facts.colours, sizes=tuple(row.size for row in facts.sizes))


def read_stock_entry(text: str) -> StockEntry | None:
    """What came in, went out or was counted: needs a word or sign for it and a whole number at the end."""
    written = clean(text)
    if "\n" in written or len(written) > _MOST_WORDS or "价" in written:
        return None
    verb = next((verb for verb, words in _VERBS.items() if words.search(written)), None)
    if verb is None:
        return None
    rest = re.sub(r"\s+", " ", _VERBS[verb].sub(" ", written)).strip(" :,，")
    return _entry(verb, rest)


def _entry(verb: StockVerb, rest: str) -> StockEntry | None:
    facts = _named(rest)
    if facts.sizes and all(row.pieces is not None for row in facts.sizes):
        return StockEntry(verb=verb, name=_whole_name(facts), colours=facts.colours, sizes=facts.sizes)
    count = _LAST_COUNT.search(rest)
    pieces = read_whole(count[1]) if count else None
    if count is None or pieces is None or pieces > _MOST_PIECES:
        return None
    facts = _named(rest[: count.start()].strip(" :,"))
    rows = tuple(replace(row, pieces=pieces) for row in facts.sizes) or (SizeStock("", pieces),)
    return StockEntry(verb=verb, name=_whole_name(facts), colours=facts.colours, sizes=rows)


def _named(text: str) -> ProductFacts:
    return read_product(text) if text else ProductFacts()


def _whole_name(facts: ProductFacts) -> str:
    return " ".join(part for part in (facts.brand, facts.name) if part)
