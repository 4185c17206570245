"""Nothing is lost: every change can be undone, and what was taken away comes back from the bin."""

from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands

GOAL = "Elke ochtend rustig vertrekken"


def goal_of(sara: Hands) -> Hands:
    """A goal, with its page open."""
    sara.tap("Nog iets dat wij willen").type_in("Wat willen jullie?", GOAL).tap("Bewaar")
    return sara.is_at(GOAL)


def test_a_change_can_be_undone(family: Hands) -> None:
    goal_of(family).tap("Verander").type_in("Wat willen jullie?", "Vroeger opstaan").tap("Bewaar")
    family.is_at("Vroeger opstaan").tap("Meer").tap("Wat is er veranderd?")
    family.sees(GOAL, "Vroeger opstaan").tap("Toch niet", inside="Vroeger opstaan")
    family.tap("Ons plan").sees(GOAL).misses("Vroeger opstaan")


def test_undoing_can_be_undone_too(family: Hands) -> None:
    goal_of(family).tap("Later")
    _undo_last(family).tap("Ons plan").sees(GOAL)
    _undo_last(family).tap("Ons plan").misses(GOAL).tap("Later en gelukt").sees(GOAL, inside="Later")


def _undo_last(family: Hands) -> Hands:
    """Undo what stands on top of "Wat is er veranderd?"."""
    family.tap("Meer").tap("Wat is er veranderd?")
    family.touch(family.find("Toch niet").first)
    return family


def test_what_was_taken_away_comes_back_from_the_bin(family: Hands) -> None:
    goal_of(family).type_in("Een kleine stap erbij", "de wekker zetten").tap("Kleine stap erbij")
    family.tap("Verander").tap("Haal weg").tap("Ons plan").misses(GOAL)
    family.tap("Meer").tap("Weggehaald").sees("Dit blijft hier 30 dagen. Daarna is het voorgoed weg.")
    family.tap("Zet terug", inside=GOAL).tap("Ons plan").tap(GOAL).sees("de wekker zetten")


def test_a_person_taken_away_comes_back(family: Hands) -> None:
    family.tap("Onze mensen").tap("Nog iemand").type_in("Hoe noemen jullie deze persoon?", "Betty").tap("Bewaar")
    family.tap("Onze mensen").tap("Betty").tap("Verander naam, gsm of adres").tap("Haal weg")
    family.tap("Onze mensen").misses("Betty").tap("Meer").tap("Weggehaald").tap("Zet terug", inside="Betty")
    family.tap("Onze mensen").sees("Betty")


def test_who_sees_a_plan_sees_what_the_other_parent_changed(of_cast: NewHands) -> None:
    sara, jef = of_cast("sara"), of_cast("jef")
    goal_of(sara)
    jef.tap("Meer").tap("Wat is er veranderd?").sees(GOAL, "Sara").tap("Toch niet", inside=GOAL)
    sara.tap("Ons plan").misses(GOAL)
