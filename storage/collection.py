"""What every collection knows: the work it belongs to, and how to insert what may be there already."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from storage.work import Work


class Collection:
    """The things of one kind, seen through one piece of work."""

    def __init__(self, work: "Work") -> None:
        self._work = work

    @property
    def _session(self) -> Session:
        return self._work.session

    @property
    def _connection(self) -> Connection:
        return self._work.connection

    @property
    def _shop_id(self) -> int:
        return self._work.shop_id


def upsert(
    session: Session | Connection, table: Table, rows: Sequence[dict[str, Any]]
) -> PostgresqlInsert | SqliteInsert:
    """An INSERT that can be told what to do on a conflict, for this database."""
    bind = session.get_bind() if isinstance(session, Session) else session
    make = insert_postgresql if bind.dialect.name == "postgresql" else insert_sqlite
    return make(table).values(list(rows))


def insert_unless_there(
    session: Session | Connection, table: Table, rows: Sequence[dict[str, Any]]
) -> PostgresqlInsert | SqliteInsert:
    """An INSERT that leaves rows alone that are there already."""
    return upsert(session, table, rows).on_conflict_do_nothing()
