"""keep who said yes to which text of an agreement"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "yes",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("state IN ('active')", name=op.f("ck_yes_state")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_yes_version")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_yes_agreement_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_yes_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_yes")),
    )
    with op.batch_alter_table("yes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_yes_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_yes_plan_id"), ["plan_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("yes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_yes_plan_id"))
        batch_op.drop_index(batch_op.f("ix_yes_agreement_id"))

    op.drop_table("yes")
