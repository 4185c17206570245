"""What somebody typed is never lost, and what they send twice counts once."""

from playwright.sync_api import expect

from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands
from tests.journeys.test_keys import make_card, open_with

WORDS = "Elke zaterdag samen naar de bibliotheek"


def test_who_was_signed_out_while_typing_keeps_the_words_and_saves_them(family: Hands, someone: NewHands) -> None:
    card = make_card(family)
    other = open_with(someone(), card).is_at("Ons plan")
    family.tap("Nog iets dat wij willen").type_in("Wat willen jullie?", WORDS)
    other.tap("Meer").tap("Wie kan ons plan openen?").tap("Stop dit toestel")
    family.tap("Bewaar").is_at("Je schreef iets. Het staat hier nog.").sees(WORDS)
    family.type_in("Nummer van je sleutelkaart", card.number).type_in("De 3 woorden", "verkeerd verkeerd verkeerd")
    family.tap("Open").sees("Dit is niet juist.", WORDS).type_in("De 3 woorden", card.words).tap("Open")
    family.sees(WORDS).tap("Bewaar").is_at(WORDS)


def test_a_small_part_of_a_page_asks_for_the_key_too_and_keeps_the_words(family: Hands, someone: NewHands) -> None:
    card = make_card(family)
    family.tap("Nog iets dat wij willen").type_in("Wat willen jullie?", WORDS).tap("Bewaar")
    other = open_with(someone(), card).is_at("Ons plan")
    family.type_in("Een kleine stap erbij", "de kaart zoeken")
    other.tap("Meer").tap("Wie kan ons plan openen?").tap("Stop dit toestel")
    family.tap("Kleine stap erbij").sees("de kaart zoeken", "Geef je sleutel.")


def test_a_double_tap_saves_once(family: Hands) -> None:
    family.tap("Nog iets dat wij willen").type_in("Wat willen jullie?", WORDS)
    family.tap_twice("Bewaar").is_at(WORDS)
    assert family.page.get_by_role("paragraph").filter(has_text="Bewaard.").count() == 1
    family.go(family.page.url.rpartition("/doelen")[0] + "/doelen")
    assert family.page.get_by_role("heading", name=WORDS).count() == 1


def test_a_page_sent_again_after_going_back_counts_once(family: Hands) -> None:
    family.tap("Nog iets dat wij willen").type_in("Wat willen jullie?", WORDS).tap("Bewaar").is_at(WORDS)
    goals = family.page.url.rpartition("/doelen")[0] + "/doelen"
    family.back()
    if family.reads("Wat willen jullie?") == WORDS:
        family.tap("Bewaar").is_at(WORDS)
    family.go(goals)
    assert family.page.get_by_role("heading", name=WORDS).count() == 1


def test_a_double_tap_on_gelukt_tells_it_once(family: Hands) -> None:
    family.tap("Afspraken").tap("Nieuwe afspraak").type_in("Wat?", "soep maken").tap("Sara")
    family.tap("Eén dag").tap("vandaag").tap("Bewaar").tap("Ons plan")
    family.tap_twice("Gelukt")
    # On a slow phone the next page may come between the two taps: the second then opens the agreement itself.
    told = family.page.get_by_text("Weer een stap gezet. Dat deden jullie zelf.")
    expect(told.or_(family.page.get_by_role("button", name="Toch niet", exact=True)).first).to_be_visible()
    family.tap("Meer").tap("Wat is er veranderd?")
    assert family.page.get_by_role("article").filter(has_text="soep maken").count() == 2
