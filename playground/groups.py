"""What happens to a group as a whole: the bot is removed or comes back, people come and go, it becomes a supergroup."""

from typing import Any

from playground.chats import Chat, Message, Person
from playground.telegram import Telegram

ADMIN_RIGHTS = (
    "can_be_edited", "can_manage_chat", "can_change_info", "can_delete_messages", "can_invite_users", "can_restrict_members",
    "can_pin_messages", "can_promote_members", "can_manage_video_chats", "can_post_stories", "can_edit_stories",
    "can_delete_stories",
)  # fmt: skip
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")


def bot_as_member(telegram: Telegram, chat: Chat) -> dict[str, Any]:
    """The bot in a group: an administrator with all rights, or gone."""
    if chat.bot_is_out:
        gone = {"until_date": 0} if chat.bot_is_out == "kicked" else {}
        return {"user": telegram.as_bot(), "status": chat.bot_is_out, **gone}
    rights = {name: name != "can_be_edited" for name in ADMIN_RIGHTS}
    rights |= dict.fromkeys(CHANNEL_RIGHTS, True) if chat.type == "channel" else {}
    rights |= {"can_manage_topics": True} if chat.is_forum else {}
    return {"user": telegram.as_bot(), "status": "administrator", "is_anonymous": False, **rights}


def person_as_member(chat: Chat, person: Person) -> dict[str, Any]:
    """The first member made the group."""
    if person.id not in chat.members:
        return {"user": person.as_user(), "status": "left"}
    if person.id == chat.members[0] and chat.person is None:
        return {"user": person.as_user(), "status": "creator", "is_anonymous": False}
    return {"user": person.as_user(), "status": "member"}


def remove_bot(telegram: Telegram, chat: Chat, by: Person) -> None:
    """Somebody throws the bot out of a group: it may do nothing there any more."""
    _turn_bot(telegram, chat, "kicked", by.as_user())


def bring_bot_back(telegram: Telegram, chat: Chat, by: Person) -> None:
    _turn_bot(telegram, chat, "", by.as_user())


def leave(telegram: Telegram, chat: Chat) -> None:
    """The bot goes by itself."""
    _turn_bot(telegram, chat, "left", telegram.as_bot())


def _turn_bot(telegram: Telegram, chat: Chat, bot_is_out: str, by: dict[str, Any]) -> None:
    before = bot_as_member(telegram, chat)
    chat.bot_is_out = bot_is_out
    change = {"chat": chat.as_json(), "from": by, "date": telegram.seconds(), "old_chat_member": before}
    telegram.receive("my_chat_member", change | {"new_chat_member": bot_as_member(telegram, chat)})


def join(telegram: Telegram, chat: Chat, person: Person) -> Message:
    """Somebody comes into a group; a service message says so."""
    chat.members.append(person.id)
    return _tell(telegram, chat, person, {"new_chat_members": [person.as_user()]})


def upgrade(telegram: Telegram, chat: Chat, new_id: int) -> Chat:
    """A group becomes a supergroup under another id: both say so, and calls to the old id are refused with the new one."""
    maker = telegram.people[chat.members[0]]
    new = telegram.add_chat(Chat(new_id, "supergroup", chat.title, members=list(chat.members)))
    _tell(telegram, chat, maker, {"migrate_to_chat_id": new_id})
    _tell(telegram, new, maker, {"migrate_from_chat_id": chat.id})
    chat.moved_to = new_id
    return new


def _tell(telegram: Telegram, chat: Chat, who: Person, content: dict[str, Any]) -> Message:
    message = telegram.put(chat, {"from": who.as_user()}, content)
    telegram.emit(chat, "message", message)
    telegram.receive("message", message)
    return message
