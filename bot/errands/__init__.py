"""Errands on the event loop: remote or heavy work that the desk left, each tried until it is done or given up.

A module of this package registers what it can do with `@errand(Wish)`.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import structlog
from aiogram import Bot
from pydantic import TypeAdapter

from shop.speakers import CLOCK, Speaker, Standing
from storage.desk import Desk
from storage.errands import Errand
from storage.files import is_full
from storage.tasks import Job
from storage.work import Work

T = TypeVar("T")
AT_ONCE = 4
IDLE_SECONDS = 1.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Outside:
    """What an errand may use: Telegram, the files, and the desk for work in the name of whoever left the errand."""

    bot: Bot
    desk: Desk
    files: Path
    errand: Errand

    async def do(self, job: Job[T]) -> T:
        """A job of its own at the desk, for the shop and the person of the errand."""
        return await self.desk.do(lambda work: job(_entered(work, self.errand)))


Run = Callable[[Outside, Any], Awaitable[Job[None]]]
"""Does the work and gives the report: a job that runs at the desk together with the mark that the errand is done."""
GiveUp = Callable[[Work, Any], None]
"""What is said when all attempts failed."""

_RUNS: dict[str, tuple[type, Run, GiveUp | None]] = {}


def errand(wish: type, *, give_up: GiveUp | None = None) -> Callable[[Run], Run]:
    """Register how a wish is fulfilled."""

    def register(run: Run) -> Run:
        _RUNS[wish.__name__] = (wish, run, give_up)
        return run

    return register


@dataclass
class Errands:
    """Runs what waits, several at once."""

    bot: Bot
    desk: Desk
    files: Path
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _running: set[int] = field(default_factory=set)

    def wake(self) -> None:
        self._wake.set()

    async def run(self, *, until_idle: bool = False) -> None:
        """For ever; or until nothing is due now."""
        room = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as tasks:
            while True:
                self._wake.clear()
                due = [
                    each
                    for each in await self.desk.insist(lambda work: work.errands.waiting())
                    if each.id not in self._running
                ]
                for each in due:
                    self._running.add(each.id)
                    tasks.create_task(self._one(each, room))
                if until_idle and not due and not self._running:
                    return
                await self._rest()

    async def _rest(self) -> None:
        """Until something is new; now and then in any case, for what was postponed."""
        try:
            await asyncio.wait_for(self._wake.wait(), IDLE_SECONDS)
        except TimeoutError:
            return

    async def _one(self, each: Errand, room: asyncio.Semaphore) -> None:
        try:
            wish, run, _ = _wish(each)
            async with room:
                report = await run(Outside(self.bot, self.desk, self.files, each), wish)
            await self.desk.do(_finish(each, report))
        except Exception as error:  # noqa: BLE001 - whatever went wrong, it is tried again
            await self._later(each, error)
        finally:
            self._running.discard(each.id)
            self._wake.set()

    async def _later(self, each: Errand, error: Exception) -> None:
        reason = type(error).__name__
        if is_full(error):
            log.error("the disk is full: an errand waits until there is room", kind=each.kind)
            await self.desk.insist(lambda work: work.errands.wait_for_room(each, reason))
            return
        log.warning("an errand failed", kind=each.kind, tries=each.tries + 1, exc_info=error)
        await self.desk.insist(_postpone(each, reason, tell=True), rescue=lambda _: _postpone(each, reason, tell=False))


def _finish(each: Errand, report: Job[None]) -> Job[None]:
    def job(work: Work) -> None:
        if work.errands.finish(each):
            report(_entered(work, each))

    return job


def _postpone(each: Errand, error: str, *, tell: bool) -> Job[None]:
    def job(work: Work) -> None:
        if work.errands.postpone(each, error) or not tell:
            return
        wish, _, give_up = _wish(each)
        if give_up is not None:
            give_up(_entered(work, each), wish)

    return job


def _wish(each: Errand) -> tuple[Any, Run, GiveUp | None]:
    shape, run, give_up = _RUNS[each.kind]
    return TypeAdapter(shape).validate_json(each.wish), run, give_up


def _entered(work: Work, each: Errand) -> Work:
    person = work.people.find(each.person_id)
    shop = work.people.find_shop(each.shop_id) if each.shop_id else None
    post = work.people.find_post(each.person_id, each.shop_id) if each.shop_id else None
    if person is None:
        work.enter(speaker=CLOCK, shop=shop)
        return work
    standing = Standing.STAFF if post else Standing.STRANGER
    role = post[0].role if post else None
    speaker = Speaker(person_id=person.id, name=person.name, language=person.language, standing=standing, role=role)
    work.enter(speaker=speaker, shop=shop)
    return work
