"""A backup is made, something ends, the backup is restored: what ended lets nobody in. A row for every sort."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from app.accounts import keys, owners, recovery, sessions
from app.accounts import store as accounts
from app.accounts.commands import end_seat, give_place, make_account, stop_card
from app.accounts.models import CARD, AccountRow, Card, PasskeyRow, RecoveryRow
from app.accounts.nouns import AccountBody, CardState, PasskeyBody
from app.children.models import TRUSTED, TrustedRow
from app.children.nouns import TrustedState
from app.children.store import as_child
from app.config import Config
from app.db import db, now
from app.endings import ENDINGS, noted
from app.erase import erase_plan
from app.goals.models import GoalRow
from app.guests import ledger
from app.keystore import Ended, has_key, look_up_hash
from app.leaving import commands as leaving
from app.leaving import store as leaves
from app.leaving.commands import Here
from app.leaving.nouns import How, Take
from app.media.models import MediumRow
from app.plan import commands as plans
from app.plan import helpers
from app.plan import store as plan_store
from app.plan.models import ClosingRow, InviteRow, LayerLinkRow, MemberRow, PlanRow
from app.plan.nouns import ClosingState, InviteState, MemberState
from app.policy.actor import system
from app.safekeeping.restore import Restored, restore
from app.scope import load_one
from app.sharing import commands as sharing
from app.sharing import store as shares
from app.sharing.seats import share_of_token
from app.trusted import commands as trusted
from tests.cast import Cast
from tests.safekeeping import families
from tests.safekeeping.help import backed_up, elsewhere, running

pytestmark = pytest.mark.both_databases


@dataclass
class World:
    """The cast, and what a row of the table needs beside it."""

    cast: Cast
    app: Flask
    account: UUID
    passkey: UUID
    recovery: UUID
    start_card: UUID
    jef: FlaskClient
    cookie: str


@pytest.fixture
def world(cast: Cast, app: Flask) -> World:
    jef = cast.client_of("jef")
    assert jef.get(f"/p/{cast.plan}/").status_code == 200
    cookie = jef.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    passkey, asked = uuid4(), uuid4()
    with app.app_context():
        account, other = make_account(AccountBody(name="Nele", login="nele")), make_account(AccountBody(name="Tom"))
        give_place(account, cast.plan, "member", cast.id("member nele"))
        body = keys._sealed(other, passkey, PasskeyBody(credential=b"credential"))
        row = {"account_id": other, "credential_hash": look_up_hash("a", "b"), "sign_count": 0, "sealed": body}
        db.session.execute(insert(PasskeyRow).values(id=passkey, created_at=now(), **row))
        recovery._keep(asked, other, look_up_hash("c", "d"), now())
        db.session.commit()
        card = ledger.make_card(other)
    return World(cast, app, account, passkey, asked, card, jef, cookie.value)


def value(column: Any, row: UUID) -> Any:
    return db.session.execute(select(column).where(column.class_.id == row)).scalar_one_or_none()


def end_share(world: World) -> None:
    view = shares.share(world.cast.sara, world.cast.id("share oma"))
    assert view is not None
    sharing.stop(world.cast.sara, view)


def end_card(world: World) -> None:
    card = load_one(world.cast.sara, CARD, world.cast.id("card sara"))
    assert card is not None
    stop_card(world.cast.sara, card)


def end_invite(world: World) -> None:
    invite = plan_store.invite(world.cast.sara, world.cast.id("invite"))
    assert invite is not None
    plans.stop_invite(world.cast.sara, invite)


def end_member(world: World) -> None:
    nele = world.cast.thing("member nele", "sara")
    helpers.stop(world.cast.sara, nele)


def end_a_seat(world: World) -> None:
    (device,) = accounts.devices(world.cast.jef)
    end_seat(device.id)


def jef_opens(world: World, app: Flask) -> bool:
    client = app.test_client()
    client.set_cookie(app.config["SESSION_COOKIE_NAME"], world.cookie)
    return client.get(f"/p/{world.cast.plan}/").status_code == 200


def nele_sits(world: World) -> bool:
    return plan_store.member_actor(world.cast.plan, world.cast.id("member nele")) is not None


def end_trusted(world: World) -> None:
    child = as_child(world.cast.kaat)
    assert child is not None
    wim = load_one(child, TRUSTED, world.cast.id("trusted wim"))
    assert wim is not None
    trusted.stop(child, wim)


def leave_other_home(world: World) -> None:
    world.app.config["WTF_CSRF_ENABLED"] = False
    left = world.cast.client_of("kaat").post(f"/p/{world.cast.plan}/mij/doos/alleen-hier")
    assert left.status_code == 303


def lives_elsewhere(world: World) -> bool:
    here = LayerLinkRow.layer_id == world.cast.layers["kaat"], LayerLinkRow.plan_id == world.cast.elsewhere
    return db.session.scalar(select(LayerLinkRow.id).where(*here)) is not None


# Of every sort: how it ends, and whether it still lets somebody in.
TABLE: dict[Ended, tuple[Callable[[World], object], Callable[[World, Flask], bool]]] = {
    Ended.SHARE: (end_share, lambda world, _app: share_of_token(world.cast.tokens["oma"]) is not None),
    Ended.CARD: (end_card, lambda world, _app: value(Card.state, world.cast.id("card sara")) == CardState.ACTIVE),
    Ended.SEAT: (end_a_seat, jef_opens),
    Ended.MEMBER: (end_member, lambda world, _app: nele_sits(world)),
    Ended.INVITE: (
        end_invite,
        lambda world, _app: value(InviteRow.state, world.cast.id("invite")) != InviteState.STOPPED,
    ),
    Ended.LINK: (leave_other_home, lambda world, _app: lives_elsewhere(world)),
    Ended.PLAN: (
        lambda world: erase_plan(system("a test"), world.cast.elsewhere),
        lambda world, _app: value(PlanRow.id, world.cast.elsewhere) is not None or has_key(world.cast.elsewhere),
    ),
    Ended.TRUSTED: (
        end_trusted,
        lambda world, _app: value(TrustedRow.state, world.cast.id("trusted wim")) == TrustedState.ACTIVE,
    ),
    Ended.ACCOUNT: (
        lambda world: owners.end_account(world.account),
        lambda world, _app: value(AccountRow.ended_at, world.account) is None or has_key(world.account),
    ),
    Ended.PASSKEY: (
        lambda world: keys.end_passkey(world.passkey),
        lambda world, _app: value(PasskeyRow.ended_at, world.passkey) is None,
    ),
    Ended.RECOVERY: (
        lambda world: recovery.end(world.recovery),
        lambda world, _app: value(RecoveryRow.stopped_at, world.recovery) is None,
    ),
    Ended.START_CARD: (
        lambda world: ledger.stop_card(world.start_card),
        lambda world, _app: ledger.card_of(ledger.token_of_card(world.start_card)) is not None,
    ),
}


def restored(config: Config, environment: dict[str, str], place: Path, then: Any) -> Restored:
    """Restore elsewhere with the same keys, and look there."""
    there = elsewhere(config, environment)
    found = restore(there, place, None, None)
    with running(there) as app, app.app_context():
        then(app)
    return found


def test_what_ended_after_the_backup_lets_nobody_in_when_it_is_restored(
    world: World, config: Config, new_environment: Any, tmp_path: Path
) -> None:
    place = tmp_path / "backups"
    with world.app.app_context():
        photo = families.photo(world.app, world.cast.elsewhere, sync=True)
        db.session.execute(insert(MediumRow).values(**photo))
        db.session.commit()
    backed_up(world.app, place)
    for sort, (end, lets_in) in TABLE.items():
        with world.app.app_context():
            assert lets_in(world, world.app), sort
            end(world)
        with world.app.app_context():
            assert sort in {noted for noted, _subject in noted()}
            assert not lets_in(world, world.app), sort

    def look(app: Flask) -> None:
        assert [sort for sort, (_end, lets_in) in TABLE.items() if lets_in(world, app)] == []
        # The files of a plan that was deleted are gone too; those of others are there.
        files = {name for name, _sealed in families.files_of(app.extensions["onsplan.config"].data)}
        assert not files & {photo["small"], photo["large"]}
        assert files >= set(db.session.scalars(select(MediumRow.small)))

    assert restored(config, new_environment(migrated=False), place, look).ended >= len(TABLE)


def test_what_did_not_end_lets_in_as_before(world: World, config: Config, new_environment: Any, tmp_path: Path) -> None:
    place = tmp_path / "backups"
    backed_up(world.app, place)

    def look(app: Flask) -> None:
        assert [sort for sort, (_end, lets_in) in TABLE.items() if not lets_in(world, app)] == []

    restored(config, new_environment(migrated=False), place, look)


def test_every_sort_of_ending_has_a_room_that_repeats_it(app: Flask) -> None:
    assert app.extensions
    assert set(TABLE) == set(Ended) == set(ENDINGS)


def test_what_a_child_keeps_stays_out_of_the_home_it_left(
    world: World, config: Config, new_environment: Any, tmp_path: Path
) -> None:
    backed_up(world.app, tmp_path / "backups")
    with world.app.app_context():
        leave_other_home(world)

    def look(_app: Flask) -> None:
        assert not lives_elsewhere(world)
        assert value(PlanRow.id, world.cast.elsewhere) == world.cast.elsewhere

    restored(config, new_environment(migrated=False), tmp_path / "backups", look)


def test_a_parent_who_left_is_none_and_what_only_they_kept_is_erased_again(
    world: World, config: Config, new_environment: Any, tmp_path: Path
) -> None:
    cast, kept, shared = world.cast, world.cast.id("goal of jef"), world.cast.id("goal closed")
    place, member = tmp_path / "backups", world.cast.id("member jef")
    backed_up(world.app, place)
    with world.app.test_request_context():
        view = leaves.leave(cast.jef)
        assert view is not None
        visitor = sessions.still_here(_token(world))
        assert visitor is not None
        leaving.leave(cast.jef, view, Take.NOTHING, Here(visitor, "gsm"), None)
        assert value(GoalRow.id, kept) is None

    def look(app: Flask) -> None:
        assert value(MemberRow.state, member) == MemberState.LEFT
        assert value(GoalRow.id, kept) is None
        assert value(GoalRow.id, shared) == shared
        assert not jef_opens(world, app)

    restored(config, new_environment(migrated=False), place, look)


def _token(world: World) -> str:
    with world.jef.session_transaction() as kept:
        return str(kept["_user_id"])


def test_a_plan_that_somebody_asked_to_delete_waits_thirty_days_anew(
    world: World, config: Config, new_environment: Any, tmp_path: Path
) -> None:
    """A parent may have stopped it since; with its old day it would go in the first hour after a restore."""
    import time_machine

    place, plan = tmp_path / "backups", world.cast.plan
    with world.app.test_request_context():
        view = leaves.parents(world.cast.sara)
        assert view is not None
        leaving.ask(world.cast.sara, view, How.IN_30_DAYS, None)
    backed_up(world.app, place)

    def look(_app: Flask) -> None:
        leaving.end_all_over()
        (closing,) = db.session.execute(select(ClosingRow.state, ClosingRow.due_at)).all()
        assert closing.state == ClosingState.RUNNING
        assert closing.due_at > now() + timedelta(days=29)
        assert value(PlanRow.id, plan) == plan

    with time_machine.travel(now() + timedelta(days=40), tick=True):
        restored(config, new_environment(migrated=False), place, look)
