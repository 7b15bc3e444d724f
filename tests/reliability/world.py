"""A shop under load: buyers who write numbered messages, an owner who answers and taps, and a Telegram that remembers everything."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from bot.buttons.questions import QuestionVerb
from bot.callbacks import read_button
from playground.chats import Message
from playground.limits import Limits
from playground.phone import Phone
from playground.request import Upload
from playground.telegram import Telegram
from shop.shops import Member, Person, Shop
from shop.speakers import Role
from storage.work import Work
from tests.books import Books

OWNER = 1001
BUYERS = range(2001, 2041)
MOST_WORDS = 45
"""A buyer who has written so much without an answer would be asked to wait."""
OWNERS_SHARE = 0.3
TAPS_SHARE = 0.5
SERVED_WITHIN_SECONDS = 20
LONGEST_LIFE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 0.02


class RememberingTelegram(Telegram):
    """Knows every update that was made and every call that was carried out. One that forgets gives each update away only once."""

    def __init__(self, *, forgetful: bool = False) -> None:
        super().__init__(limits=Limits.off())
        self.made: list[int] = []
        self.polls = 0
        self.forgetful = forgetful
        self.given_away = asyncio.Event()
        self.done: list[tuple[str, dict[str, Any]]] = []

    def receive(self, kind: str, content: Any) -> int:
        update_id = super().receive(kind, content)
        self.made.append(update_id)
        return update_id

    async def call(self, method: str, params: Mapping[str, Any], uploads: Mapping[str, Upload] | None = None) -> Any:
        self.polls += method == "getUpdates"
        result = await super().call(method, params, uploads)
        if method != "getUpdates":
            self.done.append((method, dict(params)))
        elif self.forgetful and result:
            self.updates.drop_all()
            self.given_away.set()
        return result


@dataclass
class World:
    """`said` counts what each buyer has written; `answered` what the owner has."""

    url: str
    folder: Path
    random: Random
    telegram: RememberingTelegram = field(default_factory=RememberingTelegram)
    said: Counter[int] = field(default_factory=Counter)
    answered: int = 0

    def __post_init__(self) -> None:
        self.owner = Phone(self.telegram, self.telegram.add_person(OWNER, "林老板"))
        self.owner.person.started = True
        self.buyers = [Phone(self.telegram, self.telegram.add_person(n, f"买家{n}")) for n in BUYERS]
        self.telegram.updates.allowed = frozenset({"message", "callback_query"})

    def settings(self, address: str) -> dict[str, str]:
        return {
            "ZHANGGUI_BOT_TOKEN": self.telegram.token,
            "ZHANGGUI_API_URL": address,
            "ZHANGGUI_DATABASE_URL": self.url,
            "ZHANGGUI_FILES": str(self.folder / "files"),
            "ZHANGGUI_TICK_SECONDS": "0.3",
        }

    def open_shop(self) -> None:
        """Everybody is known already: the load is nothing but questions and answers."""
        books = Books(self.url)
        books.desk.do_now(_found_shop)
        books.close()

    async def live(self, *, updates: int, calls: int) -> None:
        """People write in fits and starts, until the bot has made so many calls; and then some moments more."""
        loop = asyncio.get_running_loop()
        begun, until = len(self.telegram.done), loop.time() + LONGEST_LIFE_SECONDS
        while len(self.telegram.done) < begun + calls and loop.time() < until:
            if updates:
                self.somebody_writes()
                updates -= 1
            await asyncio.sleep(self.random.uniform(0, LONGEST_PAUSE_SECONDS))
        await asyncio.sleep(self.random.uniform(0, LONGEST_PAUSE_SECONDS))

    async def until_served(self) -> None:
        """A bot that was just started asks for updates."""
        polls = self.telegram.polls
        async with asyncio.timeout(SERVED_WITHIN_SECONDS):
            while self.telegram.polls == polls:  # noqa: ASYNC110 - another process works
                await asyncio.sleep(0.01)

    def somebody_writes(self) -> None:
        card = self._card_of_owner()
        if card is not None and self.random.random() < OWNERS_SHARE:
            self._owner_acts(card)
            return
        patient = [phone for phone in self.buyers if self.said[phone.person.id] < MOST_WORDS]
        if not patient:
            return
        buyer = self.random.choice(patient)
        self.said[buyer.person.id] += 1
        buyer.say(str(self.said[buyer.person.id]))

    def _owner_acts(self, card: Message) -> None:
        """An answer, or a tap on any button but the one that takes buyers' words away."""
        if self.random.random() < TAPS_SHARE:
            buttons = [button["callback_data"] for row in card["reply_markup"]["inline_keyboard"] for button in row]
            harmless = [each for each in buttons if getattr(read_button(each), "verb", None) is not QuestionVerb.FORGET]
            self.owner.tap(card["message_id"], self.random.choice(harmless))
        else:
            self.answered += 1
            self.owner.say(f"答复 {self.answered}", reply_to=card["message_id"])

    def _card_of_owner(self) -> Message | None:
        cards = [message for message in self.owner.chat.messages.values() if "reply_markup" in message]
        return self.random.choice(cards) if cards else None


def _found_shop(work: Work) -> None:
    shop = Shop(name="潮鞋小铺", opened_at=work.now, link_code="link1001")
    work.session.add(shop)
    work.session.flush()
    work.people.add(Person(id=OWNER, name="林老板", seen_at=work.now, staff_of=shop.id))
    work.session.add(Member(shop_id=shop.id, person_id=OWNER, role=Role.OWNER, joined_at=work.now))
    for person_id in BUYERS:
        work.people.add(Person(id=person_id, name=f"买家{person_id}", seen_at=work.now, buyer_of=shop.id))
