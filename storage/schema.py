"""Brings a database to the schema of this version, and tells whether it is there already."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from storage.tables import metadata

HERE = Path(__file__).parent / "migrations"
VERSION = "alembic_version"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """All in one transaction: the old schema or the new one, never something between."""
    if not list((HERE / "versions").glob("[0-9]*.py")):  # only until the first migration is written
        metadata.create_all(engine)
        return
    with engine.begin() as connection:
        if revision == "head" and _present(connection) == latest():
            return
        _run(connection, "upgrade", revision)


def downgrade(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        _run(connection, "downgrade", revision)


def latest() -> str:
    """The newest revision there is a file for; files are named by their number."""
    return max(path.stem.partition("_")[0] for path in (HERE / "versions").glob("[0-9]*.py"))


def _present(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION):
        return None
    present: str | None = connection.scalar(text(f"SELECT version_num FROM {VERSION}"))  # noqa: S608 - a constant
    return present


def _run(connection: Connection, command: str, revision: str) -> None:
    from alembic import command as commands  # noqa: PLC0415 - half a second that only a changed schema costs
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    getattr(commands, command)(config, revision)
