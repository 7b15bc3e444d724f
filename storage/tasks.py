"""What is ordered at the desk, and what becomes of it."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import structlog

from storage.outbox import Posted
from storage.work import Work

T = TypeVar("T")
Job = Callable[[Work], T]
Rescue = Callable[[Exception], Job[T] | None]
"""Given the error of a job whose work was undone, what to do instead; None lets the error out."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Task(Generic[T]):
    """A job, and what to do when it fails."""

    job: Job[T]
    rescue: Rescue[T] | None = None


Claim = Callable[[Work, int], Sequence[Task[T]]]
"""Takes from the books what waits to be done, at most so much of it; it is done in the same transaction."""


@dataclass(frozen=True)
class WorkedOff(Generic[T]):
    """Results of the tasks that were done, and how many were left as they were because nothing helped."""

    results: Sequence[T]
    left: int


@dataclass(frozen=True)
class Order:
    """Either a task or a claim."""

    task: Task[Any] | None
    claim: Claim[Any] | None
    result: "Future[Any] | asyncio.Future[Any]"


@dataclass(frozen=True)
class Outcome:
    value: Any = None
    error: Exception | None = None
    posted: Sequence[Posted] = ()
    errands: bool = False


def together(outcomes: Sequence[Outcome]) -> Outcome:
    """What became of a claim."""
    for each in outcomes:
        if each.error is not None:
            log.error("something that waits could not be done", exc_info=each.error)
    done = [each for each in outcomes if each.error is None]
    return Outcome(
        WorkedOff([each.value for each in done], left=len(outcomes) - len(done)),
        posted=[row for each in done for row in each.posted],
        errands=any(each.errands for each in done),
    )


class DatabaseAwayError(OSError):
    """The database was locked, full or gone for longer than the desk waits. Nothing of the work was kept; it may be ordered again."""


class Spoiled(Exception):
    """A failed flush has rolled back the whole transaction."""

    def __init__(self, error: Exception, task: Task[Any] | None) -> None:
        super().__init__(type(error).__name__)
        self.error = error
        self.task = task


"""The task at which it failed."""
