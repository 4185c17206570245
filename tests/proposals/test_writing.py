"""A guest writes a visit: nothing typed gets lost on the way, and nothing is sent that they do not see."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.proposals import guest_pages, store
from app.proposals.rules import MOST_LINES
from tests.cast import Cast
from tests.proposals.visits import lines_of

pytestmark = pytest.mark.both_databases

Pairs = list[tuple[str, str]]
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def carried(page: TestResponse) -> Pairs:
    """What the form of a page carries along."""
    assert page.status_code in {200, 422}, page.text
    return [(unescape(name), unescape(text)) for name, text in HIDDEN.findall(page.text.partition('id="visit"')[2])]


def compose(client: FlaskClient, cast: Cast, pairs: Pairs, **more: Any) -> TestResponse:
    data: dict[str, list[str]] = {}
    for name, text in [*pairs, *more.items()]:
        data.setdefault(name, []).append(text)
    return client.post(f"/p/{cast.plan}/stel-voor", data=data)


UNSTEADY = r'name="(?:csrf_token|form_key|visit)" value="[^"]*"'
TEA: dict[str, str] = {"what": "Samen thee drinken", "why": "dan is er tijd om te praten"}


def begin(client: FlaskClient, cast: Cast, query: str = "doe=new&over=agreement") -> Pairs:
    page = client.get(f"/p/{cast.plan}/stel-voor?{query}")
    assert page.status_code == 200, page.text
    return carried(page)


@pytest.fixture
def lisa(cast: Cast) -> FlaskClient:
    return cast.client_of("lisa")


def test_a_visit_of_three_lines_travels_along_and_is_sent_at_once(cast: Cast, lisa: FlaskClient) -> None:
    page = compose(lisa, cast, begin(lisa, cast), **TEA, do="more")
    assert "Samen thee drinken" in page.text
    page = compose(lisa, cast, carried(page), act="new", about="step", do="next")
    page = compose(lisa, cast, carried(page), goal=str(cast.id("goal of us")), do="which")
    page = compose(lisa, cast, carried(page), what="Thee kopen", do="more")
    page = compose(lisa, cast, carried(page), act="stopped", about="goal", do="next")
    page = compose(lisa, cast, carried(page), target=str(cast.id("goal of us")), do="which")
    page = compose(lisa, cast, carried(page), why="het is klaar", do="look")
    for words in ("Zo leest het gezin dit", "Samen thee drinken", "Thee kopen", "het is klaar", "Kramsvogel"):
        assert words in page.text
    with cast.app.app_context():  # type: ignore[union-attr]
        assert lines_of(cast, "sara") == []
    sent = compose(lisa, cast, carried(page), do="send")
    assert sent.status_code == 303
    with cast.app.app_context():  # type: ignore[union-attr]
        assert [line.body.said.what for line in lines_of(cast, "sara")] == ["Samen thee drinken", "Thee kopen", ""]


def sent(cast: Cast) -> list[str]:
    """What of Lisa and Bert arrived with Sara."""
    with cast.app.app_context():  # type: ignore[union-attr]
        return [line.body.said.what for line in lines_of(cast, "sara")]


# ---- nothing gets lost -----------------------------------------------------------------------------------------------


def test_a_line_goes_back_to_its_own_page_and_keeps_all_that_was_typed(cast: Cast, lisa: FlaskClient) -> None:
    typed = {**TEA, "sort": "weekly", "weekdays": "1", "at": "15:30", "who_else": "een buur", "asked_by": "de rechter"}
    page = compose(lisa, cast, begin(lisa, cast), **typed, who=str(cast.people["oma"]), do="look")
    assert "elke dinsdag om 15.30" in page.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Dit vraagt de rechter." in page.text
    again = compose(lisa, cast, carried(page), edit="0")
    for words in ("Samen thee drinken", 'value="15:30"', "een buur", "de rechter"):
        assert words in again.text
    assert re.search(rf'value="{cast.people["oma"]}"[^>]* checked', again.text)


def test_choosing_something_else_keeps_the_words(cast: Cast, lisa: FlaskClient) -> None:
    page = compose(lisa, cast, begin(lisa, cast), **TEA, do="again")
    assert "Wat stel je voor?" in page.text
    page = compose(lisa, cast, carried(page), act="new", about="goal", do="next")
    assert "Een nieuw doel" in page.text
    assert "Samen thee drinken" in page.text


def test_a_line_can_be_dropped_and_an_empty_one_is_left_out(cast: Cast, lisa: FlaskClient) -> None:
    page = compose(lisa, cast, begin(lisa, cast), **TEA, do="more")
    page = compose(lisa, cast, carried(page), act="new", about="goal", do="next")
    look = compose(lisa, cast, carried(page), do="look")
    assert look.text.count("card dashed") == 1
    page = compose(lisa, cast, carried(look), drop="0")
    assert "Wat stel je voor?" in page.text
    assert sent(cast) == []


def test_the_same_visit_sent_twice_from_whichever_page_is_one(cast: Cast, lisa: FlaskClient) -> None:
    pairs = begin(lisa, cast)
    look = compose(lisa, cast, pairs, **TEA, do="look")
    for _time in range(2):
        assert compose(lisa, cast, carried(look), do="send").status_code == 303
    assert compose(lisa, cast, pairs, **TEA, do="send").status_code == 303
    assert sent(cast) == ["Samen thee drinken"]


def test_the_present_text_stands_in_the_fields_of_a_change(cast: Cast, lisa: FlaskClient) -> None:
    goal = cast.id("goal of us")
    page = lisa.get(f"/p/{cast.plan}/stel-voor?doe=changed&over=goal&ding={goal}")
    assert "Wij willen een Kramsvogel zien</textarea>" in page.text
    same = compose(lisa, cast, carried(page), what="Wij willen een Kramsvogel zien", who=str(cast.people["kaat"]))
    assert "Kramsvogel zien</textarea>" in same.text
    pairs = [*carried(page), ("who", str(cast.people["kaat"])), ("what", "Wij willen een Kramsvogel zien")]
    refused = compose(lisa, cast, pairs, do="look")
    assert refused.status_code == 422
    assert "Alles staat nog zoals het was." in refused.text


def test_chosen_on_the_way_it_is_the_same(cast: Cast, lisa: FlaskClient) -> None:
    page = lisa.get(f"/p/{cast.plan}/stel-voor")
    page = compose(lisa, cast, carried(page), act="changed", about="agreement", do="next")
    assert "Welke?" in page.text
    assert compose(lisa, cast, carried(page), do="which").status_code == 422
    page = compose(lisa, cast, carried(page), target=str(cast.id("agreement of lisa")), do="which")
    assert "Samen de Goudvink zoeken</textarea>" in page.text


def test_what_a_rule_refuses_is_said_at_its_line(cast: Cast, lisa: FlaskClient) -> None:
    for typed, said in [
        ({"do": "look"}, "Schrijf op wat je voorstelt."),
        ({"what": "x" * 161, "do": "look"}, "Maak dit korter. Hier passen 160 letters."),
        ({**TEA, "sort": "day", "day": "other", "other_day": "2020-01-01", "do": "more"}, "Die dag is voorbij."),
        ({**TEA, "sort": "once", "do": "send"}, "Schrijf op wanneer."),
    ]:
        page = compose(lisa, cast, begin(lisa, cast), **typed)
        assert page.status_code == 422
        assert said in page.text
        assert typed.get("what", "") in page.text
    assert compose(lisa, cast, carried(lisa.get(f"/p/{cast.plan}/stel-voor")), do="next").status_code == 422


def test_what_was_answered_with_not_now_is_refused_with_the_day_and_the_words(cast: Cast, lisa: FlaskClient) -> None:
    from app.proposals import commands

    look = compose(lisa, cast, begin(lisa, cast), **TEA, do="look")
    compose(lisa, cast, carried(look), do="send")
    with cast.app.app_context():  # type: ignore[union-attr]
        commands.say_no(cast.sara, lines_of(cast, "sara")[0], None)
    page = compose(lisa, cast, begin(lisa, cast), what="Samen koffie drinken", do="send")
    assert page.status_code == 422
    assert "Het gezin zei: niet nu. Vraag dit opnieuw vanaf " in page.text
    assert "Samen koffie drinken" in page.text
    assert sent(cast) == ["Samen thee drinken"]


def test_who_was_signed_out_finds_the_words_back(cast: Cast, lisa: FlaskClient) -> None:
    pairs = begin(lisa, cast)
    lisa.delete_cookie("onsplan")
    page = compose(lisa, cast, pairs, **TEA, do="look")
    assert page.status_code == 401
    typed = re.findall(r'name="typed:([^"]+)" value="([^"]*)"', page.text)
    read = re.findall(r'class="own-words">([^<]*)<', page.text)
    assert read == ["Samen thee drinken", "dan is er tijd om te praten"]
    assert ("what", "Samen thee drinken") in typed


def test_who_was_signed_out_goes_on_where_they_were(cast: Cast, lisa: FlaskClient) -> None:
    """The page that asks for the key carries the form, and the one after it sends it on to the same address."""
    first = compose(lisa, cast, begin(lisa, cast), **TEA, do="more")
    pairs = [pair for pair in carried(first) if pair[0] not in {"csrf_token", "form_key"}]
    again = cast.client_of("lisa")
    fresh = [pair for pair in begin(again, cast) if pair[0] in {"csrf_token", "form_key"}]
    page = compose(again, cast, [*pairs, *fresh], act="new", about="goal", do="next")
    assert page.status_code == 200
    assert "Samen thee drinken" in page.text


# ---- only what a guest sees ------------------------------------------------------------------------------------------

HIDDEN_THINGS = [
    ("goal", "goal closed"), ("goal", "goal alone"), ("goal", "goal binned"), ("goal", "goal elsewhere"),
    ("goal", "goal me and bert"), ("agreement", "agreement alone"), ("agreement", "agreement closed"),
    ("person", "person oma"), ("home", "home"), ("goal", "agreement of oma"), ("step", "step alone"),
]  # fmt: skip


@pytest.mark.parametrize(("about", "piece"), HIDDEN_THINGS)
def test_what_a_guest_does_not_see_is_not_there_to_propose_about(
    cast: Cast, lisa: FlaskClient, about: str, piece: str
) -> None:
    id_, nothing = str(cast.id(piece)), "00000000-0000-4000-8000-000000000000"
    for query in ("over={}&ding={}", "doe=changed&over={}&ding={}", "doe=stopped&over={}&ding={}"):
        assert lisa.get(f"/p/{cast.plan}/stel-voor?{query.format(about, id_)}").status_code == 404
    if about == "goal":
        assert lisa.get(f"/p/{cast.plan}/stel-voor?doe=new&over=step&doel={id_}").status_code == 404
    answers = []
    for target in (id_, nothing, "no id"):
        page = compose(
            lisa, cast, begin(lisa, cast, ""), act="stopped", about=about, target=target, why="daarom", do="send"
        )
        assert page.status_code == 422
        assert "Dat staat niet in dit plan. Kies iets anders." in page.text
        assert "daarom" in page.text
        answers.append(re.sub(UNSTEADY, "", page.text).replace(target, ""))
    assert answers[0] == answers[1] == answers[2]
    assert sent(cast) == []


def test_hidden_people_are_nobody_to_choose(cast: Cast, lisa: FlaskClient) -> None:
    page = lisa.get(f"/p/{cast.plan}/stel-voor?doe=new&over=agreement")
    assert str(cast.people["neighbour"]) not in page.text
    refused = compose(lisa, cast, carried(page), **TEA, who=str(cast.people["neighbour"]), do="send")
    assert refused.status_code == 422
    assert "Die naam staat niet meer bij de mensen." in refused.text


def test_more_lines_than_fit_and_hand_made_fields_break_nothing(cast: Cast, lisa: FlaskClient) -> None:
    pairs = begin(lisa, cast)
    odd = [(f"line{number}-what", f"Regel {number}") for number in range(99)]
    odd += [("at_line", "77"), ("visit", "x"), ("line0-act", "new"), ("line0-about", "cake"), ("seen", "9" * 40)]
    for do in ("look", "more", "send", "next", "cake"):
        assert compose(lisa, cast, [*pairs, *odd], do=do).status_code in {200, 422}
    for name in ("edit", "drop"):
        assert compose(lisa, cast, [*pairs, *odd], **{name: "88"}).status_code in {200, 422}
    assert sent(cast) == []


# ---- hard words ------------------------------------------------------------------------------------------------------


def look_at(client: FlaskClient, cast: Cast, text: str, field: str = "what") -> TestResponse:
    token = dict(begin(client, cast))["csrf_token"]
    typed = {"csrf_token": token, "field": field, field: text}
    return client.post(f"/p/{cast.plan}/stel-voor/woorden", data=typed, headers={"HX-Request": "true"})


def test_hard_words_stand_beside_the_field_with_what_to_write(cast: Cast, lisa: FlaskClient) -> None:
    page = look_at(lisa, cast, "De hulpvraag van Lisa")
    assert page.text.startswith("\n") or page.text.lstrip().startswith("<div")
    assert 'data-put="waar wij hulp bij willen"' in page.text
    assert look_at(lisa, cast, "Samen eten").text.count("<li") == 0
    assert look_at(lisa, cast, "De hulpvraag", "who_else").text.count("<li") == 0


def test_nobody_is_named_to_a_guest_who_does_not_see_them(cast: Cast, lisa: FlaskClient) -> None:
    page = look_at(lisa, cast, "De moeder en mevrouw Peeters komen. De grootmoeder ook.")
    assert not {"Sara", "Jef", "Roodborsttapuit"} & set(re.findall(r"\w+", page.text))


def test_hard_words_stand_on_the_page_without_scripts_too(cast: Cast, lisa: FlaskClient) -> None:
    look = compose(lisa, cast, begin(lisa, cast), what="De hulpvraag bespreken", do="look")
    assert "waar wij hulp bij willen" in look.text
    refused = compose(lisa, cast, begin(lisa, cast), what="De hulpvraag", sort="once", do="look")
    assert "waar wij hulp bij willen" in refused.text


def test_looking_at_words_keeps_nothing(cast: Cast, lisa: FlaskClient) -> None:
    from app.db import db

    look_at(lisa, cast, "Samen eten")
    with cast.app.app_context():  # type: ignore[union-attr]
        before = {name: db.session.execute(table.select()).all() for name, table in _tables().items()}
    look_at(lisa, cast, "Het dossier van Kaat")
    with cast.app.app_context():  # type: ignore[union-attr]
        after = {name: db.session.execute(table.select()).all() for name, table in _tables().items()}
    assert {name for name in before if before[name] != after[name]} <= {"session"}


def _tables() -> dict[str, Any]:
    from app.db import Base

    return dict(Base.metadata.tables)


def test_a_full_visit_loses_nothing_when_more_is_asked(cast: Cast, lisa: FlaskClient) -> None:
    pairs = [pair for pair in begin(lisa, cast) if pair[0] not in {"at_line", "act", "about"}]
    full = [
        (f"line{number}-{name}", text)
        for number in range(MOST_LINES)
        for name, text in {"act": "new", "about": "goal", "what": f"Doel {number}"}.items()
    ]
    page = compose(lisa, cast, [*pairs, *full, ("at_line", "none")], do="more")
    assert "Zo leest het gezin dit" in page.text
    assert "Nog een regel" not in page.text
    assert all(f">Doel {number}<" in page.text for number in range(MOST_LINES))


# ---- where it begins, and names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "may"), [("lisa", True), ("bert", False), ("sara", False), ("nele", False)])
def test_only_a_guest_is_offered_to_propose_on_the_page_of_a_thing(cast: Cast, who: str, may: bool) -> None:
    goal = cast.id("goal of us")
    page = cast.client_of(who).get(f"/p/{cast.plan}/doelen/{goal}")
    assert (f"/stel-voor?over=goal&amp;ding={goal}" in page.text) is may


def test_the_name_of_the_family_is_offered_to_a_guest_who_sees_the_people(cast: Cast) -> None:
    with cast.app.test_request_context():  # type: ignore[union-attr]
        seeing = replace(cast.lisa, opened=cast.lisa.opened | {"person"})
        text = "De grootmoeder belt."
        [(found, _sentence)] = guest_pages.hard(store.board(seeing).whole, text).found
        assert found.instead == ("Oma Rosa Roodborsttapuit",)
        assert guest_pages.hard(store.board(cast.lisa).whole, text).found == ()


def test_who_was_let_go_while_writing_reads_the_own_words_once_more(cast: Cast, lisa: FlaskClient) -> None:
    from app.sharing import commands as sharing
    from app.sharing import store as shares

    pairs = begin(lisa, cast)
    with cast.app.app_context():  # type: ignore[union-attr]
        share = shares.share(cast.sara, cast.id("share lisa"))
        assert share is not None
        sharing.stop(cast.sara, share)
    page = compose(lisa, cast, pairs, **TEA, do="send")
    assert page.status_code in {401, 404}
    assert "Samen thee drinken" in page.text
    assert sent(cast) == []
