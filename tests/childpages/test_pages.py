"""The page of a child from its parents' side: making it, how it is, what is on it, its card, stopping."""

from __future__ import annotations

from uuid import uuid4

import pytest

from app.plan.nouns import MemberBody
from tests.cast import Cast
from tests.childpages.phones import at, member_of, typed
from tests.support import paper as reading
from tests.support.pages import said

pytestmark = pytest.mark.usefixtures("tokens_off")


def body_of(cast: Cast, child: str = "kaat") -> MemberBody:
    from app.childpages.store import stopped_too

    assert cast.app is not None
    with cast.app.test_request_context():
        found = stopped_too(cast.jef, member_of(cast, child))
        assert found is not None
        return found.body


def test_level_and_days_are_chosen_and_changed(cast: Cast) -> None:
    sara, page = cast.client_of("sara"), at(cast, f"kinderen/{member_of(cast)}")
    for level in ("young", "pictures", "reading"):
        sara.post(f"{page}/hoe", data={"level": level})
        assert body_of(cast).level == level
    sara.post(f"{page}/dagen/2", data={"picto": "1F431"})
    sara.post(f"{page}/dagen/6", data={"picto": "geen"})
    assert (body_of(cast).level, body_of(cast).days) == ("reading", ("", "", "1F431", "", "", "", ""))
    assert sara.get(f"{page}/dagen/7").status_code == 404


@pytest.mark.both_databases
def test_one_page_for_each_child_and_the_other_parent_reads_of_it(cast: Cast) -> None:
    sara, key = cast.client_of("sara"), uuid4().hex
    sara.post(at(cast, f"kinderen/{member_of(cast)}/stop"))
    assert cast.client_of("kaat").get(at(cast, "mij")).status_code == 404
    made = [
        sara.post(at(cast, "kinderen"), data={"person": str(cast.people["kaat"]), "form_key": one}).status_code
        for one in (key, key, uuid4().hex)
    ]
    assert made == [303, 303, 422]
    assert "Sara maakte een bladzijde voor een kind." in said(cast.client_of("jef").get(at(cast, "veranderd")).text)
    assert "Kind" in said(cast.client_of("jef").get(at(cast, "binnen")).text)


@pytest.mark.both_databases
def test_the_steps_of_a_childs_own_goal_come_along_when_a_parent_says_so(cast: Cast) -> None:
    """A goal of hers stands on her page of itself, but bare: no step was ever there to tick, and nowhere to put it."""
    sara, kaat = cast.client_of("sara"), cast.client_of("kaat")
    assert "Kramsvogel" in kaat.get(at(cast, "mij/stappen")).text
    assert "Putter" not in kaat.get(at(cast, "mij/stappen")).text
    page = at(cast, f"kinderen/{member_of(cast)}/erop")
    assert "Met de kleine stappen" in sara.get(page).text
    sara.post(page, data={"shown": str(cast.id("goal of us"))})
    assert "Putter" in kaat.get(at(cast, "mij/stappen")).text


@pytest.mark.parametrize("who", ["jef", "nele", "oma", "els"])
def test_no_page_for_who_is_no_child_of_ours(cast: Cast, who: str) -> None:
    answer = cast.client_of("sara").post(at(cast, "kinderen"), data={"person": str(cast.people[who])})
    assert answer.status_code == 422
    assert "Kies voor wie de bladzijde is." in said(answer.text)


def test_the_card_of_a_child_is_on_paper_in_words_for_that_child(cast: Cast) -> None:
    sara, page = cast.client_of("sara"), at(cast, f"kinderen/{member_of(cast)}/kaart")
    assert sara.get(f"{page}/afdruk").status_code == 303
    sara.post(page, data={"form_key": uuid4().hex})
    answer = sara.get(f"{page}/afdruk")
    assert answer.mimetype == "application/pdf"
    text = " ".join(reading.text(answer.data).split())
    for told in ("De kaart van Kaat", "Plooi ze dicht", "3 woorden", "Zo gaat mijn bladzijde open", "gsm of tablet"):
        assert told in text
    assert "sleutelkaart" not in text


def test_a_parent_sees_the_page_without_what_the_child_says(cast: Cast) -> None:
    sara = cast.client_of("sara")
    for path in ("mij", "mij/week", "mij/ik"):
        page = sara.get(at(cast, f"kinderen/{member_of(cast)}/zo/{path}")).text
        assert not [
            name for name, bird in cast.canaries_for("kaat").items() if name.startswith("said") and bird in page
        ]
    assert sara.get(at(cast, f"kinderen/{member_of(cast)}/zo/doelen")).status_code == 404


@pytest.mark.both_databases
def test_own_keys_switched_off_open_nothing_any_more(cast: Cast) -> None:
    from app.accounts import commands

    assert cast.app is not None
    with cast.app.test_request_context():
        secret = commands.make_card(cast.mil, uuid4().hex)
    mil = cast.client_of("mil")
    cast.client_of("sara").post(at(cast, f"kinderen/{member_of(cast, 'mil')}/sleutel"), data={"own_key": ""})
    assert mil.get(at(cast, "mij")).status_code == 404
    assert cast.app.test_client().post("/sleutel", data=typed(secret)).status_code == 422
    assert mil.get(at(cast, "sleutels")).status_code == 404


def test_a_young_person_signs_in_by_the_front_door_and_gets_no_mail(cast: Cast) -> None:
    mil = cast.client_of("mil")
    assert str(mil.get("/").location).endswith(at(cast, "mij"))
    kept = mil.post(at(cast, "sleutels/wachtwoord"), data={"login": "mil", "password": "vierzeesterren"})
    assert kept.status_code == 303
    assert mil.get(at(cast, "sleutels/adres")).status_code == 404
    assert mil.get("/jij/sleutels/adres").status_code == 404
    assert cast.app is not None
    other = cast.app.test_client()
    answer = other.post("/wachtwoord", data={"login": "mil", "password": "vierzeesterren"})
    assert str(answer.location).endswith(at(cast, "mij"))


def test_a_parent_who_plays_the_child_makes_no_key_of_it(cast: Cast) -> None:
    """Mil keeps something: a card that Sara made opens the page, and neither that nor a way to a key."""
    from tests.childpages.test_code import opened_with_card

    device = opened_with_card(cast, "mil")
    for path in ("sleutels", "sleutels/wachtwoord", "sleutels/slot"):
        assert str(device.get(at(cast, path)).location).endswith(at(cast, "mij/prentjes")), path
    assert str(device.post(at(cast, "sleutelkaart")).location).endswith(at(cast, "mij/prentjes"))
    device.post(at(cast, "sleutels/wachtwoord"), data={"login": "mama", "password": "vierzeesterren"})
    assert device.get(at(cast, "mij/doos")).text.count("Boomleeuwerik") == 0
