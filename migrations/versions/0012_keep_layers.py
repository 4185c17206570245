"""keep what a child says in a layer of its own"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KINDS = ("'member', 'guest', 'link'", "'member', 'guest', 'link', 'trusted'")
ROOTS = ("'active'", "'active', 'layer'")


def upgrade() -> None:
    _allow("seat", "kind", KINDS[1])
    _allow("plan", "state", ROOTS[1])
    op.create_table(
        "layer_link",
        sa.Column("layer_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["layer_id"], ["plan.id"], name=op.f("fk_layer_link_layer_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_layer_link_plan_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_layer_link_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layer_link")),
        sa.UniqueConstraint("person_id", name=op.f("uq_layer_link_person_id")),
        sa.UniqueConstraint("layer_id", "plan_id", name=op.f("uq_layer_link_layer_id")),
    )
    op.create_index(op.f("ix_layer_link_layer_id"), "layer_link", ["layer_id"])
    op.create_index(op.f("ix_layer_link_plan_id"), "layer_link", ["plan_id"])
    _make("said", "'told', 'waiting', 'accepted', 'answered', 'withdrawn'")
    _make(
        "reply",
        "'active'",
        sa.ForeignKeyConstraint(["said_id"], ["said.id"], name=op.f("fk_reply_said_id"), ondelete="CASCADE"),
        own=(sa.Column("said_id", sa.Uuid(), nullable=False),),
    )
    op.create_index(op.f("ix_reply_said_id"), "reply", ["said_id"])
    _make(
        "trusted",
        "'active', 'stopped'",
        sa.CheckConstraint("length(token_hash) = 32", name=op.f("ck_trusted_token_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_trusted_token_hash")),
        own=(sa.Column("token_hash", sa.LargeBinary(), nullable=False),),
    )
    op.create_table(
        "said_look",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("said_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_said_look_plan_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["said_id"], ["said.id"], name=op.f("fk_said_look_said_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_said_look")),
    )
    op.create_index(op.f("ix_said_look_plan_id"), "said_look", ["plan_id"])
    op.create_index(op.f("ix_said_look_said_id"), "said_look", ["said_id"])


def downgrade() -> None:
    for name in ("said_look", "trusted", "reply", "said", "layer_link"):
        op.drop_table(name)
    op.execute("DELETE FROM plan WHERE state = 'layer'")
    op.execute("DELETE FROM seat WHERE kind = 'trusted'")
    _allow("plan", "state", ROOTS[0])
    _allow("seat", "kind", KINDS[0])


def _make(table: str, states: str, *more: sa.Constraint, own: tuple[sa.Column[Any], ...] = ()) -> None:
    """A table of items, with columns and constraints of its own."""
    op.create_table(
        table,
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        *own,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f(f"fk_{table}_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.CheckConstraint(f"state IN ({states})", name=op.f(f"ck_{table}_state")),
        sa.CheckConstraint("version >= 1", name=op.f(f"ck_{table}_version")),
        *more,
    )
    op.create_index(op.f(f"ix_{table}_plan_id"), table, ["plan_id"])


def _allow(table: str, column: str, values: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_{column}"), f"{column} IN ({values})")
