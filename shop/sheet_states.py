"""What a sheet says of its orders before they are taken in."""

from dataclasses import dataclass
from enum import StrEnum


class SheetState(StrEnum):
    """How far an order is, according to the sheet."""

    OPEN = "o"
    SHIPPED = "s"
    CANCELLED = "c"


@dataclass(frozen=True, kw_only=True)
class ChunkIndex:
    """A hundred orders of a sheet, from top to bottom: their numbers, their rows, and how far they are."""

    numbers: tuple[str, ...]
    rows: tuple[int, ...]
    states: tuple[SheetState, ...]
