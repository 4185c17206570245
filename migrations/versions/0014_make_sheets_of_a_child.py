"""make sheets of a child"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SORTS = ("'poster', 'whole'", "'poster', 'whole', 'strip', 'cards', 'week', 'pictures'")


def upgrade() -> None:
    _allow(SORTS[1])


def downgrade() -> None:
    op.execute("DELETE FROM sheet WHERE sort NOT IN ('poster', 'whole')")
    _allow(SORTS[0])


def _allow(values: str) -> None:
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_sheet_sort"), type_="check")
        batch_op.create_check_constraint(op.f("ck_sheet_sort"), f"sort IN ({values})")
