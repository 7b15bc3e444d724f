"""A sheet that somebody sent, as rows of text, and what is refused before or while it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shop.errors import ShopError

LARGEST_SHEET = 5 * 1024 * 1024
MOST_ROWS = 20_000
MOST_NOTES_ABOVE = 10


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """One row that holds something; `number` counts from 1, as spreadsheets show it."""

    number: int
    cells: tuple[str, ...]


class FileKind(StrEnum):
    """What a file really is, whatever it is called; only the first two can be read."""

    TEXT = "text"
    WORKBOOK = "workbook"
    OLD_WORKBOOK = "old_workbook"
    BINARY_WORKBOOK = "binary_workbook"
    MACROS = "macros"
    LOCKED = "locked"
    WEB_PAGE = "web_page"
    XML = "xml"
    OPEN_DOCUMENT = "open_document"
    ARCHIVE = "archive"
    PICTURE = "picture"
    PDF = "pdf"
    DOCUMENT = "document"
    UNKNOWN = "unknown"


@dataclass
class SheetTooLarge(ShopError):
    """The file weighs more than we read; both in bytes."""

    size: int
    most: int = LARGEST_SHEET


@dataclass
class SheetTooLong(ShopError):
    """More rows than are read at once."""

    most: int = MOST_ROWS


@dataclass
class SheetNotReadable(ShopError):
    """A file of a kind that we do not read."""

    kind: FileKind


@dataclass
class SheetUnsafe(ShopError):
    """The file would unpack into far more than it shows, or asks to fetch something: nobody's export does that."""


@dataclass
class SheetBroken(ShopError):
    """The file is cut off or damaged."""


@dataclass
class SheetEmpty(ShopError):
    """There is no row in it, or only the row with the column names."""


@dataclass
class SheetTooHeavy(ShopError):
    """Reading took more time or memory than one sheet may have."""


@dataclass
class LettersUnreadable(ShopError):
    """It is text, but in no encoding that makes sense."""


@dataclass
class SheetOutOfReach(ShopError):
    """Telegram did not give us the file, or our reader failed, again and again."""


REFUSALS: tuple[type[ShopError], ...] = (
    LettersUnreadable,
    SheetBroken,
    SheetEmpty,
    SheetNotReadable,
    SheetOutOfReach,
    SheetTooHeavy,
    SheetTooLarge,
    SheetTooLong,
    SheetUnsafe,
)


def refusal_from(name: str, facts: Mapping[str, Any]) -> ShopError:
    """A refusal out of its name and facts, as they were written down."""
    kind = next(one for one in REFUSALS if one.__name__ == name)
    if kind is SheetNotReadable:
        return SheetNotReadable(FileKind(facts["kind"]))
    return kind(**facts)
