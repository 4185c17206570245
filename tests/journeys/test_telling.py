"""A child tells how it feels by picture and place: two taps, no key; whom it chose answers, and nobody else knows."""

from __future__ import annotations

from tests.cast import Cast
from tests.journeys.conftest import NewHands
from tests.journeys.own import FACE, Robot, picto

SAD = picto("1F622")


def test_a_feeling_told_to_one_face_is_two_taps(of_cast: NewHands, cast: Cast) -> None:
    kaat = Robot(of_cast("kaat"), cast.plan).goes("")
    kaat.taps(SAD)
    page = kaat.hands.page
    assert page.locator("main [aria-pressed=true]").count() == 0
    assert kaat.finds(FACE).count() > 1
    kaat.hands.tap("Jef")
    assert (kaat.hands.taps, kaat.hands.keys) == (2, 0)
    kaat.hands.sees("Jef ziet dit.")
    said = page.url.split("/")[-2]
    jef = of_cast("jef", width=390, height=844)
    jef.go(f"/p/{cast.plan}/")
    jef.tap("Kaat vertelt jou iets.").tap("Verdrietig")
    jef.type_in("Zeg iets terug", "Zal ik bij jou komen zitten?").tap("Verstuur")
    jef.sees("Verstuurd. Alleen het kind ziet jouw antwoord.")
    kaat.goes(f"/zeg/{said}")
    kaat.hands.sees("Zal ik bij jou komen zitten?", "Wie keek?")
    answer = of_cast("sara").go(f"/p/{cast.plan}/verteld/{said}")
    assert answer is not None
    assert answer.status == 404
