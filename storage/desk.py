"""The desk: one thread and one connection where all database work is done, one job after another."""

import asyncio
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

import structlog
from sqlalchemy import Connection, Engine

from storage.database import is_away
from storage.outbox import Posted
from storage.work import Work

T = TypeVar("T")
Job = Callable[[Work], T]
Rescue = Callable[[Exception], Job[T] | None]
"""Given the error of a job whose work was undone, what to do instead; None lets the error out."""

GROUP = 64
PAUSES = (0.05, 0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds between attempts while the database is locked or away."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Order(Generic[T]):
    job: Job[T]
    rescue: Rescue[T] | None
    result: "Future[T] | asyncio.Future[T]"


@dataclass(frozen=True)
class _Outcome:
    value: Any = None
    error: Exception | None = None
    posted: Sequence[Posted] = ()
    errands: bool = False


@dataclass(kw_only=True)
class Desk:
    """Runs jobs. `publish` turns the news of a finished job into outbox rows, in the same transaction; `on_commit` hears what was posted.

    `do` gives a future of the job's result that is resolved after the commit. Jobs that wait together share one transaction, each
    in a savepoint, so a failing job undoes only itself. While the database is away the jobs wait and are run again.
    """

    engine: Engine
    clock: Callable[[], datetime]
    publish: Callable[[Work], None] = lambda _: None
    on_commit: Callable[[Sequence[Posted], bool], None] = lambda _posted, _errands: None
    _orders: "queue.SimpleQueue[_Order[Any] | None]" = field(default_factory=queue.SimpleQueue)
    _thread: threading.Thread | None = None
    _loop: asyncio.AbstractEventLoop | None = None

    def open(self) -> None:
        """Start the thread; results are delivered on the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._serve, name="desk", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Finish what was ordered, then stop."""
        if self._thread is not None:
            self._orders.put(None)
            self._thread.join()
            self._thread = None
        self.engine.dispose()

    def do(self, job: Job[T], rescue: Rescue[T] | None = None) -> "asyncio.Future[T]":
        """Order a job from the event loop."""
        result: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        order = _Order(job, rescue, result)
        if self._thread is None:
            self._settle([order], self._run([order]))
        else:
            self._orders.put(order)
        return result

    async def insist(self, job: Job[T], rescue: Rescue[T] | None = None) -> T:
        """Order a job again and again until the database has taken it."""
        while True:
            try:
                return await self.do(job, rescue)
            except DatabaseAwayError:
                log.error("the database is still away")  # noqa: TRY400 - where it happened says nothing
                await asyncio.sleep(PAUSES[-1])

    def do_now(self, job: Job[T], rescue: Rescue[T] | None = None) -> T:
        """Run a job here and now: for the command line and for tests, while the thread is not started."""
        result: Future[T] = Future()
        order = _Order(job, rescue, result)
        self._settle([order], self._run([order]))
        return result.result()

    def _serve(self) -> None:
        while True:
            orders, last = self._next_group()
            if orders:
                outcomes = self._run(orders)
                assert self._loop is not None  # noqa: S101 - set before the thread starts
                self._loop.call_soon_threadsafe(self._settle, orders, outcomes)
            if last:
                return

    def _next_group(self) -> tuple[list[_Order[Any]], bool]:
        orders: list[_Order[Any]] = []
        first = self._orders.get()
        while first is not None:
            orders.append(first)
            if len(orders) == GROUP or self._orders.empty():
                return orders, False
            first = self._orders.get()
        return orders, True

    def _settle(self, orders: Sequence[_Order[Any]], outcomes: Sequence[_Outcome]) -> None:
        for order, outcome in zip(orders, outcomes, strict=True):
            if order.result.done():
                continue  # whoever ordered it no longer waits
            if outcome.error is None:
                order.result.set_result(outcome.value)
            else:
                order.result.set_exception(outcome.error)
        posted = [row for outcome in outcomes for row in outcome.posted]
        errands = any(outcome.errands for outcome in outcomes)
        if posted or errands:
            self.on_commit(posted, errands)

    def _run(self, orders: Sequence[_Order[Any]]) -> list[_Outcome]:
        """One transaction for the group; again as a whole while the database is locked or away."""
        for pause in (*PAUSES, None):
            try:
                with self.engine.begin() as connection:
                    return [self._attempt(connection, order) for order in orders]
            except _Spoiled as spoiled:
                return self._one_by_one(orders, spoiled.error)
            except Exception as error:  # noqa: BLE001 - nothing may end the only thread of the desk
                if not is_away(error):
                    return self._one_by_one(orders, error)
                log.warning("the database did not take our work", error=type(error).__name__, pause=pause)
                if pause is None:
                    return [_Outcome(error=DatabaseAwayError(str(error)))] * len(orders)
                time.sleep(pause)
        raise AssertionError("unreachable")

    def _one_by_one(self, orders: Sequence[_Order[Any]], error: Exception) -> list[_Outcome]:
        """One job took the transaction of all with it: each gets its own now, and that job's rescue its turn."""
        if len(orders) > 1:
            return [outcome for order in orders for outcome in self._run([order])]
        instead = orders[0].rescue(error) if orders[0].rescue else None
        if instead is None:
            return [_Outcome(error=error)]
        return self._run([_Order(instead, orders[0].rescue, orders[0].result)])

    def _attempt(self, connection: Connection, order: _Order[Any]) -> _Outcome:
        job: Job[Any] | None = order.job
        raw = connection.connection.dbapi_connection
        while job is not None:
            raw.execute("SAVEPOINT job")  # type: ignore[union-attr]
            try:
                outcome = self._do(connection, job)
            except Exception as error:
                if is_away(error):
                    raise
                if not connection.in_transaction() or not connection.get_transaction().is_active:  # type: ignore[union-attr]
                    raise _Spoiled(error) from error
                raw.execute("ROLLBACK TO SAVEPOINT job")  # type: ignore[union-attr]
                job = order.rescue(error) if order.rescue else None
                if job is None:
                    return _Outcome(error=error)
            else:
                raw.execute("RELEASE SAVEPOINT job")  # type: ignore[union-attr]
                return outcome
        raise AssertionError("unreachable")

    def _do(self, connection: Connection, job: Job[Any]) -> _Outcome:
        work = Work(connection, self.clock())
        try:
            value = job(work)
            if work.news:
                self.publish(work)
            work.flush()
        finally:
            work.close()
        return _Outcome(value=value, posted=work.posted, errands=work.left_errands)


class DatabaseAwayError(OSError):
    """The database was locked, full or gone for longer than the desk waits. Nothing of the work was kept; it may be ordered again."""


class _Spoiled(Exception):
    """A failed flush has rolled back the whole transaction."""

    def __init__(self, error: Exception) -> None:
        super().__init__(type(error).__name__)
        self.error = error
