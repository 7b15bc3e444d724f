"""The Telegram of a simulated day: it remembers everything, is strict about limits, and fails as the seed wants."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import Any

from playground.clock import Clock
from playground.faults import Fault, FaultKind, Faults
from playground.limits import Limits
from playground.request import Upload
from playground.telegram import Telegram
from playground.updates import Updates
from tests.simulation.story import Story
from tests.simulation.virtual_time import WallClock

FAULTY = 0.06
DOUBLED = 0.06
KINDS = tuple(kind for kind in FaultKind if kind is not FaultKind.DUPLICATE_UPDATE)


class SeededFaults(Faults):
    """Strikes whenever the seed says so, until all is well."""

    def __init__(self, chance: Random) -> None:
        super().__init__()
        self.chance = chance
        self.over = False

    def strike(self, method: str, chat_id: Any, *, named: bool = False) -> Fault | None:
        if self.over or self.chance.random() >= FAULTY:
            return None
        self.struck += 1
        seconds = self.chance.uniform(0.5, 20)
        return Fault(self.chance.choice(KINDS), method, retry_after=self.chance.randint(1, 6), seconds=seconds)

    def doubles_an_update(self) -> bool:
        return not self.over and self.chance.random() < DOUBLED


class CountedUpdates(Updates):
    """Knows which updates Telegram itself let expire before anybody took them."""

    expired: frozenset[int] = frozenset()

    def _confirm(self, offset: int | None, now: datetime) -> None:
        gone = {update.update_id for update in self.waiting if update.expired(now)}
        self.expired |= gone
        super()._confirm(offset, now)


class _TrueTime(Clock):
    """Telegram's own clock, which is right."""

    def __init__(self, clock: WallClock) -> None:
        super().__init__()
        self._clock = clock

    def now(self) -> datetime:
        return self._clock.now()


class Exchange(Telegram):
    def __init__(self, clock: WallClock, chance: Random, story: Story) -> None:
        super().__init__(clock=_TrueTime(clock), limits=Limits())
        self.updates: CountedUpdates = CountedUpdates(next_id=1_000)
        self.faults: SeededFaults = SeededFaults(chance)
        self.story = story
        self.made: list[int] = []
        self.done: list[tuple[str, dict[str, Any]]] = []

    def receive(self, kind: str, content: Any) -> int:
        update_id = super().receive(kind, content)
        if update_id:
            self.made.append(update_id)
        return update_id

    async def call(self, method: str, params: Mapping[str, Any], uploads: Mapping[str, Upload] | None = None) -> Any:
        self.limits.punishes = method != "sendMediaGroup"  # the stand-in would refuse an album half-way, and for ever
        result = await super().call(method, params, uploads)
        if method != "getUpdates":
            self.done.append((method, dict(params)))
            self.story.tell("telegram", f"{method} {params.get('chat_id', '')} {_short(params)}")
        return result


def _short(params: Mapping[str, Any]) -> str:
    words = str(params.get("text") or params.get("caption") or params.get("message_id") or "")
    return words.replace("\n", " / ")[:60]


async def never() -> None:
    """What a call of a dead process comes to."""
    await asyncio.get_running_loop().create_future()
