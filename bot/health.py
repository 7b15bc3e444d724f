"""What machines ask: is it alive (`/healthz`), can it work (`/readyz`), how does it do (`/metrics`)."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus

from aiohttp import web

from bot import metrics
from bot.identity import IDENTITY
from storage.desk import Desk
from storage.gauges import Gauges, measure

ANSWER_WITHIN_SECONDS = 3
BEAT_WITHIN = timedelta(minutes=5)
"""So long without a tick, and the clock of this bot has stopped: it is to be started again."""


@dataclass
class Health:
    """Looks at the books through the desk, at most once at a time: while the database is away no looks pile up."""

    desk: Desk
    clock: Callable[[], datetime]
    _looking: "asyncio.Future[Gauges] | None" = None
    _started_at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self._started_at = self.clock()

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        return [web.get("/healthz", self.alive), web.get("/readyz", self.ready), web.get("/metrics", self.figures)]

    async def alive(self, _: web.Request) -> web.Response:
        """Not alive is what a new start would mend: a clock that stopped, never a database that is away."""
        gauges = await self._look()
        if gauges is None:
            return _say("waiting for the database")
        last = max([self._started_at, *gauges.heartbeats.values()])
        if self.clock() - last > BEAT_WITHIN:
            return _say("the clock has stopped", HTTPStatus.SERVICE_UNAVAILABLE)
        return _say("alive")

    async def ready(self, _: web.Request) -> web.Response:
        if await self._look() is None:
            return _say("the database is away", HTTPStatus.SERVICE_UNAVAILABLE)
        if not IDENTITY.username:
            return _say("Telegram has not answered yet", HTTPStatus.SERVICE_UNAVAILABLE)
        return _say("ready")

    async def figures(self, _: web.Request) -> web.Response:
        text = metrics.exposition(await self._look(), self.clock())
        return web.Response(body=text, headers={"Content-Type": metrics.CONTENT_TYPE})

    async def _look(self) -> Gauges | None:
        """None when the books could not be read in time."""
        if self._looking is None or self._looking.done():
            self._looking = self.desk.do(lambda work: measure(work.connection, work.now))
            self._looking.add_done_callback(_heard)
        try:
            return await asyncio.wait_for(asyncio.shield(self._looking), ANSWER_WITHIN_SECONDS)
        except (OSError, TimeoutError):
            return None


def _heard(looked: "asyncio.Future[Gauges]") -> None:
    """Nobody may be waiting any more when an error comes."""
    if not looked.cancelled():
        looked.exception()


def _say(words: str, status: HTTPStatus = HTTPStatus.OK) -> web.Response:
    return web.Response(text=f"{words}\n", status=status)
