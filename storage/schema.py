"""Brings a database to the present schema."""

from sqlalchemy import Engine

from storage.tables import metadata


def upgrade(engine: Engine) -> None:
    metadata.create_all(engine)
