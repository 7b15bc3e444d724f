"""What is kept: one way to ask either database, also while the bot is dead or has it locked."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any, Protocol

import psycopg

from storage.database import sqlite_file


class Rows(Protocol):
    """What comes back from a question."""

    def __iter__(self) -> Iterator[Any]: ...
    def fetchall(self) -> Sequence[Any]: ...
    def fetchone(self) -> Any: ...


class Kept(Protocol):
    """Both drivers have it."""

    def execute(self, query: Any, /) -> Rows: ...


@contextmanager
def reading(url: str) -> Iterator[Kept]:
    """Each question sees what is committed at its moment, and holds up nobody."""
    path = sqlite_file(url)
    if path is not None:
        with closing(sqlite3.connect(path)) as connection:
            yield connection
        return
    with psycopg.connect(url, autocommit=True) as server:
        yield server
