"""Another process holds the database of a bot that is at work: for some seconds nothing is written, and then all goes on."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.databases import sqlite_copy
from tests.reliability.kept import reading
from tests.reliability.lives import bots_of
from tests.reliability.processes import zygote

HELD_SECONDS = (1, 4, 8)

pytestmark = pytest.mark.processes


async def test_a_writer_that_holds_the_database_for_seconds_stops_nothing_for_good(
    template: Path, tmp_path: Path
) -> None:
    """Poller and clock are alive afterwards, and nobody is told of a fault."""
    url = sqlite_copy(template, tmp_path)
    with zygote() as warm:
        async with bots_of(warm, url, tmp_path, 11) as bots:
            process_id = await bots.start()
            await bots.world.until_served()
            for seconds in HELD_SECONDS:
                with closing(sqlite3.connect(tmp_path / "shop.db", isolation_level=None)) as other:
                    other.execute("PRAGMA busy_timeout = 10000")
                    other.execute("BEGIN IMMEDIATE")
                    before = last_tick(url)
                    await asyncio.gather(bots.world.live(updates=12, calls=100), asyncio.sleep(seconds))
                    other.execute("ROLLBACK")
                await ticked_since(url, before)
            await bots.ask_to_leave(process_id)
            toll = await bots.come_to_rest()
    assert (toll.found, toll.broken) == ((), ())
    assert toll.updates > 20


def last_tick(url: str) -> str:
    with reading(url) as kept:
        return str(kept.execute("SELECT max(at) FROM heartbeats").fetchone()[0])


async def ticked_since(url: str, before: str) -> None:
    async with asyncio.timeout(30):
        while last_tick(url) == before:  # noqa: ASYNC110 - another process works
            await asyncio.sleep(0.05)
