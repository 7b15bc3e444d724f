"""Tracking numbers as people type them, alone and in lines."""

import pytest

from shop.tracking_lines import MOST_LINES, read_line, read_lines
from shop.tracking_numbers import NotATrackingNumber, NumberFault, looks_like_number, normalise_number, s10_check_digit


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("SF1234567890123", "SF1234567890123"),
        ("sf1234567890123", "SF1234567890123"),
        ("  SF 1234 5678 90123 ", "SF1234567890123"),
        ("ＳＦ１２３４５６７８９０１２３", "SF1234567890123"),
        ("SF-1234-5678-90123", "SF1234567890123"),
        ("单号：SF1234567890123", "SF1234567890123"),
        ("快递单号 SF1234567890123。", "SF1234567890123"),
        ("运单号是 773412345678901", "773412345678901"),
        ("Tracking number: YT1234567890123", "YT1234567890123"),
        ("No: sf 1234 5678 90123", "SF1234567890123"),
        ("'SF1234567890123',", "SF1234567890123"),
        ("JDVA12345678901-1-1-", "JDVA12345678901"),
        ("JDVA12345678901-1-2", "JDVA12345678901"),
        ("SF\u200b1234567890123", "SF1234567890123"),
        ("EA123456785CN", "EA123456785CN"),
    ],
)
def test_a_number_has_one_form_however_it_is_typed(typed: str, number: str) -> None:
    assert normalise_number(typed) == number
    assert looks_like_number(typed)
    assert normalise_number(number) == number


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", NumberFault.MISSING),
        ("单号：", NumberFault.MISSING),
        ("你好", NumberFault.ODD_SIGNS),
        ("SF12345678901234/2", NumberFault.ODD_SIGNS),
        ("SF12345", NumberFault.TOO_SHORT),
        ("1" * 33 + "2", NumberFault.TOO_LONG),
        ("ABCDEFGH12345", NumberFault.FEW_DIGITS),
        ("13800005678", NumberFault.PHONE),
        ("86 138 0000 5678", NumberFault.PHONE),
        ("+86 138-0000-5678", NumberFault.PHONE),
        ("000000000000", NumberFault.SAME_DIGIT),
        ("EA123456784CN", NumberFault.CHECK_DIGIT),
    ],
)
def test_what_is_no_number_is_refused_with_the_reason(typed: str, fault: NumberFault) -> None:
    with pytest.raises(NotATrackingNumber) as refusal:
        normalise_number(typed)
    assert refusal.value.fault is fault
    assert not looks_like_number(typed)


@pytest.mark.parametrize(("serial", "digit"), [("12345678", 5), ("47312482", 9), ("00000000", 5), ("99999999", 5)])
def test_the_check_digit_of_postal_numbers(serial: str, digit: int) -> None:
    assert s10_check_digit(serial) == digit


@pytest.mark.parametrize(
    ("line", "order", "number", "carrier"),
    [
        ("351531001 SF1234567890123", "351531001", "SF1234567890123", None),
        ("351531001,SF1234567890123", "351531001", "SF1234567890123", None),
        ("351531001\tSF1234567890123", "351531001", "SF1234567890123", None),
        ("351531001 -> SF1234567890123", "351531001", "SF1234567890123", None),
        ("订单号：351531001 单号：SF1234567890123", "351531001", "SF1234567890123", None),
        ("351531001 顺丰 SF1234567890123", "351531001", "SF1234567890123", "sf"),
        ("351531001 SF1234567890123 顺丰速运", "351531001", "SF1234567890123", "sf"),
        ("顺丰SF1234567890123", "", "SF1234567890123", "sf"),
        ("圆通 886123456789012", "", "886123456789012", "yto"),
        ("SF1234567890123 351531001", "351531001", "SF1234567890123", None),
        ("SF 1234567890123", "", "SF1234567890123", None),
        ("SF1234567890123", "", "SF1234567890123", None),
        ("#1001 YT1234567890123", "#1001", "YT1234567890123", None),
        ("351531001", "", "351531001", None),
    ],
)
def test_a_line_names_the_order_the_number_and_perhaps_the_carrier(
    line: str, order: str, number: str, carrier: str | None
) -> None:
    read = read_line(line)
    assert (read.order_number, read.tracking_number, read.carrier_id) == (order, number, carrier)


def test_headings_and_empty_lines_are_left_out() -> None:
    lines = read_lines("订单号 单号\n\n351531001 SF1234567890123\n谢谢\n351531002 YT1234567890123\n")
    assert [line.order_number for line in lines] == ["351531001", "351531002"]


def test_an_endless_list_is_cut() -> None:
    assert len(read_lines("1 2\n" * 1_000)) == MOST_LINES
