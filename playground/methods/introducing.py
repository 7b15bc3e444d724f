"""How the bot introduces itself: commands by scope and language, name, descriptions."""

import json
import re
from typing import Any

from playground.chats import Chat
from playground.methods import method
from playground.refusals import bad_request
from playground.request import Call
from playground.telegram import Telegram

NAME = re.compile(r"^[a-z0-9_]{1,32}$")
MAX_COMMANDS = 100
LIMITS = {"name": 64, "description": 512, "short_description": 120}
SCOPES = frozenset(
    [
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    ]
)


@method("setMyCommands")
def set_commands(telegram: Telegram, call: Call) -> bool:
    commands = call.parsed("commands")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not isinstance(command, dict):
            raise bad_request("can't parse BotCommand: expected an Object")
        if not NAME.match(str(command.get("command", "")).lstrip("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:  # noqa: PLR2004 - Telegram's limit
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    telegram.commands[_scope(telegram, call)] = commands
    for person_id in telegram.people:
        telegram.emit_to(person_id, {"type": "commands", "chat_id": person_id, "silent": True, "message": None})
    return True


@method("getMyCommands")
def get_commands(telegram: Telegram, call: Call) -> list[dict[str, Any]]:
    return telegram.commands.get(_scope(telegram, call), [])


@method("deleteMyCommands")
def delete_commands(telegram: Telegram, call: Call) -> bool:
    telegram.commands.pop(_scope(telegram, call), None)
    return True


def seen_commands(telegram: Telegram, person_id: int, chat_id: int) -> list[dict[str, Any]]:
    """The menu that a person sees: the narrowest scope that has commands, in the person's language before any."""
    chat = telegram.chats[chat_id]
    spoken = telegram.people[person_id].language_code.partition("-")[0]
    wide = "all_private_chats" if chat.person is not None else "all_group_chats"
    member = {"type": "chat_member", "chat_id": chat_id, "user_id": person_id}
    admins = [{"type": "chat_administrators", "chat_id": chat_id}] if _runs(chat, person_id) else []
    all_admins = [{"type": "all_chat_administrators"}] if _runs(chat, person_id) else []
    here = {"type": "chat", "chat_id": chat_id}
    scopes: list[dict[str, Any]] = [member, *admins, here, *all_admins, {"type": wide}, {"type": "default"}]
    for scope in scopes:
        for language in (spoken, ""):
            found = telegram.commands.get((json.dumps(scope, sort_keys=True), language))
            if found:
                return found
    return []


def _runs(chat: Chat, person_id: int) -> bool:
    return chat.person is None and chat.members[:1] == [person_id]


def _scope(telegram: Telegram, call: Call) -> tuple[str, str]:
    scope = call.object("scope") or {"type": "default"}
    if str(scope.get("type")) not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    clean = {key: value for key, value in scope.items() if value is not None}
    if "chat_id" in clean:
        clean["chat_id"] = telegram.chat(clean["chat_id"]).id
    language = call.text("language_code")
    if language and not re.match(r"^[a-z]{2}$", language):
        raise bad_request("invalid language code specified")
    return json.dumps(clean, sort_keys=True), language


def _profile(name: str, field: str) -> None:
    @method(f"setMy{name}")
    def set_it(telegram: Telegram, call: Call) -> bool:
        if len(call.text(field)) > LIMITS[field]:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        telegram.profile[field, call.text("language_code")] = call.text(field)
        return True

    @method(f"getMy{name}")
    def get_it(telegram: Telegram, call: Call) -> dict[str, Any]:
        said = telegram.profile
        default = telegram.first_name if field == "name" else ""
        return {field: said.get((field, call.text("language_code"))) or said.get((field, "")) or default}


for _name, _field in (("Name", "name"), ("Description", "description"), ("ShortDescription", "short_description")):
    _profile(_name, _field)
