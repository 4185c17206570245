"""keep talks about the family"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATES = {"talk": "'told', 'cancelled', 'said'", "talk_with": "'active'"}


def upgrade() -> None:
    for name in STATES:
        _create(name)


def _create(name: str) -> None:
    op.create_table(
        name,
        sa.Column("share_id", sa.Uuid(), nullable=False),
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
        sa.CheckConstraint(f"state IN ({STATES[name]})", name=op.f(f"ck_{name}_state")),
        sa.CheckConstraint("version >= 1", name=op.f(f"ck_{name}_version")),
        sa.ForeignKeyConstraint(["share_id"], ["share.id"], name=op.f(f"fk_{name}_share_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f(f"fk_{name}_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    with op.batch_alter_table(name, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{name}_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f(f"ix_{name}_share_id"), ["share_id"], unique=False)


def downgrade() -> None:
    for name in ("talk_with", "talk"):
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f"ix_{name}_share_id"))
            batch_op.drop_index(batch_op.f(f"ix_{name}_plan_id"))
        op.drop_table(name)
