"""What a text means while a product is being drafted: the answer to the pending question, or to any other."""

import re
from collections.abc import Callable
from dataclasses import replace

from shop.drafts.product import ProductAnswers
from shop.drafts.product_facts import checked, take, with_colours, with_price, with_sizes
from shop.drafts.product_gaps import Gap
from shop.drafts.product_refusals import (
    NotACategory,
    NotAPrice,
    NothingUnderstood,
    NotSizes,
    NotStock,
    PhotosExpected,
)
from shop.reading import category_of, clean, find_brand, read_price, read_product, read_quantity, read_sizes
from shop.reading.said import ProductFacts, SizeStock
from shop.reading.vocabulary import CATEGORY_NAMES

_NOTHING = re.compile(r"没有|无|不填|跳过|没|none|no|skip|-", re.IGNORECASE)
_LIST_SEPARATOR = re.compile(r"\s*[、,;|和]\s*|\n")
_HAN_ONLY = re.compile(r"[\u4e00-\u9fff\s]+")
_NEGATIVE = re.compile(r"(?:^|[:=¥$价]\s?|(?:price|sale|list)\s?)[-−]\d", re.IGNORECASE)
_NEGATIVE_COUNT = re.compile(r"[\da-z]\s?[:=]\s?[-−]\d", re.IGNORECASE)
_TWO_NUMBERS = re.compile(r"\d+(?:\.\d+)?\s+\d+(?:\.\d+)?")
_LIKELY_PRICE = 100
_COUNTS = re.compile(r"\d{1,5}(?:[\s,、/]+\d{1,5})+")


def hear(answers: ProductAnswers, text: str) -> ProductAnswers:
    """The draft with what this text adds; raises the refusal that says what is expected."""
    written = clean(text)
    if answers.may_skip and _NOTHING.fullmatch(written):
        return answers.skip()
    if not written:
        raise NothingUnderstood(text)
    _refuse_negative(answers, written)
    facts = read_product(text)
    if answers.asked is None:
        return _hear_correction(answers, facts, written)
    return checked(_LISTENERS[answers.asked](answers, facts, written))


def _refuse_negative(answers: ProductAnswers, written: str) -> None:
    """A minus is never read over: -5 is not 5."""
    if not _NEGATIVE.search(written):
        return
    if answers.asked in (Gap.SIZES, Gap.STOCK) or _NEGATIVE_COUNT.search(written):
        raise NotStock(written, size=next((row.size for row in answers.sizes), "42"))
    raise NotAPrice(written)


def open_with(currency: str, text: str) -> ProductAnswers:
    """A draft that begins with a line about goods."""
    return tell(ProductAnswers(currency=currency), text)


def tell(answers: ProductAnswers, text: str) -> ProductAnswers:
    """Words about goods that answer no question, such as those below a photo."""
    _refuse_negative(answers, clean(text))
    return take(answers, read_product(text))


def _hear_category(answers: ProductAnswers, facts: ProductFacts, written: str) -> ProductAnswers:
    if named := CATEGORY_NAMES.get(written.lower()):
        return answers.choose_category(named)
    if facts.is_telling or facts.brand or facts.fabric or facts.size_chart:
        return take(answers, facts)
    if guessed := category_of(written):
        return answers.choose_category(guessed)
    raise NotACategory(written)


def _hear_brand(answers: ProductAnswers, facts: ProductFacts, written: str) -> ProductAnswers:
    if brand := find_brand(written):
        return _answered(replace(answers, brand=brand))
    if facts.brand or facts.is_telling or _tells_only_other_things(facts):
        return take(answers, facts)
    return _answered(replace(answers, brand=_in_one_line(written)))


def _hear_model(answers: ProductAnswers, facts: ProductFacts, written: str) -> ProductAnswers:
    """A number is a model here: 574 is no price."""
    if facts.is_telling and facts.name:
        return take(replace(answers, model=""), facts)
    if facts.brand and facts.name:
        return _answered(replace(answers, brand=answers.brand or facts.brand, model=facts.name))
    if _tells_only_other_things(facts) and not _begins_with_a_model_number(facts, written):
        return take(answers, facts)
    return _answered(replace(answers, model=_in_one_line(written)))


def _tells_only_other_things(facts: ProductFacts) -> bool:
    return not facts.name and not facts.brand and replace(facts, category=None) != ProductFacts()


def _begins_with_a_model_number(facts: ProductFacts, written: str) -> bool:
    number = re.match(r"\d+(?:\.\d+)?", written)
    return number is not None and number[0] not in {row.size for row in facts.sizes}


def _hear_colour(answers: ProductAnswers, facts: ProductFacts, written: str) -> ProductAnswers:
    if facts.colours or facts.is_telling or _tells_only_other_things(facts):
        return take(answers, facts)
    parts = written.split() if _HAN_ONLY.fullmatch(written) else _LIST_SEPARATOR.split(written)
    named = with_colours(answers, [part for part in parts if part], anew=answers.revisiting is Gap.COLOUR)
    return _answered(named)


def _hear_sizes(answers: ProductAnswers, facts: ProductFacts, written: str) -> ProductAnswers:
    if facts.is_telling:
        return take(answers, facts)
    rows = read_sizes(written)
    if not rows:
        raise NotSizes(written)
    return take(answers, ProductFacts(sizes=rows))


def _hear_stock(answers: ProductAnswers, facts: ProductFacts, written: str) -> ProductAnswers:
    """10 for every size; 10 8 6 in the order of the sizes that wait; or 42:10 43:8."""
    if (each := read_quantity(written)) is not None:
        return _answered(with_sizes(answers, ProductFacts(each=each)))
    rows = _counts_in_order(answers, written) or read_sizes(written)
    if any(row.pieces is not None for row in rows):
        return take(answers, replace(facts, sizes=rows, name="", list_price=None, sale_price=None))
    miscounted = _COUNTS.fullmatch(written) and max(map(int, re.findall(r"\d+", written))) < _LIKELY_PRICE
    if not miscounted and (facts.each is not None or facts.is_telling):
        return take(answers, facts)
    waiting = [row.size for row in answers.sizes if row.pieces is None]
    raise NotStock(written, size=(waiting or [row.size for row in answers.sizes] or ["42"])[0])


def _counts_in_order(answers: ProductAnswers, written: str) -> tuple[SizeStock, ...]:
    waiting = [row for row in answers.sizes if row.pieces is None or answers.revisiting is Gap.STOCK]
    counts = re.findall(r"\d+", written) if _COUNTS.fullmatch(written) else []
    if not counts or len(counts) != len(waiting):
        return ()
    return tuple(replace(row, pieces=int(count)) for row, count in zip(waiting, counts, strict=True))


def _hear_price(answers: ProductAnswers, facts: ProductFacts, written: str) -> ProductAnswers:
    gap = answers.asked or Gap.SALE_PRICE
    labelled_otherwise = facts.sale_price is not None and gap is Gap.LIST_PRICE and _is_sale(written)
    price = None if labelled_otherwise else read_price(written)
    if price is not None:
        return _answered(with_price(answers, gap, price.amount, sign=price.currency))
    if _overwrites_a_price(answers, facts, written):
        raise NotAPrice(written)
    if facts.list_price is not None or facts.sale_price is not None or facts.is_telling:
        return take(answers, facts)
    raise NotAPrice(written)


def _overwrites_a_price(answers: ProductAnswers, facts: ProductFacts, written: str) -> bool:
    """Two numbers for one price, such as 89 9, may be a slip of the thumb: the other one is known, and is not what was asked."""
    if not _TWO_NUMBERS.fullmatch(written):
        return False
    told = take(answers, facts)
    known = ((answers.list_price, told.list_price), (answers.sale_price, told.sale_price))
    return any(before is not None and before != after for before, after in known)


def _is_sale(written: str) -> bool:
    return re.match(r"售价|现价|卖|活动价|到手|特价|折后|sale|now", written, re.IGNORECASE) is not None


def _hear_instead_of_photos(answers: ProductAnswers, facts: ProductFacts, _: str) -> ProductAnswers:
    told = replace(facts, name="", brand="", category=None)
    if told != ProductFacts():
        return take(answers, told)
    raise PhotosExpected(have=len(answers.photos), need=answers.rules.min_photos)


def _hear_fabric(answers: ProductAnswers, facts: ProductFacts, written: str) -> ProductAnswers:
    if facts.fabric or facts.is_telling or _tells_only_other_things(facts):
        return take(answers, facts)
    return _answered(replace(answers, fabric=written))


def _hear_size_chart(answers: ProductAnswers, facts: ProductFacts, written: str) -> ProductAnswers:
    """Any words are a size chart, except when they are plainly a price."""
    if facts.size_chart or ((facts.list_price or facts.sale_price) and read_price(written) is not None):
        return take(answers, facts)
    return _answered(replace(answers, size_chart=written, size_chart_photo=None))


def _hear_correction(answers: ProductAnswers, facts: ProductFacts, written: str) -> ProductAnswers:
    """On the review card every fact replaces what was known before."""
    told = facts if facts.brand else replace(facts, name="")
    if replace(told, category=None, name="") == ProductFacts():
        raise NothingUnderstood(written)
    renamed = replace(answers, model="") if told.brand and told.name else answers
    recoloured = Gap.COLOUR if told.colours and not told.sizes else None
    return replace(take(replace(renamed, revisiting=recoloured), told), revisiting=None)


def _in_one_line(written: str) -> str:
    return " ".join(written.split())


def _answered(answers: ProductAnswers) -> ProductAnswers:
    return replace(answers, revisiting=None)


_LISTENERS: dict[Gap, Callable[[ProductAnswers, ProductFacts, str], ProductAnswers]] = {
    Gap.CATEGORY: _hear_category,
    Gap.BRAND: _hear_brand,
    Gap.MODEL: _hear_model,
    Gap.COLOUR: _hear_colour,
    Gap.SIZES: _hear_sizes,
    Gap.STOCK: _hear_stock,
    Gap.LIST_PRICE: _hear_price,
    Gap.SALE_PRICE: _hear_price,
    Gap.PHOTOS: _hear_instead_of_photos,
    Gap.FABRIC: _hear_fabric,
    Gap.SIZE_CHART: _hear_size_chart,
}
