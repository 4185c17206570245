"""keep what a child says in a layer of its own"""

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
    op.create_table(
        "said",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_said_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_said")),
        sa.CheckConstraint(
            "state IN ('told', 'waiting', 'accepted', 'answered', 'withdrawn')", name=op.f("ck_said_state")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_said_version")),
    )
    op.create_index(op.f("ix_said_plan_id"), "said", ["plan_id"])
    op.create_table(
        "reply",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("said_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_reply_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.CheckConstraint("state IN ('active')", name=op.f("ck_reply_state")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_reply_version")),
        sa.ForeignKeyConstraint(["said_id"], ["said.id"], name=op.f("fk_reply_said_id"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_reply_plan_id"), "reply", ["plan_id"])
    op.create_index(op.f("ix_reply_said_id"), "reply", ["said_id"])
    op.create_table(
        "trusted",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_trusted_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trusted")),
        sa.CheckConstraint("state IN ('active', 'stopped')", name=op.f("ck_trusted_state")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_trusted_version")),
        sa.CheckConstraint("length(token_hash) = 32", name=op.f("ck_trusted_token_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_trusted_token_hash")),
    )
    op.create_index(op.f("ix_trusted_plan_id"), "trusted", ["plan_id"])
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


def _allow(table: str, column: str, values: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_{column}"), f"{column} IN ({values})")
