"""updates have a lane."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WAITING = {"sqlite_where": sa.text("state = 'waiting'"), "postgresql_where": sa.text("state = 'waiting'")}


def upgrade() -> None:
    with op.batch_alter_table("inbox", recreate="never") as batch_op:
        batch_op.add_column(
            sa.Column("lane", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), server_default="0", nullable=False)
        )
        batch_op.create_index("ix_inbox_lanes", ["lane", "id"], unique=False, **WAITING)


def downgrade() -> None:
    with op.batch_alter_table("inbox", recreate="never") as batch_op:
        batch_op.drop_index("ix_inbox_lanes", **WAITING)
        batch_op.drop_column("lane")
