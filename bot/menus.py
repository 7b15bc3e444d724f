"""The commands: which there are, for whom, with an example each. Menus, /help and the fallback all read this one table."""

from dataclasses import dataclass
from typing import Any

from bot.labels import L, Label
from bot.rendering import label
from bot.replies import Call
from shop.shops import CHINESE, ENGLISH
from shop.speakers import PERMISSIONS, Permission, Role
from storage.work import Work


@dataclass(frozen=True)
class Command:
    """`example` is what one might type when there is more to say than the command."""

    name: str
    what: Label
    may: Permission
    example: str = ""


COMMANDS = (
    Command("home", L("What waits today"), Permission.STAFF),
    Command("newproduct", L("Put a product on sale"), Permission.CATALOGUE),
    Command("products", L("Products, stock and prices"), Permission.CATALOGUE),
    Command("orders", L("Orders by state, or one of them"), Permission.CHECK_ORDERS, "/orders 5678"),
    Command("import", L("Bring in orders from a sheet"), Permission.CHECK_ORDERS),
    Command("due", L("Orders to ship, the most urgent first"), Permission.DISPATCH),
    Command("parcels", L("Parcels on their way"), Permission.DISPATCH),
    Command("questions", L("Buyers who wait for an answer"), Permission.ANSWER_BUYERS),
    Command("quickreplies", L("Canned answers"), Permission.ANSWER_BUYERS),
    Command("team", L("Who works here, and invitations"), Permission.MANAGE_SHOP),
    Command("settings", L("Rules of the shop, language"), Permission.ANYONE),
    Command("shops", L("Your shops, and opening another one"), Permission.STAFF),
    Command("cancel", L("Stop what we are doing"), Permission.STAFF),
    Command("help", L("Everything I can do"), Permission.ANYONE),
)
_FOR_STRANGERS = (Command("start", L("Open a shop or try one"), Permission.ANYONE),)
LANGUAGE_CODES = {CHINESE: "zh", ENGLISH: ""}
"""Telegram's language of each of our menus: English is what everybody else sees."""


def commands_for(role: Role | None) -> tuple[Command, ...]:
    """What a member with this role may use; without a role, what is open to everybody."""
    if role is None:
        return _FOR_STRANGERS + tuple(each for each in COMMANDS if each.may is Permission.ANYONE)
    may = PERMISSIONS[role] | {Permission.STAFF, Permission.ANYONE}
    return tuple(each for each in COMMANDS if each.may in may)


def menu_calls(work: Work, person_id: int) -> list[Call]:
    """The commands menu in this person's chat, as the role in the present shop and the chosen language want it."""
    person = work.people.find(person_id)
    if person is None:
        return []
    post = work.people.find_post(person.id, person.staff_of) if person.staff_of is not None else None
    scope = {"type": "chat", "chat_id": person_id}
    return [
        _call(post[0].role if post else None, person.language if person.language_chosen else language, code, scope)
        for language, code in LANGUAGE_CODES.items()
    ]


def default_menus() -> list[Call]:
    """What everybody sees in a private chat before they belong to a shop; groups see nothing."""
    private = {"type": "all_private_chats"}
    menus = [_call(None, language, code, private) for language, code in LANGUAGE_CODES.items()]
    return [*menus, Call("deleteMyCommands", {"scope": {"type": "all_group_chats"}})]


def _call(role: Role | None, language: str, code: str, scope: dict[str, Any]) -> Call:
    commands = [{"command": each.name, "description": label(each.what, language)} for each in commands_for(role)]
    payload = {"commands": commands, "scope": scope, "language_code": code}
    return Call("setMyCommands", payload, chat_id=scope.get("chat_id"))
