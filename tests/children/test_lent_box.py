"""On a lent phone a child keeps what it says, and whoever lent it reads no more there than they may see anyhow."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.childpages.phones import at, lent, member_of
from tests.sharing.pages import tokens_off

__all__ = ["tokens_off"]
pytestmark = pytest.mark.usefixtures("tokens_off")


def test_the_box_shows_what_the_lender_may_see_and_nothing_else(cast: Cast) -> None:
    phone, _card = lent(cast)
    page = phone.get(at(cast, "mij/doos")).text
    assert "Gaai" in page
    for canary in ("Ekster", "Kauw", "Roek", "Raaf", "Kruisbek"):
        assert canary not in page
    for hidden in ("kaat kept", "kaat to lisa", "kaat to lies", "kaat to wim"):
        said = cast.id(f"said {hidden}")
        assert phone.get(at(cast, f"mij/zeg/{said}")).status_code == 404
        assert phone.get(at(cast, f"mij/zeg/{said}/wie")).status_code == 404
        assert phone.post(at(cast, f"mij/zeg/{said}/weg")).status_code == 404


def test_who_looked_and_what_others_answered_is_not_there(cast: Cast) -> None:
    said = cast.id("said kaat to sara")
    kaat = cast.client_of("kaat")
    kaat.post(at(cast, f"mij/zeg/{said}/wie/{cast.people['jef']}/ja"))
    jef = cast.client_of("jef")
    jef.post(at(cast, f"verteld/{said}/antwoord"), data={"words": "Van papa: Kanoet"})
    assert "Wie keek?" in kaat.get(at(cast, f"mij/zeg/{said}")).text
    phone, _card = lent(cast)
    page = phone.get(at(cast, f"mij/zeg/{said}")).text
    assert "Alpenkraai" in page
    assert "Kanoet" not in page
    assert "Wie keek?" not in page


def test_what_is_said_there_is_at_hand_until_the_child_is_done_with_it(cast: Cast) -> None:
    phone, _card = lent(cast)
    page = phone.get(at(cast, "mij/voel")).text
    assert "Wie deze gsm vasthoudt, kan meekijken." in page
    # Said before anything is kept, with the way to pictures that open it again: later it is too late.
    assert "Wat alleen van jou is, zie je hier niet terug." in page
    assert "/mij/prentjes" in page
    who = str(phone.post(at(cast, "mij/voel"), data={"feeling": "afraid"}).location)
    faces = phone.get(who).text
    assert "Wie deze gsm vasthoudt, kan meekijken. Wat alleen van jou is, zie je hier niet terug." in faces
    assert "Jef" in faces
    for name in ("Lies", "Dirk", "Wim", "Els", "Bert"):
        assert f">{name}" not in faces
    phone.post(who.replace("/wie", "/niemand"))
    assert phone.get(who).status_code == 404
    assert "Bang" in cast.client_of("kaat").get(at(cast, "mij/doos")).text


def test_nothing_goes_along_from_a_phone_that_is_somebody_elses(cast: Cast) -> None:
    phone, _card = lent(cast)
    assert phone.get(at(cast, "mij/neem-mee")).status_code == 404
    assert phone.get(at(cast, "mij/neem-mee/van-mij.zip")).status_code == 404


def test_whom_a_phone_does_not_show_stays_chosen_unless_the_child_says_nobody(cast: Cast) -> None:
    said = cast.id("said kaat to sara")
    cast.client_of("kaat").post(at(cast, f"mij/zeg/{said}/wie/{cast.people['lies']}/ja"))
    lies = cast.client_of("lies")
    told = f"/p/{cast.elsewhere}/verteld/{said}"
    phone, _card = lent(cast)
    phone.post(at(cast, f"mij/zeg/{said}/wie/{cast.people['jef']}/ja"))
    assert lies.get(told).status_code == 200
    phone.post(at(cast, f"mij/zeg/{said}/niemand"))
    assert lies.get(told).status_code == 404


KEEPS = ("mij", "mij/voel", "mij/voel/anders", "mij/fijn", "mij/fijn/droom", "mij/maak", "mij/wens", "mij/tafel")


def test_every_page_that_keeps_something_says_first_what_a_lent_phone_cannot_promise(cast: Cast) -> None:
    """And shows the way to pictures, which no lent phone gives once something is kept. A child's own phone does not."""
    phone, own = lent(cast)[0], cast.client_of("kaat")
    for path in KEEPS:
        page = phone.get(at(cast, path)).text
        said = page.index("Wie deze gsm vasthoudt, kan meekijken. Wat alleen van jou is, zie je hier niet terug.")
        assert page.count('href="' + at(cast, "mij/prentjes")) == 1, path
        assert said < page.index('href="' + at(cast, "mij/prentjes")), path
        keeping = [page.index(one) for one in ('name="feeling"', 'name="picto"') if one in page]
        assert all(page.index("/mij/prentjes") < one for one in keeping), path
        page = own.get(at(cast, path)).text
        assert "Jij kiest wie dit ziet." in page, path
        assert "Wie deze gsm vasthoudt" not in page, path
        assert "/mij/prentjes" not in page, path


def test_a_parent_who_looks_at_today_reads_nothing_of_a_phone(cast: Cast) -> None:
    page = cast.client_of("sara").get(at(cast, f"kinderen/{member_of(cast)}/zo/mij"))
    assert (page.status_code, "Jij kiest wie dit ziet." in page.text) == (200, True)
    assert "Wie deze gsm vasthoudt" not in page.text
