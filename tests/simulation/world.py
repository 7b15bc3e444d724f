"""A simulated day: one seed, one database file, one Telegram, one process of the bot after the other, and people."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from aiogram import Dispatcher

from shop.speakers import CLOCK
from storage.work import Work
from tests.simulation.exchange import Exchange
from tests.simulation.lives import Fate, Life
from tests.simulation.story import Story
from tests.simulation.virtual_time import VirtualLoop, WallClock

T = TypeVar("T")
PATIENCE_SECONDS = 12
LONG_DOWNTIME = 0.15
REST_WITHIN_SECONDS = 400


@dataclass
class Said:
    """What people and machines did and may have an effect once."""

    questions: Counter[int] = field(default_factory=Counter)
    orders: set[tuple[int, str]] = field(default_factory=set)


class World:
    def __init__(self, seed: int, folder: Path, url: str, loop: VirtualLoop, dispatcher: Dispatcher) -> None:
        self.seed, self.folder, self.url, self.loop, self.dispatcher = seed, folder, url, loop, dispatcher
        self.story = Story(loop)
        self.clock = WallClock(loop)
        self.fate = Fate(self.chance("fate"))
        self.telegram = Exchange(WallClock(loop), self.chance("faults"), self.story)
        self.telegram.updates.allowed = frozenset({"message", "edited_message", "callback_query", "my_chat_member"})
        self.said = Said()
        self.kills = 0
        self.fallen: list[str] = []
        self.awake = asyncio.Event()
        self.awake.set()
        self.life: Life | None = None
        _keep_reminders(self.database)

    def chance(self, whose: str) -> Random:
        return Random(f"{self.seed}:{whose}")

    @property
    def database(self) -> Path:
        return self.folder / "shop.db"

    async def keep_running(self) -> None:
        """One life after the other."""
        chance = self.chance("downtime")
        while True:
            self.life = Life(self.url, self.folder, self.telegram, self.clock, self.fate, self.story, self.dispatcher)
            self.story.tell("process", "starts")
            try:
                await self.life.run()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
                self.fallen.append(f"the process fell over: {error!r}")
            self.kills += 1
            await self._stay_down(chance)

    async def _stay_down(self, chance: Random) -> None:
        if not self.fate.over and chance.random() < LONG_DOWNTIME:
            hours = chance.uniform(0.2, 4)
            self.story.tell("process", f"stays down for {hours:.1f} h")
            self.awake.clear()
            await asyncio.sleep(hours * 3600)
            self.awake.set()
        else:
            await asyncio.sleep(chance.uniform(0.1, 5))

    async def move_clocks(self, jumps: int) -> None:
        """The wall clock of the bot's machine is set right, or wrong."""
        chance = self.chance("clocks")
        for _ in range(jumps):
            await asyncio.sleep(chance.uniform(30, 200))
            by = timedelta(seconds=round(chance.uniform(-30, 7200)))
            self.story.tell("clock", f"jumps by {by}")
            self.clock.move(by)

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into the books from outside."""
        connection = sqlite3.connect(self.database)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    async def at_desk(self, shop_id: int, job: Callable[[Work], T]) -> T:
        """From another system into the shop: ordered again until it is confirmed, as such systems do."""

        def entered(work: Work) -> T:
            work.enter(speaker=CLOCK, shop=work.people.find_shop(shop_id))
            return job(work)

        while True:
            if self.life is None or self.life.ended.is_set():
                await asyncio.sleep(1)
                continue
            try:
                return await asyncio.wait_for(self.life.app.desk.do(entered), PATIENCE_SECONDS)
            except (TimeoutError, OSError):
                self.story.tell("outside", "was not answered, and orders it again")

    async def come_to_rest(self) -> None:
        """Nothing goes wrong any more; all that waits has its time."""
        self.fate.over = self.telegram.faults.over = True
        self.story.tell("world", "heals")
        until = self.loop.time() + REST_WITHIN_SECONDS
        while self.loop.time() < until:
            await asyncio.sleep(5)
            if not self.unfinished():
                await asyncio.sleep(45)  # a few more ticks of the clock
                if not self.unfinished():
                    return

    def unfinished(self) -> list[tuple[Any, ...]]:
        rows = [
            (name, row)
            for name in ("inbox", "outbox", "errands")
            for row in self.ask(f"SELECT * FROM {name} WHERE state = 'waiting' LIMIT 3")
        ]
        fetched = [("not fetched", update.update_id) for update in self.telegram.updates.waiting]
        known = {row[0] for row in self.ask("SELECT update_id FROM inbox")}
        return rows + [each for each in fetched if each[1] not in known]


def _keep_reminders(database: Path) -> None:
    """The database itself writes down which reminders were told, and when."""
    connection = sqlite3.connect(database)
    columns = "order_id, dispatch_by, told"
    connection.execute(f"CREATE TABLE told_ever ({columns})")
    for event in ("INSERT", "UPDATE"):
        connection.execute(
            f"CREATE TRIGGER told_{event} AFTER {event} ON reminders BEGIN "
            "INSERT INTO told_ever VALUES (new.order_id, new.dispatch_by, new.told); END"
        )
    connection.commit()
    connection.close()
