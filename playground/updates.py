"""What waits for the bot: kept until it is confirmed, at most a day; taps only for 150 seconds."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from playground.clock import Clock
from playground.refusals import OTHER_POLLER, conflict

KEEP = timedelta(hours=24)
TAPS_LIVE = timedelta(seconds=150)
LONGEST_POLL_SECONDS = 50
OPTIONAL_KINDS = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that a bot gets only when it asks for them."""


@dataclass(frozen=True)
class Update:
    """One update; `kind` is the name of its content, None for one that is broken on purpose."""

    update_id: int
    kind: str | None
    raw: dict[str, Any]
    came_at: datetime

    def expired(self, now: datetime) -> bool:
        return now - self.came_at > (TAPS_LIVE if self.kind == "callback_query" else KEEP)


@dataclass
class Updates:
    """One queue, one poller."""

    next_id: int = 100_000_001
    allowed: frozenset[str] | None = None
    waiting: deque[Update] = field(default_factory=deque)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _poller: int = 0
    _ended_by: str = OTHER_POLLER

    def push(self, kind: str, content: Any, now: datetime) -> Update | None:
        """A new update for the bot; None when it has not asked for such."""
        if (self.allowed is None and kind in OPTIONAL_KINDS) or (self.allowed is not None and kind not in self.allowed):
            return None
        return self._add(kind, {kind: content}, now)

    def push_raw(self, raw: dict[str, Any], now: datetime) -> Update:
        """Anything at all under the next id, for instance something that no client can read."""
        return self._add(None, raw, now)

    def repeat(self, update: Update) -> None:
        """The same update once more, as Telegram does when it is not sure that it arrived."""
        self.waiting.append(update)
        self._news.set()

    async def poll(self, *, offset: int | None, limit: int, seconds: float, now: datetime) -> Sequence[dict[str, Any]]:
        """getUpdates: the offset confirms what is below it; a second poller ends the first."""
        self._confirm(offset, now)
        self.end_polls(OTHER_POLLER)
        ticket = self._poller
        if not self.waiting and seconds > 0:
            self._news = asyncio.Event()
            await self._wait(seconds)
            if ticket != self._poller:
                raise conflict(self._ended_by)
        return [update.raw for update in list(self.waiting)[: max(1, min(limit, 100))]]

    def end_polls(self, why: str) -> None:
        """Whoever waits from before looks up and is told that somebody else hears the updates now."""
        self._poller += 1
        self._ended_by = why
        self._news.set()

    async def next_one(self, clock: Clock) -> Update:
        """The oldest that is still alive, once there is one; it stays until it is taken. For webhooks."""
        while True:
            self._confirm(None, clock.now())
            if self.waiting:
                return self.waiting[0]
            self._news.clear()
            await self._news.wait()

    def take(self, update: Update) -> None:
        """This one has arrived."""
        if self.waiting and self.waiting[0] is update:
            self.waiting.popleft()

    def drop_all(self) -> None:
        self.waiting.clear()

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._news.wait(), min(seconds, LONGEST_POLL_SECONDS))
        except TimeoutError:
            return

    def _confirm(self, offset: int | None, now: datetime) -> None:
        if offset is not None and offset < 0:
            while len(self.waiting) > -offset:
                self.waiting.popleft()
            offset = None
        self.waiting = deque(
            update
            for update in self.waiting
            if not update.expired(now) and (offset is None or update.update_id >= offset)
        )

    def _add(self, kind: str | None, raw: dict[str, Any], now: datetime) -> Update:
        update = Update(self.next_id, kind, {"update_id": self.next_id, **raw}, now)
        self.next_id += 1
        self.waiting.append(update)
        self._news.set()
        return update
