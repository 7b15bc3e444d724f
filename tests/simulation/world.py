"""A simulated day: one seed, one database file, one Telegram, one process of the bot after the other, and people."""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from aiogram import Dispatcher

from bot.intake import ALLOWED
from shop.speakers import CLOCK
from storage.work import Work
from tests.simulation.engines import spared
from tests.simulation.exchange import Exchange
from tests.simulation.fate import Fate
from tests.simulation.lives import STOPS_WITHIN_SECONDS, Life
from tests.simulation.sheets import OrderSheet
from tests.simulation.story import Story
from tests.simulation.uptime import Uptime
from tests.simulation.virtual_time import VirtualLoop, WallClock

T = TypeVar("T")
PATIENCE_SECONDS = 12
LONG_DOWNTIME = 0.1
STOPPED = 0.4
CALENDAR = (
    (datetime(2026, 3, 2, 1, 0, tzinfo=UTC), "Asia/Shanghai"),
    (datetime(2026, 12, 31, 15, 58, tzinfo=UTC), "Asia/Shanghai"),
    (datetime(2026, 3, 29, 0, 58, tzinfo=UTC), "Europe/Berlin"),
    (datetime(2026, 10, 25, 0, 58, tzinfo=UTC), "Europe/Berlin"),
    (datetime(2026, 3, 8, 6, 58, tzinfo=UTC), "America/New_York"),
    (datetime(2026, 11, 1, 5, 58, tzinfo=UTC), "America/New_York"),
)
"""When a day begins and where its shops are: an ordinary one, the end of a year, minutes before a clock is changed."""


@dataclass
class Said:
    """What people and machines did and may have an effect once."""

    questions: dict[int, list[int]] = field(default_factory=dict)
    """The updates of each buyer's questions, in their order."""
    orders: dict[tuple[int, str], datetime | None] = field(default_factory=dict)
    """By shop and number, with the deadline that they must have."""
    sheets: dict[str, OrderSheet] = field(default_factory=dict)
    """By the name of the file."""


class World:
    def __init__(self, seed: int, folder: Path, loop: VirtualLoop, dispatcher: Dispatcher) -> None:
        self.seed, self.folder, self.loop, self.dispatcher = seed, folder, loop, dispatcher
        self.start, self.zone = self.chance("calendar").choice(CALENDAR)
        self.story = Story(loop)
        self.clock = WallClock(loop, self.start)
        self.true_clock = WallClock(loop, self.start)
        self.fate = Fate(self.chance("fate"))
        self.telegram = Exchange(self.true_clock, self.chance("faults"), self.story)
        self.telegram.updates.allowed = frozenset(ALLOWED)
        self.said = Said()
        self.uptime = Uptime()
        self.kills = 0
        self.unsure = 0
        self.fallen: list[str] = []
        self.awake = asyncio.Event()
        self.life: Life | None = None
        self.down_until = 0.0
        self.books = sqlite3.connect(self.database, isolation_level=None)
        self.telegram.is_kept = self._is_kept

    def chance(self, whose: str) -> Random:
        return Random(f"{self.seed}:{whose}")

    @property
    def database(self) -> Path:
        return self.folder / "shop.db"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.database}"

    async def keep_running(self) -> None:
        """One life after the other."""
        chance = self.chance("downtime")
        while True:
            await self._live(chance)
            await self._stay_down(chance)

    async def _live(self, chance: Random) -> None:
        self.uptime.begins("down", self.loop.time())
        self.telegram.faults.forget_pauses()
        self.life = Life(
            self.url, self.folder, self.telegram, self.clock, self.fate, self.story, self.uptime, self.dispatcher
        )
        self.story.tell("process", "starts")
        self.awake.set()
        if not self.fate.over and chance.random() < STOPPED:
            self.loop.call_later(chance.uniform(5, 60), self.life.stopping.set)
        done = len(self.telegram.done)
        try:
            if await self.life.run() > STOPS_WITHIN_SECONDS:
                self.fallen.append("a stop took too long")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            self.fallen.append(f"the process fell over: {error!r}")
        self.kills += 1
        self.uptime.begins("down", self.loop.time())
        self.unsure += self._unsure(done)
        self.fallen += [f"too fast: {violation}" for violation in self.life.limits.violations]

    def _unsure(self, since: int) -> int:
        """Chats that got something of which the dead process could not write down that they have it: that comes again, once for each."""
        got = {str(params.get("chat_id")) for _, params in self.telegram.done[since:]}
        waiting = {str(row[0]) for row in self.ask("SELECT chat_id FROM outbox WHERE state = 'waiting'")}
        return len(got & waiting)

    async def _stay_down(self, chance: Random) -> None:
        self.awake.clear()
        long = not self.fate.over and chance.random() < LONG_DOWNTIME
        self._goes_down_for(chance.uniform(60, 600) if long else chance.uniform(0.1, 4))
        while (seconds := self.down_until - self.loop.time()) > 0:
            self.story.tell("process", f"stays down for {timedelta(seconds=round(seconds))}")
            await asyncio.sleep(seconds)

    def _goes_down_for(self, seconds: float) -> None:
        self.down_until = max(self.down_until, self.loop.time() + seconds)

    def ends_life(self, *, down_for: float, cleanly: bool) -> None:
        """The process is stopped or killed, if it runs, and stays away for so many seconds."""
        self._goes_down_for(down_for)
        if self.life is None or self.life.ended.is_set():
            return
        self.story.tell("process", "is stopped" if cleanly else "is killed")
        (self.life.stopping if cleanly else self.life.ended).set()

    def set_clock(self, skew: timedelta) -> None:
        """What the wall clock of the bot's machine shows is wrong by so much."""
        self.story.tell("clock", f"is wrong by {skew}")
        self.clock.skew = skew
        (self.uptime.begins if skew else self.uptime.ends)("skewed", self.loop.time())

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into the books from outside."""
        return self.books.execute(query, values).fetchall()

    def _is_kept(self, chat_id: int) -> bool:
        """Something that this chat is to get is committed and not yet marked as sent."""
        return bool(self.ask("SELECT 1 FROM outbox WHERE state = 'waiting' AND chat_id = ? LIMIT 1", chat_id))

    async def at_desk(self, shop_id: int, job: Callable[[Work], T]) -> T:
        """From another system into the shop: ordered again until it is confirmed, as such systems do."""

        def entered(work: Work) -> T:
            work.enter(speaker=CLOCK, shop=work.people.find_shop(shop_id))
            return job(work)

        while True:
            await self.awake.wait()
            assert self.life is not None
            try:
                return await asyncio.wait_for(self.life.app.desk.do(entered), PATIENCE_SECONDS)
            except (TimeoutError, OSError):
                self.story.tell("outside", "was not answered, and orders it again")

    async def come_to_rest(self, within: float) -> None:
        """Nothing goes wrong any more; all that waits has its time."""
        self.fate.over = self.telegram.faults.over = self.telegram.updates.over = True
        self.set_clock(timedelta())
        self.story.tell("world", "heals")
        await self.awake.wait()
        until = self.loop.time() + within
        while self.loop.time() < until:
            await asyncio.sleep(4)
            if not self.unfinished():
                await asyncio.sleep(18)  # a few more ticks of the clock
                if not self.unfinished():
                    return

    def unfinished(self) -> list[tuple[Any, ...]]:
        rows = [
            (name, row)
            for name in ("inbox", "outbox", "errands")
            for row in self.ask(f"SELECT * FROM {name} WHERE state = 'waiting' LIMIT 3")
        ]
        known = {row[0] for row in self.ask("SELECT update_id FROM inbox")}
        fetched = [update.update_id for update in self.telegram.updates.waiting if update.update_id not in known]
        return rows + [("not fetched", update_id) for update_id in fetched]

    def close(self) -> None:
        self.books.close()
        spared()
