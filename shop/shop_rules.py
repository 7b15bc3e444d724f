"""The rules a merchant may set for a shop, and how what was typed becomes one."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from shop.errors import ShopError

FEWEST_DISPATCH_HOURS, MOST_DISPATCH_HOURS = 1, 720
FEWEST_PATIENCE_DAYS, MOST_PATIENCE_DAYS = 1, 30
FEWEST_KEPT_DAYS, MOST_KEPT_DAYS = 7, 1095
HIGHEST_WARN_AT = 9999

_AMOUNT = re.compile(
    r"(?P<number>\d{1,6})\s*(?:(?P<hours>小时|个小时|钟头|h|hrs?|hours?)|(?P<days>天|日|d|days?)|(?P<pieces>件|双|个|只|pcs|pieces?))?",
    re.IGNORECASE,
)
_SPOKEN = str.maketrans(
    {"一": "1", "两": "2", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9"}
)


class ShopRule(StrEnum):
    """What can be set; the word is also what a button carries."""

    NAME = "name"
    TIME_ZONE = "zone"
    CURRENCY = "currency"
    DISPATCH_WITHIN = "dispatch"
    PARCEL_PATIENCE = "patience"
    WARN_AT = "warn"
    KEEP_PERSONAL = "keep"


@dataclass
class DispatchHoursUnclear(ShopError):
    """The time for dispatch is no number of hours or days, or outside what is possible."""

    said: str
    fewest: int = FEWEST_DISPATCH_HOURS
    most: int = MOST_DISPATCH_HOURS


@dataclass
class PatienceUnclear(ShopError):
    """The days after which a parcel counts as stalled are no number, or outside what is sensible."""

    said: str
    fewest: int = FEWEST_PATIENCE_DAYS
    most: int = MOST_PATIENCE_DAYS


@dataclass
class KeepingUnclear(ShopError):
    """The days for which personal data are kept are no number, or outside what is sensible."""

    said: str
    fewest: int = FEWEST_KEPT_DAYS
    most: int = MOST_KEPT_DAYS


@dataclass
class WarnLineUnclear(ShopError):
    """The line at which low stock is told is no number of pieces, or too high."""

    said: str
    highest: int = HIGHEST_WARN_AT


@dataclass
class CurrencyInUse(ShopError):
    """Products are priced already: another currency would change what every price means."""

    currency: str
    priced_products: int


def dispatch_time(text: str) -> timedelta:
    """48, "48小时", "48h", "2天" or "2 days": a bare number counts hours."""
    found = _amount(text)
    if found is None or found["pieces"]:
        raise DispatchHoursUnclear(text.strip())
    hours = int(found["number"]) * (24 if found["days"] else 1)
    if not FEWEST_DISPATCH_HOURS <= hours <= MOST_DISPATCH_HOURS:
        raise DispatchHoursUnclear(text.strip())
    return timedelta(hours=hours)


def patience(text: str) -> timedelta:
    """2, "2天" or "48小时": a bare number counts days, hours must make whole days."""
    found = _amount(text)
    if found is None or found["pieces"]:
        raise PatienceUnclear(text.strip())
    days, rest = divmod(int(found["number"]), 24 if found["hours"] else 1)
    if rest or not FEWEST_PATIENCE_DAYS <= days <= MOST_PATIENCE_DAYS:
        raise PatienceUnclear(text.strip())
    return timedelta(days=days)


def keeping(text: str) -> timedelta:
    """90 or "90天": how many days after an order was finished its personal data go."""
    found = _amount(text)
    if found is None or found["hours"] or found["pieces"]:
        raise KeepingUnclear(text.strip())
    if not FEWEST_KEPT_DAYS <= int(found["number"]) <= MOST_KEPT_DAYS:
        raise KeepingUnclear(text.strip())
    return timedelta(days=int(found["number"]))


def warn_line(text: str) -> int:
    """5 or "5双": how many pieces are left when low stock is told."""
    found = _amount(text)
    if found is None or found["hours"] or found["days"] or int(found["number"]) > HIGHEST_WARN_AT:
        raise WarnLineUnclear(text.strip())
    return int(found["number"])


def _amount(text: str) -> re.Match[str] | None:
    return _AMOUNT.fullmatch(unicodedata.normalize("NFKC", text).translate(_SPOKEN).strip())
