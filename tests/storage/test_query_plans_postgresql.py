"""As in test_query_plans, asked of PostgreSQL: it explains every statement of two busy shops, with many rows in every big table."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from storage.tables import metadata
from tests.chat import House
from tests.databases import Postgres
from tests.hostile.worlds import SIDES, World, people_it

HOURS = (1, 20, 30, 100)
"""Between looks at the clock: deadlines, standing parcels, and what is forgotten after some days."""
MANY = 20_000
MOST = 250.0
"""Far less than reading any of these tables costs."""
FAR = "1000000 + n"
"""An id that no row has yet."""
LAST_NIGHT = "(SELECT min(opened_at) FROM shops) - n * interval '1 second'"
"""Before all that happens, and not so long ago that it would be forgotten."""
COPIES = {
    "people": {"id": FAR},
    "buyers": {"id": FAR, "person_id": FAR},
    "orders": {
        "id": FAR,
        "number": "'A' || n",
        "name": "'买家' || n",
        "phone": "'138' || n",
        "phone_tail": "n % 9000",
        "status": "'delivered'",
        "buyer_id": FAR,
        "ask_code": "'code' || n",
    },
    "order_lines": {"id": FAR, "order_id": FAR},
    "order_changes": {"id": FAR, "order_id": FAR},
    "reminders": {"order_id": FAR},
    "parcels": {"id": FAR, "order_id": FAR, "tracking_number": "'SF' || n", "finished_at": "one.shipped_at"},
    "questions": {"id": FAR, "buyer_id": FAR, "status": "'answered'"},
    "question_lines": {"id": FAR, "question_id": FAR},
    "stock_changes": {"id": FAR},
    "inbox": {"id": FAR, "update_id": FAR, "state": "'done'"},
    "outbox": {"id": FAR, "card_id": "NULL", "state": "'sent'", "sent_at": LAST_NIGHT},
    "cards": {"id": FAR, "chat_id": FAR, "subject_id": FAR},
}
"""What tells the copies of a row from it, and from each other."""


class Listening(psycopg.Cursor[Any]):
    """Keeps one call of each statement."""

    heard: "dict[str, Any]" = {}  # noqa: RUF012 - of all cursors together

    def execute(self, query: Any, params: Any = None, **options: Any) -> "Listening":
        self._hear(query, params)
        super().execute(query, params, **options)
        return self

    def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
        rows = [*params_seq]
        self._hear(query, *rows[:1])
        super().executemany(query, rows, **options)

    def _hear(self, query: Any, params: Any = None) -> None:
        if str(query).lstrip().startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
            self.heard.setdefault(str(query), params)


@contextmanager
def listening() -> Iterator[None]:
    def told(connection: Any, _: ConnectionPoolEntry) -> None:
        if isinstance(connection, psycopg.Connection):
            connection.cursor_factory = Listening

    event.listen(Engine, "connect", told)
    try:
        yield
    finally:
        event.remove(Engine, "connect", told)


async def day(url: str, folder: Path) -> None:
    """Everybody in two shops does something, and then the clock does."""
    house = House(url, folder)
    await people_it(World(house, folder))
    for hours in HOURS:
        house.clock.move(timedelta(hours=hours))
        await house.tick()
    await house.person(SIDES[0].owner, "").says("/orders")
    await house.close()


@pytest.fixture(scope="module")
def books(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator["psycopg.Connection[Any]"]:
    with postgres.fresh() as url, listening():
        asyncio.run(day(url, tmp_path_factory.mktemp("plans")))
        with psycopg.connect(url) as connection:
            for table, values in COPIES.items():
                connection.execute(copied(table, values))
            connection.execute("ANALYZE")
            yield connection


def copied(table: str, values: dict[str, str]) -> str:
    """A statement that makes many of the first row."""
    names = [column.name for column in metadata.tables[table].columns]
    chosen = ", ".join(values.get(name, f"one.{name}") for name in names)
    first = f"(SELECT * FROM {table} LIMIT 1) AS one"
    return f"INSERT INTO {table} ({', '.join(names)}) SELECT {chosen} FROM {first}, generate_series(1, {MANY}) AS n"


def cost(books: "psycopg.Connection[Any]", statement: str, values: Any = None) -> float:
    """What PostgreSQL expects of a statement; reading a page from end to end is one."""
    [[plan]] = books.execute(f"EXPLAIN (FORMAT JSON) {statement}", values)
    return float(plan[0]["Plan"]["Total Cost"])


def slow(books: "psycopg.Connection[Any]") -> list[str]:
    costs = {said: cost(books, said, values) for said, values in Listening.heard.items() if "pg_catalog" not in said}
    assert len(costs) > 80
    return [f"{expected}: {statement}" for statement, expected in costs.items() if expected > MOST]


def test_no_statement_of_a_day_costs_postgresql_as_much_as_reading_a_big_table(
    books: "psycopg.Connection[Any]",
) -> None:
    assert slow(books) == []


@pytest.mark.parametrize("index", ["ix_orders_name", "ix_outbox_sent_at", "ix_question_lines_question_id"])
def test_an_index_that_is_missing_is_seen(books: "psycopg.Connection[Any]", index: str) -> None:
    with books.transaction(force_rollback=True):
        books.execute(f"DROP INDEX {index}")
        assert slow(books) != []


@pytest.mark.parametrize("table", COPIES)
def test_reading_a_big_table_is_seen(books: "psycopg.Connection[Any]", table: str) -> None:
    assert cost(books, f"SELECT * FROM {table} AS one WHERE one.*::text = 'x'") > MOST
