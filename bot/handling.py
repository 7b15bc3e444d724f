"""What waits in the inbox is worked off: when something has come, and now and then for what others or an earlier run have left."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot import metrics
from bot.dispatching import Dispatching
from storage.desk import Desk
from storage.tasks import WorkedOff

PAUSE_SECONDS = 1.0
"""Before the next look when the database is away, or something could neither be done nor set aside."""

log = structlog.get_logger(__name__)


@dataclass
class Handling:
    """Orders the desk to work off the inbox, one piece after the other until nothing is left."""

    desk: Desk
    dispatching: Dispatching
    clock: Callable[[], datetime]
    _ordered: "asyncio.Future[WorkedOff[datetime]] | None" = None
    _more: bool = False

    async def run(self, *, every: float) -> None:
        """Look now, and again after so many seconds, for ever."""
        while True:
            self.look()
            await asyncio.sleep(every)

    def look(self) -> None:
        """Something may wait. While a look is under way one more follows it."""
        if self._ordered is not None:
            self._more = True
            return
        self._more = False
        self._ordered = self.desk.work_off(self.dispatching.claim)
        self._ordered.add_done_callback(self._looked)

    async def settled(self) -> None:
        """Nothing waits that could be done now."""
        while self._ordered is not None:
            await asyncio.wait([self._ordered])

    def _looked(self, ordered: "asyncio.Future[WorkedOff[datetime]]") -> None:
        self._ordered = None
        if ordered.cancelled():
            return
        if (error := ordered.exception()) is not None:
            metrics.updates_wait()
            log.error("updates wait in the inbox", error=type(error).__name__)
            self._look_later()
            return
        worked_off = ordered.result()
        now = self.clock()
        for received_at in worked_off.results:
            metrics.update_done((now - received_at).total_seconds())
        if worked_off.left:
            self._look_later()
        elif worked_off.results or self._more:
            self.look()

    def _look_later(self) -> None:
        asyncio.get_running_loop().call_later(PAUSE_SECONDS, self.look)
