"""Updates in: long polling into the inbox, and only then the next offset."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramUnauthorizedError

from bot.handling import Handling
from bot.outcomes import FAILURES
from bot.telegram_calls import GetRawUpdates
from storage.desk import Desk

LONG_POLL_SECONDS = 25
PAUSES = (0.5, 1, 2, 5, 10, 20)
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]

log = structlog.get_logger(__name__)


@dataclass
class Intake:
    """Fetches and stores. Polling begins without an offset: what comes a second time is known by the inbox."""

    bot: Bot
    desk: Desk
    handling: Handling
    _offset: int | None = None

    async def run(self) -> None:
        self._offset = None
        failures = 0
        while True:
            try:
                await self.fetch(wait=LONG_POLL_SECONDS)
                failures = 0
            except TelegramUnauthorizedError:
                raise
            except FAILURES as error:
                pause = PAUSES[min(failures, len(PAUSES) - 1)]
                failures += 1
                log.warning("could not fetch updates", error=type(error).__name__, pause=pause)
                await asyncio.sleep(pause)

    async def fetch(self, *, wait: int) -> int:
        """One poll; gives how many updates came."""
        request = GetRawUpdates(offset=self._offset, timeout=wait, allowed_updates=ALLOWED)
        raws = await self.bot(request, request_timeout=wait + 15)
        if raws:
            await self.take(raws)
            self._offset = raws[-1]["update_id"] + 1
        return len(raws)

    async def take(self, raws: Sequence[dict[str, Any]]) -> None:
        """Store updates, and have them handled; returns when they are kept, which is when they may be confirmed."""
        bot_id = self.bot.id
        stored = self.desk.do(lambda work: work.inbox.store(bot_id, raws))
        self.handling.look()  # ordered right behind: one transaction does both
        await stored
