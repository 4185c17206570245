"""Wie ziet wat, person by person: who looks in, all that one of them sees, and closing a thing for one person."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, event

from tests.cast import Cast
from tests.sharing.pages import main, person, root, share, tokens_off
from tests.sharing.test_audience import cast_version

__all__ = ["tokens_off"]
pytestmark = pytest.mark.both_databases


def page_of(cast: Cast, name: str, who: str = "sara") -> str:
    """What a parent reads about all that somebody sees."""
    answer = cast.client_of(who).get(f"{root(cast)}/wie-ziet-wat/wie/{cast.people[name]}")
    assert answer.status_code == 200
    return main(answer.text)


def listed(page: str) -> set[UUID]:
    return {UUID(one) for one in re.findall(r'id="i-([0-9a-f-]{36})"', page)}


ITEMS = {"goal", "step", "agreement", "outcome", "person", "contact", "home", "moment"}


@pytest.mark.parametrize(
    ("who", "of"),
    [("sara", "lisa"), ("jef", "lisa"), ("sara", "oma"), ("jef", "oma"), ("sara", "nele"), ("jef", "nele"),
     ("sara", "els"), ("sara", "bert"), ("sara", "peter"), ("sara", "kaat")],
)  # fmt: skip
def test_the_page_of_a_person_lists_what_they_see_and_nothing_else(cast: Cast, who: str, of: str) -> None:
    """Held against the cast's own list, which is written by hand."""
    expected = {
        piece.id
        for piece in cast.pieces.values()
        if piece.kind in ITEMS and not piece.removed and {who, of} <= piece.seen_by and piece.id != cast.people[of]
    }
    page = page_of(cast, of, who)
    assert listed(page) == expected
    assert not [name for name, canary in cast.canaries_not_for(who).items() if canary in page]


@pytest.mark.parametrize(("who", "of"), [("sara", "jef"), ("jef", "sara"), ("sara", "sara")])
def test_of_a_parent_no_list_is_made(cast: Cast, who: str, of: str) -> None:
    page = page_of(cast, of, who)
    assert "Ziet alles wat van ons is" in page
    assert not listed(page)


def test_a_child_with_a_page_is_not_said_to_see_nothing(cast: Cast) -> None:
    """It said "Ziet niets" above the list of all that Kaat sees."""
    page = page_of(cast, "kaat")
    assert "Ziet niets" not in page
    assert "Ziet een eigen bladzijde." in page


@pytest.mark.parametrize("of", ["els", "bert", "neighbour", "lies", "dirk"])
def test_whom_one_parent_keeps_has_no_page_for_the_other(cast: Cast, of: str) -> None:
    assert cast.client_of("jef").get(f"{root(cast)}/wie-ziet-wat/wie/{cast.people[of]}").status_code == 404


def test_the_list_names_everybody_and_what_they_see_in_words(cast: Cast) -> None:
    page = main(cast.client_of("sara").get(f"{root(cast)}/wie-ziet-wat").text)
    for said in ("Sara en Jef zien alles wat van ons is.", "Alle afspraken en wat wij willen", "Wie ziet niets?"):
        assert said in page
    for name in ("Tante Nele", "Lisa Bosuil", "Oma Rosa", "Els Watersnip", "Bert Ransuil", "Peter", "Kaat"):
        assert name in page
    theirs = main(cast.client_of("jef").get(f"{root(cast)}/wie-ziet-wat").text)
    assert "Lisa Bosuil" in theirs
    assert not re.search("Els|Bert|Buurman", theirs)


# ---- haal weg voor (naam) --------------------------------------------------------------------------------------------


def close(cast: Cast, name: str, of: str, who: str = "sara", key: str = "") -> int:
    at = f"{root(cast)}/wie-ziet/{cast.pieces[name].kind}/{cast.id(name)}/niet-voor/{cast.people[of]}"
    return cast.client_of(who).post(at, data={"form_key": key or uuid4().hex}).status_code


@pytest.mark.parametrize(
    ("name", "of"),
    [("goal of us", "lisa"), ("goal of us", "nele"), ("agreement of oma", "oma"), ("goal me and els", "els"),
     ("goal for the ring", "oma"), ("step of us", "lisa")],
)  # fmt: skip
def test_a_thing_goes_for_one_person_and_stays_for_the_others(cast: Cast, name: str, of: str) -> None:
    seen = {one: cast.id(name) in listed(page_of(cast, one)) for one in ("lisa", "nele", "oma", "els", "bert")}
    assert seen[of]
    assert close(cast, name, of) == 303
    after = {one: cast.id(name) in listed(page_of(cast, one)) for one in seen}
    assert after == {**seen, of: False}
    if "jef" in cast.pieces[name].seen_by:
        assert cast.canary(name) in cast.client_of("jef").get(f"{root(cast)}/veranderd").text


def test_what_hangs_on_it_goes_along(cast: Cast) -> None:
    assert cast.id("step of us") in listed(page_of(cast, "lisa"))
    assert close(cast, "goal of us", "lisa") == 303
    assert not {cast.id("goal of us"), cast.id("step of us")} & listed(page_of(cast, "lisa"))


def test_two_things_closed_from_one_page_are_two_changes_and_one_twice_is_one(cast: Cast) -> None:
    """All buttons of the page stand in one form, so they share its key."""
    key = uuid4().hex
    for name in ("goal of us", "goal of us", "goal with oma"):
        assert close(cast, name, "lisa", key=key) == 303
    assert not {cast.id("goal of us"), cast.id("goal with oma")} & listed(page_of(cast, "lisa"))


@pytest.mark.parametrize(
    ("who", "name", "of", "status"),
    [
        ("nele", "goal of us", "lisa", 404),
        ("lisa", "goal of us", "nele", 404),
        ("jef", "goal alone", "oma", 404),
        ("jef", "goal of us", "els", 404),
        ("sara", "goal of us", "lies", 404),
        ("sara", "share lisa", "lisa", 404),
        ("sara", "plan", "lisa", 404),
        ("sara", "member jef", "jef", 404),
    ],
)
def test_closing_is_for_parents_and_for_what_has_an_audience(
    cast: Cast, who: str, name: str, of: str, status: int
) -> None:
    assert close(cast, name, of, who) == status


def test_closing_for_a_parent_or_for_who_sees_nothing_changes_nothing(cast: Cast) -> None:
    before = [cast_version(cast, name) for name in ("goal closed", "goal of us")]
    assert close(cast, "goal closed", "lisa") == 303
    assert close(cast, "goal of us", "jef") == 303
    assert [cast_version(cast, name) for name in ("goal closed", "goal of us")] == before


# ---- many of them ----------------------------------------------------------------------------------------------------


@contextmanager
def asked() -> Iterator[list[str]]:
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


def test_with_twenty_five_services_the_pages_ask_no_more_and_stay_light(cast: Cast) -> None:
    import zlib

    sara, path = cast.client_of("sara"), f"{root(cast)}/wie-ziet-wat"
    one = f"{path}/wie/{cast.people['lisa']}"
    before = []
    for address in (path, one):
        with asked() as statements:
            sara.get(address)
        before.append(len(statements))
    for number in range(25):
        share(cast, person(cast, f"Dienst {number}"), "goals", by=sara)
    for address, asks in zip((path, one), before, strict=True):
        with asked() as statements:
            answer = sara.get(address)
        assert len(statements) == asks <= 8, address
        assert len(zlib.compress(answer.data, 6)) < 8 * 1024
        assert answer.text.count("<") / 2 < 500


def test_whom_a_parent_keeps_but_both_share_with_has_a_page_for_both(cast: Cast) -> None:
    """Sara wrote oma down and keeps her now; the link of oma is still one that both host, and both may close it."""
    at = f"{root(cast)}/wie-ziet/person/{cast.people['oma']}"
    assert cast.client_of("sara").post(at, data={"pick": "me", "form_key": uuid4().hex}).status_code == 303
    page = page_of(cast, "oma", "jef")
    assert cast.id("agreement of oma") in listed(page)
    assert f"/wie-ziet-wat/wie/{cast.people['oma']}" in cast.client_of("jef").get(f"{root(cast)}/wie-ziet-wat").text


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("goal", "agreement of oma"), ("step", "goal of us"), ("person", "contact phone of oma"),
        ("contact", "person oma"), ("outcome", "agreement of oma"), ("goal", "goal elsewhere"), ("card", "card sara"),
        ("proposal", "goal of us"), ("entry", "goal of us"), ("", "goal of us"), ("Goal", "goal of us"),
    ],
)  # fmt: skip
def test_a_kind_sent_by_hand_opens_nothing_of_another_kind(cast: Cast, kind: str, name: str) -> None:
    for path in ("", f"/niet-voor/{cast.people['lisa']}"):
        at = f"{root(cast)}/wie-ziet/{kind}/{cast.id(name)}{path}"
        data = {"pick": "we", "who": "we", "form_key": uuid4().hex}
        assert cast.client_of("sara").post(at, data=data).status_code == 404
