"""Somebody who matters, added in a few taps."""

from tests.journeys.hands import Hands


def test_somebody_is_added_in_four_taps_and_five_keys(family: Hands) -> None:
    family.tap("Onze mensen").tap("Nog iemand").type_in("Hoe noemen jullie deze persoon?", "Betty").tap("Bewaar")
    assert (family.taps, family.keys) == (4, 5), "the bar is 6 and 6"
    family.tap("Onze mensen").sees("Betty", inside="Dicht bij ons")


def test_a_home_has_a_name_and_who_sleeps_there(family: Hands) -> None:
    family.tap("Meer").tap("Waar slaap ik wanneer?").tap("Een huis")
    family.type_in("Hoe noemen jullie dit huis?", "bij mama").tap("Kaat").tap("Bewaar").sees("bij mama", "Kaat")
    family.tap("Nog een huis").type_in("Hoe noemen jullie dit huis?", "bij papa").tap("Bewaar").sees("bij papa")
