"""People with habits: a merchant, somebody who helps, buyers. They act on what their phones show, or against it."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from playground.phone import Phone
from tests.bot.question_chats import picture
from tests.simulation.world import World

LINK = re.compile(r"https://t\.me/\w+\?start=(\S+)")
MODELS = ("Dunk Low", "Air Jordan 1", "Air Force 1", "Air Max 90", "Blazer Mid", "Pegasus 40")
PICTURES = tuple(picture(10 + 15 * n) for n in range(9))
MOST_TRIES = 50
CHART = "42 = 26.5cm，43 = 27cm"
ODD = (
    "你好",
    "/orders",
    "/products",
    "/cancel",
    "/home",
    "/team",
    "123",
    "？？",
    "/settings",
    "899",
    "+5",
    "还剩几双 AJ1?",
)


@dataclass
class Human:
    """`mark` is a word that nobody of another shop may ever read."""

    world: World
    phone: Phone
    mark: str
    chance: Random
    seen: dict[tuple[int, str], str] = field(default_factory=dict)
    serial: int = 0

    @property
    def id(self) -> int:
        return self.phone.person.id

    def says(self, text: str, *, reply_to: int | None = None) -> None:
        self.world.story.tell(str(self.id), f"says {text!r}")
        self.phone.say(text, reply_to=reply_to)

    def look(self) -> None:
        for message in self.phone.chat.messages.values():
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if "callback_data" in button:
                        self.seen.setdefault((message["message_id"], button["callback_data"]), button["text"])

    def find(self, label: str) -> tuple[int, str] | None:
        """The newest button with these words."""
        for message in reversed(self.phone.chat.messages.values()):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if label in button["text"] and "callback_data" in button:
                        return message["message_id"], button["callback_data"]
        return None

    def taps(self, label: str) -> bool:
        found = self.find(label)
        if found:
            self.presses(found, label)
        return bool(found)

    def presses(self, button: tuple[int, str], label: str) -> None:
        self.world.story.tell(str(self.id), f"taps {label!r}")
        for _ in range(2 if self.chance.random() < 0.2 else 1):
            self.phone.tap(*button)

    def taps_anything(self) -> None:
        """Any button that was ever on this phone."""
        self.look()
        risky = ("离开", "关店", "移出", "English", "永久", "清除")
        there = [key for key, label in self.seen.items() if not any(word in label for word in risky)]
        if there:
            button = self.chance.choice(there)
            self.presses(button, self.seen[button])

    async def pause(self, most: float = 9) -> None:
        await asyncio.sleep(self.chance.uniform(0.1, most))
        if self.chance.random() < 0.9:
            await self.world.awake.wait()

    async def until(self, met: Callable[[], Any], again: Callable[[], object]) -> Any:
        """Wait for something; now and then try once more."""
        for _ in range(MOST_TRIES):
            again()
            for _ in range(20):
                await asyncio.sleep(1)
                if found := met():
                    return found
            await self.world.awake.wait()
        raise TimeoutError


@dataclass
class Staff(Human):
    shop_id: int = 0

    async def habits(self, acts: int) -> None:
        often: list[Callable[[], Any]] = [self.taps_anything, self.confirms]
        kinds = [*often, *often, self.adds_product, self.restocks, self.ships, self.answers, self.chats]
        for _ in range(acts):
            await self.pause()
            habit = self.chance.choice(kinds)
            waiting = habit()
            if waiting is not None:
                await waiting

    async def adds_product(self) -> None:
        self.serial += 1
        price = 500 + self.serial + (self.id % 100) * 20
        steps: list[Callable[[], object]] = [
            lambda: self.says("/newproduct"),
            lambda: self.taps("运动鞋"),
            lambda: self.says(
                f"Nike {self.chance.choice(MODELS)} 黑红 42 43 各{self.chance.randint(2, 9)}双 售价{price}"
            ),
            self.sends_photos,
            lambda: self.says(CHART),
            lambda: self.taps("上架"),
        ]
        for step in steps:
            if self.chance.random() < 0.1:
                interrupt: Callable[[], object] = self.chance.choice(
                    [self.chats, self.taps_anything, lambda: self.says("/cancel")]
                )
                interrupt()
            step()
            await self.pause(6)

    def sends_photos(self) -> None:
        self.world.story.tell(str(self.id), "sends photos")
        self.phone.send_photos(self.chance.sample(PICTURES, 3))

    def restocks(self) -> None:
        """Each time by a number of pieces that is never used again."""
        self.serial += 1
        self.says(
            f"{self.chance.choice(MODELS)} {self.chance.choice((42, 43))} +{100 + self.serial + self.id % 100 * 50}"
        )

    def confirms(self) -> None:
        if not self.taps("确认"):
            self.says("/orders")

    def ships(self) -> None:
        query = "SELECT number FROM orders WHERE shop_id = ? AND status = 'to_dispatch'"
        ready = self.world.ask(query + " ORDER BY id", self.shop_id)
        if ready:
            self.serial += 1
            self.says(f"{self.chance.choice(ready)[0]} SF{self.id:05d}{self.serial:08d}")

    def answers(self) -> None:
        """As a reply to any card that is about a question."""
        asked = [m for m in self.phone.chat.messages.values() if "问" in str(m.get("text")) and "reply_markup" in m]
        if asked:
            self.serial += 1
            self.says(f"答{self.serial} {self.mark} {self.id}", reply_to=self.chance.choice(asked)["message_id"])

    def chats(self) -> None:
        self.says(self.chance.choice(ODD))


@dataclass
class Merchant(Staff):
    name: str = ""

    async def opens_shop(self) -> None:
        await self.until(lambda: self.find("我要开店"), self.phone.start)
        await self.until(self._shop, self._asks_for_shop)
        self.shop_id = self._shop()

    def _asks_for_shop(self) -> None:
        self.taps("我要开店")
        self.world.loop.call_later(6, self.says, self.name)

    def _shop(self) -> int:
        found = self.world.ask("SELECT staff_of FROM people WHERE id = ? AND staff_of IS NOT NULL", self.id)
        return int(found[0][0]) if found else 0

    async def invites(self) -> str:
        """The payload of an invitation."""
        found: str = await self.until(self._invitation, self._asks_for_invitation)
        return found

    def _asks_for_invitation(self) -> None:
        self.says("/team")
        self.world.loop.call_later(5, self.taps, "邀请店员")
        self.world.loop.call_later(10, self.taps, "发货")

    def _invitation(self) -> str | None:
        texts = [str(message.get("text")) for message in self.phone.chat.messages.values()]
        links = [found[1] for text in texts if (found := LINK.search(text)) and "join" in found[1]]
        return links[-1] if links else None


@dataclass
class Colleague(Staff):
    async def joins(self, shop_id: int, payload: str) -> None:
        self.shop_id = shop_id
        query = "SELECT 1 FROM members WHERE person_id = ?"
        await self.until(lambda: self.world.ask(query, self.id), lambda: self.phone.start(payload))


@dataclass
class Buyer(Human):
    async def habits(self, shop_id: int, acts: int) -> None:
        code = self.world.ask("SELECT link_code FROM shops WHERE id = ?", shop_id)[0][0]
        query = "SELECT 1 FROM buyers WHERE person_id = ?"
        await self.until(lambda: self.world.ask(query, self.id), lambda: self.phone.start(code))
        for _ in range(acts):
            await self.pause(25)
            self.world.said.questions[self.id] += 1
            self.says(f"问{self.world.said.questions[self.id]} {self.mark}")
