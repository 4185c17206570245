"""Names as they are drawn and listed: how wide, where they wrap, their initials, their place in the alphabet."""

import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from app.people.letters import MOST_LINES, in_order, initials, width_of, wrapped
from app.people.widths import is_known, width

FONTS = Path(__file__).parent.parent.parent / "static" / "fonts"
NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "Mn")), min_size=1, max_size=120)


def advances(family: str) -> dict[str, float]:
    """How wide each letter of a font is, in thousandths, from its newest files."""
    found: dict[str, float] = {}
    files = sorted(FONTS.glob(f"{family}*.woff2"))
    assert files, family
    for file in files:
        font = TTFont(file)
        unit = font["head"].unitsPerEm
        found |= {chr(sign): font["hmtx"][name][0] / unit * 1000 for sign, name in font.getBestCmap().items()}
    return found


def test_the_letters_of_our_own_font_are_as_wide_as_we_say() -> None:
    wrong = {
        letter: (wide, width(letter, 1000))
        for letter, wide in advances("atkinson-700").items()
        if is_known(letter) and wide != pytest.approx(width(letter, 1000))
    }
    assert not wrong
    assert sum(is_known(letter) for letter in advances("atkinson-700")) > 200


@pytest.mark.parametrize("family", ["andika-700-cyr", "andika-700-viet", "vazirmatn-700"])
def test_letters_of_other_fonts_are_never_wider_than_we_count(family: str) -> None:
    wrong = {
        letter: (wide, width(letter, 1000))
        for letter, wide in advances(family).items()
        if letter.isalnum() and not unicodedata.combining(letter) and wide > width(letter, 1000) + 1
    }
    assert not wrong


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Kaat", ["Kaat"]),
        ("Y", ["Y"]),
        ("Juf Laura", ["Juf Laura"]),
        ("Mevrouw Knapen", ["Mevrouw", "Knapen"]),
        ("Nonkel Fons van Brugge", ["Nonkel Fons", "van Brugge"]),
        ("Jean-Christophe", ["Jean-", "Christophe"]),
        ("Grootmoeder Vandenbroucke-Vanderstraeten", ["Grootmoeder", "Vandenbroucke-", "Vanderstraeten"]),
        ("Arbeidsongeschiktheidsverzekering", ["Arbeidsongeschiktheidsverzekering"]),
        ("فاطمة الزهراء", ["فاطمة", "الزهراء"]),
        ("Олександра Шевченко", ["Олександра", "Шевченко"]),
    ],
)
def test_a_name_wraps_between_words_over_as_few_lines_as_it_needs(name: str, lines: list[str]) -> None:
    assert list(wrapped(name, 18, 92, 130)) == lines


@given(NAMES)
def test_a_wrapped_name_is_whole(name: str) -> None:
    lines = wrapped(name, 18, 92, 130)
    assert "".join("".join(lines).split()) == "".join(name.split())
    assert 1 <= len(lines) <= MOST_LINES
    assert width_of(lines, 18) <= width(name, 18)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Kaat", "K"),
        ("tante Betty", "TB"),
        ("Nonkel Fons 1x", "NF"),
        ("Nonkel 2", "N"),
        ("(Oma) Rosa", "OR"),
        ("Oma Rosa (moeke)", "OM"),
        ("Y", "Y"),
        ("école Élise", "ÉÉ"),
        ("Жанна Щербакова", "Ж"),
        ("أم محمد", "أ"),
        ("Wim Maes", "WM"),
        ("112", "1"),
        ("...", "?"),
        ("", "?"),
    ],
)
def test_a_face_holds_the_first_letters_of_words(name: str, letters: str) -> None:
    assert initials(name) == letters


@given(NAMES)
def test_initials_are_one_or_two_signs_that_fit(name: str) -> None:
    assert 1 <= len(initials(name)) <= 2
    assert len(initials(name)) == 1 or width(initials(name), 18) < 33


def test_a_list_of_names_is_in_the_order_people_look_for_them() -> None:
    expected = ["Élise", "Eva", "nonkel fons 2", "Nonkel Fons 10", "(Oma)", "Ömer", "Zoë", "Ира", "Іра", "Їжак", "Кіт"]
    expected += ["أحمد", "بدر"]
    assert sorted(sorted(expected), key=in_order) == expected


@given(st.lists(NAMES, max_size=6))
def test_any_names_can_be_put_in_order(names: list[str]) -> None:
    assert sorted(sorted(names, reverse=True), key=in_order) == sorted(names, key=in_order)
