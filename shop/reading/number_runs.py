"""Bare numbers that stand together: which belong to the model's name, which are sizes, which are prices."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shop.reading.numerals import read_number
from shop.reading.sizes import family, is_likely_alone, size_groups

_SMALLEST_PRICE_AFTER_A_NAME = 100


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What stands around the run. `after_word`: directly behind a word of the name. `counted`: a count of pieces follows."""

    after_word: bool = False
    numbered_model: bool = False
    counted: bool = False
    at_end: bool = False
    sizes_known: bool = False
    sizes_asked: bool = False


@dataclass(frozen=True)
class Sorted:
    name: tuple[str, ...]
    sizes: tuple[str, ...]
    prices: tuple[Decimal, ...]


def sort_numbers(numbers: Sequence[str], around: Surroundings) -> Sorted:
    """Air Max | 90 | 42 43 44 | 899: name, sizes and prices, in this order."""
    first = 1 if around.after_word and (around.numbered_model or numbers[0].startswith("0")) else 0
    rest = numbers[first:]
    start, end = _sizes_in(rest, around)
    before, after = rest[:start], rest[end:]
    if around.after_word and not first and before:
        in_name = len(before) if end > start else _in_name_alone(before, around)
        first, before = in_name, before[in_name:]
    prices = [number for written in (*before, *after) if (number := read_number(written)) is not None]
    return Sorted(tuple(numbers[:first]), tuple(rest[start:end]), tuple(prices))


def _sizes_in(numbers: Sequence[str], around: Surroundings) -> tuple[int, int]:
    """The stretch of sizes; an empty one at the end when there is none."""
    nowhere = len(numbers), len(numbers)
    if around.sizes_known and not around.counted:
        return nowhere
    for start, end in size_groups(numbers):
        counted = around.counted and end == len(numbers)
        if around.sizes_asked or counted or _speak_for_themselves(numbers[start:end]):
            return start, end
    return nowhere


def _speak_for_themselves(group: Sequence[str]) -> bool:
    return family(group[0]) == 0 and (len(group) > 1 or is_likely_alone(group[0]))


def _in_name_alone(numbers: Sequence[str], around: Surroundings) -> int:
    """Without sizes beside them, numbers behind a name are part of it, unless they are the last words and big like a price."""
    if not around.at_end:
        return len(numbers)
    priced = (at for at, written in enumerate(numbers) if _is_like_a_price(written))
    return next(priced, len(numbers))


def _is_like_a_price(written: str) -> bool:
    return not written.startswith("0") and (read_number(written) or 0) >= _SMALLEST_PRICE_AFTER_A_NAME
