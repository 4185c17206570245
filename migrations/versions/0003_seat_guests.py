"""seat guests"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_seat_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_seat_kind"), "kind IN ('member', 'guest', 'link')")


def downgrade() -> None:
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_seat_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_seat_kind"), "kind IN ('member', 'link')")
