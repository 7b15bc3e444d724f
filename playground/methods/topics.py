"""Topics of a forum; a topic is known by the message that opened it."""

from typing import Any

from playground.chats import Chat
from playground.methods import method
from playground.methods.pinning import show_pinned
from playground.notices import announce
from playground.refusals import NO_TOPIC, NOT_A_FORUM, TOPIC_UNCHANGED, bad_request
from playground.request import Call
from playground.telegram import Telegram

LONGEST_NAME = 128
COLOURS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)


@method("createForumTopic")
def create_topic(telegram: Telegram, call: Call) -> dict[str, Any]:
    chat = _forum(telegram, call)
    name = _name(call)
    colour = call.integer("icon_color") or COLOURS[0]
    if not name:
        raise bad_request("topic name must be non-empty")
    if colour not in COLOURS:
        raise bad_request("invalid icon color specified")
    topic: dict[str, Any] = {"name": name, "icon_color": colour}
    if call.text("icon_custom_emoji_id"):
        topic["icon_custom_emoji_id"] = call.text("icon_custom_emoji_id")
    thread = chat.last_id + 1
    chat.topics[thread] = dict(topic)
    _announce(telegram, call, chat, thread, {"forum_topic_created": topic})
    return {"message_thread_id": thread, **topic}


@method("editForumTopic")
def edit_topic(telegram: Telegram, call: Call) -> bool:
    """Only what changes is told to the chat."""
    chat, thread = _topic(telegram, call)
    topic, change = chat.topics[thread], {}
    if _name(call) and _name(call) != topic["name"]:
        change["name"] = _name(call)
    emoji = call.params.get("icon_custom_emoji_id")
    if emoji is not None and emoji != topic.get("icon_custom_emoji_id", ""):
        change["icon_custom_emoji_id"] = str(emoji)
    if not change:
        raise bad_request(TOPIC_UNCHANGED)
    topic.update(change)
    _announce(telegram, call, chat, thread, {"forum_topic_edited": change})
    return True


@method("closeForumTopic")
def close_topic(telegram: Telegram, call: Call) -> bool:
    return _turn(telegram, call, closed=True)


@method("reopenForumTopic")
def reopen_topic(telegram: Telegram, call: Call) -> bool:
    return _turn(telegram, call, closed=False)


@method("deleteForumTopic")
def delete_topic(telegram: Telegram, call: Call) -> bool:
    """The topic and all that was written in it."""
    chat, thread = _topic(telegram, call)
    del chat.topics[thread]
    for message_id in [key for key, message in chat.messages.items() if message.get("message_thread_id") == thread]:
        del chat.messages[message_id]
        chat.reactions.pop(message_id, None)
        telegram.emit(chat, "deleted", {"message_id": message_id})
    chat.pinned = [message_id for message_id in chat.pinned if message_id in chat.messages]
    show_pinned(telegram, chat)
    return True


def _turn(telegram: Telegram, call: Call, *, closed: bool) -> bool:
    chat, thread = _topic(telegram, call)
    topic = chat.topics[thread]
    if bool(topic.get("closed")) == closed:
        raise bad_request(TOPIC_UNCHANGED)
    topic["closed"] = closed
    _announce(telegram, call, chat, thread, {"forum_topic_closed" if closed else "forum_topic_reopened": {}})
    return True


def _announce(telegram: Telegram, call: Call, chat: Chat, thread: int, content: dict[str, Any]) -> None:
    announce(telegram, chat, content | {"message_thread_id": thread, "is_topic_message": True}, call)


def _name(call: Call) -> str:
    return call.text("name").strip()[:LONGEST_NAME]


def _forum(telegram: Telegram, call: Call) -> Chat:
    chat = telegram.chat(call.params.get("chat_id"))
    if not chat.is_forum:
        raise bad_request(NOT_A_FORUM)
    return chat


def _topic(telegram: Telegram, call: Call) -> tuple[Chat, int]:
    chat, thread = _forum(telegram, call), call.integer("message_thread_id") or 0
    if thread not in chat.topics:
        raise bad_request(NO_TOPIC)
    return chat, thread
