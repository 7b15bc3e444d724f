"""Messages out: the only place that sends. Outbox and cards to Telegram, in order per chat and within its limits."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from aiogram import Bot

from bot import metrics, posting
from bot.lanes import Lane, Lanes
from bot.outcomes import FAILURES, Blocked, Outcome, Sent, Wait, outcome_of
from bot.pace import GROUP, Pace, is_counted
from bot.posting import Ready
from storage.desk import Desk
from storage.outbox import Mark, Posted

AT_ONCE = 30
"""So many calls may be on their way together."""
PAUSED_CHATS = 3
"""So many chats being asked for a pause within a second mean that it is meant for all."""
REQUEST_SECONDS = 30
REMEMBERED = timedelta(seconds=GROUP[1])
"""So far back Telegram counts."""
QUICK_SECONDS = 0.005
"""So long after its turn came a message may leave without being counted anew."""

log = structlog.get_logger(__name__)


@dataclass
class Delivery:
    """Sends what the outbox holds. `clock` is the wall clock; pacing runs on the event loop's own."""

    bot: Bot
    desk: Desk
    clock: Callable[[], datetime]
    files: Path
    pace: Pace = field(default_factory=Pace)
    _early: dict[int, Posted] | None = field(default_factory=dict)
    """Rows that were committed before those of an earlier process were loaded; None from then on."""
    _known: set[int] = field(default_factory=set)
    """Rows that wait here, or are on their way."""
    _told: list[int] = field(default_factory=list)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _pauses: list[float] = field(default_factory=list)
    _marks: list[Mark] = field(default_factory=list)
    _marked: "asyncio.Future[None] | None" = None

    def __post_init__(self) -> None:
        self.lanes = Lanes(self.pace)

    def anew(self) -> "Delivery":
        """Another, that knows of nothing and begins with what the books say."""
        return Delivery(self.bot, self.desk, self.clock, self.files, Pace(unlimited=self.pace.unlimited))

    def accept(self, rows: Sequence[Posted]) -> None:
        """These rows have just been committed."""
        if self._early is not None:
            self._early.update({posted.id: posted for posted in rows})
            return
        for posted in rows:
            if posted.id not in self._known:
                self._enqueue(posted)
        self._wake.set()

    def hear(self, ids: Sequence[int]) -> None:
        """Another worker has committed these rows."""
        self._told += [each for each in ids if each not in self._known]
        self._wake.set()

    async def run(self, *, until_idle: bool = False) -> None:
        """For ever; or until nothing is left that may be sent now."""
        if self._early is not None:
            await self._load()
        async with asyncio.TaskGroup() as sending:
            room = asyncio.Semaphore(AT_ONCE)
            while True:
                if self._told:
                    await self._fetch()
                now = self._time()
                turn = self.lanes.next(now)
                if turn is not None:
                    await room.acquire()
                    task = sending.create_task(self._send(*turn, counted_at=now))
                    task.add_done_callback(lambda _: self._leave(room))
                elif until_idle and not self.lanes.busy:
                    return
                else:
                    await self._rest()

    async def _load(self) -> None:
        """What an earlier process did not get to send; and what it has sent, for Telegram counts that, too."""
        sent, waiting = await self.desk.insist(
            lambda work: (work.outbox.sent_since(work.now - REMEMBERED), work.outbox.waiting())
        )
        now, clock = self._time(), self.clock()
        ago = ((chat, max((clock - at).total_seconds(), 0), is_counted(what)) for chat, what, at in sent)
        self.pace.recall(((chat, now - seconds, counted) for chat, seconds, counted in ago), now)
        rows = {posted.id: posted for posted in waiting}
        early, self._early = self._early or {}, None
        self.accept([row for _, row in sorted((rows | early).items())])

    async def _fetch(self) -> None:
        """Rows of which we only know the number. A row that is being marked as sent is still known here."""
        told, self._told = self._told, []
        self.accept(await self.desk.insist(lambda work: work.outbox.waiting(told)))

    def _leave(self, room: asyncio.Semaphore) -> None:
        room.release()
        self._wake.set()

    async def _rest(self) -> None:
        """Until something is new, a lane is done, or a chat may be written to again."""
        moment = self.lanes.next_moment()
        wait = None if moment is None else max(moment - self._time(), 0)
        try:
            await asyncio.wait_for(self._wake.wait(), wait)
        except TimeoutError:
            self.pace.forget_before(self._time())
        self._wake.clear()

    def _enqueue(self, posted: Posted) -> None:
        """A row waits no longer than our longest pause: the wall clock by which it was postponed may have been wrong."""
        self._known.add(posted.id)
        now = self._time()
        due = now + max(min(posted.due_at - self.clock(), posting.LONGEST_PAUSE).total_seconds(), 0)
        self.lanes.add(posted, due=due, now=now)

    async def _send(self, lane: Lane, posted: Posted, *, counted_at: float) -> None:
        again = None
        try:
            ready = posting.plain(posted, self.clock()) or await self._prepare(posted)
            if ready is not None:
                await self._keep_pace(lane, posted, ready, counted_at)
                outcome = await self._call(ready)
                metrics.sent(type(outcome).__name__)
                self._heed(lane, outcome)
                again = await self._report(posted, ready, outcome)
        except Exception as error:
            log.exception("a message is set aside", outbox_id=posted.id, exc_info=error)
            reason = type(error).__name__
            await self.desk.insist(lambda work: work.outbox.failed(posted.id, reason))
        finally:
            self._known.discard(posted.id)
            if again is not None:
                self._enqueue(again)
            self.lanes.done(lane, self._time())

    async def _prepare(self, posted: Posted) -> Ready | None:
        return await self.desk.insist(lambda work: posting.prepare(work, posted, self.bot.id))

    async def _keep_pace(self, lane: Lane, posted: Posted, ready: Ready, counted_at: float) -> None:
        """A message counts when it leaves, and that may be later than when its turn came: the desk was busy, or the machine slept."""
        if not is_counted(ready.method):
            return
        if not is_counted(posted.method):  # an edit whose message is not there, for instance
            await asyncio.sleep(max(self.pace.free_at(lane.chat_id, counted=True) - self._time(), 0))
        elif self._time() < counted_at + QUICK_SECONDS:
            return
        self.pace.take(lane.chat_id, self._time(), counted=True)

    async def _report(self, posted: Posted, ready: Ready, outcome: Outcome) -> Posted | None:
        """Returns when what became of the call is kept for good: before that, this chat gets nothing more.

        Gives the row that has to be sent once more.
        """
        mark = posting.mark(posted, outcome)
        if mark is not None:
            await asyncio.shield(self._mark(mark))
            return None
        return await self.desk.insist(lambda work: posting.report(work, posted, ready, outcome, self.bot.id))

    def _mark(self, mark: Mark) -> "asyncio.Future[None]":
        """All that were sent in one turn of the loop are written down together."""
        if not self._marks or self._marked is None:
            self._marked = asyncio.ensure_future(self._write_marks())
        self._marks.append(mark)
        return self._marked

    async def _write_marks(self) -> None:
        marks, self._marks = self._marks, []
        await self.desk.insist(lambda work: work.outbox.all_sent(marks))

    async def _call(self, ready: Ready) -> Outcome:
        try:
            return Sent(await ready.call(self.files).to(self.bot, timeout=REQUEST_SECONDS))
        except FAILURES as error:
            return outcome_of(error)

    def _heed(self, lane: Lane, outcome: Outcome) -> None:
        """What an answer means for the chats that wait."""
        match outcome:
            case Wait(seconds):
                now = self._time()
                self.pace.hold(lane.chat_id, now + seconds)
                self._pauses = [*(at for at in self._pauses if at > now - 1), now]
                if len(self._pauses) >= PAUSED_CHATS:
                    self.pace.hold_all(now + seconds)
                log.warning("Telegram asks for a pause", seconds=seconds)
            case Blocked():
                self._known -= {row.id for *_, row in lane.waiting}
                self.lanes.clear(lane)

    def _time(self) -> float:
        return asyncio.get_running_loop().time()
