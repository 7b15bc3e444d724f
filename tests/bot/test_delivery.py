"""Messages out: every answer that Telegram can give to a call, and what follows from it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery import Delivery
from bot.pace import Pace
from bot.posting import LONGEST_PAUSE
from shop.speakers import CLOCK, Permission
from storage.news import CardKind, Level
from storage.work import Work
from tests.bot.shop_chats import helper_of, owner_of
from tests.chat import ChatDriver, House, words


@pytest.fixture
def person(house: House) -> ChatDriver:
    """Somebody whom the bot may write to."""
    driver = house.person(5001, "小林")
    driver.phone.person.started = True
    return driver


async def post(house: House, *texts: str, chat_id: int = 5001, level: Level = Level.REPLY) -> None:
    def job(work: Work) -> None:
        for text in texts:
            payload: dict[str, Any] = {"chat_id": chat_id, "text": text, "parse_mode": "HTML"}
            work.outbox.post(chat_id, "sendMessage", payload, level=level)

    await house.app.desk.do(job)
    await house.app.delivery.run(until_idle=True)


async def states(house: House) -> list[tuple[str, str | None]]:
    def job(work: Work) -> list[tuple[str, str | None]]:
        rows = work.connection.exec_driver_sql(
            "SELECT state, error FROM outbox WHERE method IN ('sendMessage', 'answerCallbackQuery') ORDER BY id"
        )
        return [(row.state, row.error) for row in rows]

    return await house.app.desk.do(job)


async def test_what_is_posted_is_sent_once_and_in_order(house: House, person: ChatDriver) -> None:
    await post(house, "一", "二", "三")
    assert [words(message) for message in person.heard] == ["一", "二", "三"]
    await house.restart()
    await house.settle()
    assert len(person.heard) == 3


async def test_what_was_not_sent_before_the_end_of_the_process_is_sent_after_it(
    house: House, person: ChatDriver
) -> None:
    house.telegram.faults.plan("drop_before", "sendMessage")
    await post(house, "还在")
    assert person.heard == []
    house.clock.move(timedelta(seconds=5))
    await house.restart()
    await house.settle()
    assert [words(message) for message in person.heard] == ["还在"]


@pytest.mark.parametrize("fault", ["500", "502html", "drop_before", "429"])
async def test_a_passing_fault_delays_a_message_but_does_not_lose_it_or_its_order(
    house: House, person: ChatDriver, fault: str
) -> None:
    house.telegram.faults.plan(fault, "sendMessage")
    await post(house, "先", "后")
    house.clock.move(timedelta(minutes=1))
    await house.restart()
    await house.settle()
    assert [words(message) for message in person.heard] == ["先", "后"]


async def test_a_dropped_answer_may_double_a_message_but_never_loses_it(house: House, person: ChatDriver) -> None:
    house.telegram.faults.plan("drop_after", "sendMessage")
    await post(house, "一次或两次")
    house.clock.move(timedelta(minutes=1))
    await house.restart()
    await house.settle()
    assert [words(message) for message in person.heard] == ["一次或两次"] * 2


async def test_a_pause_that_telegram_asks_for_is_kept_in_the_books(house: House, person: ChatDriver) -> None:
    house.telegram.faults.plan("429", "sendMessage", retry_after=30)
    await post(house, "稍后")
    await house.restart()
    await house.settle()
    assert person.heard == []
    house.clock.move(timedelta(seconds=31))
    await house.restart()
    await house.settle()
    assert [words(message) for message in person.heard] == ["稍后"]


async def test_a_message_that_was_postponed_by_a_wrong_clock_does_not_wait_for_it(
    house: House, person: ChatDriver
) -> None:
    house.telegram.faults.plan("500", "sendMessage")
    house.clock.move(timedelta(hours=3))
    await post(house, "不等")
    house.clock.move(-timedelta(hours=3))
    await house.restart()
    await post(house)
    [moment] = [at for at, _, _ in house.app.delivery.lanes._later]
    assert moment - asyncio.get_running_loop().time() <= LONGEST_PAUSE.total_seconds()


async def test_what_was_sent_by_a_clock_that_was_ahead_does_not_hold_up_what_follows(
    house: House, person: ChatDriver
) -> None:
    house.clock.move(timedelta(hours=3))
    await post(house, "先")
    house.clock.move(-timedelta(hours=3))
    house.app.delivery = Delivery(house.app.bot, house.app.desk, house.clock, house.app.delivery.files, Pace())
    await house.app.delivery.run(until_idle=True)
    free_at = house.app.delivery.pace.free_at(5001, counted=True)
    assert free_at - asyncio.get_running_loop().time() <= 1.1


async def test_somebody_who_blocked_the_bot_hears_nothing_more_until_they_write_again(
    house: House, person: ChatDriver
) -> None:
    await person.says("你好")
    heard = len(person.heard)
    person.phone.block()
    await post(house, "一", "二")
    assert [state for state, _ in (await states(house))[-2:]] == ["failed", "failed"]
    reachable = await house.app.desk.do(lambda work: work.people.is_reachable(5001))
    assert not reachable
    person.phone.block(blocked=False)
    await person.says("我回来了")
    assert await house.app.desk.do(lambda work: work.people.is_reachable(5001))
    await post(house, "三")
    assert words(person.heard[-1]) == "三"
    assert "一" not in [words(message) for message in person.heard[heard:]]


async def test_markup_that_telegram_does_not_understand_is_sent_as_plain_words(
    house: House, person: ChatDriver
) -> None:
    await post(house, "<b>坏了 &amp; 但要送到")
    assert person.last == "坏了 & 但要送到"


async def test_what_telegram_will_never_take_is_set_aside_and_the_next_goes_on(
    house: House, person: ChatDriver
) -> None:
    await post(house, "长" * 5000, "短")
    assert [words(message) for message in person.heard] == ["短"]
    first, second = await states(house)
    assert first[0] == "failed"
    assert "too long" in (first[1] or "")
    assert second[0] == "sent"


async def test_an_answer_to_a_tap_that_comes_too_late_is_not_sent(house: House, person: ChatDriver) -> None:
    def job(work: Work) -> None:
        payload = {"callback_query_id": "1", "text": "晚了"}
        work.outbox.post(5001, "answerCallbackQuery", payload, level=Level.TAP, lives=timedelta(seconds=60))

    house.telegram.faults.plan("500", "answerCallbackQuery")
    await house.app.desk.do(job)
    await house.app.delivery.run(until_idle=True)
    house.clock.move(timedelta(minutes=2))
    await house.restart()
    await house.settle()
    assert await states(house) == [("failed", "too late")]


async def test_a_group_that_became_a_supergroup_gets_its_messages_there(house: House) -> None:
    from playground.chats import Chat  # noqa: PLC0415 - only here

    house.telegram.add_chat(Chat(-5, type="group", title="仓库", moved_to=-1005))
    house.telegram.add_chat(Chat(-1005, type="supergroup", title="仓库"))
    await post(house, "一", "二", chat_id=-5)
    await house.restart()
    await house.settle()
    assert [words(message) for message in house.telegram.chats[-1005].messages.values()] == ["一", "二"]


async def test_when_the_only_one_told_has_blocked_the_bot_the_next_in_line_is_told(house: House) -> None:
    owner = await owner_of(house)
    packer = await helper_of(house, owner, "发货")
    packer.phone.block()

    def wake(work: Work) -> None:
        work.people.unreachable(owner.phone.person.id)
        work.enter(speaker=CLOCK, shop=work.people.find_shop(1))
        work.wake(CardKind.ORDERS.of(1), to=Permission.DISPATCH, level=Level.P1)

    await house.app.desk.do(wake)
    await owner.says("/help")  # back again before the packer was tried
    shown = await house.app.desk.do(lambda work: work.cards.find(owner.phone.person.id, CardKind.ORDERS.of(1)))
    assert shown is not None
    assert shown.message_id in [message["message_id"] for message in owner.heard]
    assert not await house.app.desk.do(lambda work: work.people.is_reachable(packer.phone.person.id))
