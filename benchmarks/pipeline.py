"""How much goes through the whole pipeline, against bare aiogram; and how long one update takes to be kept."""

import asyncio
import gc
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from unittest.mock import patch

from aiogram import Bot, Dispatcher, Router
from aiogram.types import Message

from benchmarks.figures import Figure
from benchmarks.null_telegram import NullTelegram, message
from bot import metrics
from bot.app import App
from bot.filters import Has, May
from bot.pace import Pace
from bot.replies import Say
from shop.quick_replies import QuickReply
from shop.shops import Member, Shop
from shop.speakers import Permission, Role
from storage.schema import upgrade
from storage.work import Work

ROUNDS = 5
UPDATES = 2000
BATCH = 100
CHATS = 100
FIRST_CHAT = 1001
STEADY_SECONDS = 15
GOAL = 0.5
GOAL_P99_MS = 20.0

Bench = Callable[[int], Awaitable[None]]


@dataclass(frozen=True)
class Speed:
    """Updates a second by the clock on the wall, and microseconds of processor time an update."""

    rate: float
    busy: float


async def change_one(message: Message, work: Work) -> Say:
    """Read one entity, change it, render a template."""
    reply = work.quick_replies.get(message.chat.id - FIRST_CHAT + 1)
    reply.text = f"{message.text} {message.message_id}"
    return Say("quick_replies/one.html", reply=reply, deleting=False)


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> list[Figure]:
    bot = Bot("123456789:benchmark", session=NullTelegram())
    app = _app(bot, folder)
    app.desk.open()
    sending = asyncio.ensure_future(app.delivery.run())
    await app.intake.take([message(n, FIRST_CHAT - 1 + n, "hello") for n in range(1, CHATS + 1)])
    await app.handling.settled()
    await app.desk.do(_hire_everybody)
    whole, bare = await _rounds(_pipeline(app, bot), _echo(bot))
    waits = await _steady(app)
    sending.cancel()
    app.desk.close()
    return _figures(whole, bare, waits)


def _figures(whole: Speed, bare: Speed, waits: list[float]) -> list[Figure]:
    p50, p99 = quantiles(waits, n=100)[49], quantiles(waits, n=100)[98]
    ratio = whole.rate / bare.rate
    return [
        Figure("the whole pipeline", f"{whole.rate:,.0f} updates/s"),
        Figure("bare aiogram echo", f"{bare.rate:,.0f} updates/s"),
        Figure("processor time of an update, whole and bare", f"{whole.busy:.0f} µs and {bare.busy:.0f} µs"),
        Figure("ratio of the two", f"{ratio:.2f}", f">= {GOAL}", ratio >= GOAL),
        Figure("update to commit at 100 updates/s, p50", f"{p50:.1f} ms"),
        Figure("update to commit at 100 updates/s, p99", f"{p99:.1f} ms", f"< {GOAL_P99_MS:.0f} ms", p99 < GOAL_P99_MS),
    ]


def _app(bot: Bot, folder: Path) -> App:
    root, router = Dispatcher(disable_fsm=True), Router(name="benchmark")
    router.message(Has("text"), May(Permission.ANSWER_BUYERS))(change_one)
    root.include_router(router)
    url = f"sqlite:///{folder / 'benchmark.db'}"
    clock = lambda: datetime.now(UTC)  # noqa: E731 - the wall clock of this run
    app = App(bot, url, clock=clock, files=folder / "files", pace=Pace(unlimited=True), dispatcher=root)
    upgrade(app.desk.engine)
    return app


def _hire_everybody(work: Work) -> None:
    """Each chat is a shop of its own with one canned answer."""
    for person_id in range(FIRST_CHAT, FIRST_CHAT + CHATS):
        shop = Shop(name="潮鞋小铺", opened_at=work.now, link_code=f"link{person_id}")
        work.session.add(shop)
        work.session.flush()
        person = work.people.find(person_id)
        assert person is not None
        person.staff_of = shop.id
        work.session.add(Member(shop_id=shop.id, person_id=person_id, role=Role.OWNER, joined_at=work.now))
        work.session.flush()
        work.session.add(QuickReply(shop_id=shop.id, title="在的", text="您好", position=1))


async def _rounds(whole: Bench, bare: Bench) -> tuple[Speed, Speed]:
    """Medians of rounds that take turns; the first of each only warms up."""
    gc.freeze()  # as the bot does when it has started
    rounds: tuple[list[Speed], list[Speed]] = ([], [])
    for number in range(ROUNDS + 1):
        for bench, found in zip((whole, bare), rounds, strict=True):
            gc.collect()
            found.append(await _timed(bench, number + 1))
    return _median(rounds[0][1:]), _median(rounds[1][1:])


async def _timed(bench: Bench, number: int) -> Speed:
    began, busy = time.perf_counter(), time.process_time()
    await bench(number)
    return Speed(UPDATES / (time.perf_counter() - began), (time.process_time() - busy) / UPDATES * 1_000_000)


def _median(rounds: Sequence[Speed]) -> Speed:
    return Speed(median(speed.rate for speed in rounds), median(speed.busy for speed in rounds))


def _pipeline(app: App, bot: Bot) -> Bench:
    telegram = bot.session
    assert isinstance(telegram, NullTelegram)

    async def run(number: int) -> None:
        before = telegram.sent
        updates = _updates(number)
        for start in range(0, UPDATES, BATCH):
            await app.intake.take(updates[start : start + BATCH])
        await app.handling.settled()
        await telegram.until(before + UPDATES)

    return run


def _echo(bot: Bot) -> Bench:
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    async def run(number: int) -> None:
        for update in _updates(number):
            await dispatcher.feed_raw_update(bot, update)

    return run


def _updates(number: int) -> list[dict[str, Any]]:
    return [message(number * 100_000 + n, FIRST_CHAT + n % CHATS, "hello") for n in range(UPDATES)]


async def _steady(app: App) -> list[float]:
    """Milliseconds from the arrival of an update at the desk until everything about it is stored for good."""
    waits: list[float] = []
    began = time.perf_counter()
    with patch.object(metrics, "update_done", lambda seconds: waits.append(seconds * 1000)):
        for n in range(STEADY_SECONDS * 100):
            await asyncio.sleep(max(began + n / 100 - time.perf_counter(), 0))
            await app.intake.take([message(10_000_000 + n, FIRST_CHAT + n % CHATS, "hello")])
        await app.handling.settled()
    return waits
