"""How the bot stands to the net: updates are fetched or posted, and machines may ask how it does."""

import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiogram import Bot

from bot.health import Health
from bot.intake import Intake
from bot.outcomes import FAILURES
from bot.serving import serving
from bot.settings import Settings
from bot.webhook import Webhook, point_here
from storage.desk import Desk

LOOK_SECONDS = 5
log = structlog.get_logger(__name__)


@dataclass
class Doors:
    """Without settings all are closed, and updates are fetched."""

    desk: Desk
    intake: Intake
    settings: Settings | None = None
    _in_turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    """What is kept just now must not be taken for a leftover, or it would be handled twice."""

    async def tell_telegram(self, bot: Bot) -> None:
        """Which way updates come. What waits for the other way stays, and comes this way."""
        if self.settings is None or self.settings.webhook_url is None:
            await bot.delete_webhook()
        else:
            await point_here(bot, self.settings)

    def serving(self) -> AbstractAsyncContextManager[object]:
        """The server while inside; nothing without a port. Raises AddressTaken."""
        settings = self.settings
        if settings is None or settings.http_port is None:
            return nullcontext()
        routes = [*Health(self.desk, self.desk.clock).routes()]
        if settings.webhook_url is not None and settings.webhook_secret is not None:
            secret = settings.webhook_secret.get_secret_value()
            routes += Webhook(settings.webhook_path, secret, self.keep).routes()
        return serving(routes, host=settings.http_host, port=settings.http_port)

    async def take_in(self) -> None:
        """Updates, for ever."""
        if self.settings is None or self.settings.webhook_url is None:
            await self.intake.run()
        else:
            await self._stand_by()

    async def keep(self, raws: Sequence[dict[str, Any]]) -> None:
        async with self._in_turn:
            await self.intake.take(raws)

    async def _stand_by(self) -> None:
        """Telegram posts; we finish what an earlier run, or a database that was away, has left."""
        while True:
            try:
                async with self._in_turn:
                    await self.intake.catch_up()
            except FAILURES as error:
                log.warning("could not finish leftovers", error=type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)
