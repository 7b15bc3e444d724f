"""A whole Telegram in memory: people, chats, messages, files, updates; strict where Telegram is strict."""

import asyncio
import copy
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from playground.chats import Chat, Message, Person
from playground.clock import Clock
from playground.faults import Faults
from playground.files import Files
from playground.limits import Limits
from playground.refusals import bad_request, forbidden, unknown_method, upgraded
from playground.request import Call, Upload
from playground.updates import Updates
from playground.webhook import Webhook

TRANSCRIPT = 5_000
KEPT_TAPS = 5_000
EVERYBODY = 0
Event = dict[str, Any]


@dataclass
class Tap:
    """A pressed button until it is answered."""

    id: str
    person_id: int
    chat_id: int
    message_id: int
    at: datetime
    update: dict[str, Any]
    answer: dict[str, Any] | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)


class Telegram:
    """One bot's world. The bot calls `call`; people act through `playground.phone.Phone`; `listen` hears what a phone shows."""

    def __init__(
        self,
        token: str = "123456789:AAPlaygroundPlaygroundPlaygroundABC",  # noqa: S107 - a Telegram of our own, of no worth elsewhere
        *,
        username: str = "zhanggui_bot",
        first_name: str = "掌柜",
        clock: Clock | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.token = token
        self.bot_id = int(token.partition(":")[0])
        self.username = username
        self.first_name = first_name
        self.clock = clock or Clock()
        self.limits = limits or Limits()
        self.faults = Faults()
        self.files = Files()
        # Ids go on growing when a playground is started anew: a bot may remember those of yesterday.
        self.updates = Updates(next_id=int(self.clock.now().timestamp() * 10))
        self.webhook = Webhook(self.updates, self.clock, self.call)
        self._be_empty()

    def _be_empty(self) -> None:
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.taps: dict[str, Tap] = {}
        self.tap_ids = count(7_000_000_000)
        self.commands: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self.menu_buttons: dict[int, dict[str, Any]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.transcript: deque[dict[str, Any]] = deque(maxlen=TRANSCRIPT)
        self._listeners: dict[int, list[asyncio.Queue[Event]]] = {}

    # People and chats

    def add_person(
        self, person_id: int, first_name: str, language_code: str = "zh-hans", *, role: str = "", username: str = ""
    ) -> Person:
        """Somebody, with a private chat with the bot."""
        person = Person(person_id, first_name, language_code, role=role, username=username)
        self.people[person_id] = person
        self.chats[person_id] = Chat(person_id, members=[person_id], person=person)
        return person

    def add_chat(self, chat: Chat) -> Chat:
        """A group, supergroup, forum or channel; the bot is an administrator with all rights."""
        self.chats[chat.id] = chat
        return chat

    def as_bot(self) -> dict[str, Any]:
        return {"id": self.bot_id, "is_bot": True, "first_name": self.first_name, "username": self.username}

    def chat(self, wanted: Any) -> Chat:
        """The chat that a call names, by id or @username."""
        if wanted is None or wanted == "":
            raise bad_request("chat_id is empty")
        for chat in (self.chats.get(_number(wanted)),) if _number(wanted) else self.chats.values():
            if chat is not None and (_number(wanted) or (chat.username and f"@{chat.username}" == str(wanted))):
                return self._open(chat)
        raise bad_request("chat not found")

    def _open(self, chat: Chat) -> Chat:
        if chat.moved_to is not None:
            raise upgraded(chat.moved_to)
        if chat.bot_is_out == "kicked":
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        if chat.bot_is_out:
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        if chat.person is None:
            return chat
        if chat.person.deactivated:
            raise forbidden("user is deactivated")
        if chat.person.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.person.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    # The bot's side

    async def call(self, method: str, params: Mapping[str, Any], uploads: Mapping[str, Upload] | None = None) -> Any:
        """Carry out one call of the bot. Raises ApiError with Telegram's own words."""
        from playground.methods import find_method  # noqa: PLC0415 - methods know this class

        run = find_method(method)
        if run is None:
            raise unknown_method()
        call = Call(method, params, uploads, self.people)
        result = run(self, call)
        result = await result if asyncio.iscoroutine(result) else result
        if method.lower() != "getupdates":
            self.transcript.append({"call": method, "params": dict(params), "result": result})
        return result

    def deliver(self, chat: Chat, content: Mapping[str, Any], call: Call) -> Message:
        """A message of the bot arrives in a chat."""
        message = self.put(chat, {"from": self.as_bot()}, content)
        self.emit(chat, "message", message, silent=call.flag("disable_notification"))
        return message

    def put(self, chat: Chat, sender: dict[str, Any], content: Mapping[str, Any]) -> Message:
        """A new message, unread by all but its sender. In a channel the channel itself is the sender."""
        shown = {"sender_chat": chat.as_json()} if chat.type == "channel" else sender
        message: Message = {
            "message_id": chat.next_id(),
            **shown,
            "chat": chat.as_json(),
            "date": self.seconds(),
            **content,
        }
        chat.keep(message)
        for person_id in chat.members:
            if person_id != sender["from"]["id"]:
                chat.unread[person_id] = chat.unread.get(person_id, 0) + 1
        return message

    def keep_tap(self, tap: Tap) -> None:
        """Until it is answered; very old ones are forgotten."""
        self.taps[tap.id] = tap
        if len(self.taps) > KEPT_TAPS:
            del self.taps[next(iter(self.taps))]

    # What people and the bot hear

    def receive(self, kind: str, content: Any) -> int:
        """Something for the bot; gives its update id, 0 when the bot has not asked for such."""
        update = self.updates.push(kind, copy.deepcopy(content), self.clock.now())
        if update is None:
            return 0
        self.transcript.append({"update": update.raw})
        if self.faults.doubles_an_update():
            self.updates.repeat(update)
        return update.update_id

    def emit(self, chat: Chat, kind: str, message: Any, *, silent: bool = False) -> None:
        """Tell the phones of everybody in the chat."""
        shown = message and chat.with_reactions(message)
        for person_id in chat.members:
            self.emit_to(person_id, {"type": kind, "chat_id": chat.id, "silent": silent, "message": shown})

    def emit_to(self, person_id: int, event: Event) -> None:
        for queue in self._listeners.get(person_id, ()):
            queue.put_nowait(event)
        for queue in self._listeners.get(EVERYBODY, ()):
            queue.put_nowait(event | {"user_id": person_id})

    def listen(self, person_id: int) -> "asyncio.Queue[Event]":
        """What happens on this person's phone (or on EVERYBODY's) from now on: {"type", "chat_id", "silent", "message"}."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._listeners.setdefault(person_id, []).append(queue)
        return queue

    def hang_up(self, person_id: int, queue: "asyncio.Queue[Event]") -> None:
        self._listeners[person_id].remove(queue)

    def seconds(self) -> int:
        return int(self.clock.now().timestamp())


def _number(wanted: Any) -> int:
    try:
        return int(wanted)
    except (TypeError, ValueError):
        return 0
