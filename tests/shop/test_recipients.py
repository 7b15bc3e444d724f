"""Addresses from sheets and shop systems, split into their parts."""

import pytest

from shop.divisions import Place
from shop.incoming import IncomingRecipient
from shop.recipients import Recipient, read_recipient


def parts(recipient: Recipient) -> tuple[str, str, str, str]:
    return recipient.province, recipient.city, recipient.district, recipient.street


@pytest.mark.parametrize(
    ("street", "expected"),
    [
        ("安徽省芜湖市鸠江区长江路1号", ("安徽省", "芜湖市", "鸠江区", "长江路1号")),
        ("安徽省 芜湖市 鸠江区 人民街道 长江路1号", ("安徽省", "芜湖市", "鸠江区", "人民街道 长江路1号")),
        ("中国安徽省芜湖市鸠江区长江路1号", ("安徽省", "芜湖市", "鸠江区", "长江路1号")),
        ("安徽芜湖鸠江长江路1号", ("安徽省", "芜湖市", "鸠江区", "长江路1号")),
        ("北京海淀中关村大街1号", ("北京市", "北京市", "海淀区", "中关村大街1号")),
        ("北京市北京市朝阳区建国路8号", ("北京市", "北京市", "朝阳区", "建国路8号")),
        ("北京市市辖区朝阳区建国路8号", ("北京市", "北京市", "朝阳区", "建国路8号")),
        ("北京市朝阳路12号", ("北京市", "北京市", "", "朝阳路12号")),
        ("上海浦东张江路100号", ("上海市", "上海市", "浦东新区", "张江路100号")),
        ("吉林省吉林市船营区北京路3号", ("吉林省", "吉林市", "船营区", "北京路3号")),
        ("吉林长春市朝阳区前进大街5号", ("吉林省", "长春市", "朝阳区", "前进大街5号")),
        ("江苏省昆山市玉山镇前进路1号", ("江苏省", "苏州市", "昆山市", "玉山镇前进路1号")),
        ("昆山市玉山镇前进路1号", ("江苏省", "苏州市", "昆山市", "玉山镇前进路1号")),
        ("广东省东莞市虎门镇长堤路1号", ("广东省", "东莞市", "", "虎门镇长堤路1号")),
        ("湖北省仙桃市仙桃市干河街道5号", ("湖北省", "", "仙桃市", "干河街道5号")),
        ("云南红河绿春县大兴镇2号", ("云南省", "红河哈尼族彝族自治州", "绿春县", "大兴镇2号")),
        ("新疆伊犁州伊宁市解放路1号", ("新疆维吾尔自治区", "伊犁哈萨克自治州", "伊宁市", "解放路1号")),
        ("内蒙古阿拉善盟阿拉善左旗1号", ("内蒙古自治区", "阿拉善盟", "阿拉善左旗", "1号")),
        ("重庆市县巫山县高唐街道1号", ("重庆市", "重庆市", "巫山县", "高唐街道1号")),
        ("香港九龙油尖旺区弥敦道1号", ("香港特别行政区", "九龙", "油尖旺区", "弥敦道1号")),
        ("安徽省芜湖市经济技术开发区龙山路1号", ("安徽省", "芜湖市", "经济技术开发区", "龙山路1号")),
        ("江苏省苏州市苏州工业园区星湖街1号", ("江苏省", "苏州市", "苏州工业园区", "星湖街1号")),
        ("广东省深圳市阳光小区3栋", ("广东省", "深圳市", "", "阳光小区3栋")),
        ("朝阳区建国路1号", ("", "", "朝阳区", "建国路1号")),
        ("海淀区中关村大街1号", ("北京市", "北京市", "海淀区", "中关村大街1号")),
        ("安徽省芜糊市鸠江区长江路1号", ("安徽省", "芜糊市", "鸠江区", "长江路1号")),
        ("安微省芜湖市鸠江区长江路1号", ("安微省", "芜湖市", "鸠江区", "长江路1号")),
        ("湖北省襄樊市襄城区檀溪路1号", ("湖北省", "襄樊市", "襄城区", "檀溪路1号")),
        ("浙江省杭州市昆山市玉山镇1号", ("浙江省", "杭州市", "昆山市", "玉山镇1号")),
        ("3号楼前台", ("", "", "", "3号楼前台")),
        ("", ("", "", "", "")),
    ],
)
def test_a_line_of_text_is_split_at_its_divisions(street: str, expected: tuple[str, str, str, str]) -> None:
    assert parts(read_recipient(IncomingRecipient(street=street))) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            IncomingRecipient(
                province="安徽省", city="芜湖市", district="鸠江区", street="安徽省芜湖市鸠江区长江路1号"
            ),
            ("安徽省", "芜湖市", "鸠江区", "长江路1号"),
        ),
        (
            IncomingRecipient(province="上海", city="市辖区", district="徐汇", street="漕溪北路18号"),
            ("上海市", "上海市", "徐汇区", "漕溪北路18号"),
        ),
        (
            IncomingRecipient(province="重庆市", city="县", district="巫山县", street="广东路1号"),
            ("重庆市", "重庆市", "巫山县", "广东路1号"),
        ),
        (
            IncomingRecipient(province="湖北省", city="省直辖县级行政区划", district="仙桃市", street="1号"),
            ("湖北省", "", "仙桃市", "1号"),
        ),
        (
            IncomingRecipient(province="吉林省", city="长春市", district="朝阳区前进街道", street="1号"),
            ("吉林省", "长春市", "朝阳区", "前进街道1号"),
        ),
        (
            IncomingRecipient(province="BJ", city="北京市", street="海定区中关村大街1号", country="CN"),
            ("北京市", "北京市", "海定区", "中关村大街1号"),
        ),
        (
            IncomingRecipient(province="浙江省", city="南京市", district="鼓楼区", street="1号"),
            ("浙江省", "南京市", "鼓楼区", "1号"),
        ),
        (
            IncomingRecipient(city="芜湖市", district="鸠江区", street="长江路1号"),
            ("安徽省", "芜湖市", "鸠江区", "长江路1号"),
        ),
    ],
)
def test_parts_that_come_apart_stay_apart_and_are_not_repeated(
    written: IncomingRecipient, expected: tuple[str, str, str, str]
) -> None:
    assert parts(read_recipient(written)) == expected


def test_a_postcode_at_the_end_is_taken_off_unless_it_is_all_zeros() -> None:
    assert read_recipient(IncomingRecipient(street="安徽省 芜湖市 鸠江区 长江路1号院2栋(241000)")).postcode == "241000"
    empty = read_recipient(IncomingRecipient(street="安徽省 芜湖市 鸠江区 长江路1号院2栋(000000)"))
    assert (empty.street, empty.postcode) == ("长江路1号院2栋", "")


def test_an_address_abroad_stays_as_it_was_written() -> None:
    written = IncomingRecipient(
        name="Ann",
        phone="+1 555-010-0100",
        province="MA",
        city="Springfield",
        street="1 Main St",
        country="US",
        postcode="00125",
    )
    recipient = read_recipient(written)
    assert recipient.address == "1 Main St, Springfield, MA, 00125, US"
    assert not recipient.is_chinese


def test_hong_kong_as_a_country_is_a_province() -> None:
    recipient = read_recipient(IncomingRecipient(country="HK", city="九龙", street="弥敦道1号", phone="+852 9123 4567"))
    assert recipient.is_outer
    assert recipient.phone == "85291234567"


def test_correcting_one_part_leaves_the_others() -> None:
    recipient = Recipient(
        name="李静", phone="13800001000", province="安徽省", city="芜湖市", district="鸠江区", street="长江路1号"
    )
    corrected = recipient.corrected(Recipient(phone="13900001000"))
    assert (corrected.phone, corrected.name, corrected.street) == ("13900001000", "李静", "长江路1号")
    assert recipient.corrected(Recipient(district="镜湖区")).address == "安徽省芜湖市镜湖区长江路1号"


def test_a_new_city_takes_the_old_street_away() -> None:
    recipient = Recipient(
        name="李静", phone="13800001000", province="安徽省", city="芜湖市", district="鸠江区", street="长江路1号"
    )
    corrected = recipient.corrected(Recipient(province="上海市", city="上海市", district="徐汇区"))
    assert corrected.place == Place("上海市", "上海市", "徐汇区")
    assert corrected.street == ""


def test_a_masked_recipient_shows_neither_name_nor_phone_nor_door() -> None:
    recipient = Recipient(
        name="李静", phone="13800005678", province="安徽省", city="芜湖市", district="鸠江区", street="长江路1号"
    )
    assert (recipient.masked.name, recipient.masked.phone, recipient.masked.address) == (
        "李**",
        "138****5678",
        "安徽省芜湖市鸠江区****",
    )
