"""Sara asks Mieke to the table: she comes in on her own phone, finds the family, and leaves when it ends."""

import re

import pytest

from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands, scanned

MIEKE = "Mieke"
ENDED = "Je bent hier niet meer te gast."


def invited(sara: Hands) -> str:
    """The address of an invitation for Mieke."""
    sara.tap("Meer").tap("Wie ziet wat?").tap("Nodig een gast uit").is_at("Wie nodigen jullie uit?")
    sara.type_in("Iemand anders", MIEKE).tap("Verder").is_at(f"Wat mag {MIEKE} zien?")
    sara.tap("Wat wij willen").tap("Verder").is_at("Tot wanneer?").tap("Verder").is_at(f"Zo ziet {MIEKE} het")
    sara.sees("Kramsvogel").tap("Nodig uit").is_at(f"De link voor {MIEKE}")
    address = re.search(r"http://\S+/gast/\S+", sara.words)
    assert address is not None
    assert scanned(sara) == [address[0]]
    return address[0]


def come_in(mieke: Hands, address: str) -> None:
    mieke.go(address)
    mieke.is_at("Iemand nodigt jou uit als gast in een plan.").misses("Sara", MIEKE).tap("Open")
    mieke.is_at("Wie ben je?").type_in("Hoe heet je?", "Mieke Claes").type_in("Waar werk je?", "CKG").tap("Kom binnen")
    mieke.is_at("Te gast bij").sees("Familie Goudplevier", "Maak een sleutel")


def test_a_guest_comes_in_and_is_let_go_in_one_tap(of_cast: NewHands, someone: NewHands) -> None:
    sara, mieke = of_cast("sara"), someone()
    come_in(mieke, invited(sara))
    mieke.tap("Familie Goudplevier").is_at("Ons plan").sees("Kramsvogel", "Je bent te gast bij Familie Goudplevier")
    sara.tap("Wat ziet Mieke?").tap("Stop met delen").is_at("Mieke is niet meer te gast.")
    mieke.page.reload()
    mieke.is_at(ENDED).misses("Kramsvogel", "Goudplevier")
    sara.type_in("Wil je nog iets zeggen aan Mieke?", "Dank je voor alles").tap("Bedank Mieke").is_at("Wie ziet wat?")
    mieke.tap("Ga naar jouw bladzijde").is_at("Te gast bij").sees("Afscheid", "Dank je voor alles")


def test_a_guest_stops_and_proposes_a_colleague(of_cast: NewHands, someone: NewHands) -> None:
    sara, mieke = of_cast("sara"), someone()
    come_in(mieke, invited(sara))
    mieke.tap("Familie Goudplevier").tap("Meer").tap("Ik stop als gast").is_at("Ik stop als gast")
    mieke.unfold("Stel een collega voor").type_in("Hoe heet die persoon?", "Wout").tap("Stop als gast")
    mieke.is_at("Te gast bij").sees("Je bent daar niet meer te gast.")
    sara.tap("Ons plan")
    sara.touch(sara.page.get_by_role("link", name=re.compile("bericht(en)? voor jou")))
    sara.sees("Mieke is niet meer te gast").sees("Voorstel: nodig Wout uit.")
    sara.tap("Ja, nodig Wout uit").is_at("Wat mag Wout zien?")


@pytest.mark.javascript(True)
def test_the_arrows_go_from_card_to_card(of_cast: NewHands, someone: NewHands) -> None:
    mieke = someone()
    come_in(mieke, invited(of_cast("sara")))
    mieke.page.keyboard.press("ArrowDown")
    mieke.page.keyboard.press("Enter")
    mieke.is_at("Ons plan")


def test_the_keyboard_goes_from_family_to_family(of_cast: NewHands, someone: NewHands) -> None:
    mieke = someone()
    come_in(mieke, invited(of_cast("sara")))
    # Past the bar and the notice about keys.
    for _stop in range(4):
        mieke.page.keyboard.press("Tab")
    mieke.page.keyboard.press("Enter")
    mieke.is_at("Ons plan")
