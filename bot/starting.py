"""Two ways to start: the real bot, and the playground with a bot in it."""

import asyncio
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNotFound, TelegramUnauthorizedError
from aiogram.utils.token import TokenValidationError

from bot import logs
from bot.app import App
from bot.serving import AddressTaken
from bot.settings import Settings
from bot.telegram_calls import PlainSession
from bot.webhook import WebhookRefused
from storage.database import open_engine
from storage.locking import DatabaseInUse, in_use, leading
from storage.schema import upgrade

log = structlog.get_logger(__name__)

UNKNOWN_TO_TELEGRAM = (
    "Telegram does not know this token. Ask @BotFather for the right one, such as 123456789:ABCdef..., "
    "and put it into ZHANGGUI_BOT_TOKEN.\n"
)
BEING_RESTORED = "A backup is being restored into this database. Start the bot again when that is done.\n"
ADDRESS_TAKEN = (
    "Nothing can listen at {address}. Free it, or choose another ZHANGGUI_HTTP_HOST or ZHANGGUI_HTTP_PORT.\n"
)
WEBHOOK_REFUSED = "Telegram does not take ZHANGGUI_WEBHOOK_URL: {words}\n"
TURN_SECONDS = 1.0
Clock = Callable[[], datetime]


async def run_bot(settings: Settings, stop: asyncio.Event, *, clock: Clock) -> int:
    """The bot with its token, by long polling or by webhook, until `stop` is set."""
    logs.set_up(settings.log_level, as_json=settings.log_json)
    try:
        with in_use(settings.database_url), ExitStack() as held:
            if not await _our_turn(settings.database_url, held, stop):
                return 0
            app = make_app(settings, clock=clock)
            app.doors.settings = settings
            await app.run(stop, tick_seconds=settings.tick_seconds)
    except DatabaseInUse:
        sys.stderr.write(BEING_RESTORED)
        return 1
    except (TokenValidationError, TelegramUnauthorizedError, TelegramNotFound):
        sys.stderr.write(UNKNOWN_TO_TELEGRAM)
        return 1
    except WebhookRefused as refused:
        sys.stderr.write(WEBHOOK_REFUSED.format(words=refused))
        return 1
    except AddressTaken as taken:
        sys.stderr.write(ADDRESS_TAKEN.format(address=taken))
        return 1
    return 0


async def _our_turn(url: str, held: ExitStack, stop: asyncio.Event) -> bool:
    """With a database that is a file one process works at a time; another waits here, and takes over when the first one ends.

    False when it was stopped while it waited.
    """
    waiting = False
    while not stop.is_set():
        try:
            held.enter_context(leading(url))
        except DatabaseInUse:
            if not waiting:
                log.warning("another process works with this database: waiting until it ends")
            waiting = True
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), TURN_SECONDS)
        else:
            return True
    return False


def make_app(settings: Settings, *, clock: Clock, api_url: str | None = None, token: str | None = None) -> App:
    """The bot of these settings, with its database brought up to date if that is a file of our own."""
    settings.make_folders()
    if settings.database_url.startswith("sqlite"):
        engine = open_engine(settings.database_url)
        upgrade(engine)
        engine.dispose()
    if token is None:
        token = settings.bot_token.get_secret_value() if settings.bot_token else ""
    session = PlainSession(api=TelegramAPIServer.from_base(api_url or settings.api_url))
    return App(Bot(token, session=session), settings.database_url, clock=clock, files=settings.files)
