"""The whole of cases/malika.md, entered by hand: six children, many services, who is there for which part of life."""

import pytest

from tests.journeys.hands import Hands

YOUNGEST = ("Ilyas", "Dounia", "Bilal")
CHILDREN = ("Yusra", "Sami", "Hanan", *YOUNGEST)


@pytest.fixture
def plan(sara: Hands) -> Hands:
    """Malika made the plan and wrote down everybody's name; what they do is not told yet."""
    malika = sara
    malika.go("/")
    malika.tap("Maak ons plan").type_in("Hoe heten jullie?", ", ".join(("Malika", *CHILDREN))).tap("Verder")
    malika.type_in("Dicht bij ons", "de buurvrouw, oma, Noor")
    malika.type_in("Diensten en school", "Griet, Ann, pleegzorg, Rosa, het OCMW").tap("Verder")
    malika.tap("Geld en papieren").tap("Verder")
    return malika.is_at("Ons plan")


def test_the_clb_signed_up_for_the_youngest_son_and_the_question_is_theirs(plan: Hands) -> None:
    plan.tap("Meer").tap("Over ons plan").unfold("Wie ons aanmeldde").type_in(
        "Wie ons aanmeldde", "het CLB, voor Ilyas"
    )
    plan.type_in("Wat vroegen zij?", "De school vraagt hoe het thuis gaat.")
    plan.tap("Bewaar").sees("Bewaard.")
    plan.tap("Meer").tap("Over ons plan")
    assert plan.reads("Wie ons aanmeldde") == "het CLB, voor Ilyas"
    assert plan.reads("Wat vroegen zij?") == "De school vraagt hoe het thuis gaat."


def test_six_children_are_all_there(plan: Hands) -> None:
    plan.tap("Onze mensen").sees("+2", inside="Wij")
    plan.tap("+2. Toon iedereen: Wij").sees("Malika", *CHILDREN)
    plan.tap("Toon als groepen").sees("Malika", *CHILDREN, inside="Wij")


def test_who_is_there_for_which_part_of_life(plan: Hands) -> None:
    _is(plan, "Griet", "leefgroepbegeleider", "de school", children=("Yusra", "Sami"), about="School en opvang")
    _is(plan, "Ann", "contextbegeleider", "de school", children=("Yusra", "Sami"), about="Thuis samen leven")
    _is(plan, "pleegzorg", "pleegzorg", "Pleegzorg Vlaanderen", children=("Hanan",), about="Wonen", now="Wij wachten")
    _is(plan, "het OCMW", "hulp met geld", "het OCMW", about="Geld en papieren", how="Raad geven", now="Helpt nu")
    _is(plan, "Noor", "helpt met huiswerk", children=YOUNGEST, about="School en opvang", how="Iets doen")
    _is(plan, "de buurvrouw", "buurvrouw", how="Luisteren", about="Vrienden en vrije tijd")
    plan.tap("Onze mensen").tap("Waarvoor is wie er?").is_at("Waarvoor is wie er?")
    plan.sees("Griet", "Noor", inside="School en opvang").misses("het OCMW", inside="School en opvang")
    plan.sees("het OCMW", "Raad geven", inside="Geld en papieren")
    plan.sees("pleegzorg", "Wij wachten", inside="Wonen")
    plan.sees("Ann", inside="Thuis samen leven").sees("de buurvrouw", inside="Vrienden en vrije tijd")
    plan.sees("oma", inside="Nog niet gekozen")
    plan.sees("Gezond zijn", inside="Hier is nog plaats")


def test_the_home_help_is_both_of_a_service_and_trusted(plan: Hands) -> None:
    _is(plan, "Rosa", "gezinshulp", "Familiehulp", about="Thuis samen leven", how="Iets doen")
    plan.tap("Nog iets").type_in("Wat is deze persoon voor ons?", "vertrouwenspersoon")
    plan.unfold("Hoe helpt deze persoon?").tap("Luisteren").tap("Bewaar").is_at("Rosa")
    plan.sees("gezinshulp, Familiehulp", "Iets doen", inside="gezinshulp, Familiehulp")
    plan.sees("Luisteren", inside="vertrouwenspersoon").misses("Iets doen", inside="vertrouwenspersoon")
    plan.tap("Onze mensen").tap("Toon als groepen")
    plan.sees("gezinshulp, Familiehulp · vertrouwenspersoon", inside="Diensten en school")


def test_the_girl_next_door_does_homework_with_the_three_youngest(plan: Hands) -> None:
    _is(plan, "Noor", "helpt met huiswerk", children=YOUNGEST, about="School en opvang", how="Iets doen")
    plan.sees("Voor Ilyas, Dounia en Bilal", inside="helpt met huiswerk")


def test_each_seat_at_the_table_has_what_that_person_took_on(plan: Hands) -> None:
    for who, words in (("het OCMW", "de rekeningen bekijken"), ("de buurvrouw", "op de koffie komen")):
        plan.tap("Afspraken").tap("Nieuwe afspraak").type_in("Wat?", words)
        # Of many people the first eight stand there.
        plan.touch(plan.page.locator("summary", has_text="mensen"))
        plan.tap(who)
        plan.tap("Elke week").tap("wo").tap("Bewaar")
    plan.tap("Afspraken").sees("het OCMW", "de rekeningen bekijken", "de buurvrouw", "op de koffie komen")
    plan.tap("Onze mensen").tap("het OCMW").sees("de rekeningen bekijken").misses("op de koffie komen")


def _is(
    plan: Hands,
    name: str,
    relation: str,
    organisation: str = "",
    *,
    children: tuple[str, ...] = (),
    about: str = "",
    how: str = "",
    now: str = "",
) -> None:
    """Tell what somebody is for us: from where, for whom, with which part of life, how, and whether it began."""
    plan.tap("Onze mensen").tap(name).tap("Schrijf het op").type_in("Wat is deze persoon voor ons?", relation)
    if organisation:
        plan.type_in("Van welke school of dienst?", organisation)
    for child in children:
        plan.tap(child, inside="Voor wie?")
    if how or now:
        plan.unfold("Hoe helpt deze persoon?")
        for choice in filter(None, (how, now)):
            plan.tap(choice)
    if about:
        plan.unfold("Waarbij helpt deze persoon?").tap(about)
    plan.tap("Bewaar").is_at(name)
