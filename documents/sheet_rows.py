"""The rows of one worksheet, cell by cell, up to the width and number that we read."""

from documents.cells import clean_cell
from documents.number_formats import Styles, shown_number
from documents.workbook_parts import MOST_TEXT, Gathering
from documents.xml_reading import Enough
from shop.sheets import SheetBroken, SheetUnsafe

MOST_COLUMNS = 256
_LETTERS = 26
_DIGITS = "0123456789"


class SheetRows(Gathering):
    """Takes cells where they say they are: rows and columns may be missing, and the last row may be the millionth."""

    def __init__(self, texts: list[str], styles: Styles, *, starts_1904: bool, most: int) -> None:
        super().__init__()
        self.rows: list[tuple[int, list[str]]] = []
        self._texts, self._styles, self._starts_1904, self._most = texts, styles, starts_1904, most
        self._columns: dict[str, int] = {}
        self._row, self._column = 0, -1
        self._cells: list[str] = []
        self._type, self._style = "n", ""
        self._total = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "c":
                self._column = self._column_of(attributes.get("r", ""))
                self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
            case "v" | "t":
                self._listening = not self._aside
            case "rPh":
                self._aside = True
            case "row":
                self._row = _whole(attributes.get("r", ""), self._row + 1)
                self._column, self._cells = -1, []

    def end(self, name: str) -> None:
        match name:
            case "v" | "t":
                self._listening = False
            case "c":
                self._put(self.gathered())
            case "rPh":
                self._aside = False
            case "row":
                self._keep_row()
            case "sheetData":
                raise Enough

    def _put(self, raw: str) -> None:
        if not raw or self._column >= MOST_COLUMNS:
            return
        text = self._shown(raw)
        self._total += len(text)
        if self._total > MOST_TEXT:
            raise SheetUnsafe
        missing = self._column - len(self._cells)
        if missing >= 0:
            self._cells.extend([""] * missing)
            self._cells.append(text)
        else:
            self._cells[self._column] = text

    def _shown(self, raw: str) -> str:
        match self._type:
            case "s":
                place = _whole(raw, -1)
                if not 0 <= place < len(self._texts):
                    raise SheetBroken
                return self._texts[place]
            case "n":
                return shown_number(raw, day=self._styles.shows_day(self._style), starts_1904=self._starts_1904)
            case "b":
                return "TRUE" if raw == "1" else "FALSE"
            case "e":
                return ""
            case _:
                return clean_cell(raw)

    def _keep_row(self) -> None:
        if any(self._cells):
            self.rows.append((self._row, self._cells))
            if len(self.rows) >= self._most:
                raise Enough

    def _column_of(self, reference: str) -> int:
        letters = reference.rstrip(_DIGITS)
        if not letters:
            return self._column + 1
        if letters not in self._columns:
            self._columns[letters] = _column_number(letters)
        return self._columns[letters]


def _column_number(letters: str) -> int:
    """A is 0, XFD is 16383; nonsense lies beyond what is read."""
    if not (letters.isascii() and letters.isalpha() and len(letters) < 4):  # noqa: PLR2004
        return MOST_COLUMNS
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1


def _whole(text: str, otherwise: int) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise  # noqa: PLR2004
