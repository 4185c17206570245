"""Hard words: what is found and what is offered, as tables; and that no text can hold the finder up or break it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.words import hard, people, reading, table
from app.words.hard import Found, check
from app.words.people import MOST_NAMES, Own, Part
from app.words.reading import MOST, Level
from app.words.says import reads, sentence
from app.words.table import Sort
from tests.support import messages

FAMILY = (
    Own("Sara", Part.PARENT),
    Own("Jef", Part.PARENT),
    Own("Kaat", Part.CHILD),
    Own("Oma Rosa", called=("moeke van mama",)),
    Own("Juf Laura", called=("zorgjuf", "school")),
)


def found(text: str, sort: Sort, family: tuple[Own, ...] = ()) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.text, one.instead) for one in check(text, family).found if one.sort is sort]


# ---- words of the profession, imagery, abbreviations -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "piece", "instead"),
    [
        ("Wat is jullie hulpvraag?", "hulpvraag", "waar wij hulp bij willen"),
        ("Netwerk uitnodigen", "Netwerk", "Onze mensen"),
        ("Na de evaluatie praten wij.", "evaluatie", "hoe gaat het nu"),
        ("De cliënt komt ook.", "cliënt", "jullie"),
        ("Het dossier ligt klaar.", "dossier", "ons plan"),
        ("Deze casus is moeilijk.", "casus", "het gezin"),
        ("Met deze problematiek", "problematiek", "wat moeilijk gaat"),
        ("Zelf de regie houden", "regie", "wie dit regelt"),
        ("De draagkracht is klein.", "draagkracht", "wat wij aankunnen"),
        ("Dit traject stopt.", "traject", "de hulp"),
        ("Zijn verslaving is zwaar.", "verslaving", "moeilijk kunnen stoppen"),
        ("Wij doen dat op regelmatige basis.", "op regelmatige basis", "vaak"),
        ("(hulpverlener)", "hulpverlener", "wie ons helpt"),
    ],
)
def test_a_word_of_the_profession_has_the_word_of_the_family_beside_it(text: str, piece: str, instead: str) -> None:
    [(told, offered)] = found(text, Sort.TERM)
    assert told == piece
    assert offered[0] == instead


def test_a_long_word_that_ends_in_a_hard_one_is_found_without_a_word_for_it() -> None:
    assert found("De gezinsproblematiek is zwaar.", Sort.TERM) == [("gezinsproblematiek", ())]
    assert found("x" * 80 + "problematiek", Sort.TERM) == []


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Wij brengen alles in kaart.", "in kaart"),
        ("Kaat de draad weer oppikken", "draad weer oppikken"),
        ("Ik houd de vinger aan de pols.", "vinger aan de pols"),
    ],
)
def test_imagery_is_said_plainly(text: str, piece: str) -> None:
    [(told, offered)] = found(text, Sort.IMAGE)
    assert told == piece
    assert offered[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Het CLB belt.", [("CLB", ("dienst van de school",))]),
        ("Dat is i.v.m. school.", [("i.v.m.", ("over",))]),
        ("Evt. komt Lisa mee.", [("Evt.", ("Misschien",))]),
        ("Met Lisa, bv. dinsdag.", [("bv.", ("bijvoorbeeld",))]),
        ("Het XYZ belt.", [("XYZ", ())]),
        ("Het OCMW belt.", []),
        ("DAT DOEN WIJ OOK", []),
    ],
)
def test_abbreviations_are_written_in_full(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert found(text, Sort.SHORT) == expected


def test_the_table_knows_enough_and_says_each_form_once() -> None:
    lines = table.FILE.read_text(encoding="utf-8").splitlines()[1:]
    forms = [form for line in lines for form in line.split("\t")[1].split(", ")]
    assert len(lines) > 250
    assert len(forms) == len({form.casefold() for form in forms}) == len(table.entries())
    assert max(len(form.split()) for form in forms) <= table.LONGEST_PHRASE


def test_what_the_table_says_instead_is_not_hard_itself() -> None:
    offered = {one for entry in table.entries().values() for one in entry.instead}
    assert all(offered)
    hard_too = {one: [told.text for told in check(one).found] for one in offered if check(one).found}
    assert not hard_too


# ---- sentences -------------------------------------------------------------------------------------------------------


def test_a_sentence_of_twelve_words_is_fine_and_one_of_thirteen_is_not() -> None:
    twelve = " ".join(["woord"] * 12)
    assert check(f"{twelve}. {twelve}.").found == ()
    [long] = check(f"Kort. {twelve} meer.").found
    assert (long.sort, long.words) == (Sort.LONG, 13)


def test_a_new_line_begins_a_new_sentence_and_an_abbreviation_does_not() -> None:
    assert len(reading.sentences("Eerst eten\nDan slapen")) == 2
    assert len(reading.sentences("Wij gaan evt. samen. Dat is goed!")) == 2
    assert len(reading.sentences("Om 15.30 u komt Lisa.")) == 1
    assert reading.sentences(" ... — !") == []


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Dat wordt besproken.", ["wordt besproken"]),
        ("Het plan wordt door ons samen opgevolgd.", ["wordt door ons samen opgevolgd"]),
        ("Er zal naar gekeken worden.", ["gekeken worden"]),
        ("Het werd gisteren beslist.", ["werd gisteren beslist"]),
        ("Kaat wordt groot.", []),
        ("Kaat wordt verdriet aangedaan", ["wordt verdriet aangedaan"]),
        ("Sara wordt 40 en geen gezin feest mee.", []),
        ("Wij hebben dat besproken.", []),
    ],
)
def test_the_passive_hides_who_does_it(text: str, pieces: list[str]) -> None:
    assert [piece for piece, _ in found(text, Sort.PASSIVE)] == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Kan u bellen?", ["u"]),
        ("Breng uw kinderen.", ["uw"]),
        ("Wij komen om 8 u.", []),
        ("Wij komen om 15.30u, om 9 u of om 10\N{NO-BREAK SPACE}u.", []),
    ],
)
def test_a_family_is_not_spoken_to_with_u(text: str, pieces: list[str]) -> None:
    assert [piece for piece, _ in found(text, Sort.FORMAL)] == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Wij gaan niet zonder jullie.", ["niet zonder"]),
        ("Dat is niet onmogelijk.", ["niet onmogelijk"]),
        ("Niemand zegt niets.", ["Niemand zegt niets"]),
        ("Ik kom niet, en Jan komt ook niet.", []),
        ("Ik kom niet omdat er geen bus is.", []),
    ],
)
def test_two_denials_in_one_clause(text: str, pieces: list[str]) -> None:
    assert [piece for piece, _ in found(text, Sort.TWICE_NOT)] == pieces


# ---- the family's own names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mevrouw Laura belt.", [("Mevrouw Laura", ("Juf Laura",))]),
        ("mevrouw Peeters belt", [("mevrouw Peeters", ("Sara", "Jef"))]),
        ("De moeder belt.", [("moeder", ("Sara", "Jef"))]),
        ("Met de ouders praten", [("ouders", ("Sara en Jef",))]),
        ("De dochter tekent.", [("dochter", ("Kaat",))]),
        ("De grootmoeder kookt.", [("grootmoeder", ("Oma Rosa",))]),
        ("Oma Rosa kookt.", []),
        ("mevrouw is welkom", []),
    ],
)
def test_the_name_the_family_uses_is_offered(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert found(text, Sort.NAME, FAMILY) == expected


def test_a_name_the_family_uses_itself_is_fine() -> None:
    assert found("Mevrouw Peeters belt.", Sort.NAME, (*FAMILY, Own("Mevrouw Peeters"))) == []
    assert found("Mama kookt.", Sort.NAME, (Own("Mama", Part.PARENT),)) == []


def test_who_is_not_seen_is_never_named_and_too_many_are_not_either() -> None:
    assert check("De moeder en mevrouw Peeters bellen.").found[0].instead == ()
    assert found("De moeder belt.", Sort.NAME) == []
    many = tuple(Own(f"Kind{number}", Part.CHILD) for number in range(MOST_NAMES + 1))
    assert found("Het kind speelt.", Sort.NAME, many) == []


# ---- how a text reads ------------------------------------------------------------------------------------------------

PLAIN_TEXT = "Sara belt naar oma. Oma komt met de bus. Zij eten samen soep. Dan gaan zij naar het bos. Kaat is blij."
HARD_TEXT = (
    "De hulpverleningsorganisatie organiseert nu veel overlegmomenten waarbij alle verantwoordelijkheden en"
    " verwachtingen geformuleerd worden teneinde de gemeenschappelijke doelstellingen te kunnen realiseren."
)


def test_plain_and_hard_text_get_their_word() -> None:
    plain, heavy = check(PLAIN_TEXT), check(HARD_TEXT)
    assert plain.level is Level.PLAIN
    assert heavy.level is Level.HARD
    assert reading.level(reading.PLAIN - 1) is Level.LESS


def test_a_short_text_is_not_measured() -> None:
    assert check("Samen eten.").figure is None
    assert check("Samen eten.").level is None


def test_the_figure_is_the_one_the_product_measures_itself_by() -> None:
    """Over our own messages, which are of the kind of text that is written here."""
    said = [message for message in messages.messages() if len(messages.words(message)) > 8]
    pieces = [" ".join(said[at : at + 4]) for at in range(0, len(said) - 4, 4)]
    measured = [(reading.ease(piece), messages.ease(piece)) for piece in pieces]
    differences = [abs(ours - theirs) for ours, theirs in measured if ours is not None]
    assert len(differences) > 20
    assert sum(differences) / len(differences) < 8


def test_the_product_itself_says_no_hard_words() -> None:
    sorts = {Sort.TERM, Sort.IMAGE, Sort.PASSIVE}
    said = {message: check(messages.filled(message)).found for message in messages.messages()}
    hard_ones = {(message, one.text) for message, found in said.items() for one in found if one.sort in sorts}
    assert len(said) > 1000
    # What the page of a child is called at its third level, and for whom a key of one's own is (design: product).
    own_key = "Voor jongeren. %(name)s maakt dan zelf een wachtwoord of een kaart."
    assert hard_ones == {("Jongere", "Jongere"), (own_key, "jongeren")}


# ---- no text holds it up ---------------------------------------------------------------------------------------------

HOSTILE = [
    "." * 100_000, "ge" * 50_000, "niet " * 20_000, "wordt " * 20_000, "u" * 100_000, " " * 100_000, "\n" * 100_000,
    "op " * 30_000, "aan de " * 20_000, "''''''''" * 10_000, "A.B." * 20_000, "ïëïë" * 20_000, "\x00" * 10_000,
    "moeder " * 20_000, "mevrouw X " * 10_000, "a-" * 50_000, "\u0301" * 50_000, "👩‍👧" * 20_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_up_to_a_bound(text: str) -> None:
    checked = check(text, FAMILY)
    assert len(checked.found) <= hard.MOST_FOUND
    assert all(one.end <= MOST for one in checked.found)
    assert checked == check(text[:MOST], FAMILY)


def test_no_pattern_repeats_what_repeats() -> None:
    """A repeat inside a repeat can take a time that doubles with every sign."""
    from re import _parser as parser  # type: ignore[attr-defined]

    repeats = {"MAX_REPEAT", "MIN_REPEAT"}

    def nested(parsed: object, inside: bool) -> bool:
        for code, argument in parsed:  # type: ignore[attr-defined]
            again = str(code) in repeats
            if again and inside and argument[1] > 1:
                return True
            parts = argument if isinstance(argument, (tuple, list)) else (argument,)
            flat = [part for one in parts for part in (one if isinstance(one, list) else [one])]
            if any(
                isinstance(part, parser.SubPattern) and nested(part, inside or (again and argument[1] > 1))
                for part in flat
            ):
                return True
        return False

    patterns = {
        name: value
        for module in (hard, reading, people, table)
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern)
    }
    assert len(patterns) >= 6
    assert nested(parser.parse("(a+)+"), inside=False)
    assert not [name for name, one in patterns.items() if nested(parser.parse(one.pattern), inside=False)]


@given(st.text(max_size=300) | st.lists(st.sampled_from(sorted(table.entries())), max_size=30).map(" ".join))
def test_what_is_found_stands_there(text: str) -> None:
    for one in check(text, FAMILY).found:
        assert one.text == text[one.start : one.end]
        assert one.text
        assert sentence(one)


@given(st.sampled_from(sorted(table.entries())))
def test_every_entry_is_found_in_a_sentence(form: str) -> None:
    assert [one for one in check(f"Dit is {form} voor nu.").found if form.startswith(one.text.casefold()[:2])]


def test_every_sort_and_level_has_its_sentence() -> None:
    assert len({sentence(Found(sort, "x", 0, 1, words=13)) for sort in Sort}) == len(Sort)
    assert len({reads(level) for level in Level}) == len(Level)
