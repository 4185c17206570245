"""keep the code with which a child brings its layer along to a second plan"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "layer_code",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(code_hash) = 32", name=op.f("ck_layer_code_code_hash")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_layer_code_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layer_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_layer_code_code_hash")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_layer_code_plan_id")),
    )


def downgrade() -> None:
    op.drop_table("layer_code")
