"""Backups taken while the bot works and is killed: each is restored elsewhere, and what we promise holds there, too."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.backup import back_up
from storage.restore import restore
from tests.databases import sqlite_copy
from tests.reliability.findings import Kind, findings
from tests.reliability.kept import reading
from tests.reliability.lives import Bots, bots_of
from tests.reliability.processes import zygote
from tests.reliability.world import World

BACKUPS = 3
KILLS_BETWEEN = 3
PROMISED = {Kind.DAMAGE, Kind.LOST, Kind.DOUBLED, Kind.DISORDERED}
"""What Telegram shows has gone on since the backup; what is in the books holds together."""

pytestmark = pytest.mark.processes


async def test_backups_under_load_hold_all_that_was_kept_until_then(template: Path, tmp_path: Path) -> None:
    sqlite_copy(template, tmp_path)
    archives = [tmp_path / f"{number}.tar" for number in range(BACKUPS)]
    with zygote() as warm:
        async with bots_of(warm, f"sqlite:///{tmp_path / 'shop.db'}", tmp_path, 7) as bots:
            for archive in archives:
                await bots.live_and_die(bots.kills + KILLS_BETWEEN)
                await back_up_under_load(bots, archive)
            bots.world.telegram.updates.drop_all()
            for archive in archives:
                await look_at(archive, bots)


async def back_up_under_load(bots: Bots, archive: Path) -> None:
    """The bot is killed while its database is copied, or just after."""
    process_id = await bots.start()
    await bots.world.until_served()
    copied = asyncio.to_thread(back_up, bots.world.folder / "shop.db", bots.world.folder / "files", archive)
    copying = asyncio.ensure_future(copied)
    await bots.world.live(updates=20, calls=20)
    await bots.zygote.kill(process_id)
    await copying


async def look_at(archive: Path, bots: Bots) -> None:
    elsewhere = archive.with_suffix("")
    elsewhere.mkdir()
    restore(archive, elsewhere / "shop.db", elsewhere / "files", replace=False, at=datetime(2026, 3, 2, tzinfo=UTC))
    world = as_of_the_backup(bots.world, elsewhere)
    assert len(world.telegram.made) > KILLS_BETWEEN
    await Bots(bots.zygote, world, bots.address).come_to_rest()
    world.said = heard(world)
    assert world.said.total() > KILLS_BETWEEN
    assert [each for each in findings(world) if each.kind in PROMISED] == []


def as_of_the_backup(world: World, folder: Path) -> World:
    """With those updates of which the books had heard at that moment."""
    there = replace(world, url=f"sqlite:///{folder / 'shop.db'}", folder=folder)
    with reading(there.url) as kept:
        there.telegram.made = [row[0] for row in kept.execute("SELECT update_id FROM inbox")]
    return there


def heard(world: World) -> Counter[int]:
    """How many messages of each buyer are in the books; they are the first ones, without a gap."""
    with reading(world.url) as kept:
        return Counter(row[0] for row in kept.execute("SELECT by_id FROM question_lines WHERE side = 'buyer'"))
