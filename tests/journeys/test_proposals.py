"""Two browsers at once: a guest proposes, the family answers in each of the four ways, and the guest sees it."""

import pytest

from tests.cast import Cast
from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands

WHAT, WHY = "Samen thee drinken", "dan is er tijd om te praten"


def open_card(hands: Hands, words: str) -> None:
    """Touch the card of the proposal that says this."""
    hands.touch(hands.page.locator("a.card", has_text=words))


@pytest.fixture
def both(of_cast: NewHands, cast: Cast) -> tuple[Hands, Hands]:
    """Lisa sent a new agreement, and Sara has it open."""
    lisa, sara = of_cast("lisa", width=390, height=844), of_cast("sara", width=390, height=844)
    lisa.go(f"/p/{cast.plan}/stel-voor?doe=new&over=agreement")
    lisa.type_in("Wat?", WHAT).tap("Ik weet het nog niet").type_in("Waarom?", WHY).tap("Kijk na").tap("Stuur")
    sara.tap("Meer").tap("Voorstellen")
    open_card(sara, WHAT)
    sara.is_at("Een voorstel").sees("Voorstel van Lisa Bosuil", WHAT, WHY)
    return lisa, sara


def test_yes_makes_it_ours_in_its_place(both: tuple[Hands, Hands], cast: Cast) -> None:
    lisa, sara = both
    assert sara.page.locator(".card.dashed").count() == 1
    sara.tap("Ja, dat doen wij").sees("Sara zei ja. Dit staat nu in ons plan.")
    assert sara.page.locator(".card.dashed").count() == 0
    lisa.go(f"/p/{cast.plan}/mijn-voorstellen")
    lisa.sees("Het gezin koos", WHAT)
    lisa.go(f"/p/{cast.plan}/afspraken")
    lisa.sees(WHAT)
    # And back: the plan is as it was, the answer stays.
    sara.tap("Toch niet").sees("Dit staat weer zoals eerst.")
    sara.tap("Afspraken").misses(WHAT)


def test_yes_but_otherwise_keeps_both_texts(both: tuple[Hands, Hands], cast: Cast) -> None:
    lisa, sara = both
    sara.tap("Ja, maar anders")
    assert sara.reads("Wat?") == WHAT
    sara.type_in("Wat?", "Soms koffie drinken").tap("Bewaar").sees("Soms koffie drinken")
    sara.unfold("Dit stelde Lisa Bosuil voor").sees(WHAT)
    lisa.go(f"/p/{cast.plan}/mijn-voorstellen")
    lisa.sees("Ja, maar anders", "Soms koffie drinken")
    lisa.touch(lisa.page.locator("li.card", has_text="Soms koffie").locator("summary"))
    lisa.sees(WHAT)


def test_no_needs_no_reason_and_the_guest_reads_not_now(both: tuple[Hands, Hands], cast: Cast) -> None:
    lisa, sara = both
    sara.sees("Zeg je nee? Dan komt het niet in ons plan. Je hoeft niet te zeggen waarom.")
    sara.tap("Nee").sees("Sara zei nee. Het komt niet in ons plan.")
    lisa.go(f"/p/{cast.plan}/mijn-voorstellen")
    lisa.sees("Niet nu", "Vraag dit opnieuw vanaf")


def test_later_is_out_of_sight_and_the_guest_waits(both: tuple[Hands, Hands], cast: Cast) -> None:
    lisa, sara = both
    sara.tap("Later").tap("Volgende week").tap("Bewaar").sees("Dit komt terug op")
    sara.tap("Ons plan").misses(WHAT)
    lisa.go(f"/p/{cast.plan}/mijn-voorstellen")
    lisa.sees("Wacht op het gezin", WHAT).misses("Later")


def test_two_parents_answer_at_once(both: tuple[Hands, Hands], of_cast: NewHands) -> None:
    _lisa, sara = both
    jef = of_cast("jef")
    jef.tap("Meer").tap("Voorstellen")
    open_card(jef, WHAT)
    jef.tap("Ja, maar anders").type_in("Wat?", "Liever wandelen")
    sara.tap("Ja, dat doen wij").sees("Sara zei ja.")
    jef.tap("Bewaar").sees("Iemand van jullie was eerst.", "Liever wandelen", "Sara zei ja.")


def test_a_proposal_is_two_taps_from_home(of_cast: NewHands) -> None:
    """The bar: answer a proposal in 2 taps and 0 keys."""
    jef = of_cast("jef", width=390, height=844)
    open_card(jef, "Een Boomkruiper zoeken")
    jef.tap("Ja, dat doen wij").sees("Jef zei ja.")
    jef.tap("Afspraken").sees("Een Boomkruiper zoeken")
