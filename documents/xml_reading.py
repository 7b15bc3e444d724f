"""Reading the XML parts of a workbook piece by piece: no document types, no entities, nothing fetched."""

from collections.abc import Iterable
from typing import Protocol
from xml.parsers import expat

from shop.sheets import SheetBroken, SheetUnsafe


class Enough(Exception):
    """Raised by a reader that needs no more of the part."""


class PartReader(Protocol):
    """What is told of each element; names come without their namespace."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, text: str) -> None: ...


def read_part(pieces: Iterable[bytes], reader: PartReader) -> None:
    """Feeds the part to the reader until its end, or until the reader has enough."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: reader.start(_local(name), attributes)
    parser.EndElementHandler = lambda name: reader.end(_local(name))
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except Enough:
        return
    except expat.ExpatError:
        raise SheetBroken from None


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_: object) -> None:
    raise SheetUnsafe
