"""/help, /cancel and whatever nobody else understands: nobody is at a loss, nobody is trapped."""

import pytest

from playground.chats import Chat
from playground.phone import Phone
from tests.bot.shop_chats import helper_of, owner_of
from tests.chat import ChatDriver, House


@pytest.fixture
async def owner(house: House) -> ChatDriver:
    return await owner_of(house)


async def test_help_lists_what_a_role_can_do(house: House, owner: ChatDriver) -> None:
    await owner.says("/help")
    for command in ("/newproduct", "/orders", "/questions", "/team", "/settings", "/cancel"):
        assert command in owner.last
    packer = await helper_of(house, owner, "发货")
    await packer.says("/help")
    assert "/orders" in packer.last
    assert "/team" not in packer.last
    assert "/newproduct" not in packer.last


async def test_a_stranger_gets_help_too(stranger: ChatDriver) -> None:
    await stranger.says("/help")
    assert "/start" in stranger.last
    assert "/orders" not in stranger.last


async def test_there_may_be_nothing_to_cancel(owner: ChatDriver) -> None:
    await owner.says("/cancel")
    assert "没有进行到一半的事" in owner.last


async def test_opening_a_shop_is_cancelled(stranger: ChatDriver) -> None:
    await stranger.says("/newshop")
    await stranger.says("/cancel")
    assert "已取消：开店" in stranger.last
    assert "我要开店" in stranger.buttons
    await stranger.says("老王潮鞋")
    assert "开张" not in stranger.card


async def test_a_cancelled_setting_leaves_the_card_as_it_was(owner: ChatDriver) -> None:
    await owner.taps("库存预警线")
    await owner.says("/cancel")
    assert "剩 5 件" in owner.card
    assert "店名" in owner.buttons


@pytest.mark.parametrize("typed", ["/setings", "/SETTINGSS", "/setting@zhanggui_bot now"])
async def test_a_mistyped_command_gets_a_suggestion(owner: ChatDriver, typed: str) -> None:
    await owner.says(typed)
    assert "是不是想用" in owner.last
    assert "/settings" in owner.last


async def test_an_unknown_command_leads_to_help(owner: ChatDriver) -> None:
    await owner.says("/xyzzy")
    assert "/help" in owner.last


async def test_words_that_mean_nothing_get_examples(house: House, owner: ChatDriver) -> None:
    await owner.says("今天天气不错啊")
    assert "没太明白" in owner.last
    assert "各10双" in owner.last
    packer = await helper_of(house, owner, "发货")
    await packer.says("今天天气不错啊")
    assert "SF1234567890123" in packer.last
    assert "各10双" not in packer.last


async def test_what_cannot_be_read_is_explained(owner: ChatDriver) -> None:
    owner.phone.send_voice()
    await owner.house.settle()
    assert "听不懂语音" in owner.last
    owner.phone.send_sticker()
    await owner.house.settle()
    assert "我用不上" in owner.last
    owner.phone.send_location(30.2, 120.1)
    await owner.house.settle()
    assert "用不了位置" in owner.last
    owner.phone.send_contact("13800138000")
    await owner.house.settle()
    assert "用不了位置和名片" in owner.last


async def test_an_edit_is_mentioned_only_while_something_is_asked(owner: ChatDriver) -> None:
    said = owner.phone.say("今天天气不错啊")
    await owner.house.settle()
    before = len(owner.heard)
    owner.phone.edit(said["message_id"], "今天下雨")
    await owner.house.settle()
    assert len(owner.heard) == before
    await owner.says("/settings")
    await owner.taps("库存预警线")
    owner.phone.edit(said["message_id"], "8")
    await owner.house.settle()
    assert "第一次发的内容" in owner.last


@pytest.mark.parametrize("data", ["zz:1:2", "", "s", "s:x:y:z", "h:0:0:check:?", "t:1:0::?", "p" * 64])
async def test_a_button_that_nobody_knows_is_answered(owner: ChatDriver, data: str) -> None:
    await owner.presses(owner.card_message["message_id"], data)
    assert "已经失效" in (owner.toast or "")


async def test_forged_arguments_of_known_buttons_do_no_harm(owner: ChatDriver) -> None:
    await owner.says("/settings")
    for data in ("s:1:0:nonsense:a", "s:1:0:nonsense.1:s", "h:0:0:nonsense:o", "t:0:0:emperor:v", "t:77:0::m"):
        await owner.presses(owner.card_message["message_id"], data)
    await owner.says("/settings")
    assert "剩 5 件" in owner.card


async def test_whoever_blocks_the_bot_is_not_written_to(house: House, owner: ChatDriver) -> None:
    helper = await helper_of(house, owner, "店长")
    helper.phone.block()
    await house.settle()
    reachable = house.app.desk.do_now(lambda work: work.people.is_reachable(1002))
    assert not reachable
    helper.phone.block(blocked=False)
    await house.settle()
    assert house.app.desk.do_now(lambda work: work.people.is_reachable(1002))


async def test_in_a_group_only_the_way_to_the_private_chat_is_shown(house: House, owner: ChatDriver) -> None:
    group = house.telegram.add_chat(Chat(-1001, type="supergroup", title="老王的群", members=[1001]))
    phone = Phone(house.telegram, owner.phone.person, group.id)
    phone.say("大家好")
    phone.say("/orders@another_bot")
    await house.settle()
    assert [message for message in group.messages.values() if message["from"]["is_bot"]] == []
    phone.say("/orders@zhanggui_bot")
    await house.settle()
    answers = [message for message in group.messages.values() if message["from"]["is_bot"]]
    assert len(answers) == 1
    assert "私聊" in answers[0]["text"]


@pytest.mark.parametrize(
    "content",
    [
        {"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1001, "type": "private"}}},
        {"something_new": {"x": 1}},
    ],
)
async def test_what_telegram_may_yet_invent_does_no_harm(owner: ChatDriver, content: dict[str, object]) -> None:
    await owner.sends(content)
    await owner.says("/home")
    assert owner.card.startswith("老王潮鞋")
    parked = owner.house.app.desk.do_now(lambda work: work.inbox.take(99))
    assert parked == []
