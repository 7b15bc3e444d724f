"""Names that people type: cleaned of what cannot be seen, and neither empty nor endless."""

import unicodedata
from dataclasses import dataclass

from shop.errors import ShopError

LONGEST_NAME = 40
_LOOKS_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")
_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
_BLANK = frozenset({"Zs", "Zl", "Zp"})


@dataclass
class NameMissing(ShopError):
    """Nothing is left of the name once blanks and invisible characters are gone."""


@dataclass
class NameTooLong(ShopError):
    """The name is longer than a card's first line can bear."""

    length: int
    longest: int


def clean_name(text: str, *, longest: int = LONGEST_NAME) -> str:
    """The name as it will be kept: one line, single blanks, nothing invisible."""
    name = " ".join("".join(map(_seen, unicodedata.normalize("NFC", text))).split())
    if not can_be_seen(name):
        raise NameMissing
    if len(name) > longest:
        raise NameTooLong(len(name), longest)
    return name


def can_be_seen(text: str) -> bool:
    """There is something in it besides blanks and invisible characters."""
    return any(unicodedata.category(sign)[0] in "LNPS" for sign in text if sign not in _LOOKS_BLANK)


def _seen(sign: str) -> str:
    kind = unicodedata.category(sign)
    if sign.isspace() or kind in _BLANK:
        return " "
    return "" if kind in _INVISIBLE or sign in _LOOKS_BLANK else sign
