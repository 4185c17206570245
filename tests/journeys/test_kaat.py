"""The whole of cases/kaat.md, entered by hand: who signed up, everybody who is important, a goal, agreements."""

import pytest

from tests.journeys.hands import Hands


@pytest.fixture
def plan(sara: Hands) -> Hands:
    """Sara made the plan with the three questions, and knows no more yet."""
    sara.go("/")
    sara.tap("Maak ons plan").type_in("Hoe heten jullie?", "Sara, Jef en Kaat").tap("Verder")
    sara.type_in("Dicht bij ons", "tante Betty, oma, moeke").type_in("Diensten en school", "Laura, mevrouw Knapen")
    sara.tap("Verder").tap("School en opvang").tap("Verder")
    return sara.is_at("Ons plan")


def test_who_signed_up_and_when_are_told_and_the_other_days_stay_open(plan: Hands) -> None:
    plan.tap("Meer").tap("Over ons plan")
    plan.type_in("Hoe heten jullie?", "familie Brouwers")
    plan.unfold("Wie ons aanmeldde").type_in("Wie ons aanmeldde", "het CLB")
    plan.type_in("Wat vroegen zij?", "Kaat gaat niet graag naar school.")
    plan.unfold("Belangrijke dagen").type_in("Wanneer meldde iemand ons aan?", "2026-03-02")
    plan.tap("Bewaar").sees("Bewaard.")
    plan.tap("Meer").tap("Over ons plan")
    assert plan.reads("Wie ons aanmeldde") == "het CLB"
    assert plan.reads("Wanneer meldde iemand ons aan?") == "2026-03-02"
    assert plan.reads("Wanneer begon de hulp?") == ""
    assert plan.reads("Wanneer stopt de hulp?") == ""


def test_everybody_important_is_there_as_the_family_says_it(plan: Hands) -> None:
    for name, place in (("Sara", "Ouder"), ("Jef", "Ouder"), ("Kaat", "Kind")):
        plan.tap("Onze mensen").tap(name).tap("Verander naam, gsm of adres").tap(place).tap("Bewaar").sees(place)
    _is(plan, "Laura", "zorgjuf", "de school")
    _is(plan, "mevrouw Knapen", "juf Nederlands", "de school")
    _is(plan, "tante Betty", "zus van mama")
    plan.tap("Onze mensen").sees("Wij", "Dicht bij ons", "Diensten en school").tap("Toon als groepen")
    plan.sees("Laura", "zorgjuf, de school", inside="Diensten en school")
    plan.sees("mevrouw Knapen", "juf Nederlands, de school", inside="Diensten en school")
    plan.sees("tante Betty", "zus van mama", inside="Dicht bij ons")
    plan.sees("Sara", "Jef", "Kaat", "Kind", inside="Wij")


def test_two_grandmothers_keep_their_own_names_and_sides(plan: Hands) -> None:
    _is(plan, "oma", "mama van mama")
    _is(plan, "moeke", "mama van papa")
    plan.tap("Onze mensen").tap("Toon als groepen")
    plan.sees("oma", "mama van mama", "moeke", "mama van papa", inside="Dicht bij ons")
    plan.tap("moeke", inside="Dicht bij ons").is_at("moeke").sees("mama van papa").misses("mama van mama")
    plan.tap("Onze mensen").tap("oma", inside="Dicht bij ons").is_at("oma").misses("mama van papa")


def test_who_can_be_called_tonight_stands_on_ons_plan(plan: Hands) -> None:
    _phone(plan, "tante Betty", "0470 12 34 56")
    plan.tap("Ja, dat kan").sees("Wij kunnen tante Betty vanavond bellen.")
    plan.tap("Ons plan")
    call = plan.find("Bel tante Betty", inside="Wie kunnen wij vanavond bellen?")
    assert call.get_attribute("href") == "tel:0470123456"
    plan.misses("Bel oma")


def test_a_goal_in_own_words_with_small_steps(plan: Hands) -> None:
    plan.tap("Schrijf het op").type_in("Wat willen jullie?", "Kaat gaat weer graag naar school").tap("Kaat")
    plan.unfold("Wie regelt dit?").tap("Samen").tap("Bewaar").is_at("Kaat gaat weer graag naar school")
    plan.sees("School en opvang", "Dit wil: Kaat", "Samen")
    for words in ("Elke avond de boekentas klaarzetten", "Laura staat aan de poort"):
        plan.type_in("Een kleine stap erbij", words).tap("Kleine stap erbij").sees(words)
    plan.tap("Elke avond de boekentas klaarzetten: Gelukt").sees("1 van 2 kleine stappen gelukt")
    plan.tap("Ons plan").sees("Kaat gaat weer graag naar school", "1 van 2 kleine stappen gelukt")


def test_agreements_say_who_does_what_and_when(plan: Hands) -> None:
    _agree(plan, "Kaat ophalen aan school", who="tante Betty", day="morgen")
    _agree(plan, "samen wandelen", who="oma", day="morgen")
    _agree(plan, "pannenkoeken bakken", who="moeke", day="morgen")
    plan.tap("Afspraken").is_at("Onze afspraken")
    plan.sees("Kaat ophalen aan school", "tante Betty", "Morgen")
    plan.sees("oma", inside="samen wandelen").sees("moeke", inside="pannenkoeken bakken")
    plan.tap("Onze mensen").tap("moeke", inside="Dicht bij ons").sees("pannenkoeken bakken").misses("samen wandelen")


def _is(plan: Hands, name: str, relation: str, organisation: str = "") -> None:
    """Tell what somebody is for us."""
    plan.tap("Onze mensen").tap(name).tap("Schrijf het op").type_in("Wat is deze persoon voor ons?", relation)
    if organisation:
        plan.type_in("Van welke school of dienst?", organisation)
    plan.tap("Kaat").tap("Bewaar").is_at(name)


def _phone(plan: Hands, name: str, number: str) -> None:
    plan.tap("Onze mensen").tap(name).tap("Verander naam, gsm of adres")
    plan.type_in("Gsm-nummer", number).tap("Bewaar").is_at(name)


def _agree(plan: Hands, words: str, *, who: str, day: str) -> None:
    plan.tap("Afspraken").tap("Nieuwe afspraak").type_in("Wat?", words).tap(who).tap("Eén dag").tap(day).tap("Bewaar")
