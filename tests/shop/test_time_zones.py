from zoneinfo import ZoneInfo

import pytest

from shop.time_zones import _CITIES, TimeZoneUnknown, _by_word, city_of, find_time_zone


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Asia/Shanghai", "Asia/Shanghai"),
        ("asia/shanghai ", "Asia/Shanghai"),
        ("上海", "Asia/Shanghai"),
        ("北京时间", "Asia/Shanghai"),
        ("义乌市", "Asia/Shanghai"),
        ("UTC+8", "Asia/Shanghai"),
        ("ＵＴＣ＋８", "Asia/Shanghai"),
        ("gmt +08:00", "Asia/Shanghai"),
        ("+9", "Asia/Tokyo"),
        ("UTC+5:30", "Asia/Kolkata"),
        ("utc-5", "Etc/GMT+5"),
        ("UTC\N{MINUS SIGN}5", "Etc/GMT+5"),
        ("UTC", "UTC"),
        ("new york", "America/New_York"),
        ("纽约", "America/New_York"),
        ("香港", "Asia/Hong_Kong"),
        ("乌鲁木齐", "Asia/Urumqi"),
    ],
)
def test_a_zone_is_found_by_city_offset_or_its_own_name(typed: str, zone: str) -> None:
    assert find_time_zone(typed) == zone


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [("Shanghia", "Asia/Shanghai"), ("洛杉基", "America/Los_Angeles"), ("los angelos", "America/Los_Angeles")],
)
def test_a_slip_of_the_finger_gets_the_zone_suggested(typed: str, suggested: str) -> None:
    with pytest.raises(TimeZoneUnknown) as refusal:
        find_time_zone(typed)
    assert suggested in refusal.value.suggestions
    assert refusal.value.said == typed


@pytest.mark.parametrize("typed", ["", "随便", "+15", "UTC-13", "UTC-3:30", "+8:75", "../../etc/passwd", "8"])
def test_nonsense_still_gets_suggestions(typed: str) -> None:
    with pytest.raises(TimeZoneUnknown) as refusal:
        find_time_zone(typed)
    assert "Asia/Shanghai" in refusal.value.suggestions


def test_every_zone_that_can_be_found_exists() -> None:
    for zone in set(_by_word().values()) | set(_CITIES):
        ZoneInfo(zone)


def test_a_zone_is_shown_by_its_city() -> None:
    assert city_of("Asia/Shanghai", chinese=True) == "北京"
    assert city_of("Asia/Shanghai", chinese=False) == "Shanghai"
    assert city_of("America/New_York", chinese=True) == "纽约"
    assert city_of("Africa/Porto-Novo", chinese=True) == "Porto-Novo"
    assert city_of("America/New_York", chinese=False) == "New York"
