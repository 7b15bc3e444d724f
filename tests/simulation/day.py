"""One simulated day from its seed: the people come, things go wrong, things are well again, and the promises are looked at."""

import asyncio
import gc
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from aiogram import Dispatcher

from bot import app
from bot.routers import dispatcher
from documents import order_sheet_reading
from storage import database, desk
from tests.simulation import outside, troubles
from tests.simulation.desks import BlockingTime
from tests.simulation.engines import mortal_engine
from tests.simulation.openings import People, lay_out, opened
from tests.simulation.plants import PLANTS
from tests.simulation.promises import broken_promises
from tests.simulation.sheets import read_in_line
from tests.simulation.staff import both_confirm
from tests.simulation.virtual_time import NobodyWaitsError, VirtualLoop, reading
from tests.simulation.world import World

LONGEST_SECONDS = 20 * 86_400
REST_SECONDS = 240


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
    folder = _folder()
    lay_out(seed, template, folder)
    loop = VirtualLoop()
    loop.set_exception_handler(lambda _loop, _context: None)  # tasks of dead processes say all kinds of things
    world = World(seed, folder, loop, _dispatcher())
    with _virtual(loop, world), PLANTS[plant]():
        try:
            broken = loop.run_until_complete(_live(world))
        finally:
            _close(loop)
            world.close()
    return Day(
        seed,
        tuple(broken),
        world.story.trace,
        tuple(world.story.lines),
        world.kills,
        world.telegram.faults.struck,
        len(world.telegram.updates.made),
        loop.time(),
    )


@cache
def _dispatcher() -> Dispatcher:
    return dispatcher()


_FOLDERS: list[TemporaryDirectory[str]] = []


@cache
def _folder() -> Path:
    """The same for all days of this process; it goes with the process."""
    _FOLDERS.append(TemporaryDirectory(prefix="days"))
    return Path(_FOLDERS[0].name)


@contextmanager
def _virtual(loop: VirtualLoop, world: World) -> Iterator[None]:
    """No real clock, no real chance, no real disk; the collector stays away, for it calls at moments of its own."""
    tokens = world.chance("tokens")
    patches: list[Any] = [
        reading(world.clock),
        patch.object(app, "open_engine", mortal_engine),
        patch.object(desk, "time", BlockingTime(loop)),
        patch.object(order_sheet_reading, "run_in_child", read_in_line),
        patch.object(secrets, "token_urlsafe", lambda size: _token(tokens, size)),
        patch.object(database, "SYNCHRONOUS", "OFF"),
        patch.object(gc, "freeze", lambda: None),
    ]
    gc.disable()
    with ExitStack() as patched:
        patched.callback(gc.enable)
        for each in patches:
            patched.enter_context(each)
        yield


def _token(chance: Random, size: int) -> str:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return "".join(chance.choice(letters) for _ in range(-(-size * 4 // 3)))


async def _live(world: World) -> list[str]:
    running = asyncio.ensure_future(world.keep_running())
    troubled = [asyncio.ensure_future(each(world)) for each in (troubles.clocks, troubles.odd_mail)]
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            shops = await opened(world)
            await _stretch(world, shops, range(2))
            await troubles.night(world)
            await _stretch(world, shops, range(2, 4))
    except TimeoutError:
        world.fallen.append("people waited in vain")
    for each in troubled:
        each.cancel()
    await world.come_to_rest(REST_SECONDS)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    return broken_promises(world)


async def _stretch(world: World, shops: list[People], orders: range) -> None:
    """Some minutes in which everybody is busy, in the larger shop more so than in the smaller one."""
    large, small = shops
    await asyncio.gather(
        large.merchant.habits(5),
        large.colleague.habits(4),
        small.merchant.habits(2),
        both_confirm(large.merchant, large.colleague, 1),
        *(buyer.habits(2) for shop in shops for buyer in shop.buyers),
        *(_orders(world, shop, orders) for shop in shops),
        _rare(world, large, orders.start),
        outside.carrier(world, 2),
    )


async def _orders(world: World, shop: People, numbers: range) -> None:
    await outside.marketplace(world, shop.merchant.shop_id, shop.mark, numbers)


async def _rare(world: World, shop: People, when: int) -> None:
    """What is a day's work by itself."""
    match world.chance(f"rare {when}").randint(0, 3):
        case 0:
            await shop.merchant.adds_product()
        case 1:
            await shop.merchant.imports_sheet()


def _close(loop: VirtualLoop) -> None:
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        with suppress(NobodyWaitsError):
            loop.run_until_complete(asyncio.wait(left))
    loop.close()
