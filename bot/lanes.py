"""Whose turn it is: each chat is a lane with its messages in order; free lanes by urgency, the others by the moment they are free."""

import heapq
from dataclasses import dataclass, field
from itertools import count

from bot.pace import Pace, is_counted
from storage.news import Level
from storage.outbox import Posted

ROUNDING = 1e-6
"""A moment that has come but for so many seconds has come: clocks are not added up more exactly."""


@dataclass
class Lane:
    """The waiting messages of one chat, the most urgent and then the oldest first."""

    chat_id: int
    waiting: list[tuple[int, int, float, Posted]] = field(default_factory=list)
    busy: bool = False
    ticket: int = 0

    def push(self, posted: Posted, due: float) -> None:
        heapq.heappush(self.waiting, (posted.priority, posted.id, due, posted))

    def pop(self) -> Posted:
        return heapq.heappop(self.waiting)[-1]


def is_hurried(priority: int) -> bool:
    """Somebody looks at the phone and waits for it."""
    return priority <= Level.REPLY


@dataclass
class Lanes:
    """Times are seconds of a monotonic clock."""

    pace: Pace
    _lanes: dict[int, Lane] = field(default_factory=dict)
    _free: list[tuple[tuple[int, float, int], int, int]] = field(default_factory=list)
    _later: list[tuple[float, int, int]] = field(default_factory=list)
    _tickets: "count[int]" = field(default_factory=count)

    def add(self, posted: Posted, *, due: float, now: float) -> None:
        lane = self._lanes.setdefault(posted.chat_id, Lane(posted.chat_id))
        lane.push(posted, due)
        self._queue(lane, now)

    def next(self, now: float) -> tuple[Lane, Posted] | None:
        """The lane whose turn it is, with its message; the lane is busy until `done`."""
        now += ROUNDING
        while self._later and self._later[0][0] <= now:
            _, ticket, chat_id = heapq.heappop(self._later)
            self._requeue(chat_id, ticket, now)
        while self._free:
            (priority, _, _), ticket, chat_id = self._free[0]
            lane = self._lanes.get(chat_id)
            if lane is None or lane.ticket != ticket or lane.busy:
                heapq.heappop(self._free)
            elif self._ready_at(lane) > now:
                heapq.heappop(self._free)
                self._queue(lane, now)
            elif self.pace.open_at(hurried=is_hurried(priority)) > now:
                return None
            else:
                heapq.heappop(self._free)
                return self._take(lane, now)
        return None

    def done(self, lane: Lane, now: float) -> None:
        lane.busy = False
        if lane.waiting:
            self._queue(lane, now)
        else:
            self._lanes.pop(lane.chat_id, None)

    def clear(self, lane: Lane) -> None:
        """Nothing of what waits for this chat will be said."""
        lane.waiting.clear()

    def next_moment(self) -> float | None:
        """When it may be somebody's turn at the earliest, while it is nobody's now."""
        later = self._later[0][0] if self._later else None
        if not self._free:
            return later
        (priority, _, _), _, _ = self._free[0]
        open_at = self.pace.open_at(hurried=is_hurried(priority))
        return open_at if later is None else min(later, open_at)

    @property
    def busy(self) -> bool:
        return any(lane.busy for lane in self._lanes.values())

    def _take(self, lane: Lane, now: float) -> tuple[Lane, Posted]:
        posted = lane.pop()
        lane.busy = True
        hurried = is_hurried(posted.priority)
        self.pace.take(lane.chat_id, now, counted=is_counted(posted.method), hurried=hurried)
        return lane, posted

    def _queue(self, lane: Lane, now: float) -> None:
        if lane.busy:
            return
        lane.ticket = next(self._tickets)
        ready_at = self._ready_at(lane)
        if ready_at > now:
            heapq.heappush(self._later, (ready_at, lane.ticket, lane.chat_id))
        else:
            heapq.heappush(self._free, (self._turn(lane, now), lane.ticket, lane.chat_id))

    def _requeue(self, chat_id: int, ticket: int, now: float) -> None:
        lane = self._lanes.get(chat_id)
        if lane is not None and lane.ticket == ticket and lane.waiting:
            self._queue(lane, now)

    def _turn(self, lane: Lane, now: float) -> tuple[int, float, int]:
        """Its place among those that are free: answers as they come; of all else first what will take longest."""
        priority, posted_id, _, _ = lane.waiting[0]
        lasts = 0.0 if is_hurried(priority) else self.pace.lasts(lane.chat_id, len(lane.waiting), now)
        return priority, -lasts, posted_id

    def _ready_at(self, lane: Lane) -> float:
        _, _, due, posted = lane.waiting[0]
        return max(due, self.pace.free_at(lane.chat_id, counted=is_counted(posted.method)))
