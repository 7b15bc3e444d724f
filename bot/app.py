"""Puts everything together: one bot, one database, one event loop."""

import asyncio
import gc
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramNotFound, TelegramUnauthorizedError
from aiogram.types import User

from bot.delivery import Delivery
from bot.dispatching import Dispatching
from bot.doors import Doors
from bot.errands import Errands
from bot.handling import Handling
from bot.identity import IDENTITY
from bot.intake import Intake
from bot.introduction import introduce
from bot.jobs.schedule import scheduler, tick
from bot.leading import Leading
from bot.outcomes import FAILURES
from bot.pace import Pace
from bot.publishing import publish
from bot.routers import dispatcher as make_dispatcher
from storage import sharing
from storage.database import open_engine
from storage.desk import Desk
from storage.mapping import map_everything
from storage.outbox import Posted

STOP_WITHIN_SECONDS = 4
PAUSE_SECONDS = 3
TICK_SECONDS = 5
LOOK_SHARED_SECONDS, LOOK_ALONE_SECONDS = 1, 60
"""So often the inbox is looked at although nobody said that something has come: a worker may have died with what it had taken."""

log = structlog.get_logger(__name__)


class App:
    """The whole bot. Tests give it an in-process Telegram, a clock of their own and no pace."""

    def __init__(
        self,
        bot: Bot,
        database_url: str,
        *,
        clock: Callable[[], datetime],
        files: Path,
        pace: Pace | None = None,
        dispatcher: Dispatcher | None = None,
    ) -> None:
        map_everything()
        self.bot = bot
        self.desk = Desk(engine=open_engine(database_url), clock=clock, publish=publish, on_commit=self._committed)
        self.handling = Handling(self.desk, Dispatching(dispatcher or make_dispatcher(), bot), clock)
        self.intake = Intake(bot, self.desk, self.handling)
        self.delivery = Delivery(bot, self.desk, clock, files, pace or Pace())
        self.errands = Errands(bot, self.desk, files)
        self.doors = Doors(self.desk, self.intake)
        self.leading = Leading(database_url, self._term, self._heard)
        self._tick_seconds: float = TICK_SECONDS

    async def introduce(self) -> None:
        """Learn who we are, waiting for Telegram if it must be; a wrong token is said here."""
        me = await self._first_answer()
        IDENTITY.username = me.username or ""
        await self.desk.insist(introduce)
        log.info("ready", bot=me.username)

    async def run(self, stop: asyncio.Event, *, tick_seconds: float) -> None:
        """Work until `stop` is set, then leave within STOP_WITHIN_SECONDS: whatever is unfinished is in the books."""
        self._tick_seconds = tick_seconds
        self.desk.open()
        gc.freeze()  # what was loaded to start stays; the collector need not look at it again and again
        working = asyncio.ensure_future(self._work())
        stopped = asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait([working, stopped], return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                working.result()
        finally:
            working.cancel()
            stopped.cancel()
            await asyncio.wait([working, stopped], timeout=STOP_WITHIN_SECONDS)
            await self.bot.session.close()
            self.desk.close()

    async def tick(self) -> None:
        """What the clock starts, now."""
        await tick(self.desk)

    async def settle(self) -> None:
        """Take in all updates there are, finish all errands and send everything that may be sent now."""
        busy = True
        while busy:
            busy = bool(await self.intake.fetch(wait=0))
            self.handling.look()
            await self.handling.settled()
            await self.errands.run(until_idle=True)
            await self.delivery.run(until_idle=True)

    async def _work(self) -> None:
        every = LOOK_SHARED_SECONDS if self.leading.is_shared else LOOK_ALONE_SECONDS
        async with self.doors.serving():
            await self.introduce()
            await asyncio.gather(self.handling.run(every=every), self.leading.run())

    async def _term(self) -> None:
        """What the leader does: it fetches, ticks, runs errands and sends. It begins with what the books say."""
        self.delivery = self.delivery.anew()
        clockwork = scheduler(self.desk, self._tick_seconds)
        clockwork.start()
        try:
            await asyncio.gather(self.doors.take_in(), self.delivery.run(), self.errands.run())
        finally:
            clockwork.shutdown(wait=False)

    async def _first_answer(self) -> User:
        while True:
            try:
                await self.doors.tell_telegram(self.bot)
                return await self.bot.get_me()
            except (TelegramUnauthorizedError, TelegramNotFound):
                raise
            except FAILURES as error:
                log.warning("Telegram cannot be reached yet", error=type(error).__name__, pause=PAUSE_SECONDS)
                await asyncio.sleep(PAUSE_SECONDS)

    def _committed(self, posted: Sequence[Posted], errands: bool) -> None:  # noqa: FBT001 - the desk's own signature
        if posted and self.leading.leads:
            self.delivery.accept(posted)
        if errands:
            self.errands.wake()

    def _heard(self, news: str) -> None:
        """What another worker has committed."""
        kind, _, ids = news.partition(" ")
        match kind:
            case sharing.OUTBOX if self.leading.leads:
                self.delivery.hear([int(each) for each in ids.split()])
            case sharing.ERRANDS:
                self.errands.wake()
            case _:
                self.handling.look()
