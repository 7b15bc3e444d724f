"""Money in minor units: 899.5 yuan are 89950 fen, 899 yen are 899."""

from decimal import Decimal

MINOR_DIGITS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0}
DEFAULT_DIGITS = 2
_DOLLARS = frozenset({"USD", "HKD", "SGD", "AUD", "CAD", "NZD", "TWD", "MOP", "MXN"})


def minor_units(amount: Decimal, currency: str) -> int | None:
    """None when the amount has smaller parts than the currency knows."""
    minor = amount.scaleb(MINOR_DIGITS.get(currency, DEFAULT_DIGITS))
    return int(minor) if minor == minor.to_integral_value() else None


def is_written_in(sign: str, currency: str) -> bool:
    """The sign or code that was written may stand for this currency; no sign stands for every one."""
    return not sign or sign == currency or (sign == "$" and currency in _DOLLARS)
