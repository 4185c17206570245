"""Who does what by when; done in one tap, and what then when it did not work."""

import pytest

from tests.journeys.hands import Hands

NOT_DONE = "Niet gelukt. Dat kan. Wat nu?"


@pytest.fixture
def agreed(family: Hands) -> Hands:
    """Today Jef makes soup; Sara looks at "Ons plan"."""
    family.tap("Afspraken").tap("Nieuwe afspraak").type_in("Wat?", "soep maken").tap("Jef")
    family.tap("Eén dag").tap("vandaag").tap("Bewaar").sees("Bewaard.", "soep maken").tap("Ons plan")
    family.taps = family.keys = 0
    return family


def test_a_new_agreement_takes_seven_taps_and_ten_keys(family: Hands) -> None:
    family.tap("Afspraken").tap("Nieuwe afspraak").type_in("Wat?", "soep maken").tap("Jef")
    family.tap("Eén dag").tap("morgen").tap("Bewaar").is_at("Onze afspraken").sees("Jef", "Morgen", inside="soep maken")
    assert (family.taps, family.keys) == (7, 10), "the bar is 7 and 12"


def test_gelukt_from_ons_plan_is_one_tap(agreed: Hands) -> None:
    agreed.sees("Vandaag", "soep maken").tap("Gelukt").sees("Weer een stap gezet. Dat deden jullie zelf.")
    assert agreed.taps == 1
    agreed.tap("Afspraken").sees("soep maken", inside="Gedaan")


def test_gelukt_can_be_taken_back(agreed: Hands) -> None:
    agreed.tap("Gelukt").tap("Afspraken").tap("Jef: soep maken").tap("Toch niet")
    agreed.tap("Ons plan").tap("Gelukt").sees("Weer een stap gezet. Dat deden jullie zelf.")


def test_niet_gelukt_leads_to_a_new_day(agreed: Hands) -> None:
    _not_done(agreed).tap("Nieuwe dag").tap("morgen").tap("Bewaar").sees("Morgen", inside="soep maken")
    agreed.tap("Ons plan").sees("Vandaag hoeft er niets.")


def test_niet_gelukt_leads_to_somebody_else(agreed: Hands) -> None:
    _not_done(agreed).tap("Iemand anders").tap("Kaat").unfold("Ook op een andere dag?").tap("morgen")
    agreed.tap("Bewaar").sees("Kaat", inside="soep maken").misses("Jef", inside="soep maken")


def test_niet_gelukt_leads_to_something_smaller(agreed: Hands) -> None:
    _not_done(agreed).tap("Kleiner maken").type_in("Wat is kleiner?", "soep opwarmen").tap("Bewaar")
    agreed.tap("Afspraken").sees("soep opwarmen")


def test_niet_gelukt_leads_to_no_longer_needed(agreed: Hands) -> None:
    _not_done(agreed).tap("Niet meer nodig").tap("Niet meer nodig")
    agreed.tap("Ons plan").sees("Vandaag hoeft er niets.")
    agreed.tap("Afspraken").unfold("Niet meer nodig").sees("soep maken")


def test_who_and_when_may_stay_open(family: Hands) -> None:
    family.tap("Afspraken").tap("Nieuwe afspraak").type_in("Wat?", "de zolder opruimen").tap("Bewaar")
    family.sees("Nog niemand", "Nog geen dag", inside="de zolder opruimen")


def test_what_comes_back_every_week_is_done_a_day_at_a_time(family: Hands) -> None:
    family.tap("Afspraken").tap("Nieuwe afspraak").type_in("Wat?", "samen lezen").tap("Sara").tap("Elke week")
    for day in ("ma", "di", "wo", "do", "vr", "za", "zo"):
        family.tap(day)
    family.tap("Bewaar").sees("samen lezen").tap("Ons plan").sees("Vandaag", inside="samen lezen").tap("Gelukt")
    family.tap("Afspraken").sees("samen lezen", "Vandaag", inside="Gedaan").sees("Morgen")


def test_an_agreement_without_words_is_asked_for_and_keeps_the_rest(family: Hands) -> None:
    family.tap("Afspraken").tap("Nieuwe afspraak").tap("Jef").tap("Eén dag").tap("morgen").tap("Bewaar")
    family.sees("Nog één ding", "Schrijf op wat jullie doen. Klein is goed.")
    assert family.has_chosen("Jef")
    assert family.has_chosen("morgen")


def test_a_day_that_is_over_is_said_kindly(family: Hands) -> None:
    family.tap("Afspraken").tap("Nieuwe afspraak").type_in("Wat?", "soep maken").tap("Eén dag").tap("een andere dag")
    family.type_in("Een andere dag", "2020-01-31").tap("Bewaar")
    family.sees("Die dag is voorbij. Kies een dag die nog komt.")
    assert family.reads("Wat?") == "soep maken"


def _not_done(family: Hands) -> Hands:
    """It did not work; the four ways on are there at once."""
    return family.tap("Niet gelukt").sees(NOT_DONE)
