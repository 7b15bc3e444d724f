"""What machines are told about the bot, over real HTTP."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession

from bot import metrics
from bot.health import Health
from bot.identity import IDENTITY
from bot.jobs.schedule import tick
from bot.serving import serving
from storage.tasks import DatabaseAwayError
from tests.bot.order_chats import arrives, open_shoe_shop
from tests.chat import House

Asked = tuple[int, str]


class Watcher:
    def __init__(self, address: str) -> None:
        self.address = address

    async def asks(self, path: str) -> Asked:
        async with ClientSession() as http, http.get(f"{self.address}{path}") as answer:
            return answer.status, await answer.text()

    async def figures(self) -> dict[str, float]:
        status, text = await self.asks("/metrics")
        assert status == 200
        return {name: float(value) for name, value in re.findall(r"^(\w\S*) (\S+)$", text, re.MULTILINE)}


@pytest.fixture
async def watcher(house: House) -> AsyncIterator[Watcher]:
    health = Health(house.app.desk, house.clock)
    async with serving(health.routes(), host="127.0.0.1", port=0) as address:
        yield Watcher(address)


def goes_away(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database cannot be reached from here on."""

    def away(_: Any, __: Any = None) -> "asyncio.Future[Any]":
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        future.set_exception(DatabaseAwayError("away"))
        return future

    monkeypatch.setattr(house.app.desk, "do", away)


async def test_a_bot_whose_clock_ticks_is_alive_and_ready(house: House, watcher: Watcher) -> None:
    await tick(house.app.desk)
    assert await watcher.asks("/healthz") == (200, "alive\n")
    assert await watcher.asks("/readyz") == (200, "ready\n")


async def test_a_clock_that_stopped_is_told_after_five_minutes_and_not_before(house: House, watcher: Watcher) -> None:
    await tick(house.app.desk)
    house.clock.move(timedelta(minutes=5))
    assert (await watcher.asks("/healthz"))[0] == 200
    house.clock.move(timedelta(seconds=1))
    assert await watcher.asks("/healthz") == (503, "the clock has stopped\n")
    await tick(house.app.desk)
    assert (await watcher.asks("/healthz"))[0] == 200


async def test_a_database_that_is_away_is_waited_for_but_nobody_is_sent_here(
    house: House, watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_away(house, monkeypatch)
    assert await watcher.asks("/healthz") == (200, "waiting for the database\n")
    assert await watcher.asks("/readyz") == (503, "the database is away\n")
    assert (await watcher.figures())["zhanggui_database_up"] == 0


async def test_a_bot_that_telegram_has_not_answered_yet_is_not_ready(
    watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(IDENTITY, "username", "")
    assert (await watcher.asks("/readyz"))[0] == 503


async def test_looks_at_a_slow_database_do_not_pile_up(
    house: House, watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.health.ANSWER_WITHIN_SECONDS", 0)
    asked: list[object] = []
    never: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def do(job: object) -> "asyncio.Future[Any]":
        asked.append(job)
        return never

    monkeypatch.setattr(house.app.desk, "do", do)
    for _ in range(5):
        assert (await watcher.asks("/readyz"))[0] == 503
    assert len(asked) == 1


async def test_depth_and_age_of_inbox_and_outbox_are_told(house: House, watcher: Watcher) -> None:
    open_shoe_shop(house)

    def wait(work: Any) -> None:
        work.inbox.store(7, [{"update_id": n} for n in range(3)])
        work.inbox.park(work.inbox.take(1)[0].id, tries=3, error="broken")
        work.outbox.post(1001, "sendMessage", {"chat_id": 1001, "text": "x"})

    before = await watcher.figures()
    await house.app.desk.do(wait)
    house.clock.move(timedelta(seconds=90))
    told = await watcher.figures()
    assert (told["zhanggui_inbox_waiting"], told["zhanggui_inbox_age_seconds"]) == (2, 90)
    assert told["zhanggui_outbox_waiting"] == before["zhanggui_outbox_waiting"] + 1
    assert told["zhanggui_outbox_age_seconds"] == 90
    assert told["zhanggui_inbox_parked"] == 1
    assert told["zhanggui_database_up"] == 1


async def test_a_deadline_of_which_nobody_was_told_is_counted_until_the_clock_tells(
    house: House, watcher: Watcher
) -> None:
    open_shoe_shop(house)
    await arrives(house)
    house.clock.move(timedelta(hours=5, minutes=1))
    assert (await watcher.figures())["zhanggui_reminders_late"] == 0
    house.clock.move(timedelta(seconds=1))
    assert (await watcher.figures())["zhanggui_reminders_late"] == 1
    await tick(house.app.desk)
    assert (await watcher.figures())["zhanggui_reminders_late"] == 0


async def test_jobs_of_the_clock_are_counted_by_their_names(house: House, watcher: Watcher) -> None:
    open_shoe_shop(house)
    before = (await watcher.figures()).get('zhanggui_jobs_total{job="keep_house",outcome="done"}', 0)
    await tick(house.app.desk)
    told = await watcher.figures()
    assert told['zhanggui_jobs_total{job="keep_house",outcome="done"}'] == before + 1
    assert told['zhanggui_jobs_total{job="remind_of_deadlines",outcome="done"}'] >= 1


async def test_updates_and_sends_are_counted(watcher: Watcher) -> None:
    before = await watcher.figures()
    metrics.update_done(0.004)
    metrics.updates_wait()
    metrics.sent("Blocked")
    told = await watcher.figures()

    def grown(name: str) -> float:
        return told[name] - before.get(name, 0)

    assert grown("zhanggui_update_seconds_count") == 1
    assert grown("zhanggui_inbox_postponed_total") == 1
    assert grown('zhanggui_update_seconds_bucket{le="0.005"}') == 1
    assert grown('zhanggui_sends_total{outcome="blocked"}') == 1


async def test_no_figure_names_a_person(house: House, watcher: Watcher) -> None:
    open_shoe_shop(house)
    await arrives(house)
    await tick(house.app.desk)
    _, text = await watcher.asks("/metrics")
    assert set(re.findall(r"[{,](\w+)=", text)) <= {"job", "outcome", "status", "le", "name"}
    assert [word for word in ("1001", "2001", "李静", "潮鞋", "351531001") if word in text] == []
