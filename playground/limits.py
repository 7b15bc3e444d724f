"""Telegram's sending limits: who broke one is counted strictly, and punished by 429 once a small burst is used up."""

import asyncio
import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from playground.refusals import too_many_requests

OVERALL_PER_SECOND = 30
PRIVATE_PER_SECOND = 1
GROUP_PER_MINUTE = 20
REMEMBERED_VIOLATIONS = 1_000


@dataclass(frozen=True)
class Violation:
    """A moment at which more was sent than Telegram allows."""

    rule: str
    chat_id: int
    at: float


@dataclass
class Window:
    """The strict reading of a limit: at most `allowed` within any `seconds`."""

    allowed: int
    seconds: float
    moments: deque[float] = field(default_factory=deque)

    def exceeded_by(self, moment: float) -> bool:
        # a thousandth of a second of grace: what two clocks may differ by
        while self.moments and self.moments[0] <= moment - self.seconds + 0.001:
            self.moments.popleft()
        self.moments.append(moment)
        return len(self.moments) > self.allowed


@dataclass
class Bucket:
    """The kind reading: a burst is forgiven, a sustained excess is not."""

    burst: float
    per_second: float
    level: float = -1.0
    filled_at: float = 0.0
    closed_until: float = 0.0

    def wait_for_one(self, moment: float) -> float:
        """Seconds to wait; 0 when one was taken."""
        if self.level < 0:
            self.level = self.burst
        else:
            self.level = min(self.burst, self.level + (moment - self.filled_at) * self.per_second)
        self.filled_at = moment
        if self.level >= 1:
            self.level -= 1
            return 0.0
        return (1 - self.level) / self.per_second


class Limits:
    """30 messages a second over all, one a second to a person, 20 a minute to a group."""

    def __init__(
        self, *, moment: Callable[[], float] | None = None, punishes: bool = True, counts: bool = True
    ) -> None:
        self.punishes = punishes
        self.counts = counts
        self.violations: deque[Violation] = deque(maxlen=REMEMBERED_VIOLATIONS)
        self._moment = moment
        self._windows: dict[int, Window] = {0: Window(OVERALL_PER_SECOND, 1)}
        self._buckets: dict[int, Bucket] = {0: Bucket(OVERALL_PER_SECOND * 2, OVERALL_PER_SECOND)}

    @classmethod
    def off(cls) -> "Limits":
        """Neither counted nor punished."""
        return cls(punishes=False, counts=False)

    def take(self, chat_id: int, *, private: bool) -> None:
        """One message leaves for a chat; raises 429 when it is one too many."""
        if not self.counts:
            return
        moment = self._moment() if self._moment else asyncio.get_running_loop().time()
        for key in (0, chat_id):
            self._look_at_window(key, chat_id, moment, private=private)
        if self.punishes:
            for key in (chat_id, 0):
                self._draw_from_bucket(key, chat_id, moment, private=private)

    def _look_at_window(self, key: int, chat_id: int, moment: float, *, private: bool) -> None:
        window = self._windows.get(key)
        if window is None:
            window = Window(PRIVATE_PER_SECOND, 1) if private else Window(GROUP_PER_MINUTE, 60)
            self._windows[key] = window
        if window.exceeded_by(moment):
            rule = "overall" if key == 0 else "private" if private else "group"
            self.violations.append(Violation(rule, chat_id, moment))

    def _draw_from_bucket(self, key: int, chat_id: int, moment: float, *, private: bool) -> None:
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = Bucket(5, PRIVATE_PER_SECOND) if private else Bucket(GROUP_PER_MINUTE, GROUP_PER_MINUTE / 60)
            self._buckets[key] = bucket
        if moment < bucket.closed_until:
            self.violations.append(Violation("retry_after ignored", chat_id, moment))
            raise too_many_requests(math.ceil(bucket.closed_until - moment))
        seconds = math.ceil(bucket.wait_for_one(moment))
        if seconds:
            bucket.closed_until = moment + seconds
            raise too_many_requests(seconds)
