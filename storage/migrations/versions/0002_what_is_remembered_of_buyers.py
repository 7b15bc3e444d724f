"""what is remembered of buyers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

DAY = 24 * 60 * 60
# Tables are never made anew here: on SQLite that would drop the old one, and all that hangs on it by CASCADE.


def upgrade() -> None:
    with op.batch_alter_table("orders", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_orders_left",
            ["shop_id", "status", "settled_at"],
            unique=False,
            sqlite_where=sa.text("status IN ('shipped', 'delivered')"),
            postgresql_where=sa.text("status IN ('shipped', 'delivered')"),
        )
        batch_op.create_index(
            "ix_orders_remembered",
            ["shop_id", "settled_at"],
            unique=False,
            sqlite_where=sa.text("settled_at IS NOT NULL AND forgotten_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NOT NULL AND forgotten_at IS NULL"),
        )

    with op.batch_alter_table("questions", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_questions_remembered",
            ["shop_id", "asked_at"],
            unique=False,
            sqlite_where=sa.text("forgotten_at IS NULL"),
            postgresql_where=sa.text("forgotten_at IS NULL"),
        )

    with op.batch_alter_table("shops", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("keep_personal", sa.BigInteger(), nullable=False, server_default=str(90 * DAY)))
    _settle()


def _settle() -> None:
    """Orders that are over by now became so with the last thing that happened to them."""
    op.execute(
        """UPDATE orders SET settled_at = COALESCE(
            (SELECT MAX(order_changes.at) FROM order_changes WHERE order_changes.order_id = orders.id), arrived_at)
        WHERE status NOT IN ('to_check', 'to_dispatch')"""
    )


def downgrade() -> None:
    with op.batch_alter_table("shops", recreate="never") as batch_op:
        batch_op.drop_column("keep_personal")

    with op.batch_alter_table("questions", recreate="never") as batch_op:
        batch_op.drop_index(
            "ix_questions_remembered",
            sqlite_where=sa.text("forgotten_at IS NULL"),
            postgresql_where=sa.text("forgotten_at IS NULL"),
        )
        batch_op.drop_column("forgotten_at")

    with op.batch_alter_table("orders", recreate="never") as batch_op:
        batch_op.drop_index(
            "ix_orders_remembered",
            sqlite_where=sa.text("settled_at IS NOT NULL AND forgotten_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NOT NULL AND forgotten_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_orders_left",
            sqlite_where=sa.text("status IN ('shipped', 'delivered')"),
            postgresql_where=sa.text("status IN ('shipped', 'delivered')"),
        )
        batch_op.drop_column("forgotten_at")
        batch_op.drop_column("settled_at")
