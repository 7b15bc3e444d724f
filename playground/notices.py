"""Service messages: what a chat says about itself after something that the bot did. The bot hears of them too."""

from typing import Any

from playground.chats import Chat, Message
from playground.request import Call
from playground.telegram import Telegram


def announce(telegram: Telegram, chat: Chat, content: dict[str, Any], call: Call) -> Message:
    message = telegram.deliver(chat, content, call)
    telegram.receive("channel_post" if chat.type == "channel" else "message", message)
    return message
