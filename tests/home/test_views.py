"""The landing, the start, "Ons plan" and Snel weg through their pages, as everybody."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, func, select

from app.accounts import rules as account_rules
from app.db import db, now
from app.goals.models import GoalRow
from app.plan.models import PlanRow
from tests.cast import Cast
from tests.entry.reading import form_to
from tests.support.pages import form, said

both_databases = pytest.mark.both_databases
MEMBERS = ("sara", "jef", "nele")
OUTSIDERS = ("oma", "els", "stopped", "expired", "lies", "nobody")


def begin(client: FlaskClient, names: str = "Sara, Jef en Kaat", **more: str) -> Any:
    page = client.get("/begin").text
    return client.post("/begin", data={**form(page, "/begin"), "names": names, **more})


def plans(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(PlanRow)) or 0


# ---- the landing -----------------------------------------------------------------------------------------------------


def test_the_landing_says_what_it_is_and_leads_on(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "Eén plan. Van ons." in said(page)
    assert "Gratis. Zonder account. Jullie kiezen wie het ziet." in said(page)
    assert 'href="/begin"' in page
    assert 'href="/sleutel"' in page
    assert "Ga naar ons plan" not in page


def test_who_opens_a_plan_here_goes_there_first(cast: Cast) -> None:
    page = cast.client_of("sara").get("/").text
    assert f'href="/p/{cast.plan}/"' in page
    assert page.index("Ga naar ons plan") < page.index("Maak een nieuw plan")


@pytest.mark.parametrize("who", OUTSIDERS)
def test_the_landing_leads_nobody_else_into_the_plan(cast: Cast, who: str) -> None:
    assert str(cast.plan) not in cast.client_of(who).get("/").text


# ---- three questions -------------------------------------------------------------------------------------------------


@both_databases
def test_three_answers_make_a_plan_each_kept_at_once(client: FlaskClient) -> None:
    first = begin(client)
    assert first.status_code == 303
    page = client.get(first.location).text
    assert "Wie helpt jullie al?" in page
    answers = {"close": "oma Lieve, tante Betty", "services": "juf Laura"}
    second = client.post(first.location, data={**form(page, "/begin/wie"), **answers})
    page = client.get(second.location).text
    assert "Waar moet het nu eerst over gaan?" in page
    third = client.post(second.location, data={**form(page, "/begin/eerst"), "domain": "school"})
    home = client.get(third.location).text
    assert "Sara, Jef en Kaat" in said(home)
    assert "Jullie kozen: School en opvang." in said(home)
    assert "over=school" in home
    people = said(client.get(third.location + "mensen").text)
    assert all(name in people for name in ("oma Lieve", "tante Betty", "juf Laura"))


@both_databases
def test_own_words_at_the_last_question_are_the_first_goal(client: FlaskClient) -> None:
    first = begin(client).location
    last = first.replace("wie", "eerst")
    answers = {**form(client.get(last).text, "/begin/eerst"), "words": "Rustig naar school"}
    home = client.get(client.post(last, data=answers).location).text
    assert "Rustig naar school" in said(home)


@both_databases
def test_nothing_has_to_be_known(client: FlaskClient) -> None:
    first = begin(client, names="", later="1")
    assert first.status_code == 303
    page = client.get(first.location).text
    assert 'href="' + first.location.replace("wie", "eerst") in page
    page = client.get(first.location.replace("wie", "eerst")).text
    home = client.get(first.location.replace("begin/wie", ""))
    assert "Ik weet het nog niet" in page
    assert home.status_code == 200
    assert "Hier komt wat jullie willen." in said(home.text)


@pytest.mark.parametrize("names", ["", "  ", ",;-"])
def test_an_empty_first_answer_is_asked_for_kindly(client: FlaskClient, app: Flask, names: str) -> None:
    answer = begin(client, names=names)
    assert answer.status_code == 422
    assert "Vul in hoe jullie heten." in said(answer.text)
    assert plans(app) == 0


def test_a_first_answer_too_long_is_kept(client: FlaskClient) -> None:
    answer = begin(client, names="Sara " * 500)
    assert answer.status_code == 422
    assert "Maak dit korter." in said(answer.text)
    assert "Sara Sara" in answer.text


@both_databases
def test_the_same_form_twice_is_one_plan(client: FlaskClient, app: Flask) -> None:
    sent = {**form(client.get("/begin").text, "/begin"), "names": "Sara"}
    first, second = (client.post("/begin", data=sent) for _ in range(2))
    assert first.location == second.location
    assert plans(app) == 1


@both_databases
def test_the_form_that_began_a_plan_lets_nobody_in_after_this_phone_was_left(app: Flask) -> None:
    phone = app.test_client()
    sent = {**form(phone.get("/begin").text, "/begin"), "names": "Sara"}
    before = phone.get_cookie("onsplan")
    assert before is not None
    plan = phone.post("/begin", data=sent).location.partition("/begin")[0]
    phone.post(f"{plan}/dit-toestel", data=form(phone.get(f"{plan}/dit-toestel").text, f"{plan}/dit-toestel"))
    phone.set_cookie("onsplan", before.value)
    assert phone.post("/begin", data=sent).location == "/"
    assert phone.get(f"{plan}/").status_code == 404
    assert plans(app) == 1


@both_databases
def test_two_taps_at_once_are_one_plan(app: Flask) -> None:
    client = app.test_client()
    sent = {**form(client.get("/begin").text, "/begin"), "names": "Sara, Jef"}
    cookie = client.get_cookie("onsplan")
    assert cookie is not None

    def tap(_number: int) -> str:
        phone = app.test_client()
        phone.set_cookie("onsplan", cookie.value)
        return str(phone.post("/begin", data=sent).location)

    with ThreadPoolExecutor(3) as taps:
        answers = set(taps.map(tap, range(3)))
    assert len(answers) == 1
    assert plans(app) == 1


@both_databases
def test_the_form_of_one_browser_gives_another_browser_no_plan_of_it(app: Flask) -> None:
    one, other = app.test_client(), app.test_client()
    sent = {**form(one.get("/begin").text, "/begin"), "names": "Sara"}
    other.get("/begin")
    first = one.post("/begin", data=sent)
    refused = other.post("/begin", data=sent)
    assert refused.status_code == 422
    assert "Je woorden staan er nog." in said(refused.text)
    mine = other.post("/begin", data={**form(refused.text, "/begin"), "form_key": sent["form_key"], "names": "Lies"})
    assert mine.status_code == 303
    assert mine.location != first.location
    assert plans(app) == 2


def test_an_old_page_keeps_what_was_typed_and_works_the_second_time(client: FlaskClient, app: Flask) -> None:
    answer = client.post("/begin", data={"names": "Sara & Jef"})
    assert answer.status_code == 422
    assert 'value="Sara &amp; Jef"' in answer.text
    again = client.post("/begin", data={**form(answer.text, "/begin"), "names": "Sara & Jef"})
    assert again.status_code == 303
    assert plans(app) == 1


@both_databases
def test_back_shows_the_answer_and_changes_it(client: FlaskClient, app: Flask) -> None:
    first = begin(client, names="Sara, Jeff")
    again = client.get("/begin", follow_redirects=True)
    assert 'value="Sara, Jeff"' in again.text
    address = again.request.path
    answer = client.post(address, data={**form(again.text, "/begin/naam"), "names": "Sara, Jef"})
    assert answer.location == first.location
    assert "Sara, Jef" in said(client.get(first.location.replace("begin/wie", "")).text)
    assert plans(app) == 1
    empty = client.post(address, data={**form(again.text, "/begin/naam"), "names": ""})
    assert empty.status_code == 422


@both_databases
def test_after_the_last_question_a_new_plan_can_be_started(client: FlaskClient, app: Flask) -> None:
    last = begin(client).location.replace("wie", "eerst")
    client.post(last, data=form(client.get(last).text, "/begin/eerst"))
    assert "Hoe heten jullie?" in said(client.get("/begin").text)
    assert begin(client, names="Lies").status_code == 303
    assert plans(app) == 2
    assert client.get("/").text.count("Ga naar ons") == 2


def test_a_part_of_life_that_is_none_is_refused(client: FlaskClient, app: Flask) -> None:
    last = begin(client).location.replace("wie", "eerst")
    sent = {**form(client.get(last).text, "/begin/eerst"), "domain": "<b>", "words": "Slapen"}
    answer = client.post(last, data=sent)
    assert answer.status_code == 422
    assert "Slapen" in answer.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(GoalRow)) == 0


@both_databases
def test_no_robot_fills_the_house(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account_rules, "MOST_STARTS", 2)
    for _ in range(2):
        assert begin(app.test_client()).status_code == 303
    late = begin(app.test_client(), names="Lies")
    assert late.status_code == 429
    assert 'value="Lies"' in late.text
    assert "Wacht" in said(late.text)
    with time_machine.travel(now() + timedelta(minutes=16), tick=True):
        assert begin(app.test_client()).status_code == 303


@pytest.mark.parametrize("path", ["begin/naam", "begin/wie", "begin/eerst"])
def test_the_questions_of_a_plan_are_for_its_parents(cast: Cast, path: str) -> None:
    address = f"/p/{cast.plan}/{path}"
    assert cast.client_of("jef").get(address).status_code == 200
    for who in ("nele", *OUTSIDERS):
        assert cast.client_of(who).get(address).status_code == 404
    for who in ("nele", "oma", "lies"):
        client = cast.client_of(who)
        answer = client.post(address, data=form(client.get("/").text, "/weg"))
        assert answer.status_code in {401, 404}


# ---- Ons plan and Meer -----------------------------------------------------------------------------------------------


@both_databases
@pytest.mark.parametrize("who", MEMBERS)
def test_ons_plan_shows_each_member_what_is_theirs_to_see(cast: Cast, who: str) -> None:
    page = cast.client_of(who).get(f"/p/{cast.plan}/").text
    assert "Goudplevier" in page
    assert "Vandaag" in said(page)
    assert not [name for name, canary in cast.canaries_not_for(who).items() if canary in page]


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("path", ["", "meer", "snel-weg"])
def test_nobody_else_finds_it(cast: Cast, who: str, path: str) -> None:
    assert cast.client_of(who).get(f"/p/{cast.plan}/{path}").status_code == 404


def test_who_to_call_tonight_is_one_tap_away(cast: Cast) -> None:
    sara = cast.client_of("sara")
    page = sara.get(f"/p/{cast.plan}/").text
    assert "Wie kunnen wij vanavond bellen?" in said(page)
    assert 'href="tel:0470123456"' in page


def test_the_key_card_is_asked_for_until_there_is_a_way_back(client: FlaskClient) -> None:
    home = begin(client).location.replace("begin/wie", "")
    assert "Alleen deze gsm opent nu ons plan." in said(client.get(home).text)


def test_meer_leads_everywhere_else(cast: Cast) -> None:
    page = cast.client_of("sara").get(f"/p/{cast.plan}/meer").text
    rows = (
        "Wie ziet wat?", "Wie keek in ons plan?", "Mijn sleutelkaart", "Wie kan ons plan openen?", "Over ons plan",
        "Waar slaap ik wanneer?", "Wat is er nieuw?", "Wat is er veranderd?", "Weggehaald", "Verlaat dit toestel",
    )  # fmt: skip
    assert all(row in said(page) for row in rows)


@both_databases
@pytest.mark.parametrize("who", MEMBERS)
def test_every_row_of_meer_opens(cast: Cast, who: str) -> None:
    client = cast.client_of(who)
    page = client.get(f"/p/{cast.plan}/meer").text
    addresses = [part.split('"')[0] for part in page.split('class="menu-row" href="')[1:]]
    assert len(addresses) >= 6
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements of both databases while it is open."""
    found: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("PRAGMA", "SELECT 1")):
            found.append(statement)

    with app.app_context():
        engines: list[Engine] = list(db.engines.values())
    for engine in engines:
        event.listen(engine, "before_cursor_execute", count)
    yield found
    for engine in engines:
        event.remove(engine, "before_cursor_execute", count)


@both_databases
def test_ons_plan_takes_few_queries_the_same_for_a_plan_ten_times_as_large(client: FlaskClient, app: Flask) -> None:
    home = begin(client).location.replace("begin/wie", "")

    def queries() -> int:
        client.get(home)
        with counted(app) as found:
            assert client.get(home).status_code == 200
        return len(found)

    small = queries()
    for number in range(10):
        page = client.get(home + "doelen/nieuw").text
        client.post(home + "doelen", data={**form(page, "/doelen"), "words": f"Doel {number}"})
    assert queries() == small
    assert small <= 8


# ---- leaving ---------------------------------------------------------------------------------------------------------


def leave(client: FlaskClient, page: str = "/") -> Any:
    return client.post("/weg", data=form(client.get(page).text, "/weg"))


def keep_a_card(client: FlaskClient, plan: object) -> None:
    address = f"/p/{plan}/sleutelkaart"
    client.post(address, data=form(client.get(address).text, "/sleutelkaart"))
    page = client.get(address).text
    kept = page.split('action="')[1:]
    keep = next(part.split('"')[0] for part in kept if part.split('"')[0].endswith("/bewaard"))
    assert client.post(keep, data=form(page, keep)).status_code == 303


def test_snel_weg_leads_to_a_page_that_says_nothing_of_us(client: FlaskClient) -> None:
    answer = leave(client)
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    page = client.get(answer.location)
    assert page.headers["Cache-Control"] == "no-store"
    assert "<title>Kalender</title>" in page.text
    assert "plan" not in page.text.lower().replace(" planten", "")
    assert "app.css" not in page.text
    assert "icon.svg" not in page.text
    assert "http" not in page.text.replace('http-equiv="', "")


def test_without_a_way_back_the_plan_stays_open(cast: Cast) -> None:
    sara = cast.client_of("sara")
    assert leave(sara).headers["Clear-Site-Data"] == '"cache"'
    assert sara.get(f"/p/{cast.plan}/").status_code == 200


@both_databases
def test_with_a_way_back_the_plan_closes_here_and_its_old_cookie_opens_nothing(cast: Cast) -> None:
    sara = cast.client_of("sara")
    keep_a_card(sara, cast.plan)
    old = sara.get_cookie("onsplan")
    assert old is not None
    answer = leave(sara)
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies"'
    assert sara.get(f"/p/{cast.plan}/").status_code == 404
    sara.set_cookie("onsplan", old.value)
    assert sara.get(f"/p/{cast.plan}/").status_code == 404


@both_databases
def test_a_second_plan_without_a_way_back_keeps_both_open(cast: Cast) -> None:
    sara = cast.client_of("sara")
    keep_a_card(sara, cast.plan)
    second = begin(sara, names="Sara").location.replace("begin/wie", "")
    assert leave(sara).headers["Clear-Site-Data"] == '"cache"'
    assert sara.get(f"/p/{cast.plan}/").status_code == 200
    assert sara.get(second).status_code == 200


@pytest.mark.parametrize("token", [None, "wrong"])
def test_another_site_cannot_close_the_plan(cast: Cast, token: str | None) -> None:
    sara = cast.client_of("sara")
    keep_a_card(sara, cast.plan)
    answer = sara.post("/weg", data={"csrf_token": token} if token else {})
    assert answer.status_code == 303
    assert answer.location == "/kalender"
    assert "Clear-Site-Data" not in answer.headers
    assert sara.get(f"/p/{cast.plan}/").status_code == 200


def test_oma_leaves_and_only_her_link_opens_it_again(cast: Cast) -> None:
    oma, address = cast.client_of("oma"), f"/p/{cast.plan}/voor/{cast.id('share oma')}"
    answer = leave(oma)
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (303, '"cache", "cookies"')
    assert oma.get(address).status_code == 404
    link = f"/d/{cast.tokens['oma']}"
    assert form_to(oma.get(link), link).send(oma).status_code == 303
    assert oma.get(address).status_code == 200


def test_a_parent_without_a_way_back_stays_and_a_link_in_that_browser_closes(cast: Cast) -> None:
    lies, link = cast.client_of("lies"), f"/d/{cast.tokens['oma']}"
    assert form_to(lies.get(link), link).send(lies).status_code == 303
    assert leave(lies).headers["Clear-Site-Data"] == '"cache"'
    assert lies.get(f"/p/{cast.elsewhere}/").status_code == 200
    assert lies.get(f"/p/{cast.plan}/voor/{cast.id('share oma')}").status_code == 404


def test_looking_at_it_closes_nothing(cast: Cast) -> None:
    sara = cast.client_of("sara")
    assert sara.get("/weg").status_code == 404
    assert sara.get(f"/p/{cast.plan}/").status_code == 200


@pytest.mark.parametrize("asked", ["2026-11", "2200-12", "1970-01", "9999-99", "x", "'--"])
def test_the_calendar_turns_its_pages(client: FlaskClient, asked: str) -> None:
    answer = client.get("/kalender", query_string={"maand": asked})
    assert answer.status_code == 200
    assert answer.text.count("<tr>") >= 5


def test_the_explanation_says_what_snel_weg_does_not_hide(cast: Cast) -> None:
    page = said(cast.client_of("sara").get(f"/p/{cast.plan}/snel-weg").text)
    assert "Je gsm kan wel nog tonen dat je hier was." in page
    assert "Nee, nog niet." in page


# ---- what is not there, what went wrong ------------------------------------------------------------------------------


def test_what_is_not_there_and_what_is_not_yours_look_the_same(cast: Cast) -> None:
    lies = cast.client_of("lies")
    missing, foreign = lies.get(f"/p/{cast.elsewhere}/niets"), lies.get(f"/p/{cast.plan}/")
    assert missing.status_code == foreign.status_code == 404
    assert said(missing.text) == said(foreign.text)
    assert "Deze bladzijde bestaat niet. Ga terug naar ons plan." in said(foreign.text)
    assert 'href="/sleutel"' in foreign.text


def test_what_went_wrong_is_ours(app: Flask) -> None:
    def broken() -> str:
        raise RuntimeError

    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.add_url_rule("/kapot", "broken", broken)
    answer = app.test_client().get("/kapot")
    assert answer.status_code == 500
    assert "Het ligt aan ons, niet aan jou." in said(answer.text)


@pytest.mark.parametrize("path", ["/", "/begin", "/kalender", "/nergens"])
def test_open_pages_are_valid(client: FlaskClient, valid_html: Callable[..., None], path: str) -> None:
    valid_html(client.get(path).text)


@pytest.mark.parametrize("path", ["", "meer", "snel-weg", "begin/naam", "begin/wie", "begin/eerst"])
def test_pages_of_the_plan_are_valid(cast: Cast, valid_html: Callable[..., None], path: str) -> None:
    valid_html(cast.client_of("sara").get(f"/p/{cast.plan}/{path}").text)
