"""Single cells of an order sheet: money, pieces, moments and addresses as the platforms write them.

Readers of figures give None for an empty cell and raise ValueError for one that makes no sense.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import ZoneInfo

_NO_MINOR_UNITS = frozenset({"JPY", "KRW", "VND", "CLP", "ISK", "XAF", "XOF", "PYG", "UGX"})
_THREE_DIGITS = frozenset({"KWD", "BHD", "OMR", "JOD", "TND", "IQD", "LYD"})
_MOST_MONEY = 10**13
_MOST_PIECES = 100_000
_MONEY = re.compile(r"[^\d.,+-]*([+-]?[\d.,\s]+)\D*", re.ASCII)
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_PIECES = re.compile(r"[x×*]?\s*(\d{1,9})(?:\.0+)?\s*(?:件|双|个|条|只|套|pcs?|шт\.?)?", re.IGNORECASE)
_SPOILT = re.compile(r"\d(?:\.\d+)?E\+?\d{2}", re.IGNORECASE)
_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2})[:时](\d{2})(?:[:分](\d{2})(?:\.\d+)?秒?)?)?"
    r"\s*(Z|UTC|[+-]\d{2}:?\d{2})?"
)
_SERIAL_DAY = re.compile(r"[3-6]\d{4}(?:\.\d+)?")
_SERIAL_START = datetime(1899, 12, 30, tzinfo=UTC)
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_POSTCODE = re.compile(r"[(（]\s*(\d{6})\s*[)）]\s*$")
_PROVINCE = re.compile(
    r"(?:.{2,8}(?:省|市|自治区|特别行政区)|北京|天津|上海|重庆|香港|澳门|台湾|内蒙古|广西|西藏|宁夏|新疆)"
)
_PARTS = 4
_COURIER_NUMBER = re.compile(r"[A-Za-z]{0,4}\d{8,}[A-Za-z0-9-]*")


@dataclass(frozen=True, kw_only=True)
class SplitAddress:
    """An address that a platform wrote into one cell; what is not kept apart stays in `street`."""

    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    postcode: str = ""


def minor_units(text: str, currency: str) -> int | None:
    """Money in minor units: "￥1,299.00" is 129900 of CNY and "1299" of JPY is 1299."""
    if not text:
        return None
    if not (found := _MONEY.fullmatch(text)):
        raise ValueError(text)
    digits = re.sub(r"\s", "", found[1])
    digits = digits.replace(",", ".") if _DECIMAL_COMMA.fullmatch(digits) else digits.replace(",", "")
    try:
        minor = Decimal(digits).scaleb(_minor_digits(currency))
    except InvalidOperation:
        raise ValueError(text) from None
    if not 0 <= minor <= _MOST_MONEY:
        raise ValueError(text)
    return int(minor.to_integral_value())


def _minor_digits(currency: str) -> int:
    if currency in _NO_MINOR_UNITS:
        return 0
    return 3 if currency in _THREE_DIGITS else 2


def pieces(text: str) -> int | None:
    """How many: "2", "2.0", "x2" and "2件" are all two; nothing and a crowd are refused."""
    if not text:
        return None
    found = _PIECES.fullmatch(text.strip())
    count = int(found[1]) if found else 0
    if not 1 <= count <= _MOST_PIECES:
        raise ValueError(text)
    return count


def order_number(text: str) -> str:
    """The number as written; one that a spreadsheet turned into 1.1E+17 has lost its end for ever."""
    if _SPOILT.fullmatch(text):
        raise ValueError(text)
    return text


def moment(text: str, zone: str) -> datetime | None:
    """An aware moment in UTC; `zone` counts where the cell names none. Years before 2000 are how systems write "never"."""
    if not text or text.startswith(("0000", "-")):
        return None
    if _SERIAL_DAY.fullmatch(text):
        local = _SERIAL_START + timedelta(seconds=round(float(text) * 86_400))
        return local.replace(tzinfo=_zone(zone)).astimezone(UTC)
    if not (found := _MOMENT.fullmatch(text)):
        raise ValueError(text)
    if int(found[1]) < _FIRST_YEAR:
        return None
    if int(found[1]) > _LAST_YEAR:
        raise ValueError(text)
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    local_zone = _offset(found[7]) or _zone(zone)
    return datetime(year, month, day, hour, minute, second, tzinfo=local_zone).astimezone(UTC)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text in ("Z", "UTC"):
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=minutes if text[0] == "+" else -minutes))


def split_address(text: str) -> SplitAddress:
    """Taobao's cell is "province city district street(postcode)"; without that shape all of it is the street."""
    found = _POSTCODE.search(text)
    rest = text[: found.start()].strip() if found else text.strip()
    postcode = found[1] if found else ""
    parts = rest.split(None, _PARTS - 1)
    if len(parts) < _PARTS or not _PROVINCE.fullmatch(parts[0]):
        return SplitAddress(street=rest, postcode=postcode)
    return SplitAddress(province=parts[0], city=parts[1], district=parts[2], street=parts[3], postcode=postcode)


def tracking_number(text: str) -> str:
    """Taobao writes "No:" before it."""
    return re.sub(r"^\s*no\s*[:：.]\s*", "", text, flags=re.IGNORECASE).strip()


def courier_and_number(text: str) -> tuple[str, str]:
    """Carrier and tracking number out of one cell such as "圆通速递-YT1234567890123"; the first parcel of several."""
    if not (found := _COURIER_NUMBER.search(text)):
        return text.strip(), ""
    before = text[: found.start()].strip(" -_:：,，;；/|()（）")
    after = re.split(r"[;；\n]", text[found.end() :])[0].strip(" -_:：,，/|()（）")
    return before or after, found[0]


def has_word(status: str, words: tuple[str, ...]) -> bool:
    """Chinese words are found inside a longer status; others only whole: "unfulfilled" is not "fulfilled"."""
    tokens = status.casefold().split()
    return any(word in (status if not word.isascii() else tokens) for word in words)
