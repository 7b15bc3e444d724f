"""How Alembic reaches the database: over the connection that it is given."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import BigInteger, TypeDecorator

from storage.tables import metadata

BIG = 'sa.BigInteger().with_variant(sa.Integer(), "sqlite")'


def render(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """A migration is written in plain column types: it must still run when ours have changed."""
    if kind != "type":
        return False
    if isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return BIG if isinstance(item, BigInteger) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_item=render,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
