"""CSV, TSV and TXT exports as rows of cells: in whatever encoding and with whatever separator they come."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal

from charset_normalizer import from_bytes

from documents.cells import clean_cell
from documents.file_kinds import two_byte_order
from shop.sheets import LettersUnreadable, SheetBroken

_SEPARATORS = (",", "\t", ";", "|")
_TRIED_ROWS = 30
_LONGEST_CELL = 32_767
_SNIFFED = 200_000
_FEWEST_COLUMNS = 4
_LEVEL_ONE = range(0xB0, 0xD8)
_MOSTLY = 0.7
_DAMAGE_BORNE = 0.002
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_PAIR = re.compile(rb"([\x81-\xfe])[\x40-\xfe]")


def decode(content: bytes) -> str:
    """The text; raises LettersUnreadable when every guess at its encoding gives nonsense."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if order := two_byte_order(content):
        return content.decode(order, "replace")
    for encoding in _candidates(content):
        text = content.decode(encoding, "replace")
        if text.count("\ufffd") <= len(text) * _DAMAGE_BORNE:
            return text
    best = from_bytes(content).best()
    if best is None:
        raise LettersUnreadable
    return str(best)


def _candidates(content: bytes) -> Iterator[str]:
    """UTF-8 is hardly ever hit by chance. Everyday Chinese in GBK keeps to the 3,755 commonest characters; Cyrillic does not."""
    yield "utf-8"
    leads = [pair[0] for pair in _PAIR.findall(content)]
    common = sum(lead in _LEVEL_ONE or lead in (0xA1, 0xA3) for lead in leads)
    if common >= len(leads) * _MOSTLY:
        yield "gb18030"


def read_rows(text: str) -> list[tuple[int, list[str]]]:
    """Each record with its number, counted as a spreadsheet would.

    Tab-separated reports write inch marks bare; there a quotation mark that swallows rows is a sign like any other.
    """
    separator = separator_of(text[:_SNIFFED])
    try:
        return list(_records(text, separator, csv.QUOTE_MINIMAL))
    except SheetBroken:
        if separator != "\t":
            raise
    return list(_records(text, separator, csv.QUOTE_NONE))


def _records(text: str, separator: str, quoting: Literal[0, 3]) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_LONGEST_CELL)
    widest = 0
    try:
        for number, cells in enumerate(csv.reader(_lines(text), delimiter=separator, quoting=quoting), 1):
            widest = max(widest, len(cells))
            if any("\n" in cell and _swallowed_rows(cell, separator, widest) for cell in cells):
                raise SheetBroken
            yield number, [clean_cell(cell) for cell in cells]
    except csv.Error:
        raise SheetBroken from None


def _swallowed_rows(cell: str, separator: str, width: int) -> bool:
    """A quotation mark that is never closed takes whole rows into one cell; better to say so than to lose them."""
    if separator == "\t":
        return separator in cell
    return width >= _FEWEST_COLUMNS and cell.count(separator) >= 2 * (width - 1)


def _lines(text: str) -> io.StringIO:
    return io.StringIO(text, newline="")


def separator_of(text: str) -> str:
    """The sign that cuts the first rows into most cells, of equal number."""
    return max(_SEPARATORS, key=lambda separator: _evenness(text, separator))


def _evenness(text: str, separator: str) -> tuple[int, int]:
    widths = _widths(islice(csv.reader(_lines(text), delimiter=separator), _TRIED_ROWS))
    common = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    return (widths.count(common), common) if common > 1 else (0, 0)


def _widths(rows: Iterable[list[str]]) -> list[int]:
    try:
        return [len(row) for row in rows if any(row)]
    except csv.Error:
        return []
