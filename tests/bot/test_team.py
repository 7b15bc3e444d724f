"""Inviting by link, roles and dismissal, in the chat."""

from datetime import timedelta

import pytest

from tests.bot.shop_chats import HELPER, OWNER, helper_of, invitation, owner_of
from tests.chat import ChatDriver, House


@pytest.fixture
async def owner(house: House) -> ChatDriver:
    return await owner_of(house)


async def test_a_link_makes_a_colleague(house: House, owner: ChatDriver) -> None:
    helper = await helper_of(house, owner, "发货")
    assert helper.card.startswith("欢迎加入 老王潮鞋，您的角色：发货")
    assert "小陈 加入了 老王潮鞋，角色：发货" in owner.last
    await owner.says("/team")
    assert "共 2 人" in owner.card
    assert "小陈 · 发货" in owner.card


async def test_the_invitation_can_be_forwarded_as_it_is(owner: ChatDriver) -> None:
    await invitation(owner, "客服")
    assert owner.last.startswith("✉️ 林老板 邀请您加入 老王潮鞋，角色：客服")
    assert "只能用一次，03-03 12:00 前有效" in owner.last


async def test_an_invitation_works_once(house: House, owner: ChatDriver) -> None:
    link = await invitation(owner, "发货")
    await house.person(1002, "小陈").starts(link)
    late = house.person(1003, "阿包")
    await late.starts(link)
    assert "已经用过了" in late.last
    await late.starts()
    assert "我要开店" in late.buttons


async def test_an_invitation_expires_after_a_day(house: House, owner: ChatDriver) -> None:
    link = await invitation(owner, "发货")
    house.clock.move(timedelta(hours=24))
    late = house.person(1003, "阿包")
    await late.starts(link)
    assert "邀请已过期" in late.last


@pytest.mark.parametrize("forged", ["join_", "join_x", "join_" + "A" * 32, "join_" + "%00" * 5])
async def test_a_forged_invitation_opens_nothing(house: House, owner: ChatDriver, forged: str) -> None:
    await invitation(owner, "发货")
    thief = house.person(1009, "阿贼")
    await thief.starts(forged)
    await thief.says("/orders")
    assert "老王潮鞋" not in "".join(str(message.get("text")) for message in thief.heard)


async def test_whoever_tries_out_invitations_waits_an_hour_even_with_one_that_exists(
    house: House, owner: ChatDriver
) -> None:
    link = await invitation(owner, "发货")
    thief = house.person(1009, "阿贼")
    for guess in range(5):
        await thief.starts(f"join_{guess:032}")
        assert "没有这个邀请" in thief.last
    house.clock.move(timedelta(minutes=20, seconds=1))
    await thief.starts(link)
    assert "请 40 分钟后再试" in thief.last
    house.clock.move(timedelta(minutes=40))
    await thief.starts(link)
    assert "欢迎加入" in thief.card


async def test_a_few_mistyped_invitations_do_no_harm(house: House, owner: ChatDriver) -> None:
    link = await invitation(owner, "发货")
    helper = house.person(1002, "小陈")
    for length in range(10, 14):
        await helper.starts(link[:length])
    await helper.starts(link)
    assert "欢迎加入" in helper.card


@pytest.mark.parametrize("name", ["\u2003", "\u00ad\u200b", "\u3164", "\u0301"])
async def test_whoever_has_a_name_that_nobody_sees_is_called_by_number(
    house: House, owner: ChatDriver, name: str
) -> None:
    helper = house.person(1002, name)
    await helper.starts(await invitation(owner, "发货"))
    await owner.says("/team")
    assert "1002 · 发货" in owner.card
    assert "1002" in owner.buttons


async def test_an_invitation_taken_back_does_not_work(house: House, owner: ChatDriver) -> None:
    link = await invitation(owner, "发货")
    await owner.says("/team")
    assert "邀请 1：发货" in owner.card
    await owner.taps("收回邀请 1")
    assert owner.toast == "这个邀请链接已作废"
    late = house.person(1003, "阿包")
    await late.starts(link)
    assert "已收回" in late.last


async def test_a_member_who_opens_an_invitation_leaves_it_to_others(house: House, owner: ChatDriver) -> None:
    link = await invitation(owner, "发货")
    await owner.starts(link)
    assert "您已经是 老王潮鞋 的店员（店主）" in owner.last
    helper = house.person(1002, "小陈")
    await helper.starts(link)
    assert "欢迎加入" in helper.card


async def test_a_role_is_changed_with_a_tap_and_the_member_is_told(house: House, owner: ChatDriver) -> None:
    helper = await helper_of(house, owner, "发货")
    await owner.says("/team")
    await owner.taps("小陈")
    await owner.taps("客服")
    assert owner.toast == "小陈：客服"
    assert "小陈 · 客服" in owner.card
    assert "角色改为：客服" in helper.last
    await helper.says("/questions")
    await helper.says("/due")
    assert "待发货" not in helper.last


async def test_a_dismissed_member_is_told_and_sees_nothing_any_more(house: House, owner: ChatDriver) -> None:
    helper = await helper_of(house, owner, "店长")
    await helper.says("/team")
    card = helper.card_message
    await owner.says("/team")
    await owner.taps("小陈")
    await owner.taps("移出店铺")
    assert "要把 小陈 移出 老王潮鞋 吗" in owner.card
    await owner.taps("移出 小陈")
    assert owner.toast == "小陈 已移出店铺"
    assert "您已不再是 老王潮鞋 的店员" in helper.last
    assert card["message_id"] not in [message["message_id"] for message in helper.heard]
    for data in (f"t:{OWNER}:0::n", "t:0:0:owner:v", "s:1:0:warn.9:s", "h:0:0:check:o"):
        await helper.presses(card["message_id"], data)
        assert "只有店员才能这样做" in (helper.toast or "")
    await helper.says("/team")
    assert "共" not in helper.last


async def test_a_dismissed_member_is_not_told_of_changes(house: House, owner: ChatDriver) -> None:
    helper = await helper_of(house, owner, "店长")
    await helper.says("/settings")
    await owner.says("/team")
    await owner.taps("小陈")
    await owner.taps("移出店铺")
    await owner.taps("移出 小陈")
    before = [message.get("text") for message in helper.heard]
    await owner.says("/settings")
    await owner.taps("库存预警线")
    await owner.taps("10")
    assert [message.get("text") for message in helper.heard] == before


async def test_the_last_owner_cannot_go(owner: ChatDriver) -> None:
    await owner.says("/team")
    await owner.taps("林老板")
    await owner.taps("移出店铺")
    await owner.taps("移出 林老板")
    assert "不能没有店主" in (owner.toast or "")
    await owner.says("/team")
    await owner.taps("林老板")
    await owner.taps("客服")
    assert "不能没有店主" in (owner.toast or "")


async def test_with_a_second_owner_the_first_steps_down_and_comes_home(house: House, owner: ChatDriver) -> None:
    await helper_of(house, owner, "店主")
    await owner.says("/team")
    await owner.taps("林老板")
    await owner.taps("发货")
    assert owner.toast == "林老板：发货"
    assert "邀请店员" not in owner.buttons
    await owner.says("/team")
    assert "没有这项权限" in owner.last


async def test_a_manager_touches_no_owner(house: House, owner: ChatDriver) -> None:
    manager = await helper_of(house, owner, "店长")
    await manager.says("/team")
    await manager.taps("林老板")
    await manager.taps("移出店铺")
    await manager.taps("移出 林老板")
    assert "只有店主才能" in (manager.toast or "")
    await manager.says("/team")
    await manager.taps("邀请店员")
    await manager.taps("店主")
    assert "只有店主才能" in (manager.toast or "")


async def test_whoever_does_not_manage_the_shop_invites_nobody(house: House, owner: ChatDriver) -> None:
    helper = await helper_of(house, owner, "发货")
    await helper.says("/team")
    assert "没有这项权限" in helper.last
    await helper.presses(helper.card_message["message_id"], "t:0:0:owner:v")
    assert "没有这项权限" in (helper.toast or "")


async def test_nobody_dismisses_a_member_of_another_shop(house: House, owner: ChatDriver) -> None:
    await helper_of(house, owner, "发货")
    other = await owner_of(house, "别人家", person_id=1009)
    await other.says("/team")
    await other.presses(other.card_message["message_id"], f"t:{HELPER}:0::n")
    assert "找不到了" in (other.toast or other.last)
    await owner.says("/team")
    assert "小陈" in owner.card
