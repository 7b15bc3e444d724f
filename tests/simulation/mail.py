"""What comes in on a simulated day: doubled, re-sent, out of order between chats, broken, under ids that begin anew."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from playground.updates import Update, Updates

DOUBLED = 0.06
RESENT = 0.08
SWAPPED = 0.08
FIRST_ID = 1_000_000
ODD: tuple[dict[str, Any], ...] = (
    {"message": {"message_id": "many", "date": "yesterday", "chat": 7}},
    {"callback_query": {"id": [], "from": None, "data": {"a": 1}}},
    {"edited_message": "?"},
)
"""Updates that nobody can read."""


@dataclass
class Mail(Updates):
    """Remembers every update that was made, in order, and which of them Telegram itself let expire before anybody took them."""

    next_id: int = FIRST_ID
    chance: Random = field(default_factory=Random)
    over: bool = False
    made: list[Update] = field(default_factory=list)
    odd: set[int] = field(default_factory=set)
    expired: set[int] = field(default_factory=set)
    confirmed: list[Update] = field(default_factory=list)

    def push_odd(self, now: datetime) -> None:
        self.odd.add(self.push_raw(dict(self.chance.choice(ODD)), now).update_id)

    def restart_lower(self) -> None:
        """After a week without updates Telegram goes on with any number; here with one that was never used."""
        self.next_id = FIRST_ID // 2 if self.next_id >= FIRST_ID else self.next_id // 2

    def doubles_an_update(self) -> bool:
        return self._happens(DOUBLED)

    async def poll(self, *, offset: int | None, limit: int, seconds: float, now: datetime) -> Sequence[dict[str, Any]]:
        raws = list(await super().poll(offset=offset, limit=limit, seconds=seconds, now=now))
        alive = [update for update in self.confirmed[-30:] if not update.expired(now)]
        if raws and alive and self._happens(RESENT):
            raws.insert(self.chance.randint(0, len(raws)), self.chance.choice(alive).raw)
        return raws

    def _confirm(self, offset: int | None, now: datetime) -> None:
        """An offset beyond the newest by more than ten is of an earlier numbering, and the real server forgets it."""
        before = list(self.waiting)
        self.expired |= {update.update_id for update in before if update.expired(now)}
        super()._confirm(None if offset is not None and offset > self.next_id + 10 else offset, now)
        self.confirmed += [
            update for update in before if update not in self.waiting and update.update_id not in self.expired
        ]

    def _add(self, kind: str | None, raw: dict[str, Any], now: datetime) -> Update:
        update = super()._add(kind, raw, now)
        self.made.append(update)
        if len(self.waiting) > 1 and sender(self.waiting[-2]) != sender(update) and self._happens(SWAPPED):
            self.waiting[-1], self.waiting[-2] = self.waiting[-2], self.waiting[-1]
        return update

    def _happens(self, how_often: float) -> bool:
        return not self.over and self.chance.random() < how_often


def sender(update: Update) -> int:
    """The person whose chat it belongs to; 0 for what nobody can read."""
    content = update.raw.get(update.kind or "")
    return int(content["from"]["id"]) if isinstance(content, dict) else 0
