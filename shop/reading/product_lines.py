"""A line about goods: "Nike Air Jordan 1 黑红 42 43 44 各10双 原价1299 售价899" -> ProductFacts."""

import re
from collections.abc import Iterator
from decimal import Decimal

from shop.products import ONE_SIZE, Category
from shop.reading.brands import split_brand
from shop.reading.cleaning import clean
from shop.reading.folding import Fold
from shop.reading.said import ProductFacts, SizeStock
from shop.reading.sizes import is_likely_alone, size_label
from shop.reading.tokens import other_sizes, tokens_of
from shop.reading.vocabulary import CATEGORY_HINTS, CATEGORY_NAMES

_LABELS = {
    "chart": "尺码对照表?|尺码表|尺寸表|size\\s?chart",
    "brand": "品牌|牌子|brand",
    "name": "型号|款号|货名|品名|model|name|title",
    "colour": "颜色分类|颜色|配色|colou?rs?",
    "size": "尺码|码数|鞋码|鞋号|尺寸|sizes?",
    "fabric": "面料成分|面料|材质|成[分份](?:含量)?|fabric|material|composition",
    "category": "类目|分类|品类|类别|category",
}
_COLON_LABELS = {"name": "商品名称|商品名|商品|名称|款式|标题", "colour": "色"}
_PRICE_LABELS = "原价|吊牌|划线价|市场价|售价|现价|卖价|价格|单价|特价|库存|数量|list price|sale price|price|stock"
_LABEL = re.compile(
    r"(?:^|(?<=[\s,;|。]))(?:"
    + "|".join(
        [rf"(?P<{name}>(?:{words})(?:\s?[:=]\s?|(?<=[\u4e00-\u9fff])\s?))" for name, words in _LABELS.items()]
        + [rf"(?P<{name}_>(?:{words})\s?[:=]\s?)" for name, words in _COLON_LABELS.items()]
    )
    + rf"|(?P<other>(?=(?:{_PRICE_LABELS})\s?[:=]?\s?[各每¥$\d零一二两三四五六七八九十百])))",
    re.IGNORECASE,
)
_FABRIC = re.compile(
    r"(?:(?:\d{1,3}(?:\.\d+)?%\s?[\u4e00-\u9fff]{1,8}|[\u4e00-\u9fff]{1,6}\s?\d{1,3}(?:\.\d+)?%|\d{1,3}%\s?[a-z]+)[\s,、/+]*)+"
    r"|(?:纯棉|全棉|纯羊毛|真皮|100%\s?cotton)(?![\u4e00-\u9fff])",
    re.IGNORECASE,
)
_MEASURED = r"[a-z\d./-]{1,6}\s?[=:]\s?\d{1,3}(?:\.\d+)?\s?(?:cm|mm|厘米|毫米|inch|in)"
_CHART_LINE = re.compile(rf"{_MEASURED}(?:[\s,;、]+{_MEASURED})*[\s,;。]*", re.IGNORECASE)
_COLOUR_LIST = re.compile(r"[\s,、;|和]+")
_MOST_COLOURS = 20


def read_product(text: str, *, sizes_asked: bool = False) -> ProductFacts:
    """All that the text tells about a product; empty facts when it tells nothing. Words left over are its `name`."""
    fold, told = Fold(sizes_asked=sizes_asked), dict.fromkeys(("brand", "name", "fabric", "category", "chart"), "")
    cleaned = clean(text)
    for label, value in _segments(cleaned):
        match label:
            case "size":
                fold.sizes_asked = True
                fold.take(tokens_of(value))
                fold.sizes_asked = sizes_asked
            case "colour":
                fold.colours += [part for part in _COLOUR_LIST.split(value.strip(" ,;")) if part][:_MOST_COLOURS]
                fold.group = list(fold.colours)
            case "brand" | "name" | "fabric" | "category" | "chart":
                told[label] = value.strip(" ,;。\n")
            case _:
                fold.take(tokens_of(_without_fabric(value, told)))
    return _facts(fold, told, cleaned)


def read_sizes(text: str) -> tuple[SizeStock, ...]:
    """The text as an answer to "which sizes?": also a single 42, 大号 or 120cm."""
    facts = read_product(text, sizes_asked=True)
    match facts:
        case ProductFacts(sizes=(SizeStock(size=size, pieces=None),), sale_price=Decimal() as bare, name="", brand=""):
            return (SizeStock(size, int(bare)),)
        case ProductFacts(sizes=(_, *_)):
            return facts.sizes
    written = clean(text)
    if size_label(written) == ONE_SIZE:
        return (SizeStock(ONE_SIZE, facts.each),)
    return tuple(SizeStock(size_label(size), facts.each) for size in other_sizes(written))


def category_of(text: str) -> Category | None:
    """The category that the text names, or that its goods belong to."""
    written = clean(text).lower().strip("。.! ")
    if written in CATEGORY_NAMES:
        return CATEGORY_NAMES[written]
    hinted = (category for category, words in CATEGORY_HINTS.items() if any(word in written for word in words))
    return next(hinted, None)


def _segments(text: str) -> Iterator[tuple[str, str]]:
    """Labelled parts and what stands between them; a label reaches to the next one or to the end of its line.

    A line of sizes with their measures (42 = 26.5 cm) is a chart without saying so.
    """
    charted = [line for line in text.splitlines() if _CHART_LINE.fullmatch(line.strip())]
    if charted:
        yield "chart", "\n".join(charted)
    for line in text.splitlines():
        start, label = 0, ""
        if line in charted:
            continue
        for found in _LABEL.finditer(line):
            if found.start() > start:
                yield label, line[start : found.start()]
            start, label = found.end(), (found.lastgroup or "").removesuffix("_").replace("other", "")
        yield label, line[start:] + "\n"


def _without_fabric(text: str, told: dict[str, str]) -> str:
    if found := _FABRIC.search(text):
        told["fabric"] = told["fabric"] or found[0].strip(" ,、/+\n")
        return text[: found.start()] + " " + text[found.end() :]
    return text


def _facts(fold: Fold, told: dict[str, str], text: str) -> ProductFacts:
    words, category = _without_category(fold.words)
    brand, name = split_brand(words)
    list_price, sale_price = _prices(fold)
    currency = next((price.currency for price in (fold.list_price, fold.sale_price) if price and price.currency), "")
    return ProductFacts(
        brand=told["brand"] or brand,
        name=told["name"] or name,
        colours=tuple(fold.colours),
        sizes=fold.size_rows(),
        each=fold.each,
        list_price=list_price,
        sale_price=sale_price,
        currency=currency,
        category=_told_category(told["category"])
        or category
        or _guessed_category(f"{told['name']} {name}", fold, text),
        fabric=told["fabric"],
        size_chart=told["chart"],
    )


def _told_category(written: str) -> Category | None:
    return category_of(written) if written else None


def _without_category(words: list[str]) -> tuple[list[str], Category | None]:
    kept = [word for word in words if word.lower() not in CATEGORY_NAMES or len(word) == 1]
    named = [CATEGORY_NAMES[word.lower()] for word in words if word not in kept]
    return kept, named[0] if named else None


def _guessed_category(name: str, fold: Fold, text: str) -> Category | None:
    """By the kind of thing in its name, else by its count: pairs in shoe sizes are shoes."""
    if by_name := category_of(name):
        return by_name
    in_shoe_sizes = any(is_likely_alone(row.size) for row in fold.rows)
    return Category.SHOES if in_shoe_sizes and re.search(r"双|\bpairs?\b", text) else None


def _prices(fold: Fold) -> tuple[Decimal | None, Decimal | None]:
    """Of two bare numbers the higher is the list price; a bare number beside one named price is the other one."""
    bare = sorted(fold.bare_prices, reverse=True)
    listed = fold.list_price.amount if fold.list_price else None
    sold = fold.sale_price.amount if fold.sale_price else None
    if listed is None and sold is None and len(bare) > 1:
        return bare[0], bare[1]
    if sold is None and bare:
        return listed, bare[-1]
    if listed is None and bare and sold is not None and bare[0] > sold:
        return bare[0], sold
    return listed, sold
