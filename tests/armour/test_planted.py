"""Planted code: whatever people wrote, in every text of every thing, stays a text on every page."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest

from app import memory
from app.export.commands import _pages
from app.export.nouns import OF_A_CHILD, Choice, Sort
from app.items import Kind
from tests.armour.test_pages import is_html, readable
from tests.policy.matrix import DOORS, cases
from tests.support.world import TYPED, World, Worlds

PLANTED = "\"'><zwart onzwart=1>&lt;zwart2&gt;</title></textarea></svg>--><zwart>{{ 7 * 7 }}%(x)s \\"
NOT_WRITTEN = {"language", "zone", "first_about"}


class Reader(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.words = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "zwart" in tag or any("zwart" in name for name, _value in attrs):
            self.faults.append(self.get_starttag_text() or tag)
        self.words += sum("<zwart" in (value or "") for _name, value in attrs)

    def handle_comment(self, data: str) -> None:
        self.faults += [data] if "zwart" in data else []

    def handle_data(self, data: str) -> None:
        self.words += data.count("<zwart")


def planted_with(code: str, value: Any, name: str = "") -> Any:
    """A value with code behind every text in it."""
    if type(value) is str and name not in NOT_WRITTEN:
        return value + code if value else value
    if isinstance(value, msgspec.Struct):
        fields = {one: planted_with(code, getattr(value, one), one) for one in value.__struct_fields__}
        return msgspec.structs.replace(value, **fields)
    return tuple(planted_with(code, one) for one in value) if isinstance(value, tuple) else value


@pytest.fixture
def planted(worlds: Worlds, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The world, with planted code behind every text in it."""
    world, real = worlds("sqlite"), Kind.decode
    monkeypatch.setattr(Kind, "decode", lambda kind, data: planted_with(PLANTED, real(kind, data)))
    forget_all()
    yield world
    forget_all()


def forget_all() -> None:
    """What this process opened of any root, a child's layers too: the next to read opens it anew."""
    for root in memory.roots():
        memory.forget(root)


def writable(world: World) -> Iterator[tuple[str, str, str]]:
    """Every form, once for each sort of writer: who, what, and where it is sent."""
    for rule in world.app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and rule.endpoint in DOORS:
            for case in cases(world.cast, DOORS[rule.endpoint]):
                for who in sorted(case.who):
                    yield who, f"{rule.endpoint} ({case.about})", world.path(rule.endpoint, case.values)


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    return reader


def test_what_people_wrote_is_a_text_on_every_page(planted: World) -> None:
    faults, words = [], 0
    for who, what, path in readable(planted):
        answer = planted.ask(who, "GET", path)
        assert answer.status_code < 500, (who, what)
        if is_html(answer):
            reader = read(answer.text)
            words += reader.words
            faults += [f"{who} {what}: {fault}" for fault in reader.faults]
    assert not faults, "\n".join(faults)
    assert words > 1000


def test_what_people_wrote_is_a_text_on_every_page_that_a_form_gives_back(planted: World) -> None:
    faults, words = [], 0
    for who, what, path in writable(planted):
        for version in ("0", "x"):
            typed = {"csrf_token": planted.token(), **dict.fromkeys(TYPED, PLANTED), "version": version}
            answer = planted.ask(who, "POST", path, typed)
            assert answer.status_code < 500, (who, what)
            if is_html(answer):
                reader = read(answer.text)
                words += reader.words
                faults += [f"{who} {what}: {fault}" for fault in reader.faults]
    assert not faults, "\n".join(faults)
    assert words > 1000


OF_THE_PLAN = [(who, sort) for who in ("sara", "jef", "nele") for sort in Sort if sort not in OF_A_CHILD]
OF_KAAT = [(who, sort) for who in ("sara", "kaat") for sort in sorted(OF_A_CHILD)]


@pytest.mark.parametrize(("who", "sort"), [*OF_THE_PLAN, *OF_KAAT])
def test_what_people_wrote_is_a_text_on_paper(planted: World, sort: Sort, who: str) -> None:
    child = planted.cast.actors["kaat"].seat if sort in OF_A_CHILD else None
    with planted.app.test_request_context():
        pages = list(_pages(planted.cast.actors[who], sort, Choice(own=True, child=child), None))
    read_pages = [read(page) for page in pages]
    assert [reader.faults for reader in read_pages] == [[] for _page in pages]
    assert read_pages[0].words > (0 if sort in OF_A_CHILD else 5)
