"""The schema: what migrations make is what the tables say, on both databases and in both directions."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, inspect, text

from storage.checkup import altered_histories
from storage.database import open_engine
from storage.schema import downgrade, latest, upgrade
from tests.databases import differences

OLD_BOOKS = """INSERT INTO shops (id, name, opened_at, time_zone, currency, dispatch_within, parcel_patience, warn_at, link_code,
    is_sample, revision) VALUES (1, 'A', '2026-01-01', 'Asia/Shanghai', 'CNY', 1, 1, 5, 'x', false, 1);
INSERT INTO orders (id, shop_id, source, number, status, phone_tail, note, answer, remark, currency, arrived_at, dispatch_by,
    holds_stock, cancelled_at_source, revision)
    VALUES (1, 1, 's', '1', 'to_check', '', '', '', '', 'CNY', '2026-03-01', '2026-03-03', false, false, 1),
        (2, 1, 's', '2', 'cancelled', '', '', '', '', 'CNY', '2026-03-01', '2026-03-03', false, false, 1),
        (3, 1, 's', '3', 'shipped', '', '', '', '', 'CNY', '2026-03-01', '2026-03-03', false, false, 1);
INSERT INTO order_changes (id, order_id, kind, at, by_id, by_name) VALUES
    (1, 2, 'confirmed', '2026-03-01 08:00:00.5', 1001, ''), (2, 3, 'shipped_at_source', '2026-03-01', 0, ''),
    (3, 2, 'cancelled', '2026-03-02', 0, '')"""
"""Three orders of the first schema: one to check, one cancelled a day after it came, one that came as shipped."""


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    engine = open_engine(empty_url)
    yield engine
    engine.dispose()


def upgrade_old_books(empty: Engine) -> None:
    upgrade(empty, "0001")
    with empty.begin() as connection:
        for statement in OLD_BOOKS.split(";"):
            connection.execute(text(statement))
    upgrade(empty)


def test_the_migrated_schema_is_the_one_of_the_tables(empty: Engine) -> None:
    upgrade(empty)
    assert differences(empty) == []


def test_up_down_and_up_again_leaves_the_same_schema(empty: Engine) -> None:
    upgrade(empty)
    downgrade(empty, "base")
    assert set(inspect(empty).get_table_names()) == {"alembic_version"}
    upgrade(empty)
    assert differences(empty) == []


def test_orders_that_were_over_before_the_upgrade_are_remembered_from_their_last_change(empty: Engine) -> None:
    upgrade_old_books(empty)
    with empty.begin() as connection:
        rows = connection.execute(text("SELECT id, settled_at FROM orders"))
        assert {row.id: str(row.settled_at)[:10] if row.settled_at else None for row in rows} == {
            1: None,
            2: "2026-03-02",
            3: "2026-03-01",
        }
    downgrade(empty, "0001")
    with empty.begin() as connection:
        assert connection.scalar(text("SELECT COUNT(*) FROM orders")) == 3


def test_the_history_of_orders_is_sealed_by_the_upgrade(empty: Engine, empty_url: str) -> None:
    upgrade_old_books(empty)
    assert altered_histories(empty_url) == []
    with empty.begin() as connection:
        connection.execute(text("UPDATE order_changes SET by_id = 7 WHERE id = 1"))
    assert altered_histories(empty_url) == ["2"]


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
