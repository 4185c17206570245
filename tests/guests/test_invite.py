"""Inviting a guest: from where, what they will see, until when, and the link."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.guests.pages import browser, guest_of, invite, person, root, tokens_off
from tests.sharing.test_links import without_its_token
from tests.support.pages import said

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]


def test_the_way_to_invite_stands_at_who_sees_what_and_with_a_person(cast: Cast) -> None:
    sara = cast.client_of("sara")
    assert f'href="{root(cast)}/nodig-uit"' in sara.get(f"{root(cast)}/wie-ziet-wat").text
    peter = cast.people["peter"]
    page = sara.get(f"{root(cast)}/mensen/{peter}").text
    assert "Nodig Peter Tortelduif uit als gast" in said(page)
    assert f'href="{root(cast)}/nodig-uit/{peter}/wat"' in page
    assert "als gast" not in sara.get(f"{root(cast)}/mensen/{cast.people['lisa']}").text


def test_a_child_of_the_family_is_no_guest(cast: Cast) -> None:
    """It stood above the way to a page of its own."""
    sara, lou = cast.client_of("sara"), person(cast, "Lou")
    page = f"{root(cast)}/mensen/{lou}"
    assert "uit als gast" in sara.get(page).text
    seen = re.search(r'name="version" value="([^"]*)"', sara.get(f"{page}/verander").text)
    assert seen is not None
    child = {"name": "Lou", "ring": "we", "family_role": "child", "version": seen[1], "form_key": uuid4().hex}
    assert sara.post(f"{page}/verander", data=child).status_code == 303
    text = sara.get(page).text
    assert "Kind" in text
    assert "uit als gast" not in text


def test_the_steps_ask_what_until_when_and_show_how_it_would_look(cast: Cast) -> None:
    sara, mieke = cast.client_of("sara"), person(cast, "Mieke")
    steps = f"{root(cast)}/nodig-uit/{mieke}"
    what = said(sara.get(f"{steps}/wat").text)
    assert all(word in what for word in ("Alle afspraken", "Onze mensen", "Waar wij slapen", "Mag afdrukken"))
    until = sara.get(f"{steps}/tot?what=homes").text
    assert "6 maanden" in until
    assert "1 maand<" not in until
    draft = sara.get(f"{steps}/zo?what=homes&what=goals&length=half").text
    assert "Bij de Tapuit" in draft
    assert "Kramsvogel" in draft
    assert "Wulp" not in draft
    assert "Nodig uit" in said(draft)
    assert "De link stopt" not in said(draft)


def test_half_a_year_unless_the_family_says_otherwise(cast: Cast) -> None:
    from app.db import now
    from app.local import local_day
    from app.sharing import store

    assert cast.app is not None
    mieke = person(cast, "Mieke")
    cast.client_of("sara").post(f"{root(cast)}/nodig-uit/{mieke}", data={"what": "homes", "form_key": uuid4().hex})
    with cast.app.test_request_context():
        share = next(one for one in store.board(cast.sara).shares if one.thing.body.person == mieke)
        assert share.thing.body.until == local_day(now(), "Europe/Brussels") + timedelta(days=183)
        assert (share.thing.body.guest, share.thing.body.opened) == (True, ("home",))


def test_the_page_of_a_link_shows_no_homes_however_it_is_asked_for(cast: Cast) -> None:
    from app.sharing import store

    assert cast.app is not None
    mieke = person(cast, "Mieke")
    form = {"what": ["homes", "paper", "goals"], "length": "season", "form_key": uuid4().hex}
    cast.client_of("sara").post(f"{root(cast)}/delen/{mieke}", data=form)
    with cast.app.test_request_context():
        share = next(one for one in store.board(cast.sara).shares if one.thing.body.person == mieke)
        assert (share.thing.body.guest, share.thing.body.opened) == (False, ("goal", "step"))


def test_one_more_season_with_one_tap(cast: Cast) -> None:
    sara, (invited, guest) = cast.client_of("sara"), guest_of(cast, "goals")
    before = said(guest.get("/te-gast").text)
    sara.post(f"{root(cast)}/wie-ziet-wat/{invited.share}/langer", data={"form_key": uuid4().hex})
    after = said(guest.get("/te-gast").text)
    assert before != after


def test_the_neutral_page_is_the_same_for_every_token(cast: Cast) -> None:
    invited = invite(cast, person(cast, "Mieke"))
    pages = {
        without_its_token(browser(cast).get(f"/gast/{token}").text.replace(token, ""))
        for token in (invited.token, "x" * 43, cast.tokens["oma"], cast.tokens["away"])
    }
    assert len(pages) == 1
    page = said(pages.pop())
    assert page.startswith("Iemand nodigt jou uit als gast in een plan.")
    assert not [name for name in ("Sara", "Mieke", "Goudplevier") if name in page]


@pytest.mark.parametrize("who", ["away", "late", "oma", "els"])
def test_what_ended_and_what_is_no_invitation_look_the_same(cast: Cast, who: str) -> None:
    answer = browser(cast).post(f"/gast/{cast.tokens[who]}")
    wrong = browser(cast).post("/gast/" + "x" * 43)
    assert (answer.status_code, wrong.status_code) == (404, 404)
    assert said(answer.text) == said(wrong.text)
    assert said(answer.text).startswith("Deze link werkt niet meer.")


def test_an_invitation_opens_nothing_as_a_link_and_a_link_nothing_as_invitation(cast: Cast) -> None:
    invited = invite(cast, person(cast, "Mieke"), "goals")
    assert browser(cast).post(f"/d/{invited.token}").status_code == 404
    assert browser(cast).post(f"/gast/{cast.tokens['oma']}").status_code == 404


def test_a_link_that_was_used_is_not_made_anew(cast: Cast) -> None:
    sara, (invited, guest) = cast.client_of("sara"), guest_of(cast, "goals")
    show = f"{root(cast)}/wie-ziet-wat/{invited.share}"
    assert "Maak een nieuwe link" not in sara.get(show).text
    sara.post(f"{show}/link", data={"form_key": uuid4().hex})
    assert guest.get(f"{root(cast)}/").status_code == 200
    assert "Deze link is gebruikt" in said(sara.get(f"{show}/link").text)


def test_before_it_is_used_a_new_link_stops_the_old_one(cast: Cast) -> None:
    sara, invited = cast.client_of("sara"), invite(cast, person(cast, "Mieke"), "goals")
    answer = sara.post(f"{root(cast)}/wie-ziet-wat/{invited.share}/link", data={"form_key": uuid4().hex})
    assert "/gast/" in sara.get(str(answer.location)).text
    assert browser(cast).post(invited.link).status_code == 404


def test_what_one_parent_hosts_alone_does_not_exist_for_the_other(cast: Cast) -> None:
    """Who only Sara knows of is her guest alone: for Jef there is no share, no card, no person."""
    invited, guest = guest_of(cast, name="Mieke")
    alone = invite(cast, cast.people["neighbour"], alone="1")
    jef = cast.client_of("jef")
    assert jef.get(f"{root(cast)}/wie-ziet-wat/{alone.share}").status_code == 404
    assert jef.post(f"{root(cast)}/gasten/{alone.share}/stop").status_code == 404
    assert jef.get(f"{root(cast)}/gasten/{alone.share}/dank").status_code == 404
    assert "Waterhoen" not in jef.get(f"{root(cast)}/wie-ziet-wat").text
    assert jef.post(f"{root(cast)}/gasten/{invited.share}/stop").status_code == 303
    assert guest.get(f"{root(cast)}/").status_code == 404


def test_whom_only_one_parent_may_know_is_written_down_unseen_by_the_other(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    for first in ("nodig-uit", "delen"):
        page = sara.get(f"{root(cast)}/{first}").text
        assert "Alleen ik ken deze persoon Jef" in said(page)
        name = f"Wielewaal{first[0]}"
        went = sara.post(f"{root(cast)}/{first}", data={"name": name, "only_me": "1", "form_key": uuid4().hex})
        assert "Alleen jij deelt dit." in said(sara.get(went.location).text)
        assert name in sara.get(f"{root(cast)}/mensen").text
        for page in ("", "mensen", "nieuw", "veranderd", "wie-ziet-wat", first, "wie-keek", "binnen"):
            assert name not in jef.get(f"{root(cast)}/{page}").text


def test_nobody_is_asked_to_hide_when_no_other_parent_is_there(cast: Cast) -> None:
    page = cast.client_of("lies").get(f"/p/{cast.elsewhere}/nodig-uit")
    assert page.status_code == 200
    assert "Alleen ik ken deze persoon" not in said(page.text)


def test_of_many_people_the_first_stand_there_and_the_others_one_tap_away(cast: Cast) -> None:
    for number in range(14):
        person(cast, f"Dienst {number}")
    page = cast.client_of("sara").get(f"{root(cast)}/nodig-uit").text
    before, _fold, folded = page.partition("<details")
    assert before.count('<a class="tile') == 8
    assert all(f"Dienst {number}" in page for number in range(14))
    assert "mensen" in said("<details" + folded)
