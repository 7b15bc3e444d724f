"""Links by which people join a group."""

import hashlib
from typing import Any

from playground.chats import Chat
from playground.methods import method
from playground.refusals import bad_request
from playground.request import Call
from playground.telegram import Telegram

LONGEST_NAME = 32
MAX_MEMBERS = 99_999


@method("exportChatInviteLink")
def export_link(telegram: Telegram, call: Call) -> str:
    """The chat's own link, new each time; the one before is worth nothing any more."""
    chat = _group(telegram, call)
    for link in chat.invite_links.values():
        link["is_revoked"] |= link["is_primary"]
    return str(_new_link(telegram, chat, is_primary=True)["invite_link"])


@method("createChatInviteLink")
def create_link(telegram: Telegram, call: Call) -> dict[str, Any]:
    chat = _group(telegram, call)
    limit, asks = call.integer("member_limit"), call.flag("creates_join_request")
    if limit and asks:
        raise bad_request("member limit can't be specified for links requiring administrator approval")
    if limit is not None and not 0 <= limit <= MAX_MEMBERS:
        raise bad_request("USAGE_LIMIT_INVALID")
    expires = call.integer("expire_date")
    if expires and expires <= telegram.seconds():
        raise bad_request("EXPIRE_DATE_INVALID")
    link = _new_link(telegram, chat, creates_join_request=asks)
    given = {"name": call.text("name")[:LONGEST_NAME], "expire_date": expires, "member_limit": limit}
    link.update({key: value for key, value in given.items() if value})
    return link


@method("revokeChatInviteLink")
def revoke_link(telegram: Telegram, call: Call) -> dict[str, Any]:
    """Revoking the chat's own link makes a new one."""
    chat = _group(telegram, call)
    link = chat.invite_links.get(call.text("invite_link"))
    if link is None:
        raise bad_request("INVITE_HASH_EXPIRED")
    if link["is_primary"] and not link["is_revoked"]:
        _new_link(telegram, chat, is_primary=True)
    link["is_revoked"] = True
    return link


def _group(telegram: Telegram, call: Call) -> Chat:
    chat = telegram.chat(call.params.get("chat_id"))
    if chat.person is not None:
        raise bad_request("can't invite members to a private chat")
    return chat


def _new_link(
    telegram: Telegram, chat: Chat, *, is_primary: bool = False, creates_join_request: bool = False
) -> dict[str, Any]:
    code = hashlib.sha256(f"{telegram.token} {chat.id} {len(chat.invite_links)}".encode()).hexdigest()[:16]
    link = {
        "invite_link": f"https://t.me/+{code}",
        "creator": telegram.as_bot(),
        "creates_join_request": creates_join_request,
        "is_primary": is_primary,
        "is_revoked": False,
    }
    chat.invite_links[f"https://t.me/+{code}"] = link
    return link
