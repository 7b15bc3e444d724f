"""Amounts of money: 899, ￥899.5, 1,299元, 八百九十九块, 九块九毛五."""

import re
from decimal import Decimal

from shop.reading.cleaning import clean
from shop.reading.numerals import CHINESE, NUMBER, read_number
from shop.reading.said import Price
from shop.reading.vocabulary import CURRENCIES

_FILLERS = re.compile(
    r"原价|售价|现价|卖价|吊牌价?|价格|单价|定价|价钱|到手价?|特价|就?卖|只要|就|大概|左右|包邮|不议价|一[双件个口]价?|每[双件个]|/[双件个条只顶套]|[吧呢啊哦的嗯是为改成:：=。,!！~]"
    r"|\b(?:price|sale|list|is|it's|about|for|only|now|was)\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    rf"({NUMBER})\s?[元块](?:钱)?(?:({CHINESE}|\d{{1,2}})(?:毛|角)?(?:({CHINESE}|\d)分?)?)?", re.IGNORECASE
)
_MAO = re.compile(rf"({NUMBER})\s?[毛角](?:({CHINESE}|\d)分?)?")
_SIGNS = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
_MARKED = re.compile(rf"(?:({_SIGNS})\s?)?({NUMBER})\s?(?:({_SIGNS})?)", re.IGNORECASE)


def read_price(text: str) -> Price | None:
    """The one amount that the text names; None when there is none, or more than one number."""
    written = re.sub(r"\s+", " ", _FILLERS.sub(" ", clean(text).replace(",", "\0")).replace("\0", ",")).strip(" ,")
    return _read_spoken(written) or _read_marked(written)


def _read_spoken(written: str) -> Price | None:
    if found := _SPOKEN.fullmatch(written):
        whole, tenths, hundredths = (read_number(part) if part else None for part in found.groups())
        if whole is None:
            return None
        return Price(whole + _fraction(tenths, found[2]) + (hundredths or 0) / Decimal(100))
    if found := _MAO.fullmatch(written):
        tenths = read_number(found[1])
        hundredths = read_number(found[2]) if found[2] else None
        return None if tenths is None else Price(tenths / 10 + (hundredths or 0) / Decimal(100))
    return None


def _fraction(tenths: Decimal | None, written: str | None) -> Decimal:
    """块五 is five tenths, 块95 is ninety-five hundredths."""
    if tenths is None or written is None:
        return Decimal(0)
    return tenths / (100 if len(written) > 1 and tenths >= 10 else 10)  # noqa: PLR2004 - two digits are hundredths


def _read_marked(written: str) -> Price | None:
    found = _MARKED.fullmatch(written)
    amount = read_number(found[2]) if found else None
    if found is None or amount is None:
        return None
    signs = {CURRENCIES[sign.lower()] for sign in (found[1], found[3]) if sign}
    return Price(amount, signs.pop() if len(signs) == 1 else "") if len(signs) <= 1 else None
