"""Files made to harm, broken files and files that are no sheets: refused by name, quickly, and in little memory."""

import io
import struct
import tracemalloc
import zipfile

import pytest

from documents.order_sheets import read_rows_of
from shop.errors import ShopError
from shop.sheets import (
    LARGEST_SHEET,
    FileKind,
    SheetBroken,
    SheetEmpty,
    SheetNotReadable,
    SheetTooLarge,
    SheetTooLong,
    SheetUnsafe,
)
from tests.documents.sheet_files import HEADER, parts_of, rows_xml, sheet_xml, text_cell, workbook, zipped

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
GOOD = rows_xml(HEADER, ("A1", "鞋", "1"))


def refusal(content: bytes) -> ShopError:
    with pytest.raises(ShopError) as caught:
        read_rows_of(content)
    return caught.value


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (OLD_EXCEL, FileKind.OLD_WORKBOOK),
        (OLD_EXCEL + "EncryptedPackage".encode("utf-16-le"), FileKind.LOCKED),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", FileKind.PDF),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), FileKind.PICTURE),
        (b"\xff\xd8\xff\xe0" + bytes(100), FileKind.PICTURE),
        (b"RIFF\x10\0\0\0WEBPVP8 ", FileKind.PICTURE),
        (b"Rar!\x1a\x07\x00" + bytes(100), FileKind.ARCHIVE),
        (b"<html><table><tr><td>1</td></tr></table></html>", FileKind.WEB_PAGE),
        ("\ufeff<html xmlns:x='urn:schemas-microsoft-com:office:excel'>".encode(), FileKind.WEB_PAGE),
        (b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>", FileKind.XML),
        (bytes(range(256)) * 8, FileKind.UNKNOWN),
        (zipped({"a.txt": "a"}), FileKind.ARCHIVE),
        (zipped({"word/document.xml": "<w/>"}), FileKind.DOCUMENT),
        (zipped({"mimetype": "x", "content.xml": "<x/>"}), FileKind.OPEN_DOCUMENT),
        (zipped({"xl/workbook.bin": "x"}), FileKind.BINARY_WORKBOOK),
        (zipped(parts_of(sheet_xml(GOOD), more={"xl/vbaProject.bin": "x"})), FileKind.MACROS),
        (zipped(parts_of(sheet_xml(GOOD), more={"xl/macrosheets/sheet1.xml": "x"})), FileKind.MACROS),
    ],
)
def test_what_is_no_sheet_is_named_for_what_it_is(content: bytes, kind: FileKind) -> None:
    assert refusal(content) == SheetNotReadable(kind)


def test_a_file_of_six_megabytes_is_refused_unread() -> None:
    assert refusal(b"a" * 6 * 1024 * 1024) == SheetTooLarge(6 * 1024 * 1024, LARGEST_SHEET)


@pytest.mark.parametrize("content", [b"", b"  \n ", b"\xef\xbb\xbf", b",,,\n,,,\n", zipped(parts_of(sheet_xml([])))])
def test_a_sheet_without_a_word_in_it_is_empty(content: bytes) -> None:
    assert refusal(content) == SheetEmpty()


@pytest.mark.parametrize("separator", [",", "\t"])
def test_too_many_rows_of_text_are_refused(separator: str) -> None:
    assert refusal(separator.join("abc").encode() + b"\n1" * 20_012) == SheetTooLong()


def test_too_many_rows_of_a_workbook_are_refused() -> None:
    rows = [(number, f'<c r="A{number}"><v>{number}</v></c>') for number in range(1, 20_020)]
    assert refusal(zipped(parts_of(sheet_xml(rows)))) == SheetTooLong()


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_workbook_that_is_cut_off_is_broken(share: float) -> None:
    content = workbook(HEADER, *((f"A{n}", "鞋", "1") for n in range(200)))
    assert refusal(content[: int(len(content) * share)]) == SheetBroken()


def test_a_part_that_is_cut_off_is_broken() -> None:
    assert refusal(zipped(parts_of(sheet_xml(GOOD)[:-40]))) == SheetBroken()


def test_a_part_whose_check_sum_is_wrong_is_broken() -> None:
    content = zipped(parts_of(sheet_xml(GOOD)), method=zipfile.ZIP_STORED).replace(b"A1</t>", b"B1</t>")
    assert refusal(content) == SheetBroken()


def test_a_bomb_is_refused_by_how_steeply_it_unpacks() -> None:
    filler = "<!--" + " " * 30_000_000 + "-->"
    content = zipped(parts_of(sheet_xml(GOOD), more={"xl/sharedStrings.xml": filler}))
    assert len(content) < 100_000
    assert refusal(content) == SheetUnsafe()


def test_a_bomb_is_refused_by_the_size_it_declares() -> None:
    """Random bytes are declared to unpack to 200 MB: believed, and therefore never unpacked."""
    content = bytearray(zipped(parts_of(sheet_xml(GOOD), more={"big": "x" * 10})))
    place = content.rindex(b"PK\x01\x02", 0, content.rindex(b"big"))
    struct.pack_into("<I", content, place + 24, 200 * 1024 * 1024)
    assert refusal(bytes(content)) == SheetUnsafe()


def test_a_part_that_unpacks_to_more_than_it_declares_gives_no_more() -> None:
    content = bytearray(zipped(parts_of(sheet_xml(GOOD))))
    place = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/worksheets/sheet1.xml"))
    struct.pack_into("<I", content, place + 24, 100)
    assert refusal(bytes(content)) == SheetBroken()


def test_a_cell_of_half_a_gigabyte_costs_next_to_nothing() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts_of("", more={}).items():
            if not name.endswith("sheet1.xml"):
                archive.writestr(name, part)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part_file:
            part_file.write(b"<worksheet><sheetData><row><c t='inlineStr'><is><t>")
            for _ in range(500):
                part_file.write(b"a" * 1_000_000)
            part_file.write(b"</t></is></c></row></sheetData></worksheet>")
    content = out.getvalue()
    tracemalloc.start()
    try:
        assert refusal(content) == SheetUnsafe()
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_a_cell_longer_than_any_program_writes_is_refused_while_it_is_read() -> None:
    noise = "".join(chr(0x4E00 + (n * 7919) % 20_000) for n in range(40_000))
    assert refusal(workbook(HEADER, (noise,))) == SheetUnsafe()


def test_one_long_text_that_is_repeated_for_ever_is_refused() -> None:
    shared = "<sst><si><t>" + "".join(chr(0x4E00 + (n * 7919) % 20_000) for n in range(30_000)) + "</t></si></sst>"
    rows = [(number, '<c t="s"><v>0</v></c>' * 10) for number in range(1, 100)]
    content = zipped(parts_of(sheet_xml(rows), more={"xl/sharedStrings.xml": shared}))
    assert refusal(content) == SheetUnsafe()


def test_a_cell_at_the_far_corner_is_ignored_at_no_cost() -> None:
    rows = [*GOOD, (1_048_576, text_cell("XFD1048576", "far"))]
    tracemalloc.start()
    try:
        assert len(read_rows_of(zipped(parts_of(sheet_xml(rows, dimension="A1:XFD1048576"))))) == 2
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_lonely_last_row_keeps_its_number() -> None:
    rows = [*GOOD, (1_048_576, text_cell("A1048576", "A2"))]
    assert read_rows_of(zipped(parts_of(sheet_xml(rows))))[-1].number == 1_048_576


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    ],
)
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_entities_and_document_types_are_refused_in_every_part(declaration: str, part: str) -> None:
    parts = parts_of(sheet_xml(GOOD), more={"xl/sharedStrings.xml": "<sst/>"})
    parts[part] = declaration + parts[part]
    if part == "xl/sharedStrings.xml":
        parts["xl/worksheets/sheet1.xml"] = sheet_xml([(1, '<c t="s"><v>0</v></c>')])
    assert refusal(zipped(parts)) == SheetUnsafe()


def test_a_thousand_parts_too_many_are_refused() -> None:
    content = zipped(parts_of(sheet_xml(GOOD), more={f"x/{n}": "" for n in range(1_001)}))
    assert refusal(content) == SheetUnsafe()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused() -> None:
    out = io.BytesIO(zipped(parts_of(sheet_xml(GOOD))))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet_xml([]))
    assert refusal(out.getvalue()) == SheetUnsafe()


def test_a_part_packed_in_an_unusual_way_is_refused() -> None:
    assert refusal(zipped(parts_of(sheet_xml(GOOD)), method=zipfile.ZIP_LZMA)) == SheetUnsafe()


def test_a_cell_that_points_to_a_text_that_is_not_there_is_broken() -> None:
    assert refusal(zipped(parts_of(sheet_xml([(1, '<c t="s"><v>9</v></c>')])))) == SheetBroken()


def test_a_link_that_leads_out_of_the_file_leads_nowhere() -> None:
    parts = parts_of(sheet_xml(GOOD))
    links = parts["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", "../../../../etc/passwd")
    assert refusal(zipped(parts | {"xl/_rels/workbook.xml.rels": links})) == SheetEmpty()
