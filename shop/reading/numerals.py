"""Numbers as people write them: 12, 1,299.00, 十二, 两百五, 一千二, 1.5万, 3k."""

import re
from decimal import Decimal

_DIGITS = {
    sign: value
    for value, signs in enumerate(
        ("零〇", "一壹幺", "二两俩贰兩", "三叁仨", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for sign in signs
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TEN_THOUSANDS = "万萬"
_ROUND_UNITS = (100, 1000)
_STEPS = {"千": 1000, "k": 1000, "万": 10_000, "w": 10_000, "百": 100}

_CHINESE_SIGNS = "".join(_DIGITS) + "".join(_TENS) + _TEN_THOUSANDS
CHINESE = f"[{_CHINESE_SIGNS}]+"
ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER = rf"(?:(?:{ARABIC})(?:\s?[千百万](?![a-z])\d?|[kw](?![a-z\d]))?|{CHINESE})"
_MIXED = re.compile(rf"({ARABIC})\s?([千百万kw])(\d?)")


def read_number(text: str) -> Decimal | None:
    """The number that the whole of `text` is, or None."""
    written = text.strip().lower()
    if re.fullmatch(ARABIC, written):
        return Decimal(written.replace(",", ""))
    if mixed := _MIXED.fullmatch(written):
        step = _STEPS[mixed[2]]
        return Decimal(mixed[1].replace(",", "")) * step + int(mixed[3] or 0) * step // 10
    if re.fullmatch(CHINESE, written):
        return _read_chinese(written)
    return None


def read_whole(text: str) -> int | None:
    """A whole number, or None; `10.0` is whole, `10.5` is not."""
    number = read_number(text)
    return int(number) if number is not None and number == number.to_integral_value() else None


def _read_chinese(written: str) -> Decimal | None:
    if all(sign in _DIGITS for sign in written):
        return Decimal("".join(str(_DIGITS[sign]) for sign in written))
    head, ten_thousands, tail = _split_at_ten_thousands(written)
    high = _below_ten_thousand(head) if ten_thousands else 0
    low = _below_ten_thousand(tail)
    if high is None or low is None or (ten_thousands and not head):
        return None
    if ten_thousands and len(tail) == 1 and tail in _DIGITS:
        low *= 1000
    return Decimal(high * 10_000 + low)


def _split_at_ten_thousands(written: str) -> tuple[str, str, str]:
    for sign in _TEN_THOUSANDS:
        if sign in written:
            return written.partition(sign)
    return "", "", written


def _below_ten_thousand(written: str) -> int | None:
    """百 before 十, each at most once; the last digit after 千 or 百 counts the next unit: 两百五 is 250."""
    total, digit, unit, after_zero = 0, None, 10_000, False
    for sign in written:
        if sign in _DIGITS:
            if digit is not None and digit != 0:
                return None
            digit, after_zero = _DIGITS[sign], after_zero or _DIGITS[sign] == 0
        else:
            if _TENS.get(sign, unit) >= unit:
                return None
            unit, after_zero = _TENS[sign], False
            total += (1 if digit is None else digit) * unit
            digit = None
    if digit is None:
        return total
    return total + digit * (unit // 10 if unit in _ROUND_UNITS and not after_zero else 1)
