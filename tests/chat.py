"""A whole bot in a test, and people who talk to it: real dispatcher, templates, database; the local Telegram in process."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher

from bot.app import App
from bot.pace import Pace
from playground.chats import Message
from playground.limits import Limits
from playground.phone import Phone
from playground.session import InProcessSession
from playground.telegram import Telegram
from tests.books import StillClock


class House:
    """One bot with its books and its Telegram. `person` gives somebody with a phone."""

    def __init__(self, database_url: str, folder: Path, dispatcher: Dispatcher | None = None) -> None:
        self.clock = StillClock()
        self.url, self.folder, self.dispatcher = database_url, folder, dispatcher
        clock: Any = _Told(self.clock)
        self.telegram = Telegram(clock=clock, limits=Limits.off())
        self.start()

    def start(self) -> None:
        """The bot's process starts, with the books that are there."""
        bot = Bot(self.telegram.token, session=InProcessSession(self.telegram))
        self.app = App(
            bot,
            self.url,
            clock=self.clock,
            files=self.folder / "files",
            pace=Pace(unlimited=True),
            dispatcher=self.dispatcher,
        )
        self.app.leading.turn(leads=True)  # with PostgreSQL, too: there is no other worker

    async def restart(self) -> None:
        """The process ends without a word and is started again."""
        self.app.desk.close()
        self.start()
        await self.app.introduce()

    async def close(self) -> None:
        self.app.desk.close()

    def person(self, person_id: int, name: str, language_code: str = "zh-hans") -> "ChatDriver":
        known = self.telegram.people.get(person_id)
        return ChatDriver(self, Phone(self.telegram, known or self.telegram.add_person(person_id, name, language_code)))

    async def settle(self) -> None:
        await self.app.settle()

    async def tick(self) -> None:
        """The clock's jobs run once, and what they say is sent."""
        await self.app.tick()
        await self.settle()


class _Told:
    """A playground clock that shows the books' time."""

    def __init__(self, still: StillClock) -> None:
        self._still = still

    def now(self) -> Any:
        return self._still()


@dataclass
class ChatDriver:
    """A person's chat with the bot. Every action waits until the bot has said all that it has to say."""

    house: House
    phone: Phone
    toast: str | None = None
    """The answer to the last tap; "" when it was answered without words."""
    alert: bool = False

    async def says(self, text: str, *, reply_to: Message | None = None) -> None:
        self.phone.say(text, reply_to=reply_to["message_id"] if reply_to else None)
        await self.house.settle()

    async def starts(self, payload: str = "") -> None:
        self.phone.start(payload)
        await self.house.settle()

    async def sends_photos(self, *photos: bytes, caption: str = "") -> None:
        self.phone.send_photos(photos, caption=caption)
        await self.house.settle()

    async def sends_document(self, name: str, content: bytes, caption: str = "") -> None:
        self.phone.send_documents([(name, content)], caption=caption)
        await self.house.settle()

    async def sends(self, content: dict[str, Any]) -> None:
        """Any other content, as the Bot API shows it."""
        self.phone.send(content)
        await self.house.settle()

    async def taps(self, label: str, *, on: Message | None = None) -> None:
        """Press the button whose label holds these words: on the newest message that has one, or on the one given."""
        message, button = self._find_button(label, on)
        await self.presses(message["message_id"], button["callback_data"])

    async def presses(self, message_id: int, data: str) -> None:
        """A tap with this data, shown or not."""
        tap = self.phone.tap(message_id, data)
        await self.house.settle()
        self.toast = None if tap.answer is None else tap.answer["text"]
        self.alert = tap.answer is not None and tap.answer["show_alert"]

    @property
    def messages(self) -> list[Message]:
        """All that is in the chat, oldest first."""
        return list(self.phone.chat.messages.values())

    @property
    def heard(self) -> list[Message]:
        """What the bot has said and not deleted, oldest first."""
        return [message for message in self.messages if message["from"]["is_bot"]]

    @property
    def last_message(self) -> Message:
        return self.heard[-1]

    @property
    def last(self) -> str:
        """The words of the bot's newest message."""
        return words(self.last_message)

    @property
    def card_message(self) -> Message:
        """The newest message with buttons."""
        return next(message for message in reversed(self.heard) if "reply_markup" in message)

    @property
    def card(self) -> str:
        return words(self.card_message)

    @property
    def buttons(self) -> list[str]:
        """The labels on the newest message with buttons, row by row."""
        return [button["text"] for button in _buttons(self.card_message)]

    def _find_button(self, label: str, on: Message | None) -> tuple[Message, dict[str, Any]]:
        places = [self.phone.chat.messages[on["message_id"]]] if on else list(reversed(self.heard))
        for exact in (True, False):
            for message in places:
                for button in _buttons(message):
                    if button["text"] == label or (not exact and label in button["text"]):
                        return message, button
        shown = [button["text"] for message in places for button in _buttons(message)]
        raise AssertionError(f"no button {label!r} among {shown}")


def words(message: Message) -> str:
    return str(message.get("text") or message.get("caption") or "")


def _buttons(message: Message) -> list[dict[str, Any]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]
