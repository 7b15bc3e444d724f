"""One simulated day from its seed: the people come, things go wrong, things are well again, and the promises are looked at."""

import asyncio
import gc
import secrets
import shutil
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import apscheduler.executors.base
import apscheduler.schedulers.base
import apscheduler.triggers.interval
from aiogram import Dispatcher

from bot.routers import dispatcher
from playground.phone import Phone
from storage import database, desk
from tests.simulation import outside
from tests.simulation.lives import BlockingTime
from tests.simulation.people import Buyer, Colleague, Merchant
from tests.simulation.plants import PLANTS
from tests.simulation.promises import broken_promises
from tests.simulation.virtual_time import NobodyWaitsError, VirtualLoop, wall_datetime
from tests.simulation.world import World

OPENING_WITHIN_SECONDS = 6 * 3600
SHOPS = {"甲记": (1001, 1002, (2001, 2002)), "乙记": (1101, 1102, (2101,))}
"""By their marks: the merchant, the colleague, the buyers."""
READS_THE_CLOCK = (apscheduler.executors.base, apscheduler.schedulers.base, apscheduler.triggers.interval)


@dataclass(frozen=True)
class Day:
    """What became of one seed. `virtual_seconds` is how long the day was for those in it."""

    seed: int
    broken: tuple[str, ...]
    trace: str
    lines: tuple[str, ...]
    kills: int
    faults: int
    updates: int
    virtual_seconds: float


def simulate(seed: int, template: Path, plant: str = "") -> Day:
    with TemporaryDirectory(prefix="day") as folder:
        path = Path(folder) / "shop.db"
        shutil.copyfile(template, path)
        loop = VirtualLoop()
        loop.set_exception_handler(lambda _loop, _context: None)  # tasks of dead processes say all kinds of things
        world = World(seed, Path(folder), f"sqlite:///{path}", loop, _dispatcher())
        with _virtual(loop, world), PLANTS[plant]():
            try:
                broken = loop.run_until_complete(_live(world))
            finally:
                _close(loop)
        story = world.story
        faults = world.telegram.faults.struck
        return Day(
            seed,
            tuple(broken),
            story.trace,
            tuple(story.lines),
            world.kills,
            faults,
            len(world.telegram.made),
            loop.time(),
        )


@cache
def _dispatcher() -> Dispatcher:
    return dispatcher()


@contextmanager
def _virtual(loop: VirtualLoop, world: World) -> Iterator[None]:
    """No real clock, no real chance, no real disk; the collector stays away, for it calls at moments of its own."""
    tokens = world.chance("tokens")
    patches: list[Any] = [patch.object(module, "datetime", wall_datetime(world.clock)) for module in READS_THE_CLOCK]
    patches += [
        patch.object(desk, "time", BlockingTime(loop)),
        patch.object(secrets, "token_urlsafe", lambda size: _token(tokens, size)),
        patch.object(database, "SYNCHRONOUS", "OFF"),
    ]
    gc.disable()
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in patches:
            each.stop()
        gc.enable()


def _token(chance: Random, size: int) -> str:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return "".join(chance.choice(letters) for _ in range(-(-size * 4 // 3)))


async def _live(world: World) -> list[str]:
    running = asyncio.ensure_future(world.keep_running())
    chance = world.chance("day")
    jumping = asyncio.ensure_future(world.move_clocks(chance.randint(0, 2)))
    staff: dict[int, str] = {}
    try:
        async with asyncio.timeout(OPENING_WITHIN_SECONDS * 3):
            await asyncio.gather(*(_shop(world, mark, staff) for mark in SHOPS), outside.carrier(world, 8))
    except TimeoutError:
        world.fallen.append("people waited in vain")
    jumping.cancel()
    await world.come_to_rest()
    broken = broken_promises(world, staff, set(SHOPS))
    running.cancel()
    return broken


async def _shop(world: World, mark: str, staff: dict[int, str]) -> None:
    """A shop from its opening to its evening."""
    merchant_id, colleague_id, buyers = SHOPS[mark]
    staff |= {merchant_id: mark, colleague_id: mark}
    merchant = Merchant(*_human(world, merchant_id, mark), name=f"{mark}鞋铺")
    colleague = Colleague(*_human(world, colleague_id, mark))
    await merchant.opens_shop()
    await colleague.joins(merchant.shop_id, await merchant.invites())
    await merchant.adds_product()
    habits: list[Awaitable[Any]] = [
        merchant.habits(22),
        colleague.habits(12),
        outside.marketplace(world, merchant.shop_id, mark, 7),
        *(Buyer(*_human(world, person_id, mark)).habits(merchant.shop_id, 6) for person_id in buyers),
    ]
    await asyncio.gather(*habits)


def _human(world: World, person_id: int, mark: str) -> tuple[World, Phone, str, Random]:
    person = world.telegram.add_person(person_id, f"{mark}{person_id}")
    return world, Phone(world.telegram, person), mark, world.chance(f"person {person_id}")


def _close(loop: VirtualLoop) -> None:
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        with suppress(NobodyWaitsError):
            loop.run_until_complete(asyncio.wait(left))
    loop.close()
