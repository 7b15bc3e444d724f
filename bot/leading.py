"""What only one of several workers does at a time, and how this one learns that it is the one."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog

from storage.leadership import Watch

log = structlog.get_logger(__name__)


@dataclass
class Leading:
    """`term` is the leader's work: it ends when it fails, or is cancelled because another worker leads now.

    `heard` is given what other workers have committed. With a database that is a file there are no others.
    """

    database_url: str
    term: Callable[[], Awaitable[None]]
    heard: Callable[[str], None]
    leads: bool = field(init=False)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.leads = not self.is_shared

    @property
    def is_shared(self) -> bool:
        return not self.database_url.startswith("sqlite")

    async def run(self) -> None:
        if not self.is_shared:
            await self.term()
            return
        watch = Watch(self.database_url, _Relay(self, asyncio.get_running_loop()))
        watch.open()
        try:
            while True:
                await self._until(leads=True)
                log.info("this worker leads")
                await self._serve()
                log.warning("another worker leads")
        finally:
            watch.close()

    async def _serve(self) -> None:
        """One term."""
        term = asyncio.ensure_future(self.term())
        over = asyncio.ensure_future(self._until(leads=False))
        try:
            await asyncio.wait([term, over], return_when=asyncio.FIRST_COMPLETED)
            if term.done():
                term.result()
        finally:
            term.cancel()
            over.cancel()
            await asyncio.wait([term, over])

    async def _until(self, *, leads: bool) -> None:
        while self.leads is not leads:
            await self._changed.wait()
            self._changed.clear()

    def turn(self, *, leads: bool) -> None:
        self.leads = leads
        self._changed.set()


@dataclass(frozen=True)
class _Relay:
    """From the thread of the watch to the event loop."""

    leading: Leading
    loop: asyncio.AbstractEventLoop

    def leads(self) -> None:
        self.loop.call_soon_threadsafe(lambda: self.leading.turn(leads=True))

    def leads_no_more(self) -> None:
        self.loop.call_soon_threadsafe(lambda: self.leading.turn(leads=False))

    def hears(self, news: str) -> None:
        self.loop.call_soon_threadsafe(self.leading.heard, news)
