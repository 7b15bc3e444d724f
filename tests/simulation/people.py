"""People with phones: they act on what these show, or against it. Here all they have in common, and buyers."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from playground.phone import Phone
from tests.simulation.world import World

MOST_TRIES = 50
LATE_OWLS = 0.08
"""Some act although nobody answers."""


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

    def buttons(self) -> list[tuple[int, str, str]]:
        """Message, data and words of all buttons on show, the newest message first."""
        return [
            (message["message_id"], button["callback_data"], button["text"])
            for message in reversed(self.phone.chat.messages.values())
            for row in message.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
            if "callback_data" in button
        ]

    def find(self, label: str) -> tuple[int, str] | None:
        """The newest button with these words."""
        return next(((message_id, data) for message_id, data, words in self.buttons() if label in words), None)

    def taps(self, label: str) -> bool:
        found = self.find(label)
        if found:
            self.presses(found, label)
        return bool(found)

    def presses(self, button: tuple[int, str], label: str) -> None:
        """Some fingers are too quick, and some taps Telegram sends again under another number."""
        self.world.story.tell(str(self.id), f"taps {label!r}")
        tap = self.phone.tap(*button)
        again = self.chance.random()
        if again < 0.15:
            self.phone.tap(*button)
        elif again < 0.25:
            self.phone.tap_again(tap)

    def taps_anything(self) -> None:
        """Any button that was ever on this phone."""
        for message_id, data, words in self.buttons():
            self.seen.setdefault((message_id, data), words)
        risky = ("离开", "关店", "移出", "English", "永久", "清除")
        there = [key for key, label in self.seen.items() if not any(word in label for word in risky)]
        if there:
            button = self.chance.choice(there)
            self.presses(button, self.seen[button])

    async def pause(self, most: float = 4) -> None:
        await asyncio.sleep(self.chance.uniform(0.1, most))
        if self.chance.random() > LATE_OWLS:
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
class Buyer(Human):
    async def arrives(self, shop_id: int) -> None:
        code = self.world.ask("SELECT link_code FROM shops WHERE id = ?", shop_id)[0][0]
        query = "SELECT 1 FROM buyers WHERE person_id = ?"
        await self.until(lambda: self.world.ask(query, self.id), lambda: self.phone.start(code))

    async def habits(self, acts: int) -> None:
        for _ in range(acts):
            await self.pause(9)
            asked = self.world.said.questions.setdefault(self.id, [])
            self.says(f"问{len(asked) + 1} {self.mark}")
            asked.append(self.world.telegram.updates.made[-1].update_id)
