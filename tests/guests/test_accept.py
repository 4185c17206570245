"""Coming in with an account: the first one, one that is there, a second press, and who may not."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from tests.cast import Cast
from tests.guests.pages import browser, come_in, guest_of, invite, person, root, tokens_off
from tests.support.pages import said

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]


def count(cast: Cast, table: str) -> int:
    from app.db import Base, db

    assert cast.app is not None
    # Lisa and Tom of the cast have an account too.
    before = {"account": 2, "stay": 1}.get(table, 0)
    with cast.app.app_context():
        return -before + (db.session.scalar(select(func.count()).select_from(Base.metadata.tables[table])) or 0)


def test_a_first_account_asks_a_name_and_nothing_more(cast: Cast) -> None:
    invited, guest = invite(cast, person(cast, "Mieke"), "goals"), browser(cast)
    page = guest.post(invited.link).text
    fields = re.findall(r'<input[^>]* name="(\w+)"', page.partition("<main")[2])
    assert [name for name in fields if name not in {"csrf_token", "form_key"}] == ["name", "organisation"]
    nameless = guest.post(f"{invited.link}/ik", data={"name": " "})
    assert (nameless.status_code, count(cast, "account")) == (422, 0)
    assert "Schrijf hoe je heet." in nameless.text
    come_in(invited, guest)
    assert guest.get(f"{root(cast)}/").status_code == 200
    assert "Familie Goudplevier" in said(guest.get("/te-gast").text)


def test_pressing_open_uses_nothing_up(cast: Cast) -> None:
    invited = invite(cast, person(cast, "Mieke"), "goals")
    for _press in range(3):
        assert "Wie ben je?" in browser(cast).post(invited.link).text
    assert (count(cast, "stay"), count(cast, "account")) == (0, 0)
    come_in(invited, browser(cast))


def test_it_is_taken_once_by_one_account(cast: Cast) -> None:
    invited, guest = guest_of(cast, "goals")
    other = browser(cast)
    for path in (invited.link, f"{invited.link}/ik"):
        answer = other.post(path, data={"name": "Iemand"})
        assert answer.status_code == 404
        assert said(answer.text).startswith("Deze link werkt niet meer.")
    assert (count(cast, "account"), count(cast, "stay")) == (1, 1)
    again = guest.post(invited.link)
    assert (again.status_code, again.location) == (303, f"{root(cast)}/")


def test_one_account_for_all_families(cast: Cast) -> None:
    _first, guest = guest_of(cast, "goals")
    second = invite_elsewhere(cast)
    answer = guest.post(second)
    assert (answer.status_code, answer.location) == (303, f"/p/{cast.elsewhere}/")
    assert count(cast, "account") == 1
    page = said(guest.get("/te-gast").text)
    assert page.index("Familie Goudplevier") < page.index("Familie Kluut")


def invite_elsewhere(cast: Cast) -> str:
    """Lies invites somebody in her own plan."""
    lies = cast.client_of("lies")
    met = lies.post(f"/p/{cast.elsewhere}/nodig-uit", data={"name": "Mieke", "form_key": uuid4().hex})
    whom = str(met.location).split("/")[4]
    made = lies.post(f"/p/{cast.elsewhere}/nodig-uit/{whom}", data={"length": "half", "form_key": uuid4().hex})
    found = re.search(r"localhost:8000(/gast/[^<]+)</p>", lies.get(str(made.location)).text)
    assert found
    return found[1]


def test_two_who_take_it_at_once_one_comes_in(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    invited, second = invite(cast, person(cast, "Mieke"), "goals"), browser(cast)
    assert "Wie ben je?" in second.post(invited.link).text
    come_in(invited, browser(cast))
    monkeypatch.setattr("app.guests.ledger.taken_by", lambda _share: None)
    answer = second.post(f"{invited.link}/ik", data={"name": "Iemand"})
    assert answer.status_code == 404
    assert second.get(f"{root(cast)}/").status_code == 404


def test_a_parent_who_tries_it_sees_the_preview_and_is_not_counted(cast: Cast) -> None:
    invited = invite(cast, person(cast, "Mieke"), "goals")
    sara = cast.client_of("sara")
    answer = sara.post(invited.link)
    assert (answer.status_code, answer.location) == (303, f"{root(cast)}/wie-ziet-wat/{invited.share}/zo")
    assert sara.post(f"{invited.link}/ik", data={"name": "Sara"}).status_code == 404
    assert cast.client_of("nele").post(invited.link).status_code == 404
    assert (count(cast, "stay"), count(cast, "look")) == (0, 0)


def test_an_agreed_word_is_asked_first(cast: Cast) -> None:
    invited = invite(cast, person(cast, "Mieke"), "goals", word="Appel taart")
    guest = browser(cast)
    assert "Welk woord spraken jullie af?" in said(guest.post(invited.link).text)
    assert guest.post(f"{invited.link}/ik", data={"name": "Mieke"}).status_code == 422
    assert "Dit is niet het woord." in said(guest.post(invited.link, data={"word": "peer"}).text)
    assert "Wie ben je?" in guest.post(invited.link, data={"word": "appeltaart"}).text
    assert guest.post(f"{invited.link}/ik", data={"name": "Mieke"}).status_code == 303
    assert count(cast, "stay") == 1


def test_who_signs_in_first_finds_the_invitation_at_home(cast: Cast) -> None:
    invited, guest = invite(cast, person(cast, "Mieke"), "goals"), browser(cast)
    guest.post(invited.link)
    page = guest.get("/te-gast").text
    assert "Er ligt een uitnodiging voor jou klaar." in said(page)
    assert f'action="{invited.link}"' in page
    come_in(invited, guest)
    assert "uitnodiging" not in said(guest.get("/te-gast").text)


def test_a_session_of_a_guest_goes_on_when_another_family_asks(cast: Cast) -> None:
    _invited, guest = guest_of(cast, "goals")
    guest.post(invite_elsewhere(cast))
    assert guest.get(f"{root(cast)}/").status_code == 200
    assert guest.get(f"/p/{cast.elsewhere}/").status_code == 200


@pytest.mark.parametrize("second_alone", [True, False])
def test_one_account_sits_once_in_a_plan(cast: Cast, second_alone: bool) -> None:
    """Else what they write for one parent alone could reach the other."""
    mieke = person(cast, "Mieke")
    both = {True: invite(cast, mieke, "goals", alone="1"), False: invite(cast, mieke, "goals")}
    first, second, guest = both[not second_alone], both[second_alone], browser(cast)
    come_in(first, guest)
    seen = guest.get(f"{root(cast)}/").text
    for path in (second.link, f"{second.link}/ik"):
        answer = guest.post(path, data={"name": "Mieke"})
        assert answer.status_code == 422
        assert said(answer.text).startswith("Je bent hier al te gast.")
    assert (count(cast, "account"), count(cast, "stay")) == (1, 1)
    assert said(guest.get(f"{root(cast)}/").text) == said(seen)
    # On a device without that account it opens, as another one.
    come_in(second, browser(cast))
    # And here, once the first place is over.
    third = invite(cast, person(cast, "Mieke anders"), "goals", alone="1")
    assert guest.post(third.link).status_code == 422
    assert cast.client_of("sara").post(f"{root(cast)}/gasten/{first.share}/stop").status_code == 303
    assert (guest.post(third.link).status_code, count(cast, "stay")) == (303, 3)


def test_of_two_places_in_a_plan_that_of_one_parent_alone_is_theirs(cast: Cast) -> None:
    """However they came to hold both: what they write reaches no more people than they may think."""
    from app.accounts.commands import take_seat
    from app.web.session import actor_in, remember

    assert cast.app is not None
    for order in (("lisa", "bert"), ("bert", "lisa")):
        with cast.app.test_request_context():
            before = None
            for name in order:
                before = take_seat(before, cast.plan, "guest", cast.id(f"share {name}"), "gsm")
            assert before is not None
            remember(before)
            assert actor_in(cast.plan) == cast.bert
