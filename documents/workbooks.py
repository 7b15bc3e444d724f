"""Excel workbooks as rows of text cells: what stands in the file, nothing computed, no size believed."""

import zipfile
from dataclasses import dataclass
from functools import cached_property

from documents.number_formats import Styles
from documents.sheet_rows import SheetRows
from documents.sheet_safety import unpack
from documents.workbook_parts import Contents, Relations, SharedTexts
from documents.xml_reading import PartReader, read_part

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True, kw_only=True)
class Worksheet:
    """One tab of a workbook and the part that holds it."""

    name: str
    part: str
    hidden: bool


class Workbook:
    """An unpacked workbook; parts are read when they are asked for."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.replace("\\", "/").casefold(): name for name in archive.namelist()}
        self._contents, self._relations = Contents(), Relations()
        self._read(_WORKBOOK, self._contents)
        self._read(_RELATIONS, self._relations)

    @property
    def worksheets(self) -> list[Worksheet]:
        """Those whose part is there, in the order of their tabs."""
        where = self._relations.by_key
        return [
            Worksheet(name=name, part=where[key], hidden=hidden)
            for name, key, hidden in self._contents.sheets
            if key in where and where[key].casefold() in self._names
        ]

    def rows(self, worksheet: Worksheet, *, most: int) -> list[tuple[int, list[str]]]:
        """The first `most` rows that hold something, each with its number."""
        starts_1904 = self._contents.starts_1904
        reader = SheetRows(self._texts, self._styles, starts_1904=starts_1904, most=most)
        self._read(worksheet.part, reader)
        return reader.rows

    @cached_property
    def _texts(self) -> list[str]:
        shared = SharedTexts()
        self._read(self._relations.by_type.get("sharedStrings", ""), shared)
        return shared.texts

    @cached_property
    def _styles(self) -> Styles:
        styles = Styles()
        self._read(self._relations.by_type.get("styles", ""), styles)
        return styles

    def _read(self, part: str, reader: PartReader) -> None:
        if name := self._names.get(part.casefold()):
            read_part(unpack(self._archive, name), reader)
