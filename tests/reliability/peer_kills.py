"""Bots as their tutorials write them, killed in the same way: how many updates they lose."""

import asyncio
import os
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from playground.phone import Phone
from playground.server import serving
from tests.reliability.world import SERVED_WITHIN_SECONDS, RememberingTelegram

PEERS = {"aiogram": "aiogram_bot.py", "python-telegram-bot": "ptb_bot.py"}
BURST = 20
MOST_CALLS = 10
STARTED_WITHIN_SECONDS = 180
REST_SECONDS = 2.0
"""So long nothing has happened: what is not written down by then never will be."""


@dataclass(frozen=True)
class Loss:
    """Of so many updates so many were given to the bot, confirmed by it, and never handled."""

    updates: int
    lost: int


async def lose(peer: str, kills: int, folder: Path, chance: Random) -> Loss:
    """Each life begins with a burst of messages, and ends while it is being answered."""
    database, telegram = folder / "handled.db", RememberingTelegram()
    phone = Phone(telegram, telegram.add_person(2001, "买家"))
    phone.person.started = True
    with closing(sqlite3.connect(database)) as books:
        books.execute("CREATE TABLE handled (update_id INTEGER PRIMARY KEY)")
        async with serving(telegram) as address:
            for _ in range(kills):
                await _live(
                    peer, [address, telegram.token, str(database)], telegram, phone, chance.randint(1, MOST_CALLS)
                )
            await _rest(peer, [address, telegram.token, str(database)], telegram, phone)
        handled = {row[0] for row in books.execute("SELECT update_id FROM handled")}
    assert handled.issuperset(telegram.made[-BURST:]), "what comes to a bot in peace is written down"
    return Loss(len(telegram.made), len(set(telegram.made) - handled))


async def _live(peer: str, arguments: list[str], telegram: RememberingTelegram, phone: Phone, calls: int) -> None:
    bot = await _start(peer, arguments, telegram)
    for number in range(BURST):
        phone.say(str(number))
    begun = len(telegram.done)
    async with asyncio.timeout(SERVED_WITHIN_SECONDS):
        while len(telegram.done) < begun + calls:  # noqa: ASYNC110 - another process works
            await asyncio.sleep(0.001)
    bot.kill()
    await bot.wait()


async def _rest(peer: str, arguments: list[str], telegram: RememberingTelegram, phone: Phone) -> None:
    """The last life is left in peace, with one more burst."""
    bot = await _start(peer, arguments, telegram)
    for number in range(BURST):
        phone.say(str(number))
    seen = -1
    while telegram.updates.waiting or seen != len(telegram.done):
        seen = len(telegram.done)
        await asyncio.sleep(REST_SECONDS)
    bot.kill()
    await bot.wait()


async def _start(peer: str, arguments: list[str], telegram: RememberingTelegram) -> asyncio.subprocess.Process:
    script = Path(__file__).parent / "peers" / PEERS[peer]
    polls = telegram.polls
    bot = await asyncio.create_subprocess_exec(
        sys.executable,
        script,
        *arguments,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        env=os.environ,
    )
    async with asyncio.timeout(STARTED_WITHIN_SECONDS):
        while telegram.polls == polls:  # noqa: ASYNC110 - another process works
            await asyncio.sleep(0.01)
    return bot
