"""Whom a child trusts: naming, opening, what they see, stopping, and that no parent learns of it."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import SeatRow
from app.change import Refused
from app.children.models import TRUSTED
from app.children.nouns import TrustedState
from app.db import db
from app.endings import repeat
from app.keystore import Ended, endings
from app.people.nouns import FamilyRole, PersonBody
from app.policy.actor import Ring
from app.rooms import SEATS
from app.sharing.rules import LONGEST, later
from app.trusted import commands, rules, seats, store
from app.trusted.rules import Reason
from app.trusted.store import TrustedView
from tests.cast import Cast
from tests.childpages.phones import lent
from tests.childpages.test_code import opened_with_card
from tests.sharing.pages import tokens_off

__all__ = ["tokens_off"]

pytestmark = pytest.mark.both_databases

ELS = "Juf Winterkoninkje"


@pytest.fixture
def named(cast: Cast, app: Flask) -> tuple[UUID, str]:
    """Mil names a teacher: her row, and the token of her link."""
    with app.test_request_context():
        circle = store.circle(cast.mil)
        assert circle is not None
        made = commands.name(circle, ELS, "a form")
    return made.trusted, made.secret.token


def view_of(cast: Cast, who: str, trusted: UUID) -> TrustedView:
    found = store.one(cast.actors[who], trusted)
    assert found is not None
    return found


def opened(app: Flask, token: str) -> FlaskClient:
    client = app.test_client()
    answer = client.post(f"/v/{token}")
    assert answer.status_code == 303
    return client


def page(cast: Cast, trusted: UUID, who: str = "mil") -> str:
    return f"/p/{cast.layers[who]}/voor-mij/{trusted}"


# ---- rules -----------------------------------------------------------------------------------------------------------


def test_a_name_is_all_it_needs() -> None:
    assert rules.why_not_name("", []) is Reason.NO_NAME
    assert rules.why_not_name("Wim", [None] * (rules.MOST - 1)) is None
    assert rules.why_not_name("Wim", [None] * rules.MOST) is Reason.TOO_MANY


def test_no_link_lasts_longer_than_two_years() -> None:
    from datetime import date

    today = date(2026, 3, 1)
    assert rules.first_end(today) == date(2026, 5, 30)
    assert later(date(2026, 5, 30), today) == date(2026, 8, 28)
    assert later(date(2025, 1, 1), today) == date(2026, 5, 30)
    assert later(date(2028, 2, 20), today) == today + LONGEST


# ---- in, and out -----------------------------------------------------------------------------------------------------


def test_a_child_names_somebody_once_however_often_it_sends_the_form(cast: Cast, app: Flask) -> None:
    with app.test_request_context():
        circle = store.circle(cast.mil)
        assert circle is not None
        made = [commands.name(circle, ELS, "a form") for _ in range(3)]
        assert len({(one.trusted, one.secret.token) for one in made}) == 1
        again = store.circle(cast.mil)
        assert again is not None
        assert [(one.name, one.thing.body.child) for one in again.working] == [(ELS, "Mil")]
        with pytest.raises(Refused):
            commands.name(again, "", "another")


def test_its_link_opens_what_the_child_chose_and_nothing_else(cast: Cast, app: Flask, named: tuple[UUID, str]) -> None:
    trusted, token = named
    client = opened(app, token)
    assert client.get(page(cast, trusted)).status_code == 200
    for path in (f"/p/{cast.plan}/", f"/p/{cast.plan}/mij", f"/p/{cast.layers['kaat']}/voor-mij/{trusted}"):
        assert client.get(path).status_code == 404, path
    wim = cast.client_of("wim")
    text = wim.get(page(cast, cast.people["wim"], "kaat")).text
    told = cast.pieces["said kaat to wim"]
    one = wim.get(f"{page(cast, cast.people['wim'], 'kaat')}/{told.id}")
    assert one.status_code == 200
    assert told.canary in one.text
    for other in ("said kaat kept", "said kaat to sara", "said mil kept"):
        assert wim.get(f"{page(cast, cast.people['wim'], 'kaat')}/{cast.id(other)}").status_code == 404
    missed = cast.canaries_not_for("wim")
    assert not [name for name, canary in missed.items() if canary in text + one.text]


@pytest.mark.parametrize("who", ["wim", "sara"])
def test_each_part_of_what_is_told_stands_there_once(cast: Cast, who: str) -> None:
    """It stood there twice for who is trusted: the same photo below itself."""
    said = cast.id(f"said kaat to {who}")
    trusted = page(cast, cast.people["wim"], "kaat")
    text = cast.client_of(who).get(f"{trusted}/{said}" if who == "wim" else f"/p/{cast.plan}/verteld/{said}").text
    assert len(re.findall(r'<img class="photo large"', text)) == 1


def test_a_feeling_is_told_with_the_picture_that_the_child_tapped(cast: Cast) -> None:
    cast.client_of("kaat").post(f"/p/{cast.plan}/mij/voel", data={"feeling": "sad", "form_key": "a feeling"})
    page_ = cast.client_of("kaat").get(f"/p/{cast.plan}/mij/doos").text
    said = re.findall(r"/mij/zeg/([0-9a-f-]{36})", page_)[0]
    who = f"/p/{cast.plan}/mij/zeg/{said}/wie"
    cast.client_of("kaat").post(f"{who}/{cast.people['sara']}/ja")
    assert "1F622" in cast.client_of("sara").get(f"/p/{cast.plan}/verteld/{said}").text


def test_what_they_say_is_for_the_child_alone(cast: Cast) -> None:
    wim, said = cast.client_of("wim"), cast.id("said kaat to wim")
    address = f"{page(cast, cast.people['wim'], 'kaat')}/{said}"
    assert wim.post(f"{address}/antwoord", data={"words": ""}).status_code == 422
    assert wim.post(f"{address}/antwoord", data={"words": "Ik bel jou vanavond."}).status_code == 303
    kaat = cast.client_of("kaat").get(f"/p/{cast.plan}/mij/zeg/{said}")
    assert "Ik bel jou vanavond." in kaat.text
    # And the child reads that Wim looked.
    wim.get(address)
    looks = cast.client_of("kaat").get(f"/p/{cast.plan}/mij/zeg/{said}").text
    assert re.search(r"Wim \w+:", looks)


@pytest.mark.parametrize("by", ["child", "person"])
def test_stop_means_stop(cast: Cast, app: Flask, named: tuple[UUID, str], by: str) -> None:
    trusted, token = named
    client, second = opened(app, token), opened(app, token)
    if by == "child":
        assert cast.client_of("mil").post(f"/p/{cast.plan}/mij/vertrouw/{trusted}/stop").status_code == 303
    else:
        assert "Gestopt" in client.post(f"{page(cast, trusted)}/stop").text
    for one in (client, second):
        answer = one.get(page(cast, trusted))
        assert (answer.status_code, "Deze link werkt niet meer" in answer.text) == (404, True)
    assert app.test_client().post(f"/v/{token}").status_code == 404
    with app.test_request_context():
        assert SEATS["trusted"](cast.layers["mil"], trusted) is None
        assert (Ended.TRUSTED, trusted) in endings()
        living = select(SeatRow.id).where(SeatRow.holder_id == trusted, SeatRow.ended_at.is_(None))
        assert db.session.execute(living).all() == []


def test_a_restore_does_not_open_it_again(cast: Cast, app: Flask, named: tuple[UUID, str]) -> None:
    trusted, token = named
    client = opened(app, token)
    with app.test_request_context():
        # As a backup from before the stop would have it.
        repeat(Ended.TRUSTED, trusted)
        assert seats.of_token(token) is None
    assert client.get(page(cast, trusted)).status_code == 404


def test_it_ends_by_itself_and_one_tap_makes_it_longer(cast: Cast, app: Flask, named: tuple[UUID, str]) -> None:
    trusted, token = named
    with app.test_request_context():
        last = view_of(cast, "mil", trusted).thing.due_at
    assert last is not None
    with app.test_request_context(), time_machine.travel(last - timedelta(seconds=1), tick=False):
        assert seats.of_token(token) is not None
    with app.test_request_context(), time_machine.travel(last, tick=False):
        assert seats.of_token(token) is None
        commands.extend(view_of(cast, "mil", trusted), "longer")
        assert seats.of_token(token) is not None
    with app.test_request_context():
        commands.stop(view_of(cast, "mil", trusted).there, view_of(cast, "mil", trusted).thing)
        gone = TrustedView(*_stopped(cast, trusted))
        for verb in (commands.extend, commands.renew):
            with pytest.raises(Refused):
                verb(gone, "after")


def _stopped(cast: Cast, trusted: UUID) -> tuple[object, store.Circle]:
    circle = store.circle(cast.mil)
    assert circle is not None
    thing = circle.kept.get(TRUSTED, trusted)
    assert thing is not None
    assert thing.state == TrustedState.STOPPED
    return thing, circle


def test_a_new_link_shows_the_same_and_the_old_one_nothing(cast: Cast, app: Flask) -> None:
    wim = cast.people["wim"]
    with app.test_request_context():
        made = commands.renew(view_of(cast, "kaat", wim), "anew")
        assert commands.renew(view_of(cast, "kaat", made.trusted), "anew") == made
        assert seats.of_token(cast.tokens["wim"]) is None
        actor = SEATS["trusted"](cast.layers["kaat"], made.trusted)
        assert actor is not None
        told = store.for_me(actor, made.trusted)
        assert told is not None
        assert [one.thing.id for one in told.told] == [cast.id("said kaat to wim")]
    assert cast.client_of("wim").get(page(cast, wim, "kaat")).status_code == 404


def test_who_loses_the_layer_loses_the_seat(cast: Cast, app: Flask) -> None:
    from app.keystore import destroy_key

    with app.test_request_context():
        assert SEATS["trusted"](cast.layers["kaat"], cast.people["wim"]) is not None
        assert SEATS["trusted"](cast.layers["mil"], cast.people["wim"]) is None
        destroy_key(cast.layers["kaat"])
        assert SEATS["trusted"](cast.layers["kaat"], cast.people["wim"]) is None


# ---- and nobody learns of it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["sara", "lisa"])
def test_no_page_of_a_plan_tells_that_there_is_one(cast: Cast, app: Flask, named: tuple[UUID, str], who: str) -> None:
    """Every page about the plan as a whole: who can open it, who looked, what changed, what is new."""
    opened(app, named[1]).get(page(cast, named[0]))
    client, read = cast.client_of(who), 0
    for rule in app.url_map.iter_rules():
        if rule.arguments != {"plan"} or "GET" not in (rule.methods or ()):
            continue
        answer = client.get(rule.rule.replace("<uuid:plan>", str(cast.plan)))
        read += answer.status_code == 200
        for word in (ELS, "Kuifleeuwerik", str(named[0]), str(cast.people["wim"]), str(cast.layers["mil"])):
            assert word not in answer.text, rule.endpoint
    assert read > 10


def test_a_lent_phone_shows_nobody_whom_the_child_trusts(cast: Cast) -> None:
    here = f"/p/{cast.plan}/mij/vertrouw"
    assert "Kuifleeuwerik" in cast.client_of("kaat").get(here).text
    phone, _card = lent(cast)
    text = phone.get(here).text
    assert "Kuifleeuwerik" not in text
    assert "kan dit zien" in text
    assert phone.get(f"{here}/{cast.people['wim']}").status_code == 404
    # Nor does the page on which it chooses who may see what it said just now.
    said = phone.post(f"/p/{cast.plan}/mij/voel", data={"feeling": "happy", "form_key": "x"})
    choosing = phone.get(said.location)
    assert (choosing.status_code, "Kuifleeuwerik" in choosing.text) == (200, False)


def test_the_secret_is_in_the_page_that_was_handed_it_only(cast: Cast, app: Flask) -> None:
    mil = cast.client_of("mil")
    answer = mil.post(f"/p/{cast.plan}/mij/vertrouw", data={"name": "Oom Ooievaar", "form_key": "x"})
    assert answer.status_code == 303
    shown = mil.get(answer.location)
    token = re.search(r"/v/([\w-]{43})", shown.text)
    assert token is not None
    assert "<svg" in shown.text
    assert token[1] not in mil.get(f"/p/{cast.plan}/mij/vertrouw").text
    assert token[1] not in cast.client_of("mil").get(answer.location).text
    assert app.test_client().post(f"/v/{token[1]}").status_code == 303


# ---- by a face, and on a phone that is not the child's ---------------------------------------------------------------


def faces_on(client: FlaskClient, cast: Cast) -> set[str]:
    text = client.get(f"/p/{cast.plan}/mij/vertrouw").text
    return set(re.findall(r'name="person" value="([0-9a-f-]{36})"', text))


def puts_on_her_page(cast: Cast, app: Flask, *who: str) -> None:
    from msgspec.structs import replace

    from app.change import Put, change
    from app.policy.actions import Action

    with app.test_request_context():
        member = cast.thing("member kaat", "sara")
        body = replace(member.body, shown=(*member.body.shown, *(cast.people[one] for one in who)))
        change(cast.sara, Action.CHILD_PAGE_CHANGE, Put(member, body))


def test_a_child_in_pictures_names_somebody_by_a_face(cast: Cast, app: Flask) -> None:
    """Somebody of its page who is no parent and does not help as their work; of them no more than the name is kept."""
    puts_on_her_page(cast, app, "oma", "lisa")
    kaat, here = cast.client_of("kaat"), f"/p/{cast.plan}/mij/vertrouw"
    assert faces_on(kaat, cast) == {str(cast.people["oma"]), str(cast.people["nele"])}
    for other in ("sara", "jef", "lisa", "kaat", "els", "neighbour"):
        assert kaat.post(here, data={"person": cast.people[other], "form_key": other}).status_code == 422
    answers = [kaat.post(here, data={"person": cast.people["oma"], "form_key": "x"}) for _twice in range(2)]
    assert {one.status_code for one in answers} == {303}
    assert answers[0].location == answers[1].location
    assert "<svg" in kaat.get(answers[0].location).text
    with app.test_request_context():
        circle = store.circle(cast.kaat)
        assert circle is not None
        named = next(one for one in circle.working if one.name != "Wim Kuifleeuwerik")
        assert named.name == circle.here.name(cast.people["oma"])
        assert str(cast.people["oma"]) not in repr(named.thing.body)
    assert faces_on(kaat, cast) == {str(cast.people["nele"])}
    # A phone that is lent tells by no face that is missing whom the child named.
    assert faces_on(lent(cast)[0], cast) == {str(cast.people["oma"]), str(cast.people["nele"])}
    assert not faces_on(cast.client_of("mil"), cast), "who reads types a name"


def test_in_the_family_only_who_is_known_to_be_no_parent_stands_there() -> None:
    def body(ring: Ring, role: FamilyRole | None = None) -> PersonBody:
        return PersonBody(name="Iemand", ring=ring, family_role=role)

    assert not rules.is_offered(body(Ring.WE), is_no_parent=False)
    assert rules.is_offered(body(Ring.WE), is_no_parent=True)
    assert rules.is_offered(body(Ring.WE, FamilyRole.CHILD), is_no_parent=False)
    assert not rules.is_offered(body(Ring.CLOSE, FamilyRole.PARENT), is_no_parent=False)
    assert rules.is_offered(body(Ring.CLOSE), is_no_parent=False)
    assert not rules.is_offered(body(Ring.SERVICES), is_no_parent=True)
    assert not rules.is_offered(PersonBody(ring=Ring.CLOSE), is_no_parent=True)


def test_a_device_that_a_parents_card_opened_shows_nobody_whom_the_child_trusts(cast: Cast) -> None:
    """Who made that card may have opened the page: as on a lent phone."""
    device, here = opened_with_card(cast), f"/p/{cast.plan}/mij/vertrouw"
    assert "Kuifleeuwerik" not in device.get(here).text
    assert device.get(f"{here}/{cast.people['wim']}").status_code == 404
    assert device.post(f"{here}/{cast.people['wim']}/stop").status_code == 404
    said = device.post(f"/p/{cast.plan}/mij/voel", data={"feeling": "happy", "form_key": "x"})
    choosing = device.get(said.location)
    assert (choosing.status_code, "Kuifleeuwerik" in choosing.text) == (200, False)
    # Whom it names there it can give the link at once.
    named = device.post(here, data={"name": "Oom Ooievaar", "form_key": "y"})
    assert "<svg" in device.get(named.location).text


PLAIN = re.compile(r'name="(?:form_key|csrf_token)" value="[^"]*"')


def test_a_phone_without_pictures_tells_how_a_child_tells_it_all_the_same(cast: Cast) -> None:
    """The lines that listen, and its own card; the same words whether it trusts somebody or not."""
    phone, root = lent(cast)[0], f"/p/{cast.plan}/mij"
    said = phone.post(f"{root}/voel", data={"feeling": "happy", "form_key": "x"}).location
    pages = {path: phone.get(path).text for path in (f"{root}/vertrouw", f"{root}/hulp", said)}
    for path, text in pages.items():
        assert "Wie jij vertrouwt, staat niet op deze gsm. Open je bladzijde met je eigen kaart." in text, path
        assert "1FAAA" in text, path
        assert "tel:102" in text, path
        assert "tel:112" in text, path
    assert f'href="{root}/hulp"' in pages[f"{root}/vertrouw"]
    own = cast.client_of("kaat")
    assert own.post(f"{root}/vertrouw/{cast.people['wim']}/stop").status_code == 303
    for path, text in pages.items():
        assert PLAIN.sub("", phone.get(path).text) == PLAIN.sub("", text), path
        assert "staat niet op deze gsm" not in own.get(path).text, path
