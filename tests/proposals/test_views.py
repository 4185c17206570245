"""The family's pages of proposals: four answers, two parents, and what of it stands on other pages."""

from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from app.db import db
from app.proposals import commands, store
from app.proposals.commands import LineInput
from app.proposals.nouns import Act, LineState, Said, Target
from app.sharing import commands as sharing
from app.sharing import store as shares
from tests.cast import Cast
from tests.policy.test_matrix import UNSTEADY
from tests.proposals.visits import TEA, lines_of, new, send

pytestmark = pytest.mark.both_databases

ALL_DAY = {"sort": "open"}
HTMX = {"HX-Request": "true", "HX-Target": "voorstel"}


@pytest.fixture(autouse=True)
def tokens_off(app: Flask) -> None:
    """What the token guards has its own tests (tests/armour)."""
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def sara(cast: Cast) -> FlaskClient:
    return cast.client_of("sara")


@pytest.fixture
def waits(cast: Cast, app: Flask) -> UUID:
    """A new agreement of Lisa waits."""
    with app.app_context():
        send(cast, new())
        return lines_of(cast, "sara")[-1].thing.id


def at(cast: Cast, *parts: object) -> str:
    return "/".join(map(str, (f"/p/{cast.plan}/voorstellen", *parts)))


def post(client: FlaskClient, cast: Cast, *parts: object, htmx: bool = False, **data: str) -> TestResponse:
    sent = {"form_key": uuid4().hex, **data}
    return client.post(at(cast, *parts), data=sent, headers=HTMX if htmx else {})


def state(cast: Cast, app: Flask, line: UUID) -> LineState:
    with app.app_context():
        return next(one.standing for one in lines_of(cast, "sara") if one.thing.id == line)


# ---- one proposal ----------------------------------------------------------------------------------------------------


def test_a_page_says_who_what_and_why_and_offers_four_answers(cast: Cast, sara: FlaskClient, waits: UUID) -> None:
    page = sara.get(at(cast, waits)).text
    for words in ("Voorstel van Lisa", TEA.what, TEA.why, "Ja, dat doen wij", "Ja, maar anders", ">Nee<", ">Later<"):
        assert words in page
    assert "Zeg je nee? Dan komt het niet in ons plan. Je hoeft niet te zeggen waarom." in page
    assert 'class="card dashed"' in page


def test_yes_makes_the_dashed_border_solid_in_its_place(cast: Cast, app: Flask, sara: FlaskClient, waits: UUID) -> None:
    part = post(sara, cast, waits, "ja", htmx=True)
    assert part.status_code == 200
    assert f'id="voorstel-{waits}"' in part.text
    assert "<html" not in part.text
    assert "dashed" not in part.text
    assert "Sara zei ja. Dit staat nu in ons plan." in part.text
    assert "Toch niet" in part.text
    assert state(cast, app, waits) is LineState.ACCEPTED
    assert TEA.what in sara.get(f"/p/{cast.plan}/afspraken").text


def test_taking_a_yes_back_leads_to_a_page_that_is_there(cast: Cast, sara: FlaskClient, waits: UUID) -> None:
    page = sara.get(post(sara, cast, waits, "ja").location).text
    undo = page.partition("notice good")[2].partition('action="')[2].partition('"')[0]
    answer = sara.post(undo, data={"form_key": uuid4().hex, "back": "1"}, follow_redirects=True)
    assert answer.status_code == 200
    assert "Dit staat weer zoals eerst." in answer.text
    assert TEA.what not in sara.get(f"/p/{cast.plan}/afspraken").text
    assert "Sara zei ja." in sara.get(at(cast, waits)).text


def test_without_scripts_yes_leads_to_a_page(cast: Cast, sara: FlaskClient, waits: UUID) -> None:
    answer = post(sara, cast, waits, "ja")
    assert answer.status_code == 303
    page = sara.get(answer.location).text
    assert "Sara zei ja. Dit staat nu in ons plan." in page
    assert "Bewaard." in page


def test_in_our_own_words_and_both_stay_readable(cast: Cast, app: Flask, sara: FlaskClient, waits: UUID) -> None:
    form = sara.get(at(cast, waits, "anders")).text
    assert TEA.what in form.partition("<textarea")[2]
    answer = post(sara, cast, waits, "anders", what="Soms thee drinken", why="dat lukt", **ALL_DAY)
    assert answer.status_code == 303
    for who in ("sara", "jef"):
        page = cast.client_of(who).get(at(cast, waits)).text
        assert "Soms thee drinken" in page
        assert TEA.what in page
    with app.app_context():
        made = lines_of(cast, "sara")[-1].body.applied
    page = sara.get(f"/p/{cast.plan}/afspraken/{made}").text
    assert "Voorstel van Lisa" in page
    assert "Wij maakten er dit van." in page
    assert TEA.what in page
    assert "Sara zei ja." in page


def test_too_few_words_are_asked_for_kindly(cast: Cast, sara: FlaskClient, waits: UUID) -> None:
    answer = post(sara, cast, waits, "anders", what=" ", why="daarom", **ALL_DAY)
    assert answer.status_code == 422
    assert "Nog één ding" in answer.text
    assert "daarom" in answer.text


def test_no_ends_it_without_a_question(cast: Cast, app: Flask, sara: FlaskClient, waits: UUID) -> None:
    part = post(sara, cast, waits, "nee", htmx=True)
    assert "Sara zei nee. Het komt niet in ons plan." in part.text
    assert "Toch niet" not in part.text
    assert state(cast, app, waits) is LineState.DECLINED
    assert "Niet nu" in cast.client_of("lisa").get(f"/p/{cast.plan}/mijn-voorstellen").text


def test_later_asks_for_a_day(cast: Cast, app: Flask, sara: FlaskClient, waits: UUID) -> None:
    page = sara.get(at(cast, waits, "later")).text
    for words in ("Morgen", "Volgende week", "Over een maand"):
        assert words in page
    answer = post(sara, cast, waits, "later")
    assert answer.status_code == 422
    assert "Kies een dag." in answer.text
    assert post(sara, cast, waits, "later", later="nooit").status_code == 422
    assert post(sara, cast, waits, "later", later="week").status_code == 303
    assert state(cast, app, waits) is LineState.WAITING
    assert TEA.what not in sara.get(f"/p/{cast.plan}/").text
    listed = sara.get(at(cast)).text
    assert TEA.what in listed.partition("<h2>Later</h2>")[2]
    assert "Dit komt terug op" in listed
    # Whoever opens it again answers it now.
    page = sara.get(at(cast, waits)).text
    assert "Ja, dat doen wij" in page


def test_a_condition_from_elsewhere_says_what_a_no_does_not_change(cast: Cast, app: Flask, sara: FlaskClient) -> None:
    with app.app_context():
        send(cast, new(asked_by="de jeugdrechter"))
        line = lines_of(cast, "sara")[-1].thing.id
    page = " ".join(sara.get(at(cast, line)).text.split())
    assert "de jeugdrechter" in page
    assert "Nee in ons plan verandert dat niet. Praat erover met iemand die je vertrouwt." in page


def test_a_stop_asks_no_other_words(cast: Cast, app: Flask, sara: FlaskClient) -> None:
    with app.app_context():
        send(cast, LineInput(Act.STOPPED, Target.GOAL, target=cast.id("goal of us")))
        line = lines_of(cast, "sara")[-1].thing.id
    assert "Ja, maar anders" not in sara.get(at(cast, line)).text
    post(sara, cast, line, "ja")
    assert "Dit willen wij niet meer" in sara.get(f"/p/{cast.plan}/doelen/{cast.id('goal of us')}").text


# ---- a visit of several lines ----------------------------------------------------------------------------------------


@pytest.fixture
def visit(cast: Cast, app: Flask) -> UUID:
    """Three lines at once: an agreement, a small step, and a change of a goal."""
    with app.app_context():
        return send(
            cast,
            new(),
            new(Target.STEP, Said(what="Een lijst maken"), goal=cast.id("goal of us")),
            LineInput(Act.CHANGED, Target.GOAL, Said(what="Vogels zien"), target=cast.id("goal with oma")),
        )


def test_yes_to_all_of_a_visit_is_one_tap(cast: Cast, app: Flask, sara: FlaskClient, visit: UUID) -> None:
    with app.app_context():
        first = lines_of(cast, "sara")[0].thing.id
    page = sara.get(at(cast, first)).text
    assert "Ja op alle 3" in page
    answer = post(sara, cast, "bezoek", visit, "ja")
    assert answer.location == at(cast)
    with app.app_context():
        assert {line.standing for line in lines_of(cast, "jef")} == {LineState.ACCEPTED}


def test_yes_to_all_leaves_what_the_family_changed_meanwhile(
    cast: Cast, app: Flask, sara: FlaskClient, visit: UUID
) -> None:
    goal = cast.id("goal with oma")
    sara.post(f"/p/{cast.plan}/doelen/{goal}/verander", data={"words": "Onze eigen woorden", "version": "1"})
    answer = post(sara, cast, "bezoek", visit, "ja")
    with app.app_context():
        waiting = [line for line in lines_of(cast, "jef") if line.is_waiting]
        assert [line.body.about for line in waiting] == [Target.GOAL]
    assert answer.location == at(cast, waiting[0].thing.id)
    again = post(sara, cast, waiting[0].thing.id, "ja")
    assert again.status_code == 422
    assert "Dit veranderde intussen. Kies nu jullie woorden." in again.text
    assert "Onze eigen woorden" in again.text
    assert "Vogels zien" in again.text


@pytest.mark.usefixtures("visit")
def test_one_line_after_the_other(cast: Cast, app: Flask, sara: FlaskClient) -> None:
    with app.app_context():
        first, second, *_rest = (line.thing.id for line in lines_of(cast, "sara"))
    part = post(sara, cast, first, "nee", htmx=True)
    assert "Het volgende voorstel" in part.text
    assert str(second) in part.text


# ---- two parents -----------------------------------------------------------------------------------------------------


def test_the_second_parent_sees_what_was_decided_and_keeps_what_they_typed(
    cast: Cast, app: Flask, sara: FlaskClient, waits: UUID
) -> None:
    jef = cast.client_of("jef")
    post(sara, cast, waits, "ja")
    answer = post(jef, cast, waits, "anders", what="Liever koffie", **ALL_DAY)
    assert answer.status_code == 422
    assert "Iemand van jullie was eerst." in answer.text
    assert "Liever koffie" in answer.text
    assert "Sara zei ja." in answer.text
    for parts in (("ja",), ("nee",)):
        page = jef.get(post(jef, cast, waits, *parts).location).text
        assert "Hier is al een antwoord. Kijk hoe het nu staat." in page
    later = post(jef, cast, waits, "later", later="week")
    assert "Hier is al een antwoord." in jef.get(later.location).text
    assert state(cast, app, waits) is LineState.ACCEPTED


def test_a_guest_of_one_parent_says_who_will_see_it(cast: Cast, sara: FlaskClient) -> None:
    page = sara.get(at(cast, cast.id("line of bert"))).text
    assert "Alleen jouw gast" in page
    assert "Zeg je ja? Dan zien alleen jij en" in page


@pytest.mark.parametrize("where", ["", "voorstellen", "afspraken", "mensen", "huizen", "meer", "veranderd"])
def test_of_a_guest_of_one_parent_the_other_sees_no_trace(cast: Cast, app: Flask, where: str) -> None:
    """The same page, byte for byte, with and without what Bert proposes."""
    jef = cast.client_of("jef")
    before = steady(jef.get(f"/p/{cast.plan}/{where}"))
    with app.app_context():
        for about in (Target.AGREEMENT, Target.PERSON, Target.HOME, Target.GOAL):
            send(cast, new(about), by="bert")
        for line in lines_of(cast, "sara")[:2]:
            commands.say_yes(cast.sara, line, None)
    assert steady(jef.get(f"/p/{cast.plan}/{where}")) == before


def steady(answer: TestResponse) -> str:
    text = answer.get_data(as_text=True)
    for pattern in UNSTEADY:
        text = pattern.sub(r"\1", text)
    return text


# ---- on other pages --------------------------------------------------------------------------------------------------


def test_our_plan_shows_the_oldest_that_waits_and_how_many_more(cast: Cast, sara: FlaskClient) -> None:
    page = sara.get(f"/p/{cast.plan}/").text
    assert "Boomkruiper" in page
    assert "Goudhaan" not in page
    assert "Nog 1 voorstel" in page
    other = cast.client_of("jef").get(f"/p/{cast.plan}/").text
    assert "Boomkruiper" in other
    assert "Nog 1 voorstel" not in other


@pytest.mark.parametrize(
    ("line", "where"),
    [
        (new(), "afspraken"),
        (new(Target.PERSON, Said(who_else=TEA.what)), "mensen"),
        (new(Target.HOME), "huizen"),
    ],
)
def test_what_is_new_waits_in_its_place(cast: Cast, app: Flask, sara: FlaskClient, line: LineInput, where: str) -> None:
    with app.app_context():
        send(cast, line)
    page = sara.get(f"/p/{cast.plan}/{where}").text
    assert "dashed" in page
    assert TEA.what in page
    assert "Voorstel van Lisa" in page
    assert TEA.what not in cast.client_of("nele").get(f"/p/{cast.plan}/{where}").text


@pytest.mark.parametrize(
    ("act", "about", "piece", "where"),
    [
        (Act.CHANGED, Target.GOAL, "goal of us", "doelen/{id}"),
        (Act.CHANGED, Target.AGREEMENT, "agreement of lisa", "afspraken/{id}"),
        (Act.STOPPED, Target.AGREEMENT, "agreement of lisa", "afspraken/{id}"),
    ],
)
def test_a_change_waits_on_the_page_of_what_it_changes(
    cast: Cast, app: Flask, act: Act, about: Target, piece: str, where: str
) -> None:
    sara = cast.client_of("sara")
    with app.app_context():
        send(cast, LineInput(act, about, Said() if act is Act.STOPPED else TEA, target=cast.id(piece)))
        line = lines_of(cast, "sara")[-1].thing.id
    page = sara.get(f"/p/{cast.plan}/{where.format(id=cast.id(piece))}").text
    assert f'id="voorstel-{line}"' in page


def test_a_small_step_waits_among_the_steps(cast: Cast, app: Flask, sara: FlaskClient) -> None:
    goal = cast.id("goal of us")
    with app.app_context():
        send(cast, new(Target.STEP, goal=goal))
        send(cast, LineInput(Act.CHANGED, Target.STEP, Said(what="Anders tekenen"), target=cast.id("step of us")))
    page = sara.get(f"/p/{cast.plan}/doelen/{goal}").text
    steps = page.partition(f'id="steps-{goal}"')[2]
    assert steps.index(TEA.what) < steps.index("Een kleine stap erbij")
    assert steps.index("Anders tekenen") < steps.index("Een kleine stap erbij")


def test_the_list_shows_what_waits_what_is_for_later_and_what_was_answered(cast: Cast, sara: FlaskClient) -> None:
    page = sara.get(at(cast)).text
    assert "Boomkruiper" in page
    answered = page.partition("<h2>Jullie antwoord</h2>")[2]
    assert "Graspieper" in answered
    assert "Rietzanger" in answered


def test_with_nothing_to_decide_the_list_says_so_gently(cast: Cast) -> None:
    page = cast.client_of("lies").get(f"/p/{cast.elsewhere}/voorstellen").text
    assert "Niemand stelt nu iets voor. Jullie gaan verder met jullie plan." in page


def test_many_answers_come_a_page_at_a_time(cast: Cast, app: Flask, sara: FlaskClient) -> None:
    with app.app_context():
        for _visit in range(2):
            send(cast, *[new(said=Said(what=f"Iets {number}")) for number in range(11)])
        for line in lines_of(cast, "sara"):
            commands.take_back(cast.lisa, store.line(cast.lisa, line.thing.id) or line, None)
    page = sara.get(at(cast)).text
    assert "Van vroeger" in page
    assert "Graspieper" in page + sara.get(at(cast) + "?vanaf=20").text
    assert sara.get(at(cast) + "?vanaf=nergens").status_code == 200


def test_a_stopped_guest_leaves_nothing_to_decide(cast: Cast, app: Flask, sara: FlaskClient, waits: UUID) -> None:
    with app.app_context():
        share = shares.share(cast.jef, cast.id("share lisa"))
        assert share is not None
        sharing.stop(cast.jef, share)
    for where in ("", "afspraken", f"doelen/{cast.id('goal of us')}"):
        page = cast.client_of("jef").get(f"/p/{cast.plan}/{where}").text
        assert "/voorstellen/" not in page
    page = sara.get(at(cast, waits)).text
    assert "Dit voorstel is voorbij." in page
    assert "Ja, dat doen wij" not in page
    answer = post(sara, cast, waits, "ja")
    assert "Hier is al een antwoord." in sara.get(answer.location).text
    assert state(cast, app, waits) is LineState.WITHDRAWN


# ---- how little it asks of the database ------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["", "voorstellen", "afspraken", "doelen/{goal}", "voorstellen/{line}"])
def test_a_page_asks_the_same_few_things_however_much_is_proposed(
    cast: Cast, app: Flask, sara: FlaskClient, where: str
) -> None:
    address = f"/p/{cast.plan}/" + where.format(goal=cast.id("goal of us"), line=cast.id("line of lisa"))
    sara.get(address)
    few = asked(app, sara, address)
    with app.app_context():
        send(cast, *[new(Target.STEP, goal=cast.id("goal of us"))] * 8)
    assert asked(app, sara, address) <= max(few, 8)
    assert asked(app, sara, address) <= few


def asked(app: Flask, client: FlaskClient, address: str) -> int:
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            found.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(found)
