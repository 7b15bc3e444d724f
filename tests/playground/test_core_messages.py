"""Copies, forwards, pins and reactions."""

import io
from typing import Any

import pytest
from PIL import Image

from playground.request import Upload
from playground.shown import shown_chat
from playground.telegram import Telegram
from tests.playground.local import BUYER, CHANNEL, GROUP, MERCHANT, local_telegram, phone, refusal, said


@pytest.fixture
def local() -> Telegram:
    return local_telegram()


def newest(telegram: Telegram, chat_id: int) -> dict[str, Any]:
    return list(telegram.chats[chat_id].messages.values())[-1]


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (60, 40), (20, 90, 60)).save(written, "PNG")
    return written.getvalue()


async def test_a_copy_has_the_words_but_neither_the_buttons_nor_the_origin(local: Telegram) -> None:
    keyboard = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}
    original = await said(local, "<b>订单</b> 17", parse_mode="HTML", reply_markup=keyboard)
    copied = await local.call("copyMessage", {"chat_id": BUYER, "from_chat_id": MERCHANT, "message_id": original})
    assert copied == {"message_id": newest(local, BUYER)["message_id"]}
    assert newest(local, BUYER)["text"] == "订单 17"
    assert newest(local, BUYER)["entities"] == [{"offset": 0, "length": 2, "type": "bold"}]
    assert not {"reply_markup", "forward_origin"} & newest(local, BUYER).keys()


async def test_a_copied_photo_may_get_another_caption(local: Telegram) -> None:
    (sent,) = phone(local, BUYER).send_photos([picture()], caption="原话")
    call = {"chat_id": MERCHANT, "from_chat_id": BUYER, "message_id": sent["message_id"]}
    await local.call("copyMessage", call)
    assert newest(local, MERCHANT)["caption"] == "原话"
    await local.call("copyMessage", call | {"caption": "<i>新话</i>", "parse_mode": "HTML"})
    assert newest(local, MERCHANT)["caption"] == "新话"
    assert newest(local, MERCHANT)["photo"] == sent["photo"]
    await local.call("copyMessage", call | {"caption": ""})
    assert "caption" not in newest(local, MERCHANT)


async def test_a_forward_says_who_wrote_it_first(local: Telegram) -> None:
    question = phone(local, BUYER).say("有货吗")
    call = {"chat_id": MERCHANT, "from_chat_id": BUYER, "message_id": question["message_id"]}
    forwarded = await local.call("forwardMessage", call)
    assert forwarded["text"] == "有货吗"
    assert forwarded["forward_origin"]["sender_user"]["id"] == BUYER
    onward = {"chat_id": GROUP, "from_chat_id": MERCHANT, "message_id": forwarded["message_id"]}
    assert (await local.call("forwardMessage", onward))["forward_origin"] == forwarded["forward_origin"]


async def test_a_forward_from_a_channel_names_the_channel(local: Telegram) -> None:
    post = await said(local, "上新", CHANNEL)
    call = {"chat_id": MERCHANT, "from_chat_id": "@shangxin", "message_id": post}
    origin = (await local.call("forwardMessage", call))["forward_origin"]
    assert (origin["type"], origin["chat"]["id"], origin["message_id"]) == ("channel", CHANNEL, post)


async def test_several_are_copied_in_order_and_albums_stay_albums(local: Telegram) -> None:
    album = phone(local, BUYER).send_photos([picture(), picture()], caption="两张")
    word = phone(local, BUYER).say("就这些")
    ids = [message["message_id"] for message in (*album, word)]
    call = {"chat_id": MERCHANT, "from_chat_id": BUYER, "message_ids": [*ids, 999]}
    copies = await local.call("copyMessages", call | {"remove_caption": True})
    first, second, last = (local.chats[MERCHANT].messages[copy["message_id"]] for copy in copies)
    assert first["media_group_id"] == second["media_group_id"] != album[0]["media_group_id"]
    assert "caption" not in first
    assert last["text"] == "就这些"
    forwards = await local.call("forwardMessages", call)
    assert local.chats[MERCHANT].messages[forwards[0]["message_id"]]["caption"] == "两张"


@pytest.mark.parametrize(
    ("method", "params", "why"),
    [
        ("copyMessage", {"message_id": 99}, "message to copy not found"),
        ("forwardMessage", {"message_id": 99}, "message to forward not found"),
        ("forwardMessage", {"message_id": 99, "from_chat_id": 4711}, "chat not found"),
        ("copyMessage", {"message_id": 1, "from_chat_id": ""}, "chat_id is empty"),
        ("copyMessages", {}, "message identifiers are not specified"),
        ("copyMessages", {"message_ids": [2, 1]}, "message identifiers must be in a strictly increasing order"),
        ("forwardMessages", {"message_ids": [98, 99]}, "there are no messages to forward"),
    ],
)
async def test_what_is_not_there_cannot_be_repeated(
    local: Telegram, method: str, params: dict[str, Any], why: str
) -> None:
    call = {"chat_id": MERCHANT, "from_chat_id": BUYER} | params
    assert await refusal(local, method, **call) == f"Bad Request: {why}"


async def test_protected_and_service_messages_cannot_be_repeated(local: Telegram) -> None:
    secret = await said(local, "内部", protect_content=True)
    here = {"chat_id": BUYER, "from_chat_id": MERCHANT}
    refused = await refusal(local, "forwardMessage", **here, message_id=secret)
    assert refused == "Bad Request: message can't be forwarded"
    await local.call("pinChatMessage", {"chat_id": MERCHANT, "message_id": secret})
    notice = newest(local, MERCHANT)["message_id"]
    assert await refusal(local, "copyMessage", **here, message_id=notice) == "Bad Request: message can't be copied"


async def test_a_pin_is_shown_and_told_to_the_bot_too(local: Telegram) -> None:
    first, second = await said(local, "今天", GROUP), await said(local, "明天", GROUP)
    for message_id in (second, first):
        await local.call("pinChatMessage", {"chat_id": GROUP, "message_id": message_id})
    assert newest(local, GROUP)["pinned_message"]["text"] == "今天"
    updates = await local.call("getUpdates", {})
    assert [update["message"]["pinned_message"]["message_id"] for update in updates] == [second, first]
    assert (await local.call("getChat", {"chat_id": GROUP}))["pinned_message"]["text"] == "明天"
    assert shown_chat(local, local.chats[GROUP], MERCHANT)["pinned"]["text"] == "明天"


async def test_unpinning_takes_the_newest_unless_one_is_named(local: Telegram) -> None:
    ids = [await said(local, word, GROUP) for word in ("一", "二", "三")]
    for message_id in ids:
        await local.call("pinChatMessage", {"chat_id": GROUP, "message_id": message_id})
    await local.call("unpinChatMessage", {"chat_id": GROUP})
    assert local.chats[GROUP].pinned == ids[:2]
    await local.call("unpinChatMessage", {"chat_id": GROUP, "message_id": ids[0]})
    assert local.chats[GROUP].pinned == [ids[1]]
    await local.call("unpinAllChatMessages", {"chat_id": GROUP})
    not_found = "Bad Request: message to unpin not found"
    assert await refusal(local, "unpinChatMessage", chat_id=GROUP) == not_found
    assert await refusal(local, "pinChatMessage", chat_id=GROUP, message_id=99) == (
        "Bad Request: message to pin not found"
    )


async def test_a_pin_goes_with_its_message(local: Telegram) -> None:
    message_id = await said(local, "今天", GROUP)
    await local.call("pinChatMessage", {"chat_id": GROUP, "message_id": message_id})
    await local.call("deleteMessage", {"chat_id": GROUP, "message_id": message_id})
    assert "pinned_message" not in await local.call("getChat", {"chat_id": GROUP})


async def test_a_reaction_is_seen_on_the_phone_and_replaced_by_the_next(local: Telegram) -> None:
    question = phone(local).say("有货吗")
    call = {"chat_id": MERCHANT, "message_id": question["message_id"]}
    for emoji in ("👀", "❤\ufe0f"):
        await local.call("setMessageReaction", call | {"reaction": [{"type": "emoji", "emoji": emoji}]})
    phone(local).react(question["message_id"], "👍")
    shown = local.chats[MERCHANT].with_reactions(question)
    assert [reaction["emoji"] for reaction in shown["reactions"]] == ["❤", "👍"]
    assert "reactions" not in question
    await local.call("setMessageReaction", call)
    shown = local.chats[MERCHANT].with_reactions(question)
    assert [reaction["emoji"] for reaction in shown["reactions"]] == ["👍"]


@pytest.mark.parametrize(
    ("message_id", "reaction", "why"),
    [
        (99, [], "message to react not found"),
        (1, [{"type": "emoji", "emoji": "✅"}], "REACTION_INVALID"),
        (1, [{"type": "custom_emoji", "custom_emoji_id": "5"}], "REACTION_INVALID"),
        (1, [{"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "👎"}], "REACTIONS_TOO_MANY"),
        (1, "👍", "can't parse reaction JSON object"),
        (1, ["👍"], "can't parse reaction types JSON object"),
        (1, [{"type": "smile"}], "can't parse reaction types JSON object"),
    ],
)
async def test_a_reaction_that_telegram_does_not_know_is_refused(
    local: Telegram, message_id: int, reaction: Any, why: str
) -> None:
    phone(local).say("有货吗")
    params = {"chat_id": MERCHANT, "message_id": message_id, "reaction": reaction}
    assert await refusal(local, "setMessageReaction", **params) == f"Bad Request: {why}"


@pytest.mark.parametrize(("method", "kind"), [("sendVoice", "voice"), ("sendAudio", "audio"), ("sendVideo", "video")])
async def test_what_is_played_is_kept_and_sent_again_by_its_id(local: Telegram, method: str, kind: str) -> None:
    call = {"chat_id": MERCHANT, "duration": 3, "caption": "听"}
    sent = await local.call(method, call, {kind: Upload("a.bin", b"sound")})
    assert (sent[kind]["duration"], sent[kind]["file_size"], sent["caption"]) == (3, 5, "听")
    again = await local.call(method, call | {kind: sent[kind]["file_id"]})
    assert again[kind]["file_unique_id"] == sent[kind]["file_unique_id"]
    assert await refusal(local, method, chat_id=MERCHANT) == f"Bad Request: there is no {kind} in the request"
