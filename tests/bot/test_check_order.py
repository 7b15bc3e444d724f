"""Checking an order in the chat: what looks wrong is marked, and everything that can be said twice or too late is harmless."""

from dataclasses import replace

import pytest

from shop.incoming import IncomingLine, IncomingRecipient
from tests.bot.order_chats import LI, ORDER, PAIR, arrives, open_shoe_shop, stock, to
from tests.bot.question_chats import member
from tests.chat import ChatDriver, House


@pytest.fixture
async def owner(house: House) -> ChatDriver:
    open_shoe_shop(house)
    return member(house, 1001)


@pytest.fixture
def packer(house: House, owner: ChatDriver) -> ChatDriver:
    """May check and dispatch orders."""
    return member(house, 1003)


async def test_a_new_order_is_shown_with_its_three_things(house: House, owner: ChatDriver, packer: ChatDriver) -> None:
    await arrives(house)
    for chat in (owner, packer):
        assert chat.card.startswith("🔎 待核对，请在 5 小时内发货")
        for part in (
            "李静",
            "13800005678",
            "北京市海淀区中关村大街1号",
            "Nike Air Jordan 1 黑红 42 × 2",
            "¥899",
            "尽快发货",
        ):
            assert part in chat.card
        assert "⚠️" not in chat.card
        assert chat.buttons[:4] == ["确认", "询问买家", "修改地址", "取消订单"]


@pytest.mark.parametrize(
    ("recipient", "mark"),
    [
        (replace(LI, name=""), "缺少姓名"),
        (replace(LI, phone=""), "缺少电话"),
        (replace(LI, phone="1380000567"), "不是有效电话"),
        (replace(LI, street="北京市海定区中关村大街1号"), "北京市没有“海定区”，是不是海淀区？"),
        (replace(LI, street="安徽省芜湖市长江路1号"), "安徽省芜湖市的哪个区县？"),
        (replace(LI, street="北京市海淀区"), "缺少街道和门牌号"),
        (replace(LI, street="长江路1号"), "哪个省、哪个市？"),
    ],
)
async def test_what_looks_wrong_about_the_recipient_is_marked(
    house: House, owner: ChatDriver, recipient: IncomingRecipient, mark: str
) -> None:
    await arrives(house, to(recipient))
    assert f"⚠️ {mark}" in owner.card
    assert "仍然确认" in owner.buttons


async def test_goods_that_are_unknown_or_sold_out_are_marked(house: House, owner: ChatDriver) -> None:
    pot = IncomingLine(title="雪平锅", spec="18cm")
    await arrives(house, replace(ORDER, lines=(replace(PAIR, quantity=11), pot)))
    assert "库存不足：只剩 10 件" in owner.card
    assert "商品库里没有" in owner.card


async def test_even_with_every_flaw_the_card_has_twelve_lines(house: House, owner: ChatDriver) -> None:
    bad = IncomingRecipient(name="", phone="12345", street="随便")
    await arrives(house, replace(ORDER, recipient=bad, lines=(IncomingLine(title="没见过的鞋", quantity=1),)))
    await owner.taps("仍然确认")
    assert len(owner.card.splitlines()) <= 12
    assert "👤 — ⚠️ 缺少姓名" in owner.card
    assert "没见过的鞋 × 1 ⚠️ 商品库里没有" in owner.card


async def test_of_many_articles_the_doubtful_ones_come_first_and_the_rest_is_folded(
    house: House, owner: ChatDriver
) -> None:
    strange = IncomingLine(title="没见过的鞋", quantity=1)
    await arrives(house, replace(ORDER, lines=(*ORDER.lines * 5, strange)))
    assert owner.card.index("没见过的鞋") < owner.card.index("Nike")
    assert "expandable_blockquote" in {each["type"] for each in owner.card_message["entities"]}


async def test_a_recipient_that_the_marketplace_keeps_is_no_trouble(house: House, owner: ChatDriver) -> None:
    await arrives(house, replace(ORDER, recipient=None))
    assert "收件信息由平台保管" in owner.card
    assert owner.buttons[:2] == ["确认", "取消订单"]


async def test_confirm_reserves_and_confirming_twice_is_harmless(house: House, owner: ChatDriver) -> None:
    await arrives(house)
    card = owner.card_message
    tap = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await owner.taps("确认")
    assert owner.toast == "✓ 已确认，等待发货。"
    assert owner.card.startswith("📦 已确认，请在 5 小时内发货")
    assert stock(house) == (10, 2)
    await owner.presses(card["message_id"], tap)
    assert owner.toast == "刚才已经有变化了，下面是最新的样子。"
    assert owner.card.startswith("📦 已确认")
    assert stock(house) == (10, 2)
    assert len(owner.heard) == 1


async def test_the_second_of_two_members_sees_how_it_stands(
    house: House, owner: ChatDriver, packer: ChatDriver
) -> None:
    await arrives(house)
    old = packer.card_message["reply_markup"]["inline_keyboard"][-2][0]["callback_data"]
    await owner.taps("确认")
    assert packer.card.startswith("📦 已确认")
    assert "已确认 · 林老板" in packer.card
    await packer.presses(packer.card_message["message_id"], old)
    assert "最新" in (packer.toast or "")
    assert packer.card.startswith("📦 已确认")


async def test_confirmed_too_early_can_be_taken_back(house: House, owner: ChatDriver) -> None:
    await arrives(house)
    await owner.taps("确认")
    await owner.taps("重新核对")
    assert owner.card.startswith("🔎 待核对")
    assert stock(house) == (10, 0)


async def test_more_than_is_left_cannot_be_confirmed(house: House, owner: ChatDriver) -> None:
    await arrives(house, replace(ORDER, lines=(replace(PAIR, quantity=11),)))
    await owner.taps("确认")
    assert owner.card.startswith("🔎 待核对")
    assert any("11" in said and "10" in said for said in (owner.toast or "", owner.last))
    assert "请先补货，或取消订单。" in (owner.toast or "")
    assert stock(house) == (10, 0)


async def test_one_tap_corrects_what_was_probably_meant(house: House, owner: ChatDriver) -> None:
    await arrives(house, to(replace(LI, street="北京市海定区中关村大街1号")))
    await owner.taps("改为海淀区")
    assert "北京市海淀区中关村大街1号" in owner.card
    assert "⚠️" not in owner.card
    assert "已修改收件信息 · 林老板" in owner.card


async def test_cancelling_asks_once_more_with_the_consequence_and_can_be_undone(
    house: House, owner: ChatDriver
) -> None:
    await arrives(house)
    await owner.taps("确认")
    await owner.taps("取消订单")
    assert owner.buttons == ["取消订单，退回 2 件库存", "保留订单"]
    await owner.taps("保留订单")
    assert owner.card.startswith("📦 已确认")
    await owner.taps("取消订单")
    await owner.taps("退回 2 件库存")
    assert owner.card.startswith("✖️ 已取消")
    assert stock(house) == (10, 0)
    await owner.taps("撤销：恢复订单")
    assert owner.card.startswith("🔎 待核对")


async def test_cancelling_twice_changes_nothing(house: House, owner: ChatDriver, packer: ChatDriver) -> None:
    await arrives(house)
    for chat in (owner, packer):
        await chat.taps("取消订单")
    second = packer.card_message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await owner.taps("确定取消订单")
    await packer.presses(packer.card_message["message_id"], second)
    assert "最新" in (packer.toast or "")
    assert packer.card.startswith("✖️ 已取消")
    assert "已取消 · 林老板" in packer.card


async def test_what_the_marketplace_cancelled_stays_cancelled(house: House, owner: ChatDriver) -> None:
    await arrives(house)
    await arrives(house, replace(ORDER, cancelled=True))
    assert owner.card.startswith("✖️ 已在平台取消")
    assert owner.buttons == ["清除个人信息…", "全部订单"]


async def test_somebody_from_the_catalogue_sees_no_order(house: House, owner: ChatDriver) -> None:
    await arrives(house)
    tap = owner.card_message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    stranger = house.person(7777, "路人")
    await stranger.starts()
    await stranger.presses(stranger.last_message["message_id"], tap)
    assert stock(house) == (10, 0)
    assert not any("李静" in str(message) for message in stranger.messages)


async def test_an_order_of_another_shop_is_not_there(house: House, owner: ChatDriver) -> None:
    await arrives(house)
    await owner.presses(owner.card_message["message_id"], "o:999:1::c")
    assert owner.toast != "✓ 已确认，等待发货。"
    assert stock(house) == (10, 0)


async def test_everything_is_there_in_english_too(house: House, owner: ChatDriver) -> None:
    chat = member(house, 1002, "en")
    await chat.says("/orders")
    await arrives(house, to(replace(LI, street="北京市海定区中关村大街1号")))
    assert chat.card.startswith("🔎 Order to check, ship within 5 h")
    assert "there is no 海定区 in 北京市; perhaps 海淀区?" in chat.card
    assert chat.buttons[:5] == ["Correct to 海淀区", "Confirm anyway", "Ask the buyer", "Edit address", "Cancel order"]


async def test_even_an_endless_order_fits_a_message(house: House, owner: ChatDriver) -> None:
    long = IncomingRecipient(name="王" * 900, phone="1" * 900, street="安徽省芜湖市" + "路" * 3000)
    line = IncomingLine(title="<b>鞋</b>" * 200, spec="&" * 500)
    await arrives(house, replace(ORDER, recipient=long, note="<急>" * 2000, remark="!" * 2000, lines=(line,) * 40))
    assert owner.card.startswith("🔎 待核对")
    assert "还有 32 种商品" in owner.card
    await owner.taps("询问买家")
    await owner.taps("返回")
    await owner.taps("修改地址")
    assert "修改收件信息" in owner.card
    await owner.says("/orders")
    assert owner.card.startswith("📋 待核对 1")
