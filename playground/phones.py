"""The JSON door of the phones: everything that a person does on the page, and what programs may do instead."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from aiohttp import BodyPartReader, web

from playground.chats import Chat, Person
from playground.files import MAX_UPLOAD_BYTES
from playground.phone import Phone
from playground.refusals import ApiError, too_large
from playground.shown import shown_chat, shown_commands, shown_message
from playground.telegram import Telegram

ANSWER_WITHIN_SECONDS = 10
FIRST_PERSON = 1001
LONGEST_TEXT = 4096

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def say_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refusals under /phones/api/ as {"error": ...}."""
    if not request.path.startswith("/phones/api/"):
        return await handler(request)
    try:
        return await handler(request)
    except ApiError as refused:
        return web.json_response({"error": refused.description}, status=refused.code)
    except web.HTTPClientError as refused:
        return web.json_response({"error": refused.text or refused.reason}, status=refused.status)


class PhonesDoor:
    """Phones, chats, messages, files and taps of one Telegram."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        user = "/phones/api/{user:\\d+}"
        chat = f"{user}/chats/{{chat:-?\\d+}}"
        return [
            web.get("/phones/api/phones", self.list_phones),
            web.post("/phones/api/phones", self.add_phone),
            web.get(f"{user}/chats", self.list_chats),
            web.get(f"{chat}/messages", self.list_messages),
            web.get(f"{chat}/messages/{{message:\\d+}}", self.show_message),
            web.post(f"{chat}/messages", self.write_message),
            web.post(f"{chat}/files", self.send_files),
            web.post(f"{chat}/taps", self.tap_button),
            web.post(f"{chat}/edits", self.edit_message),
            web.post(f"{chat}/reactions", self.react),
            web.post(f"{chat}/read", self.mark_read),
            web.post(f"{user}/blocks", self.block_bot),
            web.post(f"{user}/starts", self.open_start_link),
            web.get(f"{user}/commands", self.show_commands),
        ]

    async def list_phones(self, _: web.Request) -> web.Response:
        return said([_as_phone(person) for person in self.telegram.people.values()])

    async def add_phone(self, request: web.Request) -> web.Response:
        wanted = await read_json(request)
        person_id = int(wanted.get("id") or max([FIRST_PERSON - 1, *self.telegram.people]) + 1)
        name = str(wanted.get("first_name") or "").strip()
        if not name or person_id in self.telegram.people:
            raise web.HTTPBadRequest(text="a new phone needs a name and an id that nobody has")
        language = str(wanted.get("language_code") or "zh-hans")
        return said(_as_phone(self.telegram.add_person(person_id, name, language, role=str(wanted.get("role") or ""))))

    async def list_chats(self, request: web.Request) -> web.Response:
        person = self._person(request)
        chats = [chat for chat in self.telegram.chats.values() if person.id in chat.members]
        return said([shown_chat(self.telegram, chat, person.id) for chat in chats])

    async def list_messages(self, request: web.Request) -> web.Response:
        person, chat = self._place(request)
        return said([shown_message(chat.with_reactions(message), person.id) for message in chat.messages.values()])

    async def show_message(self, request: web.Request) -> web.Response:
        _, chat = self._place(request)
        message = chat.messages.get(int(request.match_info["message"]))
        if message is None:
            raise web.HTTPNotFound(text="this message is gone")
        return web.Response(text=json.dumps(message, ensure_ascii=False, indent=2), content_type="application/json")

    async def write_message(self, request: web.Request) -> web.Response:
        person, chat = self._place(request)
        wanted = await read_json(request)
        text = str(wanted.get("text") or "").strip()
        if not text or len(text) > LONGEST_TEXT:
            raise web.HTTPBadRequest(text="a message has 1 to 4096 characters")
        message = self._phone(person, chat).say(text, reply_to=wanted.get("reply_to_message_id"))
        return said(shown_message(message, person.id))

    async def send_files(self, request: web.Request) -> web.Response:
        person, chat = self._place(request)
        files, fields = await _read_form(request)
        if not files:
            raise web.HTTPBadRequest(text='the form needs parts named "file"')
        phone = self._phone(person, chat)
        reply_to = int(fields["reply_to_message_id"]) if fields.get("reply_to_message_id") else None
        caption = fields.get("caption", "")
        if fields.get("as") == "voice":
            sent = [phone.send_voice(content) for _, _, content in files]
        else:
            photos, documents = _sorted_files(files, fields.get("as", "auto"))
            sent = phone.send_photos(photos, caption=caption, reply_to=reply_to) if photos else []
            rest = "" if photos else caption
            sent += phone.send_documents(documents, caption=rest, reply_to=reply_to) if documents else []
        return said([shown_message(message, person.id) for message in sent])

    async def tap_button(self, request: web.Request) -> web.Response:
        person, chat = self._place(request)
        wanted = await read_json(request)
        if "message_id" not in wanted or "data" not in wanted:
            raise web.HTTPBadRequest(text="a tap needs message_id and data")
        tap = self._phone(person, chat).tap(int(wanted["message_id"]), str(wanted["data"]))
        try:
            await asyncio.wait_for(tap.answered.wait(), ANSWER_WITHIN_SECONDS)
        except TimeoutError:
            return said({"answered": False, "text": None, "show_alert": False, "url": None})
        answer = tap.answer or {}
        return said(
            {
                "answered": True,
                "text": answer.get("text") or None,
                "show_alert": bool(answer.get("show_alert")),
                "url": answer.get("url"),
            }
        )

    async def edit_message(self, request: web.Request) -> web.Response:
        person, chat = self._place(request)
        wanted = await read_json(request)
        message = chat.messages.get(int(wanted.get("message_id") or 0))
        if message is None or message.get("from", {}).get("id") != person.id or not wanted.get("text"):
            raise web.HTTPBadRequest(text="only an own message can be edited, and not to nothing")
        edited = self._phone(person, chat).edit(message["message_id"], str(wanted["text"]))
        return said(shown_message(edited, person.id))

    async def react(self, request: web.Request) -> web.Response:
        """With one emoji, or with "" to take the reaction back."""
        person, chat = self._place(request)
        wanted = await read_json(request)
        message = chat.messages.get(int(wanted.get("message_id") or 0))
        if message is None:
            raise web.HTTPNotFound(text="this message is gone")
        self._phone(person, chat).react(message["message_id"], str(wanted.get("emoji") or ""))
        return said(shown_message(chat.with_reactions(message), person.id))

    async def mark_read(self, request: web.Request) -> web.Response:
        person, chat = self._place(request)
        chat.unread[person.id] = 0
        self.telegram.emit_to(person.id, {"type": "read", "chat_id": chat.id, "silent": True, "message": None})
        return said({"ok": True})

    async def block_bot(self, request: web.Request) -> web.Response:
        person = self._person(request)
        blocked = bool((await read_json(request)).get("blocked"))
        self._block(person, blocked=blocked)
        return said({"ok": True, "blocked": blocked})

    async def open_start_link(self, request: web.Request) -> web.Response:
        """t.me/<bot>?start=<payload>; whoever had blocked the bot takes that back by it."""
        person = self._person(request)
        payload = str((await read_json(request)).get("payload") or "")
        if person.blocked:
            self._block(person, blocked=False)
        return said(shown_message(Phone(self.telegram, person).start(payload), person.id))

    async def show_commands(self, request: web.Request) -> web.Response:
        person = self._person(request)
        chat_id = int(request.query.get("chat") or person.id)
        if chat_id not in self.telegram.chats:
            raise web.HTTPNotFound(text="there is no such chat")
        return said(shown_commands(self.telegram, chat_id, person.id))

    def _block(self, person: Person, *, blocked: bool) -> None:
        Phone(self.telegram, person).block(blocked=blocked)
        event = {"type": "blocked", "chat_id": person.id, "silent": True, "blocked": blocked}
        self.telegram.emit_to(person.id, event)

    def _phone(self, person: Person, chat: Chat) -> Phone:
        return Phone(self.telegram, person, chat.id)

    def _person(self, request: web.Request) -> Person:
        person = self.telegram.people.get(int(request.match_info["user"]))
        if person is None:
            raise web.HTTPNotFound(text="nobody has this phone")
        return person

    def _place(self, request: web.Request) -> tuple[Person, Chat]:
        person, chat = self._person(request), self.telegram.chats.get(int(request.match_info["chat"]))
        if chat is None or person.id not in chat.members:
            raise web.HTTPNotFound(text="this phone has no such chat")
        return person, chat


def said(answer: Any) -> web.Response:
    return web.json_response(answer, dumps=lambda content: json.dumps(content, ensure_ascii=False, default=str))


async def read_json(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        raise web.HTTPBadRequest(text="the body is no JSON") from None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="the body is no JSON object")
    return body


async def _read_form(request: web.Request) -> tuple[list[tuple[str, str, bytes]], dict[str, str]]:
    """(files as name, type, content; the other fields)."""
    if not request.content_type.startswith("multipart/"):
        raise web.HTTPBadRequest(text="files come as multipart/form-data")
    files, fields = [], {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read())
        if len(content) > MAX_UPLOAD_BYTES:
            raise too_large()
        if part.name == "file":
            files.append((part.filename or "file", part.headers.get("Content-Type", ""), content))
        else:
            fields[part.name or ""] = content.decode()
    return files, fields


def _sorted_files(files: list[tuple[str, str, bytes]], kind: str) -> tuple[list[bytes], list[tuple[str, bytes]]]:
    """(photos, documents): as asked for, or by what each file says it is."""
    photos: list[bytes] = []
    documents: list[tuple[str, bytes]] = []
    for name, media_type, content in files:
        if kind == "photo" or (kind == "auto" and media_type in {"image/jpeg", "image/png", "image/webp"}):
            photos.append(content)
        else:
            documents.append((name, content))
    return photos, documents


def _as_phone(person: Person) -> dict[str, Any]:
    return person.as_user() | {"role": person.role}
