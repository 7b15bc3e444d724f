"""Readers for the parts of a workbook: its tabs, where they lie, the shared texts and the rows."""

from posixpath import join, normpath

from documents.cells import clean_cell
from shop.sheets import SheetUnsafe

MOST_TEXT = 20_000_000
LONGEST_CELL = 32_767
_MOST_SHARED = 2_000_000


class Contents:
    """The tabs of the workbook and from which year it counts days."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.starts_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            key = next((text for label, text in attributes.items() if label.rpartition(":")[2] == "id"), "")
            self.sheets.append((attributes.get("name", ""), key, attributes.get("state", "visible") != "visible"))
        elif name == "workbookPr":
            self.starts_1904 = attributes.get("date1904", "0") in ("1", "true")

    def end(self, name: str) -> None:
        """Nothing ends that matters."""

    def text(self, text: str) -> None:
        """All is in attributes."""


class Relations:
    """Where the parts lie: by the key that the workbook uses, and by what they are."""

    def __init__(self) -> None:
        self.by_key: dict[str, str] = {}
        self.by_type: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = normpath(join("/xl", attributes.get("Target", "").replace("\\", "/"))).lstrip("/")
        self.by_key[attributes.get("Id", "")] = target
        self.by_type[attributes.get("Type", "").rpartition("/")[2]] = target

    def end(self, name: str) -> None:
        """Nothing ends that matters."""

    def text(self, text: str) -> None:
        """All is in attributes."""


class Gathering:
    """Gathers the text of one cell or shared string, and refuses more than a spreadsheet program would ever write."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._listening = False
        self._aside = False

    def text(self, text: str) -> None:
        if self._listening:
            self._length += len(text)
            if self._length > LONGEST_CELL:
                raise SheetUnsafe
            self._pieces.append(text)

    def gathered(self) -> str:
        whole = "".join(self._pieces)
        self._pieces.clear()
        self._length = 0
        return whole


class SharedTexts(Gathering):
    """The texts that cells point to by number; how a word is pronounced is not part of it."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._total = 0

    def start(self, name: str, _: dict[str, str]) -> None:
        match name:
            case "rPh":
                self._aside = True
            case "t" if not self._aside:
                self._listening = True

    def end(self, name: str) -> None:
        match name:
            case "t":
                self._listening = False
            case "rPh":
                self._aside = False
            case "si":
                self._keep(clean_cell(self.gathered()))

    def _keep(self, text: str) -> None:
        self.texts.append(text)
        self._total += len(text)
        if self._total > MOST_TEXT or len(self.texts) > _MOST_SHARED:
            raise SheetUnsafe
