"""Copies and forwards of messages that are already there."""

from itertools import pairwise
from typing import Any

from playground.chats import Chat, Message
from playground.methods import method
from playground.methods.sending import send
from playground.refusals import bad_request
from playground.request import Call
from playground.telegram import Telegram
from playground.texts import read_caption

CONTENTS = ("text", "photo", "document", "voice", "audio", "video", "animation", "sticker", "location", "contact")
WORDS = ("entities", "caption", "caption_entities", "show_caption_above_media")
CAPTIONED = frozenset(CONTENTS) - {"text", "sticker", "location", "contact"}
MAX_MESSAGES = 100


@method("copyMessage")
def copy_message(telegram: Telegram, call: Call) -> dict[str, int]:
    chat = telegram.chat(call.params.get("chat_id"))
    original = _original(telegram, call, "copy", "copied")
    content = _content(original)
    if "caption" in call.params and CAPTIONED & content.keys():
        content = {key: value for key, value in content.items() if key not in WORDS} | read_caption(call)
    return {"message_id": send(telegram, call, chat, content)["message_id"]}


@method("forwardMessage")
def forward_message(telegram: Telegram, call: Call) -> Message:
    chat = telegram.chat(call.params.get("chat_id"))
    original = _original(telegram, call, "forward", "forwarded")
    return send(telegram, call, chat, _content(original) | {"forward_origin": _origin(telegram, original)})


@method("copyMessages")
def copy_messages(telegram: Telegram, call: Call) -> list[dict[str, int]]:
    chat = telegram.chat(call.params.get("chat_id"))
    without = WORDS if call.flag("remove_caption") else ()
    copies = []
    for original in _originals(telegram, call, "copy"):
        words = without if CAPTIONED & original.keys() else ()
        content = {key: value for key, value in _content(original).items() if key not in words}
        copies.append({"message_id": send(telegram, call, chat, content | _album(original, chat))["message_id"]})
    return copies


@method("forwardMessages")
def forward_messages(telegram: Telegram, call: Call) -> list[dict[str, int]]:
    chat = telegram.chat(call.params.get("chat_id"))
    forwards = []
    for original in _originals(telegram, call, "forward"):
        content = _content(original) | _album(original, chat) | {"forward_origin": _origin(telegram, original)}
        forwards.append({"message_id": send(telegram, call, chat, content)["message_id"]})
    return forwards


def _original(telegram: Telegram, call: Call, verb: str, done: str) -> Message:
    source = telegram.chat(call.params.get("from_chat_id"))
    message = source.messages.get(call.integer("message_id") or 0)
    if message is None:
        raise bad_request(f"message to {verb} not found")
    if not _repeatable(message):
        raise bad_request(f"message can't be {done}")
    return message


def _originals(telegram: Telegram, call: Call, verb: str) -> list[Message]:
    """Those that can be repeated; the others are left out without a word."""
    source = telegram.chat(call.params.get("from_chat_id"))
    ids = call.integers("message_ids")
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > MAX_MESSAGES:
        raise bad_request(f"too many messages to {verb}")
    if any(later <= earlier for earlier, later in pairwise(ids)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    found = [source.messages[key] for key in ids if key in source.messages and _repeatable(source.messages[key])]
    if not found:
        raise bad_request(f"there are no messages to {verb}")
    return found


def _repeatable(message: Message) -> bool:
    return any(kind in message for kind in CONTENTS) and not message.get("has_protected_content")


def _content(message: Message) -> dict[str, Any]:
    return {key: message[key] for key in (*CONTENTS, *WORDS) if key in message}


def _album(message: Message, chat: Chat) -> dict[str, str]:
    """What was an album stays one, under a number of its own."""
    group = message.get("media_group_id")
    return {"media_group_id": str(int(group) ^ (abs(chat.id) << 1))} if group else {}


def _origin(telegram: Telegram, message: Message) -> dict[str, Any]:
    """Where it was written first, however often it has been forwarded since."""
    if "forward_origin" in message:
        known: dict[str, Any] = message["forward_origin"]
        return known
    if message["chat"]["type"] == "channel":
        where = {"chat": message["chat"], "message_id": message["message_id"]}
        return {"type": "channel", "date": message["date"], **where}
    return {"type": "user", "date": message["date"], "sender_user": message.get("from") or telegram.as_bot()}
