"""Who opens a child's box: by nothing that was prepared, by few guesses a day, and the child sees and mends it."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.childpages.phones import at, lent, member_of, typed
from tests.childpages.test_code import (
    MINE,
    OTHER,
    chose,
    closed_by_kaat,
    emptied,
    feels,
    is_open,
    keeps,
    opened_with_card,
    tapped,
)
from tests.childpages.test_two_plans import REFUSED, apart, given, layer, made
from tests.support.pages import said

pytestmark = pytest.mark.usefixtures("tokens_off")
TOMORROW = "Dat was vandaag te veel keer mis. Probeer morgen opnieuw."


def guesses(phone: FlaskClient, path: str, times: int, pictures: list[str] = OTHER) -> list[int]:
    """So many guesses of four pictures, each long after the one before."""
    from sqlalchemy import delete

    from app.accounts.models import Attempt
    from app.db import db

    codes = []
    for _guess in range(times):
        codes.append(phone.post(path, data={"way": "toon", "so_far": pictures}).status_code)
        with phone.application.app_context():
            db.session.execute(delete(Attempt))
            db.session.commit()
    return codes


def box_rows(cast: Cast) -> list[bytes]:
    from sqlalchemy import select

    from app.children.models import LayerBoxRow
    from app.db import db

    assert cast.app is not None
    with cast.app.app_context():
        return list(db.session.scalars(select(LayerBoxRow.sealed)))


# ---- what was prepared -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("device", ["lent", "by a parent's card"])
def test_before_a_child_keeps_anything_nobody_prepares_a_way_in(cast: Cast, device: str) -> None:
    """Pictures, a key or a second plan from before would open all that it keeps later."""
    emptied(cast, "kaat")
    phone = lent(cast)[0] if device == "lent" else opened_with_card(cast)
    page = said(phone.get(at(cast, "mij/prentjes")).text)
    assert "Zeg of bewaar eerst iets. Daarna kies jij hier 4 prentjes." in page
    phone.post(at(cast, "mij/prentjes"), data={"way": "kies", "so_far": MINE, "sure": "1"})
    assert "Toon eerst je prentjes." in said(phone.post(at(cast, "mij/nog-een-thuis/code")).text)
    assert layer(cast, "kaat") is None
    feels(phone, cast)
    assert not is_open(phone, cast)


def test_nor_a_key_in_its_name(cast: Cast) -> None:
    emptied(cast, "mil")
    device = opened_with_card(cast, "mil")
    for path in ("sleutels", "sleutels/wachtwoord", "sleutels/slot"):
        assert str(device.get(at(cast, path)).location).endswith("/mij/prentjes"), path
    assert str(device.post(at(cast, "sleutelkaart")).location).endswith("/mij/prentjes")


def test_a_young_person_comes_from_a_parents_card_to_a_key_of_its_own(cast: Cast) -> None:
    """What it keeps, then its pictures, then its key: no page on the way leads back to itself."""
    emptied(cast, "mil")
    device = opened_with_card(cast, "mil")
    feels(device, cast)
    assert chose(device, cast, MINE) == 303
    ways = device.get(at(cast, "sleutels"))
    assert ways.status_code == 200
    assert "Kies een sleutel" in said(ways.text)
    made_one = device.post(at(cast, "sleutelkaart"))
    assert str(made_one.location).endswith("/sleutelkaart")
    card = re.search(r"Nummer ([\d ]+) 3 woorden (\w+ \w+ \w+)", said(device.get(at(cast, "sleutelkaart")).text))
    assert card
    assert cast.app is not None
    elsewhere = cast.app.test_client()
    elsewhere.post("/sleutel", data={"card_number": card[1], "card_words": card[2]})
    assert is_open(elsewhere, cast)


def test_after_the_first_thing_a_child_is_led_to_its_pictures(cast: Cast) -> None:
    emptied(cast, "kaat")
    phone, _card = lent(cast)
    kept = phone.post(at(cast, "mij/voel"), data={"feeling": "happy"}).location
    answer = phone.post(str(kept).replace("/wie", "/niemand"))
    assert str(answer.location).endswith("/mij/prentjes")
    assert "Sluit wat ik bewaar" in said(phone.get(at(cast, "mij")).text)
    chose(phone, cast, MINE)
    assert "Sluit wat ik bewaar" not in said(phone.get(at(cast, "mij")).text)


@pytest.mark.both_databases
def test_pictures_chosen_later_open_nothing_of_before(cast: Cast) -> None:
    """A parent who plays the child after it kept something reads what they said themselves, and no more."""
    from app.trusted import commands, store

    emptied(cast, "kaat")
    keeps(cast, "kaat")
    assert cast.app is not None
    with cast.app.test_request_context():
        circle = store.circle(cast.kaat)
        assert circle is not None
        commands.name(circle, "Juf Winterkoninkje", "a form")
    _an_hour_ago(cast)
    phone, _card = lent(cast)
    feels(phone, cast)
    chose(phone, cast, MINE)
    assert is_open(phone, cast)
    for path in ("mij/doos", "mij/doos/weg", "mij/vertrouw", "mij/wens"):
        page = said(phone.get(at(cast, path)).text)
        assert "Zeepaardje" not in page
        assert "Winterkoninkje" not in page
    assert "Blij" in said(phone.get(at(cast, "mij/doos")).text)
    own = cast.client_of("kaat")
    assert "Zeepaardje" not in own.get(at(cast, "mij/doos")).text


def _an_hour_ago(cast: Cast) -> None:
    """What Kaat kept was kept an hour ago."""
    from sqlalchemy import update

    from app.children.models import SaidRow, TrustedRow
    from app.db import db, now

    assert cast.app is not None
    with cast.app.app_context():
        for table in (SaidRow, TrustedRow):
            db.session.execute(update(table).values(created_at=now() - timedelta(hours=1)))
        db.session.commit()


def test_after_ten_minutes_a_phone_chooses_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.children import in_hand
    from app.db import now

    emptied(cast, "kaat")
    phone, _card = lent(cast)
    feels(phone, cast)
    monkeypatch.setattr(in_hand, "now", lambda: now() + timedelta(minutes=11))
    phone.post(at(cast, "mij/prentjes"), data={"way": "kies", "so_far": MINE, "sure": "1"})
    assert not is_open(phone, cast)


@pytest.mark.both_databases
def test_a_key_that_was_made_in_the_other_plan_before_ends_when_the_layer_comes(cast: Cast) -> None:
    """Lies made it in Kaat's name, and would read with it what Kaat keeps elsewhere."""
    apart(cast)
    prepared = cast.client_of("kaat_too")
    assert prepared.get(f"/p/{cast.elsewhere}/mij").status_code == 200
    given(cast, made(cast))
    assert layer(cast, "kaat_too") == layer(cast, "mil")
    assert prepared.get(f"/p/{cast.elsewhere}/mij").status_code == 404
    assert prepared.get(f"/p/{cast.elsewhere}/mij/doos").status_code == 404


# ---- guesses of a day ------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_twenty_guesses_a_day_of_all_phones_together(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.children import openings
    from app.db import now

    phone = closed_by_kaat(cast)
    path = at(cast, "mij/prentjes")
    assert guesses(phone, path, 10) == [422] * 10
    assert guesses(phone, path, 1, MINE) == [303]
    assert guesses(opened_with_card(cast), path, 10) == [422] * 10
    phone.post(f"{path}/dicht")
    for device in (phone, opened_with_card(cast), lent(cast, "jef")[0]):
        assert guesses(device, path, 1, MINE) == [429]
        assert not is_open(device, cast)
    assert TOMORROW in said(phone.post(path, data={"way": "toon", "so_far": MINE}).text)
    # Nobody locks a child out: its page opens, and its own key opens what it keeps.
    assert phone.get(at(cast, "mij")).status_code == 200
    own = cast.client_of("kaat")
    assert "Blij" in own.get(at(cast, "mij/doos")).text
    assert guesses(own, path, 1, MINE) == [303]
    monkeypatch.setattr(openings, "now", lambda: now() + timedelta(days=1))
    assert guesses(phone, path, 1, MINE) == [303]


# ---- what the child sees ---------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_a_child_sees_when_its_box_was_open(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.children import openings, said_store
    from app.db import now

    phone = closed_by_kaat(cast)
    assert phone.get(at(cast, "mij/doos/open")).status_code == 404
    assert "Jouw doos ging open" not in phone.get(at(cast, "mij/doos")).text
    for room in (openings, said_store):
        monkeypatch.setattr(room, "now", lambda: now() + timedelta(days=1))
    device = opened_with_card(cast)
    assert tapped(device, at(cast, "mij/prentjes"), MINE, way="toon") == 303
    page = said(device.get(at(cast, "mij/doos")).text)
    assert "Jouw doos ging open: gisteren, " in page
    page = said(device.get(at(cast, "mij/doos/open")).text)
    assert "Op de gsm van Sara" in page
    assert "Met jouw kaart" not in page
    _switched_on(cast)
    own = cast.client_of("kaat")
    page = said(own.get(at(cast, "mij/doos/open")).text)
    assert "Stop mijn andere sleutels" in page
    assert "Met jouw kaart en jouw prentjes" in page
    assert "Andere prentjes" in page


def _switched_on(cast: Cast) -> None:
    """The family lets Kaat keep keys of her own."""
    path = at(cast, f"kinderen/{member_of(cast)}/sleutel")
    assert cast.client_of("sara").post(path, data={"own_key": "1"}).status_code == 303


def test_of_another_home_it_names_nobody(cast: Cast) -> None:
    cast.client_of("kaat_too").get(f"/p/{cast.elsewhere}/mij/doos")
    page = said(cast.client_of("kaat").get(at(cast, "mij/doos/open")).text)
    assert "In je andere thuis" in page
    assert "Lies" not in page


def test_one_row_under_the_childs_key_however_often(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a plan nor a day nor a way stands in the clear, and it does not grow."""
    from app.children import openings
    from app.db import now

    own = cast.client_of("kaat")
    for day in range(openings.MOST + 3):
        monkeypatch.setattr(openings, "now", lambda day=day: now() + timedelta(days=day))
        own.get(at(cast, "mij/doos"))
        own.get(at(cast, "mij/doos"))
    sealed = box_rows(cast)
    assert len(sealed) == 1
    assert not any(word in sealed[0] for word in (b"key", str(cast.plan).encode(), b"202"))
    page = own.get(at(cast, "mij/doos/open")).text
    assert page.count('class="own-card"') == openings.MOST - 1


@pytest.mark.parametrize("who", ["sara", "jef", "nele", "lisa", "mil", "lies", "nobody"])
def test_it_is_the_childs_alone(cast: Cast, who: str) -> None:
    """Mil has a page of its own there, which is another child's."""
    cast.client_of("kaat").get(at(cast, "mij/doos"))
    answer = cast.client_of(who).get(at(cast, "mij/doos/open"))
    assert answer.status_code == (200 if who == "mil" else 404)
    assert "eigen sleutel" not in said(answer.text)


# ---- what the child does about it ------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_with_its_pictures_a_child_ends_every_own_key_at_once(cast: Cast) -> None:
    phone = closed_by_kaat(cast)
    keyed, carded = cast.client_of("kaat"), opened_with_card(cast)
    assert phone.post(at(cast, "mij/doos/sleutels-weg")).status_code == 404
    assert keyed.get(at(cast, "mij/doos")).status_code == 200
    tapped(phone, at(cast, "mij/prentjes"), MINE, way="toon")
    assert phone.post(at(cast, "mij/doos/sleutels-weg")).status_code == 303
    assert keyed.get(at(cast, "mij/doos")).status_code == 404
    # The card that its parents made opens its page still, and what is kept stays closed there.
    assert carded.get(at(cast, "mij")).status_code == 200
    assert not is_open(carded, cast)


def test_a_card_of_its_own_ends_too_and_the_device_in_hand_stays(cast: Cast) -> None:
    from app.accounts import commands

    assert cast.app is not None
    with cast.app.test_request_context():
        secret = commands.make_card(cast.mil, uuid4().hex)
    mil = cast.client_of("mil")
    assert mil.post(at(cast, "mij/doos/sleutels-weg")).status_code == 303
    assert mil.get(at(cast, "mij/doos")).status_code == 200
    other = cast.app.test_client()
    assert other.post("/sleutel", data=typed(secret)).status_code != 303


@pytest.mark.both_databases
def test_a_child_leaves_its_other_home(cast: Cast) -> None:
    kaat, there = cast.client_of("kaat"), cast.client_of("kaat_too")
    assert "Ekster" in there.get(f"/p/{cast.elsewhere}/mij/doos").text
    told = f"/p/{cast.elsewhere}/verteld/{cast.id('said kaat to lies')}"
    assert "Kruisbek" in cast.client_of("lies").get(told).text
    assert kaat.post(at(cast, "mij/doos/alleen-hier")).status_code == 303
    assert layer(cast, "kaat_too") is None
    assert "Ekster" not in there.get(f"/p/{cast.elsewhere}/mij/doos").text
    assert cast.client_of("lies").get(told).status_code == 404
    assert "Ekster" in kaat.get(at(cast, "mij/doos")).text


# ---- a code that is given in twice -----------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_a_code_given_in_twice_is_done_and_to_others_it_works_not(cast: Cast) -> None:
    apart(cast)
    code = made(cast)
    member = f"/p/{cast.elsewhere}/kinderen/{member_of(cast, 'kaat_too')}/nog-een-thuis"
    assert REFUSED not in given(cast, code)
    assert "Deze code gaf jij al. Het is in orde." in given(cast, code)
    # The child itself gave it not, nor did the parents of the plan it came from.
    child = cast.client_of("kaat_too").post(f"/p/{cast.elsewhere}/mij/nog-een-thuis", data={"code": code})
    assert "Deze code werkt niet." in said(child.text)
    here = at(cast, f"kinderen/{member_of(cast)}/nog-een-thuis")
    assert REFUSED in said(cast.client_of("sara").post(here, data={"code": code}, follow_redirects=True).text)
    # Once the child left, nothing is done already.
    cast.client_of("mil").post(at(cast, "mij/doos/alleen-hier"))
    assert REFUSED in said(cast.client_of("lies").post(member, data={"code": code}, follow_redirects=True).text)


def test_a_child_that_gives_it_twice_reads_that_it_is_done(cast: Cast) -> None:
    apart(cast)
    code = made(cast)
    path, fields = f"/p/{cast.elsewhere}/mij/nog-een-thuis", {"code": code}
    assert str(cast.client_of("kaat_too").post(path, data=fields).location).endswith("/sleutel")
    answer = cast.client_of("kaat_too").post(path, data=fields, follow_redirects=True)
    assert "Deze code gaf jij al. Alles wat jij bewaart, is ook hier." in said(answer.text)
