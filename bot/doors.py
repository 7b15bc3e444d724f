"""How the bot stands to the net: updates are fetched or posted, and machines may ask how it does."""

from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass

from aiogram import Bot

from bot.health import Health
from bot.intake import Intake
from bot.serving import serving
from bot.settings import Settings
from bot.webhook import Webhook, point_here
from storage.desk import Desk


@dataclass
class Doors:
    """Without settings all are closed, and updates are fetched."""

    desk: Desk
    intake: Intake
    settings: Settings | None = None

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
            routes += Webhook(settings.webhook_path, secret, self.intake.take).routes()
        return serving(routes, host=settings.http_host, port=settings.http_port)

    async def take_in(self) -> None:
        """Updates, for ever; posted ones come in by the server."""
        if self.settings is None or self.settings.webhook_url is None:
            await self.intake.run()
