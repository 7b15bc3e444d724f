"""Bringing in the orders of one sheet: read, columns confirmed, looked at, taken in; nothing before the merchant says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from shop.column_guesses import MUST_HAVE, LayoutGuess
from shop.errors import ShopError
from shop.order_arrivals import Accepted
from shop.order_columns import Layout, OrderField, plain
from shop.sheet_states import SheetState
from shop.sheets import LARGEST_SHEET, SheetTooLarge

_LONGEST_FILE_NAME = 120


class ImportState(StrEnum):
    """Where an import stands."""

    READING = "reading"
    COLUMNS = "columns"
    PREVIEW = "preview"
    IMPORTING = "importing"
    STOPPED = "stopped"
    DONE = "done"
    CANCELLED = "cancelled"
    REFUSED = "refused"

    @property
    def is_over(self) -> bool:
        return self in (ImportState.DONE, ImportState.CANCELLED, ImportState.REFUSED)


@dataclass
class ColumnMissing(ShopError):
    """Without these nothing can be imported."""

    fields: tuple[OrderField, ...]


@dataclass
class ImportPassed(ShopError):
    """This import has gone on: what was asked for belongs to another stage of it."""

    state: ImportState


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why a sheet was not read: the name of the refusal and its facts."""

    name: str
    facts: Mapping[str, str | int]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What the sheet looks like. `examples` are its first rows; `doubtful` the columns that are only likely; `known`: no need to ask."""

    layout: Layout
    header: tuple[str, ...]
    examples: tuple[tuple[str, ...], ...]
    doubtful: frozenset[OrderField] = frozenset()
    known: bool = True

    @property
    def missing(self) -> tuple[OrderField, ...]:
        return tuple(name for name in MUST_HAVE if name not in self.layout.columns)

    @property
    def key(self) -> str:
        """The same for sheets with the same columns."""
        return "\n".join(map(plain, self.header))

    def column_of(self, name: OrderField) -> tuple[int, ...]:
        ways = self.layout.columns.get(name, ())
        return ways[0] if ways else ()

    def with_column(self, name: OrderField, column: int | None) -> "Sheet":
        """Our field is in that column, or in none; a column that was another field's is taken from it."""
        columns = {
            other: ways
            for other, ways in self.layout.columns.items()
            if other is not name and (column is None or ways != ((column,),))
        }
        if column is not None:
            columns[name] = ((column,),)
        return replace(self, layout=replace(self.layout, columns=columns), doubtful=self.doubtful - {name})

    def with_columns_of(self, before: "Sheet") -> "Sheet":
        """As somebody confirmed them for a sheet with the same columns."""
        layout = replace(before.layout, header_row=self.layout.header_row)
        return replace(self, layout=layout, doubtful=frozenset())


@dataclass(eq=False, kw_only=True)
class OrderImport:
    """One sheet on its way in. `found_*` is what the sheet holds, `took_*` what came of it so far."""

    id: int = field(init=False)
    shop_id: int
    person_id: int
    person_name: str
    file_id: str
    file_mark: str
    file_name: str
    state: ImportState = ImportState.READING
    sheet: Sheet | None = None
    sheet_key: str = ""
    refusal: Refusal | None = None
    found_new: int = 0
    found_known: int = 0
    found_shipped: int = 0
    found_cancelled: int = 0
    left_out: int = 0
    remarks: int = 0
    took_new: int = 0
    took_known: int = 0
    took_shipped: int = 0
    took_cancelled: int = 0
    started_at: datetime
    finished_at: datetime | None = None
    revision: int = field(init=False)

    @property
    def found(self) -> int:
        return self.found_new + self.found_known + self.found_shipped + self.found_cancelled

    @property
    def took(self) -> int:
        return self.took_new + self.took_known + self.took_shipped + self.took_cancelled

    @property
    def is_empty(self) -> bool:
        """Nothing in the sheet can be taken."""
        return self.found == 0

    def understood(self, sheet: Sheet) -> None:
        """The sheet was read. One that no platform made waits until its columns are confirmed."""
        self._must_be(ImportState.READING)
        self.sheet, self.sheet_key = sheet, sheet.key
        if not sheet.known:
            self.state = ImportState.COLUMNS

    def choose_column(self, name: OrderField, column: int | None) -> None:
        sheet = self._asked_sheet()
        if column is not None and not 0 <= column < len(sheet.header):
            return
        self.sheet = sheet.with_column(name, column)

    def confirm_columns(self) -> None:
        """The columns are right: the sheet is read once more, with them."""
        sheet = self._asked_sheet()
        if sheet.missing:
            raise ColumnMissing(sheet.missing)
        self.sheet = replace(sheet, doubtful=frozenset())
        self.state = ImportState.READING

    def ask_columns_again(self) -> None:
        self._must_be(ImportState.PREVIEW)
        self.state = ImportState.COLUMNS

    def count(self, state: SheetState, *, known: bool) -> None:
        """One more order of the sheet."""
        if known:
            self.found_known += 1
        elif state is SheetState.SHIPPED:
            self.found_shipped += 1
        elif state is SheetState.CANCELLED:
            self.found_cancelled += 1
        else:
            self.found_new += 1

    def count_anew(self) -> None:
        self.found_new = self.found_known = self.found_shipped = self.found_cancelled = self.left_out = self.remarks = 0

    def ready(self, *, left_out: int, remarks: int) -> None:
        """All of the sheet is here and can be looked at."""
        self._must_be(ImportState.READING)
        self.left_out, self.remarks = left_out, remarks
        self.state = ImportState.PREVIEW

    def start(self) -> None:
        """The merchant wants these orders. Said twice it is said once."""
        if self.state is not ImportState.IMPORTING:
            self._must_be(ImportState.PREVIEW, ImportState.STOPPED)
            self.state = ImportState.IMPORTING

    def took_one(self, accepted: Accepted) -> None:
        match accepted:
            case Accepted.NEW:
                self.took_new += 1
            case Accepted.KNOWN:
                self.took_known += 1
            case Accepted.SHIPPED:
                self.took_shipped += 1
            case Accepted.CANCELLED:
                self.took_cancelled += 1

    def stop(self) -> None:
        """What is in stays in; the rest waits."""
        self._must_be(ImportState.IMPORTING)
        self.state = ImportState.STOPPED

    def finish(self, *, at: datetime) -> None:
        self.state, self.finished_at = ImportState.DONE, at

    def refuse(self, refusal: Refusal, *, at: datetime) -> None:
        self.state, self.refusal, self.finished_at = ImportState.REFUSED, refusal, at

    def cancel(self, *, at: datetime) -> None:
        """Nothing, or nothing more, is taken in."""
        self._must_be(ImportState.READING, ImportState.COLUMNS, ImportState.PREVIEW, ImportState.STOPPED)
        self.state, self.finished_at = ImportState.CANCELLED, at

    def _asked_sheet(self) -> Sheet:
        self._must_be(ImportState.COLUMNS)
        assert self.sheet is not None  # noqa: S101 - columns are asked of a sheet that was read
        return self.sheet

    def _must_be(self, *states: ImportState) -> None:
        if self.state not in states:
            raise ImportPassed(self.state)


def sheet_of(guess: LayoutGuess, examples: tuple[tuple[str, ...], ...]) -> Sheet:
    """The guess as it is kept; an example is as long as a card can bear."""
    return Sheet(
        layout=guess.layout,
        header=guess.header,
        examples=tuple(tuple(cell[:_LONGEST_EXAMPLE] for cell in row) for row in examples),
        doubtful=guess.doubtful,
        known=guess.known,
    )


_LONGEST_EXAMPLE = 40


def file_name_of(name: str | None) -> str:
    """A name for the card, also when the sender's program gave none."""
    return " ".join((name or "orders").split())[-_LONGEST_FILE_NAME:]


def must_be_small_enough(size: int | None) -> None:
    """Known before anything is fetched."""
    if size is not None and size > LARGEST_SHEET:
        raise SheetTooLarge(size)
