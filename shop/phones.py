"""Phone numbers: what kind one is, and how much of it others may see."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class PhoneKind(StrEnum):
    """`RELAY` is a marketplace's privacy number with an extension; `MASKED` hides digits; `WRONG` is no phone number."""

    MOBILE = "mobile"
    RELAY = "relay"
    LANDLINE = "landline"
    SERVICE = "service"
    OUTER = "outer"
    FOREIGN = "foreign"
    MASKED = "masked"
    WRONG = "wrong"
    MISSING = "missing"


@dataclass(frozen=True)
class Phone:
    """A number in plain digits, with the extension that a relay asks for."""

    kind: PhoneKind
    number: str = ""
    extension: str = ""

    @property
    def written(self) -> str:
        return f"{self.number}-{self.extension}" if self.extension else self.number

    @property
    def tail(self) -> str:
        """The last four digits, as carriers ask for them: those of the extension if there is one."""
        return (self.extension or self.number)[-4:]


_SHOWN = 3 + 4
_EXTENSION = r"(?:\s*(?:-|转|,|#|x|ext\.?|分机)\s*(?P<extension>\d{1,6}))?"
_CHINESE = (
    (PhoneKind.MOBILE, re.compile(rf"(?P<number>1[3-9]\d{{9}}){_EXTENSION}", re.IGNORECASE)),
    (PhoneKind.LANDLINE, re.compile(rf"(?P<number>0\d{{2,3}}-?[2-9]\d{{6,7}}){_EXTENSION}", re.IGNORECASE)),
    (PhoneKind.SERVICE, re.compile(r"(?P<number>(?:[48]00-?\d{3}-?\d{4}|95\d{3}))(?P<extension>)")),
)
# Hong Kong, Macao and Taiwan, with or without their country number.
_OUTER = re.compile(r"(?:852-?[2-9]\d{7}|[4-9]\d{7}|853-?[268]\d{7}|6\d{7}|886-?9\d{8}|09\d{8})")
_FOREIGN = re.compile(r"\+?\d{6,15}(?:x\d{1,6})?")
_MASKED = re.compile(r"\d{0,7}[*xX#]{3,}\d{0,4}(?:-\d{1,6})?")
_BETWEEN = re.compile(r"[/、;|]|\s{2,}")
_CHINA = re.compile(r"^(?:\+\s*86|0086|86(?=\D|1[3-9]\d{9}))[\s-]*")


def read_phone(text: str, *, is_chinese: bool = True) -> Phone:
    """Whatever somebody wrote as a phone number, the first of several; outside of mainland China only the count of digits is looked at."""
    plain = unicodedata.normalize("NFKC", text).replace("–", "-").replace("—", "-").strip(" '\"`:;,。.")
    if not plain:
        return Phone(PhoneKind.MISSING)
    whole = _read_one(plain, is_chinese=is_chinese)
    if whole.kind is not PhoneKind.WRONG:
        return whole
    parts = (_read_one(part, is_chinese=is_chinese) for part in _BETWEEN.split(plain))
    return next((phone for phone in parts if phone.kind is not PhoneKind.WRONG), whole)


def _read_one(plain: str, *, is_chinese: bool) -> Phone:
    if _MASKED.fullmatch(_squeezed(plain)):
        return Phone(PhoneKind.MASKED, _squeezed(plain))
    if is_chinese and (phone := _read_chinese(plain)):
        return phone
    squeezed = re.sub(r"[\s().\-]", "", plain)
    if not is_chinese or (plain.startswith("+") and not _CHINA.match(plain)):
        return Phone(PhoneKind.FOREIGN, squeezed) if _FOREIGN.fullmatch(squeezed) else Phone(PhoneKind.WRONG, plain)
    return Phone(PhoneKind.WRONG, plain)


def read_outer_phone(text: str) -> Phone:
    """A phone of Hong Kong, Macao or Taiwan; people there give mainland numbers too."""
    squeezed = re.sub(r"[\s()]", "", unicodedata.normalize("NFKC", text)).lstrip("+")
    if _OUTER.fullmatch(squeezed):
        return Phone(PhoneKind.OUTER, squeezed)
    return read_phone(text)


def _read_chinese(plain: str) -> Phone | None:
    text = _squeezed(_CHINA.sub("", plain))
    for kind, pattern in _CHINESE:
        if found := pattern.fullmatch(text):
            extension = found["extension"] or ""
            is_relay = kind is PhoneKind.MOBILE and extension
            return Phone(PhoneKind.RELAY if is_relay else kind, found["number"], extension)
    return None


def _squeezed(text: str) -> str:
    """Blanks out, and the dashes of 138-0000-1000 too; the one before an extension stays."""
    text = re.sub(r"\s+", "", text)
    return re.sub(r"^(1\d{2})-(\d{4})-(\d{4})", r"\1\2\3", text)


def mask_phone(written: str) -> str:
    """138****5678: enough to recognise a number, not enough to call it."""
    digits = read_phone(written)
    number = digits.number or written
    tail = f"-{'*' * len(digits.extension)}" if digits.extension else ""
    if len(number) < _SHOWN:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - _SHOWN)}{number[-4:]}{tail}"


def mask_name(name: str) -> str:
    """王小明 -> 王**, Ann Example -> A**."""
    name = name.strip()
    return f"{name[0]}**" if name else ""
