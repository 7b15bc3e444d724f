"""How what a message tells joins a draft: sizes are added or corrected, prices checked against each other."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from shop.drafts.product import ProductAnswers
from shop.drafts.product_gaps import Gap
from shop.drafts.product_refusals import (
    NotAPrice,
    OtherCurrency,
    PriceOutOfRange,
    SalePriceAboveListPrice,
    SizeTwice,
    TooManyVariants,
    WordsTooLong,
)
from shop.money import is_written_in, minor_units
from shop.reading.brands import brand_of_model
from shop.reading.folding import same_colour
from shop.reading.said import ProductFacts, SizeStock
from shop.stock import MOST_PIECES, PiecesUnfit

MOST_VARIANTS = 200
MOST_MINOR_UNITS = 1_000_000_000
LONGEST = {Gap.BRAND: 64, Gap.MODEL: 128, Gap.COLOUR: 32, Gap.SIZES: 16, Gap.FABRIC: 200, Gap.SIZE_CHART: 1000}


def take(answers: ProductAnswers, facts: ProductFacts) -> ProductAnswers:
    """Everything that was told joins what is known; a question that was asked again is thereby answered."""
    known = replace(answers, category=answers.category or facts.category, revisiting=None)
    known = _with_name(known, facts)
    known = with_colours(known, facts.colours, anew=answers.revisiting is Gap.COLOUR)
    known, facts = _bound_to_colours(known, facts)
    known = with_sizes(known, facts, anew=answers.revisiting is Gap.SIZES)
    known = _with_prices(known, facts)
    known = replace(known, fabric=facts.fabric or known.fabric, size_chart=facts.size_chart or known.size_chart)
    still_asked = answers.revisiting if answers.revisiting and not _tells(facts, answers.revisiting) else None
    return checked(replace(known, revisiting=still_asked))


def checked(answers: ProductAnswers) -> ProductAnswers:
    """Refuses what is too long or too much to be kept."""
    words = {
        Gap.BRAND: (answers.brand,),
        Gap.MODEL: (answers.model,),
        Gap.COLOUR: answers.colours,
        Gap.SIZES: tuple(row.size for row in answers.sizes),
        Gap.FABRIC: (answers.fabric,),
        Gap.SIZE_CHART: (answers.size_chart,),
    }
    for gap, texts in words.items():
        if any(len(text) > LONGEST[gap] for text in texts):
            raise WordsTooLong(gap, LONGEST[gap])
    count = max(1, len(answers.colours)) * len(answers.sizes)
    if count > MOST_VARIANTS:
        raise TooManyVariants(count, MOST_VARIANTS)
    return answers


def with_price(answers: ProductAnswers, gap: Gap, amount: Decimal, *, sign: str = "") -> ProductAnswers:
    """One of the two prices; the sale price may not be above the list price."""
    minor = price_in(answers.currency, amount, sign=sign)
    changed = replace(answers, list_price=minor) if gap is Gap.LIST_PRICE else replace(answers, sale_price=minor)
    return _prices_agree(changed)


def price_in(currency: str, amount: Decimal, *, sign: str = "") -> int:
    """In minor units; refuses another currency, parts of a penny, nothing, and what nobody pays."""
    if not is_written_in(sign, currency):
        raise OtherCurrency(written=f"{sign} {amount}", currency=currency)
    minor = minor_units(amount, currency)
    if minor is None:
        raise NotAPrice(written=str(amount))
    if not 0 < minor <= MOST_MINOR_UNITS:
        raise PriceOutOfRange(written=str(amount), most=MOST_MINOR_UNITS)
    return minor


def with_colours(answers: ProductAnswers, colours: Sequence[str], *, anew: bool) -> ProductAnswers:
    """New colours join the known ones. Rows of a colour that is gone go with it, or take the one new name."""
    if not colours:
        return answers
    kept = [] if anew else list(answers.colours)
    kept += [colour for colour in colours if not any(same_colour(colour, known) for known in kept)]
    renamed = {answers.colours[0]: kept[0]} if anew and len(answers.colours) == len(kept) == 1 else {}
    rows = [replace(row, colour=renamed.get(row.colour, row.colour)) for row in answers.sizes]
    rows = [row for row in rows if not row.colour or row.colour in kept]
    return replace(answers, colours=tuple(kept), sizes=tuple(rows))


def with_sizes(answers: ProductAnswers, facts: ProductFacts, *, anew: bool = False) -> ProductAnswers:
    """Sizes that are all known get new counts; new ones are added; both in one message is a slip."""
    _refuse_twice(facts.sizes)
    each = facts.each if facts.each is not None else answers.each
    said = tuple(replace(row, pieces=_fitting(row.pieces)) for row in facts.sizes)
    if not said:
        return _with_each(answers, facts.each)
    known = {} if anew else {(row.colour, row.size): row for row in answers.sizes}
    again = [row for row in said if (row.colour, row.size) in known]
    if again and len(again) < len(said):
        raise SizeTwice(again[0].size, known[again[0].colour, again[0].size].pieces)
    rows = known | {(row.colour, row.size): row for row in said}
    filled = tuple(replace(row, pieces=each if row.pieces is None else row.pieces) for row in rows.values())
    return replace(answers, sizes=filled, each=each)


def _bound_to_colours(answers: ProductAnswers, facts: ProductFacts) -> tuple[ProductAnswers, ProductFacts]:
    """Sizes that come with some of several colours are theirs alone, and the sizes from before are the others'."""
    own = [colour for colour in answers.colours if any(same_colour(colour, said) for said in facts.colours)]
    others = [colour for colour in answers.colours if colour not in own]
    if not facts.sizes or not own or not others:
        return answers, facts
    is_known = {row.size for row in answers.sizes if not row.colour} >= {row.size for row in facts.sizes}
    kept = answers.sizes if is_known else _for_each(others, answers.sizes)
    return replace(answers, sizes=kept), replace(facts, sizes=_for_each(own, facts.sizes))


def _for_each(colours: Sequence[str], rows: Sequence[SizeStock]) -> tuple[SizeStock, ...]:
    return tuple(replace(row, colour=colour) for row in rows for colour in ([row.colour] if row.colour else colours))


def _with_each(answers: ProductAnswers, each: int | None) -> ProductAnswers:
    """So many of every size that has no count; of all of them when every one has."""
    if each is None:
        return answers
    pieces = _fitting(each)
    has_open = any(row.pieces is None for row in answers.sizes)
    rows = tuple(row if has_open and row.pieces is not None else replace(row, pieces=pieces) for row in answers.sizes)
    return replace(answers, sizes=rows, each=pieces)


def _with_name(answers: ProductAnswers, facts: ProductFacts) -> ProductAnswers:
    model = answers.model or facts.name
    brand = facts.brand or answers.brand or brand_of_model(model)
    if not brand and facts.name and not answers.model:
        brand, model = _first_word_as_brand(facts.name)
    return replace(answers, brand=brand, model=model)


def _first_word_as_brand(name: str) -> tuple[str, str]:
    """An unknown brand in Latin letters stands first: Foobar Runner 3."""
    first, _, rest = name.partition(" ")
    return (first, rest) if rest and first.isascii() and first.isalpha() else ("", name)


def _with_prices(answers: ProductAnswers, facts: ProductFacts) -> ProductAnswers:
    listed, sold = (
        price_in(answers.currency, amount, sign=facts.currency) if amount is not None else None
        for amount in (facts.list_price, facts.sale_price)
    )
    return _prices_agree(
        replace(answers, list_price=listed or answers.list_price, sale_price=sold or answers.sale_price)
    )


def _prices_agree(answers: ProductAnswers) -> ProductAnswers:
    listed, sold = answers.list_price, answers.sale_price
    if listed is not None and sold is not None and sold > listed:
        raise SalePriceAboveListPrice(sale_price=sold, list_price=listed, currency=answers.currency)
    return answers


def _refuse_twice(rows: Sequence[SizeStock]) -> None:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if (row.colour, row.size) in seen:
            raise SizeTwice(row.size)
        seen.add((row.colour, row.size))


def _fitting(pieces: int | None) -> int | None:
    if pieces is not None and not 0 <= pieces <= MOST_PIECES:
        raise PiecesUnfit(written=str(pieces))
    return pieces


def _tells(facts: ProductFacts, gap: Gap) -> bool:
    told = {
        Gap.CATEGORY: facts.category,
        Gap.BRAND: facts.brand,
        Gap.MODEL: facts.name,
        Gap.COLOUR: facts.colours,
        Gap.SIZES: facts.sizes,
        Gap.STOCK: facts.sizes or facts.each is not None,
        Gap.LIST_PRICE: facts.list_price,
        Gap.SALE_PRICE: facts.sale_price,
        Gap.FABRIC: facts.fabric,
        Gap.SIZE_CHART: facts.size_chart,
    }
    return bool(told.get(gap))
