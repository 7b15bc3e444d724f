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
CONTENTS = ("text", "entities", "caption", "caption_entities", "photo", "document", "voice", "audio", "video")
MAX_DELETIONS = 100


@method("editMessageText")
def edit_text(telegram: Telegram, call: Call) -> Message:
    chat, message = _editable(telegram, call)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _change(telegram, chat, message, read_text(call) | read_markup(call), ("text", "entities"))


@method("editMessageCaption")
def edit_caption(telegram: Telegram, call: Call) -> Message:
    chat, message = _editable(telegram, call)
    if not {"photo", "document", "voice", "audio", "video"} & message.keys():
        raise bad_request("there is no caption in the message to edit")
    return _change(telegram, chat, message, read_caption(call) | read_markup(call), ("caption", "caption_entities"))


@method("editMessageMedia")
def edit_media(telegram: Telegram, call: Call) -> Message:
    chat, message = _editable(telegram, call)
    medium = call.parsed("media")
    if not isinstance(medium, dict):
        raise bad_request("can't parse InputMedia JSON object")
    return _change(telegram, chat, message, medium_content(telegram, call, medium) | read_markup(call), CONTENTS)


@method("editMessageReplyMarkup")
def edit_markup(telegram: Telegram, call: Call) -> Message:
    chat, message = _editable(telegram, call)
    return _change(telegram, chat, message, read_markup(call), ())


@method("deleteMessage")
def delete_message(telegram: Telegram, call: Call) -> bool:
    chat = telegram.chat(call.params.get("chat_id"))
    message = chat.messages.get(call.integer("message_id") or 0)
    if message is None:
        raise bad_request("message to delete not found")
    if telegram.seconds() - message["date"] > DELETABLE.total_seconds():
        raise bad_request("message can't be deleted for everyone")
    _delete(telegram, chat, message)
    return True


@method("deleteMessages")
def delete_messages(telegram: Telegram, call: Call) -> bool:
    chat = telegram.chat(call.params.get("chat_id"))
    ids = call.parsed("message_ids") or []
    if not 1 <= len(ids) <= MAX_DELETIONS:
        raise bad_request("too many messages to delete" if ids else "message identifiers are not specified")
    for message_id in ids:
        if message := chat.messages.get(int(message_id)):
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
    chat = telegram.chat(call.params.get("chat_id"))
    message = chat.messages.get(call.integer("message_id") or 0)
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != telegram.bot_id:
        raise bad_request("message can't be edited")
    return chat, message


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
