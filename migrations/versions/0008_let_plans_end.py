"""let plans end, and let what one parent hosts alone go on when its person is erased"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closing",
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
        sa.CheckConstraint("state IN ('running', 'stopped')", name=op.f("ck_closing_state")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_closing_version")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_closing_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing")),
    )
    with op.batch_alter_table("closing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_closing_plan_id"), ["plan_id"], unique=False)

    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.alter_column("person_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.drop_constraint(op.f("fk_share_person_id"), type_="foreignkey")
        batch_op.create_foreign_key(op.f("fk_share_person_id"), "person", ["person_id"], ["id"], ondelete="SET NULL")


def downgrade() -> None:
    op.execute("DELETE FROM share WHERE person_id IS NULL")
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_share_person_id"), type_="foreignkey")
        batch_op.create_foreign_key(op.f("fk_share_person_id"), "person", ["person_id"], ["id"], ondelete="CASCADE")
        batch_op.alter_column("person_id", existing_type=sa.Uuid(), nullable=False)

    with op.batch_alter_table("closing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_closing_plan_id"))

    op.drop_table("closing")
