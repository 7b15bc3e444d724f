"""Which rows of a sheet belong to one order: the same number again, or a row that only adds an article."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shop.order_cells import order_number
from shop.order_columns import Layout, OrderField, plain
from shop.row_problems import RowProblem, Trouble, problem
from shop.sheets import SheetRow

LONGEST_NUMBER = 64
_TOTALS = frozenset({"合计", "总计", "小计", "汇总", "total", "totals", "grandtotal", "итого"})
_ARTICLE = frozenset({OrderField.TITLE, OrderField.SKU})
_OF_A_LINE = _ARTICLE | {
    OrderField.LINE_ID,
    OrderField.SPEC,
    OrderField.QUANTITY,
    OrderField.LEFT_TO_SHIP,
    OrderField.UNIT_PRICE,
    OrderField.LINE_TOTAL,
}


@dataclass(frozen=True, kw_only=True)
class PickedRow:
    """The cells of a row that we know how to use, empty ones left out; `items` are cells that hold a whole article."""

    number: int
    cells: Mapping[OrderField, str]
    items: tuple[str, ...] = ()

    @property
    def has_article(self) -> bool:
        return bool(self.items) or not _ARTICLE.isdisjoint(self.cells)


@dataclass(eq=False, kw_only=True)
class Gathered:
    """The rows of one order. `cells` are those of the whole order; of several rows the first that fills a cell counts."""

    number: str
    cells: dict[OrderField, str] = field(default_factory=dict)
    rows: list[PickedRow] = field(default_factory=list)
    line_ids: set[str] = field(default_factory=set)

    def takes(self, row: PickedRow) -> bool:
        """A row without a number goes on with this order: it has an article and says nothing else about an order."""
        return row.has_article and all(
            self.cells.get(name) == text for name, text in row.cells.items() if name not in _OF_A_LINE
        )

    def add(self, row: PickedRow) -> None:
        for name, text in row.cells.items():
            if name not in _OF_A_LINE:
                self.cells.setdefault(name, text)
        if row.has_article or not self.rows:
            self.rows.append(row)


def gather(rows: Sequence[SheetRow], layout: Layout) -> tuple[list[Gathered], list[RowProblem]]:
    """The orders in the order of their first rows, and the rows that belong to none."""
    orders: dict[str, Gathered] = {}
    problems: list[RowProblem] = []
    above: Gathered | None = None
    for row in (pick(one, layout) for one in rows):
        match _place(row, orders, above):
            case RowProblem() as wrong:
                problems.append(wrong)
                above = None
            case None:
                above = None
            case Gathered() as order:
                above = order
                problems += _join(order, row, one_row=layout.platform.one_row)
    return list(orders.values()), problems


def pick(row: SheetRow, layout: Layout) -> PickedRow:
    """What this row holds for us."""
    cells = {}
    for name, ways in layout.columns.items():
        for way in ways:
            if text := _text(row, way):
                cells[name] = text
                break
    items = tuple(row.cells[at] for at in layout.items if at < len(row.cells) and row.cells[at])
    return PickedRow(number=row.number, cells=cells, items=items)


def _text(row: SheetRow, columns: tuple[int, ...]) -> str:
    return " ".join(row.cells[at] for at in columns if at < len(row.cells) and row.cells[at])


def _place(row: PickedRow, orders: dict[str, Gathered], above: Gathered | None) -> Gathered | RowProblem | None:
    """The order that the row belongs to; None for a row of totals."""
    said = row.cells.get(OrderField.NUMBER, "")
    if _is_total(row, said):
        return None
    if not said and above and above.takes(row):
        return above
    if not said:
        return problem(row.number, Trouble.NO_NUMBER, next(iter(row.cells.values()), ""))
    try:
        number = order_number(said)
    except ValueError:
        return problem(row.number, Trouble.SPOILT_NUMBER, said)
    if len(number) > LONGEST_NUMBER:
        return problem(row.number, Trouble.NUMBER_TOO_LONG, said)
    return orders.setdefault(number, Gathered(number=number))


def _is_total(row: PickedRow, said: str) -> bool:
    return any(plain(cell) in _TOTALS for cell in ([said] if said else row.cells.values()))


def _join(order: Gathered, row: PickedRow, *, one_row: bool) -> list[RowProblem]:
    """The row becomes part of the order, unless it says what was said already."""
    line_id = row.cells.get(OrderField.LINE_ID, "")
    if line_id in order.line_ids or (one_row and order.rows):
        return [problem(row.number, Trouble.REPEATED, order.number)]
    if line_id:
        order.line_ids.add(line_id)
    order.add(row)
    return []
