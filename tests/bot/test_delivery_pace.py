"""How fast the bot may speak: thousands of messages on a virtual clock, through the real delivery to the local Telegram."""

import asyncio
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest

from bot.lanes import Lane, Lanes
from storage.news import Level
from storage.outbox import Posted
from tests.databases import sqlite_copy
from tests.sending import WAY, Arrival, Letter, Sending, broken_limits, ideal_seconds, out_of_order, sending

AS_FAST_AS_ALLOWED = 1.02
AT_ONCE_SECONDS = 0.1
PERSON = 9001
GROUPS = range(-105, -100)


@pytest.fixture
def url(template: Path, tmp_path: Path) -> str:
    return sqlite_copy(template, tmp_path)


def keeps_its_promises(lived: Sending, chats: list[int]) -> bool:
    """Within the limits, in order and hardly slower than they allow."""
    arrivals = lived.arrivals
    assert broken_limits(arrivals) == []
    assert list(lived.telegram.limits.violations) == []
    assert out_of_order(arrivals) == []
    return arrivals[-1].at - arrivals[0].at <= ideal_seconds(chats) * AS_FAST_AS_ALLOWED


def test_three_thousand_people_hear_of_it_as_fast_as_telegram_allows_and_an_answer_in_between_does_not_wait(
    url: str, tmp_path: Path
) -> None:
    waits: list[float] = []

    async def story(bot: Sending) -> None:
        await bot.post(range(1, 3001))
        for _ in range(10):
            await asyncio.sleep(7.3)
            asked = bot.loop.time()
            [answer] = await bot.post([PERSON], Level.REPLY)
            await asyncio.sleep(2)
            waits.extend(arrival.at - asked for arrival in bot.arrivals if arrival.letter == answer)
        await bot.drained()

    lived = sending(url, tmp_path, story)
    assert keeps_its_promises(lived, [*range(1, 3001), *range(4001, 4011)])
    assert len(waits) == 10
    assert max(waits) - WAY[1] <= AT_ONCE_SECONDS


def test_a_group_hears_sixty_messages_as_fast_as_telegram_allows(url: str, tmp_path: Path) -> None:
    async def story(bot: Sending) -> None:
        await bot.post([-100] * 60)
        await bot.drained()

    assert keeps_its_promises(sending(url, tmp_path, story), [-100] * 60)


def test_bursts_to_people_and_groups_drain_as_fast_as_telegram_allows(url: str, tmp_path: Path) -> None:
    chats = [*range(1, 801), *(group for group in GROUPS for _ in range(40)), *([7] * 50)]
    Random(7).shuffle(chats)

    async def story(bot: Sending) -> None:
        await bot.post(chats[:700])
        await asyncio.sleep(3)
        await bot.post(chats[700:])
        await bot.drained()

    assert keeps_its_promises(sending(url, tmp_path, story), chats)


def test_a_message_counts_when_it_leaves_though_the_machine_slept_after_its_turn_had_come(
    url: str, tmp_path: Path
) -> None:
    async def story(bot: Sending) -> None:
        lanes, turns = bot.app.delivery.lanes, []

        def next_turn(now: float) -> tuple[Lane, Posted] | None:
            turn = Lanes.next(lanes, now)
            turns.extend([turn] if turn else [])
            if turn and len(turns) == 2:
                bot.loop.block(3600)
            return turn

        with patch.object(lanes, "next", next_turn):
            await bot.post([7] * 3)
            await bot.drained()

    assert broken_limits(sending(url, tmp_path, story).arrivals) == []


def test_what_breaks_a_limit_or_the_order_is_seen() -> None:
    def arrivals(*moments: float, chat_id: int = 7) -> list[Arrival]:
        return [Arrival(at, Letter(number, chat_id)) for number, at in enumerate(moments)]

    assert broken_limits(arrivals(0, 0.99)) == ["chat 7 at 0.990 s"]
    assert broken_limits(arrivals(*(second * 2.9 for second in range(21)), chat_id=-7)) == ["chat -7 at 58.000 s"]
    assert broken_limits([Arrival(n / 40, Letter(n, n + 1)) for n in range(31)]) == ["overall at 0.750 s"]
    assert out_of_order(list(reversed(arrivals(0, 1)))) == [7]


def test_the_ideal_is_what_the_limits_allow() -> None:
    assert ideal_seconds(range(1, 3001)) == 99
    assert ideal_seconds([-100] * 60) == 120
    assert ideal_seconds([7] * 5) == 4
    assert ideal_seconds([*range(1, 901), -100, -100]) == 30
