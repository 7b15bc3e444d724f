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
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.orm import Session

from storage.signals import Signal
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
    result: Future[T]


@dataclass(frozen=True)
class _Outcome:
    value: Any = None
    error: Exception | None = None
    signals: frozenset[Signal] = frozenset()


@dataclass(kw_only=True)
class Desk:
    """Runs jobs. `publish` turns the news of a finished job into outbox rows, in the same transaction.

    `do` gives a future of the job's result that is resolved after the commit. Jobs that wait together share one transaction, each
    in a savepoint, so a failing job undoes only itself. While the database is away the jobs wait and are run again.
    """

    engine: Engine
    clock: Callable[[], datetime]
    publish: Callable[[Work], None] = lambda _: None
    on_commit: Callable[[frozenset[Signal]], None] = lambda _: None
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
        order = _Order(job, rescue, Future())
        if self._thread is None:
            self._settle([order], self._run([order]))
        else:
            self._orders.put(order)
        return asyncio.wrap_future(order.result)

    def do_now(self, job: Job[T], rescue: Rescue[T] | None = None) -> T:
        """Run a job here and now: for the command line and for tests, while the thread is not started."""
        order = _Order(job, rescue, Future())
        self._settle([order], self._run([order]))
        return order.result.result()

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
            if outcome.error is None:
                order.result.set_result(outcome.value)
            else:
                order.result.set_exception(outcome.error)
        if signals := frozenset[Signal]().union(*(outcome.signals for outcome in outcomes)):
            self.on_commit(signals)

    def _run(self, orders: Sequence[_Order[Any]]) -> list[_Outcome]:
        """One transaction for the group; again as a whole while the database is locked or away."""
        for pause in (*PAUSES, None):
            try:
                with self.engine.begin() as connection:
                    return [self._attempt(connection, order) for order in orders]
            except (OperationalError, InterfaceError, DBAPIError, OSError) as error:
                log.warning("the database did not take our work", error=type(error).__name__, pause=pause)
                if pause is None:
                    return [_Outcome(error=error)] * len(orders)
                time.sleep(pause)
        raise AssertionError("unreachable")

    def _attempt(self, connection: Connection, order: _Order[Any]) -> _Outcome:
        job: Job[Any] | None = order.job
        while job is not None:
            try:
                return self._in_savepoint(connection, job)
            except (OperationalError, InterfaceError):
                raise
            except Exception as error:  # noqa: BLE001 - whatever a job raises goes to whoever ordered it
                job = order.rescue(error) if order.rescue else None
                if job is None:
                    return _Outcome(error=error)
        raise AssertionError("unreachable")

    def _in_savepoint(self, connection: Connection, job: Job[Any]) -> _Outcome:
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            work = Work(session=session, now=self.clock())
            value = job(work)
            if work.news:
                self.publish(work)
            session.commit()
        return _Outcome(value=value, signals=frozenset(work.signals))
