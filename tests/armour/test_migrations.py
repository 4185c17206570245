"""Migrations: they make exactly what the models say, lose nothing, and whatever stops one midway, it is old or new.

A migration after the first is tried with rows in every table (`tests/support/rows.py`): none may go. One that changes
what rows hold says so in `CHANGED`, with what must be true afterwards.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, create_engine, func, inspect, pool, select

from app import db as database
from app.config import Config
from app.db import Base, alembic_config
from app.keystore import KeysBase
from app.main import ROOMS
from tests.support.rows import fill
from tests.support.templates import ROOT

pytestmark = pytest.mark.both_databases

STORES: dict[str, tuple[str, str, MetaData]] = {
    "content": ("versions", "migration", Base.metadata),
    "keys": ("keys", "keys_migration", KeysBase.metadata),
}
REVISION = re.compile(r"^\d{4}$")

# (store, revision): what must be true of the rows after it, where "all of them, as they were" is not the answer.
CHANGED: dict[tuple[str, str], Callable[[Connection], None]] = {}
# Tables that have another name after it, and all their rows.
RENAMED = {("content", "0013"): {"photo": "medium"}}

SLOW_SECOND = '''"""A second migration, which only this test knows."""

import os

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None


def upgrade() -> None:
    anew = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("plan", recreate=anew) as batch:
        batch.add_column(sa.Column("colour", sa.String(10), nullable=False, server_default="prei"))
    if os.environ.get("ONSPLAN_TEST_DIES"):
        os._exit(9)
    if os.environ.get("ONSPLAN_TEST_FAILS"):
        raise RuntimeError("the second half does not work")
    op.create_table("feeling", sa.Column("id", sa.Uuid(), primary_key=True))


def downgrade() -> None:
    raise NotImplementedError
'''


@pytest.fixture
def config(new_environment: Callable[..., dict[str, str]]) -> Config:
    """A product whose databases are there and empty, and every model known."""
    for room in ROOMS:
        import_module(f"app.{room}.register")
    return Config.from_env(new_environment(migrated=False))


@pytest.fixture
def engines(config: Config) -> Iterator[dict[str, Engine]]:
    """An engine per store."""
    urls = {"content": config.database_url, "keys": config.keys_url}
    made = {store: create_engine(url, poolclass=pool.NullPool) for store, url in urls.items()}
    yield made
    for engine in made.values():
        engine.dispose()


def revisions(store: str) -> list[str]:
    """The migrations of a store, first one first."""
    script = ScriptDirectory.from_config(alembic_config(store, ""))
    return [revision.revision for revision in reversed(list(script.walk_revisions()))]


def version(engine: Engine, store: str) -> str | None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": STORES[store][1]})
        return context.get_current_revision()


def shape(engine: Engine, without: str = "") -> dict[str, object]:
    """Everything a database says of its tables, to be compared."""
    found, made = inspect(engine), {}
    for table in found.get_table_names():
        if table == without:
            continue
        made[table] = {
            "columns": sorted((c["name"], repr(c["type"]), c["nullable"]) for c in found.get_columns(table)),
            "key": found.get_pk_constraint(table),
            "refers": sorted(found.get_foreign_keys(table), key=str),
            "unique": sorted(found.get_unique_constraints(table), key=str),
            "checks": sorted((str(c["name"]), c["sqltext"]) for c in found.get_check_constraints(table)),
            "indexes": sorted((str(i["name"]), i["column_names"], i["unique"]) for i in found.get_indexes(table)),
        }
    return made


# ---- they make what the models say -----------------------------------------------------------------------------------


@pytest.mark.parametrize("store", STORES)
def test_models_and_migrations_are_the_same(config: Config, engines: dict[str, Engine], store: str) -> None:
    database.upgrade(config)
    with engines[store].connect() as connection:
        options = {"compare_type": True, "version_table": STORES[store][1]}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, STORES[store][2]) == []


@pytest.mark.parametrize("store", STORES)
def test_migrated_tables_are_those_the_models_would_make(
    config: Config, engines: dict[str, Engine], store: str, new_environment: Callable[..., dict[str, str]]
) -> None:
    """Constraints too, which autogenerate does not compare."""
    database.upgrade(config)
    other = Config.from_env(new_environment(migrated=False))
    url = other.database_url if store == "content" else other.keys_url
    made = create_engine(url, poolclass=pool.NullPool)
    STORES[store][2].create_all(made)
    assert shape(engines[store], without=STORES[store][1]) == shape(made)
    made.dispose()


@pytest.mark.parametrize("store", STORES)
def test_an_upgrade_twice_is_once(config: Config, engines: dict[str, Engine], store: str) -> None:
    database.upgrade(config)
    before = shape(engines[store])
    database.upgrade(config)
    assert shape(engines[store]) == before
    assert version(engines[store], store) == revisions(store)[-1]


# ---- they lose nothing -----------------------------------------------------------------------------------------------


def counts(engine: Engine, without: str) -> dict[str, int]:
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in tables.sorted_tables
            if table.name != without
        }


@pytest.mark.parametrize("store", STORES)
def test_every_migration_keeps_what_was_there(engines: dict[str, Engine], store: str) -> None:
    engine, table = engines[store], STORES[store][1]
    before: dict[str, int] = {}
    for revision in revisions(store):
        command.upgrade(alembic_config(store, engine.url.render_as_string(hide_password=False)), revision)
        after = counts(engine, table)
        renamed = RENAMED.get((store, revision), {})
        before = {renamed.get(name, name): count for name, count in before.items()}
        if (store, revision) in CHANGED:
            with engine.connect() as connection:
                CHANGED[store, revision](connection)
        else:
            assert {name: after[name] for name in before} == before, f"{store} {revision} lost rows"
        fill(engine, without=table)
        before = counts(engine, table)
    assert before
    assert all(before.values())


@pytest.mark.parametrize("store", STORES)
def test_migrations_are_numbered_and_in_one_line(config: Config, store: str) -> None:
    assert config
    names = revisions(store)
    assert names == [f"{number:04}" for number in range(1, len(names) + 1)]
    files = sorted(path.name for path in (database.MIGRATIONS / STORES[store][0]).glob("*.py"))
    assert [name[:4] for name in files] == names


def test_migrations_never_import_the_product(config: Config) -> None:
    assert config
    paths = [path for folder in ("versions", "keys") for path in (database.MIGRATIONS / folder).glob("*.py")]
    assert not [path.name for path in paths if re.search(r"^\s*(from|import) app\b", path.read_text(), re.MULTILINE)]


# ---- whatever stops one midway ---------------------------------------------------------------------------------------


@pytest.fixture
def second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations with one more, which alters a table that others refer to and makes another."""
    folder = tmp_path / "migrations"
    shutil.copytree(database.MIGRATIONS, folder)
    for path in (folder / "versions").glob("*.py"):
        if not path.name.startswith("0001"):
            path.unlink()
    (folder / "versions" / "0002_add_colour.py").write_text(SLOW_SECOND)
    monkeypatch.setattr(database, "MIGRATIONS", folder)
    return folder


def url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def begun(engine: Engine) -> dict[str, int]:
    """The first migration, with rows in every table."""
    command.upgrade(alembic_config("content", url_of(engine)), "0001")
    fill(engine, without="migration")
    return counts(engine, "migration")


def test_a_migration_of_a_table_that_others_refer_to_keeps_them(engines: dict[str, Engine], second: Path) -> None:
    """SQLite alters a table by making it anew: with foreign keys on, dropping the old one empties all that refers."""
    assert second
    engine = engines["content"]
    before = begun(engine)
    command.upgrade(alembic_config("content", url_of(engine)), "head")
    assert counts(engine, "migration") == {**before, "feeling": 0}
    assert version(engine, "content") == "0002"


def test_a_migration_that_fails_midway_leaves_the_old_database(
    engines: dict[str, Engine], second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert second
    engine = engines["content"]
    rows, tables = begun(engine), shape(engine)
    monkeypatch.setenv("ONSPLAN_TEST_FAILS", "1")
    with pytest.raises(RuntimeError, match="the second half"):
        command.upgrade(alembic_config("content", url_of(engine)), "head")
    assert shape(engine) == tables
    assert counts(engine, "migration") == rows
    assert version(engine, "content") == "0001"
    monkeypatch.delenv("ONSPLAN_TEST_FAILS")
    command.upgrade(alembic_config("content", url_of(engine)), "head")
    assert version(engine, "content") == "0002"


def test_a_migration_that_is_killed_midway_leaves_the_old_database(engines: dict[str, Engine], second: Path) -> None:
    engine = engines["content"]
    rows, tables = begun(engine), shape(engine)
    code = (
        "import sys; from pathlib import Path; from alembic import command; from app import db;"
        "db.MIGRATIONS = Path(sys.argv[1]); command.upgrade(db.alembic_config('content', sys.argv[2]), 'head')"
    )
    environment = {"ONSPLAN_TEST_DIES": "1", "PYTHONPATH": str(ROOT)}
    killed = subprocess.run(
        [sys.executable, "-c", code, str(second), url_of(engine)], env=environment, check=False, cwd=ROOT
    )
    assert killed.returncode == 9
    assert shape(engine) == tables
    assert counts(engine, "migration") == rows
    assert version(engine, "content") == "0001"


def test_the_very_first_migration_that_is_interrupted_can_be_started_again(
    config: Config, engines: dict[str, Engine], second: Path
) -> None:
    """Fresh databases: half the tables must not stand in the way of the next start."""
    first = next((second / "versions").glob("0001*.py"))
    whole = first.read_text()
    broken = re.sub(r"(op\.create_table\(\s*['\"]session['\"])", r"raise RuntimeError('no'); \1", whole, count=1)
    assert broken != whole
    first.write_text(broken)
    with pytest.raises(RuntimeError):
        database.upgrade(config)
    assert shape(engines["content"]) == {}
    first.write_text(whole)
    database.upgrade(config)
    assert version(engines["content"], "content") == "0002"


def test_two_that_start_at_once_both_find_the_newest(config: Config, engines: dict[str, Engine]) -> None:
    code = "from app.config import Config; from app.db import upgrade; upgrade(Config.from_env())"
    environment = {
        "PYTHONPATH": str(ROOT),
        "ONSPLAN_DATA": str(config.data),
        "ONSPLAN_DATABASE_URL": config.database_url,
        "ONSPLAN_KEYS_URL": config.keys_url,
    }
    started = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [process.communicate()[1] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], said
    assert version(engines["content"], "content") == revisions("content")[-1]
