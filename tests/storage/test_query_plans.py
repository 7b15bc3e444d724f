"""No screen and no job reads a table from end to end: every statement of a whole day is explained by the database."""

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from storage import database
from tests.hostile.worlds import make_world
from tests.simulation.day import simulate

SMALL = {"shops", "heartbeats", "alembic_version"}
"""One row for each shop, job or release."""
BY_DESIGN = {
    "ix_inbox_waiting": "what waits, and nothing else",
    "ix_inbox_lanes": "what waits, and nothing else",
    "ix_inbox_parked": "what was set aside",
    "ix_outbox_waiting": "what waits, and nothing else",
    "ix_errands_waiting": "what waits, and nothing else",
    "ix_orders_due": "what is open",
    "ix_parcels_quiet": "what is on its way",
    "ix_questions_waiting": "what is not answered",
}
"""Partial indexes that are read whole: they hold only what has to be done."""
OF_A_SHOP = {"orders", "parcels", "questions", "stock_changes", "buyers"}
"""One shop may have a million of these; of its goods, its staff and its sheets it has thousands at most."""

OF_THE_SIMULATION = ("told_ever", "order_changes JOIN orders")
"""It writes down what was ever told, and at the end has the doctor look through all histories."""
DERIVED = ("(", "anon_")
"""Results of another select, whose own steps are in the plan, too."""

_READS = re.compile(r"(SCAN|SEARCH) (\S+)(?: USING (?:\w+ )*?(?:INDEX|INTEGER PRIMARY KEY) ?(\w*))?(?: \((.*)\))?$")
_LITERAL = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b")


class Heard:
    """One statement of each shape, with the values that it had."""

    def __init__(self) -> None:
        self.statements: dict[str, str] = {}

    def keep(self, statement: str) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
            shape = re.sub(r"\(\?(?:, \?)+\)", "(?)", _LITERAL.sub("?", statement))
            self.statements.setdefault(shape, statement)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """SQLite itself tells what it is asked, whoever asks."""
        configure = database._configure

        def configured(connection: Any, record: Any) -> None:
            configure(connection, record)
            connection.set_trace_callback(self.keep)

        with patch.object(database, "_configure", configured):
            yield


def reads_too_much(step: str) -> bool:
    """A step of a plan, as SQLite words it."""
    found = _READS.match(step)
    if found is None or found[2].startswith(DERIVED) or step == "SCAN CONSTANT ROW":
        return False
    way, table, index, condition = found.groups()
    if index in BY_DESIGN or table in SMALL:
        return False
    return way == "SCAN" or (table in OF_A_SHOP and condition == "shop_id=?")


def slow_steps(books: sqlite3.Connection, statement: str) -> list[str]:
    plan = books.execute(f"EXPLAIN QUERY PLAN {statement}")
    return [f"{step[3]}: {statement}" for step in plan if reads_too_much(step[3])]


@pytest.fixture(scope="module")
def said(template: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A day in the life of two shops, and a house in which everybody has done something."""
    heard = Heard()
    with heard.listening():
        simulate(0, template)
        world = asyncio.run(make_world(template, tmp_path_factory.mktemp("plans")))
        world.house.app.desk.close()
    return list(heard.statements.values())


def test_no_statement_of_a_day_reads_a_big_table_from_end_to_end(template: Path, said: list[str]) -> None:
    with closing(sqlite3.connect(template)) as books:
        theirs = [statement for statement in said if not any(word in statement for word in OF_THE_SIMULATION)]
        slow = [step for statement in theirs for step in slow_steps(books, statement)]
    assert slow == [], "\n\n".join(slow)


@pytest.mark.parametrize("table", ["inbox", "outbox", "cards", "orders", "order_lines", "parcels", "questions"])
def test_a_day_asks_for_everything(said: list[str], table: str) -> None:
    assert any(re.search(rf"\b{table}\b", statement) for statement in said)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT id FROM orders WHERE note = 'x'",
        "SELECT count(*) FROM orders WHERE shop_id = 1",
        "DELETE FROM outbox WHERE error = 'x'",
        "SELECT * FROM order_lines AS theirs ORDER BY title",
    ],
)
def test_a_statement_that_reads_a_big_table_from_end_to_end_is_seen(template: Path, statement: str) -> None:
    with closing(sqlite3.connect(template)) as books:
        assert slow_steps(books, statement) != []
