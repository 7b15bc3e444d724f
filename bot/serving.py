"""The bot's own HTTP server: for machines that watch it, and for Telegram if it posts updates."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from bot.webhook import LARGEST_BODY

GRACE_SECONDS = 2
log = structlog.get_logger(__name__)


def application(routes: Iterable[web.AbstractRouteDef]) -> web.Application:
    site = web.Application(client_max_size=LARGEST_BODY)
    site.add_routes(routes)
    return site


@asynccontextmanager
async def serving(routes: Iterable[web.AbstractRouteDef], *, host: str, port: int) -> AsyncIterator[str]:
    """Serves while inside; gives the address. Port 0 takes a free one. Raises OSError when the port is taken."""
    runner = web.AppRunner(application(routes), access_log=None, shutdown_timeout=GRACE_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        address = f"http://{host}:{runner.addresses[0][1]}"
        log.info("serving", address=address)
        yield address
    finally:
        await runner.cleanup()
