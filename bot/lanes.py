"""Whose turn it is: each chat is a lane with its messages in order; free lanes by urgency, the others by the moment they are free."""

import heapq
from dataclasses import dataclass, field
from itertools import count

from bot.pace import Pace, is_counted
from storage.outbox import Posted


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


@dataclass
class Lanes:
    """Times are seconds of a monotonic clock."""

    pace: Pace
    _lanes: dict[int, Lane] = field(default_factory=dict)
    _free: list[tuple[int, int, int, int]] = field(default_factory=list)
    _later: list[tuple[float, int, int]] = field(default_factory=list)
    _tickets: "count[int]" = field(default_factory=count)

    def add(self, posted: Posted, *, due: float, now: float) -> None:
        lane = self._lanes.setdefault(posted.chat_id, Lane(posted.chat_id))
        lane.push(posted, due)
        self._queue(lane, now)

    def next(self, now: float) -> tuple[Lane, Posted] | None:
        """The lane whose turn it is, with its message; the lane is busy until `done`."""
        while self._later and self._later[0][0] <= now:
            _, ticket, chat_id = heapq.heappop(self._later)
            self._requeue(chat_id, ticket, now)
        while self._free:
            _, _, ticket, chat_id = self._free[0]
            lane = self._lanes.get(chat_id)
            if lane is None or lane.ticket != ticket or lane.busy:
                heapq.heappop(self._free)
                continue
            if self._ready_at(lane) > now:
                heapq.heappop(self._free)
                self._queue(lane, now)
                continue
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
        """When somebody may be free at the earliest, while nobody is now."""
        return self._later[0][0] if self._later else None

    @property
    def busy(self) -> bool:
        return any(lane.busy for lane in self._lanes.values())

    def _take(self, lane: Lane, now: float) -> tuple[Lane, Posted]:
        posted = lane.pop()
        lane.busy = True
        self.pace.take(lane.chat_id, now, counted=is_counted(posted.method))
        return lane, posted

    def _queue(self, lane: Lane, now: float) -> None:
        if lane.busy:
            return
        lane.ticket = next(self._tickets)
        ready_at = self._ready_at(lane)
        if ready_at > now:
            heapq.heappush(self._later, (ready_at, lane.ticket, lane.chat_id))
        else:
            priority, posted_id, _, _ = lane.waiting[0]
            heapq.heappush(self._free, (priority, posted_id, lane.ticket, lane.chat_id))

    def _requeue(self, chat_id: int, ticket: int, now: float) -> None:
        lane = self._lanes.get(chat_id)
        if lane is not None and lane.ticket == ticket and lane.waiting:
            self._queue(lane, now)

    def _ready_at(self, lane: Lane) -> float:
        _, _, due, posted = lane.waiting[0]
        return max(due, self.pace.free_at(lane.chat_id, counted=is_counted(posted.method)))
