"""Brings a database to the schema of this version, and writes the next migration."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

HERE = Path(__file__).parent / "migrations"
VERSIONS = HERE / "versions"
TABLE = "alembic_version"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """All in one transaction: the old schema or the new one, never something between."""
    with engine.begin() as connection:
        if revision != "head" or present(connection) != latest():
            _run(connection, "upgrade", revision)


def downgrade(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        _run(connection, "downgrade", revision)


def write(engine: Engine, message: str) -> None:
    """A migration from what this database has to what the tables say; read it before it is kept."""
    upgrade(engine)
    number = f"{int(latest() or 0) + 1:04}"
    with engine.begin() as connection:
        _run(connection, "revision", message=message, autogenerate=True, rev_id=number)


def latest() -> str | None:
    """The newest revision; files are named by their number."""
    return max((path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*.py")), default=None)


def present(connection: Connection) -> str | None:
    """The revision of this database; None for one without our tables."""
    if not inspect(connection).has_table(TABLE):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {TABLE}"))  # noqa: S608 - a constant
    return found


def _run(connection: Connection, command: str, *arguments: str, **options: object) -> None:
    from alembic import command as commands  # noqa: PLC0415 - a tenth of a second that only a changed schema costs
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    getattr(commands, command)(config, *arguments, **options)
