"""The drawing of the rings, whoever stands in it: nothing on a line, nothing on another, all of it in the picture."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app.items import Thing
from app.people import drawing as drawn
from app.people import letters, rings
from app.people.looks import MOST, RingView, rings_of
from app.people.models import PERSON
from app.people.nouns import PersonBody
from app.people.store import PeopleView, PersonView
from app.policy.actor import NOBODY, Ring
from app.scope import Whole

SHORT = ["Sara", "Jef", "Kaat", "Oma", "Lou", "Tante Betty", "Y", "Juf Ann", "Moeke"]
LONG = [
    "Grootmoeder Vandenbroucke-Vanderstraeten",
    "Centrum voor Leerlingenbegeleiding Antwerpen",
    "Kinderpsychiater De Smet",
    "W" * 60,
    "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    "فاطمة الزهراء",
    "عبد الرحمن بن خالد",
    "Олександра Щербаченко",
    "Nguyễn Thị Ánh",
    "Дід",
]
NAMES = st.one_of(
    st.sampled_from(SHORT),
    st.sampled_from(LONG),
    st.text(st.characters(codec="utf-8", categories=("L", "Nd", "Zs")), min_size=1, max_size=40),
)
FAMILY = st.tuples(*(st.lists(NAMES, max_size=11) for _ring in Ring))

# How high a line of text is below and above its baseline, in parts of its size.
ABOVE, BELOW = 0.984, 0.316
Box = tuple[float, float, float, float]


def person(name: str, ring: Ring) -> PersonView:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    body = PersonBody(name=name, ring=ring)
    thing = Thing(PERSON, uuid4(), uuid4(), None, "there", 0, 1, now, now, None, None, body)
    return PersonView(thing, Whole(NOBODY, ()))


def family(names: tuple[list[str], ...]) -> list[RingView]:
    people = [person(name, ring) for ring, some in zip(Ring, names, strict=True) for name in some]
    return rings_of(PeopleView(people, Whole(NOBODY, ())))


def boxes(mark: drawn.Mark) -> Iterator[Box]:
    """What a mark draws, as boxes: its face, and each line of its name."""
    if mark.person or mark.more or len(mark.lines) > 1:
        half = drawn.FACE / 2
        yield mark.x - half, mark.middle - half, mark.x + half, mark.middle + half
    size = drawn.TEXT if mark.person else drawn.NAME
    for line in mark.lines:
        half = drawn.widths.width(line.text, size) / 2
        yield mark.x - half, line.y - ABOVE * size, mark.x + half, line.y + BELOW * size


def reach_of(path: str) -> tuple[float, float]:
    """How far a line reaches aside and down, from its path: M330.0 0C..."""
    across = float(re.match(r"M([\d.]+) 0C", path)[1])  # type: ignore[index]
    points = re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)
    return across, max(float(down) for _across, down in points)


def out_of(box: Box, reach: tuple[float, float]) -> float:
    """How far out the farthest corner of a box is; 1 is on the line."""
    corners = ((x / reach[0], y / reach[1]) for x in box[::2] for y in box[1::2])
    return max(rings.norm(x, y) for x, y in corners)


def out_from(box: Box, reach: tuple[float, float]) -> float:
    """How far out the nearest point of a box is; 1 is on the line."""
    near = [0 if low <= 0 <= high else min(abs(low), abs(high)) for low, high in ((box[0], box[2]), (box[1], box[3]))]
    return rings.norm(near[0] / reach[0], near[1] / reach[1])


def faults(shown: list[RingView]) -> list[str]:
    """All that is wrong with the drawing of these rings."""
    made = drawn.drawing(shown)
    found, everything = [], []
    inner = (0.0, 0.0)
    for ring in made.rings:
        line = reach_of(ring.path)
        for mark in (ring.name, *ring.marks):
            everything.append((mark, list(boxes(mark))))
            found += [f"{mark} {fault} of {ring.of.name}" for fault in outside(everything[-1][1], inner, line)]
        inner = line
    left, top, wide, high = map(float, made.box.split())
    assert (left, top) == (-wide / 2, -high / 2)
    assert wide / 2 > inner[0]
    assert high / 2 > inner[1]
    for (one, some), (other, others) in combinations(everything, 2):
        if any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a in some for b in others):
            found.append(f"{one} lies on {other}")
    return found


def outside(some: list[Box], inner: tuple[float, float], line: tuple[float, float]) -> Iterator[str]:
    """Which lines boxes touch. Six units lie between a block and a line; letters may differ by four of them."""
    for box in some:
        if out_of(box, line) > 1 - 2 / line[0]:
            yield "touches the line around"
        if inner[0] and out_from(box, inner) < 1 + 2 / inner[0]:
            yield "touches the line inside"


@pytest.fixture(autouse=True, scope="module")
def context() -> Iterator[None]:
    from flask_babel import Babel

    app = Flask("names")
    Babel(app, default_locale="nl_BE")
    with app.test_request_context():
        yield


@settings(max_examples=30, deadline=None)
@given(FAMILY)
def test_no_name_lies_on_a_line_or_on_another_and_all_are_in_the_picture(names: tuple[list[str], ...]) -> None:
    assert not faults(family(names))


@pytest.mark.parametrize("count", range(12))
def test_any_number_of_people_has_a_place(count: int) -> None:
    assert not faults(family(tuple([f"Tante Betty {number}" for number in range(count)] for _ring in Ring)))


def test_who_stands_in_the_drawing_and_who_waits_behind_it_are_all_there_are() -> None:
    shown = family((SHORT, SHORT + SHORT, LONG))
    for ring in drawn.drawing(shown).rings:
        standing = [mark.person for mark in ring.marks if mark.person]
        more = sum(mark.more for mark in ring.marks)
        assert len(standing) <= MOST[ring.of.ring]
        assert len(standing) + more == len(ring.of.people)
        assert len({one.thing.id for one in standing}) == len(standing)


def test_five_eight_and_eight_with_names_as_people_have_them_all_stand_in_round_rings() -> None:
    close = ["Tante Betty", "Oma", "Moeke", "Buur An", "Nonkel Fons", "Peter", "Lies", "Bompa"]
    services = ["Laura", "Mevrouw Knapen", "Lisa", "Dokter Peeters", "Juf Ann", "CLB Mia", "Coach Tom", "Els"]
    made = drawn.drawing(family((["Sara", "Jef", "Kaat", "Noor", "Lou"], close, services)))
    assert [sum(1 for mark in ring.marks if mark.person) for ring in made.rings] == [5, 8, 8]
    assert not any(mark.more for ring in made.rings for mark in ring.marks)
    _left, _top, wide, high = map(float, made.box.split())
    assert high <= wide * 1.15


def test_the_longest_name_makes_way_first_and_is_not_cut() -> None:
    made = drawn.drawing(family((["Sara"], ["Oma", "W" * 80, "Moeke"], [])))
    close = made.rings[1]
    assert [mark.person.name for mark in close.marks if mark.person] == ["Oma", "Moeke"]
    assert [mark.more for mark in close.marks if mark.more] == [1]


def test_a_line_is_as_long_as_it_says_when_every_letter_is_ours() -> None:
    made = drawn.drawing(family((["Zoë"], ["Дід"], [])))
    ours, theirs = made.rings[0].marks[0].lines[0], made.rings[1].marks[0].lines[0]
    assert ours.long == round(drawn.widths.width("Zoë", drawn.TEXT))
    assert theirs.long is None


def test_the_line_that_is_drawn_is_the_line_that_is_reckoned_with() -> None:
    numbers = [float(one) for one in re.findall(r"-?\d+\.?\d*", drawn.path(1000, 1))]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    for first in range(0, len(points) - 1, 3):
        for step in range(21):
            part = step / 20
            shares = ((1 - part) ** 3, 3 * part * (1 - part) ** 2, 3 * part**2 * (1 - part), part**3)
            four = list(zip(shares, points[first : first + 4], strict=True))
            x, y = (sum(share * point[axis] for share, point in four) for axis in (0, 1))
            assert rings.norm(x, y) == pytest.approx(1000, abs=1)


def test_names_are_wrapped_as_wide_as_the_drawing_has_room() -> None:
    lines = letters.wrapped("Buurvrouw Annemie", drawn.TEXT, drawn.WIDE, drawn.WIDEST)
    assert letters.width_of(lines, drawn.TEXT) < 100


def test_a_family_of_long_names_is_laid_out_a_few_times_only(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []
    laid_out = drawn.rings.laid_out
    monkeypatch.setattr(drawn.rings, "laid_out", lambda sizes: tried.append(sizes) or laid_out(sizes))
    many = [f"{'W' * 9}-{'M' * 9} {number}" for number in range(12)]
    made = drawn.drawing(family((many, many, many)))
    assert len(set(tried)) <= 7
    assert any(mark.more for ring in made.rings for mark in ring.marks)
