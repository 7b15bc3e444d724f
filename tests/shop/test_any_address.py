"""Whatever is written as a recipient, it is read without a fault, and in a moment."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from shop.addresses import apply_suggestions, check_recipient
from shop.drafts.address import named_in
from shop.incoming import IncomingRecipient
from shop.pasted import read_pasted
from shop.phones import mask_phone, read_phone
from shop.recipients import read_recipient

PIECES = st.sampled_from(
    [
        "安徽省",
        "安徽",
        "芜湖市",
        "芜湖",
        "鸠江区",
        "究江区",
        "北京市",
        "北京",
        "朝阳区",
        "朝阳路",
        "海淀",
        "上海市",
        "市辖区",
        "县",
        "省直辖县级行政区划",
        "仙桃市",
        "襄樊市",
        "渝北区",
        "高新区",
        "新区",
        "开发区",
        "吉林省",
        "吉林市",
        "东莞市",
        "虎门镇",
        "香港",
        "九龙",
        "台湾省",
        "中国",
        "长江路1号",
        "2栋301",
        "王小明",
        "欧阳娜娜",
        "13800001000",
        "13800000000转1234",
        "138****5678",
        "0553-2345678",
        "地址：",
        "电话",
        "收货人:",
        "（100000）",
        "241000",
        "****",
        "，",
        "-",
        "#",
        "Ann",
        "Main",
        "St",
        "1",
        "🏠",
        "ＡＢ",
        "１２",
    ]
)
ADDRESSES = (
    st.lists(PIECES, max_size=8).map("".join) | st.lists(PIECES, max_size=8).map(" ".join) | st.text(max_size=60)
)


@given(ADDRESSES, ADDRESSES, ADDRESSES)
@settings(max_examples=300, deadline=None)
def test_any_recipient_can_be_read_and_checked(first: str, second: str, third: str) -> None:
    recipient = read_recipient(IncomingRecipient(name=first, phone=second, province=first, city=second, street=third))
    check_recipient(recipient)
    corrected = apply_suggestions(recipient)
    assert apply_suggestions(corrected) == corrected
    assert recipient.masked.street in ("", "****")


@given(ADDRESSES)
@settings(max_examples=300, deadline=None)
def test_any_pasted_words_can_be_read(text: str) -> None:
    named_in(text)
    read_pasted(text)
    assert read_phone(read_phone(text).written).written == read_phone(text).written
    mask_phone(text)


def test_a_very_long_text_is_read_in_a_moment() -> None:
    start = time.process_time()
    for text in (
        "安徽省芜湖市" * 680,
        "王" * 4096,
        "长江路 1号 " * 500,
        "1380000" * 585,
        "区" * 4096,
        " " * 4096,
        "转1" * 2000,
    ):
        named_in(text)
        check_recipient(read_recipient(IncomingRecipient(name=text, phone=text, street=text)))
    assert time.process_time() - start < 2
