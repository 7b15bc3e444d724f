"""Canned answers in the chat: offered under a question, shown before they are sent; written, changed, moved, deleted."""

import pytest

from services.quick_replies import give_quick_replies
from storage.work import Work
from tests.bot.question_chats import SHOP, member, open_shop, visitor
from tests.chat import ChatDriver, House


@pytest.fixture
async def owner(house: House) -> ChatDriver:
    open_shop(house)
    return member(house, 1001)


@pytest.fixture
def support(house: House, owner: ChatDriver) -> ChatDriver:
    return member(house, 1002)


@pytest.fixture
async def stocked(house: House, owner: ChatDriver) -> ChatDriver:
    """The owner of a shop with the usual answers."""

    def job(work: Work) -> None:
        work.enter(speaker=work.speaker, shop=work.people.find_shop(1))
        give_quick_replies(work)

    house.app.desk.do_now(job)
    return owner


@pytest.fixture
async def buyer(house: House, owner: ChatDriver, support: ChatDriver) -> ChatDriver:
    chat = await visitor(house)
    await chat.says("43 码还有吗？")
    return chat


async def test_a_quick_reply_is_shown_before_it_is_sent(stocked: ChatDriver, buyer: ChatDriver) -> None:
    before = buyer.last
    await stocked.taps("快捷回复")
    assert stocked.buttons[:3] == ["在的", "何时发货", "已发货"]
    await stocked.taps("在的")
    assert "小美 将收到" in stocked.card
    assert "小美 您好，在的" in stocked.card
    assert buyer.last == before
    await stocked.taps("发送")
    assert buyer.last == f"{SHOP}\n小美 您好，在的，请问有什么可以帮您？"
    assert "林老板 已回复 小美" in stocked.card


async def test_back_leads_to_the_choice_and_to_the_question(stocked: ChatDriver, buyer: ChatDriver) -> None:
    await stocked.taps("快捷回复")
    await stocked.taps("在的")
    await stocked.taps("返回")
    assert "何时发货" in stocked.buttons
    await stocked.taps("返回")
    assert "回复" in stocked.buttons


async def test_a_reply_about_a_parcel_is_refused_without_one(stocked: ChatDriver, buyer: ChatDriver) -> None:
    await stocked.taps("快捷回复")
    await stocked.taps("已发货")
    assert "没有关联订单" in (stocked.toast or "")


async def test_a_tap_on_send_after_a_colleague_answered_is_not_carried_out(
    stocked: ChatDriver, buyer: ChatDriver, support: ChatDriver
) -> None:
    await stocked.taps("快捷回复")
    await stocked.taps("在的")
    message, button = stocked._find_button("发送", None)
    await support.says("有的", reply_to=support.card_message)
    assert buyer.last == f"{SHOP}\n有的"
    await stocked.presses(message["message_id"], button["callback_data"])
    assert buyer.last == f"{SHOP}\n有的"
    assert "小陈 已回复 小美" in stocked.card
    await stocked.taps("仍然发送")
    assert "在的" in buyer.last


async def test_words_that_changed_after_they_were_shown_are_shown_again(
    stocked: ChatDriver, buyer: ChatDriver, support: ChatDriver
) -> None:
    await stocked.taps("快捷回复")
    await stocked.taps("在的")
    message, button = stocked._find_button("发送", None)
    await support.says("/quickreplies")
    await support.taps("在的")
    await support.taps("改内容")
    await support.says("{buyer} 亲，在的")
    before = buyer.last
    await stocked.presses(message["message_id"], button["callback_data"])
    assert buyer.last == before
    assert "小美 亲，在的" in stocked.card
    await stocked.taps("发送")
    assert buyer.last == f"{SHOP}\n小美 亲，在的"


async def test_a_reply_deleted_meanwhile_is_not_sent(
    stocked: ChatDriver, buyer: ChatDriver, support: ChatDriver
) -> None:
    await stocked.taps("快捷回复")
    await stocked.taps("在的")
    message, button = stocked._find_button("发送", None)
    await support.says("/quickreplies")
    await support.taps("在的")
    await support.taps("删除…")
    await support.taps("删除“在的”")
    before = buyer.last
    await stocked.presses(message["message_id"], button["callback_data"])
    assert buyer.last == before
    assert "找不到了" in (stocked.toast or "")


async def test_a_shop_without_any_says_how_to_add_some(owner: ChatDriver, buyer: ChatDriver) -> None:
    await owner.taps("快捷回复")
    assert "/quickreplies" in owner.card


async def test_adding_in_two_messages(owner: ChatDriver) -> None:
    await owner.says("/quickreplies")
    assert "(0/50)" in owner.card
    await owner.taps("添加快捷回复")
    assert "请输入标题" in owner.card
    await owner.says("感谢")
    assert "请输入买家看到的内容" in owner.card
    await owner.says("谢谢 {买家}")
    assert "感谢" in owner.card
    assert "谢谢 {买家}" in owner.card


async def test_adding_in_one_message(owner: ChatDriver) -> None:
    await owner.says("/quickreplies")
    await owner.taps("添加快捷回复")
    await owner.says("感谢\n谢谢 {买家}")
    await owner.says("/quickreplies")
    assert "感谢" in owner.buttons


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("长" * 31, "标题要 1 到 30 字，这个有 31 字"),
        ("地址\n" + "长" * 1001, "内容要 1 到 1000 字，这段有 1001 字"),
        ("地址\n在 {name}", "{name} 没法自动填写"),
        ("在的\n您好", "已经有叫“在的”的快捷回复了"),
    ],
)
async def test_what_will_not_do_is_refused_with_the_reason(stocked: ChatDriver, words: str, expected: str) -> None:
    await stocked.says("/quickreplies")
    await stocked.taps("添加快捷回复")
    await stocked.says(words)
    assert expected in stocked.last
    await stocked.says("新的\n您好")
    await stocked.says("/quickreplies")
    assert "(7/50)" in stocked.card


async def test_a_photo_is_no_quick_reply(owner: ChatDriver) -> None:
    await owner.says("/quickreplies")
    await owner.taps("添加快捷回复")
    owner.phone.send_voice()
    await owner.house.settle()
    assert "只能是文字" in owner.last


async def test_cancel_throws_the_beginning_away(owner: ChatDriver) -> None:
    await owner.says("/quickreplies")
    await owner.taps("添加快捷回复")
    await owner.taps("取消")
    await owner.says("感谢\n谢谢")
    await owner.says("/quickreplies")
    assert "(0/50)" in owner.card


async def test_changing_the_title_keeps_the_text(stocked: ChatDriver) -> None:
    await stocked.says("/quickreplies")
    await stocked.taps("退换货")
    await stocked.taps("改标题")
    await stocked.says("怎么退换")
    assert "怎么退换" in stocked.card
    assert "签收后 7 天内" in stocked.card


async def test_moving_up(stocked: ChatDriver) -> None:
    await stocked.says("/quickreplies")
    await stocked.taps("何时发货")
    await stocked.taps("上移")
    assert stocked.buttons[:2] == ["何时发货", "在的"]


async def test_the_first_one_cannot_be_moved_up(stocked: ChatDriver) -> None:
    await stocked.says("/quickreplies")
    await stocked.taps("在的")
    assert "上移" not in stocked.buttons
    assert "删除…" in stocked.buttons


async def test_deleting_asks_first(stocked: ChatDriver) -> None:
    await stocked.says("/quickreplies")
    await stocked.taps("在的")
    await stocked.taps("删除…")
    assert "要删除吗" in stocked.card
    await stocked.taps("返回")
    assert "改标题" in stocked.buttons
    await stocked.taps("删除…")
    await stocked.taps("删除“在的”")
    assert "(5/50)" in stocked.card
    assert "在的" not in stocked.buttons


async def test_pages_turn(stocked: ChatDriver) -> None:
    await stocked.says("/quickreplies")
    assert "1/2" in stocked.card
    await stocked.taps("›")
    assert "感谢" in stocked.buttons
    await stocked.taps("‹")
    assert "在的" in stocked.buttons


async def test_a_button_with_nonsense_in_it_changes_nothing(stocked: ChatDriver, buyer: ChatDriver) -> None:
    before = buyer.last
    place = stocked.card_message["message_id"]
    for data in ("q:1:0:abc:s", "q:1:0:-:p", "q:999:0::a", "qr:999:0::d", "q:1:0::zz", "qh:5:0::s", "q:x:0::a"):
        await stocked.presses(place, data)
        assert stocked.toast is not None
    assert buyer.last == before
