"""The packs: every picture in both styles, clean and small; the board and its words."""

import re
from collections import Counter
from xml.etree import ElementTree as ET

import brotli
import pytest

from app.children.nouns import Feeling
from app.pictos import nouns, shelf
from app.pictos.nouns import Group, Style
from tests.support.templates import ROOT

MADE_OF = {"svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon"}
# A code as it stands in a template or in the code of the product.
A_PICTURE = re.compile(r'"(1F[0-9A-F]{3}(?:-[0-9A-F]{4,5})*|2[1367B][0-9A-F]{2})"')
OF_NO_PICTURE = re.compile(r"href|url\(|<script|<style|<image|on\w+=|javascript|data:|@import|&", re.IGNORECASE)


def every() -> list[nouns.Picto]:
    return [one for group in shelf.board().values() for one in group]


@pytest.mark.parametrize("style", Style)
def test_no_drawing_runs_loads_or_points_anywhere(style: Style) -> None:
    for code in shelf.codes():
        svg = (shelf.drawing(code, style) or b"").decode()
        assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"'), code
        assert OF_NO_PICTURE.search(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")) is None, code
        names = {element.tag.rpartition("}")[2] for element in ET.fromstring(svg).iter()}
        assert names <= MADE_OF, code


def test_both_packs_hold_the_same_pictures() -> None:
    assert list(shelf._pack(Style.COLOUR)) == list(shelf._pack(Style.LINE))
    assert 1_000 < len(list(shelf.codes())) < 2_000


def test_nothing_is_there_that_a_child_should_not_meet() -> None:
    weapons, drinks, flags = {"1F52B", "1F52A", "1F4A3", "1F5E1"}, {"1F377", "1F37A", "1F943", "1F6AC"}, {"1F1E7-1F1EA"}
    assert not (weapons | drinks | flags | {"1F595", "1F51E", "1F480"}) & set(shelf.codes())
    assert not [code for code in shelf.codes() if re.search("1F3F[B-F]", code)]


def test_the_board_has_two_hundred_pictures_in_ten_groups() -> None:
    groups = shelf.board()
    assert list(groups) == list(Group)
    assert len(Group) == 10
    assert 200 <= len(every()) <= 250
    assert all(15 <= len(found) <= 30 for found in groups.values())


def test_no_picture_of_the_board_is_an_english_word() -> None:
    """A child that reads Dutch, or nothing, saw "SOON" and "BACK"."""
    assert not {"1F51C", "1F519", "1F51B", "1F51A", "1F51D"} & {one.code for one in every()}


def test_every_picture_of_the_board_has_a_word_of_its_own_that_a_child_knows() -> None:
    labels = [one.label for one in every()]
    assert not [label for label, count in Counter(labels).items() if count > 1]
    assert not [label for label in labels if not label or len(label.split()) > 5 or len(label) > 24]


@pytest.mark.parametrize("language", shelf.LANGUAGES)
def test_every_language_has_a_word_for_every_picture_of_the_board(language: str) -> None:
    assert all(one.label for group in shelf.board(language).values() for one in group)
    own = set(shelf._said(language))
    assert len(own & {one.code for one in every()}) == len(every())


def test_a_picture_nobody_knows_has_no_word_and_no_drawing() -> None:
    assert shelf.label("1F1E7-1F1EA") == ""
    assert shelf.drawing("nope") is None
    assert shelf.label("1F3E0", "xx") == "huis"


def test_the_pictures_the_product_shows_are_there() -> None:
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "app").rglob("*.py")]
    named = {code for file in files for code in A_PICTURE.findall(file.read_text(encoding="utf-8"))}
    assert named > set(nouns.FEELINGS.values())
    assert [code for code in sorted(named) if not shelf.is_known(code)] == []
    assert set(nouns.FEELINGS) == {feeling.value for feeling in Feeling}
    assert len(set(nouns.FEELINGS.values())) == len(Feeling)


def test_sixteen_pictures_of_a_childs_page_are_small() -> None:
    # The bar: all of such a page at most 110 kB, most of which are its letters.
    sizes = sorted(len(brotli.compress(shelf.drawing(one.code) or b"", quality=11)) for one in every())
    assert sum(sizes[-16:]) < 16_000
    assert sum(sizes) / len(sizes) < 700


def test_their_makers_are_named() -> None:
    assert "OpenMoji" in (ROOT / "docs" / "NOTICE.md").read_text(encoding="utf-8")
    assert "Attribution-ShareAlike 4.0" in (ROOT / "static" / "picto" / "OpenMoji.LICENSE").read_text(encoding="utf-8")
    assert "UNICODE LICENSE" in (ROOT / "static" / "picto" / "CLDR.LICENSE").read_text(encoding="utf-8")
