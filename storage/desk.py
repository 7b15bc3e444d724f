"""The desk: one thread and one connection where all database work is done, one job after another."""

import asyncio
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, Engine

from storage.database import is_away
from storage.outbox import Posted
from storage.sharing import ERRANDS, ShopBusyError, posted_news, tell_others
from storage.tasks import Claim, DatabaseAwayError, Job, Order, Outcome, Rescue, Spoiled, Task, WorkedOff, together
from storage.work import Work

T = TypeVar("T")
GROUP = 64
CLAIM_SECONDS = 0.1
"""After so long what was claimed and done is committed, and others have their turn; the rest still waits in the books."""
PAUSES = (0.05, 0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds between attempts while the database is locked or away."""

log = structlog.get_logger(__name__)


@dataclass(kw_only=True)
class Desk:
    """Runs jobs. `publish` turns the news of a finished job into outbox rows, in the same transaction; `on_commit` hears what was posted.

    `do` gives a future of the job's result that is resolved after the commit. Jobs that wait together share one transaction, each
    in a savepoint, so a failing job undoes only itself. While the database is away the jobs wait and are run again. `work_off`
    does the same with what a claim finds in the books: there nothing is done twice even when it stays unknown whether a commit was kept.
    """

    engine: Engine
    clock: Callable[[], datetime]
    publish: Callable[[Work], None] = lambda _: None
    on_commit: Callable[[Sequence[Posted], bool], None] = lambda _posted, _errands: None
    _orders: "queue.SimpleQueue[Order | None]" = field(default_factory=queue.SimpleQueue)
    _thread: threading.Thread | None = None
    _loop: asyncio.AbstractEventLoop | None = None
    _fresh: bool = True
    """Nothing has been done in this transaction: it may wait for a shop."""
    _closed: bool = False

    def open(self) -> None:
        """Start the thread; results are delivered on the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._serve, name="desk", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Finish what was ordered, then stop; what is ordered later is not done."""
        self._closed = True
        if self._thread is not None:
            self._orders.put(None)
            self._thread.join()
            self._thread = None
        self.engine.dispose()

    def do(self, job: Job[T], rescue: Rescue[T] | None = None) -> "asyncio.Future[T]":
        """Order a job from the event loop."""
        result: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._order(Order(Task(job, rescue), None, result))
        return result

    def work_off(self, claim: Claim[T]) -> "asyncio.Future[WorkedOff[T]]":
        """Order from the event loop that some of what waits in the books is taken and done."""
        result: asyncio.Future[WorkedOff[T]] = asyncio.get_running_loop().create_future()
        self._order(Order(None, claim, result))
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
        order = Order(Task(job, rescue), None, result)
        self._settle([order], self._run([order]))
        return result.result()

    def _order(self, order: Order) -> None:
        if self._closed:
            order.result.cancel()
        elif self._thread is None:
            self._settle([order], self._run([order]))
        else:
            self._orders.put(order)

    def _serve(self) -> None:
        while True:
            orders, last = self._next_group()
            if orders:
                outcomes = self._run(orders)
                assert self._loop is not None  # noqa: S101 - set before the thread starts
                self._loop.call_soon_threadsafe(self._settle, orders, outcomes)
            if last:
                return

    def _next_group(self) -> tuple[list[Order], bool]:
        orders: list[Order] = []
        first = self._orders.get()
        while first is not None:
            orders.append(first)
            if len(orders) == GROUP or self._orders.empty():
                return orders, False
            first = self._orders.get()
        return orders, True

    def _settle(self, orders: Sequence[Order], outcomes: Sequence[Outcome]) -> None:
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

    def _run(self, orders: Sequence[Order], most: int = GROUP) -> list[Outcome]:
        """As few transactions as may be; each again as a whole while the database is locked or away."""
        outcomes: list[Outcome] = []
        while len(outcomes) < len(orders):
            outcomes += self._run_some(orders[len(outcomes) :], most)
        return outcomes

    def _run_some(self, orders: Sequence[Order], most: int) -> list[Outcome]:
        """One transaction for the first of these orders, and as many more as it can hold."""
        for pause in (*PAUSES, None):
            try:
                with self.engine.begin() as connection:
                    return self._run_together(connection, orders, most)
            except Spoiled as spoiled:
                return self._run_apart(orders, spoiled, most)
            except Exception as error:  # noqa: BLE001 - nothing may end the only thread of the desk
                if not is_away(error):
                    return self._run_apart(orders, Spoiled(error, orders[0].task), most)
                log.warning("the database did not take our work", error=type(error).__name__, pause=pause)
                if pause is None:
                    return [Outcome(error=DatabaseAwayError(str(error)))] * len(orders)
                time.sleep(pause)
        raise AssertionError("unreachable")

    def _run_together(self, connection: Connection, orders: Sequence[Order], most: int) -> list[Outcome]:
        self._fresh = True
        outcomes: list[Outcome] = []
        for order in orders:
            try:
                outcomes.append(self._carry_out(connection, order, most))
            except ShopBusyError:
                break  # the others have a transaction of their own, after this one
        posted = [row.id for outcome in outcomes for row in outcome.posted]
        errands = any(outcome.errands for outcome in outcomes)
        tell_others(connection, *posted_news(posted), *([ERRANDS] if errands else []))
        return outcomes

    def _run_apart(self, orders: Sequence[Order], spoiled: "Spoiled", most: int) -> list[Outcome]:
        """One job took the transaction of all with it: each gets its own now, and that job's rescue its turn."""
        if len(orders) > 1:
            return [outcome for order in orders for outcome in self._run([order])]
        if orders[0].claim is not None and most > 1:
            return self._run(orders, most=1)
        rescue = spoiled.task.rescue if spoiled.task else None
        instead = rescue(spoiled.error) if rescue else None
        if instead is None:
            return [Outcome(error=spoiled.error)]
        [outcome] = self._run([Order(Task(instead, rescue), None, orders[0].result)])
        return [outcome if orders[0].claim is None else together([outcome])]

    def _carry_out(self, connection: Connection, order: Order, most: int) -> Outcome:
        if order.claim is None:
            assert order.task is not None  # noqa: S101 - an order is one of the two
            return self._attempt(connection, order.task)
        claim, until = order.claim, time.monotonic() + CLAIM_SECONDS
        outcomes: list[Outcome] = []
        for task in self._do(connection, lambda work: claim(work, most)).value:
            try:
                outcomes.append(self._attempt(connection, task))
            except ShopBusyError:
                break  # it still waits in the books, and is the first to be taken the next time
            if self._closed or time.monotonic() > until:
                break
        return together(outcomes)

    def _attempt(self, connection: Connection, task: Task[Any]) -> Outcome:
        job: Job[Any] | None = task.job
        raw = connection.connection.dbapi_connection
        while job is not None:
            raw.execute("SAVEPOINT job")  # type: ignore[union-attr]
            try:
                outcome = self._do(connection, job)
            except Exception as error:
                if is_away(error):
                    raise
                if not connection.in_transaction() or not connection.get_transaction().is_active:  # type: ignore[union-attr]
                    raise Spoiled(error, task) from error
                raw.execute("ROLLBACK TO SAVEPOINT job")  # type: ignore[union-attr]
                if isinstance(error, ShopBusyError):
                    raise
                job = task.rescue(error) if task.rescue else None
                if job is None:
                    return Outcome(error=error)
            else:
                raw.execute("RELEASE SAVEPOINT job")  # type: ignore[union-attr]
                self._fresh = False
                return outcome
        raise AssertionError("unreachable")

    def _do(self, connection: Connection, job: Job[Any]) -> Outcome:
        work = Work(connection, self.clock(), patient=self._fresh)
        try:
            value = job(work)
            if work.news:
                self.publish(work)
            work.flush()
        finally:
            work.close()
        return Outcome(value=value, posted=work.posted, errands=work.left_errands)
