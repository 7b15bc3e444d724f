"""the history is sealed."""

from collections.abc import Iterator, Sequence
from datetime import UTC
from hashlib import sha256
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ORDERS_AT_ONCE = 2_000
changes = sa.table(
    "order_changes",
    sa.column("id", sa.BigInteger()),
    sa.column("order_id", sa.BigInteger()),
    sa.column("kind", sa.String()),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("by_id", sa.BigInteger()),
    sa.column("seal", sa.String()),
)


def upgrade() -> None:
    with op.batch_alter_table("order_changes", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("seal", sa.String(length=64), server_default="", nullable=False))
    connection, last = op.get_bind(), 0
    fill = sa.update(changes).where(changes.c.id == sa.bindparam("at_id")).values(seal=sa.bindparam("its_seal"))
    while rows := _next_orders(connection, last):
        connection.execute(fill, [*_sealed(rows)])
        last = rows[-1].order_id


def _next_orders(connection: sa.Connection, last: int) -> Sequence[Any]:
    """All that happened to some orders, in the order of both."""
    some = sa.select(changes.c.order_id).where(changes.c.order_id > last).distinct()
    some = some.order_by(changes.c.order_id).limit(ORDERS_AT_ONCE)
    mine = sa.select(changes).where(changes.c.order_id.in_(some)).order_by(changes.c.order_id, changes.c.id)
    return connection.execute(mine).all()


def _sealed(rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    for _, history in groupby(rows, lambda row: row.order_id):
        seal = ""
        for row in history:
            at = row.at.replace(tzinfo=UTC) if row.at.tzinfo is None else row.at.astimezone(UTC)
            who = "buyer" if row.kind == "buyer_answered" else row.by_id
            seal = sha256(f"{seal} {row.kind} {at.isoformat()} {who}".encode()).hexdigest()
            yield {"at_id": row.id, "its_seal": seal}


def downgrade() -> None:
    with op.batch_alter_table("order_changes", recreate="never") as batch_op:
        batch_op.drop_column("seal")
