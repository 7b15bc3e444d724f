"""The settings card: the rules of a shop, one of them being changed, and what each of its people may choose alone."""

from dataclasses import dataclass

from bot.buttons.home import HomeButton, HomeVerb
from bot.buttons.shops import ShopButton, ShopVerb
from bot.cards import Card, card
from bot.identity import start_link
from bot.labels import L, Label, plain
from bot.replies import Button, CopyText, Keyboard, Row
from shop.currencies import currency_name
from shop.errors import NotFound
from shop.shop_rules import ShopRule
from shop.shops import Shop
from shop.time_zones import city_of, offset_of
from storage.news import CardKind
from storage.work import Work

MINE = "mine"
LEAVING = "leave"
OPENED = "opened"

_PRESETS: dict[ShopRule, tuple[tuple[Label, str], ...]] = {
    ShopRule.NAME: (),
    ShopRule.TIME_ZONE: (
        (L("Beijing"), "Asia/Shanghai"),
        (L("Hong Kong"), "Asia/Hong_Kong"),
        (L("Tokyo"), "Asia/Tokyo"),
        (L("London"), "Europe/London"),
        (L("New York"), "America/New_York"),
        (L("Los Angeles"), "America/Los_Angeles"),
    ),
    ShopRule.CURRENCY: ((plain("¥ CNY"), "CNY"), (plain("HK$ HKD"), "HKD"), (plain("$ USD"), "USD")),
    ShopRule.DISPATCH_WITHIN: tuple((L("{n} hours", n=hours), str(hours)) for hours in (24, 48, 72, 120)),
    ShopRule.PARCEL_PATIENCE: ((L("1 day"), "1"), *((L("{n} days", n=days), str(days)) for days in (2, 3, 5))),
    ShopRule.KEEP_PERSONAL: tuple((L("{n} days", n=days), str(days)) for days in (30, 90, 180, 365)),
    ShopRule.WARN_AT: tuple((plain(str(pieces)), str(pieces)) for pieces in (0, 3, 5, 10)),
}
_A_ROW = 3


@dataclass(frozen=True)
class Spoken:
    """The zone and the currency of a shop, as they are called in both languages."""

    shop: Shop
    offset: str

    def city(self, language: str) -> str:
        return city_of(self.shop.time_zone, chinese=language == "zh_CN")

    def currency(self, language: str) -> str:
        return currency_name(self.shop.currency, chinese=language == "zh_CN")


@card(CardKind.SHOP)
def shop_card(work: Work, shop_id: int, view: str) -> Card:
    """Faces: all rules, perhaps just `opened`; a rule being changed; `mine` for members who set no rules, and `leave`."""
    if not work.in_shop or work.shop_id != shop_id:
        raise NotFound("shop", shop_id)
    facts: dict[str, object] = {"spoken": Spoken(work.shop, offset_of(work.shop.time_zone, work.now))}
    if view in list(ShopRule):
        return Card("shops/change.html", facts | {"rule": ShopRule(view)}, _choices(work.shop, ShopRule(view)))
    if view in (MINE, LEAVING):
        return Card("shops/mine.html", {"leaving": view == LEAVING}, _own_choices(work.shop, leaving=view == LEAVING))
    link = start_link(work.shop.link_code)
    facts |= {"link": link, "opened": view == OPENED}
    return Card("shops/settings.html", facts, _settings(work.shop, link))


def _settings(shop: Shop, link: str) -> Keyboard:
    rules = (
        (_ask(ShopRule.NAME), _ask(ShopRule.TIME_ZONE)),
        (_ask(ShopRule.CURRENCY), _ask(ShopRule.DISPATCH_WITHIN)),
        (_ask(ShopRule.WARN_AT), _ask(ShopRule.PARCEL_PATIENCE)),
        (_ask(ShopRule.KEEP_PERSONAL),),
    )
    return (
        *((*(_button(shop, label, ShopVerb.ASK, rule) for label, rule in row),) for row in rules),
        (Button(L("Copy the link for buyers"), CopyText(link)),),
        *_everyones(shop),
    )


def _ask(rule: ShopRule) -> tuple[Label, str]:
    return _NAMES[rule], rule.value


_NAMES = {
    ShopRule.NAME: L("Shop name"),
    ShopRule.TIME_ZONE: L("Time zone"),
    ShopRule.CURRENCY: L("Currency"),
    ShopRule.DISPATCH_WITHIN: L("Ship within"),
    ShopRule.PARCEL_PATIENCE: L("Parcel patience"),
    ShopRule.WARN_AT: L("Low stock line"),
    ShopRule.KEEP_PERSONAL: L("Personal data"),
}


def _choices(shop: Shop, rule: ShopRule) -> Keyboard:
    """Choosing carries the revision of the shop: a choice on a card that is out of date is not made."""
    choices = [
        Button(label, ShopButton(verb=ShopVerb.SET, id=shop.id, revision=shop.revision, arg=f"{rule}.{value}"))
        for label, value in _PRESETS[rule]
    ]
    rows = tuple(tuple(choices[start : start + _A_ROW]) for start in range(0, len(choices), _A_ROW))
    return (*rows, (_button(shop, L("Back"), ShopVerb.BACK),))


def _own_choices(shop: Shop, *, leaving: bool) -> Keyboard:
    if leaving:
        sure = _button(shop, L("Leave {shop}", shop=shop.name), ShopVerb.LEAVE_NOW, style="danger")
        return ((sure,), (_button(shop, L("Back"), ShopVerb.BACK),))
    return ((_button(shop, L("Leave this shop …"), ShopVerb.LEAVE),), *_everyones(shop))


def _everyones(shop: Shop) -> tuple[Row, ...]:
    return (
        (
            _button(shop, plain("中文"), ShopVerb.LANGUAGE, "zh_CN"),
            _button(shop, plain("English"), ShopVerb.LANGUAGE, "en"),
            Button(L("My shops"), HomeButton(verb=HomeVerb.SHOPS)),
        ),
        (_button(shop, L("Close"), ShopVerb.CLOSE),),
    )


def _button(shop: Shop, label: Label, verb: ShopVerb, arg: str = "", *, style: str | None = None) -> Button:
    return Button(label, ShopButton(verb=verb, id=shop.id, arg=arg), style=style)
