"""A child's own pages of the plan, at three levels: what they show, what they let it say, and what they never say."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from app.agreements.models import OUTCOME
from app.change import Add, Put, change
from app.db import db
from app.goals.models import GOAL, STEP
from app.goals.nouns import GoalState
from app.plan.models import HOME, MEMBER
from app.plan.nouns import Level, Nights
from app.policy.actions import Action
from app.scope import load
from tests.cast import Cast

pytestmark = pytest.mark.both_databases
PAGES = ("mij", "mij/week", "mij/wie", "mij/ik", "mij/stappen")
MOST_QUERIES = 8


@pytest.fixture(autouse=True)
def tokens_off(app: Any) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


def own(cast: Cast, path: str = "mij") -> str:
    return f"/p/{cast.plan}/{path}"


def text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.text)


def of_day(cast: Cast, what: str, agreement: str = "agreement of kaat") -> str:
    return own(cast, f"mij/{what}/{cast.id(agreement)}/{cast.day}")


def at_level(cast: Cast, level: Level, **more: Any) -> None:
    """How a parent chose the page of Kaat to be."""
    assert cast.app is not None
    with cast.app.app_context():
        thing = load(cast.sara, MEMBER).get(MEMBER, cast.id("member kaat"))
        assert thing is not None
        body = msgspec.structs.replace(thing.body, level=level, **more)
        change(cast.sara, Action.CHILD_PAGE_CHANGE, Put(thing, body))


# ---- today -----------------------------------------------------------------------------------------------------------


def test_today_says_hello_and_shows_one_thing_at_a_time(cast: Cast) -> None:
    page = text(cast.client_of("kaat"), own(cast))
    assert "Dag Kaat!" in page
    assert "Eerst" in page
    assert cast.canary("agreement of kaat") in page


def test_gelukt_moves_on_and_can_be_taken_back(cast: Cast) -> None:
    kaat = cast.client_of("kaat")
    assert kaat.post(of_day(cast, "klaar")).status_code == 303
    page = text(kaat, own(cast))
    assert "Alles van vandaag is klaar." in page
    assert "Gelukt" in text(cast.client_of("sara"), f"/p/{cast.plan}/afspraken/{cast.id('agreement of kaat')}")
    assert kaat.post(of_day(cast, "toch-niet")).status_code == 303
    assert "Alles van vandaag is klaar." not in text(kaat, own(cast))


def test_what_a_child_told_leads_it_to_no_page_for_adults(cast: Cast) -> None:
    """Its own words are its to show and to take back, on its own pages."""
    kaat = cast.client_of("kaat")
    kaat.post(of_day(cast, "niet-gelukt"))
    assert cast.app is not None
    with cast.app.app_context():
        told = next(one for one in load(cast.kaat, OUTCOME).all(OUTCOME) if one.body.writer == cast.kaat.person)
    assert kaat.get(own(cast, f"wie-ziet/outcome/{told.id}")).status_code == 404
    turn = own(cast, f"afspraken/{cast.id('agreement of kaat')}/{cast.day}")
    assert [kaat.post(f"{turn}/{what}").status_code for what in ("gelukt", "niet-gelukt", "terug")] == [404] * 3


def test_niet_gelukt_is_said_without_any_blame(cast: Cast) -> None:
    kaat = cast.client_of("kaat")
    kaat.post(of_day(cast, "niet-gelukt"))
    assert "Niet gelukt. Dat kan." in text(kaat, own(cast))


def test_an_answer_to_htmx_is_the_day_as_it_is_now(cast: Cast) -> None:
    answer = cast.client_of("kaat").post(of_day(cast, "klaar"), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith("<div")
    assert 'id="day"' in answer.text


def test_what_others_do_is_put_away_on_this_phone_only(cast: Cast) -> None:
    shown = (cast.id("agreement of oma"),)
    at_level(cast, Level.PICTURES, shown=shown)
    kaat = cast.client_of("kaat")
    assert cast.canary("agreement of oma") in text(kaat, own(cast))
    before = text(cast.client_of("sara"), own(cast, "afspraken")).count("Gelukt")
    assert kaat.post(of_day(cast, "klaar", "agreement of oma")).status_code == 303
    assert "Klaar" in text(kaat, own(cast, "mij?kijk=0")) or "Klaar" in text(kaat, own(cast, "mij?kijk=1"))
    assert text(cast.client_of("sara"), own(cast, "afspraken")).count("Gelukt") == before
    assert kaat.post(of_day(cast, "niet-gelukt", "agreement of oma")).status_code == 404
    kaat.post(of_day(cast, "toch-niet", "agreement of oma"))
    assert cast.canary("agreement of oma") in text(kaat, own(cast))


def test_a_child_that_reads_gets_the_whole_day(cast: Cast) -> None:
    at_level(cast, Level.READING)
    page = text(cast.client_of("kaat"), own(cast))
    assert "Wat gebeurt er vandaag?" in page
    assert "Eerst" not in page
    assert 'class="has-tabs child lezen' in page


def test_a_young_person_gets_the_look_of_everybody(cast: Cast) -> None:
    page = text(cast.client_of("mil"), own(cast))
    assert "Dag Mil!" in page
    assert 'class="has-tabs jongere' in page
    assert "andika-400.1" not in page
    assert "Hier staat nog niets. Een rustige dag." in page


@pytest.mark.parametrize("asked", ["99", "x", "-1", "9999999999999999999999"])
def test_what_is_not_there_to_look_at_is_today_as_it_is(cast: Cast, asked: str) -> None:
    assert "Eerst" in text(cast.client_of("kaat"), own(cast, f"mij?kijk={asked}"))


# ---- the week, and where I sleep -------------------------------------------------------------------------------------


def test_the_week_has_seven_days_and_says_which_is_today(cast: Cast) -> None:
    days = ("1F3EB", "1F3EB", "26BD", "1F3EB", "1F3EB", "1F6B2", "1F3E1")
    at_level(cast, Level.PICTURES, days=days)
    page = text(cast.client_of("kaat"), own(cast, "mij/week"))
    assert page.count('class="own-column') == 7
    assert page.count('aria-current="date"') == 1
    assert "26BD" in page
    assert page.count("Bij de Tapuit") == 7


@pytest.mark.parametrize("days", [("26BD",) * 7, ()])
def test_each_day_of_the_week_is_one_picture(cast: Cast, days: tuple[str, ...]) -> None:
    """Whatever happens on it; where the child sleeps stands under it with a picture of its own."""
    at_level(cast, Level.PICTURES, days=days)
    _before, *columns = text(cast.client_of("kaat"), own(cast, "mij/week")).split('<li class="own-column')
    drawn = [column.split("</li>")[0].split('<span class="sleeps">') for column in columns]
    assert [day.count('class="picture') for day, _night in drawn] == [1] * 7
    assert [night.count('class="picture') for _day, night in drawn] == [1] * 7


def test_a_page_of_a_child_says_whose_its_drawings_are(cast: Cast) -> None:
    for who in ("kaat", "mil"):
        assert "Tekeningen: OpenMoji, CC BY-SA 4.0" in text(cast.client_of(who), own(cast)), who


def test_a_day_opens_and_a_day_far_away_does_not(cast: Cast) -> None:
    kaat = cast.client_of("kaat")
    assert cast.canary("agreement of kaat") in text(kaat, own(cast, f"mij/dag/{cast.day}"))
    for wrong in ("2001-01-01", "morgen", "2026-13-40"):
        assert kaat.get(own(cast, f"mij/dag/{wrong}")).status_code == 404


def test_two_homes_without_a_picture_are_told_apart_by_whose_they_are(cast: Cast) -> None:
    """A child that does not read saw the same house seven times."""
    everyday = (Nights(cast.people["kaat"], tuple(range(7))),)

    def lives(**more: Any) -> str:
        with cast.app.app_context():  # type: ignore[union-attr]
            thing = load(cast.sara, HOME).get(HOME, cast.id("home"))
            assert thing is not None
            body = msgspec.structs.replace(thing.body, nights=everyday, **more)
            change(cast.sara, Action.HOME_CHANGE, Put(thing, body))
        return text(cast.client_of("kaat"), own(cast, "mij/week"))

    kaat, sara, jef, mil = (cast.people[one] for one in ("kaat", "sara", "jef", "mil"))
    assert lives(sleepers=(kaat, sara)).count("face-whose") == 7
    assert lives(sleepers=(kaat, mil, sara, jef)).count("face-whose") == 14
    assert "face-whose" not in lives(sleepers=(kaat,))
    # Its own picture comes before any face.
    assert "face-whose" not in lives(sleepers=(kaat, sara, mil), picto="1F3E1")


def test_a_night_elsewhere_is_told_and_nothing_is_guessed(cast: Cast) -> None:
    assert cast.app is not None
    with cast.app.app_context():
        thing = load(cast.sara, HOME).get(HOME, cast.id("home"))
        assert thing is not None
        today = date.fromisoformat(cast.day)
        nights = Nights(cast.people["kaat"], (today.weekday(),))
        change(cast.sara, Action.HOME_CHANGE, Put(thing, msgspec.structs.replace(thing.body, nights=(nights,))))
    kaat = cast.client_of("kaat")
    assert "Bij de Tapuit" in text(kaat, own(cast))
    assert text(kaat, own(cast, "mij/week")).count("Bij de Tapuit") == 1


# ---- who helps me ----------------------------------------------------------------------------------------------------


def test_who_helps_me_shows_the_faces_of_ours_and_opens_them(cast: Cast) -> None:
    kaat = cast.client_of("kaat")
    page = text(kaat, own(cast, "mij/wie"))
    for name in ("Sara", "Jef", "Mil"):
        assert f'<span class="own-word">{name}</span>' in page
    assert '<span class="own-word">Kaat</span>' not in page
    assert "Jef" in text(kaat, own(cast, f"mij/wie/{cast.people['jef']}"))
    assert kaat.get(own(cast, f"mij/wie/{cast.people['kaat']}")).status_code == 404
    assert kaat.get(own(cast, f"mij/wie/{cast.people['oma']}")).status_code == 404


def test_a_number_is_dialled_when_it_is_shared_with_the_child(cast: Cast) -> None:
    at_level(cast, Level.PICTURES, shown=(cast.people["oma"],))
    page = text(cast.client_of("kaat"), own(cast, f"mij/wie/{cast.people['oma']}"))
    assert "tel:" in page
    assert "Bel Oma" in page


def test_what_somebody_does_for_others_is_not_told_here(cast: Cast) -> None:
    from app.people.models import PERSON
    from app.people.nouns import Help, RoleBody

    assert cast.app is not None
    with cast.app.app_context():
        thing = load(cast.sara, PERSON).get(PERSON, cast.people["jef"])
        assert thing is not None
        roles = (
            RoleBody(relation="leest voor", for_people=(cast.people["kaat"],), helps=(Help.LISTEN,)),
            RoleBody(relation="rijdt mee", for_people=(cast.people["mil"],), helps=(Help.DO,)),
        )
        change(cast.sara, Action.PERSON_CHANGE, Put(thing, msgspec.structs.replace(thing.body, roles=roles)))
    page = text(cast.client_of("kaat"), own(cast, f"mij/wie/{cast.people['jef']}"))
    assert "leest voor" in page
    assert "Luistert naar mij" in page
    assert "rijdt mee" not in page
    assert "Doet iets voor mij" not in page


# ---- my steps --------------------------------------------------------------------------------------------------------


def test_a_step_is_ticked_and_opened_again(cast: Cast) -> None:
    kaat = cast.client_of("kaat")
    page = text(kaat, own(cast, "mij/stappen"))
    assert cast.canary("step kaat") in page
    tick = own(cast, f"mij/stappen/{cast.id('step kaat')}/gelukt")
    assert kaat.post(tick).status_code == 303
    page = text(kaat, own(cast, "mij/stappen"))
    assert "Weer een stap gezet. Dat deed jij zelf." in page
    assert "Toch niet:" in page
    assert state_of(cast) == "done"
    assert kaat.post(f"{tick}/terug").status_code == 303
    assert state_of(cast) == "open"


def test_what_the_family_does_not_work_on_now_is_not_there(cast: Cast) -> None:
    assert cast.app is not None
    assert cast.canary("step kaat") in text(cast.client_of("kaat"), own(cast, "mij/stappen"))
    with cast.app.app_context():
        step = load(cast.sara, STEP).get(STEP, cast.id("step kaat"))
        assert step is not None
        goal = load(cast.sara, GOAL).get(GOAL, step.parent)
        assert goal is not None
        change(cast.sara, Action.GOAL_CHANGE, Put(goal, state=GoalState.LATER))
    assert cast.canary("step kaat") not in text(cast.client_of("kaat"), own(cast, "mij/stappen"))


def test_the_family_reads_who_ticked_it_and_may_undo_it(cast: Cast) -> None:
    cast.client_of("kaat").post(own(cast, f"mij/stappen/{cast.id('step kaat')}/gelukt"))
    page = text(cast.client_of("sara"), f"/p/{cast.plan}/veranderd")
    assert "Kaat" in page
    undo = re.search(r'action="([^"]+/veranderd/[^"]+/toch-niet)"', page)
    assert undo
    assert cast.client_of("sara").post(undo[1]).status_code == 303
    assert state_of(cast) == "open"


def state_of(cast: Cast) -> str:
    assert cast.app is not None
    with cast.app.app_context():
        thing = load(cast.sara, STEP).get(STEP, cast.id("step kaat"))
        assert thing is not None
        return thing.state


# ---- all of them -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", Level)
def test_no_page_holds_a_word_of_what_the_child_does_not_see(cast: Cast, level: Level) -> None:
    at_level(cast, level)
    kaat, hidden = cast.client_of("kaat"), cast.canaries_not_for("kaat")
    for path in (*PAGES, f"mij/dag/{cast.day}", f"mij/wie/{cast.people['jef']}"):
        page = text(kaat, own(cast, path))
        met = {name for name, canary in hidden.items() if canary in page}
        assert not met, f"{path}: {met}"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_little_and_no_more_when_the_plan_grows(cast: Cast, path: str) -> None:
    kaat = cast.client_of("kaat")
    text(kaat, own(cast, path))
    before = queries(kaat, own(cast, path))
    grow(cast)
    assert queries(kaat, own(cast, path)) == before <= MOST_QUERIES


def queries(client: FlaskClient, address: str) -> int:
    asked: list[str] = []
    with client.application.app_context():
        engine = db.engine

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        text(client, address)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def grow(cast: Cast) -> None:
    from app.agreements.models import AGREEMENT
    from app.agreements.nouns import AgreementBody, AgreementState, When, WhenSort
    from app.goals.nouns import StepBody, StepState

    assert cast.app is not None
    kaat: tuple[UUID, ...] = (cast.people["kaat"],)
    when = When(sort=WhenSort.DAY, day=date.fromisoformat(cast.day))
    with cast.app.app_context():
        goal = cast.thing("goal of us", "sara")
        for number in range(6):
            body = AgreementBody(words=f"Nog iets {number}", who=kaat, when=when)
            change(cast.sara, Action.AGREEMENT_ADD, Add(AGREEMENT, body, AgreementState.OPEN))
            step = Add(STEP, StepBody(words=f"Stap {number}", helpers=kaat), StepState.OPEN, under=goal)
            change(cast.sara, Action.STEP_ADD, step)


@pytest.mark.parametrize("who", ["sara", "nele", "lisa", "oma", "lies", "nobody"])
def test_nobody_else_opens_them(cast: Cast, who: str) -> None:
    assert cast.client_of(who).get(own(cast)).status_code == 404
