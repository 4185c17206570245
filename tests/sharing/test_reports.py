"""What the holder of a link says of an own agreement, and what the family sees of it."""

import re
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.sharing.pages import main, opened, person, root, share, tokens_off

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]


def agreed(cast: Cast, whom: object, words: str = "Soep brengen", **more: object) -> str:
    """An agreement without a day; its page for the family."""
    form = {"words": words, "who": str(whom), "form_key": uuid4().hex, **more}
    answer = cast.client_of("sara").post(f"{root(cast)}/afspraken", data=form)
    assert answer.status_code == 303, answer.text
    return words


def turn(page: str, words: str) -> str:
    """The part of a page about one agreement."""
    found = [part for part in re.findall(r'<li class="card" id="turn-.*?</li>', page, re.DOTALL) if words in part]
    assert len(found) == 1, page
    return str(found[0])


def address(part: str, verb: str) -> str:
    found = re.search(rf'"(/p/[^"]+/{verb})"', part)
    assert found, part
    return found[1]


@pytest.fixture
def opa(cast: Cast) -> tuple[FlaskClient, str]:
    """Opa's browser, with an agreement of his."""
    whom = person(cast, "Opa Wim")
    agreed(cast, whom)
    return opened(cast, share(cast, whom).link)


@pytest.mark.parametrize(("verb", "said"), [("gelukt", "Dank je."), ("niet-gelukt", "Niet gelukt. Dat kan.")])
def test_a_report_is_one_tap_twice_is_once_and_can_be_taken_back(
    cast: Cast, opa: tuple[FlaskClient, str], verb: str, said: str
) -> None:
    browser, page = opa
    part = turn(browser.get(page).text, "Soep brengen")
    for _twice in range(2):
        answer = browser.post(address(part, verb), data={"form_key": "same"})
        assert (answer.status_code, str(answer.location)) == (303, page)
    after = browser.get(page).text
    assert said in after
    assert "Toch niet" in turn(after, "Soep brengen")
    assert browser.post(address(turn(after, "Soep brengen"), "terug")).status_code == 303
    assert "Toch niet" not in turn(browser.get(page).text, "Soep brengen")
    del cast


def test_the_family_sees_who_reported_and_takes_it_back_in_one_tap(cast: Cast, opa: tuple[FlaskClient, str]) -> None:
    browser, page = opa
    browser.post(address(turn(browser.get(page).text, "Soep brengen"), "gelukt"))
    agreements = cast.client_of("jef").get(f"{root(cast)}/afspraken").text
    assert "Opa Wim" in agreements
    back = re.findall(r'action="(/p/[^"]+/terug)"', agreements)
    assert back
    for one in back:
        assert cast.client_of("jef").post(one, data={"form_key": uuid4().hex}).status_code == 303
    assert "Toch niet" not in turn(browser.get(page).text, "Soep brengen")


def test_a_missed_report_reaches_the_family_and_who_had_to_do_it_only(cast: Cast) -> None:
    whom, betty = person(cast, "Opa Wim"), person(cast, "Tante Betty")
    agreed(cast, whom)
    opa, page = opened(cast, share(cast, whom).link)
    other, others = opened(cast, share(cast, betty, "agreements").link)
    opa.post(address(turn(opa.get(page).text, "Soep brengen"), "niet-gelukt"))
    assert "Niet gelukt. Dat kan." in turn(opa.get(page).text, "Soep brengen")
    assert "Soep brengen" in other.get(others).text
    assert "Niet gelukt" not in main(other.get(others).text)


def test_nobody_reports_on_what_is_not_theirs(cast: Cast) -> None:
    whom, betty = person(cast, "Opa Wim"), person(cast, "Tante Betty")
    agreed(cast, whom)
    opa, page = opened(cast, share(cast, whom).link)
    other, others = opened(cast, share(cast, betty, "agreements").link)
    mine = address(turn(opa.get(page).text, "Soep brengen"), "gelukt")
    theirs = others + mine[mine.index("/afspraken/") :]
    assert other.post(theirs).status_code == 404
    assert other.post(mine).status_code == 404
    assert cast.client_of("sara").post(mine).status_code == 404
    assert cast.client_of("nobody").post(mine).status_code == 404
    assert opa.post(mine.replace("zonder-dag", "2026-13-77")).status_code == 404
    assert opa.post(mine.replace("zonder-dag", "2026-01-01")).status_code == 404


def test_nobody_takes_back_what_the_family_said(cast: Cast) -> None:
    oma, page = cast.client_of("oma"), f"{root(cast)}/voor/{cast.id('share oma')}"
    part = turn(oma.get(page).text, cast.canary("agreement of oma"))
    assert "Niet gelukt. Dat kan." in part
    assert "Toch niet" not in part
    gone = address(part, "gelukt").replace("/gelukt", "/terug")
    assert oma.post(gone).status_code == 303
    assert "Niet gelukt. Dat kan." in turn(oma.get(page).text, cast.canary("agreement of oma"))


@pytest.mark.parametrize("chosen", [{"who": "we_and"}, {"who": "me_and"}])
def test_a_report_beside_what_was_opened_by_hand_can_be_changed_too(cast: Cast, chosen: dict[str, str]) -> None:
    sara, whom = cast.client_of("sara"), person(cast, "Opa Wim")
    agreed(cast, whom)
    alone = {"alone": "1"} if chosen["who"] == "me_and" else {}
    item = _agreement(cast, "Soep brengen")
    form = {**chosen, "people": str(whom), "form_key": uuid4().hex}
    assert sara.post(f"{root(cast)}/wie-ziet/agreement/{item}", data=form).status_code == 303
    opa, address_of = opened(cast, share(cast, whom, by=sara, **alone).link)
    for verb, seen in (("gelukt", "Gelukt"), ("terug", "Niet gelukt"), ("niet-gelukt", "Niet gelukt. Dat kan.")):
        part = turn(opa.get(address_of).text, "Soep brengen")
        assert opa.post(address(part, verb), data={"form_key": uuid4().hex}).status_code == 303, verb
        assert seen in turn(opa.get(address_of).text, "Soep brengen"), verb


def test_through_a_link_of_one_parent_alone_no_report_tells_the_other_that_it_exists(cast: Cast) -> None:
    sara, whom = cast.client_of("sara"), person(cast, "Opa Wim")
    agreed(cast, whom)
    form = {"who": "we_and", "people": str(whom), "form_key": uuid4().hex}
    sara.post(f"{root(cast)}/wie-ziet/agreement/{_agreement(cast, 'Soep brengen')}", data=form)
    opa, page = opened(cast, share(cast, whom, by=sara, alone="1").link)
    shown = turn(opa.get(page).text, "Soep brengen")
    assert "gelukt" not in shown
    day = f"{page}/afspraken/{_agreement(cast, 'Soep brengen')}/zonder-dag"
    for verb in ("gelukt", "niet-gelukt", "terug"):
        assert opa.post(f"{day}/{verb}", data={"form_key": uuid4().hex}).status_code == 404
    assert "Opa Wim zei" not in cast.client_of("jef").get(f"{root(cast)}/veranderd").text


def _agreement(cast: Cast, words: str) -> object:
    from app.agreements.store import board

    assert cast.app is not None
    with cast.app.app_context():
        return next(one.thing.id for one in board(cast.sara).agreements if one.thing.body.words == words)
