"""Two wrote at once: on every form both texts stand there, and whatever is chosen of them is what stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from app.goals.forms import GoalForm
from app.web.chosen import chosen, joined
from tests.cast import Cast

BOTH = "Iemand veranderde dit net ook. Kies wat jullie houden."


@dataclass(frozen=True)
class Edited:
    """One form: where it is, the field two people write in, and what else it needs."""

    address: Callable[[Cast], str]
    field: str
    joins: bool
    rest: dict[str, Any]


@pytest.fixture(autouse=True)
def tokens_off(app: Flask) -> None:
    """What the token guards has its own tests (tests/armour)."""
    app.config["WTF_CSRF_ENABLED"] = False


def _at(place: str, name: str) -> Callable[[Cast], str]:
    return lambda cast: f"/p/{cast.plan}/{place}/{cast.id(name)}/verander"


GOAL = _at("doelen", "goal of us")
PERSON = _at("mensen", "person oma")


FORMS = {
    "goal": Edited(GOAL, "words", True, {}),
    "step": Edited(_at("stappen", "step of us"), "words", True, {}),
    "agreement": Edited(_at("afspraken", "agreement of oma"), "words", True, {}),
    "person": Edited(PERSON, "name", False, {"ring": "close"}),
    "home": Edited(_at("huizen", "home"), "name", False, {}),
    "facts": Edited(lambda cast: f"/p/{cast.plan}/over", "signed_up_question", True, {"name": "wij"}),
}
every_form = pytest.mark.parametrize("edited", FORMS.values(), ids=FORMS)


def hidden(page: str) -> dict[str, list[str]]:
    """What a form sends along of what its writer saw and typed."""
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="((?:was|mine|list)_\w+|version)" value="([^"]*)"', page):
        sent.setdefault(name, []).append(unescape(value))
    return sent


def texts(page: str) -> list[str]:
    return [unescape(text).strip() for text in re.findall(r'<span class="said">([^<]*)</span>', page)]


def clash(cast: Cast, edited: Edited, *, between: str = "") -> tuple[FlaskClient, str, str]:
    """Jef's page after Sara saved other words first (and once more in between)."""
    address, (sara, jef) = edited.address(cast), (cast.client_of("sara"), cast.client_of("jef"))
    began = hidden(jef.get(address).text)

    def sent(text: str, seen: dict[str, Any]) -> dict[str, Any]:
        untouched = {name.removeprefix("was_"): value for name, value in seen.items() if name.startswith("was_")}
        return {**untouched, **edited.rest, **seen, edited.field: text}

    assert sara.post(address, data=sent("Wat Sara schreef", began)).status_code == 303
    answer = jef.post(address, data=sent("Wat Jef schreef", began))
    assert answer.status_code == 422
    if between:
        seen = hidden(sara.get(address).text)
        third = sara.post(address, data=sent(between, seen))
        assert third.status_code == 303, third.text
    return jef, address, answer.text


def choose(page: str, edited: Edited, pick: str, **more: str) -> dict[str, Any]:
    seen = hidden(page)
    untouched = {name.removeprefix("was_"): value for name, value in seen.items() if name.startswith("was_")}
    typed = {name.removeprefix("mine_"): value for name, value in seen.items() if name.startswith("mine_")}
    group = re.search(rf'name="(keep_(?:[\w.]+\.)?{edited.field}[\w.]*)"', page)
    assert group
    return {**untouched, **edited.rest, **typed, **seen, group[1]: pick, **more}


@every_form
def test_both_texts_stand_there_and_who_wrote_the_other(cast: Cast, edited: Edited) -> None:
    _jef, _address, page = clash(cast, edited)
    assert BOTH in page
    assert texts(page)[:2] == ["Wat Sara schreef", "Wat Jef schreef"]
    assert len(texts(page)) == (3 if edited.joins else 2)
    assert "Sara schreef dit." in page
    assert "Wat Jef schreef" in hidden(page)[f"mine_{edited.field}"]


@every_form
@pytest.mark.parametrize(
    ("pick", "stays"),
    [("now", "Wat Sara schreef"), ("mine", "Wat Jef schreef"), ("both", "Wat Sara schreef. Wat Jef schreef")],
)
def test_what_was_chosen_is_what_stays(cast: Cast, edited: Edited, pick: str, stays: str) -> None:
    jef, address, page = clash(cast, edited)
    if pick == "both" and not edited.joins:
        return
    assert jef.post(address, data=choose(page, edited, pick)).status_code == 303
    assert hidden(jef.get(address).text)[f"was_{edited.field}"] == [stays]


@every_form
def test_what_was_written_on_in_the_field_stays_whatever_was_chosen(cast: Cast, edited: Edited) -> None:
    jef, address, page = clash(cast, edited)
    sent = choose(page, edited, "now", **{edited.field: "Nog iets anders"})
    assert jef.post(address, data=sent).status_code == 303
    assert hidden(jef.get(address).text)[f"was_{edited.field}"] == ["Nog iets anders"]


@every_form
def test_a_third_save_in_between_is_not_written_over(cast: Cast, edited: Edited) -> None:
    jef, address, page = clash(cast, edited, between="Wat Sara daarna schreef")
    answer = jef.post(address, data=choose(page, edited, "mine"))
    assert answer.status_code == 422
    assert texts(answer.text)[:2] == ["Wat Sara daarna schreef", "Wat Jef schreef"]
    kept = jef.post(address, data=choose(answer.text, edited, "mine"))
    assert kept.status_code == 303
    assert hidden(jef.get(address).text)[f"was_{edited.field}"] == ["Wat Jef schreef"]


def test_of_two_choices_of_people_both_can_stay(cast: Cast) -> None:
    sara, jef, address = cast.client_of("sara"), cast.client_of("jef"), GOAL(cast)
    began = hidden(jef.get(address).text)
    words = began["was_words"]
    people = {name: str(cast.people[name]) for name in ("oma", "jef")}
    assert sara.post(address, data={"words": words, "whose": people["oma"], **began}).status_code == 303
    page = jef.post(address, data={"words": words, "whose": people["jef"], **began}).text
    *_each, together = texts(page)
    assert " en " in together
    sent = {**hidden(page), "words": words, "whose": people["jef"], "keep_whose": "both"}
    assert jef.post(address, data=sent).status_code == 303
    assert set(hidden(jef.get(address).text)["was_whose"]) >= set(people.values())


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ("Samen eten", "Buiten spelen", "Samen eten. Buiten spelen"),
        ("Samen eten.", "Buiten spelen", "Samen eten. Buiten spelen"),
        ("Samen\neten", "Buiten spelen", "Samen\neten\nBuiten spelen"),
        ("", "Buiten spelen", "Buiten spelen"),
        ("Samen eten", " ", "Samen eten"),
    ],
)
def test_two_texts_as_one(one: str, other: str, kept: str) -> None:
    assert joined(one, other) == kept


class Counted(MultiDict[str, str]):
    """A form that counts how often it is asked for something."""

    asked = 0

    def getlist(self, *wanted: Any, **how: Any) -> list[Any]:
        type(self).asked += 1
        return super().getlist(*wanted, **how)


@pytest.mark.parametrize(
    "sent",
    [
        [("keep_" + "." * 150_000, "now")],
        [("words", "a"), ("mine_words", "a"), *((f"keep_{'words.' * 15}{number}", "now") for number in range(900))],
    ],
    ids=["one choice of very many fields", "very many choices"],
)
def test_a_form_made_to_keep_the_server_busy_is_read_for_a_few_choices_only(sent: list[tuple[str, str]]) -> None:
    Counted.asked = 0
    chosen(Counted(sent))
    assert Counted.asked < 4000


def test_what_was_chosen_is_worked_out_once_a_request(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.web import form

    times: list[int] = []
    monkeypatch.setattr(form, "chosen", lambda sent: (times.append(1), sent)[1])
    with app.test_request_context(method="POST", data={"words": "Samen eten"}):
        shown = GoalForm()
        assert shown.touched([field.name for field in shown])
    assert len(times) == 1
