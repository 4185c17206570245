"""A backup is made, somebody closes or takes away something, the backup is restored: it stays closed, and away.

A row for every way to do that (decision 0028). What was opened since, or brought back, stays so too.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from flask import Flask, g
from sqlalchemy import select

from app.accounts import keys, owners, recovery
from app.accounts.commands import Caller, make_account
from app.accounts.models import AccountRow
from app.accounts.nouns import AccountBody
from app.change import Put, Refused, Remove, Restore, change, enter
from app.childpages import commands as childpages
from app.childpages import store as children
from app.children.models import LAYER, SAID
from app.children.store import as_child, as_reader
from app.config import Config
from app.db import db, now
from app.items import Kind, Thing, media_in
from app.keystore import key_of
from app.media.models import MediumRow
from app.plan import helpers
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.audience import Audience, Who
from app.rooms import KINDS
from app.safekeeping.restore import Restored, restore
from app.scope import load, load_one
from app.sharing.seats import share_of_token
from app.standing import StandingRow, put_back
from app.vault import unseal
from tests.armour.test_sealed import found_in, words_of
from tests.cast import Cast, seated
from tests.media.photos import drawn, put
from tests.safekeeping.help import backed_up, elsewhere, running

pytestmark = pytest.mark.both_databases
__all__ = ["drawn"]

FIRST, SECOND = "een lange winter", "een korte zomer"
NOBODY = Caller("192.0.2.7", "0" * 32)
Row = tuple[Callable[[Cast], object], Callable[[Cast], bool]]


def of(cast: Cast, name: str, who: str, *, removed: bool = False) -> Thing[Any] | None:
    """A piece, for whoever sits in that seat now."""
    sort = {"lisa": "guest", "oma": "link"}.get(who, "member")
    piece, seat = cast.pieces[name], cast.actors[who].seat
    assert seat is not None
    return load_one(seated(cast.plan, sort, seat), KINDS[piece.kind], piece.id, removed=removed)


def sees(name: str, who: str) -> Callable[[Cast], bool]:
    return lambda cast: of(cast, name, who) is not None


def audience(name: str, chosen: Audience, who: str = "sara") -> Callable[[Cast], object]:
    def choose(cast: Cast) -> None:
        thing = cast.thing(name, who)
        body = msgspec.structs.replace(thing.body, audience=chosen)
        change(cast.actors[who], Action.AUDIENCE_CHANGE, Put(thing, body))

    return choose


def bin_goal(cast: Cast) -> None:
    change(cast.sara, Action.GOAL_REMOVE, Remove(cast.thing("goal of us", "sara")))


def show_less_to_lisa(cast: Cast) -> None:
    share = cast.thing("share lisa", "sara")
    body = msgspec.structs.replace(share.body, opened=())
    change(cast.sara, Action.SHARE_CHANGE, Put(share, body))


def shorten(cast: Cast) -> None:
    share, over = cast.thing("share oma", "sara"), now() - timedelta(days=1)
    body = msgspec.structs.replace(share.body, until=over.date())
    change(cast.sara, Action.SHARE_CHANGE, Put(share, body, due_at=over, keep_due=False))


def show_less_to_nele(cast: Cast) -> None:
    helpers.open_to(cast.sara, cast.thing("member nele", "sara"), (), None)


def take_off_page(cast: Cast) -> None:
    page = children.page_of(cast.sara, cast.id("member kaat"))
    assert page is not None
    childpages.take_off(cast.sara, page, cast.id("moment of us"), None)


def child_of(cast: Cast) -> Actor:
    child = as_child(cast.kaat)
    assert child is not None
    return child


def tell_no_more(cast: Cast) -> None:
    said = load_one(child_of(cast), SAID, cast.id("said kaat to sara"))
    assert said is not None
    body = msgspec.structs.replace(said.body, audience=Audience(Who.ME), chosen=())
    change(child_of(cast), Action.OWN_CHANGE, Put(said, body))


def is_told(cast: Cast) -> bool:
    reader = as_reader(cast.sara, cast.layers["kaat"])
    return load_one(reader, SAID, cast.id("said kaat to sara")) is not None


def choose_pictures(code: str) -> Callable[[Cast], object]:
    def choose(cast: Cast) -> None:
        layer = load_one(child_of(cast), LAYER, cast.layers["kaat"])
        assert layer is not None
        change(child_of(cast), Action.OWN_LOCK, Put(layer, msgspec.structs.replace(layer.body, code=code)))

    return choose


def has_old_pictures(cast: Cast) -> bool:
    layer = load_one(child_of(cast), LAYER, cast.layers["kaat"])
    assert layer is not None
    return bool(layer.body.code == "of before")


def has_photo(cast: Cast) -> bool:
    goal = of(cast, "goal of us", "sara")
    return goal is not None and goal.body.photo is not None


def account_of(cast: Cast) -> UUID:
    return cast.pieces["account"].id


def opens(password: str) -> Callable[[Cast], bool]:
    def try_it(cast: Cast) -> bool:
        try:
            return keys.open_password("nele@goudplevier.example", password, NOBODY).account == account_of(cast)
        except Refused:
            return False

    return try_it


def is_address(address: str) -> Callable[[Cast], bool]:
    def look(cast: Cast) -> bool:
        row = AccountRow.recovery_hash == owners.address_hash(address)
        return db.session.scalar(select(AccountRow.id).where(row)) == account_of(cast)

    return look


# Of every way to close or to take away: how, and whether it is still there or open as before.
TABLE: dict[str, Row] = {
    "an agreement is closed by hand": (
        audience("agreement of kaat", Audience(Who.WE)),
        sees("agreement of kaat", "oma"),
    ),
    "a goal is kept from the other parent": (audience("goal of us", Audience(Who.ME)), sees("goal of us", "jef")),
    "a guest sees less": (show_less_to_lisa, sees("goal of us", "lisa")),
    "a link ends earlier": (shorten, lambda cast: share_of_token(cast.tokens["oma"]) is not None),
    "a meehelper sees less": (show_less_to_nele, sees("step of us", "nele")),
    "something is taken off the page of a child": (take_off_page, sees("moment of us", "kaat")),
    "something goes into the bin": (bin_goal, sees("goal of us", "sara")),
    "a photo is taken away": (lambda cast: put(cast, "goal of us", None), has_photo),
    "a child tells somebody no more": (tell_no_more, is_told),
    "a child chooses other pictures": (choose_pictures("of now"), has_old_pictures),
    "a password is changed": (
        lambda cast: keys.set_password(account_of(cast), "nele@goudplevier.example", SECOND, NOBODY),
        opens(FIRST),
    ),
    "a password is dropped": (lambda cast: keys.drop_password(account_of(cast)), opens(FIRST)),
    "an address for a lost key is changed": (
        lambda cast: recovery.keep_address(account_of(cast), "new@goudplevier.example"),
        is_address("old@goudplevier.example"),
    ),
}


@pytest.fixture
def before(cast: Cast, app: Flask) -> Cast:
    """The cast, and what a row of the table needs beside it."""
    from tests.cast import Piece

    with app.app_context():
        account = make_account(AccountBody(name="Nele"))
        cast.pieces["account"] = Piece("account", account, "", frozenset())
        keys.set_password(account, "nele@goudplevier.example", FIRST, NOBODY)
        recovery.keep_address(account, "old@goudplevier.example")
        choose_pictures("of before")(cast)
    return cast


def restored(config: Config, environment: dict[str, str], place: Path, then: Callable[[], None]) -> Restored:
    """Restore elsewhere with the same keys, and look there."""
    there = elsewhere(config, environment)
    found = restore(there, place, None, None)
    with running(there) as app, app.app_context():
        then()
    return found


@pytest.mark.parametrize("way", TABLE)
def test_what_was_closed_or_taken_away_stays_so(
    way: str, before: Cast, app: Flask, config: Config, new_environment: Any, tmp_path: Path
) -> None:
    close, is_open = TABLE[way]
    backed_up(app, tmp_path / "backups")
    with app.app_context():
        assert is_open(before)
        close(before)
    with app.app_context():
        assert not is_open(before)

    def look() -> None:
        assert not is_open(before)

    assert restored(config, new_environment(migrated=False), tmp_path / "backups", look).stood >= 1


def test_what_nobody_closed_is_as_it_was(
    before: Cast, app: Flask, config: Config, new_environment: Any, tmp_path: Path
) -> None:
    backed_up(app, tmp_path / "backups")

    def look() -> None:
        assert [way for way, (_close, is_open) in TABLE.items() if not is_open(before)] == []

    restored(config, new_environment(migrated=False), tmp_path / "backups", look)


def test_what_was_opened_or_brought_back_since_stays_so(
    before: Cast, app: Flask, config: Config, new_environment: Any, tmp_path: Path
) -> None:
    """A restore does not take the family's last word for its first."""
    with app.app_context():
        audience("agreement of kaat", Audience(Who.WE))(before)
        bin_goal(before)
    backed_up(app, tmp_path / "backups")
    with app.app_context():
        audience("agreement of kaat", Audience(Who.WE_AND, people=(before.people["oma"],)))(before)
        change(before.sara, Action.GOAL_REMOVE, Restore(before.thing("goal of us", "sara")))
        keys.set_password(account_of(before), "nele@goudplevier.example", SECOND, NOBODY)

    def look() -> None:
        assert sees("agreement of kaat", "oma")(before)
        assert sees("goal of us", "jef")(before)
        assert opens(SECOND)(before)

    restored(config, new_environment(migrated=False), tmp_path / "backups", look)


def test_what_was_taken_away_can_be_brought_back_for_thirty_days_more(
    before: Cast, app: Flask, config: Config, new_environment: Any, tmp_path: Path
) -> None:
    """Also what was erased meanwhile: a restore destroys nothing."""
    import time_machine

    backed_up(app, tmp_path / "backups")
    with app.app_context():
        photo = before.thing("goal of us", "sara").body.photo.id
        put(before, "goal of us", None)
        bin_goal(before)

    def look() -> None:
        goal = of(before, "goal of us", "sara", removed=True)
        assert goal is not None
        assert goal.removed_at is not None
        assert now() - goal.removed_at < timedelta(hours=1)
        let_go = db.session.scalar(select(MediumRow.removed_at).where(MediumRow.id == photo))
        assert let_go is not None
        assert now() - let_go < timedelta(hours=1)
        change(before.sara, Action.GOAL_REMOVE, Restore(goal))
        assert of(before, "goal of us", "jef") is not None

    with time_machine.travel(now() + timedelta(days=60), tick=True):
        restored(config, new_environment(migrated=False), tmp_path / "backups", look)


def test_a_family_finds_its_pages_again_with_people_that_came_after_the_backup(
    before: Cast, app: Flask, config: Config, new_environment: Any, tmp_path: Path
) -> None:
    """Who sees an item may name somebody whom the backup does not know."""
    backed_up(app, tmp_path / "backups")
    with app.app_context():
        audience("goal of us", Audience(Who.WE_AND, people=(uuid4(), before.people["oma"])))(before)
        bin_agreement = before.thing("agreement of kaat", "sara")
        change(before.sara, Action.AGREEMENT_REMOVE, Remove(bin_agreement))
    there = elsewhere(config, new_environment(migrated=False))
    restore(there, tmp_path / "backups", None, None)
    pages = ("", "doelen", "afspraken", "mensen", "wie-ziet-wat", "weggehaald", "veranderd", "terugblik")
    own = (f"doelen/{before.id('goal of us')}",)
    with running(there) as again:
        for who, asked in (("sara", (*pages, *own)), ("jef", (*pages, *own)), ("lisa", ("", "doelen"))):
            browser = before.copied(again).client_of(who)
            found = {page: browser.get(f"/p/{before.plan}/{page}").status_code for page in asked}
            assert set(found.values()) == {200}, (who, found)
        away = before.copied(again).client_of("sara").get(f"/p/{before.plan}/weggehaald").text
        assert before.canary("agreement of kaat") in away


ALL = ("goal", "step", "agreement", "person", "moment")


def gates_of(kind: Kind[Any], row: Any) -> tuple[Any, ...]:
    body = kind.decode(unseal(key_of(row.plan_id), kind.name, row.id, row.sealed))
    fields = tuple(getattr(body, name) for name in kind.gates)
    return (row.removed_at is not None, fields, frozenset(medium.id for medium in media_in(body).values()))


def standings(plan: UUID) -> dict[UUID, tuple[Any, ...]]:
    """How everything of a plan stands."""
    found = {}
    for kind in map(KINDS.__getitem__, ALL):
        rows = db.session.scalars(select(kind.table).where(kind.table.plan_id == plan))  # type: ignore[attr-defined]
        found |= {row.id: gates_of(kind, row) for row in rows}
    return found


def written_by(cast: Cast, who: str) -> list[Thing[Any]]:
    """All of it that somebody wrote."""
    whole = load(cast.actors[who], *map(KINDS.__getitem__, ALL), removed=True)
    things = [thing for name in ALL for thing in whole.all(KINDS[name])]
    return [thing for thing in things if thing.body.writer == cast.actors[who].person]


def test_whatever_a_family_changed_it_stands_the_same_after_the_fire(
    before: Cast, app: Flask, config: Config, new_environment: Any, tmp_path: Path
) -> None:
    """Every goal, step, agreement, person and moment of the cast, changed at random by who wrote it."""
    chosen = [Audience(who) for who in (Who.DEFAULT, Who.WE, Who.ME)]
    chosen += [Audience(who, people=(before.people["oma"],)) for who in (Who.WE_AND, Who.ME_AND)]
    backed_up(app, tmp_path / "backups")
    dice = Random(7)
    with app.app_context():
        was = standings(before.plan)
        for thing in written_by(before, "sara") + written_by(before, "jef"):
            writer = before.sara if thing.body.writer == before.sara.person else before.jef
            body = msgspec.structs.replace(thing.body, audience=dice.choice(chosen), photo=None)
            change(writer, Action.AUDIENCE_CHANGE, Put(thing, body))
    with app.app_context():
        last = standings(before.plan)
    assert sum(was[item] != last[item] for item in was) > len(was) / 3

    def look() -> None:
        assert standings(before.plan) == last

    restored(config, new_environment(migrated=False), tmp_path / "backups", look)


def test_what_is_noted_says_nothing_in_the_clear_and_goes_with_the_plan(before: Cast, app: Flask) -> None:
    from app.erase import erase_plan
    from app.policy.actor import system

    with app.app_context():
        audience("agreement of kaat", Audience(Who.WE_AND, people=(before.people["oma"],)))(before)
        keys_of = db.get_engine("keys")
        with keys_of.connect() as there:
            held = there.execute(select(StandingRow.sealed).where(StandingRow.root_id == before.plan)).scalars().all()
        assert held
        assert not any(
            before.people["oma"].hex.encode() in one or str(before.people["oma"]).encode() in one for one in held
        )
        erase_plan(system("a test"), before.plan)
        with keys_of.connect() as there:
            assert there.execute(select(StandingRow).where(StandingRow.root_id == before.plan)).all() == []


def test_no_word_is_noted_not_even_sealed(before: Cast, app: Flask) -> None:
    """Who has the keys and no content opens what is noted, and reads nothing."""
    with app.app_context():
        for close, _is_open in TABLE.values():
            close(before)
            db.session.rollback()
        with db.get_engine("keys").connect() as there:
            rows = there.execute(select(StandingRow.root_id, StandingRow.item_id, StandingRow.sealed)).all()
        opened = [unseal(key_of(row.root_id), "standing", row.item_id, row.sealed) for row in rows]
    assert len(opened) > len(TABLE) / 2
    words = [*words_of(before), "nele@", "old@", "new@", "Nele"]
    assert found_in(b"\n".join(opened), words) == []


def test_what_was_noted_in_the_moment_a_plan_went_stops_no_restore(before: Cast, app: Flask) -> None:
    from app.keystore import destroy_key
    from app.standing import note, standing_of

    with app.app_context():
        goal = before.thing("goal of us", "sara")
        stands = standing_of(goal.kind, goal.body, None, away=True)
        held = key_of(before.elsewhere)
        destroy_key(before.elsewhere)
        g.root_keys[before.elsewhere] = held
        note(before.elsewhere, [(goal.id, stands)])
        db.session.commit()
    with app.app_context():
        put_back()
        assert of(before, "goal of us", "sara") is not None


def test_what_is_refused_after_all_is_not_noted(before: Cast, app: Flask) -> None:
    """Two parents answer a proposal at once: what the second would have taken away is there."""

    def refused() -> None:
        enter(before.sara, Action.GOAL_REMOVE, Remove(goal))
        raise Refused("somebody answered before")

    with app.app_context():
        goal, closed = before.thing("goal of us", "sara"), before.thing("goal closed", "sara")
        body = msgspec.structs.replace(closed.body, audience=Audience(Who.ME))
        with pytest.raises(Refused):
            change(before.sara, Action.AUDIENCE_CHANGE, Put(closed, body), beside=refused)
        change(before.sara, Action.GOAL_CHANGE, Put(closed, msgspec.structs.replace(closed.body, words="Anders")))
        with db.get_engine("keys").connect() as there:
            found = set(there.scalars(select(StandingRow.item_id)))
        assert not found & {goal.id, closed.id}


def test_words_alone_are_noted_nowhere(before: Cast, app: Flask) -> None:
    with app.app_context():
        goal = before.thing("goal of us", "sara")
        change(before.sara, Action.GOAL_CHANGE, Put(goal, msgspec.structs.replace(goal.body, words="Anders")))
        with db.get_engine("keys").connect() as there:
            assert there.execute(select(StandingRow).where(StandingRow.item_id == goal.id)).all() == []


def test_put_back_twice_is_once(before: Cast, app: Flask) -> None:
    with app.app_context():
        bin_goal(before)
        first = of(before, "goal of us", "sara", removed=True)
        put_back()
        put_back()
    with app.app_context():
        again = of(before, "goal of us", "sara", removed=True)
        assert first is not None
        assert again is not None
        assert first.removed_at == again.removed_at
