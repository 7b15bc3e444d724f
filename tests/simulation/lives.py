"""One life of the bot's process: the real app on the virtual loop, until it is stopped or killed in the middle of something."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from aiogram import Bot, Dispatcher
from aiogram.methods import GetMe, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.app import App
from bot.pace import is_counted
from playground.limits import Limits
from playground.session import InProcessSession
from tests.simulation.desks import Killed, MortalDesk
from tests.simulation.engines import MortalConnection
from tests.simulation.exchange import Exchange, never
from tests.simulation.fate import Fate
from tests.simulation.story import Story
from tests.simulation.uptime import Uptime
from tests.simulation.virtual_time import VirtualLoop, WallClock

TICK_SECONDS = 5
STOPS_WITHIN_SECONDS = 5


@dataclass
class Life:
    """`ended` is set by death; from then on nothing that this process does has any effect."""

    url: str
    folder: Path
    telegram: Exchange
    clock: WallClock
    fate: Fate
    story: Story
    uptime: Uptime
    dispatcher: Dispatcher
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    limits: Limits = field(default_factory=lambda: Limits(punishes=False))

    def __post_init__(self) -> None:
        bot = Bot(self.telegram.token, session=MortalSession(self))
        files = self.folder / "files"
        self.app = App(bot, self.url, clock=self.clock, files=files, dispatcher=self.dispatcher)
        MortalDesk(self)
        MortalConnection.strike = cast("Callable[[str], None]", staticmethod(self.strike))

    def passes(self, what: str, where: str) -> bool:
        """False when this is where it dies, or has died."""
        if not self.ended.is_set() and self.fate.kills(what):
            self.dies(where)
        return not self.ended.is_set()

    def dies(self, where: str) -> None:
        self.story.tell("KILLED", where)
        self.ended.set()

    def strike(self, statement: str) -> None:
        """Death between two statements, or a database that is locked when work begins."""
        if not self.passes("statement", f"before {statement[:40]!r}"):
            raise Killed
        if statement.startswith("BEGIN") and self.fate.raising and self.locked_until() > self._loop.time():
            raise sqlite3.OperationalError("database is locked")

    def locked_until(self) -> float:
        now, before = self._loop.time(), self.fate.locked_until
        until = self.fate.locks(now)
        if self.fate.locked_until > before:
            self.story.tell("database", f"is locked for {until - now:.1f} s")
            self.uptime.add(now, until)
        return until

    async def run(self) -> float:
        """Until death or stop; gives how many seconds a stop has taken. An error that the app does not survive is raised."""
        working = asyncio.ensure_future(self.app.run(self.stopping, tick_seconds=TICK_SECONDS))
        ends = [asyncio.ensure_future(event.wait()) for event in (self.ended, self.stopping)]
        await asyncio.wait([working, *ends], return_when=asyncio.FIRST_COMPLETED)
        since = self._loop.time()
        if self.stopping.is_set() and not self.ended.is_set():
            await asyncio.wait([working, ends[0]], return_when=asyncio.FIRST_COMPLETED)
        fell = working.done() and not self.ended.is_set()
        took = self._loop.time() - since
        self.ended.set()
        for task in (working, *ends):
            task.cancel()
        await asyncio.wait([working, *ends])
        if fell:
            working.result()
        return took

    @property
    def _loop(self) -> VirtualLoop:
        return cast("VirtualLoop", asyncio.get_event_loop())


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
        name = method.__api_method__
        if is_counted(name):
            self.life.limits.take(int(method.model_dump()["chat_id"]), private=True)
        await self._pass(f"before {name}")
        try:
            result = await super().make_request(bot, method, timeout)
        finally:
            await self._pass(f"after {name}")
        if isinstance(method, GetMe):
            self.life.uptime.ends("down", self.life._loop.time())
        return result

    async def stream_content(self, *args: Any, **options: Any) -> AsyncGenerator[bytes, None]:
        await self._pass("before a download")
        async for part in super().stream_content(*args, **options):
            yield part

    async def _pass(self, where: str) -> None:
        await asyncio.sleep(self.life.fate.chance.uniform(0.01, 0.2))
        if not self.life.passes("call", where):
            await never()
