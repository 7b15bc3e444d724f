"""Asking a buyer what looks wrong: words to copy with a link, the answer back on the card."""

from dataclasses import replace
from typing import Any

import pytest

from tests.bot.order_chats import LI, arrives, open_shoe_shop, to
from tests.bot.question_chats import SHOP, member
from tests.chat import ChatDriver, House


@pytest.fixture
async def owner(house: House) -> ChatDriver:
    """Has an order with a wrong phone on the screen."""
    open_shoe_shop(house)
    chat = member(house, 1001)
    await arrives(house, to(replace(LI, phone="1380000567")))
    return chat


@pytest.fixture
def buyer(house: House) -> ChatDriver:
    return house.person(2001, "小李")


def copied(owner: ChatDriver) -> str:
    rows: list[list[dict[str, Any]]] = owner.card_message["reply_markup"]["inline_keyboard"]
    return str(rows[0][0]["copy_text"]["text"])


async def test_the_words_name_what_is_wrong_and_lead_to_us(owner: ChatDriver) -> None:
    await owner.taps("询问买家")
    assert "电话号码多一位或少一位" in copied(owner)
    assert "351531001" in copied(owner)
    assert "?start=ask-" in copied(owner)
    assert len(copied(owner)) <= 256
    assert "1380000567" not in copied(owner)
    assert copied(owner) in owner.card
    await owner.taps("返回")
    assert "已询问买家，03-02 12:00" in owner.card


async def test_the_answer_comes_back_onto_the_order(house: House, owner: ChatDriver, buyer: ChatDriver) -> None:
    await owner.taps("询问买家")
    await buyer.starts(copied(owner).partition("start=")[2])
    assert buyer.last.startswith(f"📦 {SHOP} 想和您核对订单 351531001：")
    assert "电话号码多一位或少一位" in buyer.last
    assert "李静" not in buyer.last
    await buyer.says("13800005678")
    assert buyer.last.startswith("✅ 谢谢！")
    assert "买家回复：\n13800005678" in owner.card
    await owner.taps("采用买家的回复")
    assert "📞 13800005678" in owner.card
    assert "⚠️" not in owner.card
    assert "确认" in owner.buttons


async def test_a_buyer_whom_we_know_is_asked_at_once(house: House, owner: ChatDriver, buyer: ChatDriver) -> None:
    await owner.taps("询问买家")
    await buyer.starts(copied(owner).partition("start=")[2])
    await owner.taps("返回")
    await owner.taps("询问买家")
    assert "已在 Telegram 里询问买家" in owner.card
    assert sum("想和您核对订单" in message.get("text", "") for message in buyer.heard) == 2


async def test_another_question_of_the_buyer_goes_the_usual_way(owner: ChatDriver, buyer: ChatDriver) -> None:
    await owner.taps("询问买家")
    await buyer.starts(copied(owner).partition("start=")[2])
    await buyer.says("什么时候发货？")
    assert "小李 来咨询" in owner.card
    assert "什么时候发货" in owner.card


async def test_an_answer_that_says_nothing_useful_can_still_be_read(owner: ChatDriver, buyer: ChatDriver) -> None:
    await owner.taps("询问买家")
    await buyer.starts(copied(owner).partition("start=")[2])
    await buyer.says("138000056789")
    assert "买家回复：\n138000056789" in owner.card
    await owner.taps("采用买家的回复")
    assert "⚠️ 不是有效电话" in owner.card


async def test_a_link_that_belongs_to_another_buyer_opens_nothing(
    house: House, owner: ChatDriver, buyer: ChatDriver
) -> None:
    await owner.taps("询问买家")
    link = copied(owner).partition("start=")[2]
    await buyer.starts(link)
    other = house.person(2002, "别人")
    await other.starts(link)
    assert "351531001" not in other.last
    assert "找不到了" in other.last
