"""Samen invullen: Sara gives her phone to Lisa, who types what they say; with and without JavaScript."""

from tests.journeys.conftest import NewHands

GOAL = "Samen elke zondag naar het bos"
BAR = "Lisa Bosuil schrijft nu op voor ons"
TYPED = "Lisa Bosuil schreef dit op voor ons."


def test_lisa_types_on_saras_phone(of_cast: NewHands) -> None:
    sara = of_cast("sara")
    sara.tap("Meer").tap("Samen invullen").is_at("Samen invullen")
    sara.tap("Begin").sees("Kies wie er typt.").tap("Lisa Bosuil").tap("Begin").is_at("Ons plan").sees(BAR)
    sara.tap("Nog iets dat wij willen").type_in("Wat willen jullie?", GOAL).tap("Bewaar")
    sara.is_at(GOAL).sees(BAR, TYPED)
    sara.type_in("Een kleine stap erbij", "een rugzak zoeken").tap("Kleine stap erbij").sees(TYPED, inside="een rugzak")
    # What is no business of who types asks for the phone; Sara has it, and goes on where she wanted to.
    sara.tap("Meer").tap("Wie ziet wat?").is_at("Geef de gsm even terug")
    sara.tap("Terug naar ons plan").sees(BAR)
    sara.tap("Meer").tap("Wie ziet wat?").tap("Ik heb de gsm zelf").is_at("Wie ziet wat?").misses(BAR)


def test_klaar_gives_the_phone_back_and_the_other_parent_reads_who_typed(of_cast: NewHands) -> None:
    sara, jef = of_cast("sara"), of_cast("jef")
    sara.tap("Meer").tap("Samen invullen").tap("Lisa Bosuil").tap("Begin")
    sara.tap("Nog iets dat wij willen").type_in("Wat willen jullie?", GOAL).tap("Bewaar").tap("Klaar")
    sara.is_at("Ons plan").misses(BAR).sees(TYPED)
    jef.tap("Meer").tap("Wat is er veranderd?").sees(GOAL, TYPED).tap("Toch niet", inside=GOAL)
    sara.tap("Ons plan").misses(GOAL)
