"""The bot's own reaction to a message."""

from playground.methods import method
from playground.reactions import checked, react
from playground.refusals import bad_request
from playground.request import Call
from playground.telegram import Telegram


@method("setMessageReaction")
def set_reaction(telegram: Telegram, call: Call) -> bool:
    chat = telegram.chat(call.params.get("chat_id"))
    message = chat.messages.get(call.integer("message_id") or 0)
    if message is None:
        raise bad_request("message to react not found")
    react(chat, message["message_id"], telegram.bot_id, checked(call.parsed("reaction") or []))
    telegram.emit(chat, "reaction", message, silent=True)
    return True
