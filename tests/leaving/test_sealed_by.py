"""Which key a sealed value needs, told by the tables alone."""

from app.db import Base


def test_every_sealed_value_belongs_to_a_plan_or_an_account() -> None:
    """What is sealed with a key that nothing ever destroys would stay readable in old backups."""
    tables = Base.metadata.sorted_tables
    sealed = {table.name for table in tables if "sealed" in table.columns}
    of_a_plan = {table.name for table in tables if "plan_id" in table.columns} | {"plan"}
    assert sealed - of_a_plan == {"account", "passkey"}
