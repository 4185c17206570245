"""Nothing typed is lost: a save without a session, or with an old token, keeps the words and asks for the key."""

from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts import commands as accounts
from app.accounts import store as account_store
from app.accounts.nouns import CardSecret
from app.web.unsent import MOST
from tests.cast import Cast
from tests.entry.reading import Form, form_to

pytestmark = pytest.mark.both_databases
WORDS = "Elke avond samen eten, zonder gsm <3 & “rustig”"
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/p/x",
    "/sleutel",
    "/p/{plan}/../../x",
    "/p/{plan}/doelen?a=b",
    "",
    "javascript:1",
)


@pytest.fixture
def card(cast: Cast, app: Flask) -> CardSecret:
    with app.test_request_context():
        return accounts.make_card(cast.sara, "one form")


def goal_form(cast: Cast, client: FlaskClient) -> Form:
    return form_to(client.get(f"/p/{cast.plan}/doelen/nieuw"), "/doelen")


def end_sessions(cast: Cast, app: Flask) -> None:
    with app.test_request_context():
        for device in account_store.devices(cast.sara):
            accounts.end_seat(device.id)


def goals_with(cast: Cast, app: Flask, words: str = WORDS) -> int:
    from app.goals.store import goals

    with app.test_request_context():
        board = goals(cast.sara)
        assert board is not None
        return sum(goal.thing.body.words == words for goal in board.goals)


def saved_without_session(cast: Cast, app: Flask, client: FlaskClient, **more: str) -> TestResponse:
    form = goal_form(cast, client)
    end_sessions(cast, app)
    return form.send(client, words=WORDS, **more)


def key_of(answer: TestResponse, client: FlaskClient, number: str, words: str) -> TestResponse:
    return form_to(answer, "/sleutel").send(client, card_number=number, card_words=words)


def test_what_was_typed_stands_on_the_page_that_asks_for_the_key(cast: Cast, app: Flask) -> None:
    answer = saved_without_session(cast, app, cast.client_of("sara"))
    assert answer.status_code == 401
    assert "Elke avond samen eten, zonder gsm &lt;3 &amp; “rustig”" in answer.text
    assert "Je schreef iets. Het staat hier nog." in answer.text
    assert goals_with(cast, app) == 0


def test_with_the_key_it_is_saved_after_all_and_once(cast: Cast, app: Flask, card: CardSecret) -> None:
    sara = cast.client_of("sara")
    asked = saved_without_session(cast, app, sara, domain="school")
    back = key_of(asked, sara, card.number, " ".join(card.words))
    assert back.status_code == 200
    assert "Je bent terug binnen. Bewaar nu wat je schreef." in back.text
    form = form_to(back, "/doelen")
    saved = form.send(sara)
    assert saved.status_code == 303
    assert "School en opvang" in sara.get(saved.location).text
    form.send(sara)
    assert goals_with(cast, app) == 1


def test_a_wrong_key_keeps_what_was_typed(cast: Cast, app: Flask, card: CardSecret) -> None:
    sara = cast.client_of("sara")
    asked = saved_without_session(cast, app, sara)
    again = key_of(asked, sara, card.number, "een twee drie")
    assert again.status_code == 422
    assert "Elke avond samen eten" in again.text
    back = key_of(again, sara, card.number, " ".join(card.words))
    assert form_to(back, "/doelen").send(sara).status_code == 303
    assert goals_with(cast, app) == 1


def test_the_key_of_another_plan_leads_to_that_plan_and_saves_nothing_there(cast: Cast, app: Flask) -> None:
    with app.test_request_context():
        other = accounts.make_card(cast.lies, "her form")
    sara = cast.client_of("sara")
    asked = saved_without_session(cast, app, sara)
    answer = key_of(asked, sara, other.number, " ".join(other.words))
    assert answer.status_code == 303
    assert answer.location == f"/p/{cast.elsewhere}/"


def test_the_words_go_nowhere_but_into_the_plan_of_the_key(cast: Cast, client: FlaskClient, card: CardSecret) -> None:
    key = {"card_number": card.number, "card_words": " ".join(card.words)}
    for then in ELSEWHERE:
        form = form_to(client.get("/sleutel"), "/sleutel")
        answer = form.send(client, then=then.format(plan=cast.plan), **{"typed:words": WORDS}, **key)
        assert answer.location == f"/p/{cast.plan}/", then


def test_an_htmx_save_without_a_session_is_refused_so_that_it_is_sent_again_as_a_page(cast: Cast, app: Flask) -> None:
    sara = cast.client_of("sara")
    form = goal_form(cast, sara)
    end_sessions(cast, app)
    data = {**dict(form.fields), "words": WORDS}
    assert sara.post(form.action, data=data, headers={"HX-Request": "true"}).status_code == 401
    assert "Elke avond samen eten" in sara.post(form.action, data=data).text


def test_a_page_from_before_another_key_came_in_keeps_the_words_and_needs_no_key(
    cast: Cast, app: Flask, card: CardSecret
) -> None:
    sara = cast.client_of("sara")
    old = goal_form(cast, sara)
    form_to(sara.get("/sleutel"), "/sleutel").send(sara, card_number=card.number, card_words=" ".join(card.words))
    answer = old.send(sara, words=WORDS)
    assert answer.status_code == 403
    assert "Elke avond samen eten" in answer.text
    assert goals_with(cast, app) == 0
    assert form_to(answer, "/doelen").send(sara).status_code == 303
    assert goals_with(cast, app) == 1


def test_a_write_without_a_good_token_writes_nothing(cast: Cast, app: Flask) -> None:
    sara = cast.client_of("sara")
    for token in ({}, {"csrf_token": ""}, {"csrf_token": "wrong"}):
        data = {"words": WORDS, "form_key": uuid4().hex, **token}
        assert sara.post(f"/p/{cast.plan}/doelen", data=data).status_code == 403
    assert goals_with(cast, app) == 0


def test_a_token_of_somebody_else_writes_nothing(cast: Cast, app: Flask) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    form = goal_form(cast, jef)
    assert form.send(sara, words=WORDS).status_code == 403
    assert goals_with(cast, app) == 0


def test_the_key_page_with_an_old_token_keeps_all_it_carried(cast: Cast, app: Flask, card: CardSecret) -> None:
    sara = cast.client_of("sara")
    asked = saved_without_session(cast, app, sara)
    sara.delete_cookie("onsplan")
    again = key_of(asked, sara, card.number, " ".join(card.words))
    assert again.status_code == 403
    assert "Elke avond samen eten" in again.text
    assert f'value="{card.number}"' in again.text
    back = key_of(again, sara, card.number, " ".join(card.words))
    assert form_to(back, "/doelen").send(sara).status_code == 303
    assert goals_with(cast, app) == 1


def test_a_key_never_comes_back_on_a_page(cast: Cast, client: FlaskClient) -> None:
    data = {"card_words": "geheim woord hier", "words": WORDS}
    assert "geheim woord hier" not in client.post(f"/p/{cast.plan}/doelen", data=data).text


def test_several_answers_to_one_question_are_all_kept(cast: Cast, app: Flask, card: CardSecret) -> None:
    sara = cast.client_of("sara")
    form = goal_form(cast, sara)
    end_sessions(cast, app)
    both = [str(cast.people["sara"]), str(cast.people["jef"])]
    asked = sara.post(form.action, data={**dict(form.fields), "words": WORDS, "whose": both})
    back = key_of(asked, sara, card.number, " ".join(card.words))
    assert [value for name, value in form_to(back, "/doelen").fields if name == "whose"] == both


@pytest.mark.parametrize("sender", ["cross-site", "same-site"])
@pytest.mark.parametrize("signed_in", [True, False])
def test_what_another_site_sends_is_not_kept_for_a_last_tap(
    cast: Cast, app: Flask, sender: str, *, signed_in: bool
) -> None:
    client = cast.client_of("sara") if signed_in else app.test_client()
    sent = {"words": WORDS, "typed:words": WORDS, "then": f"/p/{cast.plan}/doelen"}
    for address in (f"/p/{cast.plan}/doelen", "/sleutel"):
        answer = client.post(address, data=sent, headers={"Sec-Fetch-Site": sender})
        assert answer.status_code == 403
        assert "rustig" not in answer.text
        assert "typed:" not in answer.text
    assert goals_with(cast, app) == 0


def test_a_form_of_endless_fields_does_not_make_an_endless_page(cast: Cast, client: FlaskClient) -> None:
    answer = client.post(f"/p/{cast.plan}/doelen", data={"words": [f"woord {number}" for number in range(5000)]})
    assert answer.status_code == 401
    assert answer.text.count('name="typed:words"') == MOST
