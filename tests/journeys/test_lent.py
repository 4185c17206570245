"""Geef de gsm aan Kaat, in a real browser: the child reaches its own pages and nothing else; the parent comes back."""

from __future__ import annotations

import re

from tests.cast import Cast
from tests.childpages.phones import kept_card, member_of
from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands

NOT_HERE = "Dit gaat hier niet open"


def _give(of_cast: NewHands) -> Hands:
    sara = of_cast("sara")
    sara.tap("Meer").tap("Onze kinderen").tap("Geef de gsm aan Kaat")
    sara.sees("Alleen de bladzijde van Kaat gaat open.").tap("Geef de gsm")
    return sara.sees("Dag Kaat!")


def test_a_parent_gives_the_phone_and_comes_back_with_the_card(of_cast: NewHands, cast: Cast) -> None:
    card = kept_card(cast, "sara")
    phone = _give(of_cast)
    for path in ("", "doelen", "meer", f"kinderen/{member_of(cast)}", "sleutels"):
        phone.go(f"/p/{cast.plan}/{path}")
        phone.is_at(NOT_HERE).misses("Kramsvogel", "Goudplevier")
    for path in ("/", "/begin", "/sleutel", "/te-gast"):
        phone.go(path)
        phone.is_at(NOT_HERE)
    phone.tap("Naar mijn bladzijde").sees("Dag Kaat!").tap("Geef de gsm terug").is_at("Geef de gsm terug")
    phone.type_in("Nummer van je sleutelkaart", card.number).type_in("De 3 woorden", "fout fout fout")
    phone.tap("Ik heb de gsm terug").sees("Dit is niet juist.")
    phone.type_in("De 3 woorden", " ".join(card.words)).tap("Ik heb de gsm terug").is_at("Ons plan")


def test_back_and_a_tab_that_was_open_show_nothing_of_the_parent(of_cast: NewHands, cast: Cast) -> None:
    kept_card(cast, "sara")
    sara = of_cast("sara")
    sara.go(f"/p/{cast.plan}/doelen")
    sara.sees("Kramsvogel")
    other = sara.page.context.new_page()
    other.goto(sara.page.url)
    sara.go(f"/p/{cast.plan}/kinderen/{member_of(cast)}/gsm")
    sara.tap("Geef de gsm").sees("Dag Kaat!")
    for _step in range(3):
        sara.page.go_back()
        sara.page.wait_for_load_state()
        assert "Kramsvogel" not in sara.page.content()
    other.bring_to_front()
    other.reload()
    assert "Kramsvogel" not in other.content()
    assert NOT_HERE in other.content()


def test_a_child_closes_its_own_device_and_opens_it_with_its_pictures(of_cast: NewHands, cast: Cast) -> None:
    mil = of_cast("mil")
    mil.go(f"/p/{cast.plan}/mij/prentjes")
    mine = ("kat", "ster", "maan", "bal")
    mil.tap("Kies mijn prentjes").is_at("Kies 4 prentjes")
    for word in mine:
        mil.tap(word)
    mil.is_at("Dit zijn jouw prentjes").tap("Bewaar")
    mil.go(f"/p/{cast.plan}/mij/prentjes")
    mil.tap("Op slot").is_at("Op slot")
    mil.go(f"/p/{cast.plan}/mij")
    mil.is_at("Op slot")
    for word in reversed(mine):
        mil.tap(word)
    mil.sees("Dit zijn niet jouw prentjes.")
    for word in mine:
        mil.tap(word)
    assert re.search(r"/mij$", mil.page.url)
