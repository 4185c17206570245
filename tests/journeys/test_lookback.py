"""Looking back: what they wanted first, what became of it, what they did themselves."""

from tests.journeys.hands import Hands

GOAL, NOW = "Elke ochtend was er ruzie", "Rustig naar school"


def test_a_family_sees_where_it_comes_from(family: Hands) -> None:
    family.tap("Van waar wij komen").is_at("Van waar wij komen")
    family.sees("Vandaag is het begin. Later zie je hier hoe ver jullie zijn.").tap("Nog iets dat wij willen")
    family.type_in("Wat willen jullie?", GOAL).tap("Bewaar").type_in(
        "Een kleine stap erbij", "de boekentas klaarzetten"
    )
    family.tap("Kleine stap erbij").tap("de boekentas klaarzetten: Gelukt")
    family.tap("Verander").type_in("Wat willen jullie?", NOW).tap("Bewaar")
    family.tap("Meer").tap("Van waar wij komen").sees(GOAL, NOW, "de boekentas klaarzetten", "Dat deden jullie zelf.")
    assert family.words.index("Begin, ") < family.words.index(GOAL) < family.words.index("Nu, ")
    assert family.words.index("Nu, ") < family.words.index(NOW) < family.words.index("Wat hebben wij zelf gedaan?")
    family.tap("Nieuwe afspraak").is_at("Nieuwe afspraak")
