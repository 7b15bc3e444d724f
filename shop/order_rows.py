"""From the rows of an order sheet to orders; what cannot be read is listed row by row instead of stopping the rest."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from shop.incoming import IncomingLine, IncomingOrder, IncomingRecipient
from shop.order_cells import courier_and_number, has_word, minor_units, moment, pieces, split_address, tracking_number
from shop.order_columns import Layout, OrderField, Platform
from shop.order_grouping import Gathered, PickedRow, gather
from shop.order_items import read_item
from shop.row_problems import RowProblem, Trouble, problem
from shop.sheets import MOST_ROWS, SheetEmpty, SheetRow, SheetTooLong

_T = TypeVar("_T")
_LONGEST = {OrderField.NOTE: 2000, OrderField.REMARK: 2000, OrderField.ADDRESS: 500, OrderField.TITLE: 500}
_LONGEST_ELSE = 200
_LONGEST_SKU = 64
_CURRENCY_LETTERS = 3
_TELLS_A_RECIPIENT = (
    OrderField.NAME,
    OrderField.PHONE,
    OrderField.PROVINCE,
    OrderField.CITY,
    OrderField.DISTRICT,
    OrderField.ADDRESS,
)


@dataclass(frozen=True, kw_only=True)
class RowOrder:
    """An order and the row where it starts."""

    row: int
    order: IncomingOrder


@dataclass(frozen=True, kw_only=True)
class RowsRead:
    """All that a sheet holds, from top to bottom."""

    orders: tuple[RowOrder, ...]
    problems: tuple[RowProblem, ...]

    @property
    def left_out(self) -> int:
        """Orders, and rows outside any order, that cannot be taken."""
        return sum(not one.harmless for one in self.problems)


def read_orders(rows: Iterable[SheetRow], layout: Layout, *, zone: str, currency: str) -> RowsRead:
    """`zone` and `currency` are the shop's; those of the platform or of the sheet itself come first."""
    below = [row for row in rows if row.number > layout.header_row]
    if not below:
        raise SheetEmpty
    if len(below) > MOST_ROWS:
        raise SheetTooLong
    gathered, problems = gather(below, layout)
    orders = []
    for one in gathered:
        reader = _OrderReader(one, layout.platform, zone=zone, currency=currency)
        if order := reader.read():
            orders.append(RowOrder(row=one.rows[0].number, order=order))
        problems += reader.problems
    return RowsRead(orders=tuple(orders), problems=tuple(sorted(problems, key=lambda one: one.row)))


class _OrderReader:
    """Reads the cells of one order and keeps a list of what it could not read."""

    def __init__(self, gathered: Gathered, platform: Platform, *, zone: str, currency: str) -> None:
        self._gathered = gathered
        self._platform = platform
        self._row = gathered.rows[0].number
        self._zone = platform.time_zone or zone
        said = gathered.cells.get(OrderField.CURRENCY, "").upper()
        self._currency = said if len(said) == _CURRENCY_LETTERS else platform.currency or currency
        self.problems: list[RowProblem] = []

    def read(self) -> IncomingOrder | None:
        """None when the order has to be left out."""
        status = self._cell(OrderField.STATUS)
        cancelled = bool(self._cell(OrderField.CANCELLED_AT)) or has_word(status, self._platform.cancelled)
        if not cancelled and has_word(status, self._platform.unpaid):
            self._note(self._row, Trouble.NOT_PAID, status)
        lines = [line for row in self._gathered.rows for line in self._lines(row)]
        order = self._order(tuple(lines), cancelled=cancelled, shipped=self._left_already(status))
        return order if all(one.harmless for one in self.problems) else None

    def _order(self, lines: tuple[IncomingLine, ...], *, cancelled: bool, shipped: bool) -> IncomingOrder:
        carrier, number = self._parcel()
        return IncomingOrder(
            source=self._platform.source,
            number=self._gathered.number,
            lines=lines,
            recipient=self._recipient(),
            note=self._cell(OrderField.NOTE),
            remark=self._cell(OrderField.REMARK),
            currency=self._currency,
            total=self._money(self._row, self._cell(OrderField.TOTAL)),
            placed_at=self._moment(OrderField.PLACED_AT),
            paid_at=self._moment(OrderField.PAID_AT),
            dispatch_by=self._moment(OrderField.DISPATCH_BY),
            cancelled=cancelled,
            shipped=shipped,
            tracking_number=number,
            carrier_name=carrier,
        )

    def _lines(self, row: PickedRow) -> list[IncomingLine]:
        if row.items:
            read = partial(read_item, currency=self._currency)
            items = (self._try(read, text, row.number, Trouble.NO_ARTICLE) for text in row.items)
            return [item for item in items if item]
        if not row.has_article:
            self._note(row.number, Trouble.NO_ARTICLE)
            return []
        return [self._line(row)]

    def _line(self, row: PickedRow) -> IncomingLine:
        sku = row.cells.get(OrderField.SKU, "")
        title, spec = self._title_and_spec(row, row.cells.get(OrderField.TITLE, sku))
        count = self._try(pieces, row.cells.get(OrderField.QUANTITY, ""), row.number, Trouble.WRONG_QUANTITY) or 1
        price = self._money(row.number, row.cells.get(OrderField.UNIT_PRICE, ""))
        amount = self._money(row.number, row.cells.get(OrderField.LINE_TOTAL, ""))
        if price is None and amount is not None and amount % count == 0:
            price = amount // count
        return IncomingLine(title=title, spec=spec, sku=sku[:_LONGEST_SKU], quantity=count, unit_price=price)

    def _title_and_spec(self, row: PickedRow, title: str) -> tuple[str, str]:
        spec = row.cells.get(OrderField.SPEC, "")
        if self._platform.title_holds_spec and not spec:
            before, _, after = title.rpartition(self._platform.title_holds_spec)
            title, spec = (before, after) if before else (title, "")
        return self._cut(OrderField.TITLE, title, row.number), self._cut(OrderField.SPEC, spec, row.number)

    def _recipient(self) -> IncomingRecipient | None:
        if not any(name in self._gathered.cells for name in _TELLS_A_RECIPIENT):
            return None
        province, city, district = map(self._cell, (OrderField.PROVINCE, OrderField.CITY, OrderField.DISTRICT))
        town, address = self._cell(OrderField.TOWN), self._cell(OrderField.ADDRESS)
        street, postcode = address if address.startswith(town) else f"{town}{address}", ""
        if not province and not city:
            split = split_address(street)
            province, city, district = split.province, split.city, split.district or district
            street, postcode = split.street, split.postcode
        return IncomingRecipient(
            name=self._cell(OrderField.NAME),
            phone=self._cell(OrderField.PHONE),
            province=province,
            city=city,
            district=district,
            street=street,
            postcode=self._cell(OrderField.POSTCODE) or postcode,
            country=self._cell(OrderField.COUNTRY),
        )

    def _parcel(self) -> tuple[str, str]:
        if courier := self._cell(OrderField.COURIER):
            return courier_and_number(courier)
        return self._cell(OrderField.CARRIER_NAME), tracking_number(self._cell(OrderField.TRACKING_NUMBER))

    def _left_already(self, status: str) -> bool:
        """The status says so; a sheet without a status says it by a tracking number, Amazon by nothing left to ship."""
        left = [row.cells.get(OrderField.LEFT_TO_SHIP) for row in self._gathered.rows]
        if status:
            return has_word(status, self._platform.shipped)
        return all(count == "0" for count in left) or bool(self._parcel()[1])

    def _moment(self, name: OrderField) -> datetime | None:
        return self._try(partial(moment, zone=self._zone), self._cell(name), self._row, Trouble.WRONG_MOMENT)

    def _money(self, row: int, text: str) -> int | None:
        return self._try(partial(minor_units, currency=self._currency), text, row, Trouble.WRONG_MONEY)

    def _cell(self, name: OrderField) -> str:
        return self._cut(name, self._gathered.cells.get(name, ""), self._row)

    def _cut(self, name: OrderField, text: str, row: int) -> str:
        longest = _LONGEST.get(name, _LONGEST_ELSE)
        if len(text) <= longest:
            return text
        self._note(row, Trouble.CUT_SHORT, text)
        return f"{text[: longest - 1]}…"

    def _try(self, read: Callable[[str], _T | None], text: str, row: int, trouble: Trouble) -> _T | None:
        try:
            return read(text)
        except ValueError:
            self._note(row, trouble, text)
            return None

    def _note(self, row: int, trouble: Trouble, text: str = "") -> None:
        found = problem(row, trouble, text)
        if found not in self.problems:
            self.problems.append(found)
