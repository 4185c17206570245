"""Words find pictures: in Dutch as people here say it, in other languages, in plural, small, half typed, mistyped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pictos import shelf
from app.pictos.rules import almost, folded, forms, words_in


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("hond", "1F415"),
        ("HOND", "1F415"),
        ("honden", "1F415"),
        ("huis", "1F3E0"),
        ("huisjes", "1F3E0"),
        ("katten", "1F408"),
        ("boterhammen", "1F96A"),
        ("nonkel", "1F471-200D-2642-FE0F"),
        ("moeke", "1F469"),
        ("gsm", "1F4F1"),
        ("living", "1F6CB"),
        ("speelplaats", "1F3A0"),
        ("bank", "1F3E6"),
        ("zetel", "1F6CB"),
        ("frietjes", "1F35F"),
        ("ik ben boos", "1F620"),
        ("naar school", "1F3EB"),
        ("mama en papa", "1F469"),
        ("wenen", "1F622"),
        ("vuur", "1F525"),
    ],
)
def test_words_as_people_here_say_them_find_the_picture_first(words: str, first: str) -> None:
    assert shelf.find(words)[0].code == first


@pytest.mark.parametrize(
    ("words", "language", "code"),
    [
        ("okul", "tr", "1F3EB"),
        ("école", "fr", "1F3EB"),
        ("ecole", "fr", "1F3EB"),
        ("school", "en", "1F3EB"),
        ("مدرسة", "ar", "1F3EB"),
        ("школа", "uk", "1F3EB"),
        ("Schule", "de", "1F3EB"),
        ("köpek", "tr", "1F415"),
        ("kopek", "tr", "1F415"),
        ("pies", "pl", "1F415"),
        ("ev", "tr", "1F3E0"),
    ],
)
@pytest.mark.parametrize("reader", ["theirs", "nl_BE"])
def test_words_of_other_languages_find_it_too_whatever_the_page_speaks(
    words: str, language: str, code: str, reader: str
) -> None:
    found = shelf.find(words, language if reader == "theirs" else reader)
    assert code in [one.code for one in found[:8]]


def test_who_half_types_or_mistypes_finds_it() -> None:
    assert "1F9B7" in [one.code for one in shelf.find("tandarst")]
    assert "1F5D3" not in [one.code for one in shelf.find("vakantei")]
    assert "1F3D6" in [one.code for one in shelf.find("vakantei")]
    assert "1F3CA" in [one.code for one in shelf.find("zwem")]


@pytest.mark.parametrize("words", ["", " ", "!!", "qqqqqq", "\x00", "_"])
def test_what_is_no_word_finds_nothing(words: str) -> None:
    assert shelf.find(words) == []


def test_a_picture_of_the_board_comes_before_another_that_is_as_near() -> None:
    found = shelf.find("auto")
    assert found[0].code == "1F697"
    assert found[0].group is not None


@given(st.text(max_size=60))
def test_any_text_finds_pictures_that_are_there_or_none(words: str) -> None:
    found = shelf.find(words)
    assert len(found) <= shelf.MOST_FOUND
    assert len({one.code for one in found}) == len(found)
    assert all(shelf.is_known(one.code) and one.label for one in found)


@given(st.text(max_size=60), st.sampled_from(["nl_BE", "tr", "fr_BE", "ar", "xx", ""]))
def test_any_language_has_a_word_for_what_was_found(words: str, language: str) -> None:
    assert all(one.label for one in shelf.find(words, language))


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("huizen", "huis"),
        ("bomen", "boom"),
        ("katten", "kat"),
        ("huisje", "huis"),
        ("boompje", "boom"),
    ],
)
def test_a_plural_or_a_small_word_is_a_form_of_its_noun(word: str, form: str) -> None:
    assert form in forms(word)


def test_capitals_and_marks_tell_nothing() -> None:
    assert folded("Één ÖĞRETMEN ısı") == "een ogretmen isi"
    assert words_in("Naar de zee!") == ["zee"]
    assert words_in("naar de") == ["naar", "de"]


def test_a_short_word_is_never_taken_for_another() -> None:
    assert almost("kat", ["kar", "mat"]) == []
    assert almost("schol", ["school", "stoel"]) == ["school"]
