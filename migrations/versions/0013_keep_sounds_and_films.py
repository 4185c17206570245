"""keep voice notes and films beside photos"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Nobody counted the bytes of a photo before; by and large it takes this much.
PHOTO_BYTES = 150_000
SHARED = "id, plan_id, item_id, small, large, created_at, removed_at"


def upgrade() -> None:
    _make(
        "medium",
        sa.Column("sort", sa.String(length=8), nullable=False),
        sa.Column("small", sa.String(length=64), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("sort IN ('photo', 'voice', 'film')", name=op.f("ck_medium_sort")),
    )
    op.execute(f"INSERT INTO medium ({SHARED}, sort, size) SELECT {SHARED}, 'photo', {PHOTO_BYTES} FROM photo")  # noqa: S608
    op.drop_table("photo")


def downgrade() -> None:
    _make("photo", sa.Column("small", sa.String(length=64), nullable=False))
    op.execute(f"INSERT INTO photo ({SHARED}) SELECT {SHARED} FROM medium WHERE sort = 'photo'")  # noqa: S608
    op.drop_table("medium")


def _make(table: str, *more: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("large", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f(f"fk_{table}_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("small", name=op.f(f"uq_{table}_small")),
        sa.UniqueConstraint("large", name=op.f(f"uq_{table}_large")),
        *more,
    )
    for column in ("plan_id", "item_id", "removed_at"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
