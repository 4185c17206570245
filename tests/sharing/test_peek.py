"""Zo ziet (naam) het, for a guest: the very pages that guest gets, to look at and to touch nothing."""

import re
from collections.abc import Collection, Iterator
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.policy.matrix import DOORS, cases
from tests.sharing.pages import root, tokens_off
from tests.support.world import World, Worlds

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]

ADDRESS = re.compile(r'\b([\w-]+)="(/[^"]*)"')
BAR = re.compile(r'<aside class="notice today peeking".*?</aside>', re.DOTALL)
UNSTEADY = re.compile(
    r'(name="csrf_token" value=")[^"]*|(?<=value=")(?:[0-9a-f]{32}|[0-9a-f-]{36}|[\d-]{10}T[^"]*)(?=")'
)


# The line on "Ons plan" that leads there.
HEARD = re.compile(
    r'<ul class="menu">\s*<li><a class="menu-row"(?:(?!</ul>).)*vertelt jou iets(?:(?!</ul>).)*</ul>\s*', re.S
)
SPACE = re.compile(r"\s+")
# What a child told a guest: no host reads along.
TOLD = {"children.told", "children.told_one", "children.told_file"}


def pages_of(world: World, who: str, endpoints: Collection[str] = frozenset(DOORS) - TOLD) -> Iterator[str]:
    """Every page of the plan that this guest may look at, as it stands in an address after the plan."""
    for rule in world.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint in endpoints:
            for case in cases(world.cast, DOORS[rule.endpoint]):
                if who in case.who:
                    yield world.path(rule.endpoint, case.values).partition(str(world.cast.plan))[2].removeprefix("/")


def inside(cast: Cast, who: str) -> str:
    return f"{root(cast)}/wie-ziet-wat/{cast.id(f'share {who}')}/zo"


def bare(page: str) -> str:
    """A page without its addresses, tokens, and what tells that it only shows."""
    page = SPACE.sub(" ", HEARD.sub("", page))
    return BAR.sub("", ADDRESS.sub(r"\1", UNSTEADY.sub(r"\1", page)).replace("<button disabled", "<button"))


@pytest.mark.parametrize(("who", "host"), [("lisa", "sara"), ("lisa", "jef"), ("bert", "sara")])
def test_a_host_sees_to_the_letter_what_the_guest_sees(worlds: Worlds, database_kind: str, who: str, host: str) -> None:
    world, tried = worlds(database_kind), 0
    for page in pages_of(world, who):
        own = world.ask(who, "GET", f"{root(world.cast)}/{page}")
        if own.status_code != 200 or own.mimetype != "text/html":
            continue
        seen = world.ask(host, "GET", f"{inside(world.cast, who)}/{page}".rstrip("/"))
        assert seen.status_code == 200, page
        assert bare(seen.text) == bare(own.text), page
        assert len(BAR.findall(seen.text)) == 1, page
        tried += 1
    assert tried >= 7


def test_what_a_child_told_the_guest_shows_to_no_host(worlds: Worlds, database_kind: str) -> None:
    world = worlds(database_kind)
    told = list(pages_of(world, "lisa", TOLD))
    assert told
    for page in told:
        assert world.ask("sara", "GET", f"{inside(world.cast, 'lisa')}/{page}").status_code == 404, page


@pytest.mark.parametrize("who", ["lisa", "bert"])
def test_nothing_leads_out_and_no_button_works(worlds: Worlds, database_kind: str, who: str) -> None:
    world = worlds(database_kind)
    here = inside(world.cast, who)
    for page in pages_of(world, who):
        answer = world.ask("sara", "GET", f"{here}/{page}".rstrip("/"))
        if answer.status_code != 200 or answer.mimetype == "image/webp":
            continue
        shown = BAR.sub("", answer.text)
        out = [found[2] for found in ADDRESS.finditer(shown) if not found[2].startswith((here, "/static/"))]
        assert set(out) == {"/weg", "/kalender"}, page
        assert not re.search(r'<button (?!disabled|type="submit">)', shown), page
        for action in re.findall(r'(?:form)?action="(/p/[^"]*)"', shown):
            before = set(world.wrote)
            assert world.ask("sara", "POST", action).status_code in {404, 405}, action
            assert not set(world.wrote) - before - {"session", "seat"}, action


@pytest.mark.parametrize("who", ["lisa", "bert"])
def test_it_is_no_look_and_writes_nothing(worlds: Worlds, database_kind: str, who: str) -> None:
    world = worlds(database_kind)
    for page in pages_of(world, who):
        world.ask("sara", "GET", f"{inside(world.cast, who)}/{page}".rstrip("/"))
        assert not set(world.wrote) - {"session", "seat"}, page


def test_the_browser_of_who_looks_stays_as_it_was(cast: Cast) -> None:
    """How they look at our people is theirs, and what was said to them is not said to the guest."""
    sara = cast.client_of("sara")
    sara.get(f"{root(cast)}/mensen?toon=lijst")
    with sara.session_transaction() as kept:
        kept["_flashes"] = [("message", "Voor Sara alleen")]
        before = {**kept}
    page = sara.get(f"{inside(cast, 'lisa')}/mensen?toon=groepen").text
    assert "Voor Sara alleen" not in page
    with sara.session_transaction() as kept:
        assert {**kept, "csrf_token": ""} == {**before, "csrf_token": ""}
    assert "Voor Sara alleen" in sara.get(f"{root(cast)}/").text


def test_who_looks_is_themselves_again_afterwards(cast: Cast) -> None:
    sara = cast.client_of("sara")
    assert "Je bent te gast" in sara.get(inside(cast, "lisa")).text
    assert "Je bent te gast" not in sara.get(f"{root(cast)}/").text
    assert sara.get(f"{root(cast)}/doelen/{cast.id('goal alone')}").status_code == 200


def _same(one: FlaskClient, path: str, nothing: str) -> None:
    answer, other = one.get(path), one.get(nothing)
    assert (answer.status_code, UNSTEADY.sub("", answer.text)) == (404, UNSTEADY.sub("", other.text))


@pytest.mark.parametrize("page", ["", "/doelen", "/afspraken"])
def test_a_guest_of_one_parent_alone_is_not_there_for_the_other(cast: Cast, page: str) -> None:
    nothing = f"{root(cast)}/wie-ziet-wat/{UUID(int=4 << 76 | 8 << 60)}/zo{page}"
    _same(cast.client_of("jef"), inside(cast, "bert") + page, nothing)
    _same(cast.client_of("nele"), inside(cast, "lisa") + page, nothing)
    _same(cast.client_of("lisa"), inside(cast, "lisa") + page, nothing)
    _same(cast.client_of("lies"), inside(cast, "lisa") + page, nothing)


@pytest.mark.parametrize(
    "page",
    [
        "doelen/{goal alone}", "doelen/{goal elsewhere}", "doelen/nieuw", "wie-ziet-wat", "veranderd", "papier",
        "voor/{share oma}", "wie-ziet-wat/{share lisa}/zo/doelen", "bestaat-niet", "../../../weg", "static/css/app.css",
    ],
)  # fmt: skip
def test_what_a_guest_has_no_page_of_is_not_there(cast: Cast, page: str) -> None:
    for name, piece in cast.pieces.items():
        page = page.replace(f"{{{name}}}", str(piece.id))
    assert cast.client_of("sara").get(f"{inside(cast, 'lisa')}/{page}").status_code == 404


@pytest.mark.parametrize("who", ["away", "late", "oma"])
def test_an_ended_visit_and_a_link_have_no_pages(cast: Cast, who: str) -> None:
    assert cast.client_of("sara").get(f"{inside(cast, who)}/doelen").status_code == 404


def test_stop_ends_the_looking_too(cast: Cast) -> None:
    sara = cast.client_of("sara")
    assert sara.get(f"{inside(cast, 'lisa')}/doelen").status_code == 200
    sara.post(f"{root(cast)}/wie-ziet-wat/{cast.id('share lisa')}/stop")
    assert sara.get(f"{inside(cast, 'lisa')}/doelen").status_code == 404
