"""Wie houdt het overzicht? through the pages: chosen by parents, over time, read by all inside."""

import re
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.support.pages import said

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def tokens_off(app: object) -> None:
    """What the token guards has its own tests (tests/armour)."""
    app.config["WTF_CSRF_ENABLED"] = False  # type: ignore[attr-defined]


def at(cast: Cast, path: str = "overzicht") -> str:
    return f"/p/{cast.plan}/{path}"


def choose(client: FlaskClient, cast: Cast, overview: str, person: str = "", since: str = "") -> TestResponse:
    version = re.findall(r'name="version" value="(\d+)"', client.get(at(cast, "overzicht/kies")).text)
    data = {"overview": overview, "since": since, "version": version, "form_key": uuid4().hex}
    if person:
        data["overview_person"] = str(cast.people[person])
    return client.post(at(cast, "overzicht/kies"), data=data)


def reads(cast: Cast, who: str, path: str = "overzicht") -> str:
    return said(cast.client_of(who).get(at(cast, path)).text)


def test_a_parent_chooses_and_all_inside_read_it(cast: Cast) -> None:
    assert choose(cast.client_of("sara"), cast, "together", "lisa", "2026-03-01").status_code == 303
    assert "Wij en Lisa Bosuil samen Sinds 1 maart 2026" in reads(cast, "jef")
    assert "Wij en Jij samen" in reads(cast, "lisa").replace("jij", "Jij")
    # Who does not see Lisa's page reads no name of hers here.
    for who in ("nele", "bert"):
        page = reads(cast, who)
        assert "Wij, samen met iemand" in page
        assert "Lisa" not in page
        assert "Bosuil" not in cast.client_of(who).get(at(cast, "")).text or who == "nele"
    for who in ("sara", "jef", "lisa", "bert"):
        assert "Wie houdt het overzicht?" in reads(cast, who, "?alles=1"), who


def test_what_was_before_stays_to_read(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    choose(sara, cast, "we", since="2026-01-05")
    choose(jef, cast, "someone", "oma", "2026-02-06")
    choose(sara, cast, "we", since="2026-03-07")
    page = reads(cast, "jef")
    assert re.search(r"Wij zelf Sinds 7 maart 2026 .*Zo was het eerder", page)
    assert f"{cast.canary('person oma')} Van 6 februari 2026 tot 7 maart 2026" in page
    assert "Wij zelf Van 5 januari 2026 tot 6 februari 2026" in page
    assert "Iemand van onze mensen Van 6 februari" in reads(cast, "lisa")
    assert cast.canary("person oma") not in reads(cast, "lisa")


def test_each_choice_can_be_taken_back(cast: Cast) -> None:
    sara = cast.client_of("sara")
    choose(sara, cast, "we", since="2026-01-05")
    choose(sara, cast, "someone", "oma", "2026-02-06")
    undo = re.findall(r'action="([^"]+/toch-niet)"', sara.get(at(cast, "veranderd")).text)[0]
    assert sara.post(undo).status_code == 303
    page = reads(cast, "sara")
    assert "Wij zelf Sinds 5 januari 2026" in page
    assert "Zo was het eerder" not in page


@pytest.mark.parametrize(
    ("since", "sentence"),
    [
        ("2999-01-01", "Die dag komt nog."),
        ("2025-01-01", "Toen hield iemand anders het overzicht."),
        ("ooit", "Schrijf de dag zo"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_kept(cast: Cast, since: str, sentence: str) -> None:
    sara = cast.client_of("sara")
    choose(sara, cast, "we", since="2026-01-05")
    answer = choose(sara, cast, "someone", "oma", since)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{since}"' in answer.text
    assert "Wij zelf" in reads(cast, "sara")


def test_only_people_of_ours_keep_it(cast: Cast) -> None:
    page = cast.client_of("sara").get(at(cast, "overzicht/kies")).text
    # Els is kept by Sara: Jef would read that she exists.
    assert cast.canary("person oma") in page
    assert cast.canary("person els") not in page
    for person in ("els", "bert", "lies"):
        answer = choose(cast.client_of("sara"), cast, "someone", person)
        assert answer.status_code == 422, person
        assert "Die naam staat niet meer bij onze mensen." in answer.text


def test_two_parents_who_choose_at_once_see_both(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    old = re.findall(r'name="version" value="(\d+)"', jef.get(at(cast, "overzicht/kies")).text)[0]
    choose(sara, cast, "together", "oma")
    answer = jef.post(
        at(cast, "overzicht/kies"),
        data={"overview": "someone", "overview_person": str(cast.people["lisa"]), "version": old, "was_overview": ""},
    )
    assert answer.status_code == 422
    assert "Iemand veranderde dit net ook. Kies wat jullie houden." in answer.text
    assert "Samen, " in said(answer.text)


def test_only_parents_choose(cast: Cast) -> None:
    for who in ("nele", "lisa", "oma", "lies", "nobody"):
        assert cast.client_of(who).get(at(cast, "overzicht/kies")).status_code == 404
        assert cast.client_of(who).post(at(cast, "overzicht/kies"), data={"overview": "we"}).status_code in {401, 404}


def test_what_is_typed_for_a_parent_says_so(cast: Cast) -> None:
    sara = cast.client_of("sara")
    sara.post(at(cast, "samen-invullen"), data={"who": str(cast.people["lisa"])})
    choose(sara, cast, "we")
    assert "Lisa Bosuil schreef dit op voor ons." in sara.get(at(cast)).text
