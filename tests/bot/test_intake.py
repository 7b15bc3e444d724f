"""Updates in: stored before they are confirmed, handled in order, once, and never in each other's way."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiogram import Dispatcher, Router
from aiogram.types import CallbackQuery, Message

from bot.callbacks import LiveButton
from bot.filters import Is
from bot.replies import Call, Say
from shop.errors import NotFound
from shop.speakers import Permission
from storage.inbox import Inbox
from storage.work import Work
from tests.chat import ChatDriver, House, words
from tests.databases import sqlite_copy


class EchoButton(LiveButton, prefix="ech"):
    """A button of this test."""


@dataclass
class Echo:
    """A small bot: it echoes, and fails on command. `seen` holds what its handler was given, in order."""

    seen: list[str] = field(default_factory=list)
    failures: dict[str, int] = field(default_factory=dict)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    def dispatcher(self) -> Dispatcher:
        root, router = Dispatcher(disable_fsm=True), Router()
        router.message(Is(Permission.ANYONE))(self.echo)
        router.callback_query(EchoButton.where(), Is(Permission.ANYONE))(self.tap)
        root.include_router(router)
        return root

    async def echo(self, message: Message, work: Work) -> Say | Call:
        text = message.text or ""
        self.seen.append(text)
        self.heard.set()
        work.first_time(f"effect of {text}")
        if self.failures.get(text, 0) > 0:
            self.failures[text] -= 1
            raise ZeroDivisionError
        if text == "refuse":
            raise NotFound("thing", 1)
        if text == "wait":
            await asyncio.sleep(0)
        return Call("sendMessage", {"chat_id": message.chat.id, "text": text})

    async def tap(self, _: CallbackQuery, work: Work) -> None:
        self.seen.append("tap")
        work.first_time("effect of a tap")


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
async def house(template: Path, tmp_path: Path, echo: Echo) -> AsyncIterator[House]:
    opened = House(sqlite_copy(template, tmp_path), tmp_path, echo.dispatcher())
    await opened.app.introduce()
    yield opened
    await opened.close()


@pytest.fixture
def person(house: House) -> ChatDriver:
    return house.person(5001, "小林")


async def inbox(house: House) -> list[Any]:
    def job(work: Work) -> list[Any]:
        return list(work.connection.exec_driver_sql("SELECT state, tries, error, raw FROM inbox ORDER BY id"))

    return await house.app.desk.do(job)


async def had_effect(house: House, text: str) -> bool:
    return not await house.app.desk.do(lambda work: work.first_time(f"effect of {text}"))


async def test_messages_are_handled_in_order_and_answered_once(house: House, person: ChatDriver, echo: Echo) -> None:
    for number in range(20):
        person.phone.say(str(number))
    await house.settle()
    assert echo.seen == [str(number) for number in range(20)]
    assert [words(message) for message in person.heard] == echo.seen


async def test_an_update_is_confirmed_only_after_it_is_stored(house: House, person: ChatDriver) -> None:
    person.phone.say("stays")
    raws = await house.telegram.call("getUpdates", {"timeout": 0})
    assert [raw["message"]["text"] for raw in raws] == ["stays"]
    await house.app.intake.fetch(wait=0)
    assert [row.state for row in await inbox(house)] != []
    assert len(house.telegram.updates.waiting) == 1
    await house.settle()
    assert len(house.telegram.updates.waiting) == 0


async def test_an_update_that_comes_twice_has_one_effect_and_one_answer(
    house: House, person: ChatDriver, echo: Echo
) -> None:
    house.telegram.faults.plan("duplicate_update")
    await person.says("once")
    raw = [entry["update"] for entry in house.telegram.transcript if "update" in entry]
    await house.restart()
    await house.app.intake.take(raw)
    await house.settle()
    assert echo.seen == ["once"]
    assert [words(message) for message in person.heard] == ["once"]


async def test_what_was_stored_but_not_handled_is_handled_first_after_a_restart(
    house: House, person: ChatDriver, echo: Echo
) -> None:
    person.phone.say("before")
    raws = await house.telegram.call("getUpdates", {"timeout": 0})
    await house.app.desk.do(lambda work: work.inbox.store(house.app.bot.id, raws))
    await house.restart()
    person.phone.say("after")
    await house.settle()
    assert echo.seen == ["before", "after"]


async def test_an_update_that_nobody_can_read_is_parked_and_holds_up_no_one(
    house: House, person: ChatDriver, echo: Echo
) -> None:
    house.telegram.updates.push_raw({"message": {"message_id": "no number", "chat": 7}}, house.clock())
    await person.says("next")
    assert echo.seen == ["next"]
    assert [(row.state, row.tries) for row in await inbox(house)] == [("parked", 3), ("done", 0)]


async def test_a_handler_that_fails_three_times_is_undone_parked_and_apologised_for(
    house: House, person: ChatDriver, echo: Echo
) -> None:
    echo.failures["broken"] = 3
    person.phone.say("broken")
    await person.says("next")
    assert echo.seen == ["broken"] * 3 + ["next"]
    assert not await had_effect(house, "broken")
    parked, done = await inbox(house)
    assert (parked.state, parked.error, done.state) == ("parked", "ZeroDivisionError", "done")
    sorry, answer = (words(message) for message in person.heard)
    assert "出了点问题" in sorry
    assert answer == "next"


async def test_a_handler_that_fails_once_is_tried_again(house: House, person: ChatDriver, echo: Echo) -> None:
    echo.failures["twice"] = 1
    await person.says("twice")
    assert [words(message) for message in person.heard] == ["twice"]
    assert await had_effect(house, "twice")


async def test_a_refusal_undoes_the_work_and_says_why(house: House, person: ChatDriver) -> None:
    await person.says("refuse")
    assert "找不到了" in person.last
    assert not await had_effect(house, "refuse")
    assert [row.state for row in await inbox(house)] == ["done"]


async def test_a_handler_that_really_waits_is_a_bug(house: House, person: ChatDriver) -> None:
    await person.says("wait")
    assert [(row.state, row.error) for row in await inbox(house)] == [("parked", "WaitedAtTheDeskError")]


async def test_every_tap_is_answered_even_by_a_button_that_nobody_knows(house: House, person: ChatDriver) -> None:
    person.phone.say("x")
    await house.settle()
    await person.presses(person.last_message["message_id"], "no button of ours")
    assert person.toast == ""


async def test_a_tap_that_telegram_sends_again_under_a_new_id_does_no_harm(house: House, person: ChatDriver) -> None:
    await person.says("x")
    tap = person.phone.tap(person.last_message["message_id"], EchoButton(id=1).pack())
    person.phone.tap_again(tap)
    await house.settle()
    assert tap.answer is not None
    assert [row.state for row in await inbox(house)][-2:] == ["done", "done"]


async def test_finished_updates_are_forgotten_after_two_days(house: House, person: ChatDriver) -> None:
    from storage.inbox import KEEP  # noqa: PLC0415 - only here

    await person.says("secret")
    house.clock.move(KEEP * 2)
    await house.app.desk.do(lambda work: work.inbox.forget_texts())
    assert await inbox(house) == []


async def test_an_update_that_met_a_locked_database_is_handled_when_it_is_free_again(
    house: House, person: ChatDriver, echo: Echo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.desk.PAUSES", (0,))
    locked = [sqlite3.OperationalError("database is locked")] * 2
    finish = Inbox.finish

    def finish_when_free(inbox: Inbox, inbox_id: int) -> None:
        if locked:
            raise locked.pop()
        finish(inbox, inbox_id)

    monkeypatch.setattr(Inbox, "finish", finish_when_free)
    person.phone.say("patience")
    await house.app.intake.fetch(wait=0)
    await house.app.handling.settled()
    assert [row.state for row in await inbox(house)] == ["waiting"]
    await house.settle()
    assert [words(message) for message in person.heard] == ["patience"]
    assert [row.state for row in await inbox(house)] == ["done"]


@pytest.mark.parametrize("fault", ["429", "500", "502html", "drop_before", "drop_after"])
async def test_polling_goes_on_after_whatever_telegram_answers(
    house: House, person: ChatDriver, echo: Echo, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.intake.PAUSES", (0,))
    house.telegram.faults.plan(fault, "getUpdates", times=3)
    polling = asyncio.ensure_future(house.app.intake.run())
    person.phone.say("still there")
    await echo.heard.wait()
    polling.cancel()
    assert echo.seen == ["still there"]


async def test_a_refusal_that_cannot_be_explained_ends_as_a_fault_of_ours(
    house: House, person: ChatDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise NotFound("words", 1)

    monkeypatch.setattr("bot.dispatching.explain", refuse)
    await person.says("refuse")
    assert [(row.state, row.error) for row in await inbox(house)] == [("parked", "NotFound")]
    assert "出了点问题" in person.last
