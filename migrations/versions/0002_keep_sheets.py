"""keep sheets"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "sheet",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("sort", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("sort IN ('poster', 'whole')", name=op.f("ck_sheet_sort")),
        sa.CheckConstraint("state IN ('waiting', 'ready', 'failed')", name=op.f("ck_sheet_state")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_sheet_member_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_sheet_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
        sa.UniqueConstraint("member_id", "sort", name=op.f("uq_sheet_member_id")),
    )
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_asked_at"), ["asked_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sheet_plan_id"), ["plan_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sheet_plan_id"))
        batch_op.drop_index(batch_op.f("ix_sheet_asked_at"))

    op.drop_table("sheet")
