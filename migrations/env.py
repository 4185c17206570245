"""Runs the migrations of one of the two stores: content (`versions`) or wrapped keys (`keys`)."""

from alembic import context
from sqlalchemy import create_engine, pool

store = context.config.attributes["store"]
engine = create_engine(context.config.attributes["url"], poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        render_as_batch=True,
        transaction_per_migration=True,
        version_table="migration" if store == "content" else "keys_migration",
        target_metadata=context.config.attributes.get("metadata"),
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
