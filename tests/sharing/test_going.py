"""When a person goes into the bin their links of wij end, and do not come back with the person; what one parent hosts
alone is that parent's: nothing the other does to the person stops it, or tells that it is there.
"""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.sharing.pages import Shared, opened, person, root, share, tokens_off

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]


def take_away(cast: Cast, whom: UUID, by: str = "jef") -> None:
    assert cast.client_of(by).post(f"{root(cast)}/mensen/{whom}/weg").status_code == 303


def put_back(cast: Cast, whom: UUID, key: str = "") -> None:
    sent = {"form_key": key or uuid4().hex}
    assert cast.client_of("jef").post(f"{root(cast)}/weggehaald/{whom}/terug", data=sent).status_code == 303


def undo_last(cast: Cast) -> None:
    jef = cast.client_of("jef")
    first = re.search(rf'action="({root(cast)}/veranderd/[^"]+/toch-niet)"', jef.get(f"{root(cast)}/veranderd").text)
    assert first
    assert jef.post(first[1], data={"form_key": uuid4().hex}).status_code == 303


def opens(cast: Cast, made: Shared) -> bool:
    return cast.client_of("nobody").post(made.link).status_code == 303


back_by = pytest.mark.parametrize("by_undo", [False, True], ids=["from the bin", "toch niet"])


@back_by
def test_a_person_who_comes_back_finds_the_link_of_wij_closed(cast: Cast, by_undo: bool) -> None:
    whom = person(cast, "Opa Wim")
    made = share(cast, whom, "goals")
    opa, address = opened(cast, made.link)
    take_away(cast, whom)
    assert opa.get(address).status_code == 404
    undo_last(cast) if by_undo else put_back(cast, whom)
    assert cast.client_of("jef").get(f"{root(cast)}/mensen/{whom}").status_code == 200
    assert opa.get(address).status_code == 404
    assert not opens(cast, made)
    assert "Stop met delen" not in cast.client_of("sara").get(made.show).text


def kept_for(cast: Cast, app: Flask, whom: UUID) -> str:
    """Something that Sara keeps, and shows to one person only."""
    from app.goals import commands as goals
    from app.goals import store as goal_store
    from app.goals.commands import GoalInput
    from app.policy.audience import Audience, Who
    from app.sharing import choosing

    with app.app_context():
        made = goals.add(cast.sara, goal_store.goals(cast.sara), GoalInput("Een Geoorde fuut horen"), None).id
        view = goal_store.goal(cast.sara, made)
        assert view is not None
        choosing.choose_audience(cast.sara, view.thing, Audience(Who.ME_AND, people=(whom,)), None, None)
    return "Geoorde fuut"


@back_by
def test_what_one_parent_hosts_alone_goes_on_whatever_the_other_does_to_the_person(
    cast: Cast, app: Flask, by_undo: bool
) -> None:
    whom = person(cast, "Opa Wim")
    made, word = share(cast, whom, "goals", alone="1"), kept_for(cast, app, whom)
    opa, address = opened(cast, made.link)
    take_away(cast, whom)
    page = opa.get(address)
    assert "Dag Opa Wim" in page.text
    assert word in page.text
    undo_last(cast) if by_undo else put_back(cast, whom)
    assert word in opa.get(address).text
    assert opens(cast, made)
    assert "Stop met delen" in cast.client_of("sara").get(made.show).text


def test_it_goes_on_when_the_person_is_erased_after_30_days(cast: Cast, app: Flask) -> None:
    from app.db import db, now
    from app.erase import erase_bin
    from app.people.models import PersonRow
    from app.policy.actor import system

    whom = person(cast, "Opa Wim")
    made, word = share(cast, whom, "goals", alone="1"), kept_for(cast, app, whom)
    opa, address = opened(cast, made.link)
    take_away(cast, whom)
    with app.app_context():
        erase_bin(system("a test"), now() + timedelta(days=1))
        assert db.session.get(PersonRow, whom) is None
    page = opa.get(address).text
    assert "Dag Opa Wim" in page
    assert word in page
    sara = cast.client_of("sara")
    assert "Opa Wim" in sara.get(f"{root(cast)}/wie-ziet-wat").text
    assert "Opa Wim" in sara.get(f"{root(cast)}/binnen").text
    renewed = sara.post(f"{made.show}/link", data={"form_key": uuid4().hex})
    assert renewed.status_code == 303
    assert opa.get(address).status_code == 404
    assert sara.post(f"{made.show}/stop", data={"form_key": uuid4().hex}).status_code == 303


def test_of_a_share_of_wij_nothing_is_left_then(cast: Cast, app: Flask) -> None:
    from sqlalchemy import select

    from app.db import db, now
    from app.erase import erase_bin
    from app.policy.actor import system
    from app.sharing.models import ShareRow

    whom = person(cast, "Opa Wim")
    made = share(cast, whom, "goals")
    take_away(cast, whom)
    with app.app_context():
        erase_bin(system("a test"), now() + timedelta(days=1))
        assert db.session.scalars(select(ShareRow.id).where(ShareRow.id == made.id)).first() is None
        assert not db.session.scalars(select(ShareRow.id).where(ShareRow.person_id.is_(None))).all()


def test_who_was_taken_away_reads_nothing_of_wij_through_it(cast: Cast, app: Flask) -> None:
    """Stopping wins: what Jef took Opa out of is not shown to him by another way."""
    from app.goals import commands as goals
    from app.goals import store as goal_store
    from app.goals.commands import GoalInput
    from app.policy.audience import Audience, Who
    from app.sharing import choosing

    whom = person(cast, "Opa Wim")
    made, word = share(cast, whom, "goals", alone="1"), kept_for(cast, app, whom)
    with app.app_context():
        goal = goals.add(cast.jef, goal_store.goals(cast.jef), GoalInput("Een Steenuil zien"), None).id
        view = goal_store.goal(cast.jef, goal)
        assert view is not None
        choosing.choose_audience(cast.jef, view.thing, Audience(Who.WE_AND, people=(whom,)), None, None)
    opa, address = opened(cast, made.link)
    assert "Steenuil" in opa.get(address).text
    take_away(cast, whom)
    assert "Steenuil" not in opa.get(address).text
    assert word in opa.get(address).text


def pages_of_jef(jef: FlaskClient, cast: Cast, whom: UUID) -> str:
    """All that Jef reads while he takes somebody away and puts them back, without what is another at each request."""
    paths = ("mensen", f"mensen/{whom}", "wie-ziet-wat", "binnen", "veranderd", "weggehaald", "wie-keek", "")
    read = [jef.get(f"{root(cast)}/{path}").text for path in paths]
    text = re.sub(r'(name="(?:csrf_token|form_key)" value=")[^"]*', r"\1", "".join(read))
    return re.sub(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", "", text)


@pytest.mark.parametrize("state", ["with us", "in the bin", "back again"])
def test_the_other_parent_reads_the_same_whether_it_is_there_or_not(cast: Cast, app: Flask, state: str) -> None:
    """Byte for byte."""
    whom = person(cast, "Opa Wim")
    made = share(cast, whom, "goals", alone="1")
    opened(cast, made.link)
    kept_for(cast, app, whom)
    if state != "with us":
        take_away(cast, whom)
    if state == "back again":
        put_back(cast, whom)
    jef = cast.client_of("jef")
    there = pages_of_jef(jef, cast, whom)
    stopped = cast.client_of("sara").post(f"{made.show}/stop", data={"form_key": uuid4().hex})
    assert stopped.status_code == 303
    assert pages_of_jef(jef, cast, whom) == there
    assert "Geoorde fuut" not in there


def test_who_hosts_it_alone_ends_it_by_taking_the_person_away(cast: Cast) -> None:
    whom = person(cast, "Opa Wim")
    made = share(cast, whom, "goals", alone="1")
    opa, address = opened(cast, made.link)
    take_away(cast, whom, by="sara")
    assert opa.get(address).status_code == 404
    put_back(cast, whom)
    assert not opens(cast, made)


def test_the_family_shares_anew_and_the_same_button_again_does_not_close_that(cast: Cast) -> None:
    whom = person(cast, "Opa Wim")
    share(cast, whom, "goals")
    take_away(cast, whom)
    put_back(cast, whom, key="once")
    anew = share(cast, whom, "goals")
    put_back(cast, whom, key="once")
    assert opens(cast, anew)


def test_links_of_others_stay(cast: Cast) -> None:
    whom, other = person(cast, "Opa Wim"), share(cast, person(cast, "Tante Els"), "goals")
    share(cast, whom, "goals")
    take_away(cast, whom)
    put_back(cast, whom)
    assert opens(cast, other)


def test_the_ending_is_told_without_saying_who_hosts_it(cast: Cast) -> None:
    """Jef reads nothing of what Sara shares alone, not even that it stopped."""
    whom = person(cast, "Opa Wim")
    share(cast, whom, "goals", alone="1")
    history = f"{root(cast)}/veranderd"
    before = cast.client_of("jef").get(history).text.count("stopte met delen")
    take_away(cast, whom)
    assert cast.client_of("jef").get(history).text.count("stopte met delen") == before
