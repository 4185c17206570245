"""Deleting a plan: all parents, or 30 days that any parent can stop; and afterwards nothing of it is left anywhere."""

import re
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update

from app import memory
from app.db import Base, db, now
from app.host.commands import tidy
from app.keystore import NoKey, WrappedKey, key_of
from app.leaving.commands import end_all_over
from app.plan import store as plans
from app.plan.models import ClosingRow
from app.rooms import SEATS
from app.scope import load
from tests.armour.test_pages import counted
from tests.cast import Cast
from tests.sharing.pages import root, tokens_off

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]

ASKED = "Sara vraagt om ons plan weg te doen."


def ask(cast: Cast, who: str = "sara", plan: UUID | None = None, **sent: str) -> Any:
    address = f"/p/{plan or cast.plan}/wegdoen"
    return cast.client_of(who).post(address, data={"form_key": uuid4().hex, **sent})


def yes(cast: Cast, by: str, **sent: str) -> Any:
    return cast.client_of(by).post(f"{root(cast)}/wegdoen/ja", data={"form_key": uuid4().hex, **sent})


def stop(cast: Cast, who: str) -> Any:
    return cast.client_of(who).post(f"{root(cast)}/wegdoen/stop", data={"form_key": uuid4().hex})


def home(cast: Cast, who: str) -> str:
    return cast.client_of(who).get(f"{root(cast)}/").get_data(as_text=True)


def is_there(cast: Cast) -> bool:
    return cast.client_of("jef").get(f"{root(cast)}/").status_code == 200


def days_later(app: Flask, days: float) -> None:
    """The calendar moves on: what was asked was asked so much earlier."""
    with app.app_context():
        rows = db.session.execute(select(ClosingRow.id, ClosingRow.due_at)).all()
        for row in rows:
            moved = row.due_at - timedelta(days=days)
            db.session.execute(update(ClosingRow).where(ClosingRow.id == row.id).values(due_at=moved))
        db.session.commit()


def rows_left(app: Flask, plan: UUID) -> dict[str, int]:
    """Every table that still holds something of a plan, by the plan's id or that of anything in it."""
    found = {}
    with app.app_context():
        for table in Base.metadata.sorted_tables:
            column = table.c.get("plan_id", table.c.id if table.name == "plan" else None)
            if column is not None:
                found[table.name] = len(db.session.execute(select(table).where(column == plan)).all())
    return {name: number for name, number in found.items() if number}


# ---- asking and stopping ---------------------------------------------------------------------------------------------


TOLD = "Een ouder vraagt om ons plan weg te doen."


def test_it_is_the_first_thing_on_every_page_of_a_parent_and_on_nobody_elses(cast: Cast) -> None:
    assert cast.app is not None
    paths = ["doelen", "afspraken", "mensen", "meer", "wie-ziet-wat", "binnen", "papier", "veranderd", "nieuw"]
    jef, before = cast.client_of("jef"), []
    for path in paths:
        with counted(cast.app) as statements:
            assert TOLD not in jef.get(f"{root(cast)}/{path}").text
        before.append(len(statements))
    ask(cast)
    for path, asked in zip(paths, before, strict=True):
        with counted(cast.app) as statements:
            page = jef.get(f"{root(cast)}/{path}").text
        main = page[page.index("<main") :]
        assert 0 < main.index(TOLD) < main.index("<h1"), path
        assert len(statements) == asked, path
    # There it stands in full, with the way to stop it.
    assert TOLD not in home(cast, "jef")
    assert ASKED in home(cast, "jef")
    for who, path in (("nele", "doelen"), ("lisa", "doelen"), ("oma", f"voor/{cast.id('share oma')}")):
        assert TOLD not in cast.client_of(who).get(f"{root(cast)}/{path}").text
    stop(cast, "jef")
    assert TOLD not in jef.get(f"{root(cast)}/doelen").text


def test_every_parent_reads_who_asks_and_when(cast: Cast) -> None:
    assert ask(cast).status_code == 303
    day = re.search(r"Dat gebeurt op (\d+ \w+)\.", home(cast, "jef"))
    assert day
    assert ASKED in home(cast, "jef")
    assert f"Jij vraagt om ons plan weg te doen. Dat gebeurt op {day[1]}." in home(cast, "sara")
    assert "weg te doen" not in home(cast, "nele")
    assert is_there(cast)


@pytest.mark.parametrize("who", ["jef", "sara"])
def test_any_parent_stops_it_with_one_tap(cast: Cast, who: str, app: Flask) -> None:
    ask(cast)
    button = re.search(rf'action="({root(cast)}/wegdoen/stop)"', home(cast, who))
    assert button
    assert stop(cast, who).status_code == 303
    assert ASKED not in home(cast, "jef")
    days_later(app, 40)
    with app.app_context():
        tidy()
    assert is_there(cast)


@pytest.mark.parametrize("days", [0, 1, 29.9])
def test_it_can_be_stopped_until_the_very_day(cast: Cast, app: Flask, days: float) -> None:
    ask(cast)
    days_later(app, days)
    with app.app_context():
        tidy()
    assert stop(cast, "jef").status_code == 303
    days_later(app, 40)
    assert is_there(cast)


def test_stopping_twice_or_when_nobody_asks_is_fine(cast: Cast) -> None:
    assert stop(cast, "jef").status_code == 303
    ask(cast)
    assert stop(cast, "jef").status_code == 303
    assert stop(cast, "jef").status_code == 303
    assert is_there(cast)


@pytest.mark.parametrize("who", ["nele", "oma", "els", "lies", "nobody"])
def test_nobody_but_a_parent_asks_agrees_or_stops(cast: Cast, who: str) -> None:
    assert ask(cast, who).status_code in {401, 404}
    ask(cast)
    assert yes(cast, who, at_once="1").status_code in {401, 404}
    assert stop(cast, who).status_code in {401, 404}
    assert ASKED in home(cast, "jef")


@pytest.mark.parametrize("sent", [{"how": "now"}, {"how": "now", "at_once": "1"}, {"how": "now", "agreed": "jef"}])
def test_one_of_two_parents_cannot_do_it_now(cast: Cast, sent: dict[str, str]) -> None:
    ask(cast, **sent)
    yes(cast, "sara", at_once="1")
    yes(cast, "sara", at_once="1", agreed=str(cast.people["jef"]), who=str(cast.people["jef"]))
    assert is_there(cast)


def test_the_notice_is_never_taken_back_to_an_earlier_day(cast: Cast, app: Flask) -> None:
    """Stopped, it starts anew with 30 days; neither "Toch niet" nor asking again brings the old day back."""
    ask(cast)
    days_later(app, 29)
    stop(cast, "jef")
    page = cast.client_of("sara").get(f"{root(cast)}/veranderd").text
    top = page[: page.index("Kramsvogel") if "Kramsvogel" in page else len(page)]
    for address in re.findall(r'action="([^"]+/toch-niet)"', top)[:2]:
        cast.client_of("sara").post(address, data={"form_key": uuid4().hex})
    assert ASKED not in home(cast, "jef")
    ask(cast)
    with app.app_context():
        closing = plans.closing(cast.jef)
        assert closing is not None
        assert closing.due_at is not None
        assert closing.due_at - now() > timedelta(days=29, hours=23)


def test_asking_twice_is_once(cast: Cast, app: Flask) -> None:
    ask(cast)
    days_later(app, 10)
    assert ask(cast).status_code == 422
    assert ask(cast, "jef").status_code == 422
    with app.app_context():
        rows = db.session.scalars(select(ClosingRow.due_at).where(ClosingRow.state == "running")).all()
        assert len(rows) == 1
        assert rows[0] - now() < timedelta(days=20, hours=1)


# ---- all parents say yes ---------------------------------------------------------------------------------------------


def test_the_last_yes_is_told_beforehand_and_does_it_at_once(cast: Cast, app: Flask) -> None:
    ask(cast)
    page = cast.client_of("jef").get(f"{root(cast)}/wegdoen").text
    assert "Zeg jij ook ja? Dan is alles nu meteen weg." in page
    assert "Zeg jij ook ja?" not in cast.client_of("sara").get(f"{root(cast)}/wegdoen").text
    answer = yes(cast, "jef", at_once="1")
    assert answer.location == "/"
    assert rows_left(app, cast.plan) == {}


def test_a_yes_that_was_not_told_to_be_the_last_does_not_do_it(cast: Cast) -> None:
    ask(cast)
    yes(cast, "jef")
    assert is_there(cast)
    assert "Ja, doe ons plan nu weg" in cast.client_of("sara").get(f"{root(cast)}/wegdoen").text


def test_a_yes_to_nothing_does_nothing(cast: Cast) -> None:
    yes(cast, "jef", at_once="1")
    yes(cast, "sara", at_once="1")
    assert is_there(cast)


def test_with_three_parents_two_are_not_enough(cast: Cast, app: Flask) -> None:
    from app.plan.commands import agree, join, let_in

    with app.app_context():
        invited = let_in(cast.sara, cast.people["ended"], "third")
        invite = plans.invite(cast.jef, invited.id)
        assert invite is not None
        agree(cast.jef, invite)
        again = plans.invite(cast.sara, invited.id)
        assert again is not None
        from app.plan.commands import new_link

        join(new_link(cast.sara, again, None).token, None)
    ask(cast)
    page = cast.client_of("jef").get(f"{root(cast)}/wegdoen").text
    assert "Ja, ik wil dit ook" in page
    assert "nu meteen weg" not in page
    yes(cast, "jef", at_once="1")
    assert is_there(cast)


def test_a_parent_who_comes_in_meanwhile_must_say_yes_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked again while the row of the plan is held: what was read before does not count."""
    from app.leaving import commands

    ask(cast)
    both = plans.parents
    seen: list[int] = []

    def late(members: Any) -> frozenset[UUID]:
        seen.append(1)
        found = both(members)
        return found if len(seen) == 1 else found | {uuid4()}

    monkeypatch.setattr(commands.plans, "parents", late)
    yes(cast, "jef", at_once="1")
    monkeypatch.undo()
    assert len(seen) > 1
    assert is_there(cast)


# ---- one parent ------------------------------------------------------------------------------------------------------


def test_a_plan_with_one_parent_asks_when(cast: Cast) -> None:
    lies = cast.client_of("lies")
    page = lies.get(f"/p/{cast.elsewhere}/wegdoen").text
    assert "Nu meteen" in page
    assert "Niemand haalt het nog terug." in page
    assert ask(cast, "lies", cast.elsewhere).status_code == 422
    assert lies.get(f"/p/{cast.elsewhere}/").status_code == 200


def test_the_only_parent_does_it_now(cast: Cast, app: Flask) -> None:
    lies = cast.client_of("lies")
    answer = lies.post(f"/p/{cast.elsewhere}/wegdoen", data={"how": "now", "form_key": uuid4().hex})
    assert answer.location == "/"
    assert rows_left(app, cast.elsewhere) == {}
    assert lies.get(f"/p/{cast.elsewhere}/").status_code == 404
    assert is_there(cast)


def test_the_only_parent_gets_30_days_too_and_can_still_do_it_now(cast: Cast, app: Flask) -> None:
    lies = cast.client_of("lies")
    lies.post(f"/p/{cast.elsewhere}/wegdoen", data={"how": "in_30_days", "form_key": uuid4().hex})
    assert "Jij vraagt om ons plan weg te doen." in lies.get(f"/p/{cast.elsewhere}/").text
    lies.post(f"/p/{cast.elsewhere}/wegdoen/ja", data={"at_once": "1"})
    assert rows_left(app, cast.elsewhere) == {}


# ---- the day -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["sara", "jef", "nele", "oma", "els"])
def test_from_that_day_on_nobody_comes_in(cast: Cast, app: Flask, who: str) -> None:
    browser = cast.client_of(who)
    ask(cast)
    days_later(app, 30.01)
    own = f"/voor/{cast.actors[who].seat}" if who in {"oma", "els"} else "/"
    answer = browser.get(f"{root(cast)}{own}")
    assert answer.status_code == 404
    assert "Goudplevier" not in answer.text


def test_every_sort_of_seat_ends_with_the_plan(cast: Cast, app: Flask) -> None:
    """Also one that a later room brings."""
    ask(cast)
    days_later(app, 30.01)
    with app.app_context():
        for kind in SEATS:
            for name, actor in cast.actors.items():
                if actor.plan == cast.plan and actor.seat is not None:
                    assert SEATS[kind](cast.plan, actor.seat) is None, f"{name} still sits in a {kind}'s seat"


def test_the_first_request_after_it_erases_the_plan(cast: Cast, app: Flask) -> None:
    jef = cast.client_of("jef")
    ask(cast)
    days_later(app, 30.01)
    assert rows_left(app, cast.plan)
    assert jef.get(f"{root(cast)}/").status_code == 404
    assert rows_left(app, cast.plan) == {}


def test_the_hourly_tidying_erases_it_when_nobody_asks(cast: Cast, app: Flask) -> None:
    ask(cast)
    days_later(app, 30.01)
    with app.app_context():
        tidy()
    assert rows_left(app, cast.plan) == {}
    assert cast.client_of("lies").get(f"/p/{cast.elsewhere}/").status_code == 200


def test_an_invitation_opens_nothing_from_that_day_on(cast: Cast, app: Flask) -> None:
    from app.change import Refused
    from app.plan.commands import agree, join, new_link

    with app.app_context():
        invite = plans.invite(cast.jef, cast.id("invite"))
        assert invite is not None
        agree(cast.jef, invite)
        again = plans.invite(cast.sara, invite.id)
        assert again is not None
        token = new_link(cast.sara, again, None).token
    ask(cast)
    days_later(app, 30.01)
    with app.app_context(), pytest.raises(Refused):
        join(token, None)


# ---- nothing is left -------------------------------------------------------------------------------------------------


def erase(cast: Cast) -> None:
    """Each in a browser; some paper lies ready, some is rung for."""
    for who in ("sara", "jef"):
        cast.client_of(who).post(f"{root(cast)}/papier", data={"sort": "poster", "form_key": uuid4().hex})
    ask(cast)
    assert yes(cast, "jef", at_once="1").status_code == 303


def _wrapped(plan: UUID) -> list[bytes]:
    with db.get_engine("keys").connect() as keys:
        return list(keys.scalars(select(WrappedKey.wrapped).where(WrappedKey.root_id == plan)))


def test_no_bell_of_it_is_left_in_the_queue(cast: Cast, app: Flask) -> None:
    from app.jobs import queue_of

    cast.client_of("sara").post(f"{root(cast)}/papier", data={"sort": "poster", "form_key": uuid4().hex})
    lies = cast.client_of("lies")
    lies.post(f"/p/{cast.elsewhere}/papier", data={"sort": "poster", "form_key": uuid4().hex})
    before = len(queue_of(app))
    assert before >= 2
    ask(cast)
    yes(cast, "jef", at_once="1")
    assert len(queue_of(app)) == before - 1


def test_what_another_worker_keeps_in_memory_is_not_served(cast: Cast, app: Flask) -> None:
    """It opened the plan a moment ago; the key is asked for at every request, so it finds nothing and forgets."""
    jef = cast.client_of("jef")
    assert "Kramsvogel" in jef.get(f"{root(cast)}/doelen").text
    kept = dict(memory._opened)
    assert [key for key in kept if key.root == cast.plan]
    ask(cast)
    yes(cast, "jef", at_once="1")
    memory._opened.update(kept)
    assert jef.get(f"{root(cast)}/doelen").status_code == 404
    with app.app_context():
        from app.goals.models import GOAL

        with suppress(NoKey):
            assert load(cast.jef, GOAL).all(GOAL) == []
        with pytest.raises(NoKey):
            key_of(cast.plan)
    assert not [key for key in memory._opened if key.root == cast.plan]


def test_stopped_halfway_it_is_noise_and_the_next_hour_goes_on(
    cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key goes first: whatever stops the rest, nobody reads a word of it again."""
    ask(cast)
    days_later(app, 30.01)

    class PowerCut(BaseException):
        pass

    with monkeypatch.context() as patch:
        patch.setattr("app.erase.delete", _dies(PowerCut))
        with app.app_context(), pytest.raises(PowerCut):
            end_all_over()
    assert rows_left(app, cast.plan)
    with app.app_context():
        assert _wrapped(cast.plan) == []
        tidy()
    assert rows_left(app, cast.plan) == {}


def _dies(error: type[BaseException]) -> Any:
    def dies(*_given: object) -> None:
        raise error

    return dies


def test_it_is_noted_so_that_a_restored_backup_is_not_served(cast: Cast, app: Flask) -> None:
    from app.keystore import Ending

    erase(cast)
    with app.app_context(), db.get_engine("keys").connect() as keys:
        noted = keys.execute(select(Ending.kind, Ending.at).where(Ending.subject_id == cast.plan)).one()
    assert noted.kind == "plan"
    assert isinstance(noted.at, datetime)
