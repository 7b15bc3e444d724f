"""Stored updates are read once, and as aiogram reads them."""

import json
from typing import Any

import pytest
from aiogram.types import CallbackQuery, Message, Update

from bot.updates import read_update

PERSON = {"id": 1001, "is_bot": False, "first_name": "林老板", "language_code": "zh-hans"}
CHAT = {"id": 1001, "type": "private", "first_name": "林老板"}
SAID = {"message_id": 7, "date": 1772424000, "chat": CHAT, "from": PERSON, "text": "在吗"}
TAP = {"id": "17", "from": PERSON, "chat_instance": "1", "message": SAID, "data": "ord:open:17"}


@pytest.mark.parametrize(
    ("kind", "event"),
    [
        ("message", SAID),
        ("edited_message", SAID | {"edit_date": 1772424001}),
        ("callback_query", TAP),
        ("message", SAID | {"reply_to_message": SAID, "unheard_of": {"a": [1]}}),
        ("poll_answer", {"poll_id": "1", "user": PERSON, "option_ids": [0], "option_persistent_ids": ["a"]}),
    ],
)
def test_it_is_read_as_aiogram_reads_it(kind: str, event: dict[str, Any]) -> None:
    found = read_update(stored(**{kind: event}))
    assert found.kind == kind
    assert found.event == getattr(Update.model_validate({"update_id": 1, kind: event}), kind)


def test_who_writes_often_is_read_once() -> None:
    first, second = message(SAID), message(SAID | {"text": "还在吗"})
    assert first.from_user is second.from_user
    assert first.chat is second.chat


def test_who_has_another_name_is_read_anew() -> None:
    assert message(SAID).from_user != message(SAID | {"from": PERSON | {"first_name": "林"}}).from_user


def test_a_tap_knows_its_chat_and_who_pressed() -> None:
    tap = read_update(stored(callback_query=TAP)).event
    assert isinstance(tap, CallbackQuery)
    assert tap.message is not None
    assert (tap.from_user.id, tap.message.chat.id) == (1001, 1001)


def test_what_telegram_brings_in_another_year_is_no_event_here() -> None:
    assert read_update(stored(telepathy={"from": PERSON})).event is None
    assert read_update(stored(message=None)).event is None


@pytest.mark.parametrize(
    "raw",
    [
        "{",
        "[]",
        '{"message": 17}',
        '{"message": {"from": 17}}',
        json.dumps({"message": SAID | {"from": {"id": "nobody"}}}),
        json.dumps({"message": SAID | {"chat": {"id": 1, "type": {"of": []}}}}),
    ],
)
def test_what_cannot_be_read_is_said_to_be_so(raw: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_update(raw)


def message(said: dict[str, Any]) -> Message:
    event = read_update(stored(message=said)).event
    assert isinstance(event, Message)
    return event


def stored(**brought: Any) -> str:
    return json.dumps({"update_id": 1} | brought)
