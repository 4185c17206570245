"""The key store: a key a plan, wrapped; endings; and a new master key."""

import threading
from uuid import uuid4

import pytest
from flask import Flask, g
from sqlalchemy import select

from app import keystore
from app.db import db
from app.keystore import Ended, Ending, NamedKey, NoKey, WrappedKey
from app.vault import NotOpened, new_secret

pytestmark = pytest.mark.both_databases


def rows(column: object) -> list[object]:
    with db.get_engine("keys").connect() as keys:
        return list(keys.scalars(select(column)))


def forget_keys() -> None:
    """As the next request would."""
    g.pop("root_keys", None)


def test_a_plan_keeps_its_key_and_no_other_plan_has_it(app: Flask) -> None:
    with app.app_context():
        one, other = keystore.make_key(uuid4()), keystore.make_key(uuid4())
        forget_keys()
        assert keystore.key_of(one.root) == one
        assert one.secret != other.secret
        assert len(one.secret) == 32


def test_what_is_stored_is_not_the_key(app: Flask) -> None:
    with app.app_context():
        key = keystore.make_key(uuid4())
        keystore.look_up_hash("session", "token")
        lookup = app.extensions["onsplan.lookup"]
        stored = rows(WrappedKey.wrapped) + rows(NamedKey.wrapped)
    assert not [wrapped for wrapped in stored if key.secret in wrapped or lookup in wrapped]


def test_a_key_is_read_once_a_request(app: Flask) -> None:
    with app.app_context():
        key = keystore.make_key(uuid4())
        forget_keys()
        assert keystore.key_of(key.root) is keystore.key_of(key.root)


def test_no_key_where_none_was_made(app: Flask) -> None:
    with app.app_context(), pytest.raises(NoKey):
        keystore.key_of(uuid4())


def test_a_destroyed_key_is_gone_at_once_and_for_good(app: Flask) -> None:
    with app.app_context():
        key, kept = keystore.make_key(uuid4()), keystore.make_key(uuid4())
        keystore.destroy_key(key.root)
        with pytest.raises(NoKey):
            keystore.key_of(key.root)
        forget_keys()
        with pytest.raises(NoKey):
            keystore.key_of(key.root)
        assert keystore.key_of(kept.root) == kept


def test_a_new_master_key_opens_every_key_and_the_old_one_none(app: Flask) -> None:
    config = app.extensions["onsplan.config"]
    with app.app_context():
        keys = [keystore.make_key(uuid4()) for _ in range(3)]
        hashed = keystore.look_up_hash("link", "abc")
        old, new = config.master_key, new_secret()
        assert keystore.rewrap(old, new) == 4
        forget_keys()
        app.extensions.pop("onsplan.lookup")
        with pytest.raises(NotOpened):
            keystore.key_of(keys[0].root)
        object.__setattr__(config, "master_key", new)
        assert [keystore.key_of(key.root) for key in keys] == keys
        assert keystore.look_up_hash("link", "abc") == hashed


def test_a_rewrap_that_meets_a_damaged_key_changes_none(app: Flask) -> None:
    config = app.extensions["onsplan.config"]
    with app.app_context():
        for _ in range(3):
            keystore.make_key(uuid4())
        with db.get_engine("keys").begin() as keys:
            keys.execute(
                WrappedKey.__table__.insert().values(root_id=uuid4(), number=1, wrapped=b"?", made_at=keystore.now())
            )
        before = sorted(map(bytes, rows(WrappedKey.wrapped)))
        with pytest.raises(NotOpened):
            keystore.rewrap(config.master_key, new_secret())
        assert sorted(map(bytes, rows(WrappedKey.wrapped))) == before


def test_an_ending_is_noted_once(app: Flask) -> None:
    share = uuid4()
    with app.app_context():
        keystore.record_ending(share, Ended.SHARE)
        keystore.record_ending(share, Ended.SHARE)
        keystore.record_ending(uuid4(), Ended.CARD)
        assert rows(Ending.subject_id).count(share) == 1
        assert len(rows(Ending.at)) == 2


def test_workers_that_start_at_once_agree_on_the_look_up_key(app: Flask) -> None:
    found: list[bytes] = []
    ready = threading.Barrier(6, timeout=60)

    def work() -> None:
        with app.app_context():
            ready.wait()
            found.append(keystore._named("lookup"))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert len(set(found)) == 1


def test_a_look_up_hash_needs_this_server(app: Flask, new_environment: object) -> None:
    from app.config import Config
    from app.main import create_app

    other = create_app(Config.from_env(new_environment()))
    hashes = []
    for each in (app, other):
        with each.app_context():
            hashes.append(keystore.look_up_hash("link", "abc"))
            for engine in db.engines.values():
                engine.dispose()
    assert hashes[0] != hashes[1]
