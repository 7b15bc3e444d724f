"""Correcting a recipient in the chat: a part, the whole, half of it, or nonsense."""

from dataclasses import replace

import pytest

from tests.bot.order_chats import LI, ORDER, arrives, open_shoe_shop, to
from tests.bot.question_chats import member
from tests.chat import ChatDriver, House


@pytest.fixture
async def owner(house: House) -> ChatDriver:
    """Has an order with a wrong phone on the screen."""
    open_shoe_shop(house)
    chat = member(house, 1001)
    await arrives(house, to(replace(LI, phone="1380000567")))
    return chat


async def test_a_right_phone_is_saved_at_once(owner: ChatDriver) -> None:
    await owner.taps("修改地址")
    assert "修改收件信息" in owner.card
    assert "例如：王小明 13800001000" in owner.card
    await owner.says("13800005678")
    assert owner.card.startswith("🔎 待核对")
    assert "⚠️" not in owner.card
    assert not any("修改收件信息 351531001" in str(message.get("text")) for message in owner.heard)


async def test_a_whole_address_in_any_order_is_read(owner: ChatDriver) -> None:
    await owner.taps("修改地址")
    await owner.says("安徽省芜湖市鸠江区长江路1号 王小明 13900001000")
    for part in ("王小明", "13900001000", "安徽省芜湖市鸠江区长江路1号"):
        assert part in owner.card
    assert "⚠️" not in owner.card


async def test_a_bad_phone_is_asked_for_again(owner: ChatDriver) -> None:
    await owner.taps("修改地址")
    await owner.says("138000056789")
    assert "修改收件信息" in owner.card
    assert "⚠️ 不是有效电话：手机号应为 11 位" in owner.card
    await owner.says("13800005678")
    assert owner.card.startswith("🔎 待核对")


async def test_an_unknown_district_is_offered_its_likely_name(owner: ChatDriver) -> None:
    await owner.taps("修改地址")
    await owner.says("13800005678 安徽省芜湖市究江区长江路1号")
    assert "安徽省芜湖市没有“究江区”，是不是鸠江区？" in owner.card
    await owner.taps("改为鸠江区")
    assert owner.card.startswith("🔎 待核对")
    assert "安徽省芜湖市鸠江区长江路1号" in owner.card


async def test_half_an_address_says_what_is_missing_and_the_rest_joins_it(owner: ChatDriver) -> None:
    await owner.taps("修改地址")
    await owner.says("13800005678 芜湖市鸠江区")
    assert "⚠️ 缺少街道和门牌号" in owner.card
    assert "还没有保存" in owner.card
    await owner.says("长江路1号")
    assert owner.card.startswith("🔎 待核对")
    assert "安徽省芜湖市鸠江区长江路1号" in owner.card


async def test_it_can_be_saved_although_something_looks_wrong(owner: ChatDriver) -> None:
    await owner.taps("修改地址")
    await owner.says("芜湖市呼噜区长江路1号")
    await owner.taps("仍然保存")
    assert owner.card.startswith("🔎 待核对")
    assert "安徽省芜湖市呼噜区长江路1号" in owner.card


async def test_changing_nothing_leads_back_to_the_order(owner: ChatDriver) -> None:
    await owner.taps("修改地址")
    await owner.says("芜湖市鸠江区")
    await owner.taps("不改了")
    assert owner.card.startswith("🔎 待核对")
    assert "北京市海淀区中关村大街1号" in owner.card
    await owner.says("13800005678")
    assert "1380000567 ⚠️" in next(m["text"] for m in owner.heard if "待核对" in m.get("text", ""))


async def test_nonsense_is_answered_with_an_example(owner: ChatDriver) -> None:
    await owner.taps("修改地址")
    await owner.says("好的")
    assert "“好的”里没有看到姓名、电话或地址" in owner.last
    assert "例如：王小明 13800001000" in owner.last


async def test_a_restart_in_between_loses_nothing(house: House, owner: ChatDriver) -> None:
    await owner.taps("修改地址")
    await owner.says("13800005678 芜湖市鸠江区")
    await house.restart()
    await owner.says("长江路1号")
    assert "安徽省芜湖市鸠江区长江路1号" in owner.card
    assert owner.card.startswith("🔎 待核对")


async def test_a_new_order_does_not_disturb_the_correction(house: House, owner: ChatDriver) -> None:
    await owner.taps("修改地址")
    await arrives(house, replace(ORDER, number="351531002"))
    await owner.says("13800005678")
    texts = [message.get("text", "") for message in owner.heard]
    assert sum("待核对" in text and "13800005678" in text for text in texts) == 2


async def test_a_reply_to_the_order_corrects_it_too(owner: ChatDriver) -> None:
    await owner.says("电话 13800005678，姓名 李静静", reply_to=owner.card_message)
    assert owner.card.startswith("🔎 待核对")
    assert "李静静" in owner.card


async def test_an_order_that_was_cancelled_meanwhile_is_not_corrected(house: House, owner: ChatDriver) -> None:
    await owner.taps("修改地址")
    await arrives(house, replace(ORDER, cancelled=True))
    await owner.says("13800005678")
    assert any("已取消，不能再处理" in message.get("text", "") for message in owner.heard)
