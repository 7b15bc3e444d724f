"""The commands menu follows role and language; every command in it is understood."""

import pytest
from aiogram import Router

from bot.filters import Commands
from bot.menus import COMMANDS, commands_for
from bot.routers import ROUTERS
from playground.methods.introducing import seen_commands
from shop.speakers import Role
from tests.bot.shop_chats import helper_of, owner_of
from tests.chat import ChatDriver, House


def menu(chat: ChatDriver) -> dict[str, str]:
    """What this person's phone offers."""
    seen = seen_commands(chat.house.telegram, chat.phone.person.id, chat.phone.chat_id)
    return {each["command"]: each["description"] for each in seen}


async def test_a_stranger_sees_little_in_the_language_of_the_client(house: House) -> None:
    await house.settle()
    assert menu(house.person(2001, "路人甲")) == {
        "start": "开店，或先试试",
        "settings": "店铺规则、语言",
        "help": "全部功能",
    }
    assert menu(house.person(2002, "John", "en"))["start"] == "Open a shop or try one"
    assert menu(house.person(2003, "Anna", "de"))["help"] == "Everything I can do"


async def test_an_owner_sees_everything(house: House) -> None:
    owner = await owner_of(house)
    assert list(menu(owner)) == [each.name for each in COMMANDS]
    assert menu(owner)["team"] == "店员和邀请"


@pytest.mark.parametrize(
    ("role", "there", "not_there"),
    [
        ("发货", {"orders", "due", "parcels"}, {"newproduct", "team", "questions"}),
        ("客服", {"orders", "questions", "quickreplies"}, {"due", "newproduct", "team"}),
        ("商品", {"newproduct", "products"}, {"orders", "questions", "team"}),
    ],
)
async def test_a_member_sees_what_the_role_may_do(
    house: House, role: str, there: set[str], not_there: set[str]
) -> None:
    helper = await helper_of(house, await owner_of(house), role)
    assert there <= menu(helper).keys()
    assert not not_there & menu(helper).keys()


async def test_the_menu_follows_a_change_of_role_and_a_dismissal(house: House) -> None:
    owner = await owner_of(house)
    helper = await helper_of(house, owner, "发货")
    await owner.says("/team")
    await owner.taps("小陈")
    await owner.taps("商品")
    assert "newproduct" in menu(helper)
    assert "due" not in menu(helper)
    await owner.taps("小陈")
    await owner.taps("移出店铺")
    await owner.taps("移出 小陈")
    assert set(menu(helper)) == {"start", "settings", "help"}


async def test_the_menu_speaks_the_chosen_language(house: House) -> None:
    owner = await owner_of(house)
    await owner.says("/settings")
    await owner.taps("English")
    assert menu(owner)["team"] == "Who works here, and invitations"


async def test_a_dismissed_member_who_blocked_the_bot_harms_nobody_else(house: House) -> None:
    owner = await owner_of(house)
    helper = await helper_of(house, owner, "发货")
    helper.phone.person.blocked = True
    await owner.says("/team")
    await owner.taps("小陈")
    await owner.taps("移出店铺")
    await owner.taps("移出 小陈")
    assert house.app.desk.do_now(lambda work: work.people.is_reachable(1001))
    await owner.says("/home")
    assert owner.card.startswith("老王潮鞋")


async def test_the_bot_introduces_itself_in_both_languages_and_only_once(house: House) -> None:
    await house.settle()
    profile = house.telegram.profile
    assert profile["short_description", "zh"].startswith("聊天里的店铺后台")
    assert ("name", "zh") not in profile  # the owner chose it
    assert profile["description", ""].startswith("Run your shop")
    calls = len(house.telegram.transcript)
    await house.restart()
    await house.settle()
    again = [each for each in list(house.telegram.transcript)[calls:] if str(each.get("call", "")).startswith("setMy")]
    assert again == []


def test_every_command_of_a_menu_is_understood() -> None:
    known = {name for router in ROUTERS for name in _names(router)}
    assert {each.name for role in (None, *Role) for each in commands_for(role)} <= known


def test_every_role_has_help_and_a_way_out() -> None:
    for role in Role:
        assert {"home", "help", "cancel", "settings"} <= {each.name for each in commands_for(role)}


def _names(router: Router) -> set[str]:
    filters = [each.callback for handler in router.message.handlers for each in handler.filters or ()]
    return {name for each in filters if isinstance(each, Commands) for name in each.names}


@pytest.mark.parametrize(
    "command", ["home", "orders", "due", "parcels", "questions", "quickreplies", "products", "team"]
)
async def test_every_list_is_put_away_by_its_last_button(house: House, command: str) -> None:
    owner = await owner_of(house)
    await owner.says(f"/{command}")
    shown = owner.card_message
    assert owner.buttons[-1] == "关闭"
    await owner.taps("关闭")
    assert shown["message_id"] not in [message["message_id"] for message in owner.heard]


async def test_a_tap_on_a_list_that_is_put_away_already_is_answered(house: House) -> None:
    owner = await owner_of(house)
    await owner.says("/orders")
    place, (_, button) = owner.card_message["message_id"], owner._find_button("关闭", None)
    await owner.presses(place, button["callback_data"])
    await owner.presses(place, button["callback_data"])
    assert owner.toast == ""
