"""What the bot knows of a chat, and who is in it."""

from typing import Any

from playground.chats import Chat
from playground.groups import bot_as_member, leave, person_as_member
from playground.methods import method
from playground.refusals import bad_request
from playground.request import Call
from playground.telegram import Telegram

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


@method("getChat")
def get_chat(telegram: Telegram, call: Call) -> dict[str, Any]:
    chat = telegram.chat(call.params.get("chat_id"))
    told = chat.as_json() | {"accent_color_id": 0, "max_reaction_count": 11}
    told["accepted_gift_types"] = dict.fromkeys(GIFTS, False)
    if chat.pinned:
        told["pinned_message"] = chat.messages[chat.pinned[-1]]
    links = chat.invite_links.values()
    own = [link["invite_link"] for link in links if link["is_primary"] and not link["is_revoked"]]
    return told | ({"invite_link": own[-1]} if own else {})


@method("getChatMember")
def get_chat_member(telegram: Telegram, call: Call) -> dict[str, Any]:
    chat = telegram.chat(call.params.get("chat_id"))
    user_id = call.integer("user_id") or 0
    if user_id == telegram.bot_id and chat.person is None:
        return bot_as_member(telegram, chat)
    person = telegram.people.get(user_id)
    if person is None:
        raise bad_request("user not found")
    return person_as_member(chat, person)


@method("getChatAdministrators")
def get_chat_administrators(telegram: Telegram, call: Call) -> list[dict[str, Any]]:
    """The one who made the group, and the bot."""
    chat = _group(telegram, call, "there are no administrators in the private chat")
    makers = [telegram.people[person_id] for person_id in chat.members[:1]]
    return [*(person_as_member(chat, person) for person in makers), bot_as_member(telegram, chat)]


@method("getChatMemberCount")
def get_chat_member_count(telegram: Telegram, call: Call) -> int:
    return len(telegram.chat(call.params.get("chat_id")).members) + 1


@method("leaveChat")
def leave_chat(telegram: Telegram, call: Call) -> bool:
    leave(telegram, _group(telegram, call, "chat member status can't be changed in private chats"))
    return True


def _group(telegram: Telegram, call: Call, refusal: str) -> Chat:
    chat = telegram.chat(call.params.get("chat_id"))
    if chat.person is not None:
        raise bad_request(refusal)
    return chat
