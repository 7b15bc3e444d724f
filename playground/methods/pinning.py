"""Messages at the top of a chat: the newest of the pinned ones is shown."""

from playground.chats import Chat
from playground.methods import method
from playground.notices import announce
from playground.refusals import bad_request
from playground.request import Call
from playground.telegram import Telegram


@method("pinChatMessage")
def pin_message(telegram: Telegram, call: Call) -> bool:
    chat = telegram.chat(call.params.get("chat_id"))
    message = chat.messages.get(call.integer("message_id") or 0)
    if message is None:
        raise bad_request("message to pin not found")
    if message["message_id"] in chat.pinned:
        return True
    chat.pinned = sorted([*chat.pinned, message["message_id"]])
    show_pinned(telegram, chat)
    thread = {key: message[key] for key in ("message_thread_id", "is_topic_message") if key in message}
    announce(telegram, chat, {"pinned_message": message} | thread, call)
    return True


@method("unpinChatMessage")
def unpin_message(telegram: Telegram, call: Call) -> bool:
    """The one that is named, or the newest."""
    chat = telegram.chat(call.params.get("chat_id"))
    message_id = call.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.messages:
        raise bad_request("message to unpin not found")
    if message_id not in chat.pinned:
        raise bad_request("message is not pinned")
    chat.pinned.remove(message_id)
    show_pinned(telegram, chat)
    return True


@method("unpinAllChatMessages")
def unpin_all(telegram: Telegram, call: Call) -> bool:
    chat = telegram.chat(call.params.get("chat_id"))
    chat.pinned.clear()
    show_pinned(telegram, chat)
    return True


def show_pinned(telegram: Telegram, chat: Chat) -> None:
    newest = chat.messages[chat.pinned[-1]] if chat.pinned else None
    telegram.emit(chat, "pinned", newest, silent=True)
