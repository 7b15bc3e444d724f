"""A disk without room: what comes is left with Telegram, the log says so, and all goes on as soon as there is room."""

import asyncio
import resource
from pathlib import Path

import pytest

from tests.databases import sqlite_copy
from tests.reliability.lives import bots_of
from tests.reliability.processes import zygote
from tests.reliability.world import World

NO_ROOM = 60_000
"""No file may grow beyond this: SQLite's are larger, the log is not."""
ALARM = "the database did not take our work"

pytestmark = pytest.mark.processes


async def test_a_full_disk_loses_nothing_and_all_goes_on_when_there_is_room(template: Path, tmp_path: Path) -> None:
    url = sqlite_copy(template, tmp_path)
    with zygote() as warm:
        async with bots_of(warm, url, tmp_path, 13) as bots:
            process_id = await bots.start()
            await bots.world.until_served()
            await bots.world.live(updates=12, calls=20)
            resource.prlimit(process_id, resource.RLIMIT_FSIZE, (NO_ROOM, resource.RLIM_INFINITY))
            come = left_with_telegram(bots.world)
            await bots.world.live(updates=12, calls=100)
            await until_said(bots.log, ALARM)
            assert left_with_telegram(bots.world) > come
            resource.prlimit(process_id, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            await until_taken(bots.world)
            await bots.ask_to_leave(process_id)
            toll = await bots.come_to_rest()
    assert (toll.found, toll.broken) == ((), ())
    assert toll.updates > 20


def left_with_telegram(world: World) -> int:
    """Updates that the bot has not confirmed."""
    return len(world.telegram.updates.waiting)


async def until_said(log: Path, words: str) -> None:
    async with asyncio.timeout(30):
        while words not in log.read_text(encoding="utf-8"):  # noqa: ASYNC110, ASYNC240 - another process works
            await asyncio.sleep(0.05)


async def until_taken(world: World) -> None:
    """By the same process: it need not be started anew."""
    async with asyncio.timeout(60):
        while left_with_telegram(world):  # noqa: ASYNC110 - another process works
            await asyncio.sleep(0.05)
