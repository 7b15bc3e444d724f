"""SIGKILL at fifty random moments under load: nothing is lost, nothing happens twice, everything is said."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from playground.server import serving
from tests.databases import sqlite_copy
from tests.reliability.findings import answers, findings, repeats, stuck, waiting
from tests.reliability.processes import Zygote, zygote
from tests.reliability.world import World

KILLS = 50
KILLED_AT_THE_START = 0.2
"""So many are killed while they are still starting, the others while they serve."""
LONGEST_START = 0.3
LONGEST_SERVICE = 0.35
UPDATES_A_LIFE = 20
REST_WITHIN_SECONDS = 30
LEAVE_WITHIN_SECONDS = 5
MOST_REPEATS_A_KILL = 30
"""So many calls may be on their way together."""

pytestmark = pytest.mark.processes


@dataclass
class Bots:
    """One bot after the other in the same world."""

    zygote: Zygote
    world: World
    address: str

    @property
    def log(self) -> Path:
        return self.world.folder / "bots.log"

    async def start(self, *, hasty: bool = False) -> int:
        return await self.zygote.start(self.world.settings(self.address), self.log, hasty=hasty)

    async def live_and_die(self, *, kills: int, hasty: bool = False) -> None:
        for _ in range(kills):
            process_id = await self.start(hasty=hasty)
            await self._live()
            await self.zygote.kill(process_id)

    async def _live(self) -> None:
        chance = self.world.random
        if chance.random() < KILLED_AT_THE_START:
            await self.world.live(chance.uniform(0, LONGEST_START), updates=UPDATES_A_LIFE)
        else:
            await self.world.until_served()
            await self.world.live(chance.uniform(0, LONGEST_SERVICE), updates=UPDATES_A_LIFE)

    async def come_to_rest(self) -> tuple[float, int]:
        """A bot that is left alone until all is handled and sent, and then asked to leave."""
        process_id = await self.start()
        until = asyncio.get_running_loop().time() + REST_WITHIN_SECONDS
        while waiting(self.world):
            assert asyncio.get_running_loop().time() < until, stuck(self.world)
            await asyncio.sleep(0.05)
        return await self.zygote.ask_to_leave(process_id)


@pytest.fixture(scope="module")
def warm() -> Iterator[Zygote]:
    with zygote() as started:
        yield started


@pytest.fixture
async def bots(warm: Zygote, template: Path, tmp_path: Path) -> AsyncIterator[Bots]:
    sqlite_copy(template, tmp_path)
    world = World(tmp_path, Random(20260302))
    world.open_shop()
    async with serving(world.telegram) as address:
        yield Bots(warm, world, address)


async def test_fifty_kills_lose_nothing_and_double_nothing(bots: Bots) -> None:
    await bots.live_and_die(kills=KILLS)
    await bots.come_to_rest()
    assert findings(bots.world) == []
    assert "an update failed" not in bots.log.read_text(encoding="utf-8")
    assert repeats(bots.world) <= KILLS * MOST_REPEATS_A_KILL
    assert len(bots.world.telegram.made) > KILLS * 10
    assert answers(bots.world) > KILLS


async def test_a_bot_that_confirms_before_it_keeps_is_found_out(bots: Bots) -> None:
    """The planted fault shows that the kills hit where it hurts, and that the findings would tell."""
    await bots.live_and_die(kills=KILLS // 2, hasty=True)
    assert any("updates were not handled" in finding for finding in findings(bots.world))


async def test_sigterm_is_obeyed_within_five_seconds_at_any_moment(bots: Bots) -> None:
    for life in (0.2, 0.5, 1.0, 2.0):
        process_id = await bots.start()
        await bots.world.live(life, updates=UPDATES_A_LIFE)
        seconds, status = await bots.zygote.ask_to_leave(process_id)
        assert (status, seconds < LEAVE_WITHIN_SECONDS) == (0, True)
    await bots.come_to_rest()
    assert findings(bots.world) == []
