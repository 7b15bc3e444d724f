"""A merchant's order export, whatever its format: from the bytes of a file to rows of text cells."""

from collections.abc import Iterable

from documents.file_kinds import kind_of
from documents.sheet_safety import open_workbook
from documents.text_tables import decode, read_rows
from documents.workbooks import Workbook, Worksheet
from shop.column_guesses import header_score
from shop.sheets import (
    LARGEST_SHEET,
    MOST_NOTES_ABOVE,
    MOST_ROWS,
    FileKind,
    SheetEmpty,
    SheetNotReadable,
    SheetRow,
    SheetTooLarge,
    SheetTooLong,
)

_MOST_TABS = 20
_MOST_WITH_NOTES = MOST_ROWS + MOST_NOTES_ABOVE + 1


def read_rows_of(content: bytes) -> tuple[SheetRow, ...]:
    """Every row that holds something, notes and column names included; refuses what is too big, odd or harmful."""
    if len(content) > LARGEST_SHEET:
        raise SheetTooLarge(len(content))
    if not content.strip():
        raise SheetEmpty
    rows = tuple(SheetRow(number=number, cells=tuple(cells)) for number, cells in _rows(content) if any(cells))
    if not rows:
        raise SheetEmpty
    if len(rows) > _MOST_WITH_NOTES:
        raise SheetTooLong
    return rows


def _rows(content: bytes) -> Iterable[tuple[int, list[str]]]:
    match kind_of(content):
        case FileKind.TEXT:
            return read_rows(decode(content))
        case FileKind.ARCHIVE if content.startswith(b"PK"):
            return _rows_of_workbook(content)
        case kind:
            raise SheetNotReadable(kind)


def _rows_of_workbook(content: bytes) -> list[tuple[int, list[str]]]:
    with open_workbook(content) as archive:
        workbook = Workbook(archive)
        if not workbook.worksheets:
            raise SheetEmpty
        best = max(workbook.worksheets[:_MOST_TABS], key=lambda tab: _promise(workbook, tab))
        return workbook.rows(best, most=_MOST_WITH_NOTES + 1)


def _promise(workbook: Workbook, tab: Worksheet) -> tuple[int, bool, int]:
    """A tab with column names of orders comes first, a visible one before a hidden one, a full one before an empty one."""
    first = workbook.rows(tab, most=MOST_NOTES_ABOVE + 1)
    return max((header_score(cells) for _, cells in first), default=0), not tab.hidden, len(first)
