"""What holds for every page there is: valid HTML, few bytes, few queries, and no more of them for a larger plan."""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse

from tests.cast import EVERYBODY, Cast
from tests.policy.matrix import DOORS, Case, cases
from tests.support.templates import ROOT
from tests.support.validity import Validator
from tests.support.world import World, Worlds

PAGE, FRAGMENT, FIRST_PAINT, SCRIPTS = 8 * 1024, 3 * 1024, 28 * 1024, 25 * 1024
ELEMENTS, QUERIES = 500, 8
# A child's layer is a root of its own: what lies there and who looked at it is asked beside the plan's eight where both
# cannot be asked at once, however many children, words and looks there are.
OF_A_LAYER = 2
ABOUT_LAYERS = re.compile(r"\b(?:layer_link|said|reply|said_look|trusted)\b")
OF_THE_PLAN = re.compile(r"\b(?:session|seat|member|share|person)\b|\"plan\"")


def compressed(data: bytes) -> int:
    """Bytes on the line."""
    return len(gzip.compress(data, 6, mtime=0))


def readable(world: World) -> Iterator[tuple[str, str, str]]:
    """Every page, once for each sort of reader: who, what, and its address."""
    for rule in world.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        if rule.endpoint not in DOORS:
            given = dict.fromkeys(rule.arguments, "something")
            yield "nobody", rule.endpoint, world.path(rule.endpoint, given)
            continue
        for case in cases(world.cast, DOORS[rule.endpoint]):
            for who in sorted(case.who):
                yield who, f"{rule.endpoint} ({case.about})", world.path(rule.endpoint, case.values)


def is_html(answer: TestResponse) -> bool:
    return answer.mimetype == "text/html"


# ---- valid -----------------------------------------------------------------------------------------------------------


def test_every_page_is_valid_html(worlds: Worlds, html_validator: Validator) -> None:
    world, faults = worlds("sqlite"), []
    for who, what, path in readable(world):
        answer = world.ask(who, "GET", path)
        if answer.status_code == 200 and is_html(answer):
            faults += [f"{who} {what}: {fault}" for fault in html_validator.faults(answer.get_data(as_text=True))]
    assert not faults, "\n".join(faults)


def test_every_refused_form_is_valid_html(worlds: Worlds, html_validator: Validator) -> None:
    """A page with errors, the one 404, the question for the key, and what stands there when a token is old."""
    world, faults = worlds("sqlite"), []
    for rule in world.app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()):
            continue
        door = DOORS.get(rule.endpoint)
        given = _first(world, door).values if door else dict.fromkeys(rule.arguments, "something")
        path = world.path(rule.endpoint, given)
        for who in ("sara", "oma", "nobody"):
            for data in (
                {"csrf_token": world.token(), "words": "<b>" * 900, "version": "1"},
                {"words": "Zonder bewijs"},
            ):
                answer = world.ask(who, "POST", path, data)
                if is_html(answer) and answer.get_data():
                    found = html_validator.faults(answer.get_data(as_text=True))
                    faults += [f"{who} {rule.endpoint} {answer.status_code}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


def _first(world: World, door: Any) -> Case:
    found = cases(world.cast, door)
    return next((case for case in found if "sara" in case.who), found[0])


# ---- small -----------------------------------------------------------------------------------------------------------


def test_every_page_is_small(worlds: Worlds) -> None:
    """The page, the sheets it waits for, and its scripts together; fonts and pictures come after."""
    world, faults = worlds("sqlite"), []
    for who, what, path in readable(world):
        answer = world.ask(who, "GET", path)
        if answer.mimetype == "application/pdf":
            continue
        data = answer.get_data()
        size, elements = compressed(data), len(re.findall(rb"<[a-z]", data))
        sheets, scripts = linked(data, "css"), linked(data, "js")
        faults += [f"{who} {what}: {size} bytes"] if size > PAGE else []
        faults += [f"{who} {what}: {elements} elements"] if elements > ELEMENTS else []
        faults += [f"{who} {what}: {size + sheets} bytes to the first paint"] if size + sheets > FIRST_PAINT else []
        faults += [f"{who} {what}: {scripts} bytes of scripts"] if scripts > SCRIPTS else []
    assert not faults, "\n".join(faults)


def linked(page: bytes, sort: str) -> int:
    """Bytes of the sheets or the scripts that a page names."""
    names = {
        name.decode() for name in re.findall(rb'"/static/([\w/.-]+?)\.[0-9a-f]{10}\.' + sort.encode() + rb'"', page)
    }
    return sum(_file_size(f"{name}.{sort}") for name in sorted(names))


@cache
def _file_size(name: str) -> int:
    return compressed((ROOT / "static" / name).read_bytes())


def test_what_a_page_names_is_weighed() -> None:
    named = b'<link rel="stylesheet" href="/static/css/app.0123456789.css"><script src="/static/js/app.0123456789.js">'
    assert linked(named, "css") > 5 * 1024
    assert linked(named, "js") > 1024


def test_fragments_are_small(worlds: Worlds) -> None:
    world, faults, tried = worlds("sqlite"), [], 0
    for endpoint, door in DOORS.items():
        rule = next(rule for rule in world.app.url_map.iter_rules() if rule.endpoint == endpoint)
        case = _first(world, door)
        if "POST" not in (rule.methods or ()) or "sara" not in case.who:
            continue
        answer = _as_htmx(world, world.path(endpoint, case.values))
        text = answer.get_data()
        if text and b"<html" not in text:
            tried += 1
            faults += [f"{endpoint}: {compressed(text)} bytes"] if compressed(text) > FRAGMENT else []
    assert not faults, "\n".join(faults)
    assert tried >= 2


def test_every_fragment_is_valid_html(worlds: Worlds, html_validator: Validator) -> None:
    """What htmx puts in the place of a part of a page, also when the form misses something."""
    world, faults, tried = worlds("sqlite"), [], 0
    around = (
        '<!doctype html>\n<html lang="nl"><head><title>Ons plan</title></head><body><main>{}</main></body></html>\n'
    )
    for endpoint, door in DOORS.items():
        rule = next(rule for rule in world.app.url_map.iter_rules() if rule.endpoint == endpoint)
        case = _first(world, door)
        if "POST" in (rule.methods or ()) and "sara" in case.who:
            text = _as_htmx(world, world.path(endpoint, case.values)).get_data(as_text=True)
            if text and "<html" not in text:
                tried += 1
                faults += [f"{endpoint}: {fault}" for fault in html_validator.faults(around.format(text.strip()))]
    assert not faults, "\n".join(faults)
    assert tried >= 2


def _as_htmx(world: World, path: str) -> TestResponse:
    from tests.support.world import TYPED

    client = world.app.test_client(use_cookies=False)
    with world.taken_back():
        return client.post(
            path,
            headers={"Cookie": world.cookies["sara"], "HX-Request": "true"},
            data={"csrf_token": world.token(), "form_key": "f" * 32, **TYPED},
        )


# ---- few queries -----------------------------------------------------------------------------------------------------


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements both stores get meanwhile."""
    from app.db import db

    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(" ".join(statement.split()))

    with app.app_context():
        engines = list(db.engines.values())
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield statements
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.both_databases
def test_every_page_asks_little_of_the_databases(worlds: Worlds, database_kind: str) -> None:
    world, faults = worlds(database_kind), []
    for who, what, path in readable(world):
        with counted(world.app) as statements:
            world.ask(who, "GET", path)
        beside = _of_layers(statements)
        asked = f"{len(statements) - beside} queries and {beside} of layers"
        too_many = len(statements) - min(beside, OF_A_LAYER) > QUERIES
        faults += [f"{who} {what}: {asked}"] if too_many else []
    assert not faults, "\n".join(faults)


def _of_layers(statements: list[str]) -> int:
    """How many of these ask about children's layers and about nothing else."""
    return sum(bool(ABOUT_LAYERS.search(one)) and not OF_THE_PLAN.search(one) for one in statements)


TENFOLD = [endpoint for endpoint in DOORS if not endpoint.startswith("sharing.report")]


def _pictured(body: Any, plan: UUID) -> Any:
    """With a photo of its own, as each lies on one thing only; no page that names it opens its files."""
    import msgspec

    from app.items import Photo
    from app.media import ledger
    from app.media.nouns import Sort

    photo = Photo(uuid4(), "Een foto", 40, 30)
    ledger.add(photo.id, plan, ledger.Files(Sort.PHOTO, uuid4().hex, uuid4().hex, 2))
    return msgspec.structs.replace(body, photo=photo, voice=None, film=None)


@pytest.fixture
def tenfold(cast: Cast, app: Flask) -> Cast:
    """The plan of Sara and Jef, ten times as large, with a photo on everything that came."""
    from app.agreements.models import AGREEMENT
    from app.agreements.nouns import AgreementState
    from app.change import Add, change
    from app.db import Only
    from app.goals.models import GOAL, STEP
    from app.goals.nouns import GoalState, StepState
    from app.moments.models import MOMENT
    from app.people.models import PERSON
    from app.policy.actions import Action
    from app.scope import load

    adding = {
        GOAL: (Action.GOAL_ADD, GoalState.NOW),
        AGREEMENT: (Action.AGREEMENT_ADD, AgreementState.OPEN),
        PERSON: (Action.PERSON_ADD, Only.ACTIVE),
        MOMENT: (Action.MOMENT_ADD, Only.ACTIVE),
    }
    with app.app_context():
        whole = load(cast.sara, STEP, *adding)
        for kind, (action, state) in adding.items():
            bodies = [_pictured(thing.body, cast.plan) for thing in whole.all(kind) for _ in range(9)]
            change(cast.sara, action, *(Add(kind, body, state) for body in bodies))
        goal = cast.thing("goal of us", "sara")
        bodies = [_pictured(step.body, cast.plan) for step in whole.all(STEP) for _ in range(9)]
        change(cast.sara, Action.STEP_ADD, *(Add(STEP, body, StepState.OPEN, under=goal) for body in bodies))
    return cast


@pytest.mark.both_databases
def test_a_plan_ten_times_as_large_asks_no_more(worlds: Worlds, database_kind: str, tenfold: Cast) -> None:
    small, faults = worlds(database_kind), []
    assert tenfold.app is not None
    large = World(tenfold.app, tenfold)
    for who in EVERYBODY:
        large.let_in(who)
    asked: dict[str, int] = {}
    for world in (small, large):
        for who, what, path in _of_the_family(world):
            with counted(world.app) as statements:
                world.ask(who, "GET", path)
            asked.setdefault(what, len(statements))
            if len(statements) > asked[what]:
                faults.append(f"{who} {what}: {len(statements)} queries, {asked[what]} in a small plan")
    assert not faults, "\n".join(faults)


@pytest.mark.both_databases
def test_what_others_changed_out_of_sight_costs_nothing(cast: Cast, app: Flask) -> None:
    """Nor can it be told from how long a page takes."""
    import msgspec

    from app.change import Put, change
    from app.policy.actions import Action

    client, counts = cast.client_of("jef"), []
    for changes in (0, 130):
        with app.app_context():
            for number in range(changes):
                goal = cast.thing("goal alone", "sara")
                body = msgspec.structs.replace(goal.body, words=f"Voor mij alleen {number}")
                change(cast.sara, Action.GOAL_CHANGE, Put(goal, body))
        with counted(app) as statements:
            page = client.get(f"/p/{cast.plan}/veranderd").get_data(as_text=True)
        assert "Voor mij alleen" not in page
        counts.append(len(statements))
    assert counts[1] <= counts[0] <= QUERIES


def _of_the_family(world: World) -> Iterator[tuple[str, str, str]]:
    """Pages of Sara, those that Lisa as a guest sees too, and oma's."""
    kinds = {"device", "entry"}
    for endpoint in TENFOLD:
        rule = next(rule for rule in world.app.url_map.iter_rules() if rule.endpoint == endpoint)
        door = DOORS[endpoint]
        if "GET" in (rule.methods or ()) and not kinds & set(door.kinds):
            case = _first(world, door)
            who = "sara" if "sara" in case.who else "oma"
            yield who, f"{endpoint} ({case.about})", world.path(endpoint, case.values)
            shown = next((case for case in cases(world.cast, door) if "lisa" in case.who), None)
            if shown is not None:
                yield "lisa", f"{endpoint} ({shown.about}), a guest", world.path(endpoint, shown.values)


def test_every_sort_of_page_is_among_them(worlds: Worlds) -> None:
    """The crawl reads what it should: every GET route, and more than one reader."""
    world = worlds("sqlite")
    found = {(who, what.partition(" ")[0]) for who, what, _path in readable(world)}
    gets = {rule.endpoint for rule in world.app.url_map.iter_rules() if "GET" in (rule.methods or ())} - {"static"}
    # The paper of a guest whom the family lets print: nobody of the cast is one (tests/export/test_guests.py).
    assert {endpoint for _who, endpoint in found} == gets - {"export.own"}
    assert {who for who, _endpoint in found} >= {"sara", "jef", "nele", "lisa", "bert", "oma", "els", "lies", "nobody"}
