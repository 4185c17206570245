"""mark news"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "news_mark",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_news_mark_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_mark")),
        sa.UniqueConstraint("holder_id", name=op.f("uq_news_mark_holder_id")),
    )
    with op.batch_alter_table("news_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_news_mark_plan_id"), ["plan_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("news_mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_news_mark_plan_id"))

    op.drop_table("news_mark")
