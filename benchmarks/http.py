"""The bot as a process of its own, over loopback HTTP: updates a second, and how long an answer takes."""

import asyncio
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.processes import Crowd, bot_without_pace, milliseconds, resident_megabytes, settings, telegram
from playground.server import serving

CHATS = (1, 10, 100)
BUSY_SECONDS = 10
STEADY_SECONDS = 180
STEADY_A_SECOND = 50
SETTLED_SECONDS = 60
GOAL_P99_MS = 250.0
GOAL_MEGABYTES = 30.0


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> list[Figure]:
    local = telegram()
    async with serving(local) as address:
        wanted = settings(address, local.token, f"sqlite:///{folder / 'shop.db'}", folder)
        with bot_without_pace(wanted) as bot:
            crowd = Crowd(local, max(CHATS))
            await crowd.all_ask()
            figures = [figure for chats in CHATS for figure in await _busy(crowd, chats)]
            return figures + await _steady(crowd, bot.pid)


async def _busy(crowd: Crowd, chats: int) -> list[Figure]:
    """So many people, each asking again as soon as the answer is there."""
    crowd.waits.clear()
    until = time.perf_counter() + BUSY_SECONDS

    async def ask(number: int) -> None:
        while time.perf_counter() < until:
            await crowd.asks(number)

    await asyncio.gather(*(ask(number) for number in range(chats)))
    p50, p99 = milliseconds(crowd.waits)
    who = "1 chat" if chats == 1 else f"{chats} chats"
    rate = f"{len(crowd.waits) / BUSY_SECONDS:,.0f} updates/s, p50 {p50:.0f} ms, p99 {p99:.0f} ms"
    return [Figure(f"over HTTP, {who} busy, from update to answer", rate)]


async def _steady(crowd: Crowd, process_id: int) -> list[Figure]:
    """As many updates a second for minutes as a lively bot gets."""
    crowd.waits.clear()
    began, answers, settled = time.perf_counter(), [], 0.0
    for number in range(STEADY_SECONDS * STEADY_A_SECOND):
        await asyncio.sleep(max(began + number / STEADY_A_SECOND - time.perf_counter(), 0))
        answers.append(crowd.asks(number))
        if number == SETTLED_SECONDS * STEADY_A_SECOND:
            settled = resident_megabytes(process_id)
    await asyncio.wait_for(asyncio.gather(*answers), SETTLED_SECONDS)
    grown = resident_megabytes(process_id) - settled
    p50, p99 = milliseconds(crowd.waits)
    load = f"{STEADY_A_SECOND} updates/s for {STEADY_SECONDS // 60} minutes"
    return [
        Figure(f"{load}, p50", f"{p50:.0f} ms"),
        Figure(f"{load}, p99", f"{p99:.0f} ms", f"< {GOAL_P99_MS:.0f} ms", p99 < GOAL_P99_MS),
        Figure(
            "memory that the bot gains after its first minute",
            f"{grown:.0f} MB",
            f"< {GOAL_MEGABYTES:.0f} MB",
            grown < GOAL_MEGABYTES,
        ),
    ]
