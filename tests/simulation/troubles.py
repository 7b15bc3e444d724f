"""What befalls the machine of a shop while people work, and what passes between two stretches of work."""

import asyncio
from datetime import timedelta

from tests.simulation.world import World

HOUR = 3600
NIGHTS = ("none", "none", "hours", "26 hours", "8 days", "asleep")


async def clocks(world: World) -> None:
    """The wall clock is set wrong, either way, and perhaps right again."""
    chance = world.chance("clocks")
    for _ in range(chance.randint(0, 2)):
        await asyncio.sleep(chance.uniform(5, 40))
        world.set_clock(timedelta(seconds=round(chance.uniform(-2 * HOUR, 2 * HOUR))))
        await asyncio.sleep(chance.uniform(5, 40))
        if chance.random() < 0.6:
            world.set_clock(timedelta())


async def odd_mail(world: World) -> None:
    """Updates that nobody can read."""
    chance = world.chance("odd mail")
    for _ in range(chance.randint(0, 2)):
        await asyncio.sleep(chance.uniform(1, 60))
        world.story.tell("telegram", "has an update that nobody can read")
        world.telegram.updates.push_odd(world.true_clock())


async def night(world: World) -> None:
    """The process is away for long, or its whole machine sleeps."""
    chance = world.chance("night")
    kind = chance.choice(NIGHTS)
    world.story.tell("world", f"night: {kind}")
    seconds = {"none": 5.0, "hours": chance.uniform(0.2, 13) * HOUR, "26 hours": 26.0 * HOUR, "8 days": 192.0 * HOUR}
    if kind == "asleep":
        await _fall_asleep(world, chance.uniform(1, 13) * HOUR)
        return
    if kind != "none":
        world.ends_life(down_for=seconds[kind], cleanly=chance.random() < 0.5)
        world.awake.clear()
    await asyncio.sleep(seconds[kind])
    if kind == "8 days" and not world.telegram.updates.waiting:
        world.telegram.updates.restart_lower()
    await world.awake.wait()


async def _fall_asleep(world: World, seconds: float) -> None:
    """All timers of the process come late, together."""
    began = world.loop.time()
    world.loop.block(seconds)
    world.uptime.add(began, world.loop.time())
    world.story.tell("world", f"the machine slept for {timedelta(seconds=round(seconds))}")
    await asyncio.sleep(1)
