"""The bot's own HTTP server: for machines that watch it, and for Telegram if it posts updates."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from bot.webhook import LARGEST_BODY

GRACE_SECONDS = 2
log = structlog.get_logger(__name__)


class AddressTaken(Exception):
    """Nobody can listen there; the words are host and port."""


def application(routes: Iterable[web.AbstractRouteDef]) -> web.Application:
    site = web.Application(client_max_size=LARGEST_BODY)
    site.add_routes(routes)
    return site


@asynccontextmanager
async def serving(routes: Iterable[web.AbstractRouteDef], *, host: str, port: int) -> AsyncIterator[str]:
    """Serves while inside; gives the address. Port 0 takes a free one. Raises AddressTaken."""
    runner = web.AppRunner(application(routes), access_log=None, shutdown_timeout=GRACE_SECONDS)
    await runner.setup()
    try:
        await _listen(runner, host, port)
        address = f"http://{host}:{runner.addresses[0][1]}"
        log.info("serving", address=address)
        yield address
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        raise AddressTaken(f"{host}:{port}") from None
