"""Every word of the product is one of ours: plain, friendly, Flemish. The rules are the design page `words`."""

import re
from statistics import mean

import pytest

from tests.support.messages import VALUE, ease, filled, messages, sentences, words
from tests.support.templates import ROOT

LONGEST, MEAN, PLAIN, RUNNING = 12, 8, 85, 20

NEVER = re.compile(
    r"\b(?:u|uw|uzelf|cliënt\w*|dossiers?|casus|casussen|problematiek\w*|ongeldige?|verplichte?|helaas|sorry|oeps|gelieve"
    r"|achterstand|te laat|mislukt|leeftijd|geboortedatum|diagnose|streak|confetti|score)\b",
    re.IGNORECASE,
)
PASSIVE = re.compile(
    r"\b(?:word|wordt|worden|werd|werden)\b.*\b(?:ge|be|ver|ont|her|her)\w+(?:d|t|en)\b", re.IGNORECASE
)
NOT = re.compile(r"\b(?:niet|geen|nooit|niemand|niets)\b", re.IGNORECASE)
SHORT = re.compile(r"\b(?:bv|bijv|o\.a|m\.a\.w|enz|etc|i\.p\.v|d\.m\.v|a\.u\.b|evt|resp|incl|excl|max|min|nr|tel|vb)\.")
DUTCH_ONLY = re.compile(r"\b(?:mobiel|mobieltje|middag|oom|ziektekosten\w*|zorgverzekering)\b", re.IGNORECASE)
# "15.30 u" is how a time is written.
MAY = {"%(time)s u"}
# The greeting on the page of a child, as the page of words gives it: the one exclamation mark there is.
GREETING = "Dag %(name)s!"

# Rows of docs/words.tsv that name what is not built yet; one that is built leaves this list.
NOT_YET = {
    "kern hulpvraag", "kern krachten", "kern krachten2", "kern zorgen", "kern evaluatie", "kern schaal",
    "kern terecht", "kern tafel", "kern begeleider",
    "kern samenwerking", "kern wachten",
    "delen akkoord", "fout wie",
    "leeg hulp", "leeg terugblik", "leeg zorgen", "moed hulpja",
    "moed vraag", "hulp oma", "hulp luister", "hulp nu_niet", "hulp dank",
    "kind bang",
}  # fmt: skip
# Said with the name in place of "zij" or "hij", for the product asks nobody for more than a name.
SAID_OTHERWISE = {"delen link": "%(name)s kan niets veranderen."}


def faults(message: str) -> list[str]:
    """What a message does that we never do."""
    found = [f"{len(words(said))} words: {said}" for said in sentences(message) if len(words(said)) > LONGEST]
    bare = VALUE.sub(" ", message)
    if message not in MAY:
        found += [f"says {match[0]!r}" for match in NEVER.finditer(bare)]
    found += [f"says {match[0]!r}, which is not Flemish" for match in DUTCH_ONLY.finditer(bare)]
    found += [f"shortens: {match[0]}" for match in SHORT.finditer(bare)]
    found += [f"passive: {said}" for said in sentences(message) if PASSIVE.search(said)]
    found += [f"says no twice: {said}" for said in sentences(message) if len(NOT.findall(said)) > 1]
    found += [f"{sign} in it" for sign in "!%" if sign in bare.replace("%%", "%") and message != GREETING]
    text = filled(message)
    if len(words(text)) >= RUNNING and ease(text) < PLAIN:
        found.append(f"reads as {ease(text):.0f}, at least {PLAIN}")
    return found


def test_every_message_is_said_as_we_say_things() -> None:
    wrong = [f"{places[0]}: {fault}" for message, places in messages().items() for fault in faults(message)]
    assert not wrong, "\n".join(wrong)
    assert len(messages()) > 500


def test_sentences_are_short() -> None:
    assert mean(len(words(said)) for message in messages() for said in sentences(message)) <= MEAN


def test_every_page_reads_plainly() -> None:
    """The running text of each template, taken together."""
    pages: dict[str, list[str]] = {}
    for message, places in messages().items():
        for place in places:
            file = place.rpartition(":")[0]
            said = filled(message)
            if file.startswith("templates/") and message.rstrip()[-1] in ".?" and said not in pages.get(file, []):
                pages.setdefault(file, []).append(said)
    texts = {file: " ".join(said) for file, said in pages.items()}
    hard = {
        file: round(ease(text)) for file, text in texts.items() if len(words(text)) >= RUNNING and ease(text) < PLAIN
    }
    assert not hard


@pytest.mark.parametrize(
    "message",
    [
        "Wij vragen dat jullie eerst samen rustig gaan zitten en daarna alles vertellen aan ons.",
        "Vul uw naam in.",
        "Helaas, dat kan niet.",
        "Dit veld is verplicht.",
        "De afspraak wordt verwijderd.",
        "Goed gedaan!",
        "Je bent 40% klaar.",
        "Dat is niet niets.",
        "Bel iemand, bv. oma.",
        "Neem je mobieltje.",
        "De hulpverlening organiseert overlegmomenten. De gezinsbegeleiding registreert ontwikkelingen. "
        "De verantwoordelijke medewerkers evalueren samenwerkingsverbanden. De organisatie informeert "
        "belanghebbenden. De coördinatoren formuleren aanbevelingen.",
    ],
)
def test_what_we_never_say_is_noticed(message: str) -> None:
    assert faults(message)


@pytest.mark.parametrize(
    "message",
    [
        "Vul in hoe jullie heten.",
        "Niet gelukt. Dat kan. Wat nu?",
        "%(count)s van %(all)s kleine stappen gelukt",
        "De kaart van %(name)s werkt niet meer.",
        "Ik weet het nog niet",
    ],
)
def test_what_we_say_is_let_through(message: str) -> None:
    assert faults(message) == []


# ---- the words we were given -----------------------------------------------------------------------------------------


def given() -> dict[str, str]:
    """The strings of docs/words.tsv, by group and key."""
    lines = (ROOT / "docs" / "words.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return {f"{row[0]} {row[1]}": row[2] for row in rows}


def is_said(text: str) -> bool:
    """Whether the product says this as it stands; where it names somebody or a day, with a value in that place."""
    if text in messages():
        return True
    patterns = (VALUE.split(message) for message in messages() if VALUE.search(message))
    return any(
        re.fullmatch("[^.?!]+".join(re.escape(part) for part in parts), text)
        for parts in patterns
        if len("".join(parts).strip()) >= 3
    )


def test_the_words_we_were_given_are_used_as_they_stand() -> None:
    silent = {key for key, text in given().items() if not is_said(text)} - set(SAID_OTHERWISE)
    assert silent - NOT_YET == set(), "said otherwise, or not at all"
    assert NOT_YET - silent == set(), "said by now: take these off the list"


def test_what_is_said_otherwise_is_said() -> None:
    assert set(SAID_OTHERWISE.values()) <= set(messages())
    assert set(SAID_OTHERWISE) <= set(given())


def test_the_list_of_words_is_whole() -> None:
    assert len(given()) == 138
