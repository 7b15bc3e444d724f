"""Sheets that no platform made: finding the row with the column names, and guessing what each column means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from shop.order_columns import (
    OWN_SHEET,
    Layout,
    OrderField,
    detect_platform,
    layout_for,
    names_of,
    plain,
    platforms,
)
from shop.sheets import MOST_NOTES_ABOVE, SheetEmpty, SheetRow

SURE = 90
_WORTH_A_GUESS = 70
_SHORTEST_PART = 2
_PART_WEIGHT = 0.85
_COLOUR = frozenset({"颜色", "花色", "color", "colour", "цвет"})
_SIZE = frozenset({"尺码", "尺寸", "码数", "鞋码", "size", "размер"})
MUST_HAVE = (OrderField.NUMBER, OrderField.TITLE)
ASKED_FOR = (
    OrderField.NUMBER,
    OrderField.TITLE,
    OrderField.SPEC,
    OrderField.SKU,
    OrderField.QUANTITY,
    OrderField.UNIT_PRICE,
    OrderField.TOTAL,
    OrderField.NAME,
    OrderField.PHONE,
    OrderField.PROVINCE,
    OrderField.CITY,
    OrderField.DISTRICT,
    OrderField.ADDRESS,
    OrderField.NOTE,
    OrderField.REMARK,
    OrderField.STATUS,
    OrderField.PLACED_AT,
    OrderField.TRACKING_NUMBER,
    OrderField.CARRIER_NAME,
)


@dataclass(frozen=True, kw_only=True)
class LayoutGuess:
    """`known`: a platform's own export, nothing to ask. Else `doubtful` are the fields whose column is only likely."""

    layout: Layout
    header: tuple[str, ...]
    known: bool
    doubtful: frozenset[OrderField] = frozenset()


def guess_layout(rows: Sequence[SheetRow]) -> LayoutGuess:
    """The layout of a sheet of which `rows` are the first; notes above the column names are passed over."""
    heading = find_header(rows)
    if platform := detect_platform(heading.cells):
        layout = layout_for(platform, heading.cells, header_row=heading.number)
        return LayoutGuess(layout=layout, header=heading.cells, known=True)
    chosen = _likeliest(heading.cells)
    layout = Layout(
        source=OWN_SHEET,
        header_row=heading.number,
        columns={field: ((column,),) for field, (column, _) in chosen.items()} | _colour_and_size(heading.cells),
    )
    doubtful = frozenset(field for field, (_, score) in chosen.items() if score < SURE)
    return LayoutGuess(layout=layout, header=heading.cells, known=False, doubtful=doubtful)


def find_header(rows: Sequence[SheetRow]) -> SheetRow:
    """The row with the column names: the one with most names that we know, else the first of the fullest rows."""
    first = rows[: MOST_NOTES_ABOVE + 1]
    if not first:
        raise SheetEmpty
    return max(first, key=lambda row: (header_score(row.cells), len(_filled(row.cells)), -row.number))


def header_score(cells: Iterable[str]) -> int:
    """How many of the cells are column names that we know."""
    return len({plain(cell) for cell in cells} & _known_names())


@cache
def _known_names() -> frozenset[str]:
    return frozenset(name for platform in platforms().values() for name in names_of(platform))


def _filled(cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells if cell.strip()]


def _likeliest(header: Sequence[str]) -> dict[OrderField, tuple[int, float]]:
    """One column per field and one field per column, surest pairs first."""
    pairs = [
        (score, -ASKED_FOR.index(field), -column, field)
        for column, name in enumerate(header)
        for field in ASKED_FOR
        if (score := _closeness(plain(name), field)) >= _WORTH_A_GUESS
    ]
    chosen: dict[OrderField, tuple[int, float]] = {}
    taken: set[int] = set()
    for score, _, backwards, field in sorted(pairs, reverse=True):
        if field not in chosen and -backwards not in taken:
            chosen[field] = (-backwards, score)
            taken.add(-backwards)
    return chosen


def _colour_and_size(header: Sequence[str]) -> dict[OrderField, tuple[tuple[int, ...], ...]]:
    """Merchants often keep colour and size apart; together they are the variant."""
    names = [plain(name) for name in header]
    colour = next((at for at, name in enumerate(names) if name in _COLOUR), None)
    size = next((at for at, name in enumerate(names) if name in _SIZE), None)
    return {} if colour is None or size is None else {OrderField.SPEC: ((colour, size),)}


def _closeness(name: str, field: OrderField) -> float:
    """0 to 100; a name that only contains a word of ours counts less than one that is spelled nearly so."""
    if not name:
        return 0
    whole = process.extractOne(name, _words(field), scorer=fuzz.ratio)
    parts = [word for word in _words(field) if len(word) >= _SHORTEST_PART and word in name]
    part = max((fuzz.ratio(word, name) for word in parts), default=0.0)
    inside = 100 * _PART_WEIGHT + part / 100 if parts else 0.0
    return max(whole[1], inside)


@cache
def _words(field: OrderField) -> tuple[str, ...]:
    """What people call this field, on any platform."""
    ways = (way for platform in platforms().values() for way in platform.columns.get(field, ()))
    return tuple(dict.fromkeys(way[0] for way in ways if len(way) == 1))
