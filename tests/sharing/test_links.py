"""A link: the neutral page, opening it, what its holder sees and says, stopping it, and who looked."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.cast import EVERYBODY, Cast
from tests.sharing.pages import Shared, main, opened, person, root, share, tokens_off
from tests.support.pages import said

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]

DEAD = "Deze link werkt niet meer. Vraag een nieuwe aan wie deze link gaf."
FAREWELL = "Je bent hier niet meer te gast."
NEUTRAL = "Iemand deelde iets met jou. Wie dit deelt, ziet op welke dag jij keek."


def rows(cast: Cast) -> dict[str, int]:
    """How many rows every table holds."""
    from app.db import Base, db

    assert cast.app is not None
    with cast.app.app_context():
        return {
            name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


def tokens(cast: Cast) -> dict[str, str]:
    return {**cast.tokens, "wrong": "A" * 43, "short": "x", "odd": "é%20"}


def without_its_token(page: str) -> str:
    """The neutral page with what differs by address and by browser left out."""
    page = re.sub(r'name="(csrf_token|form_key)" value="[^"]*"', "", page)
    return re.sub(r'action="/d/[^"]*"', "", page)


def test_the_neutral_page_is_the_same_for_every_token(cast: Cast) -> None:
    """What preview robots and scanners make of it: tests/armour/test_sent.py."""
    assert cast.app is not None
    pages = {without_its_token(cast.app.test_client().get(f"/d/{token}").text) for token in tokens(cast).values()}
    assert len(pages) == 1
    assert NEUTRAL in said(pages.pop())


def test_the_neutral_page_names_nobody_and_sends_nothing_along(cast: Cast) -> None:
    assert cast.app is not None
    answer = cast.app.test_client().get(f"/d/{cast.tokens['oma']}")
    for piece in cast.pieces.values():
        assert not piece.canary or piece.canary not in answer.text
    assert str(cast.plan) not in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_wrong_stopped_and_expired_look_the_same_when_opened(cast: Cast) -> None:
    assert cast.app is not None
    dead = {name: token for name, token in tokens(cast).items() if name not in {"oma", "els"}}
    answers = [cast.app.test_client().post(f"/d/{token}") for token in dead.values()]
    assert {answer.status_code for answer in answers} == {404}
    assert len({main(answer.text) for answer in answers}) == 1
    assert DEAD in said(answers[0].text)


def test_opening_leads_to_what_was_shared_on_this_device_only(cast: Cast) -> None:
    assert cast.app is not None
    browser, address = opened(cast, f"/d/{cast.tokens['oma']}")
    assert address == f"{root(cast)}/voor/{cast.id('share oma')}"
    assert "Dag Oma Rosa" in browser.get(address).text
    assert cast.app.test_client().get(address).status_code == 404


@pytest.mark.parametrize("who", ["oma", "els"])
def test_a_link_shows_what_was_meant_for_its_person_and_no_more(cast: Cast, who: str) -> None:
    page = cast.client_of(who).get(f"{root(cast)}/voor/{cast.id(f'share {who}')}").text
    for name, canary in cast.canaries_not_for(who).items():
        if not name.startswith("person"):
            assert canary not in page, name
    shown = [name for name, canary in cast.canaries_for(who).items() if canary in page]
    assert (
        "goal me and els" in shown if who == "els" else {"agreement of oma", "goal with oma", "step oma"} <= set(shown)
    )


def test_names_of_people_occur_only_with_what_is_shown(cast: Cast) -> None:
    page = main(cast.client_of("oma").get(f"{root(cast)}/voor/{cast.id('share oma')}").text)
    assert "Tante Nele" in page
    for name in ("Buurman", "Nonkel", "Els", "Jef"):
        assert name not in page


def test_a_link_holder_has_no_page_of_the_family_and_no_tabs(cast: Cast) -> None:
    oma = cast.client_of("oma")
    page = oma.get(f"{root(cast)}/voor/{cast.id('share oma')}").text
    assert "Snel weg" in page
    assert 'class="tabs"' not in page
    # But for the way to what a child told them, and to the own agreements on paper.
    ways = re.findall(r'<a [^>]*href="(/[^"]*)', page)
    own = f"{root(cast)}/voor/{cast.id('share oma')}"
    assert ways == [f"{own}/verteld", f"{own}/afspraken.pdf"]
    for path in ("/", "/doelen", "/mensen", "/afspraken", "/wie-ziet-wat", f"/doelen/{cast.id('goal with oma')}"):
        assert oma.get(root(cast) + path).status_code == 404, path


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_link_opens_its_own_page_and_no_other(cast: Cast, who: str) -> None:
    client = cast.client_of(who)
    for link in ("oma", "els", "stopped", "expired"):
        answer = client.get(f"{root(cast)}/voor/{cast.id(f'share {link}')}")
        lives = who == link and who in {"oma", "els"}
        assert answer.status_code == (200 if lives else 404)
        # Who was a guest reads a farewell, whatever they ask of the plan (tests/guests/test_stop.py).
        assert lives or (FAREWELL if who in {"away", "late"} else DEAD) in said(answer.text)


# ---- stopping --------------------------------------------------------------------------------------------------------


def everything(cast: Cast, opa: FlaskClient, address: str, made: Shared) -> set[int]:
    """What the holder of a link gets of all that it opened."""
    part = {"HX-Request": "true"}
    turn = f"{address}/afspraken/{cast.id('agreement of oma')}/zonder-dag/gelukt"
    return {
        opa.get(address).status_code,
        opa.get(address, headers=part).status_code,
        opa.head(address).status_code,
        opa.post(turn, data={"form_key": uuid4().hex}).status_code,
        opa.post(turn, data={"form_key": uuid4().hex}, headers=part).status_code,
        opa.post(made.link).status_code,
    }


@pytest.mark.parametrize("way", ["stop", "link", "person", "day"])
def test_what_ends_a_link_works_at_the_next_request_for_all_of_it(cast: Cast, way: str) -> None:
    sara, whom = cast.client_of("sara"), person(cast, "Opa Wim")
    made = share(cast, whom, "goals", by=sara)
    opa, address = opened(cast, made.link)
    assert opa.get(address).status_code == 200
    if way == "day":
        with time_machine.travel(_now() + timedelta(days=92), tick=False):
            assert everything(cast, opa, address, made) == {404}
        return
    form = {"stop": f"{made.show}/stop", "link": made.page, "person": f"{root(cast)}/mensen/{whom}/weg"}[way]
    assert sara.post(form, data={"form_key": uuid4().hex}).status_code == 303
    assert everything(cast, opa, address, made) == {404}


def test_a_new_link_opens_the_same_and_the_old_one_nothing(cast: Cast) -> None:
    sara = cast.client_of("sara")
    made, key = share(cast, person(cast, "Opa Wim"), "goals", by=sara), uuid4().hex
    pages = set()
    for _twice in range(2):
        answer = sara.post(made.page, data={"form_key": key})
        pages.add(re.findall(r"http://localhost:8000(/d/[^<\"]+)</p>", sara.get(str(answer.location)).text)[0])
    assert len(pages) == 1
    new = pages.pop()
    assert new != made.link
    opa, address = opened(cast, new)
    assert cast.canary("goal of us") in opa.get(address).text
    assert cast.client_of("nobody").post(made.link).status_code == 404


def test_a_stop_is_kept_apart_so_that_a_restore_repeats_it(cast: Cast) -> None:
    from app.db import db
    from app.keystore import Ending

    sara = cast.client_of("sara")
    made = share(cast, person(cast, "Opa Wim"), by=sara)
    for _twice in range(2):
        assert sara.post(f"{made.show}/stop").status_code == 303
    assert cast.app is not None
    with cast.app.app_context(), db.get_engine("keys").connect() as keys:
        kinds = keys.execute(select(Ending.kind).where(Ending.subject_id == made.id)).scalars().all()
    assert kinds == ["share"]


def test_a_stopped_share_is_not_woken_by_more_time_a_new_link_or_another_choice(cast: Cast) -> None:
    sara, stopped = cast.client_of("sara"), f"{root(cast)}/wie-ziet-wat/{cast.id('share stopped')}"
    for path in ("/langer", "/link", ""):
        assert sara.post(stopped + path, data={"form_key": uuid4().hex}).status_code == 303
        assert "Dit delen is gestopt." in sara.get(f"{root(cast)}/wie-ziet-wat").text
    assert cast.client_of("nobody").post(f"/d/{cast.tokens['stopped']}").status_code == 404


def test_a_link_past_its_day_works_again_after_three_months_more(cast: Cast) -> None:
    sara = cast.client_of("sara")
    sara.post(f"{root(cast)}/wie-ziet-wat/{cast.id('share expired')}/langer", data={"form_key": uuid4().hex})
    browser, address = opened(cast, f"/d/{cast.tokens['expired']}")
    assert browser.get(address).status_code == 200


def test_when_the_parent_who_hosts_it_alone_has_left_a_link_is_over(cast: Cast) -> None:
    from app.change import Put, change
    from app.plan.nouns import MemberState
    from app.policy.actions import Action

    assert cast.app is not None
    els, address = cast.client_of("els"), f"{root(cast)}/voor/{cast.id('share els')}"
    assert els.get(address).status_code == 200
    with cast.app.app_context():
        from app.plan.store import members

        sara = next(one for one in members(cast.jef) if one.body.person == cast.people["sara"])
        change(cast.jef, Action.MEMBER_STOP, Put(sara, state=MemberState.LEFT))
    assert els.get(address).status_code == 404


# ---- a browser that holds more than a link ---------------------------------------------------------------------------


def test_a_parent_who_tries_the_link_sees_the_preview_keeps_the_own_seat_and_is_not_a_look(cast: Cast) -> None:
    sara = cast.client_of("sara")
    before = rows(cast)
    answer = sara.post(f"/d/{cast.tokens['oma']}")
    assert str(answer.location) == f"{root(cast)}/wie-ziet-wat/{cast.id('share oma')}/zo"
    assert sara.get(str(answer.location)).status_code == 200
    assert sara.get(f"{root(cast)}/doelen").status_code == 200
    assert rows(cast) == before


@pytest.mark.parametrize("who", ["jef", "nele"])
def test_a_link_of_one_parent_alone_is_dead_in_the_browser_of_the_others(cast: Cast, who: str) -> None:
    client = cast.client_of(who)
    answer = client.post(f"/d/{cast.tokens['els']}")
    assert answer.status_code == 404
    assert DEAD in said(answer.text)
    assert client.get(f"{root(cast)}/voor/{cast.id('share els')}").status_code == 404


def test_a_parent_of_another_family_keeps_that_plan_and_gets_this_link(cast: Cast) -> None:
    lies = cast.client_of("lies")
    lies, address = opened(cast, f"/d/{cast.tokens['oma']}", lies)
    assert lies.get(address).status_code == 200
    assert lies.get(f"/p/{cast.elsewhere}/doelen").status_code == 200
    assert lies.get(f"{root(cast)}/doelen").status_code == 404


def test_one_browser_may_hold_two_links_of_one_plan_and_each_page_is_its_own(cast: Cast) -> None:
    browser, first = opened(cast, f"/d/{cast.tokens['oma']}")
    browser, second = opened(cast, f"/d/{cast.tokens['els']}", browser)
    assert "Dag Oma" in browser.get(first).text
    assert "Dag Els" in browser.get(second).text
    assert cast.canary("goal me and els") not in browser.get(first).text


def test_opening_twice_on_one_device_is_one_seat(cast: Cast) -> None:
    browser, _address = opened(cast, f"/d/{cast.tokens['oma']}")
    browser, address = opened(cast, f"/d/{cast.tokens['oma']}", browser)
    assert browser.get(address).status_code == 200


def _now() -> datetime:
    from app.db import now

    return now()


def test_a_link_shows_nothing_of_another_share(cast: Cast) -> None:
    from app.sharing import shown

    assert cast.app is not None
    with cast.app.test_request_context():
        assert shown.shared(cast.actors["oma"], cast.id("share oma")) is not None
        assert shown.shared(cast.actors["oma"], cast.id("share els")) is None
