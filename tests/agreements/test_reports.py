"""What a guest says of an own agreement: beside it, at once, with a few words, and taken back in one tap."""

import re
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from app.policy.audience import Audience, Who
from tests.cast import Cast
from tests.sharing.pages import main, root, tokens_off

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]


def of_lisa(cast: Cast) -> str:
    return f"{root(cast)}/afspraken/{cast.id('agreement of lisa')}"


def report(cast: Cast, verb: str, who: str = "lisa", **more: str) -> FlaskClient:
    """Reports on today's turn of Lisa's agreement; the browser it was done in."""
    client = cast.client_of(who)
    answer = client.post(f"{of_lisa(cast)}/{cast.day}/melding/{verb}", data={"back": "show", **more})
    assert (answer.status_code, answer.location) == (303, of_lisa(cast))
    return client


def test_a_report_counts_at_once_and_says_whose_it_is(cast: Cast) -> None:
    assert "Dank je." in report(cast, "gelukt").get(of_lisa(cast)).text
    sara = cast.client_of("sara")
    for page in (of_lisa(cast), f"{root(cast)}/afspraken"):
        assert "Lisa Bosuil: gelukt" in sara.get(page).text, page


def test_reporting_twice_is_once(cast: Cast) -> None:
    report(cast, "gelukt")
    report(cast, "gelukt")
    assert main(cast.client_of("sara").get(of_lisa(cast)).text).count("Lisa Bosuil: gelukt") == 1


@pytest.mark.parametrize("who", ["sara", "jef", "lisa"])
def test_it_is_taken_back_in_one_tap(cast: Cast, who: str) -> None:
    report(cast, "gelukt")
    client = cast.client_of(who)
    back = re.search(r'action="([^"]+/gelukt/terug)"', client.get(of_lisa(cast)).text)
    assert back
    assert client.post(back[1], data={"back": "show"}).status_code == 303
    for reader in ("sara", "lisa"):
        assert "Bosuil: gelukt" not in cast.client_of(reader).get(of_lisa(cast)).text


def test_a_report_changes_nothing_of_the_agreement(cast: Cast) -> None:
    assert cast.app is not None
    with cast.app.app_context():
        before = cast.thing("agreement of lisa", "sara")
    report(cast, "gelukt")
    with cast.app.app_context():
        after = cast.thing("agreement of lisa", "sara")
    assert (after.version, after.state, after.body) == (before.version, before.state, before.body)


def test_a_few_words_go_with_it_if_they_like(cast: Cast) -> None:
    lisa = report(cast, "gelukt")
    page = lisa.get(of_lisa(cast)).text
    assert "Wil je er iets bij zeggen?" in page
    report(cast, "woorden", why="Met de Zanglijster erbij")
    for who in ("sara", "jef", "lisa"):
        assert "Met de Zanglijster erbij" in cast.client_of(who).get(of_lisa(cast)).text, who
    assert "Lisa Bosuil: gelukt" in cast.client_of("sara").get(of_lisa(cast)).text


def test_words_without_a_report_are_no_report(cast: Cast) -> None:
    lisa = report(cast, "woorden", why="Zomaar")
    assert "Dit is al veranderd." in lisa.get(of_lisa(cast)).text
    assert "Zomaar" not in cast.client_of("sara").get(of_lisa(cast)).text


def test_too_many_words_are_given_back(cast: Cast) -> None:
    report(cast, "gelukt")
    answer = cast.client_of("lisa").post(f"{of_lisa(cast)}/{cast.day}/melding/woorden", data={"why": "lang " * 400})
    assert answer.status_code == 422
    assert "lang lang" in answer.text


def test_what_did_not_work_is_hidden_from_others_outside(cast: Cast) -> None:
    """Oma sees the agreement; that it did not work, and why, is for the family and for who had to do it."""
    report(cast, "niet-gelukt")
    report(cast, "woorden", why="De Zanglijster was ziek")
    oma = cast.client_of("oma").get(f"{root(cast)}/voor/{cast.id('share oma')}").text
    assert cast.canary("agreement of lisa") in oma
    assert "Zanglijster" not in oma
    assert "Zanglijster" in cast.client_of("jef").get(of_lisa(cast)).text
    assert "Zanglijster" in cast.client_of("lisa").get(of_lisa(cast)).text


def test_words_about_what_did_not_work_stay_with_that(cast: Cast) -> None:
    """ "Gelukt" is read by more people: what was said for fewer does not go along."""
    report(cast, "niet-gelukt")
    report(cast, "woorden", why="De Zanglijster was ziek")
    report(cast, "gelukt")
    assert "Zanglijster" not in cast.client_of("sara").get(of_lisa(cast)).text
    assert "Zanglijster" not in cast.client_of("oma").get(f"{root(cast)}/voor/{cast.id('share oma')}").text


def test_a_guest_who_missed_it_is_asked_nothing(cast: Cast) -> None:
    page = main(report(cast, "niet-gelukt").get(of_lisa(cast)).text)
    assert "Niet gelukt. Dat kan." in page
    assert "Wat nu?" not in page


@pytest.mark.parametrize("who", ["oma", "bert", "away", "late", "dirk", "nobody"])
def test_nobody_else_reports_there(cast: Cast, who: str) -> None:
    answer = cast.client_of(who).post(f"{of_lisa(cast)}/{cast.day}/melding/gelukt")
    assert answer.status_code in {401, 404}
    assert "gelukt" not in re.findall(r'class="mark good".*?</p>', cast.client_of("sara").get(of_lisa(cast)).text)


# ---- through a seat that one parent hosts alone ----------------------------------------------------------------------


def agreed_with_bert(cast: Cast, audience: Audience) -> UUID:
    from app.agreements.models import AGREEMENT
    from app.agreements.nouns import AgreementBody, AgreementState, When, WhenSort
    from app.change import Add, change
    from app.db import now
    from app.local import local_day
    from app.policy.actions import Action

    assert cast.app is not None
    with cast.app.app_context():
        soon = When(sort=WhenSort.DAY, day=local_day(now(), "Europe/Brussels"))
        body = AgreementBody(words="De Roerdomp zoeken", who=(cast.people["bert"],), when=soon, audience=audience)
        return change(cast.sara, Action.AGREEMENT_ADD, Add(AGREEMENT, body, AgreementState.OPEN)).id


def test_a_report_through_it_reaches_its_host_and_never_the_other(cast: Cast) -> None:
    page = f"{root(cast)}/afspraken/{agreed_with_bert(cast, Audience(Who.ME_AND, people=(cast.people['bert'],)))}"
    bert, sara, jef = (cast.client_of(who) for who in ("bert", "sara", "jef"))
    assert f"{page}/{cast.day}/melding/gelukt" in bert.get(page).text
    assert bert.post(f"{page}/{cast.day}/melding/gelukt", data={"why": "x"}).status_code == 303
    assert bert.post(f"{page}/{cast.day}/melding/woorden", data={"why": "Een Zanglijster"}).status_code == 303
    assert "Bert Ransuil: gelukt" in sara.get(page).text
    assert "Een Zanglijster" in sara.get(page).text
    for path in ("/", "/afspraken", "/veranderd", "/terugblik", "/wie-keek", "/weggehaald"):
        text = jef.get(root(cast) + path).text
        assert "Zanglijster" not in text, path
        assert "Ransuil" not in text, path
    assert jef.get(page).status_code == 404


def test_where_the_other_parent_reads_along_there_is_nothing_to_report_with(cast: Cast) -> None:
    """A report there would tell that the seat exists."""
    page = f"{root(cast)}/afspraken/{agreed_with_bert(cast, Audience(Who.WE_AND, people=(cast.people['bert'],)))}"
    bert = cast.client_of("bert")
    assert "Roerdomp" in bert.get(page).text
    assert "melding" not in bert.get(page).text
    assert bert.post(f"{page}/{cast.day}/melding/gelukt").status_code == 404
