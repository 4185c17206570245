"""Getting in, and getting in again: the sleutelkaart, letting the other parent in, stopping a device."""

import re
from typing import NamedTuple

from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands, scanned

NOT_RIGHT = "Dit is niet juist. Kijk op je sleutelkaart. Daar staan een nummer en 3 woorden."


class Card(NamedTuple):
    """What stands on a sleutelkaart: what its QR opens, its number and its words."""

    address: str
    number: str
    words: str


def make_card(hands: Hands) -> Card:
    """Make an own card from "Meer"."""
    hands.tap("Meer").tap("Mijn sleutelkaart")
    return keep_card(hands)


def keep_card(hands: Hands) -> Card:
    """Make it, look at it as its owner does, and say that it is kept."""
    hands.tap("Maak je sleutelkaart").is_at("Dit is je sleutelkaart")
    codes = scanned(hands)
    number = re.search(r"\b\d{4} \d{4} \d{4}\b", hands.words)
    words = [item.inner_text() for item in hands.part("3 woorden").get_by_role("listitem").all()]
    assert number is not None
    assert len(codes) == 1
    assert len(words) == 3
    hands.tap("Ik heb ze bewaard").is_at("Ons plan").sees("Je sleutelkaart is bewaard.")
    return Card(codes[0], number[0], " ".join(words))


def open_with(hands: Hands, card: Card) -> Hands:
    """Type a card on another phone."""
    hands.go("/")
    hands.tap("Ik kreeg een link of code").type_in("Nummer van je sleutelkaart", card.number)
    hands.type_in("De 3 woorden", card.words).tap("Open")
    return hands


def test_a_card_opens_the_plan_on_another_phone(family: Hands, someone: NewHands) -> None:
    family.sees("Alleen deze gsm opent nu ons plan. Bewaar je sleutelkaart.")
    card = make_card(family)
    family.misses("Alleen deze gsm opent nu ons plan.")
    other = someone()
    open_with(other, card).is_at("Ons plan").tap("Onze mensen").sees("Sara", "Jef", "Kaat")


def test_the_code_on_a_card_opens_a_page_that_tells_nothing_and_asks_the_words(
    family: Hands, someone: NewHands
) -> None:
    card = make_card(family)
    scanned = someone()
    scanned.go(card.address)
    scanned.is_at("Welke 3 woorden staan op je kaart?").misses("Sara", "Jef", "Kaat")
    scanned.type_in("De 3 woorden", card.words.upper()).tap("Open").is_at("Ons plan")


def test_wrong_words_keep_the_number_and_say_so(family: Hands, someone: NewHands) -> None:
    card = make_card(family)
    other = open_with(someone(), card._replace(words="huis boom fiets"))
    other.sees(NOT_RIGHT)
    assert other.reads("Nummer van je sleutelkaart") == card.number
    other.type_in("De 3 woorden", card.words).tap("Open").is_at("Ons plan")


def test_a_number_that_is_on_no_card_gets_the_same_answer(family: Hands, someone: NewHands) -> None:
    card = make_card(family)
    open_with(someone(), card._replace(number="1234 5678 9012")).sees(NOT_RIGHT)


def test_a_card_is_shown_once(family: Hands) -> None:
    make_card(family)
    family.tap("Meer").tap("Mijn sleutelkaart").is_at("Maak je sleutelkaart")


def test_the_other_parent_comes_in_and_his_own_card_works_on_a_third_phone(family: Hands, someone: NewHands) -> None:
    family.tap("Meer").tap("Wie kan ons plan openen?").tap("Laat een ouder binnen").tap("Jef").tap("Verder")
    family.is_at("Geef deze link aan Jef")
    link = re.search(r"http://\S+", family.words)
    assert link is not None
    jef = someone()
    jef.go(link[0])
    jef.is_at("Iemand laat jou binnen in een plan.").misses("Sara", "Kaat").tap("Open")
    third = open_with(someone(), keep_card(jef)).is_at("Ons plan")
    third.tap("Meer").tap("Wie kan ons plan openen?").sees("Dat ben jij", inside="Jef")
    somebody_else = someone()
    somebody_else.go(link[0])
    somebody_else.tap("Open").misses("Sara", "Jef", "Kaat")


def test_a_stopped_device_sees_nothing_from_its_next_request(family: Hands, someone: NewHands) -> None:
    lost = open_with(someone(), make_card(family)).is_at("Ons plan")
    family.tap("Ons plan").sees("Een nieuw toestel opende ons plan als jou.")
    family.tap("Bekijk").tap("Stop dit toestel")
    family.sees("Dat toestel opent ons plan niet meer.")
    answer = lost.page.reload()
    assert answer is not None
    assert answer.status == 404
    lost.misses("Sara", "Kaat")
