"""Changing what was sent: edits and deletions."""

from datetime import timedelta
from typing import Any

from playground.chats import Chat, Message
from playground.keyboards import read_markup
from playground.methods import method
from playground.methods.pinning import show_pinned
from playground.methods.sending import medium_content
from playground.refusals import NOT_MODIFIED, bad_request
from playground.request import Call
from playground.telegram import Telegram
from playground.texts import read_caption, read_text

DELETABLE = timedelta(hours=48)
CAPTION = ("caption", "caption_entities", "show_caption_above_media")
CONTENTS = (*CAPTION, "text", "entities", "photo", "document", "voice", "audio", "video")
MAX_DELETIONS = 100


@method("editMessageText")
def edit_text(telegram: Telegram, call: Call) -> Message:
    content = read_text(call)
    chat, message = _editable(telegram, call)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _change(telegram, chat, message, content | _markup(call, chat), ("text", "entities"))


@method("editMessageCaption")
def edit_caption(telegram: Telegram, call: Call) -> Message:
    chat, message = _editable(telegram, call)
    if not {"photo", "document", "voice", "audio", "video"} & message.keys():
        raise bad_request("there is no caption in the message to edit")
    return _change(telegram, chat, message, read_caption(call) | _markup(call, chat), CAPTION)


@method("editMessageMedia")
def edit_media(telegram: Telegram, call: Call) -> Message:
    chat, message = _editable(telegram, call)
    medium = call.parsed("media")
    if not isinstance(medium, dict):
        raise bad_request("can't parse InputMedia JSON object")
    return _change(telegram, chat, message, medium_content(telegram, call, medium) | _markup(call, chat), CONTENTS)


@method("editMessageReplyMarkup")
def edit_markup(telegram: Telegram, call: Call) -> Message:
    chat, message = _editable(telegram, call)
    return _change(telegram, chat, message, _markup(call, chat), ())


@method("deleteMessage")
def delete_message(telegram: Telegram, call: Call) -> bool:
    chat, message = _named(telegram, call, "delete")
    if telegram.seconds() - message["date"] > DELETABLE.total_seconds():
        raise bad_request("message can't be deleted for everyone")
    _delete(telegram, chat, message)
    return True


@method("deleteMessages")
def delete_messages(telegram: Telegram, call: Call) -> bool:
    chat = telegram.chat(call.params.get("chat_id"))
    ids = call.integers("message_ids")
    if not 1 <= len(ids) <= MAX_DELETIONS:
        raise bad_request("too many messages to delete" if ids else "message identifiers are not specified")
    for message_id in ids:
        if message := chat.messages.get(message_id):
            _delete(telegram, chat, message)
    return True


def _delete(telegram: Telegram, chat: Chat, message: Message) -> None:
    message_id = message["message_id"]
    del chat.messages[message_id]
    chat.reactions.pop(message_id, None)
    if message_id in chat.pinned:
        chat.pinned.remove(message_id)
        show_pinned(telegram, chat)
    telegram.emit(chat, "deleted", {"message_id": message_id})


def _editable(telegram: Telegram, call: Call) -> tuple[Chat, Message]:
    chat, message = _named(telegram, call, "edit")
    if message.get("from", {}).get("id", telegram.bot_id) != telegram.bot_id:
        raise bad_request("message can't be edited")
    if "inline_keyboard" not in message.get("reply_markup", {"inline_keyboard": []}):
        raise bad_request("message can't be edited")  # what came with a keyboard for typing stays as it is
    return chat, message


def _named(telegram: Telegram, call: Call, verb: str) -> tuple[Chat, Message]:
    chat = telegram.chat(call.params.get("chat_id"))
    if not call.integer("message_id"):
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(call.integer("message_id") or 0)
    if message is None:
        raise bad_request(f"message to {verb} not found")
    return chat, message


def _markup(call: Call, chat: Chat) -> dict[str, Any]:
    """Only buttons under a message can come by an edit."""
    markup = read_markup(call, private=chat.person is not None)
    if markup and "inline_keyboard" not in markup["reply_markup"]:
        raise bad_request("inline keyboard expected")
    return markup


def _change(
    telegram: Telegram, chat: Chat, message: Message, content: dict[str, Any], replaced: tuple[str, ...]
) -> Message:
    kept = {key: value for key, value in message.items() if key not in (*replaced, "reply_markup", "edit_date")}
    changed = kept | content
    if changed == {key: value for key, value in message.items() if key != "edit_date"}:
        raise bad_request(NOT_MODIFIED)
    changed["edit_date"] = telegram.seconds()
    chat.messages[message["message_id"]] = changed
    telegram.emit(chat, "edited", changed)
    return changed
