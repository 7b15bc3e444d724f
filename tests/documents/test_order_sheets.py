"""The quirks of real exports: encodings, separators, wrapped cells, odd workbooks."""

import io
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.cells import clean_cell
from documents.order_sheets import read_rows_of
from documents.text_tables import separator_of
from shop.errors import ShopError
from shop.sheets import SheetBroken
from tests.documents.sheet_files import HEADER, parts_of, rows_xml, sheet_xml, text_cell, workbook, zipped

TABLE = '订单号,商品,数量\nA1,"球鞋, 黑\n42码",2\n'
READ = [("订单号", "商品", "数量"), ("A1", "球鞋, 黑\n42码", "2")]


def cells(content: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read_rows_of(content)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_sheet_reads_the_same_in_every_encoding(encoding: str) -> None:
    assert cells(TABLE.encode(encoding)) == READ


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_understood(ending: str) -> None:
    assert cells(TABLE.replace("\n", ending).encode("gbk")) == READ


def test_a_few_damaged_signs_do_not_hide_the_rest_of_a_gbk_sheet() -> None:
    content = (TABLE + "A2,鞋,1\n" * 400).encode("gbk") + b"A3,\xff,1\n"
    assert len(cells(content)) == 403


def test_cyrillic_text_is_not_taken_for_chinese() -> None:
    content = "Номер заказа;Товар;Количество\n1;Кроссовки чёрные;2\n2;Футболка белая;1\n".encode("cp1251")
    assert cells(content)[0] == ("Номер заказа", "Товар", "Количество")


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_the_separator_is_found(separator: str) -> None:
    text = "\n".join(separator.join(row) for row in (HEADER, ("A1", "鞋 黑", "1"), ("A2", "袜", "2")))
    assert separator_of(text) == separator
    assert cells(text.encode())[1] == ("A1", "鞋 黑", "1")


def test_tabs_that_protect_numbers_do_not_become_the_separator() -> None:
    content = "订单号,商品,数量\n123\t,鞋,1\n124\t,鞋,1\n".encode()
    assert cells(content)[1] == ("123", "鞋", "1")


def test_a_bare_inch_mark_in_a_tab_separated_report_swallows_nothing() -> None:
    rows = [("order-id", "product-name", "sku", "qty"), *((f"{n}", '"17 inch screen', "S", "1") for n in range(40))]
    content = "\n".join("\t".join(row) for row in rows).encode()
    assert len(cells(content)) == 41


def test_a_quotation_mark_that_is_never_closed_is_said_and_not_skipped() -> None:
    rows = "\n".join(f"A{n},鞋,1,杭州" for n in range(50))
    with pytest.raises(SheetBroken):
        read_rows_of(f'订单号,商品,数量,地址\nA,"鞋,1,杭州\n{rows}\n'.encode())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('="0012"', "0012"),
        ('= "say ""hi"""', 'say "hi"'),
        ("'13800001000", "13800001000"),
        ("'+86 138", "+86 138"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("=1+1", "=1+1"),
        ("  a\u3000", "a"),
        ("\ufeffa\u200bb", "ab"),
        ("a\r\nb", "a\nb"),
        ("a\x00b", "ab"),
    ],
)
def test_what_spreadsheets_wrap_around_a_cell_goes(written: str, meant: str) -> None:
    assert clean_cell(written) == meant


def test_empty_rows_are_passed_over_and_the_others_keep_their_numbers() -> None:
    assert [row.number for row in read_rows_of(b"a,b\n\n,\nc,d\n")] == [1, 4]


def test_a_text_file_named_like_a_workbook_is_read_as_text() -> None:
    assert cells("订单号\t商品\nA1\t鞋\n".encode("gbk")) == [("订单号", "商品"), ("A1", "鞋")]


def test_a_workbook_made_by_an_ordinary_program_is_read() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([*HEADER, "下单时间", "单价", "已付"])
    sheet.append(["A1", "球鞋", 2, datetime(2026, 11, 1, 9, 30), 19.9, True])  # noqa: DTZ001  cells know no zone
    sheet.append(["A2", "袜", 0.1 + 0.2, datetime(2026, 11, 1), 123456789012, False])  # noqa: DTZ001
    out = io.BytesIO()
    book.save(out)
    assert cells(out.getvalue())[1:] == [
        ("A1", "球鞋", "2", "2026-11-01 09:30:00", "19.9", "TRUE"),
        ("A2", "袜", "0.3", "2026-11-01", "123456789012", "FALSE"),
    ]


def test_formulas_show_what_was_last_computed_and_nothing_is_computed() -> None:
    row = '<c r="A1"><f>1+1</f><v>7</v></c><c r="B1"><f>WEBSERVICE("http://x")</f></c>' + text_cell("C1", "end")
    assert cells(zipped(parts_of(sheet_xml([(1, row)])))) == [("7", "", "end")]


def test_shared_texts_come_without_how_they_are_pronounced() -> None:
    shared = "<sst><si><t>东京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si><si><r><t>a</t></r><r><t>b</t></r></si></sst>"
    row = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
    content = zipped(parts_of(sheet_xml([(1, row)]), more={"xl/sharedStrings.xml": shared}))
    assert cells(content) == [("东京", "ab")]


def test_a_long_number_with_an_exponent_stays_as_it_stands() -> None:
    row = '<c r="A1"><v>1.1021000000000001E+17</v></c><c r="B1"><v>1.5E+3</v></c>'
    assert cells(zipped(parts_of(sheet_xml([(1, row)])))) == [("1.1021000000000001E+17", "1500")]


def test_the_tab_with_orders_is_found_behind_a_cover_sheet() -> None:
    cover = sheet_xml(rows_xml(("使用说明",), ("请勿修改",)))
    orders = sheet_xml(rows_xml(HEADER, ("A1", "鞋", "1")))
    assert cells(zipped(parts_of(cover, orders)))[0] == HEADER


def test_a_sheet_that_lies_about_its_size_is_read_to_its_end() -> None:
    content = zipped(parts_of(sheet_xml(rows_xml(HEADER, ("A1", "鞋", "1")), dimension="A1")))
    assert len(cells(content)) == 2


def test_rows_and_cells_without_a_place_follow_one_another() -> None:
    xml = (
        '<worksheet><sheetData><row><c t="inlineStr"><is><t>a</t></is></c><c><v>1</v></c></row></sheetData></worksheet>'
    )
    assert cells(zipped(parts_of(xml))) == [("a", "1")]


def test_missing_cells_leave_gaps() -> None:
    row = text_cell("A1", "a") + text_cell("D1", "d")
    assert cells(zipped(parts_of(sheet_xml([(1, row)])))) == [("a", "", "", "d")]


def test_a_prefix_on_every_name_changes_nothing() -> None:
    xml = '<x:worksheet xmlns:x="u"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    assert cells(zipped(parts_of(xml))) == [("5",)]


@given(content=st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)))
@settings(max_examples=300)
def test_whatever_bytes_come_they_are_read_or_the_shop_says_no(content: bytes) -> None:
    for tried in (content, b"PK\x03\x04" + content, b"\xff\xfe" + content):
        try:
            read_rows_of(tried)
        except ShopError:
            continue


@given(place=st.integers(0, 2000), byte=st.integers(0, 255))
@settings(max_examples=300)
def test_one_wrong_byte_in_a_workbook_is_read_over_or_refused(place: int, byte: int) -> None:
    content = bytearray(workbook(HEADER, ("A1", "球鞋", "2")))
    content[place % len(content)] = byte
    try:
        read_rows_of(bytes(content))
    except ShopError:
        return
