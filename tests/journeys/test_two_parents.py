"""Two parents who are not at peace, each on a phone of their own."""

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.journeys.conftest import Answers, NewHands
from tests.journeys.hands import Hands

pytestmark = pytest.mark.journey


def test_what_one_parent_shares_alone_is_in_no_answer_to_the_other(
    of_cast: NewHands, cast: Cast, answers_to: Callable[[str], Answers]
) -> None:
    """Sara keeps something for Els, who looks through a link of Sara's alone; Jef reads everything he can meanwhile."""
    heard = answers_to("jef's phone")
    sara, jef = of_cast("sara"), of_cast("jef", user_agent="jef's phone")
    els = of_cast("els")
    els.go(f"/p/{cast.plan}/voor/{cast.els.seat}")
    els.sees("Pimpelmees")
    sara.tap("Meer").tap("Wie ziet wat?").sees("Els")
    for way in (
        "Wie ziet wat?",
        "Wie keek in ons plan?",
        "Wat is er veranderd?",
        "Weggehaald",
        "Wie kan ons plan openen?",
    ):
        jef.tap("Meer").tap(way)
    jef.tap("Onze mensen").tap("Afspraken").tap("Ons plan")
    assert "Goudplevier" in heard.everything or "Kramsvogel" in heard.everything
    for word in ("Pimpelmees", "Watersnip", "Nachtegaal", str(cast.id("share els"))):
        assert word not in heard.everything


def test_one_leaves_with_a_copy_and_the_other_goes_on(of_cast: NewHands, cast: Cast) -> None:
    sara, jef = of_cast("sara"), of_cast("jef")
    sara.tap("Meer").tap("Wij gaan uit elkaar").is_at("Wij gaan uit elkaar")
    sara.sees("Jij opent dit plan niet meer.", "Wat alleen jij deelt, stopt.")
    sara.tap("Ja, met een kopie").tap("Ga weg uit dit plan").is_at("Ons plan")
    assert str(cast.plan) not in sara.page.url
    sara.sees("Dit is jouw eigen plan. Maak nu je sleutelkaart.")
    jef.tap("Meer").tap("Wat is er veranderd?").sees("Sara is geen lid meer.")
    jef.tap("Ons plan").is_at("Ons plan")
    _writes(sara, "Alleen van Sara")
    _writes(jef, "Alleen van Jef")
    for here, there, word in ((sara, jef, "Alleen van Jef"), (jef, sara, "Alleen van Sara")):
        here.tap("Ons plan").misses(word)
        there.tap("Ons plan").sees(word)
    answer = sara.go(f"/p/{cast.plan}/")
    assert answer is not None
    assert answer.status == 404


def _writes(hands: Hands, words: str) -> None:
    hands.tap("Ons plan").tap("Nog iets dat wij willen").type_in("Wat willen jullie?", words).tap("Bewaar")


def test_one_asks_to_delete_the_plan_and_the_other_stops_it_with_one_tap(of_cast: NewHands, cast: Cast) -> None:
    sara, jef = of_cast("sara"), of_cast("jef")
    sara.tap("Meer").tap("Ons plan wegdoen").tap("Vraag om ons plan weg te doen").is_at("Ons plan")
    sara.sees("Jij vraagt om ons plan weg te doen.")
    jef.tap("Ons plan").sees("Sara vraagt om ons plan weg te doen.")
    before = jef.taps
    jef.tap("Stop dit").sees("Ons plan blijft.")
    assert jef.taps == before + 1
    sara.tap("Ons plan").misses("vraagt om ons plan weg te doen")
    answer = jef.go(f"/p/{cast.plan}/doelen")
    assert answer is not None
    assert answer.status == 200
