"""The Telegram of a simulated day: it remembers everything, is strict about limits, and fails as the seed wants."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random
from typing import Any

from bot.pace import is_counted
from playground.clock import Clock
from playground.faults import Fault, FaultKind, Faults
from playground.limits import Limits
from playground.request import Upload
from playground.telegram import Telegram
from tests.simulation.mail import Mail
from tests.simulation.story import Story
from tests.simulation.virtual_time import WallClock

FAULTY = 0.06
KINDS = tuple(kind for kind in FaultKind if kind is not FaultKind.DUPLICATE_UPDATE)


class SeededFaults(Faults):
    """Strikes whenever the seed says so, until all is well; knows who calls although it was asked to wait."""

    def __init__(self, chance: Random, mail: Mail) -> None:
        super().__init__()
        self.chance, self.mail = chance, mail
        self.over = False
        self.unsure: Counter[str] = Counter()
        self.ignored: list[str] = []
        self._closed_until: dict[str, float] = {}

    def forget_pauses(self) -> None:
        """Whoever is new does not know of them."""
        self._closed_until.clear()

    def strike(self, method: str, chat_id: Any, *, named: bool = False) -> Fault | None:
        now, chat = asyncio.get_running_loop().time(), str(chat_id)
        if now < self._closed_until.get(chat, 0):
            self.ignored.append(f"{method} to {chat} at {now:.1f} s, although it was to wait")
            return self._pause(method, chat, now)
        if self.over or self.chance.random() >= FAULTY:
            return None
        self.struck += 1
        kind = self.chance.choice(KINDS)
        if kind is FaultKind.TOO_MANY_REQUESTS:
            return self._pause(method, chat, now)
        if kind is FaultKind.DROP_AFTER and is_counted(method):
            self.unsure[chat] += 1
        return Fault(kind, method, seconds=self.chance.uniform(0.5, 20))

    def doubles_an_update(self) -> bool:
        return self.mail.doubles_an_update()

    def _pause(self, method: str, chat: str, now: float) -> Fault:
        seconds = self.chance.randint(1, 6)
        if chat not in ("None", "0"):
            self._closed_until[chat] = now + seconds
        return Fault(FaultKind.TOO_MANY_REQUESTS, method, retry_after=seconds)


class _TrueTime(Clock):
    """Telegram's own clock, which is right."""

    def __init__(self, clock: WallClock) -> None:
        super().__init__()
        self._clock = clock

    def now(self) -> datetime:
        return self._clock.now()


class Exchange(Telegram):
    """`done` are the calls that were carried out, in their order; `hasty` those of which the books did not know yet, or no more."""

    def __init__(self, clock: WallClock, chance: Random, story: Story) -> None:
        super().__init__(clock=_TrueTime(clock), limits=Limits())
        self.updates: Mail = Mail(chance=chance)
        self.faults: SeededFaults = SeededFaults(chance, self.updates)
        self.story = story
        self.done: list[tuple[str, dict[str, Any]]] = []
        self.hasty: list[str] = []
        self.is_kept: Callable[[int], bool] = lambda _chat_id: True

    async def call(self, method: str, params: Mapping[str, Any], uploads: Mapping[str, Upload] | None = None) -> Any:
        self.limits.punishes = method != "sendMediaGroup"  # the stand-in would refuse an album half-way, and for ever
        if is_counted(method) and not self.is_kept(int(params["chat_id"])):
            self.hasty.append(f"{method} to {params['chat_id']}: {_short(params)}")
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
