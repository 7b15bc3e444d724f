"""The currencies a shop may keep its prices in, and the words people use for them."""

import unicodedata
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from shop.errors import ShopError

_CLOSE_ENOUGH = 60
_SUGGESTED = ("CNY", "HKD", "USD")
_MOST_SUGGESTIONS = 3

CURRENCIES: dict[str, tuple[str, ...]] = {
    "CNY": ("人民币", "人民幣", "元", "块", "¥", "RMB", "Yuan", "Renminbi", "Chinese Yuan"),
    "HKD": ("港币", "港元", "HK$", "Hong Kong Dollar"),
    "MOP": ("澳门元", "澳门币", "葡币", "Pataca"),
    "TWD": ("新台币", "台币", "NT$", "NTD", "Taiwan Dollar"),
    "USD": ("美元", "美金", "$", "US$", "US Dollar", "Dollar"),
    "EUR": ("欧元", "€", "Euro"),
    "GBP": ("英镑", "£", "Pound", "Pound Sterling"),
    "JPY": ("日元", "日圆", "日币", "円", "JP¥", "Yen", "Japanese Yen"),
    "KRW": ("韩元", "韩币", "₩", "Won", "Korean Won"),
    "SGD": ("新加坡元", "新币", "坡币", "S$", "Singapore Dollar"),
    "MYR": ("马来西亚林吉特", "马币", "令吉", "RM", "Ringgit"),
    "THB": ("泰铢", "฿", "Baht"),
    "VND": ("越南盾", "₫", "Dong"),
    "PHP": ("菲律宾比索", "₱", "Philippine Peso"),
    "IDR": ("印尼盾", "印尼卢比", "Rp", "Rupiah"),
    "INR": ("印度卢比", "₹", "Rupee", "Indian Rupee"),
    "AUD": ("澳元", "澳币", "A$", "Australian Dollar"),
    "NZD": ("新西兰元", "纽币", "NZ$", "New Zealand Dollar"),
    "CAD": ("加元", "加币", "C$", "Canadian Dollar"),
    "CHF": ("瑞士法郎", "瑞郎", "Swiss Franc"),
    "RUB": ("俄罗斯卢布", "卢布", "₽", "Ruble"),
    "AED": ("阿联酋迪拉姆", "迪拉姆", "Dirham"),
    "BRL": ("巴西雷亚尔", "雷亚尔", "R$", "Real"),
    "MXN": ("墨西哥比索", "MX$", "Mexican Peso"),
}


@dataclass
class CurrencyUnknown(ShopError):
    """No currency goes by that name; the suggestions are codes that look closest."""

    said: str
    suggestions: tuple[str, ...]

    def names(self, language: str) -> list[str]:
        """The suggestions as people know them."""
        return [f"{currency_name(code, chinese=language == 'zh_CN')} {code}" for code in self.suggestions]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


_BY_WORD = {_plain(word): code for code, words in CURRENCIES.items() for word in (code, *words)}


def find_currency(text: str) -> str:
    """The ISO 4217 code for a code, a sign or a name in Chinese or English."""
    if code := _BY_WORD.get(_plain(text)):
        return code
    raise CurrencyUnknown(text.strip(), _closest(text))


def currency_name(code: str, *, chinese: bool) -> str:
    """人民币 or Chinese Yuan; a currency that is not among ours keeps its code."""
    names = CURRENCIES.get(code, (code,))
    return names[0] if chinese else names[-1]


def _closest(text: str) -> tuple[str, ...]:
    likely = process.extract(_plain(text), list(_BY_WORD), scorer=fuzz.ratio, limit=6, score_cutoff=_CLOSE_ENOUGH)
    codes = dict.fromkeys(_BY_WORD[word] for word, _, _ in likely)
    return tuple(codes)[:_MOST_SUGGESTIONS] or _SUGGESTED
