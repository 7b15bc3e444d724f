"""Pasted recipients: name, phone and address in any order."""

import pytest

from shop.incoming import IncomingRecipient
from shop.pasted import read_pasted

ADDRESS = "安徽省芜湖市鸠江区长江路1号"


@pytest.mark.parametrize(
    "text",
    [
        "王小明 13800001000 安徽省芜湖市鸠江区长江路1号",
        "安徽省芜湖市鸠江区长江路1号 王小明 13800001000",
        "13800001000，王小明，安徽省芜湖市鸠江区长江路1号",
        "13800001000\n安徽省芜湖市鸠江区长江路1号\n王小明",
        "王小明13800001000安徽省芜湖市鸠江区长江路1号",
        "安徽省芜湖市鸠江区长江路1号王小明13800001000",
        "王小明，13800001000，安徽省 芜湖市 鸠江区 长江路1号",
        "姓名：王小明 电话：13800001000 地址：安徽省芜湖市鸠江区长江路1号",
        "收货人: 王小明\n手机号码: 138 0000 1000\n所在地区: 安徽省芜湖市鸠江区\n详细地址: 长江路1号",
        "王小明 电话：13800001000 地址：安徽省芜湖市鸠江区长江路1号",
        "地址 安徽省芜湖市鸠江区长江路1号 电话 13800001000 收件人 王小明",
        "王小明 +86 138-0000-1000 安徽省芜湖市鸠江区长江路１号",
        "长江路1号 王小明 13800001000 安徽省芜湖市鸠江区",
    ],
)
def test_the_same_recipient_however_it_is_written(text: str) -> None:
    found = read_pasted(text)
    phone = "".join(sign for sign in found.phone if sign.isdigit())[-11:]
    assert (found.name, phone, found.street) == ("王小明", "13800001000", ADDRESS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13900001000", IncomingRecipient(phone="13900001000")),
        ("1380000100", IncomingRecipient(phone="1380000100")),
        ("电话 1380000100", IncomingRecipient(phone="1380000100")),
        ("13800000000转1234", IncomingRecipient(phone="13800000000转1234")),
        ("李静", IncomingRecipient(name="李静")),
        ("李女士 13900001000", IncomingRecipient(name="李女士", phone="13900001000")),
        ("收件人 娜娜", IncomingRecipient(name="娜娜")),
        ("鸠江区", IncomingRecipient(street="鸠江区")),
        ("长江路2号", IncomingRecipient(street="长江路2号")),
        ("地址改成杭州市西湖区文三路100号，电话不变", IncomingRecipient(street="杭州市西湖区文三路100号")),
        ("我换个地址：芜湖市镜湖区北京路3号", IncomingRecipient(street="芜湖市镜湖区北京路3号")),
        ("北京市海淀区学院路1号 100080", IncomingRecipient(street="北京市海淀区学院路1号", postcode="100080")),
        ("好的", IncomingRecipient()),
        ("", IncomingRecipient()),
        ("谢谢老板", IncomingRecipient()),
    ],
)
def test_a_single_part_corrects_only_itself(text: str, expected: IncomingRecipient) -> None:
    assert read_pasted(text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("欧阳娜娜 13800001000 上海市浦东新区张江路100号", "欧阳娜娜"),
        ("路遥 13800001000 上海市浦东新区张江路100号", "路遥"),
        ("Ann 13800001000 上海浦东 张江路 100号", "Ann"),
        ("江苏省 苏州市 昆山市 玉山镇 前进路1号 王芳 13800001000", "王芳"),
        ("张伟(收) 13800001000 上海市浦东新区张江路100号", "张伟(收)"),
    ],
)
def test_the_name_is_the_word_most_like_one(text: str, name: str) -> None:
    assert read_pasted(text).name == name
