"""Sizes: which bare numbers are sizes, what a range spans, how a size is written, and which two sizes are the same."""

import re
from collections.abc import Sequence
from decimal import Decimal

from shop.products import ONE_SIZE

_LADDER = ("XXXS", "XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL", "4XL", "5XL", "6XL")
_SAME = {"2XL": "XXL", "3XL": "XXXL", "2XS": "XXS", "3XS": "XXXS", "XXXXL": "4XL", "XXXXXL": "5XL"}
_ONE_SIZE = re.compile(r"均码|通码|one\s?size|free(?:\s?size)?|f|os", re.IGNORECASE)
_EIGHTHS = {"⅓": Decimal("0.33"), "⅔": Decimal("0.67")}
_ALONE = range(34, 49)
_FAMILIES = (
    (Decimal(15), Decimal(60), None),
    (Decimal(80), Decimal(180), Decimal(5)),
    (Decimal(200), Decimal(310), Decimal(5)),
    (Decimal(3), Decimal("14.5"), Decimal("0.5")),
)
_FURTHEST_NEIGHBOUR = (6, 30, 30, 2)
_MOST_IN_RANGE = 40


def size_label(written: str) -> str:
    """One way to write it: XL for xl, XXL for 2XL, 均码 for One Size, EU 42 as 42."""
    label = re.sub(r"\s+", "", written).upper()
    if _ONE_SIZE.fullmatch(written.strip()):
        return ONE_SIZE
    label = re.sub(r"^EU(?=\d)|[码碼]$", "", label)
    label = re.sub(r"\.0$", "", label)
    return _SAME.get(label, label)


def size_value(size: str) -> Decimal | None:
    """42.5 and 42⅔ as numbers; None for L or 170/92A."""
    if found := re.fullmatch(r"(\d{1,3}(?:\.5)?)([⅓⅔]?)", size):
        return Decimal(found[1]) + _EIGHTHS.get(found[2], Decimal(0))
    return None


def is_likely_alone(size: str) -> bool:
    """A single bare number that is more likely a shoe size than a price."""
    value = size_value(size)
    return value is not None and int(value) in _ALONE


def family(size: str) -> int | None:
    """Which scale the number can belong to: shoes and waists, heights in cm, feet in mm, US and UK. None when it is no size."""
    value = size_value(size)
    if value is None:
        return None
    fitting = (
        number
        for number, (least, most, step) in enumerate(_FAMILIES)
        if least <= value <= most and (step is None or value % step == 0)
    )
    return next(fitting, None)


def size_groups(numbers: Sequence[str]) -> list[tuple[int, int]]:
    """Where neighbours of one scale stand together, as (start, end), longest group first."""
    groups: list[tuple[int, int]] = []
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or not _belong_together(numbers[at - 1], numbers[at]):
            if family(numbers[start]) is not None:
                groups.append((start, at))
            start = at
    return sorted(groups, key=lambda group: (group[0] - group[1], -group[0]))


def span(low: str, high: str) -> list[str] | None:
    """All sizes of a range: 42-45, 42.5-44, S-XL, 100-130; None when it is no range of sizes."""
    first, last = size_label(low), size_label(high)
    if first in _LADDER and last in _LADDER:
        start, end = _LADDER.index(first), _LADDER.index(last)
        return list(_LADDER[start : end + 1]) if start < end else None
    least, most = size_value(first), size_value(last)
    if least is None or most is None or least >= most or family(first) is None or family(first) != family(last):
        return None
    step = _step(first, last)
    count = int((most - least) / step)
    return [_number_label(least + step * at) for at in range(count + 1)] if count < _MOST_IN_RANGE else None


def sort_key(size: str) -> tuple[int, Decimal, str]:
    """Sizes as a shop lists them: letters by their ladder, numbers by their value, the rest by name."""
    value = size_value(size)
    if value is not None:
        return (1, value, size)
    return (0, Decimal(_LADDER.index(size)), size) if size in _LADDER else (2, Decimal(0), size)


def _belong_together(one: str, other: str) -> bool:
    left, right = size_value(one), size_value(other)
    if left is None or right is None or family(one) is None or family(one) != family(other):
        return False
    return abs(left - right) <= _FURTHEST_NEIGHBOUR[family(one) or 0]


def _step(first: str, last: str) -> Decimal:
    if family(first) == 1:
        return Decimal(10) if (int(size_value(last) or 0) - int(size_value(first) or 0)) % 10 == 0 else Decimal(5)
    if family(first) == 2:  # noqa: PLR2004 - feet in mm go by fives
        return Decimal(5)
    return Decimal("0.5") if "." in first + last else Decimal(1)


def _number_label(value: Decimal) -> str:
    return str(int(value)) if value == int(value) else f"{value:f}"
