"""finished errands are found at once."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("errands", recreate="never") as batch_op:
        batch_op.create_index("ix_errands_done_at", ["done_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("errands", recreate="never") as batch_op:
        batch_op.drop_index("ix_errands_done_at")
