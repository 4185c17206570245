"""keep when a child's box was opened, and by whom a code for a second plan was given in"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "layer_box",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_layer_box_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layer_box")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_layer_box_plan_id")),
    )
    op.add_column("layer_code", sa.Column("given_hash", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("layer_code", "given_hash")
    op.drop_table("layer_box")
