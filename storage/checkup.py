"""What the books say about how the bot is doing: read in moments, for the person who looks after it."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, func, literal_column, make_url, select, update
from sqlalchemy.exc import SQLAlchemyError

from shop.order_history import Change, is_whole
from storage import schema
from storage.database import open_engine, sqlite_file
from storage.gauges import Gauges, measure
from storage.tables.orders import order_changes, orders
from storage.tables.pipeline import errands, heartbeats, inbox, outbox
from storage.tables.shops import members, people, shops

ROWS_AT_ONCE = 1_000
NO_FAULT = ("overtaken by a more urgent one", "the message is gone")
"""Why a message was not sent although nothing went wrong."""


class DatabaseAway(Exception):
    """The database cannot be opened, read or written; the words are its own, without the address."""


@dataclass(frozen=True)
class Parked:
    """An update that was set aside."""

    id: int
    error: str
    at: datetime | None
    has_text: bool


@dataclass(frozen=True)
class Unreachable:
    """Somebody of a shop's team to whom Telegram will not let us write."""

    person_id: int
    shop_id: int


@dataclass(frozen=True)
class Checkup:
    """The state of the pipeline at one moment."""

    gauges: Gauges
    parked: Sequence[Parked]
    failed: Mapping[str, int]
    given_up: Mapping[tuple[str, str], int]
    unreachable: Sequence[Unreachable]


def schema_of(url: str) -> str | None:
    """The revision of this database. It could be written at this moment, too."""
    with _connected(url) as connection:
        found = schema.present(connection)
        if found is not None:
            connection.execute(update(heartbeats).where(heartbeats.c.name == "").values(name=""))
    return found


def look(url: str, now: datetime) -> Checkup:
    with _connected(url) as connection:
        return Checkup(
            gauges=measure(connection, now),
            parked=_parked(connection),
            failed=_failed(connection),
            given_up=_given_up(connection),
            unreachable=_unreachable(connection),
        )


def replay(url: str, inbox_id: int) -> bool:
    """A parked update waits again, for the next start. False when there is none with this id, or its text is gone."""
    row = update(inbox).where(inbox.c.id == inbox_id, inbox.c.state == "parked", inbox.c.raw.is_not(None))
    with _connected(url) as connection:
        again = row.values(state="waiting", tries=0, error=None, done_at=None).returning(inbox.c.id)
        return connection.execute(again).first() is not None


def altered_histories(url: str) -> list[str]:
    """The numbers of the orders in whose history something was changed by other hands than the shop's."""
    query = select(order_changes, orders.c.number).join(orders).order_by(order_changes.c.order_id, order_changes.c.id)
    with _connected(url) as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("COMMIT")  # it only reads, and for long: the bot may write meanwhile
        rows = connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query)
        each_order = groupby(rows, lambda row: (row.order_id, row.number))
        return [number for (_, number), history in each_order if not is_whole(map(_change, history))]


def quick_check(database: Path) -> bool:
    """SQLite finds no damage. The bot may go on writing meanwhile."""
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            return bool(opened.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)])
    except sqlite3.OperationalError as error:
        raise DatabaseAway(str(error)) from None
    except sqlite3.DatabaseError:
        return False


def _change(row: Row[Any]) -> Change:
    return Change(kind=row.kind, at=row.at, by_id=row.by_id, by_name=row.by_name, seal=row.seal)


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    """In one transaction, which on SQLite is allowed to write from the start."""
    path = sqlite_file(url)
    if path is not None and not path.exists():
        raise DatabaseAway("there is none yet")  # to connect would make one
    try:
        engine = open_engine(url)
        try:
            with engine.begin() as connection:
                yield connection
        finally:
            engine.dispose()
    except (SQLAlchemyError, sqlite3.Error) as error:  # on connecting SQLite's own errors come as they are
        raise DatabaseAway(_words(error, url)) from None


def _words(error: Exception, url: str) -> str:
    words = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    password = make_url(url).password
    return words.replace(password, "***") if password else words


def _parked(connection: Connection) -> Sequence[Parked]:
    columns = (inbox.c.id, inbox.c.error, inbox.c.done_at, inbox.c.raw.is_not(None))
    query = select(*columns).where(inbox.c.state == literal_column("'parked'")).order_by(inbox.c.id)
    return [Parked(row_id, error or "", at, bool(text)) for row_id, error, at, text in connection.execute(query)]


def _failed(connection: Connection) -> Mapping[str, int]:
    """How many messages were given up for which reason, as long as that is remembered."""
    reason = func.coalesce(outbox.c.error, "")
    query = select(reason, func.count()).where(outbox.c.state == "failed", reason.not_in(NO_FAULT)).group_by(reason)
    return dict(connection.execute(query.order_by(func.count().desc())).all())


def _given_up(connection: Connection) -> Mapping[tuple[str, str], int]:
    error = func.coalesce(errands.c.error, "")
    query = select(errands.c.kind, error, func.count()).where(errands.c.state == "parked")
    return {(kind, why): count for kind, why, count in connection.execute(query.group_by(errands.c.kind, error))}


def _unreachable(connection: Connection) -> Sequence[Unreachable]:
    query = (
        select(members.c.person_id, members.c.shop_id)
        .join(people, people.c.id == members.c.person_id)
        .join(shops, shops.c.id == members.c.shop_id)
        .where(members.c.left_at.is_(None), shops.c.closed_at.is_(None), people.c.reachable.is_(False))
        .order_by(members.c.shop_id, members.c.person_id)
    )
    return [Unreachable(*row) for row in connection.execute(query)]
