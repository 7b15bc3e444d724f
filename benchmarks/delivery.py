"""How fast the bot speaks within Telegram's limits: on a virtual clock, through the real delivery to the local Telegram."""

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.figures import Figure
from storage.news import Level
from tests.databases import sqlite_copy, sqlite_template
from tests.sending import WAY, Sending, broken_limits, ideal_seconds, out_of_order, sending

PEOPLE = 3000
ANSWERS = 20
GOAL = 1.02
GOAL_SECONDS = 0.1
PERSON = 9001


@dataclass(frozen=True)
class Load:
    """Messages to these chats, posted at once."""

    name: str
    chats: Sequence[int]


def _loads() -> list[Load]:
    mixed = [*range(1, 1801), *(group for group in range(-140, -100) for _ in range(60)), *([7] * 50)]
    Random(7).shuffle(mixed)
    return [
        Load("3,000 messages to 3,000 chats", range(1, PEOPLE + 1)),
        Load("60 messages to one group", [-100] * 60),
        Load("60 messages to each of 40 groups among 1,800 to people and 50 to one", mixed),
    ]


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = sqlite_template(folder)
        drained = [(load, _drain(load, sqlite_copy(template, folder), folder)) for load in _loads()]
        waits = _answers(sqlite_copy(template, folder), folder)
    lives = [lived for _, lived in drained]
    broken = sum(len(broken_limits(lived.arrivals)) for lived in lives)
    disordered = sum(len(out_of_order(lived.arrivals)) for lived in lives)
    return [
        *(_drain_figure(load, lived) for load, lived in drained),
        Figure("moments at which a limit was broken", str(broken), "0", broken == 0),
        Figure("chats that heard something out of order", str(disordered), "0", disordered == 0),
        _answer_figure(max(waits)),
    ]


def _drain(load: Load, url: str, folder: Path) -> Sending:
    async def story(bot: Sending) -> None:
        await bot.post(load.chats)
        await bot.drained()

    return sending(url, folder, story)


def _answers(url: str, folder: Path) -> list[float]:
    """Seconds until a person's answer left, at moments spread over a broadcast."""
    asked: dict[int, float] = {}

    async def story(bot: Sending) -> None:
        await bot.post(range(1, PEOPLE + 1))
        for n in range(ANSWERS):
            await asyncio.sleep(4.013)
            [answer] = await bot.post([PERSON + n], Level.REPLY)
            asked[answer.number] = bot.loop.time()
        await bot.drained()

    arrivals = sending(url, folder, story).arrivals
    return [each.at - WAY[0] - asked[each.letter.number] for each in arrivals if each.letter.number in asked]


def _drain_figure(load: Load, lived: Sending) -> Figure:
    seconds, ideal = lived.arrivals[-1].at - lived.arrivals[0].at, ideal_seconds(load.chats)
    ratio = seconds / ideal
    value = f"{seconds:.1f} s, {ratio:.3f} x the ideal {ideal:.0f} s"
    return Figure(f"{load.name}, until the last has arrived", value, f"<= {GOAL} x", ratio <= GOAL)


def _answer_figure(seconds: float) -> Figure:
    name = f"the slowest of {ANSWERS} answers during a broadcast leaves after"
    return Figure(name, f"{seconds * 1000:.0f} ms", f"<= {GOAL_SECONDS * 1000:.0f} ms", seconds <= GOAL_SECONDS)
