"""The desk of a mortal process: its thread is the event loop, a little later, and it may be held up or die at any job."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from storage.desk import GROUP
from tests.simulation.virtual_time import VirtualLoop

if TYPE_CHECKING:
    from tests.simulation.lives import Life


class Killed(BaseException):
    """The process is no more; what it was doing at the database is undone."""


class MortalDesk:
    """Takes the place of the desk's thread: a group of jobs a little later, in one transaction, as the thread does it."""

    def __init__(self, life: "Life") -> None:
        self.life = life
        self.desk: Any = life.app.desk
        self.waiting: list[Any] = []
        self._do = self.desk._do
        vars(life.app.desk).update(_thread=self, _orders=self, _do=self.do, open=lambda: None, close=self.close)

    def put(self, order: Any) -> None:
        self.waiting.append(order)
        if len(self.waiting) == 1:
            self._soon()

    def do(self, connection: Any, job: Any) -> Any:
        outcome = self._do(connection, job)
        if not self.life.passes("job", "before the commit"):
            raise Killed
        return outcome

    def close(self) -> None:
        """What was ordered is finished, as the thread does it; nothing of that if the process is dead."""
        while self.waiting and not self.life.ended.is_set():
            self._serve()
        self.desk.engine.dispose()

    def _soon(self, seconds: float = 0.0) -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(seconds + self.life.fate.chance.uniform(0.0005, 0.004), self._serve_unless_locked)

    def _serve_unless_locked(self) -> None:
        """A lock that lasts less than SQLite's patience is waited for; the loop goes on meanwhile."""
        now = asyncio.get_running_loop().time()
        locked_until = self.life.locked_until()
        if locked_until > now and not self.life.fate.raising:
            self._soon(locked_until - now)
        else:
            self._serve()

    def _serve(self) -> None:
        if not self.waiting or not self.life.passes("job", "before a job"):
            return
        group, self.waiting = self.waiting[:GROUP], self.waiting[GROUP:]
        try:
            outcomes: Sequence[Any] = self.desk._run(group)
        except Killed:
            return
        if self.life.passes("job", "after the commit"):
            self.desk._settle(group, outcomes)
        if self.waiting:
            self._soon()


class BlockingTime:
    """`time` as the desk sees it: its pauses hold up this thread, which is the loop's own here."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop

    def sleep(self, seconds: float) -> None:
        self._loop.block(seconds)

    def monotonic(self) -> float:
        return self._loop.time()
