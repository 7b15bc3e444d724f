"""What looks wrong about the goods of an order."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from shop.orders import Order, OrderLine


class LineTrouble(StrEnum):
    UNKNOWN_VARIANT = "unknown_variant"
    OUT_OF_STOCK = "out_of_stock"


@dataclass(frozen=True)
class LineCheck:
    """One line with its trouble, if it has any; `left` is what its variant still has for it."""

    line: OrderLine
    trouble: LineTrouble | None = None
    left: int = 0


def check_lines(order: Order, available: Mapping[int, int]) -> tuple[LineCheck, ...]:
    """`available`: pieces of each variant that nobody holds yet. What an order holds or has sent is not looked at again."""
    if order.holds_stock or not order.status.is_open:
        return tuple(LineCheck(line) for line in order.lines)
    return tuple(_checked(order, available))


def _checked(order: Order, available: Mapping[int, int]) -> Iterator[LineCheck]:
    taken: Counter[int] = Counter()
    for line in order.lines:
        if line.variant_id is None or line.variant_id not in available:
            yield LineCheck(line, LineTrouble.UNKNOWN_VARIANT)
            continue
        left = available[line.variant_id] - taken[line.variant_id]
        taken[line.variant_id] += line.quantity
        yield LineCheck(line, LineTrouble.OUT_OF_STOCK if left < line.quantity else None, max(left, 0))
