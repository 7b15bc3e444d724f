"""The outbox: what is to be said, kept until Telegram has it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, select, update

from storage.collection import Collection
from storage.news import CardKind, CardRef, Level
from storage.prepared import Prepared, PreparedRow
from storage.tables.pipeline import outbox
from storage.types import as_json

KEEP = timedelta(hours=48)
"""How long a sent message is remembered."""


SEND, EDIT = "sendMessage", "editMessageText"


class Posted(NamedTuple):
    """A message that waits. `payload` is JSON of the Bot API call; for a card it is read when its turn comes."""

    id: int
    chat_id: int
    priority: int
    method: str
    payload: str
    card_id: int | None
    tries: int
    due_at: datetime
    expires_at: datetime | None

    def __repr__(self) -> str:
        """Without what it says: that is for its chat alone."""
        return f"<{self.method} {self.id} for {self.chat_id}>"


class Mark(NamedTuple):
    """A message that Telegram has; `message_id` is its own, if it has one."""

    posted_id: int
    message_id: int | None


_NAMES = ("id", "chat_id", "priority", "method", "payload", "card_id", "tries", "due_at", "expires_at")
_COLUMNS = tuple(outbox.c[name] for name in _NAMES)


_INSERT = PreparedRow(outbox, (*_NAMES[1:], "state", "about_kind", "about_id"))
_WAITING_CARD = Prepared(
    select(outbox.c.id, outbox.c.priority, outbox.c.method).where(
        outbox.c.card_id == bindparam("card"), outbox.c.state == "waiting"
    )
)
_SENT = Prepared(update(outbox).where(outbox.c.id == bindparam("at")), ("state", "sent_at", "message_id"))


class Outbox(Collection):
    def post(
        self,
        chat_id: int,
        method: str,
        payload: Mapping[str, Any],
        *,
        level: Level = Level.REPLY,
        lives: timedelta | None = None,
        about: CardRef | None = None,
    ) -> None:
        """Say it when this chat's turn comes; `lives` is how long it is worth saying, `about` what a reply to it is for."""
        text = as_json(payload)
        expires_at = None if lives is None else self._work.now + lives
        self._insert(Posted(0, chat_id, level, method, text, None, 0, self._work.now, expires_at), about=about)

    def post_card(self, chat_id: int, card_id: int, *, level: Level, anew: bool) -> None:
        """The card has changed: one waiting row is enough, however often it changes, as long as it is urgent enough.

        What is called is decided when its turn comes; the method kept here says whether a new message must be reckoned with.
        """
        method = SEND if anew else EDIT
        found = _WAITING_CARD.first(self._connection, {"card": card_id})
        if found is not None:
            row_id, priority, kept = found
            if priority > level or (anew and kept == EDIT):
                self.failed(row_id, "overtaken by a more urgent one")
                found = None
        if found is None:
            self._insert(Posted(0, chat_id, level, method, "", card_id, 0, self._work.now, None))

    def _insert(self, row: Posted, *, about: CardRef | None = None) -> None:
        values = dict(zip(_NAMES[1:], row[1:], strict=True))
        values |= {"state": "waiting", "about_kind": None, "about_id": None}
        if about is not None:
            values |= {"about_kind": about.kind.value, "about_id": about.subject_id}
        self._work.posted.append(row._replace(id=_INSERT.insert(self._connection, values)))

    def waiting(self, ids: Sequence[int] | None = None) -> Sequence[Posted]:
        """What is still to be said: everything, for a process that has just begun to send; or of these rows."""
        query = select(*_COLUMNS).where(outbox.c.state == "waiting").order_by(outbox.c.id)
        if ids is not None:
            query = query.where(outbox.c.id.in_(ids))
        return [Posted(*row) for row in self._connection.execute(query)]

    def sent_since(self, moment: datetime) -> Sequence[tuple[int, str, datetime]]:
        """Chat, method and moment of what has been sent since, oldest first: Telegram counts it, whoever sent it."""
        columns = (outbox.c.chat_id, outbox.c.method, outbox.c.sent_at)
        query = select(*columns).where(outbox.c.sent_at > moment, outbox.c.state == "sent").order_by(outbox.c.sent_at)
        return [(chat_id, method, sent_at) for chat_id, method, sent_at in self._connection.execute(query)]

    def waiting_cards(self, chat_id: int, *, up_to: Level) -> Sequence[tuple[int, Level]]:
        """The cards that this chat waits for and that are at least so urgent."""
        query = select(outbox.c.card_id, outbox.c.priority).where(
            outbox.c.chat_id == chat_id,
            outbox.c.state == "waiting",
            outbox.c.card_id.is_not(None),
            outbox.c.priority.between(Level.P0, up_to),
        )
        return [(card_id, Level(priority)) for card_id, priority in self._connection.execute(query)]

    def sent(self, posted_id: int, *, message_id: int | None) -> None:
        self.all_sent([Mark(posted_id, message_id)])

    def all_sent(self, marks: Sequence[Mark]) -> None:
        """Each of these messages is where it belongs."""
        now = self._work.now
        rows = (
            {"at": mark.posted_id, "state": "sent", "sent_at": now, "message_id": mark.message_id} for mark in marks
        )
        _SENT.run_many(self._connection, rows)

    def failed(self, posted_id: int, error: str) -> None:
        self._set(posted_id, state="failed", error=error, sent_at=self._work.now)

    def again(self, posted_id: int, *, tries: int, due_at: datetime, error: str) -> bool:
        """Try it once more then; False when it has been overtaken or given up meanwhile."""
        row = update(outbox).where(outbox.c.id == posted_id, outbox.c.state == "waiting")
        values = {"tries": tries, "due_at": due_at, "error": error}
        return self._connection.execute(row.values(values).returning(outbox.c.id)).first() is not None

    def rewrite(self, posted_id: int, payload: Mapping[str, Any]) -> None:
        """The same message in other words, for instance without markup that Telegram refused."""
        self._set(posted_id, payload=as_json(payload))

    def about_message(self, chat_id: int, message_id: int) -> CardRef | None:
        """What this message of ours was about; None for one that is forgotten, or was about nothing."""
        return self._first_about((outbox.c.chat_id == chat_id) & (outbox.c.message_id == message_id))

    def about(self, posted_id: int) -> CardRef | None:
        return self._first_about(outbox.c.id == posted_id)

    def unsaid_about(self, chat_id: int, posted_id: int) -> Sequence[CardRef]:
        """The things of which this chat will not hear: that message, and all that waits behind it."""
        unsaid = (outbox.c.id == posted_id) | ((outbox.c.chat_id == chat_id) & (outbox.c.state == "waiting"))
        query = select(outbox.c.about_kind, outbox.c.about_id).where(unsaid, outbox.c.about_id.is_not(None)).distinct()
        return [CardRef(CardKind(kind), subject_id) for kind, subject_id in self._connection.execute(query)]

    def close_chat(self, chat_id: int, error: str) -> None:
        """Nobody is there any more: what waits for this chat will not be said."""
        rows = update(outbox).where(outbox.c.chat_id == chat_id, outbox.c.state == "waiting")
        self._connection.execute(rows.values(state="failed", error=error, sent_at=self._work.now))

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup: what waits goes to its new id."""
        self._connection.execute(
            update(outbox).where(outbox.c.chat_id == old, outbox.c.state == "waiting").values(chat_id=new)
        )

    def forget(self) -> None:
        self._connection.execute(outbox.delete().where(outbox.c.sent_at < self._work.now - KEEP))

    def _first_about(self, condition: ColumnElement[bool]) -> CardRef | None:
        query = select(outbox.c.about_kind, outbox.c.about_id).where(condition, outbox.c.about_id.is_not(None)).limit(1)
        found = self._connection.execute(query).first()
        return None if found is None else CardRef(CardKind(found.about_kind), found.about_id)

    def _set(self, posted_id: int, **values: object) -> None:
        self._connection.execute(update(outbox).where(outbox.c.id == posted_id).values(**values))
