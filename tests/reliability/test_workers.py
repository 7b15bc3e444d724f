"""Eight workers on one PostgreSQL: the server is restarted, connections are cut, leaders are killed; nothing is lost or doubled."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from tests.databases import Postgres
from tests.reliability.findings import findings, stuck, waiting
from tests.reliability.lives import FAILED, REST_WITHIN_SECONDS, Bots, bots_of
from tests.reliability.processes import Zygote

WORKERS = 8
RESTARTS = 6
CUTS = 20
SEED = 20260303
TAKEN_OVER_WITHIN_SECONDS = 10

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    """One of its own: others do not expect to be restarted."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        started = Postgres(Path(folder))
        yield started
        started.stop()


@dataclass
class Crew:
    """Workers of one bot, as processes."""

    bots: Bots
    processes: list[int] = field(default_factory=list)

    async def hire(self, count: int) -> None:
        self.processes += [await self.bots.start() for _ in range(count)]
        await self.is_served()

    async def is_served(self) -> None:
        """Some worker fetches what is written now."""
        await asyncio.gather(self.bots.world.until_served(), self.bots.world.live(updates=5, calls=3))

    async def lose(self, which: int) -> None:
        await self.bots.zygote.kill(self.processes.pop(which))

    async def come_to_rest(self) -> None:
        """All is handled and sent; then everybody leaves."""
        until = asyncio.get_running_loop().time() + 2 * REST_WITHIN_SECONDS
        while _waits(self.bots):
            assert asyncio.get_running_loop().time() < until, stuck(self.bots.world)
            await asyncio.sleep(0.1)
        for process_id in self.processes:
            await self.bots.ask_to_leave(process_id)

    def judge(self) -> None:
        assert findings(self.bots.world) == []
        assert self.bots.broken == []
        assert FAILED not in self.bots.log.read_text(encoding="utf-8")


def _waits(bots: Bots) -> bool:
    try:
        return waiting(bots.world) > 0
    except psycopg.OperationalError:
        return True


@pytest.fixture
async def crew(warm: Zygote, server: Postgres, tmp_path: Path) -> AsyncIterator[Crew]:
    with server.fresh() as url:
        async with bots_of(warm, url, tmp_path, SEED) as bots:
            yield Crew(bots)


async def test_a_server_that_is_restarted_at_once_again_and_again_loses_and_doubles_nothing(
    crew: Crew, server: Postgres
) -> None:
    await crew.hire(WORKERS)
    for _ in range(RESTARTS):
        await asyncio.gather(crew.bots.world.live(updates=40, calls=30), asyncio.to_thread(server.restart_at_once))
        await crew.is_served()
    await crew.come_to_rest()
    crew.judge()


async def test_connections_that_are_cut_at_random_lose_and_double_nothing(crew: Crew, server: Postgres) -> None:
    await crew.hire(WORKERS)
    for _ in range(CUTS):
        await asyncio.gather(
            crew.bots.world.live(updates=15, calls=10),
            asyncio.to_thread(server.cut_one_off, crew.bots.world.random),
        )
    await crew.come_to_rest()
    crew.judge()


async def test_workers_that_are_killed_are_replaced_within_ten_seconds(crew: Crew) -> None:
    """The first one leads; which one leads then nobody knows, so each has its turn."""
    await crew.hire(3)
    for _ in range(5):
        await crew.bots.world.live(updates=20, calls=15)
        await crew.lose(0)
        async with asyncio.timeout(TAKEN_OVER_WITHIN_SECONDS):
            await crew.is_served()
        await crew.hire(1)
    await crew.come_to_rest()
    crew.judge()
