"""Opening a database: SQLite with full durability by default, PostgreSQL through psycopg 3."""

import sqlite3
import sys
from pathlib import Path
from sqlite3 import SQLITE_BUSY, SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_IOERR, SQLITE_LOCKED, SQLITE_READONLY

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

BUSY_TIMEOUT_MS = 10_000
SYNCHRONOUS = "FULL"
"""What is committed survives a power failure, and Telegram will not send it again. Only tests may turn this off."""


class AddressUnreadable(Exception):
    """This is no address of a database."""


_AWAY = frozenset({SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_READONLY})


def is_away(error: Exception) -> bool:
    """The database is locked, full or gone: nobody's fault, and worth another try. A mistake in a statement is not that."""
    original = getattr(error, "orig", None) or error
    if isinstance(original, sqlite3.OperationalError):
        return getattr(original, "sqlite_errorcode", SQLITE_BUSY) & 0xFF in _AWAY
    driver = sys.modules.get("psycopg")  # imported only where PostgreSQL is used
    return driver is not None and isinstance(original, (driver.OperationalError, driver.InterfaceError))


def open_engine(url: str) -> Engine:
    """The engine of the desk. `url` is `sqlite:///shop.db`, or `postgresql://...` (psycopg 3 is chosen by itself)."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(url)
    named = {"application_name": "zhanggui desk"}
    address = parsed.set(drivername="postgresql+psycopg")
    return create_engine(address, pool_pre_ping=True, hide_parameters=True, connect_args=named)


def sqlite_file(url: str) -> Path | None:
    """Where the books lie, when they are a file of our own."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise AddressUnreadable from None
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(parsed.database)


def _sqlite(url: str) -> Engine:
    in_memory = sqlite_file(url) is None
    engine = create_engine(
        url,
        hide_parameters=True,  # what people wrote is no part of an error
        connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000},
        **({"poolclass": StaticPool} if in_memory else {}),
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)  # noqa: S101 - only SQLite engines listen
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode = WAL", f"synchronous = {SYNCHRONOUS}", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A deferred transaction that later wants to write fails at once when another writer was quicker.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
