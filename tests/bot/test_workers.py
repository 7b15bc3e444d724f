"""Several workers with the same books on PostgreSQL: one leads, all handle updates, each once and in the order of its chat."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from aiogram import Bot, Dispatcher, Router
from aiogram.types import Message
from sqlalchemy import Connection, Engine

from bot.app import App
from bot.filters import Is
from bot.pace import Pace
from bot.replies import Call
from playground.clock import Clock
from playground.limits import Limits
from playground.phone import Phone
from playground.session import InProcessSession
from playground.telegram import Telegram
from shop.speakers import Permission
from storage.work import Work
from tests.databases import Postgres

TAKEN_OVER_WITHIN_SECONDS = 10
CHATS, MESSAGES = 12, 10


@dataclass
class Worker:
    """A whole bot on a thread of its own for its desk; `seen` is what its handler was given."""

    telegram: Telegram
    url: str
    folder: Path
    seen: list[tuple[int, int]] = field(default_factory=list)
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        root, router = Dispatcher(disable_fsm=True), Router()
        router.message(Is(Permission.ANYONE))(self.echo)
        root.include_router(router)
        bot = Bot(self.telegram.token, session=InProcessSession(self.telegram))
        pace = Pace(unlimited=not self.telegram.limits.counts)
        self.app = App(bot, self.url, clock=Clock().now, files=self.folder, pace=pace, dispatcher=root)

    async def echo(self, message: Message, work: Work) -> Call:
        number = int(message.text or "0")
        self.seen.append((message.chat.id, number))
        assert work.first_time(f"{message.chat.id}: {number}"), "handled twice"
        return Call("sendMessage", {"chat_id": message.chat.id, "text": str(number)})

    async def run(self) -> None:
        await self.app.run(self.stop, tick_seconds=60)


@dataclass
class Works:
    """All workers of one bot, and people who write to it."""

    telegram: Telegram
    url: str
    folder: Path
    workers: list[Worker] = field(default_factory=list)
    running: dict[int, "asyncio.Task[None]"] = field(default_factory=dict)

    async def hire(self) -> Worker:
        worker = Worker(self.telegram, self.url, self.folder)
        self.workers.append(worker)
        self.running[id(worker)] = asyncio.ensure_future(worker.run())
        return worker

    async def dismiss(self, worker: Worker) -> None:
        worker.stop.set()
        await self.running.pop(id(worker))
        self.workers.remove(worker)

    async def leader(self) -> Worker:
        await until(lambda: any(worker.app.leading.leads for worker in self.workers))
        [leader] = [worker for worker in self.workers if worker.app.leading.leads]
        return leader

    def phone(self, person_id: int) -> Phone:
        known = self.telegram.people.get(person_id) or self.telegram.add_person(person_id, f"路人{person_id}")
        return Phone(self.telegram, known)

    def heard(self, person_id: int) -> list[int]:
        messages = self.phone(person_id).chat.messages.values()
        return [int(message["text"]) for message in messages if message["from"]["is_bot"]]


async def until(met: Callable[[], Any], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not met():  # noqa: ASYNC110 - threads and a server are at work
            await asyncio.sleep(0.01)


@pytest.fixture
def url(postgres: Postgres) -> Iterator[str]:
    with postgres.fresh() as address:
        yield address


@pytest.fixture
async def works(url: str, tmp_path: Path) -> AsyncIterator[Works]:
    opened = Works(Telegram(limits=Limits.off()), url, tmp_path)
    yield opened
    for worker in [*opened.workers]:
        await opened.dismiss(worker)


async def write(works: Works) -> None:
    for number in range(MESSAGES):
        for person_id in range(2001, 2001 + CHATS):
            works.phone(person_id).say(str(number))
        await asyncio.sleep(0)


async def test_each_update_is_handled_once_and_in_the_order_of_its_chat_whoever_handles_it(works: Works) -> None:
    for _ in range(3):
        await works.hire()
    await works.leader()
    await write(works)
    expected = list(range(MESSAGES))
    await until(lambda: all(len(works.heard(2001 + n)) >= MESSAGES for n in range(CHATS)))
    assert [works.heard(2001 + n) for n in range(CHATS)] == [expected] * CHATS
    assert sum(len(worker.seen) for worker in works.workers) == CHATS * MESSAGES


async def test_what_a_worker_that_does_not_lead_has_to_say_is_sent_by_the_leader(works: Works) -> None:
    leader = await works.hire()
    await works.leader()
    other = await works.hire()
    await until(lambda: other.app.bot.session is not None and other.app.desk._thread is not None)
    setattr(leader.app.handling, "look", lambda: None)  # noqa: B010 - it only fetches and sends
    works.phone(2001).say("7")
    await until(lambda: works.heard(2001))
    assert (leader.seen, other.seen, works.heard(2001)) == ([], [(2001, 7)], [7])


async def test_when_the_leader_is_gone_another_leads_soon_and_goes_on(works: Works) -> None:
    first = await works.hire()
    await works.leader()
    second = await works.hire()
    works.phone(2001).say("1")
    await until(lambda: works.heard(2001) == [1])
    began = asyncio.get_running_loop().time()
    await works.dismiss(first)
    assert await works.leader() is second
    assert asyncio.get_running_loop().time() - began < TAKEN_OVER_WITHIN_SECONDS
    works.phone(2001).say("2")
    await until(lambda: works.heard(2001) == [1, 2])


async def test_a_leader_whose_connection_is_cut_off_leads_no_more_until_it_is_chosen_again(
    works: Works, postgres: Postgres
) -> None:
    await works.hire()
    await works.hire()
    before = await works.leader()
    terms: list[int] = []
    for worker in works.workers:
        _count_terms(worker, terms)
    postgres.cut_off("zhanggui watch")
    await until(lambda: not before.app.leading.leads)
    await works.leader()
    works.phone(2001).say("1")
    await until(lambda: works.heard(2001) == [1])
    assert len(terms) == 1


def _count_terms(worker: Worker, terms: list[int]) -> None:
    term = worker.app.leading.term

    async def counted() -> None:
        terms.append(1)
        await term()

    worker.app.leading.term = counted


async def test_a_commit_of_which_nobody_knows_whether_it_was_kept_doubles_nothing(
    works: Works,
) -> None:
    worker = await works.hire()
    await works.leader()
    worker.app.desk.engine = _Forgetful(worker.app.desk.engine, times=5)  # type: ignore[assignment]
    await write(works)
    await until(lambda: all(len(works.heard(2001 + n)) >= MESSAGES for n in range(CHATS)))
    assert [works.heard(2001 + n) for n in range(CHATS)] == [list(range(MESSAGES))] * CHATS


async def test_the_limits_of_telegram_hold_over_all_workers_and_a_change_of_leaders(works: Works) -> None:
    sent = works.telegram.limits = Departures()
    people = range(3001, 3001 + 50)
    for _ in range(3):
        await works.hire()
    leader = await works.leader()
    for number in (1, 2):
        for person_id in people:
            works.phone(person_id).say(str(number))
    await until(lambda: len(sent.moments) > MESSAGES)
    await works.dismiss(leader)
    await until(lambda: all(works.heard(person_id)[:2] == [1, 2] for person_id in people))
    assert sent.most(30, within=1.0)
    assert all(sent.most(1, within=1.0, chat_id=person_id) for person_id in people)


class Departures(Limits):
    """When each message left; on a busy machine the way to Telegram takes a tenth of a second more or less."""

    GRACE = 0.1

    def __init__(self) -> None:
        super().__init__(punishes=False)
        self.moments: list[tuple[int, float]] = []

    def take(self, chat_id: int, *, private: bool) -> None:
        self.moments.append((chat_id, asyncio.get_running_loop().time()))

    def most(self, count: int, *, within: float, chat_id: int | None = None) -> bool:
        """Never more than so many."""
        times = [at for chat, at in self.moments if chat_id in (None, chat)]
        spans = (later - at for at, later in zip(times, times[count:], strict=False))
        return all(span > within - self.GRACE for span in spans)


class _Forgetful:
    """An engine whose server commits and is gone before it can say so."""

    def __init__(self, engine: Engine, times: int) -> None:
        self.engine, self.times = engine, times

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        with self.engine.begin() as connection:
            yield connection
        if self.times > 0:
            self.times -= 1
            raise psycopg.OperationalError("the connection is lost")

    def dispose(self) -> None:
        self.engine.dispose()
