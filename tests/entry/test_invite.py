"""A parent lets another one in, through the screens: choose, all say yes, a link that a person must open."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.plan import store
from tests.cast import Cast
from tests.entry.reading import Form, form_to
from tests.support.pages import form, said

pytestmark = pytest.mark.both_databases
NO_LONGER = "Deze link werkt niet meer. Vraag een nieuwe aan wie deze link gaf."


def ask(cast: Cast, client: FlaskClient, plan: object = None) -> Form:
    return form_to(client.get(f"/p/{plan or cast.plan}/laat-binnen"), "/laat-binnen")


def invited(cast: Cast, client: FlaskClient, plan: object = None, **typed: str) -> TestResponse:
    answer = ask(cast, client, plan).send(client, **typed)
    assert answer.status_code == 303
    return client.get(answer.location)


def link_in(page: TestResponse) -> str:
    found = re.search(r"http://localhost:8000(/welkom/[\w-]+)", page.text)
    assert found
    return found[1]


def come_in(phone: FlaskClient, link: str) -> TestResponse:
    return form_to(phone.get(link), link).send(phone)


def parents(cast: Cast, app: Flask) -> list[object]:
    with app.test_request_context():
        return sorted(map(str, store.parents(store.members(cast.lies))))


def test_one_parent_gets_the_link_at_once_and_the_other_comes_in(cast: Cast, app: Flask) -> None:
    lies = cast.client_of("lies")
    page = invited(cast, lies, cast.elsewhere, name="Tom")
    assert "Geef deze link aan Tom" in page.text
    assert "https://wa.me/?text=" in page.text
    tom = app.test_client()
    answer = come_in(tom, link_in(page))
    assert answer.location == f"/p/{cast.elsewhere}/sleutelkaart"
    assert "Maak je sleutelkaart" in tom.get(answer.location).text
    assert tom.get(f"/p/{cast.elsewhere}/").status_code == 200
    assert "Tom" in lies.get(f"/p/{cast.elsewhere}/binnen").text
    assert len(parents(cast, app)) == 2


def test_looking_at_the_link_changes_nothing_and_names_nobody(cast: Cast, app: Flask) -> None:
    link = link_in(invited(cast, cast.client_of("lies"), cast.elsewhere, name="Tom"))
    robot = app.test_client()
    for _look in range(5):
        page = robot.get(link)
        robot.head(link)
        assert page.status_code == 200
        for name in ("Tom", "Lies", "Kluut", str(cast.elsewhere)):
            assert name not in page.text
    assert come_in(app.test_client(), link).status_code == 303


def test_all_dead_links_look_the_same(cast: Cast, app: Flask) -> None:
    lies = cast.client_of("lies")
    used = link_in(invited(cast, lies, cast.elsewhere, name="Tom"))
    come_in(app.test_client(), used)
    page = invited(cast, cast.client_of("sara"), name="An")
    waiting = page.request.path.rpartition("/")[2]
    answers = [come_in(app.test_client(), link) for link in (used, "/welkom/abc", f"/welkom/{waiting}")]
    assert {answer.status_code for answer in answers} == {404}
    assert all(NO_LONGER in said(answer.text) for answer in answers)


def test_a_double_tap_on_the_button_lets_one_person_in(cast: Cast, app: Flask) -> None:
    link = link_in(invited(cast, cast.client_of("lies"), cast.elsewhere, name="Tom"))
    tom = app.test_client()
    form = form_to(tom.get(link), link)
    before = tom.get_cookie("onsplan")
    assert before is not None
    assert form.send(tom).status_code == 303
    # The answer to the first tap never came: the browser is as it was.
    tom.set_cookie("onsplan", before.value)
    assert form.send(tom).status_code == 303
    assert tom.get(f"/p/{cast.elsewhere}/").status_code == 200
    assert len(parents(cast, app)) == 2


def test_the_button_pressed_again_lets_nobody_in_after_that_phone_was_left(cast: Cast, app: Flask) -> None:
    link = link_in(invited(cast, cast.client_of("lies"), cast.elsewhere, name="Tom"))
    phone = app.test_client()
    button = form_to(phone.get(link), link)
    before = phone.get_cookie("onsplan")
    assert before is not None
    assert button.send(phone).status_code == 303
    leave = f"/p/{cast.elsewhere}/dit-toestel"
    form_to(phone.get(leave), leave).send(phone)
    phone.set_cookie("onsplan", before.value)
    assert NO_LONGER in said(button.send(phone).text)
    assert phone.get(f"/p/{cast.elsewhere}/").status_code == 404


def test_with_two_parents_both_say_yes_first(cast: Cast, app: Flask) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    page = invited(cast, sara, name="An")
    assert "Elke ouder zegt eerst ja. Wij wachten op: Jef." in page.text
    assert "welkom/" not in page.text
    board = jef.get(f"/p/{cast.plan}/binnen")
    assert "Mag binnen als jij ja zegt." in board.text
    form_to(board, f"{page.request.path.rpartition('/')[2]}/ja").send(jef)
    shown = sara.get(page.request.path)
    assert "An kan binnen" in shown.text
    made = form_to(shown, "/link").send(sara)
    link = link_in(sara.get(made.location))
    assert come_in(app.test_client(), link).status_code == 303


def test_any_parent_stops_it(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    page = invited(cast, sara, name="An")
    board = jef.get(f"/p/{cast.plan}/binnen")
    form_to(board, f"{page.request.path.rpartition('/')[2]}/stop").send(jef)
    assert "Deze uitnodiging werkt niet meer." in sara.get(page.request.path).text
    assert "An" not in jef.get(f"/p/{cast.plan}/binnen").text


def test_somebody_of_the_family_is_chosen_by_face(cast: Cast) -> None:
    sara = cast.client_of("sara")
    # Who has a page as a child is inside already.
    assert str(cast.people["kaat"]) not in sara.get(f"/p/{cast.plan}/laat-binnen").text
    kaats = f"/p/{cast.plan}/kinderen/{cast.id('member kaat')}"
    sara.post(f"{kaats}/stop", data=form(sara.get(f"{kaats}/toestel").text, f"{cast.id('member kaat')}/stop"))
    page = sara.get(f"/p/{cast.plan}/laat-binnen")
    assert str(cast.people["kaat"]) in page.text
    for inside in ("sara", "jef", "nele"):
        assert str(cast.people[inside]) not in page.text
    assert "Wij wachten op: Jef." in invited(cast, sara, person=str(cast.people["kaat"])).text
    assert str(cast.people["kaat"]) not in sara.get(f"/p/{cast.plan}/laat-binnen").text


def test_a_name_is_asked_for_kindly(cast: Cast) -> None:
    sara = cast.client_of("sara")
    answer = ask(cast, sara).send(sara, name="  ")
    assert answer.status_code == 422
    assert "Kies wie je binnenlaat, of schrijf een naam." in answer.text


def test_nobody_from_another_plan_is_let_in(cast: Cast) -> None:
    sara = cast.client_of("sara")
    answer = ask(cast, sara).send(sara, person=str(cast.people["lies"]))
    assert answer.status_code == 422
    assert ask(cast, sara).send(sara, person="no id").status_code == 422


def test_who_has_a_key_is_not_let_in_again(cast: Cast) -> None:
    sara = cast.client_of("sara")
    answer = ask(cast, sara).send(sara, person=str(cast.people["jef"]))
    assert answer.status_code == 422
    assert "Die persoon kan ons plan al openen." in answer.text


def test_the_same_form_sent_twice_makes_one_person_and_one_invitation(cast: Cast) -> None:
    sara = cast.client_of("sara")
    form = ask(cast, sara)
    assert form.send(sara, name="An").location == form.send(sara, name="An").location
    assert sara.get(f"/p/{cast.plan}/binnen").text.count("Stop de uitnodiging van An") == 1


def test_the_link_is_shown_in_the_browser_that_made_it_only(cast: Cast) -> None:
    lies = cast.client_of("lies")
    page = invited(cast, lies, cast.elsewhere, name="Tom")
    address = page.request.path
    assert link_in(lies.get(address)) == link_in(page)
    assert "welkom/" not in cast.client_of("lies").get(address).text


def test_a_parent_inside_is_told_to_pass_the_link_on(cast: Cast, app: Flask) -> None:
    lies = cast.client_of("lies")
    link = link_in(invited(cast, lies, cast.elsewhere, name="Tom"))
    answer = come_in(lies, link)
    assert answer.status_code == 404
    assert "Stuur de link naar wie je binnenlaat." in answer.text
    assert come_in(app.test_client(), link).status_code == 303


def test_who_is_no_parent_here_reaches_no_invitation(cast: Cast, app: Flask) -> None:
    address = invited(cast, cast.client_of("sara"), name="Annelore").request.path
    app.config["WTF_CSRF_ENABLED"] = False
    for who in ("nele", "oma", "els", "lies", "nobody"):
        client = cast.client_of(who)
        answers = [client.get(address), *(client.post(address + act) for act in ("/ja", "/stop", "/link"))]
        assert {answer.status_code for answer in answers} <= {401, 404}, who
        assert all("Annelore" not in answer.text for answer in answers), who
    assert "Annelore" in cast.client_of("jef").get(f"/p/{cast.plan}/binnen").text


def test_no_token_reaches_the_log(cast: Cast, app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    link = link_in(invited(cast, cast.client_of("lies"), cast.elsewhere, name="Tom"))
    come_in(app.test_client(), link)
    assert link.rpartition("/")[2] not in caplog.text


def test_the_pages_are_valid(cast: Cast, valid_html: Callable[[str], None]) -> None:
    sara, lies = cast.client_of("sara"), cast.client_of("lies")
    page = invited(cast, lies, cast.elsewhere, name="Tom")
    for answer in (page, invited(cast, sara, name="An"), sara.get(f"/p/{cast.plan}/binnen")):
        valid_html(answer.text)
