"""Two browsers: a child asks by picture and place only, a parent says no with a picture, the child finds it."""

import re

from tests.cast import Cast
from tests.journeys.conftest import NewHands
from tests.journeys.own import FACE, Robot, picto

WAITS = picto("231B")


def test_a_wish_and_its_answer_are_pictures(of_cast: NewHands, cast: Cast) -> None:
    kaat = Robot(of_cast("kaat"), cast.plan).goes("/wens")
    kaat.taps(picto("1F436"))
    page = kaat.hands.page
    assert page.locator("main [aria-pressed=true]").count() == 0
    assert kaat.finds(FACE).count() > 1
    kaat.hands.tap("Sara")
    assert (kaat.hands.taps, kaat.hands.keys) == (2, 0)
    found = re.search(r"/mij/zeg/([0-9a-f-]{36})", page.url)
    assert found is not None
    sara = of_cast("sara", width=390, height=844)
    sara.go(f"/p/{cast.plan}/kinderen/wens/{found[1]}")
    sara.is_at("Kaat vraagt jullie iets").sees("Een dier")
    before = sara.taps
    sara.tap("Nee").tap("Nu nog niet").tap("Verstuur").sees("Verstuurd. Kaat kan jouw antwoord lezen.")
    assert (sara.taps - before, sara.keys) == (3, 0)
    kaat.goes("/wens")
    kaat.taps(picto("1F436"), -1)
    kaat.sees(WAITS)
    # Jef was not told: for him there is nothing.
    answer = of_cast("jef").go(f"/p/{cast.plan}/kinderen/wens/{found[1]}")
    assert answer is not None
    assert answer.status == 404


def test_yes_takes_two_taps(of_cast: NewHands, cast: Cast) -> None:
    sara = of_cast("sara", width=390, height=844)
    sara.go(f"/p/{cast.plan}/?alles=1")
    before = sara.taps
    sara.tap("Kijk en antwoord").tap("Ja, dat doen wij").sees("Verstuurd. Kaat kan jouw antwoord lezen.")
    assert (sara.taps - before, sara.keys) == (2, 0)


def test_somebody_a_child_trusts_opens_the_link_it_was_given(of_cast: NewHands, someone: NewHands, cast: Cast) -> None:
    mil = of_cast("mil")
    mil.go(f"/p/{cast.plan}/mij/vertrouw")
    mil.type_in("Hoe heet die persoon?", "Juf Winterkoninkje").tap("Maak een link")
    link = re.search(r"/v/[\w-]{43}", mil.page.content())
    assert link is not None
    els = someone()
    els.go(link[0])
    els.misses("Mil").tap("Open").sees("Mil vertrouwt jou.", "Hier komt wat Mil jou wil tonen.")
    mil.tap("Stop").sees("Gestopt. Die link werkt niet meer.")
    answer = els.go(els.page.url)
    assert answer is not None
    assert answer.status == 404
    els.sees("Deze link werkt niet meer.")
