"""Updates in: long polling into the inbox, and only then the next offset; leftovers of the inbox come first."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramUnauthorizedError

from bot import metrics
from bot.dispatching import Dispatching
from bot.outcomes import FAILURES
from bot.telegram_calls import GetRawUpdates
from storage.desk import Desk
from storage.inbox import Received

LONG_POLL_SECONDS = 25
PAUSES = (0.5, 1, 2, 5, 10, 20)
AT_ONCE = 500
"""So many updates may wait at the desk before no more are fetched."""
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]

log = structlog.get_logger(__name__)


@dataclass
class Intake:
    """Fetches, stores, hands over. Polling begins without an offset: what comes a second time is known by the inbox."""

    bot: Bot
    desk: Desk
    dispatching: Dispatching
    _offset: int | None = None
    _behind: bool = True
    _handling: set["asyncio.Future[None]"] = field(default_factory=set)

    async def run(self) -> None:
        failures = 0
        while True:
            try:
                await self.catch_up()
                await self.fetch(wait=LONG_POLL_SECONDS)
                failures = 0
            except TelegramUnauthorizedError:
                raise
            except FAILURES as error:
                pause = PAUSES[min(failures, len(PAUSES) - 1)]
                failures += 1
                log.warning("could not fetch updates", error=type(error).__name__, pause=pause)
                await asyncio.sleep(pause)

    async def finish_leftovers(self) -> None:
        """What an earlier run of the process stored and did not finish."""
        for received in await self.desk.do(lambda work: work.inbox.waiting()):
            await self.dispatching.handle(received)

    async def catch_up(self) -> None:
        """Finish leftovers at the start, and whenever the database was away while updates waited at the desk."""
        if self._behind:
            await self.settled()
            await self.finish_leftovers()
            self._behind = False

    async def fetch(self, *, wait: int) -> int:
        """One poll; gives how many updates were new."""
        request = GetRawUpdates(offset=self._offset, timeout=wait, allowed_updates=ALLOWED)
        raws = await self.bot(request, request_timeout=wait + 15)
        stored = await self.take(raws)
        return len(stored)

    async def take(self, raws: Sequence[dict[str, Any]]) -> list[Received]:
        """Store updates; when they are kept, confirm them and hand them over in their order."""
        if not raws:
            return []
        bot_id = self.bot.id
        stored = await self.desk.do(lambda work: work.inbox.store(bot_id, raws))
        self._offset = raws[-1]["update_id"] + 1
        for received in stored:
            self._hand_over(received)
        while len(self._handling) > AT_ONCE:
            await asyncio.wait(self._handling, return_when=asyncio.FIRST_COMPLETED)
        return stored

    async def settled(self) -> None:
        """Everything that was handed over is handled."""
        while self._handling:
            await asyncio.wait(self._handling)

    def _hand_over(self, received: Received) -> None:
        handled = self.dispatching.handle(received)
        self._handling.add(handled)
        handled.add_done_callback(partial(self._handled, asyncio.get_running_loop().time()))

    def _handled(self, kept_at: float, handled: "asyncio.Future[None]") -> None:
        self._handling.discard(handled)
        if handled.cancelled():
            return
        if (error := handled.exception()) is None:
            metrics.update_done(asyncio.get_running_loop().time() - kept_at)
        else:
            metrics.update_waits()
            self._behind = True
            log.error("an update waits in the inbox", exc_info=error)
