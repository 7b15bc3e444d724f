"""The inbox: every update that Telegram gave us, kept before Telegram is told so."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, func, select, update

from storage.collection import Collection
from storage.prepared import Prepared, PreparedInsert
from storage.tables.pipeline import inbox

KEEP = timedelta(hours=48)
"""How long a finished update is remembered, so that a second delivery is known (Telegram keeps updates for 24 h)."""


@dataclass(frozen=True)
class Received:
    """An update that waits to be handled."""

    id: int
    update_id: int
    raw: str


_STORED = ("bot_id", "update_id", "raw", "state", "tries", "received_at")
_STORE = PreparedInsert(inbox, _STORED)
_AFTER = Prepared(
    select(inbox.c.id, inbox.c.update_id, inbox.c.raw)
    .where(inbox.c.id > bindparam("after"), inbox.c.state == "waiting")
    .order_by(inbox.c.id)
)
_CLOSE = Prepared(update(inbox).where(inbox.c.id == bindparam("at")), ("state", "tries", "error", "done_at"))


class Inbox(Collection):
    def store(self, bot_id: int, raws: Sequence[Mapping[str, Any]]) -> list[Received]:
        """Keep these updates; gives those that we did not have, oldest first."""
        newest = self._connection.scalar(select(func.max(inbox.c.id))) or 0
        rows = [
            {
                "bot_id": bot_id,
                "update_id": raw["update_id"],
                "raw": _as_json(raw),
                "state": "waiting",
                "tries": 0,
                "received_at": self._work.now,
            }
            for raw in raws
        ]
        _STORE.run_many(self._connection, rows)
        return [Received(*row) for row in _AFTER.run(self._connection, {"after": newest})]

    def waiting(self) -> list[Received]:
        """What was kept but not finished, oldest first."""
        query = (
            select(inbox.c.id, inbox.c.update_id, inbox.c.raw).where(inbox.c.state == "waiting").order_by(inbox.c.id)
        )
        return [Received(*row) for row in self._connection.execute(query)]

    def is_waiting(self, inbox_id: int) -> bool:
        return self._connection.scalar(select(inbox.c.state).where(inbox.c.id == inbox_id)) == "waiting"

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


def _as_json(raw: Mapping[str, Any]) -> str:
    """Half a surrogate pair and NUL are no letters: not every database keeps them, and not every reader takes them."""
    text = json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\\u0000", "\\ufffd").encode("utf-8", "replace").decode()
