"""A shop opened in the chat, and people who join it by invitation."""

import re

from playground.chats import Message
from tests.chat import ChatDriver, House, words

OWNER, HELPER = 1001, 1002
LINK = re.compile(r"https://t\.me/\w+\?start=(\S+)")


async def owner_of(
    house: House, name: str = "老王潮鞋", *, person_id: int = OWNER, language: str = "zh-hans"
) -> ChatDriver:
    """Somebody who has just opened a shop."""
    chat = house.person(person_id, "林老板", language)
    await chat.starts()
    await chat.taps("我要开店" if language.startswith("zh") else "Open a shop")
    await chat.says(name)
    return chat


async def invitation(owner: ChatDriver, role: str) -> str:
    """The payload of a new invitation."""
    await owner.says("/team")
    await owner.taps("邀请店员")
    await owner.taps(role)
    found = LINK.search(owner.last)
    assert found, owner.last
    return found[1]


async def helper_of(house: House, owner: ChatDriver, role: str, *, person_id: int = HELPER) -> ChatDriver:
    chat = house.person(person_id, "小陈")
    await chat.starts(await invitation(owner, role))
    return chat


def settings(chat: ChatDriver) -> Message:
    """The message with the shop's settings."""
    return next(message for message in reversed(chat.heard) if "设置" in words(message) or "开张" in words(message))
