"""Every default of a shop is a button, every rule may also be typed, every person has a language of their own."""

import pytest

from tests.bot.shop_chats import helper_of, invitation, owner_of
from tests.chat import ChatDriver, House


@pytest.fixture
async def owner(house: House) -> ChatDriver:
    return await owner_of(house)


@pytest.mark.parametrize(
    ("rule", "choice", "shown"),
    [
        ("时区", "东京", "东京 UTC+9"),
        ("币种", "HKD", "港币 HKD"),
        ("发货时限", "72 小时", "72 小时"),
        ("库存预警线", "10", "剩 10 件"),
        ("滞留天数", "3 天", "3 天没有新轨迹"),
    ],
)
async def test_a_rule_is_changed_with_two_taps(owner: ChatDriver, rule: str, choice: str, shown: str) -> None:
    await owner.says("/settings")
    await owner.taps(rule)
    await owner.taps(choice)
    assert owner.toast == "已修改"
    assert shown in owner.card.replace("包裹 3 天", "3 天")
    assert len(owner.heard) == 1


@pytest.mark.parametrize(
    ("rule", "typed", "shown"),
    [
        ("店名", "老李 球鞋", "老李 球鞋：设置"),
        ("时区", "新加坡", "新加坡 UTC+8"),
        ("时区", "UTC-5", "UTC-5"),
        ("币种", "欧元", "欧元 EUR"),
        ("发货时限", "3天", "72 小时"),
        ("库存预警线", "８", "剩 8 件"),
        ("滞留天数", "4", "包裹 4 天"),
    ],
)
async def test_a_rule_may_be_typed(owner: ChatDriver, rule: str, typed: str, shown: str) -> None:
    await owner.taps(rule)
    await owner.says(typed)
    assert shown in owner.card


@pytest.mark.parametrize(
    ("rule", "typed", "explained"),
    [
        ("店名", "\u3164", "没看到名字"),
        ("店名", "鞋" * 41, "最多 40 个"),
        ("时区", "Shanghia", "是不是：北京"),
        ("时区", "月球", "也可以直接输入时差"),
        ("币种", "Dolar", "美元 USD"),
        ("发货时限", "721", "请输入 1 到 720 小时"),
        ("发货时限", "很快", "“很快”不能当发货时限"),
        ("库存预警线", "10000", "请输入 0 到 9999"),
        ("滞留天数", "31", "请输入 1 到 30"),
    ],
)
async def test_nonsense_is_explained_with_an_example_and_asked_again(
    owner: ChatDriver, rule: str, typed: str, explained: str
) -> None:
    await owner.taps(rule)
    await owner.says(typed)
    assert explained in owner.last
    assert "例如" in owner.last
    await owner.says("/cancel")
    assert "已取消：修改设置" in owner.last


async def test_a_photo_is_no_setting(owner: ChatDriver) -> None:
    await owner.taps("库存预警线")
    owner.phone.send_sticker()
    await owner.house.settle()
    assert "正在等您设置：库存预警线" in owner.last


async def test_going_back_asks_for_nothing_any_more(owner: ChatDriver) -> None:
    await owner.taps("库存预警线")
    await owner.taps("返回")
    await owner.says("8")
    await owner.says("/settings")
    assert "剩 5 件" in owner.card


async def test_a_choice_on_an_outdated_card_is_not_made(house: House, owner: ChatDriver) -> None:
    other = await helper_of(house, owner, "店长")
    await other.says("/settings")
    await other.taps("发货时限")
    stale = next(
        button["callback_data"]
        for row in other.card_message["reply_markup"]["inline_keyboard"]
        for button in row
        if button["text"] == "24 小时"
    )
    await owner.says("/settings")
    await owner.taps("发货时限")
    await owner.taps("120 小时")
    await other.presses(other.card_message["message_id"], stale)
    assert "刚才已经有变化了" in (other.toast or "")
    await owner.says("/settings")
    assert "120 小时" in owner.card


async def test_what_one_manager_changes_the_other_sees(house: House, owner: ChatDriver) -> None:
    other = await helper_of(house, owner, "店长")
    await other.says("/settings")
    await owner.says("/settings")
    await owner.taps("库存预警线")
    await owner.taps("10")
    assert "剩 10 件" in other.card


async def test_a_language_is_chosen_and_stays(owner: ChatDriver) -> None:
    await owner.says("/settings")
    await owner.taps("English")
    assert owner.toast == "From now on in English"
    assert "老王潮鞋: settings" in owner.card
    await owner.says("/help")
    assert "what you can do as owner" in owner.last
    await owner.says("/settings")
    await owner.taps("中文")
    assert owner.toast == "好的，以后都用中文"


async def test_strangers_and_buyers_choose_a_language_too(house: House, owner: ChatDriver) -> None:
    stranger = house.person(2001, "路人甲")
    await stranger.says("/settings")
    await stranger.taps("English")
    assert "In which language" in stranger.card
    link = owner.card.split("?start=")[1].split()[0]
    buyer = house.person(2002, "小美")
    await buyer.starts(link)
    await buyer.says("/language")
    await buyer.taps("English")
    assert buyer.toast == "From now on in English"


async def test_whoever_sets_no_rules_sees_only_their_own_settings(house: House, owner: ChatDriver) -> None:
    packer = await helper_of(house, owner, "发货")
    await packer.says("/settings")
    assert "规则由店主设置" in packer.card
    assert packer.buttons == ["退出这家店…", "中文", "English", "我的店铺", "关闭"]
    await packer.presses(packer.card_message["message_id"], "s:1:0:warn.9:s")
    assert "没有这项权限" in (packer.toast or "")


async def test_a_member_leaves_by_the_settings(house: House, owner: ChatDriver) -> None:
    packer = await helper_of(house, owner, "发货")
    await packer.says("/settings")
    await packer.taps("退出这家店")
    await packer.taps("退出 老王潮鞋")
    assert packer.toast == "已退出 老王潮鞋"
    assert "我要开店" in packer.buttons
    await owner.says("/team")
    assert "小陈" not in owner.card


async def test_a_half_typed_setting_gives_way_to_an_invitation_and_comes_to_no_harm(
    house: House, owner: ChatDriver
) -> None:
    await owner.taps("库存预警线")
    await invitation(owner, "客服")
    await owner.says("8")
    assert "剩 8 件" in owner.card


async def test_a_closed_card_is_gone(owner: ChatDriver) -> None:
    await owner.says("/settings")
    await owner.taps("关闭")
    assert owner.heard == []


async def test_a_single_day_is_no_days(house: House) -> None:
    chat = await owner_of(house, person_id=1077, language="en")
    await chat.taps("Parcel patience")
    assert chat.buttons[:2] == ["1 day", "2 days"]
