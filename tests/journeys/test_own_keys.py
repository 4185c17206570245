"""The phone's own lock in a real browser, a password typed and pasted, and a meehelper who comes and goes."""

import pytest
from playwright.sync_api import CDPSession

from tests.cast import Cast
from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands

GOOD = "de bal onder de tafel"


def with_a_lock(hands: Hands) -> CDPSession:
    """Gives this phone a lock of its own, with a finger that is always there."""
    session = hands.page.context.new_cdp_session(hands.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


@pytest.mark.javascript(True)
def test_the_lock_of_a_phone_opens_the_plan_again(family: Hands) -> None:
    with_a_lock(family)
    family.tap("Meer").tap("Wie kan ons plan openen?").tap("Maak een sleutel").tap("Het slot van dit toestel")
    family.tap("Gebruik dit slot").is_at("Wie kan ons plan openen?").sees("Het slot van dit toestel is nu je sleutel.")
    family.page.context.clear_cookies()
    family.go("/sleutel")
    family.tap("Open met het slot van dit toestel").is_at("Ons plan")


@pytest.mark.javascript(True)
def test_a_phone_that_knows_no_key_says_so_and_keeps_the_other_ways(someone: NewHands) -> None:
    anybody = someone()
    with_a_lock(anybody)
    anybody.go("/sleutel")
    anybody.tap("Open met het slot van dit toestel").sees(
        "Het lukte niet. Probeer opnieuw, of kies een andere sleutel."
    )
    anybody.tap("Ik heb een wachtwoord").is_at("Open met je wachtwoord")


def test_a_password_opens_the_plan_on_another_phone(family: Hands, someone: NewHands) -> None:
    family.tap("Meer").tap("Wie kan ons plan openen?").tap("Maak een sleutel").tap("Wachtwoord")
    family.type_in("Naam of mailadres", "malika@voorbeeld.be").type_in("Wachtwoord", GOOD).tap("Bewaar")
    family.is_at("Wie kan ons plan openen?").sees("Je wachtwoord is bewaard.")
    other = someone()
    other.go("/sleutel")
    other.tap("Ik heb een wachtwoord").type_in("Naam of mailadres", "Malika@voorbeeld.be")
    other.type_in("Wachtwoord", GOOD).tap("Open").is_at("Ons plan").tap("Onze mensen").sees("Sara", "Jef", "Kaat")


def test_a_meehelper_comes_in_and_is_stopped_while_the_page_is_open(
    of_cast: NewHands, someone: NewHands, cast: Cast
) -> None:
    sara = of_cast("sara")
    sara.go(f"/p/{cast.plan}/binnen")
    sara.tap("Laat een meehelper binnen").type_in("Iemand anders", "Grote zus").tap("Wat wij willen").tap("Verder")
    sara.is_at("Geef deze link aan Grote zus")
    link = sara.page.locator(".link-text").inner_text()
    sister = someone()
    sister.go(link)
    sister.tap("Open").tap("Later").is_at("Ons plan")
    sara.go(f"/p/{cast.plan}/binnen")
    sara.touch(sara.page.get_by_role("button", name="Stop met Grote zus"))
    sara.sees("Gestopt. Ons plan gaat daar dicht.")
    sister.go(f"/p/{cast.plan}/doelen")
    sister.sees("Deze bladzijde bestaat niet.")
