from datetime import UTC, datetime, timedelta

import pytest

from shop.currencies import CurrencyUnknown
from shop.names import NameMissing, NameTooLong
from shop.shop_rules import (
    CurrencyInUse,
    DispatchHoursUnclear,
    KeepingUnclear,
    PatienceUnclear,
    ShopRule,
    WarnLineUnclear,
)
from shop.shops import Person, Shop, spoken_language
from shop.time_zones import TimeZoneUnknown

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture
def shop() -> Shop:
    return Shop(name="老王潮鞋", opened_at=MONDAY, link_code="abc")


def test_a_new_shop_starts_with_sensible_rules(shop: Shop) -> None:
    assert (shop.time_zone, shop.currency, shop.dispatch_hours, shop.warn_at) == ("Asia/Shanghai", "CNY", 48, 5)
    assert shop.patience_days == 2


def test_a_shop_is_renamed_with_the_name_cleaned(shop: Shop) -> None:
    shop.change(ShopRule.NAME, "  老李\u200b球鞋 ")
    assert shop.name == "老李球鞋"


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("48", 48),
        ("48小时", 48),
        ("72h", 72),
        ("2天", 48),
        ("两天", 48),
        ("３ days", 72),
        ("1", 1),
        ("720", 720),
        ("30天", 720),
        ("24 个小时", 24),
    ],
)
def test_the_time_for_dispatch_is_read_in_hours_or_days(shop: Shop, typed: str, hours: int) -> None:
    shop.change(ShopRule.DISPATCH_WITHIN, typed)
    assert shop.dispatch_within == timedelta(hours=hours)


@pytest.mark.parametrize("typed", ["0", "721", "31天", "-5", "48.5", "很快", "", "5双", "99999999999", "两天半"])
def test_an_impossible_time_for_dispatch_is_refused_and_changes_nothing(shop: Shop, typed: str) -> None:
    with pytest.raises(DispatchHoursUnclear) as refusal:
        shop.change(ShopRule.DISPATCH_WITHIN, typed)
    assert (refusal.value.fewest, refusal.value.most) == (1, 720)
    assert shop.dispatch_hours == 48


@pytest.mark.parametrize(("typed", "line"), [("0", 0), ("9999", 9999), ("8双", 8), ("五件", 5), ("12 pcs", 12)])
def test_the_warning_line_is_a_number_of_pieces(shop: Shop, typed: str, line: int) -> None:
    shop.change(ShopRule.WARN_AT, typed)
    assert shop.warn_at == line


@pytest.mark.parametrize("typed", ["10000", "-1", "5天", "5小时", "几双", ""])
def test_an_impossible_warning_line_is_refused(shop: Shop, typed: str) -> None:
    with pytest.raises(WarnLineUnclear):
        shop.change(ShopRule.WARN_AT, typed)
    assert shop.warn_at == 5


@pytest.mark.parametrize(("typed", "days"), [("3", 3), ("3天", 3), ("48小时", 2), ("1", 1), ("30", 30)])
def test_patience_with_parcels_is_counted_in_days(shop: Shop, typed: str, days: int) -> None:
    shop.change(ShopRule.PARCEL_PATIENCE, typed)
    assert shop.patience_days == days


@pytest.mark.parametrize("typed", ["0", "31", "36小时", "5双", "不急"])
def test_impossible_patience_is_refused(shop: Shop, typed: str) -> None:
    with pytest.raises(PatienceUnclear):
        shop.change(ShopRule.PARCEL_PATIENCE, typed)


@pytest.mark.parametrize(("typed", "days"), [("30", 30), ("60天", 60), ("365 days", 365), ("7", 7), ("1095", 1095)])
def test_buyers_are_remembered_for_days(shop: Shop, typed: str, days: int) -> None:
    shop.change(ShopRule.KEEP_PERSONAL, typed)
    assert shop.kept_days == days


@pytest.mark.parametrize("typed", ["6", "1096", "48小时", "5双", "永远"])
def test_buyers_are_remembered_neither_for_ever_nor_too_briefly(shop: Shop, typed: str) -> None:
    with pytest.raises(KeepingUnclear):
        shop.change(ShopRule.KEEP_PERSONAL, typed)
    assert shop.kept_days == 90


def test_the_currency_changes_only_while_nothing_is_priced(shop: Shop) -> None:
    shop.change(ShopRule.CURRENCY, "港币")
    assert shop.currency == "HKD"
    with pytest.raises(CurrencyInUse) as refusal:
        shop.change(ShopRule.CURRENCY, "CNY", priced_products=3)
    assert (refusal.value.currency, refusal.value.priced_products) == ("HKD", 3)
    shop.change(ShopRule.CURRENCY, "hkd", priced_products=3)
    assert shop.currency == "HKD"


@pytest.mark.parametrize(
    ("rule", "typed", "refusal"),
    [
        (ShopRule.NAME, "   ", NameMissing),
        (ShopRule.NAME, "x" * 41, NameTooLong),
        (ShopRule.TIME_ZONE, "月球", TimeZoneUnknown),
        (ShopRule.CURRENCY, "贝壳", CurrencyUnknown),
    ],
)
def test_a_refused_rule_leaves_the_shop_as_it_was(
    shop: Shop, rule: ShopRule, typed: str, refusal: type[Exception]
) -> None:
    before = vars(shop).copy()
    with pytest.raises(refusal):
        shop.change(rule, typed)
    assert vars(shop) == before


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("zh-hans", "zh_CN"),
        ("zh-hant", "zh_CN"),
        ("ZH", "zh_CN"),
        (None, "zh_CN"),
        ("", "zh_CN"),
        ("en", "en"),
        ("de", "en"),
    ],
)
def test_chinese_and_silence_mean_chinese_and_the_rest_english(code: str | None, language: str) -> None:
    assert spoken_language(code) == language


def test_a_chosen_language_is_stronger_than_the_client() -> None:
    person = Person(id=1, name="林", seen_at=MONDAY)
    person.follow_client("en")
    assert person.language == "en"
    person.choose_language("zh_CN")
    person.follow_client("en")
    assert person.language == "zh_CN"
