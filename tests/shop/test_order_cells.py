"""Money, pieces, moments, addresses and numbers as the cells of exports hold them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.order_cells import (
    SplitAddress,
    courier_and_number,
    has_word,
    minor_units,
    moment,
    order_number,
    pieces,
    split_address,
    tracking_number,
)
from shop.order_items import read_item


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("360.25", "CNY", 36025),
        ("￥1,299.00", "CNY", 129900),
        ("1299元", "CNY", 129900),
        ("12,5", "EUR", 1250),
        ("1,299", "CNY", 129900),
        ("1299", "JPY", 1299),
        ("1.250", "KWD", 1250),
        ("0", "CNY", 0),
        ("", "CNY", None),
    ],
)
def test_money_is_read_in_minor_units(text: str, currency: str, minor: int | None) -> None:
    assert minor_units(text, currency) == minor


@pytest.mark.parametrize("text", ["-5", "面议", "1e40", "999999999999999999", "1.2.3", "NaN", "Infinity", "."])
def test_what_is_no_amount_of_money_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        minor_units(text, "CNY")


@pytest.mark.parametrize(
    ("text", "count"), [("2", 2), ("2.0", 2), ("x2", 2), ("×3", 3), ("2件", 2), ("10 双", 10), ("", None)]
)
def test_pieces_are_counted(text: str, count: int | None) -> None:
    assert pieces(text) == count


@pytest.mark.parametrize("text", ["0", "-1", "2.5", "两", "1000000", "1e3"])
def test_no_pieces_and_too_many_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        pieces(text)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-01 00:42:32", datetime(2026, 10, 31, 16, 42, 32, tzinfo=UTC)),
        ("2026/11/1 0:42", datetime(2026, 10, 31, 16, 42, tzinfo=UTC)),
        ("2026年11月1日", datetime(2026, 10, 31, 16, 0, tzinfo=UTC)),
        ("2026-05-01 10:00:00 +0000", datetime(2026, 5, 1, 10, 0, tzinfo=UTC)),
        ("2026-05-01T10:00:00-07:00", datetime(2026, 5, 1, 17, 0, tzinfo=UTC)),
        ("2026-05-01T10:00:00.123Z", datetime(2026, 5, 1, 10, 0, tzinfo=UTC)),
        ("46327.5", datetime(2026, 11, 1, 4, 0, tzinfo=UTC)),
        ("1970-01-01 08:00:00", None),
        ("0000-00-00 00:00:00", None),
        ("-", None),
        ("", None),
    ],
)
def test_moments_without_a_zone_are_the_shops(text: str, at: datetime | None) -> None:
    assert moment(text, "Asia/Shanghai") == at


@pytest.mark.parametrize(
    "text", ["明天", "2026-13-01", "2026-02-30 10:00", "9999-12-31 23:59:59", "11/02/2026", "25:00"]
)
def test_what_is_no_moment_or_could_be_two_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        moment(text, "Asia/Shanghai")


@pytest.mark.parametrize("text", ["3.51531E+16", "1.1021E+17", "1E+12"])
def test_a_number_that_a_spreadsheet_has_rounded_is_no_order_number(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        order_number(text)


def test_a_taobao_address_is_split_at_its_blanks() -> None:
    assert split_address("云南省 红河哈尼族彝族自治州 绿春县 人民街道 建设路6号(100000)") == SplitAddress(
        province="云南省",
        city="红河哈尼族彝族自治州",
        district="绿春县",
        street="人民街道 建设路6号",
        postcode="100000",
    )


def test_a_municipality_without_its_last_sign_is_a_province_too() -> None:
    assert split_address("北京 北京市 朝阳区 三里屯街道1号").city == "北京市"


@pytest.mark.parametrize(
    "text", ["北京朝阳区三环到四环之间某路1号", "张三 13800000000 浙江省 杭州市 西湖区", "12 Main St Springfield MA"]
)
def test_an_address_of_another_shape_stays_whole(text: str) -> None:
    assert split_address(text) == SplitAddress(street=text)


@pytest.mark.parametrize(("text", "bare"), [("No:JT526", "JT526"), ("no：SF1", "SF1"), ("SF1", "SF1"), ("", "")])
def test_the_word_before_a_tracking_number_goes(text: str, bare: str) -> None:
    assert tracking_number(text) == bare


@pytest.mark.parametrize(
    ("text", "carrier", "number"),
    [
        ("圆通速递-YT1234567890123", "圆通速递", "YT1234567890123"),
        ("YT1234567890123(圆通速递)", "圆通速递", "YT1234567890123"),
        ("中通快递-78123456789012;中通快递-78123456789013", "中通快递", "78123456789012"),
        ("无", "无", ""),
    ],
)
def test_carrier_and_number_share_a_cell_at_douyin(text: str, carrier: str, number: str) -> None:
    assert courier_and_number(text) == (carrier, number)


def test_unfulfilled_is_not_fulfilled() -> None:
    assert not has_word("paid unfulfilled", ("fulfilled",))
    assert has_word("paid fulfilled", ("fulfilled",))
    assert has_word("未发货，退款成功", ("退款成功",))


def test_woocommerce_keeps_an_article_in_one_cell_by_place_or_by_name() -> None:
    by_place = read_item("CAP-1|2|19.80", "USD")
    assert by_place is not None
    assert (by_place.sku, by_place.quantity, by_place.unit_price) == ("CAP-1", 2, 990)
    by_name = read_item("name:Cap|sku:CAP-1|quantity:1|total:9.90", "USD")
    assert by_name is not None
    assert (by_name.title, by_name.sku, by_name.unit_price) == ("Cap", "CAP-1", 990)
    mixed = read_item("product_id:12|3|30.00|size:L", "USD")
    assert mixed is not None
    assert (mixed.sku, mixed.quantity, mixed.unit_price) == ("12", 3, 1000)


@given(text=st.text(max_size=40))
def test_a_cell_is_read_or_refused_and_nothing_else_happens(text: str) -> None:
    readers = (
        lambda: minor_units(text, "CNY"),
        lambda: pieces(text),
        lambda: order_number(text),
        lambda: moment(text, "Asia/Shanghai"),
        lambda: read_item(text, "CNY"),
    )
    split_address(text)
    courier_and_number(text)
    for read in readers:
        try:
            read()
        except ValueError:
            continue
