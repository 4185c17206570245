"""Overleg over ons: Lisa tells beforehand, both parents answer, and Lisa writes what was said."""

from playwright.sync_api import Locator

from tests.cast import Cast
from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands

ABOUT = "Of Kaat extra hulp krijgt bij het lezen"


def notice(hands: Hands) -> Locator:
    """What stands on Ons plan of the talk."""
    return hands.page.locator("article").filter(has_text=ABOUT).filter(has=hands.page.get_by_role("button"))


def test_lisa_tells_the_parents_answer_and_lisa_writes_what_was_said(of_cast: NewHands, cast: Cast) -> None:
    lisa, sara, jef = of_cast("lisa"), of_cast("sara"), of_cast("jef")
    lisa.tap("Meer").tap("Wie praat met wie?").tap("Vertel met wie je praat")
    lisa.tap("Bewaar").sees("Nog één ding")
    lisa.type_in("Met wie nog?", "CLB, huisarts").type_in("Wanneer?", cast.day).type_in("Waarover?", ABOUT).tap(
        "Bewaar"
    )
    lisa.sees("Jij praat met CLB en huisarts.", "Hier zei het gezin nog geen ja op")
    sara.go(f"/p/{cast.plan}/?alles=1")
    sara.tap("Dat is goed", inside=notice(sara)).sees("Sara: Dat is goed")
    jef.go(f"/p/{cast.plan}/?alles=1")
    jef.tap("Wij komen", inside=notice(jef)).sees("Sara: Dat is goed", "Jef: Wij komen").tap("Niet zonder ons")
    jef.sees("Jef: Niet zonder ons")
    lisa.go(lisa.page.url)
    lisa.sees("Niet zonder ons", "Dat is goed")
    # The day is there: what was said stands there for both.
    lisa.type_in("Wat is er gezegd?", "Kaat krijgt elke dinsdag hulp").tap("Bewaar")
    sara.tap("Overleg over ons").tap("Lisa Bosuil praat over ons met CLB en huisarts.")
    sara.sees("Kaat krijgt elke dinsdag hulp")


def test_a_parent_says_with_whom_lisa_may_talk_and_lisa_reads_it(of_cast: NewHands) -> None:
    sara, lisa = of_cast("sara"), of_cast("lisa")
    sara.tap("Meer").tap("Overleg over ons")
    sara.tap("Lisa Bosuil", inside="Met wie mogen zij over ons praten?").is_at(
        "Met wie mag Lisa Bosuil over ons praten?"
    )
    sara.tap("Oma Rosa Roodborsttapuit").type_in("Waarover wel, waarover niet?", "Alleen over slapen").tap("Bewaar")
    sara.sees("Oma Rosa Roodborsttapuit")
    lisa.tap("Meer").tap("Wie praat met wie?").sees("Oma Rosa Roodborsttapuit", "Alleen over slapen")
