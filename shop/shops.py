"""A shop with its rules, the people who write to us, and who works where."""

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shop import shop_rules
from shop.currencies import find_currency
from shop.errors import ShopError
from shop.names import clean_name
from shop.shop_rules import CurrencyInUse, ShopRule
from shop.speakers import Role
from shop.time_zones import find_time_zone

DISPATCH_WITHIN = timedelta(hours=48)
PARCEL_PATIENCE = timedelta(days=2)
WARN_AT = 5
KEEP_PERSONAL = timedelta(days=90)
CHINESE, ENGLISH = "zh_CN", "en"


@dataclass(eq=False, kw_only=True)
class Shop:
    """One store and its rules."""

    id: int = field(init=False)
    name: str
    opened_at: datetime
    time_zone: str = "Asia/Shanghai"
    currency: str = "CNY"
    dispatch_within: timedelta = DISPATCH_WITHIN
    parcel_patience: timedelta = PARCEL_PATIENCE
    warn_at: int = WARN_AT
    keep_personal: timedelta = KEEP_PERSONAL
    link_code: str
    is_sample: bool = False
    closed_at: datetime | None = None
    revision: int = field(init=False)

    def change(self, rule: ShopRule, text: str, *, priced_products: int = 0) -> None:
        """Set a rule from what was typed or tapped; what makes no sense is refused and changes nothing."""
        match rule:
            case ShopRule.NAME:
                self.name = clean_name(text)
            case ShopRule.TIME_ZONE:
                self.time_zone = find_time_zone(text)
            case ShopRule.CURRENCY:
                self.price_in(find_currency(text), priced_products=priced_products)
            case ShopRule.DISPATCH_WITHIN:
                self.dispatch_within = shop_rules.dispatch_time(text)
            case ShopRule.PARCEL_PATIENCE:
                self.parcel_patience = shop_rules.patience(text)
            case ShopRule.WARN_AT:
                self.warn_at = shop_rules.warn_line(text)
            case ShopRule.KEEP_PERSONAL:
                self.keep_personal = shop_rules.keeping(text)

    def price_in(self, currency: str, *, priced_products: int) -> None:
        if currency != self.currency and priced_products:
            raise CurrencyInUse(self.currency, priced_products)
        self.currency = currency

    @property
    def dispatch_hours(self) -> int:
        return int(self.dispatch_within / timedelta(hours=1))

    @property
    def patience_days(self) -> int:
        return self.parcel_patience.days

    @property
    def kept_days(self) -> int:
        return self.keep_personal.days


MOST_WRONG_LINKS = 5
LINKS_ARE_TIRED = timedelta(hours=1)


@dataclass
class TooManyWrongLinks(ShopError):
    """Somebody tries out invitations that do not exist."""

    minutes: int


@dataclass(eq=False, kw_only=True)
class Person:
    """Somebody with a Telegram account; `id` is the Telegram user id, which is also the id of the private chat."""

    id: int
    name: str
    language: str = CHINESE
    language_chosen: bool = False
    reachable: bool = True
    staff_of: int | None = None
    buyer_of: int | None = None
    seen_at: datetime
    wrong_links: int = 0
    wrong_links_since: datetime | None = None

    def choose_language(self, language: str) -> None:
        """From now on this language, whatever the Telegram client says."""
        self.language, self.language_chosen = spoken_language(language), True

    def follow_client(self, language_code: str | None) -> None:
        """Speak the language of the person's Telegram, until they choose one themselves."""
        if not self.language_chosen:
            self.language = spoken_language(language_code)

    def must_not_guess_links(self, at: datetime) -> None:
        """Whoever opened several links that do not exist waits, also with one that does."""
        since = self.wrong_links_since
        if since is not None and at - since < LINKS_ARE_TIRED and self.wrong_links >= MOST_WRONG_LINKS:
            raise TooManyWrongLinks(math.ceil((since + LINKS_ARE_TIRED - at) / timedelta(minutes=1)))

    def opened_wrong_link(self, at: datetime) -> None:
        if self.wrong_links_since is None or at - self.wrong_links_since >= LINKS_ARE_TIRED:
            self.wrong_links, self.wrong_links_since = 0, at
        self.wrong_links += 1


def spoken_language(code: str | None) -> str:
    """Ours for a language code of Telegram's: Chinese for Chinese and for silence, English for everything else."""
    return CHINESE if not code or code.lower().startswith("zh") else ENGLISH


@dataclass(eq=False, kw_only=True)
class Member:
    """A person who works for a shop; a former member keeps the row with `left_at`."""

    id: int = field(init=False)
    shop_id: int
    person_id: int
    role: Role
    joined_at: datetime
    left_at: datetime | None = None

    @property
    def is_active(self) -> bool:
        return self.left_at is None
