"""Sending: texts, photos, documents, albums, places and people."""

from typing import Any

from playground.chats import Chat, Message
from playground.files import MAX_UPLOAD_BYTES
from playground.keyboards import read_markup
from playground.methods import method
from playground.refusals import NO_THREAD, WRONG_FILE, bad_request, too_large
from playground.request import Call
from playground.telegram import Telegram
from playground.texts import read_caption, read_text

MIN_ALBUM, MAX_ALBUM = 2, 10
CAPTION = ("caption", "parse_mode", "caption_entities", "show_caption_above_media")
ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


@method("sendMessage")
def send_message(telegram: Telegram, call: Call) -> Message:
    content = read_text(call)
    return send(telegram, call, telegram.chat(call.params.get("chat_id")), content)


@method("sendPhoto")
def send_photo(telegram: Telegram, call: Call) -> Message:
    chat = telegram.chat(call.params.get("chat_id"))
    return send(telegram, call, chat, photo(telegram, call, call.text("photo"), "photo") | read_caption(call))


@method("sendDocument")
def send_document(telegram: Telegram, call: Call) -> Message:
    chat = telegram.chat(call.params.get("chat_id"))
    return send(telegram, call, chat, document(telegram, call, call.text("document"), "document") | read_caption(call))


@method("sendLocation")
def send_location(telegram: Telegram, call: Call) -> Message:
    chat = telegram.chat(call.params.get("chat_id"))
    place = {"latitude": call.number("latitude"), "longitude": call.number("longitude")}
    if None in place.values():
        raise bad_request("location must be specified")
    return send(telegram, call, chat, {"location": place})


@method("sendContact")
def send_contact(telegram: Telegram, call: Call) -> Message:
    chat = telegram.chat(call.params.get("chat_id"))
    contact = {"phone_number": call.text("phone_number"), "first_name": call.text("first_name")}
    if not all(contact.values()):
        raise bad_request("contact phone number and first name must be specified")
    return send(telegram, call, chat, {"contact": contact})


@method("sendMediaGroup")
def send_media_group(telegram: Telegram, call: Call) -> list[Message]:
    chat = telegram.chat(call.params.get("chat_id"))
    media = call.parsed("media")
    if not isinstance(media, list) or not MIN_ALBUM <= len(media) <= MAX_ALBUM:
        raise bad_request(f"media group must contain {MIN_ALBUM}-{MAX_ALBUM} items")
    if not all(isinstance(medium, dict) for medium in media):
        raise bad_request("can't parse InputMedia: expected an Object")
    kinds = {str(medium.get("type")) for medium in media}
    if "document" in kinds and len(kinds) > 1:
        raise bad_request("documents can't be mixed with other media types")
    contents = [medium_content(telegram, call, medium) for medium in media]
    group = {"media_group_id": str(14_000_000_000 + telegram.updates.next_id + chat.last_id)}
    shared = group | _shared(call, chat)
    telegram.limits.take(chat.id, private=chat.person is not None)  # an album is refused or taken as a whole
    return [telegram.deliver(chat, content | shared, call) for content in contents]


@method("sendChatAction")
def send_chat_action(telegram: Telegram, call: Call) -> bool:
    chat = telegram.chat(call.params.get("chat_id"))
    if call.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    telegram.emit(chat, "action", {"action": call.text("action")})
    return True


def send(telegram: Telegram, call: Call, chat: Chat, content: dict[str, Any]) -> Message:
    """One message within the limits; what is refused for its content does not count against them."""
    content = content | _shared(call, chat)
    telegram.limits.take(chat.id, private=chat.person is not None)
    return telegram.deliver(chat, content, call)


def _shared(call: Call, chat: Chat) -> dict[str, Any]:
    """What all kinds have: markup, replies, topics, protection."""
    shared = read_markup(call, private=chat.person is not None) | _reply(call, chat) | _topic(call, chat)
    return shared | ({"has_protected_content": True} if call.flag("protect_content") else {})


def photo(telegram: Telegram, call: Call, value: str, name: str) -> dict[str, Any]:
    upload = call.upload(value, name)
    if upload is None and not value:
        raise bad_request("there is no photo in the request")
    if upload is None and value.startswith(("attach://", "http://", "https://")):
        raise bad_request(WRONG_FILE)
    sizes = telegram.files.keep_photo(upload.content) if upload else telegram.files.photo_of(value)
    return {"photo": [size.as_photo_size() for size in sizes]}


def document(telegram: Telegram, call: Call, value: str, name: str) -> dict[str, Any]:
    upload = call.upload(value, name)
    if upload is None and not value:
        raise bad_request("there is no document in the request")
    if upload is not None and len(upload.content) > MAX_UPLOAD_BYTES:
        raise too_large()
    kept = telegram.files.keep(upload.content, name=upload.name) if upload else telegram.files.get(value, "document")
    shape = kept.as_json() | {"mime_type": kept.mime} | ({"file_name": kept.name} if kept.name else {})
    return {"document": shape}


def medium_content(telegram: Telegram, call: Call, medium: dict[str, Any]) -> dict[str, Any]:
    """One InputMedia: its file and its caption."""
    value, kind = str(medium.get("media") or ""), medium.get("type")
    words = Call(call.method, {key: medium.get(key) for key in CAPTION}, people=call.people)
    match kind:
        case "photo":
            return photo(telegram, call, value, "media") | read_caption(words)
        case "document":
            return document(telegram, call, value, "media") | read_caption(words)
    raise bad_request(f"can't parse InputMedia: type {kind!r} must be photo or document here")


def _reply(call: Call, chat: Chat) -> dict[str, Any]:
    parameters = call.object("reply_parameters")
    if parameters and "message_id" not in parameters:
        raise bad_request('can\'t find field "message_id"')
    message_id = Call(call.method, parameters).integer("message_id") or call.integer("reply_to_message_id")
    if not message_id:
        return {}
    replied = chat.messages.get(message_id)
    if replied is not None:
        thread = {key: replied[key] for key in ("message_thread_id", "is_topic_message") if key in replied}
        return {"reply_to_message": {key: replied[key] for key in replied.keys() - {"reply_to_message"}}} | thread
    if parameters.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _topic(call: Call, chat: Chat) -> dict[str, Any]:
    thread = call.integer("message_thread_id")
    if not thread:
        return {}
    if thread not in chat.topics:
        raise bad_request(NO_THREAD)
    if chat.topics[thread].get("closed"):
        raise bad_request("TOPIC_CLOSED")
    return {"message_thread_id": thread, "is_topic_message": True}
