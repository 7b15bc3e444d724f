"""A stranger opens a shop or tries a sample, and goes from one shop to another."""

import pytest

from tests.bot.shop_chats import owner_of
from tests.chat import ChatDriver, House, words


async def test_a_stranger_is_shown_the_door(stranger: ChatDriver) -> None:
    await stranger.starts()
    assert stranger.card.startswith("掌柜")
    assert stranger.buttons == ["我要开店", "逛逛样板店", "中文", "English"]


async def test_whatever_a_stranger_writes_leads_to_the_door(stranger: ChatDriver) -> None:
    await stranger.says("你好")
    assert "我要开店" in stranger.buttons
    await stranger.says("Nike 42")
    assert len(stranger.heard) == 1


async def test_a_name_is_all_it_takes(stranger: ChatDriver) -> None:
    await stranger.starts()
    await stranger.taps("我要开店")
    assert "叫什么名字" in stranger.card
    await stranger.says(" 老王  潮鞋\u200b")
    assert "老王 潮鞋 开张啦" in stranger.card
    for default in ("北京 UTC+8", "人民币 CNY", "48 小时", "剩 5 件", "2 天"):
        assert default in stranger.card
    assert len(stranger.heard) == 1
    assert "https://t.me/zhanggui_bot?start=" in stranger.card


async def test_a_name_that_is_too_long_is_asked_again(stranger: ChatDriver) -> None:
    await stranger.says("/newshop")
    await stranger.says("鞋" * 41)
    assert "41 个字，最多 40 个" in stranger.last
    await stranger.says("鞋" * 40)
    assert "开张" in stranger.card


@pytest.mark.parametrize("blank", ["\u3164", "\u200b\u200d", "⠀"])
async def test_a_name_that_cannot_be_seen_is_asked_again(stranger: ChatDriver, blank: str) -> None:
    await stranger.says("/newshop")
    await stranger.says(blank)
    assert "没看到名字" in stranger.last
    await stranger.says("老王潮鞋")
    assert "老王潮鞋 开张啦" in stranger.card


async def test_a_name_with_markup_is_shown_as_it_was_typed(stranger: ChatDriver) -> None:
    await stranger.says("/newshop")
    await stranger.says("<b>A&B</b>")
    assert "<b>A&B</b> 开张啦" in stranger.card


async def test_a_sticker_is_no_name(stranger: ChatDriver) -> None:
    await stranger.says("/newshop")
    stranger.phone.send_sticker()
    await stranger.house.settle()
    assert "正在等您输入店名" in stranger.last


async def test_a_double_tap_opens_one_shop(stranger: ChatDriver) -> None:
    await stranger.starts()
    door = stranger.card_message
    for _ in range(2):
        await stranger.presses(door["message_id"], "h:0:0::n")
    await stranger.says("老王潮鞋")
    await stranger.says("/shops")
    assert sum("老王潮鞋" in label for label in stranger.buttons) == 1


async def test_thinking_better_of_it_leads_back_to_the_door(stranger: ChatDriver) -> None:
    await stranger.starts()
    await stranger.taps("我要开店")
    await stranger.taps("返回")
    assert "我要开店" in stranger.buttons
    await stranger.says("老王潮鞋")
    assert "开张" not in stranger.card


async def test_whoever_has_a_shop_comes_home(house: House) -> None:
    owner = await owner_of(house)
    await owner.starts()
    assert owner.card.startswith("老王潮鞋")
    assert "/newproduct" in owner.card
    assert "没有要处理的事" in owner.card


async def test_a_sample_shop_is_filled_and_ready(stranger: ChatDriver) -> None:
    await stranger.starts()
    await stranger.taps("逛逛样板店")
    assert len(stranger.heard) == 1
    assert "样板店，都是假数据" in stranger.card
    assert stranger.card.startswith("样板鞋铺：最近一单 03-02 15:00 前要发，还剩 3 小时")
    assert stranger.buttons[:2] == ["核对 4 单", "发货 1 单"]
    await stranger.taps("发货 1 单")
    assert "周行舟" in stranger.card
    await stranger.says("/home")
    await stranger.taps("核对 4 单")
    assert "许青" in stranger.card


async def test_a_double_tap_makes_one_sample_shop(stranger: ChatDriver) -> None:
    await stranger.starts()
    door = stranger.card_message
    await stranger.taps("逛逛样板店")
    await stranger.presses(door["message_id"], "h:0:0::p")
    await stranger.says("/shops")
    assert sum("样板鞋铺" in label for label in stranger.buttons) == 1


async def test_one_tap_throws_the_sample_shop_away(stranger: ChatDriver) -> None:
    await stranger.starts()
    await stranger.taps("逛逛样板店")
    await stranger.says("/orders")
    await stranger.says("/home")
    await stranger.taps("清空样板店")
    assert stranger.toast == "样板店已清空，什么都没留下"
    assert [words(message).split("，")[0] for message in stranger.heard] == ["掌柜"]
    await stranger.starts()
    assert "我要开店" in stranger.buttons


async def test_the_real_shop_stays_when_the_sample_goes(house: House) -> None:
    owner = await owner_of(house)
    await owner.says("/shops")
    await owner.taps("逛逛样板店")
    assert owner.card.startswith("样板鞋铺")
    await owner.taps("清空样板店")
    assert owner.card.startswith("老王潮鞋")
    assert "清空样板店" not in owner.buttons


async def test_an_old_button_of_a_sample_that_is_gone_harms_no_real_shop(house: House) -> None:
    owner = await owner_of(house)
    home = owner.card_message
    await owner.says("/shops")
    await owner.taps("逛逛样板店")
    await owner.taps("清空样板店")
    await owner.presses(home["message_id"], "h:0:0::x")
    assert "不能清空" in (owner.toast or owner.last)
    await owner.says("/home")
    assert owner.card.startswith("老王潮鞋")


async def test_several_shops_are_switched_with_a_tap(house: House) -> None:
    owner = await owner_of(house)
    await owner.says("/newshop")
    await owner.says("二号店")
    await owner.says("/shops")
    assert "✓ 二号店" in owner.buttons
    await owner.taps("老王潮鞋")
    assert owner.toast == "已切换到 老王潮鞋"
    assert owner.card.startswith("老王潮鞋")
    await owner.says("/settings")
    assert "老王潮鞋：设置" in owner.card


async def test_a_tap_on_a_card_is_meant_for_the_shop_of_that_card(house: House) -> None:
    owner = await owner_of(house)
    first = owner.card_message
    await owner.says("/newshop")
    await owner.says("二号店")
    await owner.taps("库存预警线", on=first)
    await owner.taps("10", on=first)
    assert "老王潮鞋：设置" in words(owner.phone.chat.messages[first["message_id"]])
    assert "剩 10 件" in words(owner.phone.chat.messages[first["message_id"]])
    await owner.says("/settings")
    assert "二号店：设置" in owner.card
    assert "剩 5 件" in owner.card


async def test_news_of_another_shop_say_which_shop_it_is(house: House) -> None:
    owner = await owner_of(house)
    link = owner.card.split("?start=")[1].split()[0]
    await owner.says("/newshop")
    await owner.says("二号店")
    buyer = house.person(2002, "小美")
    await buyer.starts(link)
    await buyer.says("有 43 码吗？")
    assert owner.card.startswith("🏪 老王潮鞋")
    assert "小美" in owner.card
    await owner.taps("回复")
    await owner.says("有的，今天能发")
    assert buyer.last.endswith("有的，今天能发")
    await owner.says("/home")
    assert owner.card.startswith("二号店")


async def test_everything_is_said_in_english_to_an_english_client(house: House) -> None:
    owner = await owner_of(house, "Wang's", language="en")
    assert "Wang's is open" in owner.card
    await owner.starts()
    assert "Nothing is waiting" in owner.card


async def test_a_shop_survives_a_restart_in_the_middle_of_opening(stranger: ChatDriver) -> None:
    await stranger.starts()
    await stranger.taps("我要开店")
    await stranger.house.restart()
    await stranger.says("老王潮鞋")
    assert "老王潮鞋 开张啦" in stranger.card
