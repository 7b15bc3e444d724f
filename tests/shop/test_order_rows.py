"""Rows become orders: continued, repeated, cancelled, unpaid, damaged ones."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.column_guesses import guess_layout
from shop.errors import ShopError
from shop.incoming import IncomingOrder
from shop.order_columns import layout_for, platforms
from shop.order_rows import RowsRead, read_orders
from shop.row_problems import Trouble
from shop.sheets import SheetEmpty, SheetRow, SheetTooLong

OWN = ("订单号", "商品", "规格", "数量", "单价", "收货人", "电话", "地址", "备注", "下单时间", "订单状态", "快递单号")


def rows_of(*rows: Sequence[str]) -> list[SheetRow]:
    return [SheetRow(number=number, cells=tuple(cells)) for number, cells in enumerate(rows, 1)]


def read(*rows: Sequence[str], zone: str = "Asia/Shanghai", currency: str = "CNY") -> RowsRead:
    sheet = rows_of(*rows)
    return read_orders(sheet, guess_layout(sheet).layout, zone=zone, currency=currency)


def own(**cells: str) -> list[str]:
    filled = {"订单号": "A1", "商品": "球鞋", "规格": "黑 42", "数量": "1", "单价": "99"} | cells
    return [filled.get(name, "") for name in OWN]


def only(read_: RowsRead) -> IncomingOrder:
    assert len(read_.orders) == 1
    return read_.orders[0].order


def troubles(read_: RowsRead) -> list[tuple[int, Trouble]]:
    return [(one.row, one.trouble) for one in read_.problems]


def platform_row(source: str, header: Sequence[str], **cells: str) -> RowsRead:
    sheet = rows_of(header, [cells.get(name, "") for name in header])
    return read_orders(sheet, layout_for(platforms()[source], header, header_row=1), zone="UTC", currency="USD")


def test_a_row_becomes_an_order_with_its_line() -> None:
    order = only(read(OWN, own(收货人="王小明", 电话="13800001000", 地址="浙江省 杭州市 西湖区 文一路1号", 备注="急")))
    assert (order.source, order.number, order.note, order.currency) == ("sheet", "A1", "急", "CNY")
    assert order.lines[0].unit_price == 9900
    assert order.recipient is not None
    assert (order.recipient.district, order.recipient.street) == ("西湖区", "文一路1号")


def test_the_row_number_is_the_one_that_the_spreadsheet_shows() -> None:
    assert read(OWN, own(), own(订单号="A2")).orders[1].row == 3


def test_the_same_number_again_is_another_line_of_the_order() -> None:
    order = only(read(OWN, own(), own(商品="袜子")))
    assert [line.title for line in order.lines] == ["球鞋", "袜子"]


def test_rows_of_one_order_need_not_stand_together() -> None:
    found = read(OWN, own(), own(订单号="A2"), own(商品="袜子"))
    assert [len(one.order.lines) for one in found.orders] == [2, 1]


def test_a_row_without_a_number_continues_the_order_above() -> None:
    order = only(read(OWN, own(收货人="王小明"), own(订单号="", 商品="袜子")))
    assert [line.title for line in order.lines] == ["球鞋", "袜子"]


def test_a_row_without_a_number_that_names_another_recipient_continues_nothing() -> None:
    found = read(OWN, own(收货人="王小明"), own(订单号="", 收货人="李静"))
    assert [len(one.order.lines) for one in found.orders] == [1]
    assert troubles(found) == [(3, Trouble.NO_NUMBER)]


def test_a_row_of_totals_is_passed_over_in_silence() -> None:
    found = read(OWN, own(), own(订单号="合计", 数量="1"), own(订单号="", 商品="总计"))
    assert len(found.orders) == 1
    assert found.problems == ()


@pytest.mark.parametrize(
    ("cells", "trouble"),
    [
        ({"订单号": "3.51531E+16"}, Trouble.SPOILT_NUMBER),
        ({"订单号": "9" * 65}, Trouble.NUMBER_TOO_LONG),
        ({"商品": "", "规格": ""}, Trouble.NO_ARTICLE),
        ({"数量": "0"}, Trouble.WRONG_QUANTITY),
        ({"数量": "很多"}, Trouble.WRONG_QUANTITY),
        ({"订单状态": "待付款"}, Trouble.NOT_PAID),
    ],
)
def test_an_order_that_cannot_be_taken_is_left_out_and_listed(cells: dict[str, str], trouble: Trouble) -> None:
    found = read(OWN, own(**cells), own(订单号="A2"))
    assert [one.order.number for one in found.orders] == ["A2"]
    assert troubles(found) == [(2, trouble)]
    assert found.left_out == 1


def test_one_bad_line_leaves_out_the_whole_order_and_names_its_row() -> None:
    found = read(OWN, own(), own(商品="袜子", 数量="-1"))
    assert found.orders == ()
    assert troubles(found) == [(3, Trouble.WRONG_QUANTITY)]


@pytest.mark.parametrize(
    ("cells", "trouble"), [({"单价": "面议"}, Trouble.WRONG_MONEY), ({"下单时间": "昨天"}, Trouble.WRONG_MOMENT)]
)
def test_a_harmless_mistake_is_listed_and_the_order_taken(cells: dict[str, str], trouble: Trouble) -> None:
    found = read(OWN, own(**cells))
    assert len(found.orders) == 1
    assert troubles(found) == [(2, trouble)]
    assert found.left_out == 0


def test_a_novel_in_the_note_is_cut_and_said_so() -> None:
    found = read(OWN, own(备注="长" * 3000))
    assert len(only(found).note) == 2000
    assert troubles(found) == [(2, Trouble.CUT_SHORT)]


def test_a_closed_order_is_known_as_cancelled() -> None:
    assert only(read(OWN, own(订单状态="交易关闭"))).cancelled


def test_a_finished_order_is_known_as_shipped() -> None:
    order = only(read(OWN, own(订单状态="交易成功", 快递单号="SF1234567890123")))
    assert order.shipped
    assert order.tracking_number == "SF1234567890123"


def test_without_a_status_a_tracking_number_says_that_the_order_left() -> None:
    assert only(read(OWN, own(快递单号="SF1234567890123"))).shipped
    assert not only(read(OWN, own())).shipped


def test_moments_are_the_shops_own_time() -> None:
    order = only(read(OWN, own(下单时间="2026-07-01 10:00"), zone="Europe/Berlin"))
    assert order.placed_at == datetime(2026, 7, 1, 8, 0, tzinfo=UTC)


def test_a_promised_dispatch_time_becomes_the_deadline() -> None:
    header = ("订单号", "商品", "商品总价(元)", "商家实收金额(元)", "商品数量(件)", "承诺发货时间")
    found = platform_row(
        "pdd", header, **dict(zip(header, ("P1", "鞋", "50", "48", "2", "2026-11-02 10:00:00"), strict=True))
    )
    order = only(found)
    assert order.dispatch_by == datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
    assert (order.lines[0].unit_price, order.total, order.currency) == (2500, 4800, "CNY")


def test_the_town_stands_before_the_street_once() -> None:
    header = ("主订单编号", "子订单编号", "选购商品", "省", "市", "区", "街道", "详细地址")
    for street in ("下沙街道2号大街", "2号大街"):
        cells = ("D1", "d1", "鞋", "浙江省", "杭州市", "钱塘区", "下沙街道", street)
        recipient = only(platform_row("douyin", header, **dict(zip(header, cells, strict=True)))).recipient
        assert recipient is not None
        assert recipient.street == "下沙街道2号大街"


def test_the_same_sub_order_twice_is_one_line() -> None:
    header = ("主订单编号", "子订单编号", "选购商品")
    sheet = rows_of(header, ("D1", "d1", "鞋"), ("D1", "d1", "鞋"), ("D1", "d2", "袜"))
    found = read_orders(sheet, layout_for(platforms()["douyin"], header, header_row=1), zone="UTC", currency="CNY")
    assert [line.title for line in only(found).lines] == ["鞋", "袜"]
    assert troubles(found) == [(3, Trouble.REPEATED)]


def test_a_repeated_row_of_a_one_row_platform_does_not_double_the_order() -> None:
    header = ("订单号", "spuID", "skuID", "商品名称", "数量")
    sheet = rows_of(header, ("1", "2", "3", "鞋", "1"), ("1", "2", "3", "鞋", "1"))
    found = read_orders(sheet, layout_for(platforms()["dewu"], header, header_row=1), zone="UTC", currency="CNY")
    assert len(only(found).lines) == 1
    assert found.left_out == 0


def test_amazon_orders_with_nothing_left_to_ship_have_left() -> None:
    header = (
        "order-id",
        "order-item-id",
        "purchase-date",
        "product-name",
        "quantity-purchased",
        "quantity-to-ship",
        "promise-date",
    )
    cells = ("111-1", "1", "2026-05-01T10:00:00+00:00", "Cap", "2", "0", "2026-05-03T06:59:59+00:00")
    order = only(platform_row("amazon", header, **dict(zip(header, cells, strict=True))))
    assert order.shipped
    assert order.dispatch_by == datetime(2026, 5, 3, 6, 59, 59, tzinfo=UTC)


def test_woocommerce_articles_come_out_of_their_own_columns() -> None:
    header = (
        "order_id",
        "order_total",
        "billing_first_name",
        "billing_last_name",
        "status",
        "order_item_1",
        "order_item_2",
    )
    cells = ("7", "30.00", "Ann", "Lee", "processing", "CAP|2|19.80", "name:Mug|quantity:1|total:10.20")
    order = only(platform_row("woocommerce", header, **dict(zip(header, cells, strict=True))))
    assert [(line.title, line.quantity) for line in order.lines] == [("CAP", 2), ("Mug", 1)]
    assert order.recipient is not None
    assert order.recipient.name == "Ann Lee"
    assert order.currency == "USD"


def test_a_sheet_with_nothing_below_its_column_names_is_empty() -> None:
    with pytest.raises(SheetEmpty):
        read(OWN)


def test_one_row_too_many_is_refused() -> None:
    sheet = rows_of(OWN, *([own()] * 20_001))
    with pytest.raises(SheetTooLong):
        read_orders(sheet, guess_layout(sheet).layout, zone="UTC", currency="CNY")


CELLS = st.one_of(st.text(max_size=20), st.sampled_from(["", "1", "合计", "2026-01-01", "A1", "待付款", "1E+20", "-"]))


@given(rows=st.lists(st.lists(CELLS, max_size=14), min_size=1, max_size=8), source=st.sampled_from(sorted(platforms())))
def test_whatever_the_cells_hold_rows_are_read_or_the_shop_says_no(rows: list[list[str]], source: str) -> None:
    names = [ways[0][0] for ways in platforms()[source].columns.values()]
    sheet = rows_of(names, *rows)
    layout = layout_for(platforms()[source], names, header_row=1)
    try:
        found = read_orders(sheet, layout, zone="Asia/Shanghai", currency="CNY")
    except ShopError:
        return
    assert all(one.order.lines for one in found.orders)
    assert len({one.order.number for one in found.orders}) == len(found.orders)
