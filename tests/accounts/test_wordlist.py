"""The words of the key cards: many, plain, kind, and hard to mistake for one another."""

import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

FILE = Path(__file__).resolve().parents[2] / "app" / "accounts" / "wordlist.txt"

# No word that would hurt on a family's card, alone or inside another word.
NEVER_INSIDE = re.compile(
    r"""
    moord | dood | sterf | graf$ | pijn | straf | ^haat | neuk | seks | porno | hoer(?!a) | kanker | tumor | ^ziek |
    virus | depress | psych | trauma | angst | gevaar | wapen | pistool | oorlog | soldaat | terreur | gijzel |
    misbruik | mishandel | geweld | bloed | gewond | gevang | crimin | misdaa | politie | ^rechter | rechtb |
    advoc | schuldig | voogd | pleeg | adopt | echtscheid | alimen | uithuis | dossier | diagn | verslaa |
    alcohol | cocai | cannabis | jenever | sigaret | racis | neger | zigeun | lelijk | idioot | debiel |
    huilen | verdriet | treur | ^rouw | lijden | eenza | ruzie | vecht | vijand | scheld | vloek
    """,
    re.VERBOSE,
)
NEVER_WHOLE = re.compile(
    r"""
    slaan | slag | klap | mep | stok | riet | mes | bom | beul | galg | dief | bende | cel | boete | arrest |
    drank | bier | wijn | drug | drugs | joint | wiet | dom | gek | lui | vies | vuil | dik | vet | kut | lul |
    pik | kont | tiet | sloerie | slet | trut | teef | bang | boos | kwaad | woede | wraak | wrok |
    alleenstaand | armoe | arm | failliet | schuld | dakloos | werkloos | weeshuis | internaat | instituut |
    plaatsing | beperking | stoornis | gedrag | casus | client | melding | onderzoek | verlaten | verstoten |
    weglopen | weghalen | afpakken | afstaan | opsluiten | aanraking | geheim | maagd | naakt | bloot |
    seksueel | incest | pedo | duivel | hel | satan | kerk | moskee | god | koran | bijbel | jood | islam |
    moslim
    """,
    re.VERBOSE,
)


def slips(word: str) -> set[str]:
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def one_slip(a: str, b: str) -> bool:
    if len(a) != len(b):
        short, long = sorted((a, b), key=len)
        return short in slips(long)
    wrong = [i for i in range(len(a)) if a[i] != b[i]]
    swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
    return len(wrong) < 2 or swapped


@pytest.fixture(scope="module")
def words() -> list[str]:
    return FILE.read_text("utf-8").splitlines()


def test_three_words_are_hard_to_guess(words: list[str]) -> None:
    assert len(words) >= 7776
    assert len(set(words)) == len(words)


def test_every_word_can_be_typed_on_any_keyboard(words: list[str]) -> None:
    assert [word for word in words if not re.fullmatch("[a-z]{4,9}", word)] == []


def test_the_file_is_sorted_and_ends_its_lines_plainly(words: list[str]) -> None:
    assert words == sorted(words)
    assert FILE.read_bytes() == "".join(f"{word}\n" for word in words).encode("ascii")


def test_no_word_hurts(words: list[str]) -> None:
    assert [word for word in words if NEVER_INSIDE.search(word) or NEVER_WHOLE.fullmatch(word)] == []


def test_no_word_is_one_slip_from_another(words: list[str]) -> None:
    near: dict[str, list[str]] = defaultdict(list)
    for word in words:
        for part in slips(word):
            near[part].append(word)
    pairs = {pair for group in near.values() for pair in combinations(group, 2)}
    assert [pair for pair in pairs if one_slip(*pair)] == []


@pytest.mark.parametrize(
    ("spelled", "heard"), [("ij", "ei"), ("ou", "au"), ("d$", "t"), ("c", "k"), ("z", "s"), ("v", "f")]
)
def test_no_two_words_sound_alike(words: list[str], spelled: str, heard: str) -> None:
    spoken: dict[str, list[str]] = defaultdict(list)
    for word in words:
        spoken[re.sub(spelled, heard, word)].append(word)
    assert [group for group in spoken.values() if len(group) > 1] == []
