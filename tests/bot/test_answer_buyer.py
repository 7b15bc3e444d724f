"""Answering buyers: by a reply, by typing, with a canned answer; and when two answer, or nobody can be reached."""

from datetime import timedelta

import pytest

from tests.bot.question_chats import SHOP, do, member, open_shop, picture, visitor
from tests.chat import ChatDriver, House, words
from tests.services.shelves import put_on_sale, shoes


@pytest.fixture
async def owner(house: House) -> ChatDriver:
    open_shop(house)
    return member(house, 1001)


@pytest.fixture
def support(house: House, owner: ChatDriver) -> ChatDriver:
    return member(house, 1002)


@pytest.fixture
async def buyer(house: House, owner: ChatDriver, support: ChatDriver) -> ChatDriver:
    """Has asked already."""
    chat = await visitor(house)
    await chat.says("43 码还有吗？")
    return chat


async def test_a_reply_to_the_card_goes_to_the_buyer(buyer: ChatDriver, owner: ChatDriver, support: ChatDriver) -> None:
    await owner.says("有的", reply_to=owner.card_message)
    assert buyer.last == f"{SHOP}\n有的"
    assert "林老板 已回复 小美" in owner.card
    assert "林老板 已回复 小美" in support.card
    assert len(owner.heard) == 1


async def test_answer_and_typing(buyer: ChatDriver, owner: ChatDriver) -> None:
    await owner.taps("回复")
    assert "会马上发给 小美" in owner.card
    await owner.says("有的，今天发")
    assert buyer.last == f"{SHOP}\n有的，今天发"
    assert "林老板 已回复 小美" in owner.card


async def test_after_the_answer_typing_is_not_for_the_buyer_any_more(buyer: ChatDriver, owner: ChatDriver) -> None:
    await owner.taps("回复")
    await owner.says("有的")
    await owner.says("SF1234567890123")
    assert buyer.last == f"{SHOP}\n有的"


async def test_a_question_about_the_shelf_is_answered_to_the_merchant_alone(
    house: House, buyer: ChatDriver, owner: ChatDriver
) -> None:
    do(house, lambda work: put_on_sale(work, shoes(each=6)))
    before = buyer.last
    await owner.taps("回复")
    await owner.says("还剩几双AJ1?")
    assert buyer.last == before
    assert any("Nike Air Jordan 1 · 还有 12" in words(message) for message in owner.heard)
    assert "会马上发给 小美" in owner.card
    await owner.says("42 码还有")
    assert buyer.last == f"{SHOP}\n42 码还有"


async def test_words_about_what_the_shop_does_not_sell_go_to_the_buyer(
    house: House, buyer: ChatDriver, owner: ChatDriver
) -> None:
    do(house, lambda work: put_on_sale(work, shoes(each=6)))
    await owner.taps("回复")
    await owner.says("这款还剩3双")
    assert buyer.last == f"{SHOP}\n这款还剩3双"


async def test_cancel_keeps_the_words_from_the_buyer(buyer: ChatDriver, owner: ChatDriver) -> None:
    before = buyer.last
    await owner.taps("回复")
    await owner.taps("取消")
    await owner.says("有的")
    assert buyer.last == before


async def test_a_command_while_answering_is_a_command(buyer: ChatDriver, owner: ChatDriver) -> None:
    before = buyer.last
    await owner.taps("回复")
    await owner.says("/questions")
    assert "1 位买家在等回复" in owner.card
    assert buyer.last == before


async def test_what_is_typed_half_an_hour_later_is_shown_first(buyer: ChatDriver, owner: ChatDriver) -> None:
    await owner.taps("回复")
    owner.house.clock.move(timedelta(minutes=31))
    before = buyer.last
    await owner.says("SF1234567890123")
    assert buyer.last == before
    assert "是发给 小美 的吗" in owner.card
    await owner.taps("不发了")
    assert buyer.last == before
    assert "小美 来咨询" in owner.card


async def test_a_photo_and_a_document_are_answers_too(buyer: ChatDriver, owner: ChatDriver) -> None:
    owner.phone.send_photos([picture()], caption="就是这双", reply_to=owner.card_message["message_id"])
    await owner.house.settle()
    assert "photo" in buyer.last_message
    assert buyer.last == f"{SHOP}\n就是这双"
    await owner.taps("再写一条")
    await owner.sends_document("尺码表.pdf", b"%PDF-1.4")
    assert buyer.last_message["document"]["file_name"] == "尺码表.pdf"


async def test_an_album_as_an_answer_goes_out_whole(buyer: ChatDriver, owner: ChatDriver) -> None:
    await owner.taps("回复")
    await owner.sends_photos(picture(10), picture(20), picture(30), caption="三个角度")
    assert sum("photo" in message for message in buyer.heard) == 3


async def test_a_voice_message_is_not_sent_and_this_is_said(buyer: ChatDriver, owner: ChatDriver) -> None:
    before = buyer.last
    await owner.taps("回复")
    owner.phone.send_voice()
    await owner.house.settle()
    assert "还没有发出" in owner.last
    assert buyer.last == before


async def test_a_reply_to_the_passed_on_photo_is_an_answer(buyer: ChatDriver, owner: ChatDriver) -> None:
    await buyer.sends_photos(picture(), caption="这双呢")
    photo = next(message for message in owner.heard if "photo" in message)
    await owner.says("有的", reply_to=photo)
    assert buyer.last == f"{SHOP}\n有的"


async def test_a_second_answer_is_held_back_and_can_be_sent_anyway(
    buyer: ChatDriver, owner: ChatDriver, support: ChatDriver
) -> None:
    card = support.card_message
    await owner.says("有的", reply_to=owner.card_message)
    await support.says("有货哦", reply_to=card)
    assert buyer.last == f"{SHOP}\n有的"
    assert "林老板 已于" in support.card
    assert "您的这条还没有发出" in support.card
    assert "有货哦" in support.card
    await support.taps("仍然发送")
    assert buyer.last == f"{SHOP}\n有货哦"
    assert "小陈 已回复 小美" in support.card


async def test_a_second_answer_can_be_dropped(buyer: ChatDriver, owner: ChatDriver, support: ChatDriver) -> None:
    await owner.says("有的", reply_to=owner.card_message)
    await support.says("有货哦", reply_to=support.card_message)
    await support.taps("不发了")
    assert buyer.last == f"{SHOP}\n有的"
    assert not any("还没有发出" in words(message) for message in support.heard)


async def test_a_second_tap_on_send_anyway_sends_nothing_twice(
    buyer: ChatDriver, owner: ChatDriver, support: ChatDriver
) -> None:
    await owner.says("有的", reply_to=owner.card_message)
    await support.says("有货哦", reply_to=support.card_message)
    message, button = support._find_button("仍然发送", None)
    await support.presses(message["message_id"], button["callback_data"])
    await support.presses(message["message_id"], button["callback_data"])
    assert [words(said) for said in buyer.heard].count(f"{SHOP}\n有货哦") == 1


async def test_the_same_member_may_answer_twice(buyer: ChatDriver, owner: ChatDriver) -> None:
    await owner.says("有的", reply_to=owner.card_message)
    await owner.says("还有 44", reply_to=owner.card_message)
    assert buyer.last == f"{SHOP}\n还有 44"


async def test_an_answer_is_never_markup(buyer: ChatDriver, owner: ChatDriver) -> None:
    await owner.says("<b>大</b> & {buyer}", reply_to=owner.card_message)
    assert buyer.last == f"{SHOP}\n<b>大</b> & {{buyer}}"


async def test_an_answer_that_is_too_long_is_refused_with_the_limit(buyer: ChatDriver, owner: ChatDriver) -> None:
    before = buyer.last
    await owner.says("好" * 3501, reply_to=owner.card_message)
    assert "最多 3500 字" in owner.last
    assert buyer.last == before


async def test_the_buyer_s_next_words_wake_the_staff_again(buyer: ChatDriver, owner: ChatDriver) -> None:
    await owner.says("有的", reply_to=owner.card_message)
    await buyer.says("白色呢")
    assert "小美 来咨询" in owner.card
    assert "白色呢" in owner.card
    assert len(owner.heard) == 1


async def test_a_buyer_who_blocked_the_bot_is_reported_on_the_card(buyer: ChatDriver, owner: ChatDriver) -> None:
    buyer.phone.block()
    await owner.says("有的", reply_to=owner.card_message)
    assert "没有送达" in owner.card


async def test_a_buyer_who_comes_back_is_answered_again(buyer: ChatDriver, owner: ChatDriver) -> None:
    buyer.phone.block()
    await owner.says("有的", reply_to=owner.card_message)
    buyer.phone.block(blocked=False)
    await buyer.says("我回来了")
    await owner.says("欢迎", reply_to=owner.card_message)
    assert buyer.last == f"{SHOP}\n欢迎"
    assert "没有送达" not in owner.card


async def test_the_files_of_a_question_can_be_seen_again(buyer: ChatDriver, owner: ChatDriver) -> None:
    await buyer.sends_photos(picture(10), picture(20))
    before = sum("photo" in message for message in owner.heard)
    await owner.taps("查看 2 个图片/文件")
    assert sum("photo" in message for message in owner.heard) == before + 2


async def test_no_answer_needed_and_undo(buyer: ChatDriver, owner: ChatDriver) -> None:
    await owner.taps("无需回复")
    assert "无需回复" in owner.card
    await owner.says("/questions")
    assert owner.card if "还要回复" in " ".join(owner.buttons) else True
    assert "没有等待回复的咨询" in owner.last
    await owner.taps("撤销：还要回复")
    await owner.says("/questions")
    assert "1 位买家在等回复" in owner.last


async def test_closing_is_not_carried_out_when_the_buyer_said_more_meanwhile(
    buyer: ChatDriver, owner: ChatDriver
) -> None:
    message, button = owner._find_button("无需回复", None)
    await buyer.says("还有白色吗")
    await owner.presses(message["message_id"], button["callback_data"])
    assert "最新的样子" in (owner.toast or "")
    assert "小美 来咨询" in owner.card


async def test_the_list_opens_a_question(buyer: ChatDriver, owner: ChatDriver) -> None:
    await owner.says("/questions")
    await owner.taps("小美: 43 码还有吗？")
    assert "43 码还有吗？" in owner.card
    assert "回复" in owner.buttons


async def test_those_who_pack_do_not_answer(house: House, buyer: ChatDriver, owner: ChatDriver) -> None:
    packer = member(house, 1003)
    await packer.says("/questions")
    assert "没有这项权限" in packer.last
    _, button = owner._find_button("回复", None)
    await packer.presses(packer.last_message["message_id"], button["callback_data"])
    assert "没有这项权限" in (packer.toast or "")


async def test_english_staff_read_english_cards(house: House, owner: ChatDriver) -> None:
    boss = member(house, 1001, "en")
    boss.phone.person.language_code = "en"
    await boss.says("/questions")
    assert "Nobody is waiting for an answer." in boss.last
    guest = await visitor(house)
    await guest.says("在吗")
    assert "小美 asks" in boss.card
    assert boss.buttons[:2] == ["Answer", "Quick reply"]
