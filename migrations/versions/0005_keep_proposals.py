"""keep proposals"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATES = {"proposal": "'active'", "proposed": "'waiting', 'accepted', 'declined', 'withdrawn'"}


def upgrade() -> None:
    _create("proposal", "share_id", "share")
    _create("proposed", "proposal_id", "proposal", sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))


def _create(name: str, parent: str, of: str, *more: sa.Column) -> None:
    op.create_table(
        name,
        sa.Column(parent, sa.Uuid(), nullable=False),
        *more,
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
        sa.ForeignKeyConstraint([parent], [f"{of}.id"], name=op.f(f"fk_{name}_{parent}"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f(f"fk_{name}_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    with op.batch_alter_table(name, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{name}_{parent}"), [parent], unique=False)
        batch_op.create_index(batch_op.f(f"ix_{name}_plan_id"), ["plan_id"], unique=False)


def downgrade() -> None:
    for name, parent in (("proposed", "proposal_id"), ("proposal", "share_id")):
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f"ix_{name}_plan_id"))
            batch_op.drop_index(batch_op.f(f"ix_{name}_{parent}"))
        op.drop_table(name)
