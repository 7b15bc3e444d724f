"""The database as a mortal process sees it: any statement may be the last one, and BEGIN may find it locked."""

import asyncio
import sqlite3
from collections.abc import Callable
from functools import cache
from typing import Any, ClassVar, cast

from sqlalchemy import Engine, event

from storage.database import open_engine

Strike = Callable[[str], None]


class MortalConnection(sqlite3.Connection):
    """`strike` is called before every statement of whichever process lives now."""

    strike: ClassVar[Strike] = staticmethod(lambda _statement: None)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.create_function("virtual_now", 0, lambda: asyncio.get_running_loop().time())

    def cursor(self, factory: Any = None) -> sqlite3.Cursor:  # type: ignore[override]
        return super().cursor(factory or MortalCursor)

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        MortalConnection.strike(sql)
        return super().execute(sql, parameters)

    def close(self) -> None:
        self.rollback()  # a connection that is closed while a cursor lives would go on holding its lock
        super().close()


class MortalCursor(sqlite3.Cursor):
    def execute(self, sql: str, parameters: Any = (), /) -> "MortalCursor":
        MortalConnection.strike(sql)
        super().execute(sql, parameters)
        return self

    def executemany(self, sql: str, rows: Any, /) -> "MortalCursor":
        MortalConnection.strike(sql)
        super().executemany(sql, rows)
        return self


@cache
def mortal_engine(url: str) -> Engine:
    """One for all lives of all days of this process: statements are compiled once."""
    engine = open_engine(url)
    event.listen(engine, "do_connect", _mortal)
    engine.connect().close()  # what SQLAlchemy asks a database the first time would be moments of the first day alone
    engine.dispose()
    return engine


def _mortal(_dialect: Any, _record: Any, _args: Any, options: dict[str, Any]) -> None:
    options["factory"] = MortalConnection


def spared() -> None:
    """Nobody lives, so nobody dies."""
    MortalConnection.strike = cast("Strike", staticmethod(lambda _statement: None))
