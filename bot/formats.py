"""How amounts, moments and spans are written: template filters that know the shop's currency and time zone."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from shop.products import ONE_SIZE

DEFAULT_ZONE = "Asia/Shanghai"
SIGNS: Mapping[str, str] = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "RUB": "₽", "HKD": "HK$", "JPY": "JP¥"}
MINOR_DIGITS: Mapping[str, int] = {"JPY": 0, "KRW": 0, "VND": 0}
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
DAYS_FROM = timedelta(hours=72)

_ONE_SIZE = re.compile(rf"(?<!\S){ONE_SIZE}(?=$|[\s×])")

LABELS: dict[tuple[type[StrEnum], str], str] = {}
"""English words for members of closed sets, filled by `names`; the filter `label` translates them. Members of two sets may be equal as text."""


def names(words: Mapping[StrEnum, str]) -> None:
    """Give the members of a closed set their words."""
    LABELS.update({(type(member), member.value): word for member, word in words.items()})


def money(minor: int, currency: str) -> str:
    """89900, CNY -> ¥899; pennies only when there are some."""
    digits = MINOR_DIGITS.get(currency, 2)
    amount = f"{abs(minor) / 10**digits:,.{digits}f}"
    if digits and amount.endswith("." + "0" * digits):
        amount = amount[: -digits - 1]
    return ("-" if minor < 0 else "") + SIGNS.get(currency, f"{currency} ") + amount


def install(env: Environment, gettext: Callable[[str], str]) -> None:
    """Add the filters to an environment of one language."""

    def spelled(length: timedelta) -> str:
        return span(length, gettext)

    def until(at: datetime, now: datetime) -> str:
        """How long is left, or how long ago it was."""
        return spelled(abs(at - now))

    def ago(at: datetime, now: datetime) -> str:
        """3 h ago; just now."""
        length = now - at
        return gettext("just now") if length < MINUTE else gettext("{span} ago").format(span=spelled(length))

    def label(member: StrEnum) -> str:
        return gettext(LABELS[type(member), member.value])

    def sized(text: str) -> str:
        """Goods with the one size that fits everybody in the reader's language."""
        return _ONE_SIZE.sub(gettext("one size"), text)

    env.filters.update(
        price=_price, moment=_moment, clock=_clock, until=until, ago=ago, span=spelled, label=label, sized=sized
    )


def span(length: timedelta, gettext: Callable[[str], str]) -> str:
    """Days from three on, hours from one on, else minutes; never none of them."""
    if length >= DAYS_FROM:
        return gettext("{n} days").format(n=length // DAY)
    if length >= HOUR:
        return gettext("{n} h").format(n=length // HOUR)
    if length >= MINUTE:
        return gettext("{n} min").format(n=length // MINUTE)
    return gettext("less than a minute")


@pass_context
def _price(context: Context, minor: int, currency: str | None = None) -> str:
    shop = context.get("shop")
    return money(minor, currency or (shop.currency if shop else "CNY"))


@pass_context
def _moment(context: Context, at: datetime) -> str:
    """07-15 18:30 in the shop's time zone; with the year when it is another one."""
    zone = _zone(context)
    local = at.astimezone(zone)
    here = context["now"].astimezone(zone)
    return local.strftime("%m-%d %H:%M" if local.year == here.year else "%Y-%m-%d %H:%M")


@pass_context
def _clock(context: Context, at: datetime) -> str:
    return at.astimezone(_zone(context)).strftime("%H:%M")


def _zone(context: Context) -> ZoneInfo:
    shop = context.get("shop")
    return ZoneInfo(shop.time_zone if shop else DEFAULT_ZONE)
