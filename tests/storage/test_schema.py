"""The schema: what migrations make is what the tables say, on both databases and in both directions."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from storage.database import open_engine
from storage.schema import downgrade, latest, upgrade
from storage.tables import metadata
from tests.databases import Postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without a single table."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path / 'empty.db'}")
        yield engine
        engine.dispose()
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.empty() as url:
        engine = open_engine(url)
        yield engine
        engine.dispose()


def differences(engine: Engine) -> list[Any]:
    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))


def test_the_migrated_schema_is_the_one_of_the_tables(empty: Engine) -> None:
    upgrade(empty)
    assert differences(empty) == []


def test_up_down_and_up_again_leaves_the_same_schema(empty: Engine) -> None:
    upgrade(empty)
    downgrade(empty, "base")
    assert set(inspect(empty).get_table_names()) == {"alembic_version"}
    upgrade(empty)
    assert differences(empty) == []


def test_an_upgrade_of_a_present_schema_changes_nothing(empty: Engine) -> None:
    upgrade(empty)
    upgrade(empty)
    with empty.begin() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == latest()


def test_stock_can_never_be_promised_twice_whatever_the_code_does(empty: Engine) -> None:
    upgrade(empty)
    checks = {check["name"]: check["sqltext"] for check in inspect(empty).get_check_constraints("variants")}
    assert any("reserved" in str(rule) and "on_hand" in str(rule) for rule in checks.values())


def test_a_migration_that_breaks_off_leaves_the_old_schema(empty: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("alembic.operations.Operations.create_index", broken)
    monkeypatch.setattr("alembic.operations.BatchOperations.create_index", broken)
    with pytest.raises(KeyboardInterrupt):
        upgrade(empty)
    assert inspect(empty).get_table_names() == []
