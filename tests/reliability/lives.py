"""A round of kills: one real bot process after the other in the same world, under load, until all comes to rest."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from playground.server import serving
from tests.reliability.findings import Finding, answers, findings, stuck, unmarked, waiting
from tests.reliability.processes import Zygote
from tests.reliability.world import RememberingTelegram, World

KILLED_AT_THE_START = 0.2
"""So many are killed while they are still starting, the others while they serve."""
ASKED_TO_LEAVE = 0.1
LONGEST_START_SECONDS = 0.3
MOST_CALLS = 50
UPDATES_A_LIFE = 12
REST_WITHIN_SECONDS = 120
LEAVE_WITHIN_SECONDS = 5
MOST_REPEATS = 30
"""So many calls may be on their way together when a bot dies, and one of each chat."""
FAILED = "an update failed"


@dataclass(frozen=True)
class Toll:
    """What a round came to. `repeats` are messages that were sent a second time, `most_repeats` those of a single kill."""

    kills: int = 0
    leaves: int = 0
    updates: int = 0
    answers: int = 0
    repeats: int = 0
    most_repeats: int = 0
    found: tuple[Finding, ...] = ()
    broken: tuple[str, ...] = ()

    def __add__(self, other: "Toll") -> "Toll":
        return Toll(
            self.kills + other.kills,
            self.leaves + other.leaves,
            self.updates + other.updates,
            self.answers + other.answers,
            self.repeats + other.repeats,
            max(self.most_repeats, other.most_repeats),
            self.found + other.found,
            self.broken + other.broken,
        )


@dataclass
class Bots:
    """One bot after the other in the same world."""

    zygote: Zygote
    world: World
    address: str
    kills: int = 0
    leaves: int = 0
    repeats: list[int] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    _unmarked: set[tuple[int, int]] = field(default_factory=set)

    @property
    def log(self) -> Path:
        return self.world.folder / "bots.log"

    async def start(self) -> int:
        return await self.zygote.start(self.world.settings(self.address), self.log)

    async def live_and_die(self, kills: int) -> None:
        """So many are killed; now and then one is asked to leave instead."""
        while self.kills < kills:
            process_id = await self.start()
            if self.world.random.random() < ASKED_TO_LEAVE:
                await self._serve()
                await self.ask_to_leave(process_id)
            else:
                await self._live()
                await self.zygote.kill(process_id)
                self.kills += 1
            self._count_repeats()

    async def ask_to_leave(self, process_id: int) -> None:
        seconds, status = await self.zygote.ask_to_leave(process_id)
        self.leaves += 1
        if seconds > LEAVE_WITHIN_SECONDS or status != 0:
            self.broken.append(f"SIGTERM was obeyed after {seconds:.1f} s with {status}")

    async def come_to_rest(self) -> Toll:
        """A bot that is left alone until all is handled and sent, and then asked to leave."""
        process_id = await self.start()
        await self.world.until_served()
        until = asyncio.get_running_loop().time() + REST_WITHIN_SECONDS
        while waiting(self.world):
            assert asyncio.get_running_loop().time() < until, stuck(self.world)
            await asyncio.sleep(0.05)
        await self.ask_to_leave(process_id)
        if unmarked(self.world) - self._unmarked:
            self.broken.append("a message was sent twice although nobody was killed")
        if FAILED in self.log.read_text(encoding="utf-8"):
            self.broken.append(f"the log says: {FAILED}")
        return self._toll()

    async def _live(self) -> None:
        chance = self.world.random
        if chance.random() < KILLED_AT_THE_START:
            await asyncio.sleep(chance.uniform(0, LONGEST_START_SECONDS))
        else:
            await self._serve()

    async def _serve(self) -> None:
        await self.world.until_served()
        await self.world.live(updates=UPDATES_A_LIFE, calls=self.world.random.randint(1, MOST_CALLS))

    def _count_repeats(self) -> None:
        """What the dead one has sent without writing it down is sent again: at most one message of each chat."""
        now = unmarked(self.world)
        chats = Counter(chat_id for chat_id, _ in now - self._unmarked)
        self._unmarked = now
        self.repeats.append(chats.total())
        if chats.total() > MOST_REPEATS or max(chats.values(), default=0) > 1:
            self.broken.append(f"so many messages of each chat were under way at a kill: {chats}")

    def _toll(self) -> Toll:
        return Toll(
            self.kills,
            self.leaves,
            len(self.world.telegram.made),
            answers(self.world),
            sum(self.repeats),
            max(self.repeats, default=0),
            tuple(findings(self.world)),
            tuple(self.broken),
        )


@asynccontextmanager
async def bots_of(zygote: Zygote, url: str, folder: Path, seed: int, *, forgetful: bool = False) -> AsyncIterator[Bots]:
    """A shop under load in an empty database, and bots for it."""
    world = World(url, folder, Random(seed), RememberingTelegram(forgetful=forgetful))
    world.open_shop()
    async with serving(world.telegram) as address:
        yield Bots(zygote, world, address)
