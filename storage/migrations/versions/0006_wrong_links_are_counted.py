"""wrong links are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("people", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("wrong_links", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("wrong_links_since", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("people", recreate="never") as batch_op:
        batch_op.drop_column("wrong_links_since")
        batch_op.drop_column("wrong_links")
