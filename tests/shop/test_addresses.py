"""What looks wrong about a recipient, and what was probably meant."""

import subprocess
import sys
from pathlib import Path

import pytest

from shop.addresses import Flaw, Part, apply_suggestions, check_recipient
from shop.incoming import IncomingRecipient
from shop.recipients import Recipient, read_recipient


def recipient(
    address: str = "安徽省芜湖市鸠江区长江路1号", name: str = "王小明", phone: str = "13800001000"
) -> Recipient:
    return read_recipient(IncomingRecipient(name=name, phone=phone, street=address))


def flaws(written: Recipient) -> list[Flaw]:
    return [finding.flaw for finding in check_recipient(written).findings]


def test_a_good_recipient_has_nothing_wrong() -> None:
    assert check_recipient(recipient()).is_fine
    assert flaws(recipient()) == []


def test_a_recipient_that_the_marketplace_keeps_to_itself_leaves_nothing_to_check() -> None:
    assert check_recipient(None).findings == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", [Flaw.NAME_MISSING]),
        ("123", [Flaw.NAME_WRONG]),
        ("王**", [Flaw.NAME_MASKED]),
        ("Ann", []),
        ("阿卜杜拉·买买提", []),
    ],
)
def test_names(name: str, expected: list[Flaw]) -> None:
    assert flaws(recipient(name=name)) == expected


@pytest.mark.parametrize(
    ("phone", "expected"),
    [
        ("", [Flaw.PHONE_MISSING]),
        ("1380000100", [Flaw.PHONE_WRONG]),
        ("138****5678", [Flaw.PHONE_MASKED]),
        ("13800000000-1234", [Flaw.PHONE_RELAYED]),
        ("0553-2345678", []),
        ("400-800-1234", []),
    ],
)
def test_phones(phone: str, expected: list[Flaw]) -> None:
    assert flaws(recipient(phone=phone)) == expected


@pytest.mark.parametrize(
    ("address", "flaw", "suggestion"),
    [
        ("北京市海定区中关村大街1号", Flaw.DISTRICT_UNKNOWN, "海淀区"),
        ("安徽省芜湖市究江区长江路1号", Flaw.DISTRICT_UNKNOWN, "鸠江区"),
        ("安徽省芜湖市呼噜区长江路1号", Flaw.DISTRICT_UNKNOWN, ""),
        ("湖北省武汉市西湖区珞喻路10号", Flaw.DISTRICT_UNKNOWN, "东西湖区"),
        ("湖北省武汉市鼓楼区珞喻路10号", Flaw.DISTRICT_ELSEWHERE, ""),
        ("浙江省杭州市昆山市前进路1号", Flaw.DISTRICT_ELSEWHERE, "江苏省苏州市昆山市"),
        ("重庆市渝北区龙溪街道1号", Flaw.DISTRICT_RETIRED, "两江新区"),
        ("浙江省杭州市江干区凯旋路1号", Flaw.DISTRICT_RETIRED, "上城区"),
        ("四川省成都市郫县犀浦镇1号", Flaw.DISTRICT_RETIRED, "郫都区"),
        ("湖北省襄樊市襄城区檀溪路1号", Flaw.CITY_RETIRED, "襄阳市"),
        ("安徽省芜糊市鸠江区长江路1号", Flaw.CITY_UNKNOWN, "芜湖市"),
        ("安微省芜湖市鸠江区长江路1号", Flaw.PROVINCE_UNKNOWN, "安徽省"),
        ("广东省深圳市阳光小区3栋", Flaw.DISTRICT_MISSING, ""),
        ("安徽省长江路1号", Flaw.CITY_MISSING, ""),
        ("长江路1号", Flaw.PROVINCE_MISSING, ""),
        ("朝阳区建国路1号", Flaw.PROVINCE_MISSING, ""),
        ("安徽省芜湖市鸠江区", Flaw.STREET_MISSING, ""),
        ("安徽省芜湖市鸠江区长江路", Flaw.STREET_VAGUE, ""),
        ("安徽省芜湖市鸠江区****", Flaw.STREET_MASKED, ""),
    ],
)
def test_addresses(address: str, flaw: Flaw, suggestion: str) -> None:
    findings = check_recipient(recipient(address)).findings
    assert [(finding.flaw, finding.suggestion) for finding in findings] == [(flaw, suggestion)]
    assert findings[0].part is Part.ADDRESS


@pytest.mark.parametrize(
    "address",
    [
        "广东省东莞市南城区鸿福路1号",
        "广东省东莞市虎门镇长堤路1号",
        "广东省中山市石岐区民生路1号",
        "海南省儋州市那大镇中兴大街1号",
        "甘肃省嘉峪关市新华路1号",
        "湖北省仙桃市干河街道5号",
        "河南省济源市沁园街道5号",
        "新疆石河子市北四路1号",
        "北京市海淀区中关村大街1号",
        "江苏省苏州市苏州工业园区星湖街1号",
        "安徽省芜湖市芜湖经济技术开发区龙山路1号",
        "河北省保定市雄安新区奥威路1号",
        "香港九龙弥敦道1号",
        "台湾省台北市中正区忠孝路1号",
        "澳门特别行政区新马路1号",
        "新疆维吾尔自治区喀什地区岑岭县团结路1号",
    ],
)
def test_these_addresses_are_in_order(address: str) -> None:
    assert flaws(recipient(address)) == []


def test_below_a_wrong_city_nothing_is_said_about_the_district() -> None:
    written = read_recipient(
        IncomingRecipient(
            name="王小明", phone="13800001000", province="浙江省", city="南京市", district="鼓楼区", street="中山路1号"
        )
    )
    assert flaws(written) == [Flaw.CITY_ELSEWHERE]
    assert apply_suggestions(written).address == "江苏省南京市鼓楼区中山路1号"


@pytest.mark.parametrize(
    ("address", "corrected"),
    [
        ("北京市海定区中关村大街1号", "北京市海淀区中关村大街1号"),
        ("安微省芜湖市究江区长江路1号", "安徽省芜湖市鸠江区长江路1号"),
        ("浙江省杭州市昆山市前进路1号", "江苏省苏州市昆山市前进路1号"),
        ("湖北省襄樊市襄成区檀溪路1号", "湖北省襄阳市襄城区檀溪路1号"),
        ("广东省深圳市阳光小区3栋", "广东省深圳市阳光小区3栋"),
    ],
)
def test_all_suggestions_can_be_taken_at_once(address: str, corrected: str) -> None:
    assert apply_suggestions(recipient(address)).address == corrected


def test_hints_do_not_ask_anybody_anything() -> None:
    check = check_recipient(recipient("重庆市渝北区龙溪街道1号", phone="13800000000-1234"))
    assert check.is_fine
    assert {finding.flaw for finding in check.findings} == {Flaw.PHONE_RELAYED, Flaw.DISTRICT_RETIRED}


def test_abroad_only_name_phone_and_street_are_looked_at() -> None:
    abroad = IncomingRecipient(
        name="Ann", phone="+1 555-010-0100", city="Springfield", street="1 Main St", country="US"
    )
    assert flaws(read_recipient(abroad)) == []
    assert flaws(Recipient(country="US")) == [Flaw.NAME_MISSING, Flaw.PHONE_MISSING, Flaw.STREET_MISSING]


def test_the_divisions_are_read_when_they_are_first_needed_and_quickly() -> None:
    code = (
        "import time; import shop.addresses; from shop.divisions import atlas, known_places\n"
        "assert atlas.cache_info().currsize == 0\n"
        "start = time.process_time(); known_places(); print(time.process_time() - start)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert float(done.stdout) < 0.1
