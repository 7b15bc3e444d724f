"""One life of the bot's process: the real app on the virtual loop, until the seed kills it in the middle of something."""

import asyncio
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType

from bot.app import App
from playground.session import InProcessSession
from storage.desk import GROUP
from tests.simulation.exchange import Exchange, never
from tests.simulation.story import Story
from tests.simulation.virtual_time import VirtualLoop, WallClock

TICK_SECONDS = 20
DEADLY = 0.0025
"""The chance of death at each moment at which it would hurt."""
LOCKED = 0.001


class Killed(BaseException):
    """The process is no more; what it was doing at the database is undone."""


@dataclass
class Fate:
    """When the process dies and the database is locked; `over` when nothing happens any more."""

    chance: Random
    kills_left: int = 8
    over: bool = False
    locked_until: float = 0.0

    def kills(self) -> bool:
        if self.over or not self.kills_left or self.chance.random() >= DEADLY:
            return False
        self.kills_left -= 1
        return True

    def locks(self, now: float) -> bool:
        if not self.over and now >= self.locked_until and self.chance.random() < LOCKED:
            self.locked_until = now + self.chance.uniform(0.1, 8)
        return now < self.locked_until and not self.over


@dataclass
class Life:
    """`ended` is set by death; from then on nothing that this process does has any effect."""

    url: str
    folder: Path
    telegram: Exchange
    clock: WallClock
    fate: Fate
    story: Story
    dispatcher: Dispatcher
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        bot = Bot(self.telegram.token, session=MortalSession(self))
        files = self.folder / "files"
        self.app = App(bot, self.url, clock=self.clock, files=files, dispatcher=self.dispatcher)
        MortalDesk(self)

    def passes(self, where: str) -> bool:
        """False when this is where it dies, or has died."""
        if not self.ended.is_set() and self.fate.kills():
            self.story.tell("KILLED", where)
            self.ended.set()
        return not self.ended.is_set()

    async def run(self) -> None:
        """Until death. An error that the app does not survive is given to whoever waits."""
        self.app._tick_seconds = TICK_SECONDS
        working = asyncio.ensure_future(self.app._work())
        died = asyncio.ensure_future(self.ended.wait())
        await asyncio.wait([working, died], return_when=asyncio.FIRST_COMPLETED)
        self.ended.set()
        fell = working.done()
        working.cancel()
        await asyncio.wait([working, died])
        self.app.desk.engine.dispose()
        if fell:
            working.result()


class MortalSession(InProcessSession):
    """The way to Telegram: it takes a while, and death may come before the call and after it."""

    def __init__(self, life: Life) -> None:
        super().__init__(life.telegram)
        self.life = life

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's signature
    ) -> TelegramType:
        await self._pass(f"before {method.__api_method__}")
        try:
            return await super().make_request(bot, method, timeout)
        finally:
            await self._pass(f"after {method.__api_method__}")

    async def _pass(self, where: str) -> None:
        await asyncio.sleep(self.life.fate.chance.uniform(0.01, 0.2))
        if not self.life.passes(where):
            await never()


class MortalDesk:
    """Takes the place of the desk's thread: a group of jobs a little later, in one transaction, as the thread does it."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.desk: Any = life.app.desk
        self.waiting: list[Any] = []
        self._do = self.desk._do
        vars(life.app.desk).update(_thread=self, _orders=self, _do=self.do)

    def put(self, order: Any) -> None:
        self.waiting.append(order)
        if len(self.waiting) == 1:
            self._soon()

    def do(self, connection: Any, job: Any) -> Any:
        loop: Any = asyncio.get_running_loop()
        if self.life.fate.locks(loop.time()):
            raise sqlite3.OperationalError("database is locked")
        outcome = self._do(connection, job)
        if not self.life.passes("before the commit"):
            raise Killed
        return outcome

    def _soon(self) -> None:
        asyncio.get_running_loop().call_later(self.life.fate.chance.uniform(0.0005, 0.004), self._serve)

    def _serve(self) -> None:
        if not self.life.passes("before a job"):
            return
        group, self.waiting = self.waiting[:GROUP], self.waiting[GROUP:]
        try:
            outcomes: Sequence[Any] = self.desk._run(group)
        except Killed:
            return
        if self.life.passes("after the commit"):
            self.desk._settle(group, outcomes)
        if self.waiting:
            self._soon()


class BlockingTime:
    """`time` as the desk sees it: its pauses hold up this thread, which is the loop's own here."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop

    def sleep(self, seconds: float) -> None:
        self._loop.block(seconds)

    def monotonic(self) -> float:
        return self._loop.time()
