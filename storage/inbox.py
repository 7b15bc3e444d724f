"""The inbox: every update that Telegram gave us, kept before Telegram is told so, and taken from here to be handled."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update

from storage.collection import Collection
from storage.prepared import Prepared, PreparedInsert
from storage.sharing import INBOX, is_shared, tell_others
from storage.tables.pipeline import inbox

KEEP = timedelta(hours=48)
"""How long a finished update is remembered, so that a second delivery is known (Telegram keeps updates for 24 h)."""
MOST_LANES = 16
"""So many chats one of several workers takes at a time: others are free to take the next ones."""
LARGEST_LANE = 2**63


@dataclass(frozen=True)
class Received:
    """An update that waits to be handled."""

    id: int
    raw: str = field(repr=False)
    received_at: datetime


_STORED = ("bot_id", "update_id", "lane", "raw", "state", "tries", "received_at")
_STORE = PreparedInsert(inbox, _STORED)
_RECEIVED = (inbox.c.id, inbox.c.raw, inbox.c.received_at)
_WAITING = select(*_RECEIVED).where(inbox.c.state == "waiting").order_by(inbox.c.id)
_FIRST = Prepared(_WAITING.limit(bindparam("most")))
_CLOSE = Prepared(update(inbox).where(inbox.c.id == bindparam("at")), ("state", "tries", "error", "done_at"))

_earlier = inbox.alias("earlier")
_HAS_EARLIER = (
    select(_earlier.c.id)
    .where(_earlier.c.state == "waiting", _earlier.c.lane == inbox.c.lane, _earlier.c.id < inbox.c.id)
    .exists()
)
_HEADS = (
    select(inbox.c.lane)
    .where(inbox.c.state == "waiting", ~_HAS_EARLIER)
    .order_by(inbox.c.id)
    .with_for_update(skip_locked=True, of=inbox)
)
"""The first update of each lane. Whoever has locked it has the lane, until the end of the transaction."""


class Inbox(Collection):
    def store(self, bot_id: int, raws: Sequence[Mapping[str, Any]]) -> None:
        """Keep those of these updates that we do not have."""
        rows = [
            {
                "bot_id": bot_id,
                "update_id": raw["update_id"],
                "lane": lane_of(raw),
                "raw": _as_json(raw),
                "state": "waiting",
                "tries": 0,
                "received_at": self._work.now,
            }
            for raw in raws
        ]
        _STORE.run_many(self._connection, rows)
        tell_others(self._connection, INBOX)

    def take(self, most: int) -> list[Received]:
        """What waits, oldest first. Among several workers only what no other has taken, and whole lanes: their order is kept."""
        if not is_shared(self._connection):
            return [Received(*row) for row in _FIRST.run(self._connection, {"most": most})]
        lanes = self._connection.scalars(_HEADS.limit(min(most, MOST_LANES))).all()
        of_lanes = _WAITING.where(inbox.c.lane.in_(lanes)).limit(most)
        return [Received(*row) for row in self._connection.execute(of_lanes)] if lanes else []

    def take_again(self, inbox_id: int) -> bool:
        """False when it is not ours to handle any more: it is done, or another worker has it."""
        row = select(inbox.c.id).where(inbox.c.id == inbox_id, inbox.c.state == "waiting")
        return self._connection.scalar(row.with_for_update(skip_locked=True)) is not None

    def finish(self, inbox_id: int) -> None:
        self._close(inbox_id, state="done")

    def park(self, inbox_id: int, *, tries: int, error: str) -> None:
        """Set it aside for a person to look at; others go on."""
        self._close(inbox_id, state="parked", tries=tries, error=error)

    def forget_texts(self) -> int:
        """Finished updates older than KEEP go, with all that they said. Gives how many."""
        old = inbox.delete().where(inbox.c.state == "done", inbox.c.done_at < self._work.now - KEEP)
        return self._connection.execute(old).rowcount

    def _close(self, inbox_id: int, *, state: str, tries: int = 0, error: str | None = None) -> None:
        values = {"at": inbox_id, "state": state, "tries": tries, "error": error, "done_at": self._work.now}
        _CLOSE.run(self._connection, values)


def lane_of(raw: Mapping[str, Any]) -> int:
    """Updates of one lane are handled in their order: those of a chat; outside of chats, those of a person."""
    for event in raw.values():
        if isinstance(event, dict):
            message = event.get("message")
            inside = message if isinstance(message, dict) else event
            return _id_in(inside.get("chat")) or _id_in(event.get("from")) or _id_in(event.get("user"))
    return 0


def _id_in(thing: Any) -> int:
    found = thing.get("id") if isinstance(thing, dict) else None
    return found if type(found) is int and -LARGEST_LANE <= found < LARGEST_LANE else 0


def _as_json(raw: Mapping[str, Any]) -> str:
    """Half a surrogate pair and NUL are no letters: not every database keeps them, and not every reader takes them."""
    text = json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\\u0000", "\\ufffd").encode("utf-8", "replace").decode()
