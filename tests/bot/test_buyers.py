"""The buyer's side: greeted by the shop, heard, told that it arrived, and never shown the back office."""

from datetime import timedelta

import pytest

from tests.bot.question_chats import LINK, SHOP, member, open_shop, picture, visitor
from tests.chat import ChatDriver, House


@pytest.fixture
async def owner(house: House) -> ChatDriver:
    open_shop(house)
    return member(house, 1001)


@pytest.fixture
async def buyer(house: House, owner: ChatDriver) -> ChatDriver:
    return await visitor(house)


async def test_the_link_greets_in_the_name_of_the_shop(buyer: ChatDriver) -> None:
    assert f"欢迎光临 {SHOP}" in buyer.last
    assert "43 码" in buyer.last


async def test_the_link_greets_in_english_too(house: House, owner: ChatDriver) -> None:
    guest = await visitor(house, 2002, "Tom", "en")
    assert f"Welcome to {SHOP}!" in guest.last


async def test_a_question_arrives_and_the_buyer_is_told_so(buyer: ChatDriver, owner: ChatDriver) -> None:
    await buyer.says("43 码还有吗？")
    assert f"{SHOP} 已收到您的消息" in buyer.last
    assert "小美 来咨询" in owner.card
    assert "43 码还有吗？" in owner.card


async def test_further_words_join_quietly_with_a_mark_on_the_message(buyer: ChatDriver, owner: ChatDriver) -> None:
    await buyer.says("在吗")
    heard = len(buyer.heard)
    await buyer.says("43 码还有吗？")
    assert len(buyer.heard) == heard
    assert any(call.get("call") == "setMessageReaction" for call in buyer.house.telegram.transcript)
    assert "2 条消息" in owner.card
    assert len(owner.heard) == 1


async def test_words_much_later_call_again_with_a_new_card_at_the_bottom(buyer: ChatDriver, owner: ChatDriver) -> None:
    await buyer.says("在吗")
    first = owner.card_message["message_id"]
    buyer.house.clock.move(timedelta(minutes=2))
    await buyer.says("有人吗")
    assert owner.card_message["message_id"] > first
    assert len(owner.heard) == 1
    assert "已收到" in buyer.last


async def test_the_card_calls_with_a_sound(buyer: ChatDriver, owner: ChatDriver) -> None:
    await buyer.says("在吗")
    sent = [call for call in buyer.house.telegram.transcript if str(call.get("params", {}).get("chat_id")) == "1001"]
    assert "disable_notification" not in sent[-1]["params"]


async def test_only_those_who_answer_buyers_are_called(buyer: ChatDriver, house: House) -> None:
    support, packer = member(house, 1002), member(house, 1003)
    await buyer.says("在吗")
    assert "小美" in support.card
    assert packer.heard == []


async def test_a_buyer_s_markup_is_only_text(buyer: ChatDriver, owner: ChatDriver) -> None:
    await buyer.says('<b>粗</b> <a href="https://evil.example">点我</a> & {{ 7*7 }}')
    assert '<b>粗</b> <a href="https://evil.example">点我</a> & {{ 7*7 }}' in owner.card
    assert all(entity["type"] != "text_link" for entity in owner.card_message.get("entities", []))


async def test_a_name_full_of_markup_is_only_a_name(house: House, owner: ChatDriver) -> None:
    guest = await visitor(house, 2002, "<i>&</i>")
    await guest.says("在吗")
    assert "<i>&</i> 来咨询" in owner.card


async def test_a_photo_is_passed_on_above_the_card(buyer: ChatDriver, owner: ChatDriver) -> None:
    await buyer.sends_photos(picture(), caption="这双有吗")
    photo, card = owner.heard
    assert "photo" in photo
    assert "来自 小美" in photo["caption"]
    assert "这双有吗" in card["text"]
    assert "📷" in card["text"]


async def test_an_album_is_one_question_with_every_picture(buyer: ChatDriver, owner: ChatDriver) -> None:
    await buyer.sends_photos(picture(10), picture(20), picture(30), caption="哪双好看")
    assert sum("photo" in message for message in owner.heard) == 3
    assert "3 条消息" in owner.card
    assert "查看 3 个图片/文件" in owner.buttons


async def test_a_document_is_passed_on(buyer: ChatDriver, owner: ChatDriver) -> None:
    await buyer.sends_document("小票.pdf", b"%PDF-1.4", caption="我的小票")
    assert owner.heard[0]["document"]["file_name"] == "小票.pdf"
    assert "小票.pdf" in owner.card


@pytest.mark.parametrize(
    "content",
    [
        {"voice": {"file_id": "AwAC", "file_unique_id": "A", "duration": 2}},
        {"location": {"latitude": 31.2, "longitude": 121.5}},
        {"dice": {"emoji": "🎲", "value": 3}},
    ],
)
async def test_what_cannot_be_passed_on_is_said_so(
    buyer: ChatDriver, owner: ChatDriver, content: dict[str, object]
) -> None:
    await buyer.sends(content)
    assert "请把问题写成文字" in buyer.last
    assert owner.heard == []


@pytest.mark.parametrize("command", ["/newproduct", "/orders", "/questions", "/quickreplies", "/team", "/nonsense"])
async def test_a_buyer_never_sees_the_back_office(buyer: ChatDriver, owner: ChatDriver, command: str) -> None:
    await buyer.says(command)
    assert f"您正在与 {SHOP} 对话" in buyer.last
    assert owner.heard == []


async def test_what_staff_would_say_is_a_question_when_a_buyer_says_it(buyer: ChatDriver, owner: ChatDriver) -> None:
    await buyer.says("Nike Air Jordan 1 黑红 42 43 44 各10双 原价1299 售价899")
    assert "已收到" in buyer.last
    assert "小美 来咨询" in owner.card


async def test_an_edited_message_is_corrected_on_the_card(buyer: ChatDriver, owner: ChatDriver) -> None:
    await buyer.says("34 码还有吗？")
    buyer.phone.edit(buyer.messages[-2]["message_id"], "43 码还有吗？")
    await buyer.house.settle()
    assert "43 码还有吗？" in owner.card
    assert "34 码" not in owner.card
    assert "（已编辑）" in owner.card


async def test_an_unknown_link_leads_to_no_shop(house: House, owner: ChatDriver) -> None:
    guest = house.person(2003, "阿强")
    await guest.starts("nonsense")
    await guest.says("在吗")
    assert owner.heard == []


async def test_the_owner_learns_what_the_own_link_is_for(owner: ChatDriver) -> None:
    await owner.starts(LINK)
    assert f"这是 {SHOP} 给买家用的链接" in owner.last


async def test_a_closed_shop_is_said_to_be_closed(buyer: ChatDriver, owner: ChatDriver) -> None:
    def close(house: House) -> None:
        def job(work: object) -> None:
            shop = work.people.find_shop(1)  # type: ignore[attr-defined]
            shop.closed_at = work.now  # type: ignore[attr-defined]

        house.app.desk.do_now(job)

    close(buyer.house)
    await buyer.says("在吗")
    assert "已经关店" in buyer.last
    assert owner.heard == []


async def test_fifty_messages_without_an_answer_are_enough(buyer: ChatDriver, owner: ChatDriver) -> None:
    for n in range(50):
        buyer.phone.say(str(n))
    await buyer.says("50")
    assert "请等店家回复后再继续留言" in buyer.last


async def test_a_long_question_is_readable_to_its_last_word(buyer: ChatDriver, owner: ChatDriver) -> None:
    await buyer.says("长" * 4000 + "完")
    assert "完" not in owner.card
    await owner.taps("查看全部")
    seen = owner.card
    while "›" in owner.buttons:
        await owner.taps("›")
        seen += owner.card
    assert seen.count("长") == 4000
    assert "完" in owner.card
    await owner.taps("返回")
    assert "小美 来咨询" in owner.card


async def test_a_long_text_is_folded_on_the_card(buyer: ChatDriver, owner: ChatDriver) -> None:
    await buyer.says("短的")
    await buyer.says("长" * 200)
    folded = [entity for entity in owner.card_message["entities"] if entity["type"] == "expandable_blockquote"]
    assert [entity["length"] for entity in folded] == [200]
