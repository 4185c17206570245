"""After a plan is deleted nothing of it is left: in no table, file, queue, log or worker; and old backups are noise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, MetaData, event, insert, inspect, select, text

from app import memory
from app.accounts import keys as locks_of
from app.accounts import locks, owners, recovery
from app.accounts.models import AccountRow, BrowserSession, PlaceRow
from app.accounts.nouns import PasskeyBody
from app.db import db, empty_log, now
from app.goals.models import GOAL
from app.host.commands import tidy
from app.keystore import Ended, Ending, NoKey, WrappedKey, forget_gone, key_of, record_ending, scrub
from app.leaving.commands import end_if_over
from app.media.models import MediumRow
from app.media.shelf import shelf
from app.rooms import KINDS, SEATS
from app.scope import load
from app.vault import NotOpened, RootKey, unseal, unwrap
from app.web.device import Caller
from tests.armour.test_sealed import NAMES, found_in, stored, words_of
from tests.cast import LINKS, Cast
from tests.leaving.test_close import ask, days_later, rows_left, yes
from tests.sharing.pages import root, tokens_off
from tests.support.authenticator import Authenticator
from tests.support.databases import ADDRESS
from tests.support.full import keep, size
from tests.support.jobs import queued

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]

WITHIN = ("sara", "jef", "nele", "lisa", "bert", "oma", "els")
Row = tuple[str, dict[str, Any]]


def everything(app: Flask) -> Iterator[Row]:
    """Every row of every table there is in both databases: asked of them, so that a new table is never forgotten."""
    with app.app_context():
        for name in ("default", "keys"):
            engine = db.get_engine(name)
            tables = MetaData()
            tables.reflect(engine)
            with engine.connect() as connection:
                for table in tables.sorted_tables:
                    for row in connection.execute(select(table)).mappings():
                        yield table.name, dict(row)


def plain(value: Any) -> str:
    """A value as one text in which an id is found, however it is kept."""
    return value.hex() if isinstance(value, bytes) else str(value).replace("-", "").lower()


def speaks_of(rows: list[Row], ids: set[str]) -> list[str]:
    """The columns that hold one of these ids, alone or in something longer."""
    found = []
    for table, row in rows:
        for column, value in row.items():
            told = plain(value)
            if told in ids or (len(told) > 32 and any(one in told for one in ids)):
                found.append(f"{table}.{column}")
    return found


@dataclass
class Lived:
    """A plan that was lived in: everybody came, asked for paper, made keys; and what there was of it."""

    ids: set[str]
    rows: list[Row]
    wrapped: list[bytes]
    account: UUID


def lived_in(cast: Cast, app: Flask) -> Lived:
    """Everybody opens something; Sara has a passkey and an address; paper waits; something lies open in memory."""
    for who in WITHIN:
        browser = cast.client_of(who)
        own = f"voor/{cast.actors[who].seat}" if who in LINKS else ""
        assert browser.get(f"{root(cast)}/{own}").status_code == 200
    for who in ("sara", "jef", "nele"):
        cast.client_of(who).post(f"{root(cast)}/papier", data={"sort": "poster", "form_key": uuid4().hex})
    with app.app_context():
        account = own_keys(cast, "sara")
        record_ending(cast.id("share oma"), Ended.SHARE)
        rows = list(everything(app))
        ids = {plain(cast.plan)} | {
            plain(row["id"]) for _table, row in rows if plain(row.get("plan_id")) == plain(cast.plan)
        }
        held = [cast.plan, account]
        with db.get_engine("keys").connect() as keys:
            wrapped = list(keys.scalars(select(WrappedKey.wrapped).where(WrappedKey.root_id.in_(held))))
    assert len(wrapped) == 2
    return Lived(ids, rows, wrapped, account)


def own_keys(cast: Cast, who: str) -> UUID:
    seat = cast.actors[who].seat
    assert seat is not None
    account, device = owners.account_for(seat, cast.plan, None), Authenticator.at(ADDRESS)
    challenge = locks.new_challenge(now(), account)
    answer = device.make(locks.to_make(challenge, who, []))
    locks_of.make_passkey(account, answer, challenge, PasskeyBody(name="Sara"))
    recovery.keep_address(account, f"{who}@goudplevier.example")
    recovery.ask(f"{who}@goudplevier.example", Caller("192.0.2.9", "0" * 32))
    return account


def delete(cast: Cast) -> None:
    ask(cast)
    assert yes(cast, "jef", at_once="1").status_code == 303


def words_only_there(cast: Cast) -> list[str]:
    theirs = {piece.canary for piece in cast.pieces.values() if "lies" in piece.seen_by}
    return [word for word in words_of(cast) if word not in theirs]


# ---- tables and files ------------------------------------------------------------------------------------------------


def test_no_row_of_any_table_speaks_of_it(cast: Cast, app: Flask) -> None:
    lived = lived_in(cast, app)
    before = set(speaks_of(lived.rows, lived.ids))
    assert {"goal.id", "seat.plan_id", "look.share_id", "stay.plan_id", "sheet.id", "place.holder_id"} <= before
    assert {"ending.subject_id", "wrapped_key.root_id", "form_key.plan_id"} <= before
    delete(cast)
    assert speaks_of(list(everything(app)), lived.ids) == ["ending.subject_id"]
    with app.app_context(), db.get_engine("keys").connect() as keys:
        of_it = keys.execute(select(Ending.subject_id, Ending.kind).where(Ending.kind == Ended.PLAN)).all()
    # With it went the layer of Mil, who is in no other plan.
    assert {tuple(row) for row in of_it} == {(cast.plan, "plan"), (cast.layers["mil"], "plan")}
    keep("deletion: tables", rows_before=len(lived.rows), ids=len(lived.ids), rows_that_speak_of_it=0)


def test_no_file_holds_a_word_an_id_or_a_key_of_it_at_once(cast: Cast, app: Flask, database_kind: str) -> None:
    """While the server runs on: its files, what it wrote ahead, pages that are free, and the queue."""
    lived = lived_in(cast, app)
    if database_kind == "sqlite":
        held = stored(app, database_kind)
        assert any(one.encode() in held for one in lived.ids)
    delete(cast)
    data = b"".join(_files(app, database_kind))
    assert len(data) > 20_000
    # A database server has names of its own in its catalogue.
    assert found_in(data, [word for word in words_only_there(cast) if word not in NAMES]) == []
    assert [key for key in lived.wrapped if key in data or key.hex().encode() in data] == []
    left = [one for one in lived.ids if one.encode() in data or bytes.fromhex(one) in data]
    if database_kind == "sqlite":
        # PostgreSQL keeps dead rows until it tidies them: sealed with a key that is gone.
        assert left == [plain(cast.plan)]
    assert [bell for bell in queued(app) if any(str(UUID(one)).encode() in bell for one in lived.ids)] == []
    keep("deletion: files", database=database_kind, bytes_searched=len(data), words=0, keys=0)


def _files(app: Flask, database_kind: str) -> Iterator[bytes]:
    """Every byte of both stores as they lie on disk now, and of the data folder."""
    folders: list[Path] = [app.extensions["onsplan.config"].data]
    if database_kind == "postgresql":
        with app.app_context():
            for engine in db.engines.values():
                with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    connection.execute(text("CHECKPOINT"))
                    folder = connection.execute(text("SHOW data_directory")).scalar_one()
                    number = "SELECT oid FROM pg_database WHERE datname = current_database()"
                    folders.append(Path(folder) / "base" / str(connection.execute(text(number)).scalar_one()))
    for folder in folders:
        yield from (path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_who_had_keys_only_there_has_no_account_any_more(cast: Cast, app: Flask) -> None:
    """Nor has the browser that sat only there a session. Lisa made hers to be a guest: it is hers."""
    lived = lived_in(cast, app)
    lies = cast.client_of("lies")
    with app.app_context():
        lisa = db.session.execute(select(PlaceRow.account_id).where(PlaceRow.kind == "guest")).scalar_one()
        jef = owners.account_for(cast.jef.seat or uuid4(), cast.plan, None)
        owners.give_place(jef, cast.elsewhere, "member", cast.actors["lies"].seat or uuid4())
    delete(cast)
    with app.app_context():
        assert set(db.session.scalars(select(AccountRow.id))) >= {lisa, jef}
        assert lived.account not in set(db.session.scalars(select(AccountRow.id)))
        with pytest.raises(NoKey):
            key_of(lived.account)
        assert key_of(jef)
        sitting = select(BrowserSession.id).where(BrowserSession.account_id.is_(None))
        assert len(db.session.scalars(sitting).all()) == 1
    assert lies.get(f"/p/{cast.elsewhere}/").status_code == 200


# ---- old backups -----------------------------------------------------------------------------------------------------


def test_nothing_of_it_in_an_old_backup_opens(cast: Cast, app: Flask) -> None:
    """Every sealed value of a copy made before, with every key there still is, under every name it may be bound to."""
    lived = lived_in(cast, app)
    assert _opening(lived, app, cast.plan) > 100
    delete(cast)
    assert _opening(lived, app, cast.plan) == 0
    keep("deletion: old backup", sealed_values=len(_sealed(lived, cast.plan)), opened=0)


def _sealed(lived: Lived, plan: UUID) -> list[tuple[str, UUID, bytes]]:
    there = {lived.account, plan}
    return [
        (table, UUID(plain(row["id"])), value)
        for table, row in lived.rows
        if table == "plan" or "plan_id" in row or UUID(plain(row.get("id", uuid4()))) in there
        if UUID(plain(row.get("plan_id", row["id"]))) in there
        for column, value in row.items()
        if column == "sealed"
    ]


def _opening(lived: Lived, app: Flask, plan: UUID) -> int:
    found = _keys(app)
    opened = 0
    for table, row, value in _sealed(lived, plan):
        kinds = [kind.name for kind in KINDS.values() if kind.table.__tablename__ == table]
        opened += any(_opens(key, name, row, value) for key in found for name in {table, *kinds})
    return opened


def _keys(app: Flask) -> list[RootKey]:
    """Every key there is."""
    with app.app_context():
        master = app.extensions["onsplan.config"].master_key
        with db.get_engine("keys").connect() as keys:
            rows = keys.execute(select(WrappedKey.root_id, WrappedKey.number, WrappedKey.wrapped)).all()
        return [
            RootKey(row.root_id, row.number, unwrap(master, f"{row.root_id}/{row.number}", row.wrapped)) for row in rows
        ]


def _opens(key: RootKey, name: str, row: UUID, value: bytes) -> bool:
    try:
        unseal(key, name, row, value)
    except NotOpened:
        return False
    return True


def test_no_photo_of_it_lies_there_and_a_copy_of_one_opens_no_more(cast: Cast, app: Flask) -> None:
    with app.app_context():
        columns = MediumRow.id, MediumRow.small, MediumRow.large, MediumRow.plan_id, MediumRow.sort
        rows = db.session.execute(select(*columns)).all()
        kept = [
            (row.id, place, shelf().get(name))
            for row in rows
            if row.plan_id == cast.plan
            for place, name in ((f"{row.sort}/small", row.small), (f"{row.sort}/large", row.large))
            if name is not None
        ]
        key = key_of(cast.plan)
        # The layer of Kaat is in another plan too, and stays; that of Mil goes with this one.
        others = {name for row in rows if row.plan_id != cast.plan for name in (row.small, row.large) if name}
    assert len(kept) > 10
    assert all(_opens(key, place, photo, data) for photo, place, data in kept)
    delete(cast)
    with app.app_context():
        assert set(shelf().names()) == others
        keys = _keys(app)
    assert not any(_opens(one, place, photo, data) for one in keys for photo, place, data in kept)
    keep("deletion: photos", files_before=len(kept), files_after=0, opened_of_an_old_copy=0)


# ---- open pages ------------------------------------------------------------------------------------------------------


def test_every_page_that_was_open_says_nothing_more_of_it(cast: Cast, app: Flask) -> None:
    browsers = {who: cast.client_of(who) for who in WITHIN}
    home = cast.client_of("lisa")
    delete(cast)
    words = words_only_there(cast)
    for who, browser in browsers.items():
        seat = cast.actors[who].seat
        at = (f"/voor/{seat}", f"/voor/{seat}/afspraken") if who in LINKS else ("/", "/doelen", "/mensen", "/afspraken")
        for path in at:
            for headers in ({}, {"HX-Request": "true"}):
                answer = browser.get(root(cast) + path, headers=headers)
                assert answer.status_code == 404, f"{who} {path}"
                assert [word for word in words if word in answer.text] == []
        sent = browser.post(f"{root(cast)}/doelen", data={"words": "Wat ik typte", "form_key": uuid4().hex})
        assert sent.status_code in {401, 404}
        assert [word for word in words if word in sent.text] == []
        assert "Wat ik typte" in sent.text or sent.status_code == 404
    for token in cast.tokens.values():
        words = [word for word in words if word != token]
        assert [word for word in words if word in app.test_client().get(f"/d/{token}").text] == []
    for path in ("/", "/gast"):
        assert [word for word in words if word in home.get(path).text] == []


# ---- killed midway ---------------------------------------------------------------------------------------------------


class PowerCut(BaseException):
    """The server is gone between one statement and the next."""


class Cutting:
    """Counts statements to both databases; the power goes at one of them."""

    def __init__(self, app: Flask, at: int) -> None:
        self.at, self.count = at, 0
        with app.app_context():
            self.engines: list[Engine] = list(db.engines.values())

    def __enter__(self) -> Cutting:
        for engine in self.engines:
            event.listen(engine, "before_cursor_execute", self._count)
        return self

    def __exit__(self, *_error: object) -> None:
        for engine in self.engines:
            event.remove(engine, "before_cursor_execute", self._count)

    def _count(self, _connection: Connection, _cursor: Any, _statement: str, *_more: Any) -> None:
        self.count += 1
        if self.count == self.at:
            raise PowerCut


def test_stopped_anywhere_it_shows_nothing_and_goes_on(cast: Cast, app: Flask) -> None:
    """The power goes at one statement after another: nobody sits there, and it is whole or noise, never between."""
    ask(cast)
    days_later(app, 30.01)
    cut, step, half, keyless = 1, size(9, 1), 0, 0
    whole = rows_left(app, cast.plan)
    while True:
        with app.app_context(), Cutting(app, cut) as cutting:
            try:
                end_if_over(cast.plan)
                break
            except PowerCut:
                db.session.rollback()
        with app.app_context():
            there = rows_left(app, cast.plan)
            readable = _reads(cast)
            half += readable and there != whole
            keyless += bool(there) and not readable
            assert SEATS["member"](cast.plan, cast.sara.seat or uuid4()) is None
        cut += step
    assert cutting.count < cut
    assert cut > 40
    assert rows_left(app, cast.plan) == {}
    assert keyless
    keep("deletion: killed midway", kills=cut // step, of_those_without_its_key=keyless, half_readable=half)
    assert half == 0


def _reads(cast: Cast) -> bool:
    """Whether who does not ask who sits there could read anything of it."""
    try:
        return bool(load(cast.sara, GOAL).all(GOAL))
    except NoKey:
        return False


def test_after_a_power_cut_the_next_request_goes_on(cast: Cast, app: Flask) -> None:
    sara = cast.client_of("sara")
    ask(cast)
    days_later(app, 30.01)
    with app.app_context(), Cutting(app, 12), pytest.raises(PowerCut):
        end_if_over(cast.plan)
    assert sara.get(f"{root(cast)}/").status_code == 404
    assert rows_left(app, cast.plan) == {}


# ---- workers ---------------------------------------------------------------------------------------------------------


def test_a_worker_that_nobody_asks_forgets_it_too(cast: Cast, app: Flask) -> None:
    """Another worker deleted it; this one hears it within seconds, and keeps what it opened of others."""
    with app.app_context():
        load(cast.sara, GOAL)
        load(cast.actors["lies"], GOAL)
        kept = dict(memory._opened)
    delete(cast)
    memory._opened.update(kept)
    with app.app_context():
        forget_gone()
    assert cast.plan not in memory.roots()
    assert cast.elsewhere in memory.roots()


# ---- what lies deleted in a file ----------------------------------------------------------------------------------


def test_somebody_who_reads_keeps_the_log_until_the_next_hour(app: Flask, database_kind: str) -> None:
    """A long read, a backup say: deleting waits for it a moment, and the hourly tidying does it later."""
    with app.app_context():
        engine = db.get_engine("keys")
        reader = engine.connect()
        reader.execute(select(WrappedKey.wrapped)).all()
        if database_kind == "sqlite":
            reader.exec_driver_sql("BEGIN")
            reader.execute(select(WrappedKey.wrapped)).all()
        with engine.begin() as keys:
            keys.execute(insert(WrappedKey).values(root_id=uuid4(), number=1, wrapped=b"?" * 60, made_at=now()))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("app.db.LOG_WAIT", 20)
            patch.setattr("app.keystore.SCRUB_WAIT", 20)
            assert not scrub()
            reader.rollback()
            reader.close()
            assert scrub()
        tidy()
        assert empty_log(db.engine)
        assert inspect(engine).has_table("wrapped_key")
