"""Which column of an order sheet holds what: the platforms we know, and a guess for sheets we do not."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

OWN_SHEET = "sheet"


class OrderField(StrEnum):
    """What a column of an order sheet may hold; the names are those of shop/data/order_layouts.toml."""

    NUMBER = "number"
    LINE_ID = "line_id"
    STATUS = "status"
    CANCELLED_AT = "cancelled_at"
    TITLE = "title"
    SPEC = "spec"
    SKU = "sku"
    QUANTITY = "quantity"
    LEFT_TO_SHIP = "left_to_ship"
    UNIT_PRICE = "unit_price"
    LINE_TOTAL = "line_total"
    TOTAL = "total"
    CURRENCY = "currency"
    NAME = "name"
    PHONE = "phone"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    TOWN = "town"
    ADDRESS = "address"
    POSTCODE = "postcode"
    COUNTRY = "country"
    NOTE = "note"
    REMARK = "remark"
    PLACED_AT = "placed_at"
    PAID_AT = "paid_at"
    DISPATCH_BY = "dispatch_by"
    TRACKING_NUMBER = "tracking_number"
    CARRIER_NAME = "carrier_name"
    COURIER = "courier"


@dataclass(frozen=True, kw_only=True)
class Platform:
    """How one platform lays out its export. `columns`: our field -> alternatives, best first, each one or more column names."""

    source: str
    name: str
    name_en: str
    marks: tuple[str, ...]
    columns: Mapping[OrderField, tuple[tuple[str, ...], ...]]
    time_zone: str | None = None
    currency: str | None = None
    one_row: bool = False
    items: str = ""
    title_holds_spec: str = ""
    cancelled: tuple[str, ...] = ()
    unpaid: tuple[str, ...] = ()
    shipped: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where a sheet keeps our fields: field -> alternatives, best first, each one or more column indexes to be joined.

    `items`: columns that each hold one whole article. `header_row`: the number of the row with the column names.
    """

    source: str
    header_row: int
    columns: Mapping[OrderField, tuple[tuple[int, ...], ...]]
    items: tuple[int, ...] = ()

    @property
    def platform(self) -> Platform:
        return platforms()[self.source]


def plain(name: str) -> str:
    """A column name as it is compared: without blanks, stars and differences of width or case."""
    return re.sub(r"[\s*:\ufeff\u200b]+", "", unicodedata.normalize("NFKC", name)).casefold()


@cache
def platforms() -> dict[str, Platform]:
    """Every layout in the table, by source; `sheet` stands for the sheets people make themselves."""
    table = tomllib.loads((files("shop") / "data" / "order_layouts.toml").read_text("utf-8"))
    return {source: _platform(source, entry) for source, entry in table.items()}


def _platform(source: str, entry: dict[str, Any]) -> Platform:
    written = entry.pop("columns")
    columns = {OrderField(field): tuple(_joined(name) for name in names) for field, names in written.items()}
    lists: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Platform(source=source, columns=columns, **lists)


def _joined(name: str) -> tuple[str, ...]:
    return tuple(plain(part) for part in name.split(" + "))


def detect_platform(header: Sequence[str]) -> Platform | None:
    """The platform whose marks are all there; of several, the one that explains most columns."""
    there = {plain(name) for name in header}
    fits = [one for one in platforms().values() if one.marks and {plain(mark) for mark in one.marks} <= there]
    return max(fits, key=lambda one: len(there & names_of(one)), default=None)


def names_of(platform: Platform) -> set[str]:
    return {name for ways in platform.columns.values() for way in ways for name in way}


def layout_for(platform: Platform, header: Sequence[str], *, header_row: int) -> Layout:
    """The platform's columns found in this header; an alternative with a missing column loses only that column."""
    index = {plain(name): position for position, name in reversed(list(enumerate(header)))}
    columns = {field: _places(ways, index) for field, ways in platform.columns.items()}
    items = tuple(at for at, name in enumerate(header) if platform.items and plain(name).startswith(platform.items))
    return Layout(
        source=platform.source,
        header_row=header_row,
        columns={field: places for field, places in columns.items() if places},
        items=items,
    )


def _places(ways: tuple[tuple[str, ...], ...], index: Mapping[str, int]) -> tuple[tuple[int, ...], ...]:
    places = (tuple(index[name] for name in way if name in index) for way in ways)
    return tuple(place for place in places if place)
