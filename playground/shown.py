"""Chats, messages and events as a phone shows them: the Bot API's own shapes and a little more."""

from typing import Any

from playground.chats import Chat, Message
from playground.methods.introducing import seen_commands
from playground.methods.menus import seen_menu_button
from playground.telegram import Event, Telegram

FILES = "/phones/api/files/"
WITH_FILE = ("document", "voice", "audio", "video", "animation", "sticker")
Shown = dict[str, Any]


def shown_message(message: Message, person_id: int) -> Shown:
    """The message with `out` (this person wrote it) and the addresses of its files."""
    shown: Shown = message | {"out": message.get("from", {}).get("id") == person_id}
    if message.get("photo"):
        shown["url"] = FILES + message["photo"][-1]["file_id"]
    for kind in WITH_FILE:
        if kind in message:
            shown[kind] = message[kind] | {"url": FILES + message[kind]["file_id"]}
    return shown


def shown_chat(telegram: Telegram, chat: Chat, person_id: int) -> Shown:
    newest = next(reversed(chat.messages.values()), None)
    pinned = next((chat.messages[key] for key in reversed(chat.pinned) if key in chat.messages), None)
    private = chat.person is not None
    return {
        "id": chat.id,
        "type": chat.type,
        "title": bot_name(telegram, person_id) if private else chat.title,
        "unread": chat.unread.get(person_id, 0),
        "last": newest and shown_message(newest, person_id),
        "pinned": pinned and shown_message(pinned, person_id),
        "bot": telegram.as_bot() if private else None,
        "blocked": private and telegram.people[person_id].blocked,
    }


def shown_commands(telegram: Telegram, chat_id: int, person_id: int) -> Shown:
    """The commands menu and how the bot introduces itself, in this person's language."""
    commands = seen_commands(telegram, person_id, chat_id)
    return {
        "commands": [{**each, "command": each["command"].lstrip("/")} for each in commands],
        "menu_button": _menu_button(telegram, chat_id, commands),
        "name": bot_name(telegram, person_id),
        "username": telegram.username,
        "description": _introduced(telegram, "description", person_id),
    }


def _menu_button(telegram: Telegram, chat_id: int, commands: list[Shown]) -> Shown:
    """Telegram's default is the commands, where there are any."""
    button = seen_menu_button(telegram, chat_id)
    return {"type": "commands"} if commands and button["type"] == "default" else button


def shown_event(event: Event, person_id: int) -> Shown:
    """What happened, flat: `message`, `message_ids`, `action` or `answer`, whichever it brings."""
    shown: Shown = {key: event[key] for key in event.keys() - {"message"}} | {"user_id": person_id}
    content: Any = event.get("message")
    match event["type"]:
        case "deleted":
            shown["message_ids"] = [content["message_id"]]
        case "action":
            shown["action"] = content["action"]
        case "answer":
            shown["answer"] = content
        case _:
            shown["message"] = shown_message(content, person_id) if content else None
    return shown


def bot_name(telegram: Telegram, person_id: int) -> str:
    return _introduced(telegram, "name", person_id) or telegram.first_name


def _introduced(telegram: Telegram, field: str, person_id: int) -> str:
    language = telegram.people[person_id].language_code.partition("-")[0]
    return telegram.profile.get((field, language)) or telegram.profile.get((field, ""), "")
