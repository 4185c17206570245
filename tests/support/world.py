"""One product with the whole cast in it, for tests that ask much and change nothing: made once per worker.

Whatever a request writes is taken back after it, so that every request finds the same plan.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import uuid4

import pytest
from itsdangerous import URLSafeTimedSerializer

from tests.cast import CHILDREN, EVERYBODY, FAMILY, MEMBERS, Cast, MakeOriginal, Piece
from tests.support import databases
from tests.support.guards import Refused

if TYPE_CHECKING:
    from flask import Flask
    from jinja2 import BytecodeCache
    from werkzeug.test import TestResponse

TOKEN = "a token of this browser, made for the matrix"
# Fields of many forms at once, so that a write that is let in has something to write; each form reads its own.
TYPED = {
    "words": "Samen naar zee",
    "name": "Iemand",
    "names": "Iemand",
    "value": "Iets",
    "who": "we",
    "day": "2031-05-05",
    "later": "1",
}
WRITE = re.compile(r"^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)", re.IGNORECASE)


@dataclass
class World:
    """One product with the whole cast in it; what is written in it is taken back after every request."""

    app: Flask
    cast: Cast
    cookies: dict[str, str] = field(default_factory=dict)
    known: dict[tuple[str, str, str], str] = field(default_factory=dict)
    wrote: list[str] = field(default_factory=list)

    def ask(self, who: str, method: str, path: str, data: dict[str, str] | None = None, **headers: str) -> TestResponse:
        """One request by somebody, as their browser would send it."""
        self.wrote.clear()
        typed = {"csrf_token": self.token(), "form_key": uuid4().hex, **TYPED} if data is None else data
        with self.taken_back():
            return self.app.test_client(use_cookies=False).open(
                path,
                method=method,
                headers={"Cookie": self.cookies.get(who, "")} | headers,
                data=typed if method == "POST" else None,
                # A file that comes in parts is read to its end while its request is still there.
                buffered=True,
            )

    @contextmanager
    def taken_back(self) -> Iterator[None]:
        """Meanwhile nothing is committed, so that it is gone when the request is over."""
        from sqlalchemy.orm import Session

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Session, "commit", Session.flush)
            yield

    def token(self) -> str:
        """A good token for any of these browsers."""
        return str(URLSafeTimedSerializer(self.app.secret_key or "", salt="wtf-csrf-token").dumps(TOKEN))

    def path(self, endpoint: str, values: dict[str, Any]) -> str:
        """The address of a route."""
        from flask import url_for

        with self.app.test_request_context():
            return url_for(endpoint, **values)

    def let_in(self, who: str) -> None:
        """Gives somebody a browser, and notes it as a device of theirs."""
        client = self.cast.client_of(who)
        with client.session_transaction() as kept:
            kept["csrf_token"] = TOKEN
        name = str(self.app.config["SESSION_COOKIE_NAME"])
        cookie = client.get_cookie(name)
        assert cookie is not None
        self.cookies[who] = f"{name}={cookie.value}"


Worlds = Callable[[str], World]


@pytest.fixture(scope="session")
def worlds(
    request: pytest.FixtureRequest,
    cast_originals: MakeOriginal,
    tmp_path_factory: pytest.TempPathFactory,
    compiled: BytecodeCache,
) -> Iterator[Worlds]:
    """The cast on each kind of database, made once."""
    made: dict[str, World] = {}

    def world(kind: str) -> World:
        if kind not in made:
            original = cast_originals(kind)
            data = tmp_path_factory.mktemp("matrix") / "data"
            shutil.copytree(original.data, data)
            if kind == "sqlite":
                environment = databases._environment(data)
            else:
                url, name = request.getfixturevalue("postgres_url"), f"world_{next(databases._names)}"
                environment = databases._postgres_environment(url, data, name, original.name)
            made[kind] = _made(environment, original.cast, compiled)
        return made[kind]

    yield world
    for each in made.values():
        _close(each.app)


def _made(environment: dict[str, str], original: Cast, compiled: BytecodeCache) -> World:
    from sqlalchemy import event

    from app.config import Config
    from app.db import db
    from app.main import create_app

    app = create_app(Config.from_env(environment))
    app.jinja_env.bytecode_cache = compiled
    app.testing = True
    databases.never_synced(app)
    cast = original.copied(app)
    world = World(app, cast)
    for who in EVERYBODY:
        world.let_in(who)
    with app.app_context():
        _devices(cast)
        _keys(cast)
        _entries(cast)
        _sheets(cast)
        for engine in db.engines.values():
            event.listen(engine, "before_cursor_execute", partial(_note, world))
        event.listen(db.engine, "commit", _refuse)
    return world


def _devices(cast: Cast) -> None:
    """Everybody's browser is a device, which only they stop."""
    from sqlalchemy import select

    from app.accounts.models import SeatRow
    from app.db import db

    for who in ("sara", "jef", "nele", "oma", "kaat"):
        seat = db.session.scalars(select(SeatRow.id).where(SeatRow.holder_id == cast.actors[who].seat)).first()
        assert seat is not None
        cast.pieces[f"device {who}"] = Piece("device", seat, "", frozenset({who}) & FAMILY)


def _keys(cast: Cast) -> None:
    """Two members have a passkey, and asked for a new key by mail; each stops only their own."""
    from app.accounts import keys, locks, owners, recovery
    from app.accounts.nouns import PasskeyBody
    from app.db import now
    from app.web.device import Caller
    from tests.support.authenticator import Authenticator
    from tests.support.databases import ADDRESS

    for who in ("sara", "jef"):
        seat = cast.actors[who].seat
        assert seat is not None
        account, device = owners.account_for(seat, cast.plan, None), Authenticator.at(ADDRESS)
        challenge = locks.new_challenge(now(), account)
        answer = device.make(locks.to_make(challenge, who, []))
        passkey = keys.make_passkey(account, answer, challenge, PasskeyBody(name="gsm"))
        recovery.keep_address(account, f"{who}@home.example")
        [letter] = recovery.letters(recovery.ask(f"{who}@home.example", Caller("192.0.2.9", "0" * 32)))
        cast.pieces[f"passkey {who}"] = Piece("passkey", passkey, "", frozenset({who}))
        cast.pieces[f"recovery {who}"] = Piece("recovery", letter.recovery, "", frozenset({who}))


def _entries(cast: Cast) -> None:
    """Every thing that was added is an entry of the history, which who sees the thing may see."""
    for name, entry in cast.entries.items():
        piece = cast.pieces[name]
        if piece.kind in {"goal", "step", "agreement"} and not piece.removed:
            cast.pieces[f"entry of {name}"] = Piece("entry", entry, "", piece.seen_by)


def _sheets(cast: Cast) -> None:
    """Every member asked for a sheet of paper, which is theirs alone."""
    from app.export import shelf
    from app.export.nouns import Choice, Sort

    for who in (*MEMBERS, *CHILDREN):
        asked = shelf.ask(cast.actors[who], Sort.STRIP if who in CHILDREN else Sort.POSTER, Choice())
        cast.pieces[f"sheet {who}"] = Piece("sheet", asked, "", frozenset({who}))


def _note(world: World, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
    match = WRITE.match(statement)
    if match:
        world.wrote.append(match[1])


def _refuse(connection: Any) -> NoReturn:
    """What one test kept here would be there for the next."""
    # A commit that is refused from here leaves its transaction open, for who gets this connection next.
    connection.connection.rollback()
    raise Refused("a test kept something in the world that others share: ask by World.ask, or in taken_back()")


def _close(app: Flask) -> None:
    from app.db import db

    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
