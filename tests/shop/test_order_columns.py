"""Which platform made a sheet, and what the columns of a home-made one mean."""

import json
from pathlib import Path

import pytest

from shop.column_guesses import find_header, guess_layout
from shop.order_columns import OrderField, detect_platform, layout_for, platforms
from shop.sheets import SheetEmpty, SheetRow

COLUMNS: dict[str, list[str]] = json.loads(
    (Path(__file__).parent.parent / "sheets" / "expected.json").read_text("utf-8")
)["columns"]


def row(number: int, *cells: str) -> SheetRow:
    return SheetRow(number=number, cells=cells)


def guessed(*header: str) -> dict[str, str]:
    layout = guess_layout([row(1, *header)]).layout
    return {str(name): " + ".join(header[at] for at in ways[0]) for name, ways in layout.columns.items()}


@pytest.mark.parametrize("source", COLUMNS)
def test_every_platform_is_known_by_its_own_columns(source: str) -> None:
    platform = detect_platform(COLUMNS[source])
    assert platform is not None
    assert platform.source == source


@pytest.mark.parametrize("source", COLUMNS)
def test_every_column_that_the_table_names_is_found_in_the_platforms_header(source: str) -> None:
    optional = {OrderField.CURRENCY} if source == "woocommerce" else set()
    platform = platforms()[source]
    layout = layout_for(platform, COLUMNS[source], header_row=1)
    assert set(platform.columns) - set(layout.columns) == optional


def test_widths_blanks_and_stars_in_column_names_do_not_matter() -> None:
    platform = detect_platform(["订单编号 ", " 买家会员名", "宝贝标题 *"])
    assert platform is not None
    assert platform.source == "taobao"


def test_one_missing_mark_is_enough_to_doubt_a_platform() -> None:
    assert detect_platform(["订单编号", "买家会员名"]) is None


def test_the_buyers_amended_address_comes_before_the_first_one() -> None:
    header = COLUMNS["taobao"]
    layout = layout_for(platforms()["taobao"], header, header_row=1)
    first, second = layout.columns[OrderField.ADDRESS]
    assert (header[first[0]], header[second[0]]) == ("修改后的收货地址", "收货地址 ")


def test_a_home_made_chinese_sheet_is_understood() -> None:
    assert guessed("订单号", "收货人姓名", "电话", "收件地址", "品名", "数量(双)", "单价(元)", "备注") == {
        "number": "订单号",
        "name": "收货人姓名",
        "phone": "电话",
        "address": "收件地址",
        "title": "品名",
        "quantity": "数量(双)",
        "unit_price": "单价(元)",
        "note": "备注",
    }


def test_a_home_made_english_sheet_is_understood() -> None:
    assert guessed("Order No.", "Customer name", "Phone Number", "Ship address", "Product", "Qty", "Price") == {
        "number": "Order No.",
        "name": "Customer name",
        "phone": "Phone Number",
        "address": "Ship address",
        "title": "Product",
        "quantity": "Qty",
        "unit_price": "Price",
    }


def test_colour_and_size_in_two_columns_are_one_variant() -> None:
    assert guessed("订单号", "商品", "颜色", "尺码")["spec"] == "颜色 + 尺码"


def test_a_home_made_sheet_is_never_taken_without_asking() -> None:
    guess = guess_layout([row(1, "订单号", "商品名称", "数量")])
    assert not guess.known
    assert guess.layout.source == "sheet"
    assert guess.doubtful == frozenset()


def test_a_column_name_that_is_only_similar_is_marked_as_doubtful() -> None:
    guess = guess_layout([row(1, "订单号", "商品名", "数量")])
    assert guess.doubtful == {OrderField.TITLE}


def test_a_column_that_means_nothing_to_us_is_left_alone() -> None:
    assert "微信昵称" not in guessed("订单号", "微信昵称", "商品名称").values()


def test_notes_above_the_column_names_are_passed_over() -> None:
    rows = [row(1, "导出时间：2026-11-01"), row(3, *COLUMNS["pdd"]), row(4, *["x"] * 42)]
    assert find_header(rows).number == 3
    assert guess_layout(rows).layout.header_row == 3


def test_a_sheet_of_unknown_words_takes_its_fullest_first_row_as_the_header() -> None:
    assert find_header([row(1, "说明"), row(2, "甲", "乙", "丙"), row(3, "1", "2", "3")]).number == 2


def test_no_rows_at_all_is_an_empty_sheet() -> None:
    with pytest.raises(SheetEmpty):
        guess_layout([])
