"""A Telegram in process with two people, a group, a forum and a channel; its clock stands still."""

from datetime import UTC, datetime
from typing import Any

import pytest

from playground.chats import Chat
from playground.clock import StillClock
from playground.limits import Limits
from playground.phone import Phone
from playground.refusals import ApiError
from playground.telegram import Telegram

MERCHANT, BUYER, GROUP, FORUM, CHANNEL = 1001, 1002, -1001, -1002, -1003


def local_telegram() -> Telegram:
    clock = StillClock(datetime(2026, 3, 2, 4, 0, tzinfo=UTC))
    telegram = Telegram(limits=Limits.off(), clock=clock)
    telegram.add_person(MERCHANT, "林老板").started = True
    telegram.add_person(BUYER, "小美", "en").started = True
    telegram.add_chat(Chat(GROUP, "supergroup", "仓库", members=[MERCHANT]))
    telegram.add_chat(Chat(FORUM, "supergroup", "店务", is_forum=True, members=[MERCHANT]))
    telegram.add_chat(Chat(CHANNEL, "channel", "上新", username="shangxin", members=[BUYER]))
    return telegram


def phone(telegram: Telegram, person_id: int = MERCHANT, chat_id: int | None = None) -> Phone:
    return Phone(telegram, telegram.people[person_id], chat_id)


async def said(telegram: Telegram, text: str, chat_id: int = MERCHANT, **params: Any) -> int:
    """The bot writes; gives the id of its message."""
    sent = await telegram.call("sendMessage", {"chat_id": chat_id, "text": text, **params})
    return int(sent["message_id"])


async def refusal(telegram: Telegram, method: str, **params: Any) -> str:
    """The words with which Telegram refuses a call."""
    with pytest.raises(ApiError) as refused:
        await telegram.call(method, params)
    return refused.value.description
