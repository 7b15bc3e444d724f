"""What a person does with a phone: writes, sends pictures and files, presses buttons, blocks the bot."""

from collections.abc import Sequence
from typing import Any

from playground.chats import Chat, Message, Person
from playground.found_entities import found_entities
from playground.reactions import checked, react
from playground.telegram import Tap, Telegram

ALBUM = 10


class Phone:
    """The phone of one person, looking at one chat (the private one with the bot unless told otherwise)."""

    def __init__(self, telegram: Telegram, person: Person, chat_id: int | None = None) -> None:
        self.telegram = telegram
        self.person = person
        self.chat_id = person.id if chat_id is None else chat_id

    @property
    def chat(self) -> Chat:
        return self.telegram.chats[self.chat_id]

    def say(self, text: str, *, reply_to: int | None = None) -> Message:
        entities = found_entities(text)
        return self.send({"text": text} | ({"entities": entities} if entities else {}), reply_to=reply_to)

    def start(self, payload: str = "") -> Message:
        """Open t.me/<bot>?start=<payload>."""
        return self.say(f"/start {payload}".strip())

    def send_photos(self, photos: Sequence[bytes], *, caption: str = "", reply_to: int | None = None) -> list[Message]:
        """One photo, or albums of up to ten: each photo is a message and an update of its own; the first has the caption."""
        contents: list[dict[str, Any]] = [
            {"photo": [size.as_photo_size() for size in self.telegram.files.keep_photo(photo)]} for photo in photos
        ]
        return self._send_group(contents, caption, reply_to)

    def send_documents(
        self, documents: Sequence[tuple[str, bytes]], *, caption: str = "", reply_to: int | None = None
    ) -> list[Message]:
        """Files by name and content; several are an album."""
        contents = []
        for name, content in documents:
            kept = self.telegram.files.keep(content, name=name)
            contents.append({"document": kept.as_json() | {"file_name": name, "mime_type": kept.mime}})
        return self._send_group(contents, caption, reply_to)

    def send_mixed(self, contents: Sequence[dict[str, Any]], *, caption: str = "") -> list[Message]:
        """An album of contents made elsewhere, such as photos together with a file."""
        return self._send_group(list(contents), caption, None)

    def send_voice(self, content: bytes = b"OggS") -> Message:
        kept = self.telegram.files.keep(content, kind="voice", mime="audio/ogg")
        return self.send({"voice": kept.as_json() | {"duration": 2, "mime_type": "audio/ogg"}})

    def send_sticker(self) -> Message:
        kept = self.telegram.files.keep(b"sticker", kind="sticker", mime="image/webp")
        flags = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
        return self.send({"sticker": kept.as_json() | flags})

    def send_location(self, latitude: float, longitude: float) -> Message:
        return self.send({"location": {"latitude": latitude, "longitude": longitude}})

    def send_contact(self, phone_number: str, *, first_name: str = "", user_id: int | None = None) -> Message:
        contact: dict[str, Any] = {"phone_number": phone_number, "first_name": first_name or self.person.first_name}
        return self.send({"contact": contact | ({"user_id": user_id} if user_id else {})})

    def send(self, content: dict[str, Any], *, reply_to: int | None = None) -> Message:
        """Any content; the bot gets it as an update."""
        self.person.started = True
        chat = self.chat
        answered: dict[str, Any] = {}
        if reply_to is not None and reply_to in chat.messages:
            replied = chat.messages[reply_to]
            answered = {key: replied[key] for key in ("message_thread_id", "is_topic_message") if key in replied}
            answered["reply_to_message"] = {key: replied[key] for key in replied.keys() - {"reply_to_message"}}
        message = self.telegram.put(chat, {"from": self.person.as_user()}, content | answered)
        chat.unread[self.person.id] = 0
        self.telegram.emit(chat, "message", message)
        self.telegram.receive("channel_post" if chat.type == "channel" else "message", message)
        return message

    def edit(self, message_id: int, text: str) -> Message:
        """Change the words of an own message."""
        old, marks = self.chat.messages[message_id], found_entities(text)
        words, entities = ("text", "entities") if "text" in old else ("caption", "caption_entities")
        kept = {key: value for key, value in old.items() if key != entities}
        message = kept | {words: text, "edit_date": self.telegram.seconds()} | ({entities: marks} if marks else {})
        self.chat.messages[message_id] = message
        self.telegram.emit(self.chat, "edited", message)
        self.telegram.receive("edited_channel_post" if self.chat.type == "channel" else "edited_message", message)
        return message

    def react(self, message_id: int, emoji: str = "") -> None:
        """React to a message; no emoji takes the reaction back. The bot hears of it only when it asks for such."""
        new = checked([{"type": "emoji", "emoji": emoji}] if emoji else [])
        message = self.chat.messages[message_id]
        change = {
            "chat": self.chat.as_json(),
            "message_id": message_id,
            "user": self.person.as_user(),
            "date": self.telegram.seconds(),
            "old_reaction": react(self.chat, message_id, self.person.id, new),
            "new_reaction": new,
        }
        self.telegram.emit(self.chat, "reaction", message, silent=True)
        self.telegram.receive("message_reaction", change)

    def tap(self, message_id: int, data: str) -> Tap:
        """Press a button of a message."""
        self.person.started = True
        number = str(next(self.telegram.tap_ids))
        query = {
            "id": number,
            "from": self.person.as_user(),
            "message": self._as_seen(message_id),
            "chat_instance": str(self.chat_id),
            "data": data,
        }
        tap = Tap(number, self.person.id, self.chat_id, message_id, self.telegram.clock.now(), query)
        self.telegram.keep_tap(tap)
        self.telegram.receive("callback_query", query)
        return tap

    def tap_again(self, tap: Tap) -> None:
        """Telegram sends a tap that was not answered a second time, as a new update."""
        self.telegram.receive("callback_query", tap.update)

    def block(self, *, blocked: bool = True) -> None:
        self.person.blocked = blocked
        status = {True: "kicked", False: "member"}
        change = {
            "chat": self.chat.as_json(),
            "from": self.person.as_user(),
            "date": self.telegram.seconds(),
            "old_chat_member": {"user": self.telegram.as_bot(), "status": status[not blocked], "until_date": 0},
            "new_chat_member": {"user": self.telegram.as_bot(), "status": status[blocked], "until_date": 0},
        }
        self.telegram.receive("my_chat_member", change)

    def _send_group(self, contents: list[dict[str, Any]], caption: str, reply_to: int | None) -> list[Message]:
        sent: list[Message] = []
        for start in range(0, len(contents), ALBUM):
            part = contents[start : start + ALBUM]
            group = {"media_group_id": str(13_000_000_000 + self.telegram.updates.next_id)} if len(part) > 1 else {}
            for content in part:
                words = {"caption": caption} if caption and not sent else {}
                sent.append(self.send(content | group | words, reply_to=reply_to))
        return sent

    def _as_seen(self, message_id: int) -> dict[str, Any]:
        message = self.chat.messages.get(message_id)
        return message or {"message_id": message_id, "chat": self.chat.as_json(), "date": 0}
