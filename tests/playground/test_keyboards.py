"""Keyboards as Telegram takes them, and parameters that are not what they should be."""

import json
from typing import Any

import pytest

from playground.refusals import ApiError
from playground.telegram import Telegram
from tests.playground.local import GROUP, MERCHANT, local_telegram, refusal, said


@pytest.fixture
def telegram() -> Telegram:
    return local_telegram()


def inline(**button: Any) -> str:
    return json.dumps({"inline_keyboard": [[button]]})


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        (inline(text="好", callback_data="x" * 65), "BUTTON_DATA_INVALID"),
        (inline(text="好", callback_data="好" * 22), "BUTTON_DATA_INVALID"),
        (
            inline(text="好", callback_data=""),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (inline(callback_data="x"), "can't parse inline keyboard button: Can't find field \"text\""),
        (inline(text=" ", callback_data="x"), "inline keyboard button text must be non-empty"),
        (inline(text="店", url="not-a-url"), "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL"),
        (
            inline(text="店", url="http://localhost:5678/"),
            "inline keyboard button URL 'http://localhost:5678/' is invalid: Wrong HTTP URL",
        ),
        (
            inline(text="店", url="ftp://example.com"),
            "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
        ),
        (
            inline(text="店", web_app={"url": "http://example.com"}),
            "inline keyboard button Web App URL 'http://example.com' is invalid: Only HTTPS links are allowed",
        ),
        (inline(text="付", pay=True), "BUTTON_TYPE_INVALID"),
        (inline(text="抄", copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
        (inline(text="抄", copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        ('{"inline_keyboard": "bad"}', 'field "inline_keyboard" must be of type Array'),
        ('{"keyboard": "bad"}', 'field "keyboard" must be of type Array'),
        ('{"keyboard": [[""]]}', "keyboard button text must be non-empty"),
        ('{"force_reply": "yes"}', 'field "force_reply" must be of type Boolean'),
        ("{broken", "can't parse reply keyboard markup JSON object"),
        (
            json.dumps({"inline_keyboard": [[{"text": "好", "callback_data": "x"}]] * 101}),
            "reply markup is too long",
        ),
    ],
)
async def test_a_keyboard_that_telegram_does_not_take(telegram: Telegram, markup: str, why: str) -> None:
    words = await refusal(telegram, "sendMessage", chat_id=MERCHANT, text="好", reply_markup=markup)
    assert words == f"Bad Request: {why}"
    assert not telegram.chats[MERCHANT].messages


@pytest.mark.parametrize(
    "button",
    [
        {"callback_data": "x" * 64},
        {"callback_data": "好" * 21},
        {"url": "https://example.com/a?b=c"},
        {"url": "t.me/zhanggui_bot?start=x"},
        {"url": "tg://resolve?domain=x"},
        {"switch_inline_query": ""},
        {"copy_text": {"text": "SF1234567890123"}},
        {"web_app": {"url": "https://example.com"}},
    ],
)
async def test_a_button_that_telegram_takes(telegram: Telegram, button: dict[str, Any]) -> None:
    params = {"chat_id": MERCHANT, "text": "好", "reply_markup": inline(text="好", **button)}
    sent = await telegram.call("sendMessage", params)
    assert sent["reply_markup"]["inline_keyboard"] == [[{"text": "好", **button}]]


async def test_web_apps_open_from_private_chats_only(telegram: Telegram) -> None:
    markup = inline(text="开", web_app={"url": "https://example.com"})
    assert await refusal(telegram, "sendMessage", chat_id=GROUP, text="好", reply_markup=markup) == (
        "Bad Request: BUTTON_TYPE_INVALID"
    )


async def test_what_came_with_a_keyboard_for_typing_cannot_be_edited(telegram: Telegram) -> None:
    asked = await said(telegram, "几双?", reply_markup='{"force_reply": true}')
    words = await refusal(telegram, "editMessageText", chat_id=MERCHANT, message_id=asked, text="几件?")
    assert words == "Bad Request: message can't be edited"


async def test_an_edit_brings_buttons_under_the_message_or_none(telegram: Telegram) -> None:
    asked = await said(telegram, "几双?")
    markup = '{"keyboard": [["1"]]}'
    params = {"chat_id": MERCHANT, "message_id": asked, "reply_markup": markup}
    assert await refusal(telegram, "editMessageReplyMarkup", **params) == "Bad Request: inline keyboard expected"


@pytest.mark.parametrize("method", ["editMessageText", "deleteMessage"])
async def test_a_message_has_to_be_named(telegram: Telegram, method: str) -> None:
    words = await refusal(telegram, method, chat_id=MERCHANT, text="好")
    assert words == "Bad Request: message identifier is not specified"


async def test_what_is_refused_for_its_content_counts_against_no_limit() -> None:
    telegram = Telegram()
    telegram.add_person(MERCHANT, "林老板").started = True
    for _ in range(50):
        await refusal(telegram, "sendMessage", chat_id=MERCHANT, text="好", reply_markup=inline(text="好"))
    assert not telegram.limits.violations


ODD = ("", "x", "-1", "[]", "[1]", "[null]", '["a"]', "{}", '{"a": 1}', '{"message_id": "x"}', '{"type": []}', 5, True)
PARAMETERS = (
    "entities", "reply_markup", "reply_parameters", "message_id", "message_ids", "media", "commands", "scope", "photo",
    "reaction", "allowed_updates", "menu_button", "limit", "offset", "message_thread_id", "caption_entities", "text",
)  # fmt: skip
METHODS = (
    "sendMessage", "sendPhoto", "sendDocument", "sendMediaGroup", "editMessageText", "editMessageCaption", "editMessageMedia",
    "deleteMessages", "setMyCommands", "deleteMyCommands", "getUpdates", "copyMessages", "setMessageReaction", "getFile",
    "setChatMenuButton", "createForumTopic", "sendContact", "answerCallbackQuery", "setWebhook",
)  # fmt: skip


@pytest.mark.parametrize("method", METHODS)
async def test_a_parameter_of_the_wrong_kind_is_a_refusal_and_never_a_breakdown(
    telegram: Telegram, method: str
) -> None:
    there = await said(telegram, "在")
    usual = {"chat_id": MERCHANT, "from_chat_id": MERCHANT, "message_id": there, "text": "好", "commands": "[]"}
    for name in PARAMETERS:
        for odd in ODD:
            try:
                await telegram.call(method, usual | {name: odd})
            except ApiError as refused:
                assert refused.code == 400  # noqa: PT017 - a call may as well be granted
