"""The sheets of a child, read back: what stands on them for whom, in which order, their tags and their pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from io import BytesIO
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pikepdf
import pytest
from flask import Flask
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTCurve

from app.policy.audience import Audience, Who
from tests.cast import Cast
from tests.export.child_printing import SORTS, printed
from tests.support import paper as reading

ADDRESS = "http://localhost:8000"
TODAY = datetime.now(ZoneInfo("Europe/Brussels")).date()
# The next one: what the cast agreed for today stands on no sheet of that day.
MONDAY = TODAY + timedelta(days=7 - TODAY.weekday())
WEEKDAYS = ["Maandag", "Dinsdag", "Woensdag", "Donderdag", "Vrijdag", "Zaterdag", "Zondag"]
LICENCE = "Tekeningen: OpenMoji, CC BY-SA 4.0"
OURS = {"Andika", "Familjen", "Atkinson", "Vazirmatn"}


@pytest.fixture
def days(cast: Cast, app: Flask) -> Cast:
    """Kaat has a Monday: swimming at four with a photo, breakfast at eight with a pictogram, a walk whenever."""
    from app.agreements.models import AGREEMENT
    from app.agreements.nouns import AgreementBody, AgreementState, When, WhenSort
    from app.change import Add, change
    from app.policy.actions import Action

    def agree(words: str, at: time | None = None, **more: Any) -> None:
        when = When(sort=WhenSort.WEEKLY, day=MONDAY, weekdays=(0,), at=at)
        body = AgreementBody(words=words, when=when, who=(cast.people["kaat"],), **more)
        change(cast.sara, Action.AGREEMENT_ADD, Add(AGREEMENT, body, AgreementState.OPEN))

    with app.app_context():
        agree("Zwemmen", time(16), photo=photo(cast.plan, "De rode glijbaan"))
        agree("Ontbijt", time(8), picto="1F963")
        agree("Wandelen")
        agree("Verrassing van Jef", time(9), audience=Audience(Who.WE))
        agree("Met Sara alleen", time(10), audience=Audience(Who.ME_AND, people=(cast.people["kaat"],)))
    return cast


def photo(root: Any, alt: str) -> Any:
    """A red photo of 40 by 30, for a thing that is made next."""
    from PIL import Image

    from app.media import commands

    drawn = BytesIO()
    Image.new("RGB", (40, 30), (200, 30, 30)).save(drawn, "PNG")
    taken = commands.take(root, drawn.getvalue())
    taken.wait()
    return msgspec.structs.replace(taken.medium, alt=alt)


def say(cast: Cast, words: str, *people: str, **more: Any) -> None:
    """Kaat says what she likes, to these people."""
    from app.change import Add, change
    from app.children.models import SAID
    from app.children.nouns import SaidBody, SaidState, Sort
    from app.children.store import in_own_layer
    from app.policy.actions import Action

    audience = Audience(Who.ME_AND, people=tuple(cast.people[one] for one in people)) if people else Audience(Who.ME)
    body = SaidBody(sort=more.pop("sort", Sort.NICE), words=words, audience=audience, **more)
    child = in_own_layer(cast.actors["kaat"], cast.layers["kaat"])
    change(child, Action.OWN_ADD, Add(SAID, body, SaidState.TOLD))


def in_order(text: str, words: Iterable[str]) -> bool:
    """Whether these words stand in this order."""
    places = [text.find(word) for word in words]
    return -1 not in places and places == sorted(places)


# ---- who reads what --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["sara", "kaat"])
def test_no_word_is_on_a_sheet_that_was_not_meant_for_the_child_and_for_who_prints_it(cast: Cast, who: str) -> None:
    for sort in SORTS:
        text = reading.text(printed(cast, who, sort))
        for reader in (who, "kaat"):
            assert [name for name, canary in cast.canaries_not_for(reader).items() if canary in text] == [], sort
        assert not any(canary in text for name, canary in cast.canaries_for("kaat").items() if name.startswith("said"))


def test_a_day_stands_there_as_on_the_screen(days: Cast) -> None:
    said = ["Ontbijt", "Zwemmen", "Wandelen", "Bij de Tapuit"]
    screen = days.client_of("kaat").get(f"/p/{days.plan}/mij/dag/{MONDAY}").text
    for who in ("sara", "kaat"):
        data = printed(days, who, "strip", day=str(MONDAY))
        text = reading.text(data)
        assert "Maandag" in text
        assert in_order(text, ["Eerst", *said])
        assert text.count("Eerst") == 1
        assert text.count("Dan") == 3
        assert "Verrassing" not in text
        assert reading.pages(data) == 1
    assert in_order(screen, said)


def test_what_a_parent_shows_to_the_child_alone_is_on_no_wall(days: Cast) -> None:
    """On the screen the child reads it; paper is read by the other parent too."""
    assert "Met Sara alleen" in days.client_of("kaat").get(f"/p/{days.plan}/mij/dag/{MONDAY}").text
    for who, sort in (("sara", "strip"), ("kaat", "cards")):
        assert "Met Sara alleen" not in reading.text(printed(days, who, sort, day=str(MONDAY)))


def test_a_week_is_seven_days_and_where_the_child_sleeps(days: Cast) -> None:
    data = printed(days, "sara", "week", day=str(MONDAY))
    text = reading.text(data)
    assert in_order(text, WEEKDAYS)
    assert text.count("Bij de Tapuit") == 7
    assert "Ontbijt" in text
    assert text.count(LICENCE) == 1, "it stood below the week and at the foot"
    with pikepdf.open(BytesIO(data)) as pdf:
        [page] = pdf.pages
        assert page.mediabox[2] > page.mediabox[3], "it lies down"


def test_cards_are_people_feelings_and_the_week_or_what_was_chosen(days: Cast) -> None:
    text = reading.text(printed(days, "sara", "cards"))
    assert in_order(text, ["Sara", "Tante Nele", "blij", "boos"])
    assert "Kaartjes van Kaat" in text
    assert "Kaat" not in text.replace("Kaartjes van Kaat", "")
    text = reading.text(printed(days, "sara", "cards", sets="feelings"))
    assert "blij" in text
    assert "Tante Nele" not in text


def test_what_the_child_likes_hangs_there_when_it_showed_that_to_both_parents(cast: Cast, app: Flask) -> None:
    from app.children.nouns import Sort

    with app.app_context():
        say(cast, "Paarden", "sara", "jef", photo=photo(cast.layers["kaat"], "Een paard"))
        say(cast, "Friet", "sara", "jef", "oma")
        for words, people in {"Geheim": (), "Voor mama": ("sara",), "Voor oma": ("oma",), "Wim": ("wim",)}.items():
            say(cast, words, *people)
        say(cast, "Ruzie", "sara", "jef", sort=Sort.NOT_NICE)
        say(cast, "Vliegen", "sara", "jef", sort=Sort.DREAM)
    for who in ("jef", "kaat"):
        data = printed(cast, who, "pictures")
        text = reading.text(data)
        assert in_order(text, ["Kaat", "Wie helpt mij?", "Vind ik fijn", "Friet", "Paarden"])
        for words in ("Geheim", "Voor mama", "Voor oma", "Wim", "Ruzie", "Vliegen"):
            assert words not in text, (who, words)
        assert red(data) == 1


def test_of_a_layer_nothing_hangs_there_for_who_was_shown_none_of_it(cast: Cast, app: Flask) -> None:
    with app.app_context():
        say(cast, "Paarden", "sara", "jef")
        open_people_to_nele(cast)
    text = reading.text(printed(cast, "nele", "pictures"))
    assert "Wie helpt mij?" in text
    assert "Paarden" not in text


def test_a_meehelper_prints_what_they_see_of_it(days: Cast, app: Flask) -> None:
    with app.app_context():
        open_people_to_nele(days)
    assert "Ontbijt" not in reading.text(printed(days, "nele", "strip", day=str(MONDAY)))
    text = reading.text(printed(days, "nele", "cards"))
    assert [name for name, canary in days.canaries_not_for("nele").items() if canary in text] == []


def open_people_to_nele(cast: Cast) -> None:
    """The parents let Nele read who their people are."""
    from app.change import Put, change
    from app.policy.actions import Action

    member = cast.thing("member nele", "sara")
    opened = (*member.body.opened, "person")
    change(cast.sara, Action.AUDIENCE_CHANGE, Put(member, msgspec.structs.replace(member.body, opened=opened)))
    cast.actors["nele"] = replace(cast.actors["nele"], opened=frozenset(opened))


# ---- how it is made --------------------------------------------------------------------------------------------------


def red(data: bytes) -> int:
    """How many of its pictures are our red photo."""
    found = 0
    with pikepdf.open(BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image" and "/SMask" not in thing:
                colour = pikepdf.PdfImage(thing).as_pil_image().convert("RGB").resize((1, 1)).getpixel((0, 0))
                found += isinstance(colour, tuple) and colour[0] > 150 and max(colour[1:]) < 90
    return found


def inks(data: bytes) -> set[tuple[float, ...]]:
    """Every colour that is no grey, of the lines and shapes on its pages."""
    found = set()
    for page in extract_pages(BytesIO(data)):
        for shape in shapes(page):
            for colour in (shape.stroking_color, shape.non_stroking_color):
                if isinstance(colour, tuple) and len(colour) == 3 and max(colour) - min(colour) > 0.1:
                    found.add(colour)
    return found


def shapes(node: Any) -> Iterator[LTCurve]:
    """All that is drawn there."""
    if isinstance(node, LTCurve):
        yield node
    for child in node if hasattr(node, "__iter__") else ():
        yield from shapes(child)


def test_the_pictures_are_in_it_in_colours_or_in_lines(days: Cast) -> None:
    with_colours = printed(days, "sara", "strip", day=str(MONDAY))
    in_lines = printed(days, "sara", "strip", day=str(MONDAY), lines="1")
    assert red(with_colours) == red(in_lines) == 1
    assert len(inks(with_colours)) > len(inks(in_lines))
    for data in (with_colours, in_lines):
        assert LICENCE in reading.text(data)
        assert ("Figure", "De rode glijbaan") in reading.tags(data)


@pytest.mark.parametrize("sort", SORTS)
def test_it_is_tagged_with_words_for_every_picture_and_its_fonts_are_inside(days: Cast, sort: str) -> None:
    data = printed(days, "sara", sort)
    told, tags = reading.told(data), reading.tags(data)
    assert (told["lang"], told["part"], told["marked"], told["shows its title"]) == ("nl-BE", "1", "True", "True")
    words = [piece.canary for piece in days.pieces.values() if piece.canary]
    assert not any(word in value for word in [*words, "Kaat"] for value in told.values())
    headings = [int(tag[1]) for tag, _alt in tags if tag in {"H1", "H2", "H3", "H4"}]
    assert headings.count(1) == 1
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))
    assert all(alt for tag, alt in tags if tag == "Figure")
    assert ("Figure", "Code om mijn bladzijde te openen, met een sleutel") in tags
    assert reading.untagged(data) == []
    fonts = reading.fonts(data)
    assert all(fonts.values())
    assert all(any(name.partition("+")[2].startswith(own) for own in OURS) for name in fonts)
    assert any("Andika" in name for name in fonts)
    assert reading.codes(data) == [f"{ADDRESS}/p/{days.plan}/blad"]


def test_a_sheet_without_drawings_names_nobody_who_drew(cast: Cast) -> None:
    assert LICENCE not in reading.text(printed(cast, "sara", "pictures"))


def test_a_sheet_is_never_large(cast: Cast, app: Flask) -> None:
    """Forty people with photos and every card that can be asked for: three pages, and few bytes."""
    from app.change import Add, change
    from app.db import Only
    from app.people.models import PERSON
    from app.people.nouns import PersonBody
    from app.policy.actions import Action
    from app.policy.actor import Ring

    with app.app_context():
        shown = [Add(PERSON, PersonBody(name=f"Nicht {one}", ring=Ring.WE), Only.ACTIVE) for one in range(40)]
        change(cast.sara, Action.PERSON_ADD, *shown)
    data = printed(cast, "sara", "cards")
    assert reading.pages(data) == 3
    assert len(data) < 400_000
    assert reading.pages(printed(cast, "sara", "pictures")) == 1
