"""The clock ticks on, whatever the wall clock does meanwhile."""

import asyncio
from datetime import UTC, datetime
from time import perf_counter

from bot.jobs.schedule import scheduler
from tests.chat import House


async def test_after_a_jump_of_the_wall_clock_by_decades_it_ticks_once_and_at_once(house: House) -> None:
    ticked, ticks = asyncio.Event(), []

    async def count(desk: object) -> None:
        ticks.append(desk)
        ticked.set()

    clockwork = scheduler(house.app.desk, 60)
    clockwork.get_job("tick").modify(func=count, next_run_time=datetime(1970, 1, 1, tzinfo=UTC))
    began = perf_counter()
    clockwork.start()
    await asyncio.wait_for(ticked.wait(), 10)
    assert perf_counter() - began < 10  # thirty million ticks were missed, a microsecond each
    clockwork.wakeup()  # nothing that was missed is left
    await asyncio.sleep(0)
    assert ticks == [house.app.desk]
    clockwork.shutdown(wait=False)
