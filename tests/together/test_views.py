"""Samen invullen through the pages: who gives the phone, what says so, what asks for the phone back."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from app.policy.audience import Audience, Who
from tests.cast import Cast
from tests.support.pages import form, said

BAR = "schrijft nu op voor ons"
TYPED = "schreef dit op voor ons."
ASKS = "Geef de gsm even terug"
pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def tokens_off(app: object) -> None:
    """What the token guards has its own tests (tests/armour)."""
    app.config["WTF_CSRF_ENABLED"] = False  # type: ignore[attr-defined]


def at(cast: Cast, path: str = "") -> str:
    return f"/p/{cast.plan}/{path}"


def given(cast: Cast, to: str = "lisa", who: str = "sara") -> FlaskClient:
    """The phone of a parent, given to somebody who types."""
    phone = cast.client_of(who)
    answer = phone.post(at(cast, "samen-invullen"), data={"who": str(cast.people[to]), "form_key": uuid4().hex})
    assert answer.status_code == 303
    return phone


def wrote(phone: FlaskClient, cast: Cast, words: str) -> str:
    answer = phone.post(at(cast, "doelen"), data={"words": words, "form_key": uuid4().hex})
    assert answer.status_code == 303
    return str(answer.location)


# ---- giving the phone ------------------------------------------------------------------------------------------------


def test_every_page_says_who_types_until_klaar(cast: Cast) -> None:
    phone = given(cast)
    for path in ("", "doelen", "mensen", "afspraken", "huizen", "meer", "veranderd"):
        assert f"Lisa Bosuil {BAR}" in phone.get(at(cast, path)).text, path
    assert phone.post(at(cast, "samen-invullen/klaar")).status_code == 303
    assert BAR not in phone.get(at(cast)).text


def test_guests_meehelpers_and_services_may_type_and_nobody_else(cast: Cast) -> None:
    page = cast.client_of("sara").get(at(cast, "samen-invullen")).text
    offered = set(re.findall(r'name="who" value="([^"]+)"', page))
    assert offered == {str(cast.people[name]) for name in ("lisa", "bert", "nele")}
    # Bert is a guest whom Sara hosts alone: for Jef there is no such person.
    page = cast.client_of("jef").get(at(cast, "samen-invullen")).text
    assert set(re.findall(r'name="who" value="([^"]+)"', page)) == {str(cast.people[name]) for name in ("lisa", "nele")}


@pytest.mark.parametrize("who", ["oma", "jef", "lies", ""])
def test_somebody_who_was_not_offered_gets_no_phone(cast: Cast, who: str) -> None:
    sara = cast.client_of("sara")
    answer = sara.post(at(cast, "samen-invullen"), data={"who": str(cast.people[who]) if who else ""})
    assert answer.status_code == 422
    assert "Kies wie er typt." in answer.text
    assert BAR not in sara.get(at(cast)).text


def test_after_two_hours_the_phone_is_the_parents_own_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.db import now
    from app.web import session

    phone = given(cast)
    monkeypatch.setattr(session, "now", lambda: now() + timedelta(hours=1, minutes=59))
    assert BAR in phone.get(at(cast)).text
    monkeypatch.setattr(session, "now", lambda: now() + timedelta(hours=2, minutes=1))
    assert BAR not in phone.get(at(cast)).text


def test_leaving_takes_the_phone_back(cast: Cast) -> None:
    phone = given(cast)
    phone.post("/weg", data=form(phone.get(at(cast)).text, "/weg"))
    assert BAR not in phone.get(at(cast)).text


def test_it_holds_on_this_phone_only(cast: Cast) -> None:
    given(cast)
    assert BAR not in cast.client_of("sara").get(at(cast)).text
    assert BAR not in cast.client_of("jef").get(at(cast)).text


# ---- what says so ----------------------------------------------------------------------------------------------------


def test_what_was_typed_says_so_to_who_sees_it(cast: Cast) -> None:
    phone = given(cast)
    goal = wrote(phone, cast, "Samen koken")
    phone.post(at(cast, "samen-invullen/klaar"))
    for path in (goal, at(cast), at(cast, "doelen"), at(cast, "veranderd")):
        assert f"Lisa Bosuil {TYPED}" in said(phone.get(path).text), path
        if path != at(cast, "veranderd"):
            assert f"Lisa Bosuil {TYPED}" in said(cast.client_of("jef").get(path).text), path
    # What the parents write themselves does not say so.
    assert TYPED not in phone.get(wrote(phone, cast, "Zelf koken")).text


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("afspraken", {"words": "Samen naar zee", "sort": "open"}),
        ("mensen", {"name": "Juf Laura", "ring": "close"}),
        ("huizen", {"name": "Bij moeke"}),
    ],
)
def test_whatever_is_saved_meanwhile_says_so(cast: Cast, path: str, data: dict[str, str]) -> None:
    phone = given(cast)
    answer = phone.post(at(cast, path), data={**data, "form_key": uuid4().hex})
    assert answer.status_code == 303
    assert f"Lisa Bosuil {TYPED}" in phone.get(str(answer.location)).text
    assert f"Lisa Bosuil {TYPED}" in phone.get(at(cast, "veranderd")).text


def test_how_an_agreement_went_says_so(cast: Cast) -> None:
    phone = given(cast)
    page = phone.get(at(cast, f"afspraken/{cast.id('agreement of lisa')}")).text
    assert TYPED not in page
    phone.post(re.findall(r'action="([^"]+/gelukt)"', page)[0], data={"form_key": uuid4().hex})
    assert phone.get(at(cast, f"afspraken/{cast.id('agreement of lisa')}")).text.count(TYPED) == 1


def test_a_step_and_a_changed_goal_say_so(cast: Cast) -> None:
    phone = given(cast)
    goal = at(cast, f"doelen/{cast.id('goal of us')}")
    phone.post(f"{goal}/stappen", data={"words": "Soep proeven", "form_key": uuid4().hex})
    assert phone.get(goal).text.count(TYPED) == 1
    phone.post(f"{goal}/verander", data={"words": "Anders gezegd", "form_key": uuid4().hex})
    assert phone.get(goal).text.count(TYPED) == 2


def test_taking_away_and_undoing_say_so_in_the_history(cast: Cast) -> None:
    phone = given(cast)
    gone = phone.post(at(cast, f"doelen/{cast.id('goal of us')}/weg"))
    assert gone.status_code == 303
    history = phone.get(at(cast, "veranderd")).text
    assert history.count(TYPED) == 1
    undo = re.findall(r'action="([^"]+/toch-niet)"', history)[0]
    assert phone.post(undo).status_code == 303
    assert phone.get(at(cast, "veranderd")).text.count(TYPED) == 2
    assert cast.canary("goal of us") in phone.get(at(cast)).text


def test_a_scribe_whom_the_reader_does_not_see_has_no_name_there(cast: Cast) -> None:
    """Bert is a guest of Sara alone: for Jef he does not exist, also not in what he typed on her phone."""
    phone = given(cast, "bert")
    goal = wrote(phone, cast, "Samen koken")
    assert f"Bert Ransuil {TYPED}" in phone.get(goal).text
    for path in (goal, at(cast), at(cast, "veranderd")):
        page = cast.client_of("jef").get(path).text
        assert "Samen koken" in page
        assert TYPED not in page
        assert "Ransuil" not in page


def test_a_guest_reads_that_they_typed_it(cast: Cast) -> None:
    goal = wrote(given(cast), cast, "Samen koken")
    assert f"Lisa Bosuil {TYPED}" in cast.client_of("lisa").get(goal).text
    # Nele typed this one; Lisa does not see Nele's page.
    other = wrote(given(cast, "nele"), cast, "Samen eten")
    assert TYPED not in cast.client_of("lisa").get(other).text


# ---- what asks for the phone back ------------------------------------------------------------------------------------


@pytest.mark.parametrize("endpoint", [
    "sharing.index", "sharing.looks", "sharing.whom", "entry.people", "entry.own_card", "entry.leave_device",
    "entry.ask_in", "export.choose", "together.choose",
])  # fmt: skip
def test_keys_sharing_and_looks_ask_for_the_phone_first(cast: Cast, endpoint: str) -> None:
    from flask import url_for

    assert cast.app is not None
    with cast.app.test_request_context():
        address = url_for(endpoint, plan=cast.plan)
    phone = given(cast)
    asked = phone.get(address)
    assert asked.status_code == 403
    assert ASKS in asked.text
    onward = re.search(r'name="onward" value="([^"]+)"', asked.text)
    assert onward is not None
    assert onward[1] == address
    back = phone.post(at(cast, "samen-invullen/klaar"), data={"onward": onward[1]})
    assert back.location == address
    assert phone.get(address).status_code == 200


def test_a_write_that_asks_changes_nothing(cast: Cast) -> None:
    phone = given(cast)
    stop = phone.post(at(cast, f"wie-ziet-wat/{cast.id('share oma')}/stop"))
    assert stop.status_code == 403
    assert ASKS in stop.text
    assert "Stop met delen" in cast.client_of("sara").get(at(cast, f"wie-ziet-wat/{cast.id('share oma')}")).text


def test_taking_a_person_away_asks_as_it_ends_what_is_shared_with_them(cast: Cast) -> None:
    phone, oma = given(cast), cast.client_of("oma")
    assert phone.post(at(cast, f"mensen/{cast.people['oma']}/weg")).status_code == 403
    assert oma.get(at(cast, f"voor/{cast.id('share oma')}")).status_code == 200


def test_open_pages_and_another_plan_ask_too(cast: Cast) -> None:
    phone = given(cast)
    for path in ("/", "/sleutel", f"/p/{cast.elsewhere}/"):
        assert ASKS in phone.get(path).text, path
    assert phone.get("/kalender").status_code == 200


def test_what_the_parent_keeps_is_out_of_sight_and_asks_when_it_is_opened(cast: Cast) -> None:
    phone = given(cast)
    for path in ("", "doelen", "afspraken", "mensen", "veranderd"):
        page = phone.get(at(cast, path)).text
        for name in ("goal alone", "agreement alone", "goal me and oma", "step alone", "phone of sara"):
            assert cast.canary(name if name != "phone of sara" else f"contact {name}") not in page, (path, name)
    asked = phone.get(at(cast, f"doelen/{cast.id('goal alone')}"))
    assert asked.status_code == 403
    assert ASKS in asked.text
    assert cast.canary("goal alone") not in asked.text
    # What is Jef's alone is not there, phone or no phone.
    assert phone.get(at(cast, f"doelen/{cast.id('goal of jef')}")).status_code == 404


def test_with_whom_the_family_shares_is_out_of_sight(cast: Cast) -> None:
    """Not in the history either, nor beside a thing: half of it would be told there."""
    sara = cast.client_of("sara")
    goal = at(cast, f"doelen/{cast.id('goal with oma')}")
    assert "deelde ons plan met iemand" in sara.get(at(cast, "veranderd")).text
    assert "ziet dit" in said(sara.get(goal).text) or "zien dit" in said(sara.get(goal).text)
    phone = given(cast)
    for path in ("", "veranderd", "nieuws"):
        assert "deelde ons plan met iemand" not in phone.get(at(cast, path)).text, path
    page = said(phone.get(goal).text)
    assert "ziet dit" not in page
    assert "zien dit" not in page


def test_who_types_does_not_take_back_who_sees_a_thing(cast: Cast) -> None:
    """Toch niet beside a change of audience would change who sees it."""
    from app.sharing import choosing

    assert cast.app is not None
    with cast.app.test_request_context():
        goal = cast.thing("goal of us", "sara")
        choosing.choose_audience(cast.sara, goal, Audience(Who.WE), goal.version, None)
    phone = cast.client_of("sara")
    first = re.findall(r'action="([^"]+/toch-niet)"', phone.get(at(cast, "veranderd")).text)[0]
    held = given(cast)
    assert first not in held.get(at(cast, "veranderd")).text
    assert held.post(first).status_code == 404
    assert first in phone.get(at(cast, "veranderd")).text


def test_the_way_on_stays_on_this_server(cast: Cast) -> None:
    for address in ("//evil.example/x", "https://evil.example", "/\\evil.example", "javascript:x", ""):
        phone = given(cast)
        answer = phone.post(at(cast, "samen-invullen/klaar"), data={"onward": address})
        assert answer.location == at(cast), address


@pytest.mark.parametrize("who", ["nele", "lisa", "oma", "lies", "nobody"])
def test_only_a_parent_gives_the_phone(cast: Cast, who: str) -> None:
    assert cast.client_of(who).get(at(cast, "samen-invullen")).status_code in {403, 404}
    answer = cast.client_of(who).post(at(cast, "samen-invullen"), data={"who": str(cast.people["lisa"])})
    assert answer.status_code in {401, 404}
