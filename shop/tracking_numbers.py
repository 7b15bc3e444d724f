"""Tracking numbers as people type them: their normal form, and what is no tracking number."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from shop.errors import ShopError

SHORTEST = 8
LONGEST = 32
FEWEST_DIGITS = 6
_ANNOUNCED = re.compile(
    r"^(?:(?:快递|物流|运单|面单|邮件|包裹|快件)?(?:单号|编号|号码|号)"
    r"|tracking(?:\s*(?:number|no|id|code))?|waybill(?:\s*(?:number|no))?|no|nr|awb)"
    r"(?:\s*(?:是|为|:|=|#|\.|№)\s*|\s+)",
    re.IGNORECASE,
)
_BETWEEN_GROUPS = re.compile(r"[\s\-_.·‐-―\u200b-\u200f\ufeff]+")
_MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
_S10 = re.compile(r"[A-Z]{2}(\d{8})(\d)[A-Z]{2}")
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_JD_PIECE = re.compile(r"(?<=[0-9A-Z])-\d{1,3}-\d{1,3}-?$")


class NumberFault(StrEnum):
    """Why a text is no tracking number."""

    MISSING = "missing"
    ODD_SIGNS = "odd_signs"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    FEW_DIGITS = "few_digits"
    PHONE = "phone"
    SAME_DIGIT = "same_digit"
    CHECK_DIGIT = "check_digit"


@dataclass
class NotATrackingNumber(ShopError):
    """What was typed cannot be a tracking number."""

    text: str
    fault: NumberFault


def normalise_number(text: str) -> str:
    """Bring "No: sf 1234 5678 90123" into its normal form "SF1234567890123"; raises NotATrackingNumber."""
    number = _bare(text)
    fault = _fault(number)
    if fault is not None:
        raise NotATrackingNumber(text=text.strip(), fault=fault)
    return number


def looks_like_number(text: str) -> bool:
    return _fault(_bare(text)) is None


def s10_check_digit(serial: str) -> int:
    """The ninth digit of an international postal number (UPU standard S10), from the eight before it."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(serial, _S10_WEIGHTS, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    plain = _ANNOUNCED.sub("", plain).strip(" \t\r\n,;:。、<>[]()\"'`")
    if plain.startswith("JD"):
        plain = _JD_PIECE.sub("", plain)
    return _BETWEEN_GROUPS.sub("", plain)


def _fault(number: str) -> NumberFault | None:
    digits = sum(sign.isdigit() for sign in number)
    faults = (
        (not number, NumberFault.MISSING),
        (_MOBILE.fullmatch(number) is not None, NumberFault.PHONE),
        (re.fullmatch(r"[0-9A-Z]*", number) is None, NumberFault.ODD_SIGNS),
        (len(number) < SHORTEST, NumberFault.TOO_SHORT),
        (len(number) > LONGEST, NumberFault.TOO_LONG),
        (digits < FEWEST_DIGITS, NumberFault.FEW_DIGITS),
        (number.isdigit() and len(set(number)) == 1, NumberFault.SAME_DIGIT),
        (_is_mistyped_s10(number), NumberFault.CHECK_DIGIT),
    )
    return next((fault for wrong, fault in faults if wrong), None)


def _is_mistyped_s10(number: str) -> bool:
    parts = _S10.fullmatch(number)
    return parts is not None and s10_check_digit(parts[1]) != int(parts[2])
