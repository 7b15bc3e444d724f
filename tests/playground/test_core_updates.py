"""What a bot that fetches its updates gets, and for how long they wait."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from playground.refusals import ApiError
from playground.telegram import Telegram
from tests.playground.local import GROUP, MERCHANT, local_telegram, phone, refusal, said


@pytest.fixture
def local() -> Telegram:
    return local_telegram()


async def fetch(telegram: Telegram, **params: Any) -> list[dict[str, Any]]:
    return list(await telegram.call("getUpdates", params))


async def texts(telegram: Telegram, **params: Any) -> list[str]:
    return [update["message"]["text"] for update in await fetch(telegram, **params)]


async def test_updates_come_again_until_an_offset_confirms_them(local: Telegram) -> None:
    for word in ("一", "二", "三"):
        phone(local).say(word)
    first, second, _ = await fetch(local)
    assert second["update_id"] == first["update_id"] + 1
    assert await texts(local) == ["一", "二", "三"]
    assert await texts(local, offset=second["update_id"]) == ["二", "三"]
    assert await texts(local) == ["二", "三"]


async def test_a_limit_leaves_the_rest_for_the_next_time(local: Telegram) -> None:
    for number in range(105):
        phone(local).say(str(number))
    assert await texts(local, limit=2) == ["0", "1"]
    assert len(await fetch(local, limit=1000)) == 100


async def test_a_negative_offset_forgets_all_but_the_newest(local: Telegram) -> None:
    for word in ("一", "二", "三"):
        phone(local).say(word)
    assert await texts(local, offset=-2) == ["二", "三"]
    assert await texts(local) == ["二", "三"]
    assert await texts(local, offset=-50) == ["二", "三"]


async def test_a_second_poller_ends_the_first(local: Telegram) -> None:
    first = asyncio.ensure_future(local.call("getUpdates", {"timeout": 30}))
    await asyncio.sleep(0)
    second = asyncio.ensure_future(local.call("getUpdates", {"timeout": 30}))
    with pytest.raises(ApiError) as refused:
        await first
    assert (refused.value.code, refused.value.description) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    phone(local).say("还在")
    assert [update["message"]["text"] for update in await second] == ["还在"]


async def test_only_the_kinds_that_were_asked_for_arrive(local: Telegram) -> None:
    await fetch(local, allowed_updates=["callback_query"])
    card = await said(local, "订单 17")
    phone(local).say("听不到")
    phone(local).tap(card, "ok")
    (update,) = await fetch(local)
    assert "callback_query" in update
    await fetch(local, offset=update["update_id"] + 1, allowed_updates="[]")
    phone(local).say("听到了")
    assert await texts(local) == ["听到了"]


async def test_reactions_are_heard_only_when_asked_for(local: Telegram) -> None:
    card = await said(local, "订单 17")
    phone(local).react(card, "👍")
    assert await fetch(local) == []
    await fetch(local, allowed_updates=["message", "message_reaction"])
    phone(local).react(card, "🔥")
    phone(local).react(card)
    changed, back = [update["message_reaction"] for update in await fetch(local)]
    assert changed["user"]["id"] == MERCHANT
    assert (changed["old_reaction"][0]["emoji"], changed["new_reaction"][0]["emoji"]) == ("👍", "🔥")
    assert (back["message_id"], back["new_reaction"]) == (card, [])


async def test_a_tap_waits_for_150_seconds_and_a_message_for_a_day(local: Telegram) -> None:
    card = await said(local, "订单 17")
    phone(local).say("早")
    tap = phone(local).tap(card, "ok")
    local.clock.move(timedelta(seconds=150))
    assert ["callback_query" in update for update in await fetch(local)] == [False, True]
    local.clock.move(timedelta(seconds=1))
    assert await texts(local) == ["早"]
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await refusal(local, "answerCallbackQuery", callback_query_id=tap.id) == too_old
    local.clock.move(timedelta(hours=24))
    assert await fetch(local) == []


async def test_a_tap_that_is_sent_again_is_a_new_update_with_the_old_query(local: Telegram) -> None:
    tap = phone(local).tap(await said(local, "订单 17"), "ok")
    phone(local).tap_again(tap)
    first, second = await fetch(local)
    assert first["update_id"] != second["update_id"]
    assert first["callback_query"] == second["callback_query"]
    assert await local.call("answerCallbackQuery", {"callback_query_id": tap.id, "text": "好"})
    refused = await refusal(local, "answerCallbackQuery", callback_query_id=tap.id)
    assert refused.startswith("Bad Request: query is too old")


async def test_a_doubled_update_has_the_same_id(local: Telegram) -> None:
    local.faults.plan("duplicate_update")
    phone(local).say("两遍")
    first, second = await fetch(local)
    assert first == second
    assert await fetch(local, offset=first["update_id"] + 1) == []


async def test_an_update_shows_the_message_as_it_was(local: Telegram) -> None:
    message = phone(local).say("旧")
    phone(local).edit(message["message_id"], "新")
    before, after = await fetch(local)
    assert before["message"]["text"] == "旧"
    assert after["edited_message"]["text"] == "新"


async def test_what_the_bot_writes_itself_is_no_update(local: Telegram) -> None:
    await said(local, "仓库见", GROUP)
    assert await fetch(local) == []
