"""Reactions to messages: which there are, and who has which; a message itself never says so in the Bot API."""

from typing import Any

from playground.chats import Chat
from playground.refusals import bad_request

Reaction = dict[str, Any]
_LISTED = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 "
    "👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡"
)
EMOJI = frozenset(_LISTED.split())


def checked(asked: Any) -> list[Reaction]:
    """What somebody wants to react with, at most one; none takes the reaction back."""
    if not isinstance(asked, list) or not all(isinstance(reaction, dict) for reaction in asked):
        raise bad_request("can't parse reaction types JSON object")
    if len(asked) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    return [_checked_one(reaction) for reaction in asked]


def react(chat: Chat, message_id: int, who: int, new: list[Reaction]) -> list[Reaction]:
    """Puts new reactions in the place of old ones, and gives the old."""
    on_message = chat.reactions.setdefault(message_id, {})
    old = on_message.pop(who, [])
    if new:
        on_message[who] = new
    return old


def _checked_one(reaction: Reaction) -> Reaction:
    emoji = str(reaction.get("emoji", "")).replace("\ufe0f", "")
    match reaction.get("type"):
        case "emoji" if emoji in EMOJI:
            return {"type": "emoji", "emoji": emoji}
        case "emoji" | "custom_emoji" | "paid":
            raise bad_request("REACTION_INVALID")
    raise bad_request("can't parse reaction types JSON object")
