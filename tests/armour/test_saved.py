"""Saved is saved, and twice is once: every form of a plan, sent three times, and with every commit of it failing.

Of each POST route one form is found that changes something (`_written`). Sent again and again it has one effect. When a
commit fails as on a full disk, the answer says that it was not saved and carries all that was typed, the plan is as it
was or as it was to become, and what is sent from that very page then has its whole effect, once.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape
from typing import Any
from zlib import crc32

import psycopg
import pytest
import time_machine
from sqlalchemy.exc import OperationalError

from app.db import now
from tests.cast import EVERYBODY
from tests.childpages.test_code import emptied
from tests.policy.matrix import DOORS, _case, cases
from tests.support.full import FILE, keep
from tests.support.rewind import Rewound, Rows

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
SECRETS = {"csrf_token", "form_key", "password"}
NOT_SAVED = "Bewaren lukt nu niet."
Rewounds = Callable[[str], Rewound]


@dataclass(frozen=True)
class Step:
    """A form that goes before; `about` names the thing, without it the first that lets this somebody in."""

    endpoint: str
    who: str
    about: str = ""
    form: Callable[[Rewound], Mapping[str, Any]] = lambda _rewound: {}


@dataclass(frozen=True)
class Way:
    """How a route is given something to write: what is typed, about what, what goes before, and how much later."""

    form: Callable[[Rewound], Mapping[str, Any]] = lambda _rewound: {}
    before: tuple[Step, ...] = ()
    about: str = ""
    days: int = 0


def fields(**given: Any) -> Way:
    return Way(lambda _rewound: given)


def after(endpoint: str, who: str = "sara", about: str = "", **given: Any) -> Way:
    return Way(before=(Step(endpoint, who, about, lambda _rewound: given),), about=about)


def _talk(rewound: Rewound) -> dict[str, str]:
    day = date.fromisoformat(rewound.world.cast.day) + timedelta(days=3)
    return {"others": "huisarts", "day": day.isoformat(), "about": "Over de school"}


def _for(name: str) -> Callable[[Rewound], dict[str, str]]:
    return lambda rewound: {"who": str(rewound.world.cast.people[name]), "day": rewound.world.cast.day}


def _accepts(name: str) -> Way:
    """Somebody says yes to other words than they said yes to before."""
    changed = Step("agreements.change", "sara", f"agreement of {name}", _for(name))
    return Way(lambda _rewound: {"version": "2"}, (changed,), f"agreement of {name}")


def _visit(rewound: Rewound) -> dict[str, str | None]:
    page = rewound.page("lisa", f"/p/{rewound.world.cast.plan}/stel-voor?doe=new&over=agreement")
    carried = {
        unescape(name): unescape(text)
        for name, text in HIDDEN.findall(page.partition('id="visit"')[2])
        if name != "csrf_token"
    }
    return {**carried, "what": "Samen thee drinken", "why": "dan is er tijd", "do": "send", "who": None}


def _news(rewound: Rewound) -> dict[str, str]:
    page = rewound.page("sara", f"/p/{rewound.world.cast.plan}/nieuw")
    return {unescape(name): unescape(text) for name, text in HIDDEN.findall(page) if name == "until"}


def _says_more(_rewound: Rewound) -> dict[str, str]:
    return {"why": "Het ging goed"}


def _mil(rewound: Rewound) -> dict[str, str]:
    return {"person": str(rewound.world.cast.people["mil"])}


def _code_of_lies(rewound: Rewound) -> dict[str, str]:
    """Kaat keeps nothing in our plan yet, and made a code in that of Lies."""
    from app.children import twice

    cast = rewound.world.cast
    emptied(cast, "kaat")
    with rewound.world.app.test_request_context():
        return {"code": twice.make_code(cast.kaat_too, "Europe/Brussels")}


ASKED = Step("leaving.ask", "sara")
WAYS: dict[str, Way] = {
    "agreements.accept": _accepts("nele"),
    "agreements.add": fields(who=None),
    "agreements.change": fields(who=None),
    "agreements.reopen": after("agreements.not_needed"),
    "agreements.report_words": Way(_says_more, (Step("agreements.report_done", "lisa"),)),
    "agreements.someone_else": Way(_for("oma")),
    "childpages.give_home_code": Way(_code_of_lies),
    "childpages.join_home": Way(_code_of_lies, about="member kaat"),
    "childpages.make": Way(_mil, (Step("childpages.stop", "sara", "member mil"),)),
    "childpages.tap_picture": fields(way="kies", sure="1", so_far=["1F431", "1F436", "1F41F", "2B50"]),
    "children.bring_back": after("children.put_away", "kaat", "said kaat kept"),
    "children.keep_to_self": Way(about="said kaat to sara"),
    "children.let_not_see": Way(about="said kaat to oma"),
    "children.put_away": Way(about="said kaat kept"),
    "children.say_feeling": fields(feeling="sad"),
    "days.untick": after("days.tick", "kaat", "step kaat"),
    "entry.new_link": after("entry.agree", "jef"),
    "entry.set_password": fields(login="sara.v", password="een lange zin van ons"),
    "goals.now": after("goals.later"),
    "goals.step_open": after("goals.step_done"),
    "guests.give_thanks": Way(before=(Step("guests.leave", "lisa"),), about="share lisa"),
    "home.begin_rename": fields(later=None),
    "leaving.agree": Way(before=(ASKED,)),
    "leaving.go": fields(take="copy"),
    "leaving.stop": Way(before=(ASKED,)),
    "moments.add": fields(day=None),
    "moments.change": fields(day=None),
    "news.seen": Way(_news),
    "people.not_tonight": after("people.tonight"),
    "people.add_role": Way(lambda _rewound: {"relation": "buurvrouw"}, about="person oma"),
    "people.remove_role": Way(about="person oma"),
    "picking.pick": fields(picto="1F3E0"),
    "plan.forget_nights": after("plan.tell_nights", about="home", weekdays="0"),
    "plan.tell_nights": fields(weekdays="0"),
    "proposals.keep": fields(later="week"),
    "proposals.yes_but": fields(what="Samen thee drinken", who=None),
    "proposing.compose": Way(_visit),
    "sharing.accept": _accepts("oma"),
    "sharing.report_words": Way(_says_more, (Step("sharing.report_done", "oma"),)),
    "talks.add": Way(_talk),
    "talks.answer": fields(answer="coming", asked="1"),
    "talks.change": Way(_talk),
    "talks.say": Way(lambda _rewound: {"said": "Wij spraken over school"}, days=9),
    "wishes.ask_again": Way(before=(Step("wishes.take_back", "kaat", "said kaat wishes"),)),
    "wishes.keep": fields(later="week"),
}
# What keeps nothing of a plan, and where what it does keep is; or what one browser cannot do alone.
KEEPS_NOTHING = {
    "childpages.close_own_box": "a mark in the browser's own cookie",
    "childpages.close_own_page": "a mark in the browser's own cookie, and its session: the ledger",
    "childpages.give": "a mark in the browser's own cookie, and its session: the ledger",
    "childpages.keep_child_card": "drops the card from the browser's own cookie",
    "entry.begin_lock": "a challenge in the browser's own cookie",
    "entry.begin_prove_lock": "a challenge in the browser's own cookie",
    "entry.know_address": "said from another device than chose it: tests/entry",
    "entry.know_password": "said from another device than chose it: tests/entry",
    "entry.prove": "a mark in the browser's own cookie, and guesses: the ledger",
    "entry.prove_lock": "answers a challenge, which is spent: tests/entry",
    "entry.stop_address": "done from another device than chose it: tests/entry",
    "entry.know_device": "a mark on a seat: the ledger",
    "entry.make_lock": "answers a challenge, which is spent: tests/accounts/test_keys.py",
    "moments.drop_first_photo": "the cast's plan keeps no first photo: tests/moments/test_photos.py has one",
    "proposing.plain": "tells which words are hard",
    "together.start": "in the browser's own cookie",
    "together.stop": "in the browser's own cookie",
}


# Kept beside the door, without a history: what is sent again takes the place of the same, sealed anew.
SEALED_ANEW = {"entry.know_lock", "entry.set_password", "entry.stop_password", "guests.give_thanks"}


# ---- a form that changes something -----------------------------------------------------------------------------------


@dataclass
class Written:
    """A form that changed something, from the state before to the state after."""

    who: str
    path: str
    form: dict[str, Any]
    before: Rows
    after: Rows
    commits: int
    status: int


def _asked(rewound: Rewound, endpoint: str, about: str) -> Iterator[tuple[str, str]]:
    """Who may send this form, and where to."""
    world = rewound.world
    found = cases(world.cast, DOORS[endpoint])
    if about:
        found = [_case(world.cast, DOORS[endpoint], about, world.cast.pieces[about], world.cast.plan)]
    for case in found:
        for who in EVERYBODY:
            if who in case.who:
                yield who, world.path(endpoint, case.values)


def _written(rewound: Rewound, endpoint: str) -> Written | None:
    """The first form of a route that changes something; it is on its way, and was sent once."""
    way = WAYS.get(endpoint, Way())
    for who, path in _asked(rewound, endpoint, way.about):
        before, form = _begun(rewound, way)
        with _later(way):
            status = rewound.send(who, path, form).status_code
        commits, state = rewound.commits, rewound.state()
        if state != before:
            return Written(who, path, form, before, state, commits, status)
    return None


def _begun(rewound: Rewound, way: Way) -> tuple[Rows, dict[str, Any]]:
    """All as it was at first, what goes before done, and a form filled in."""
    rewound.rewind()
    for step in way.before:
        path = next(path for who, path in _asked(rewound, step.endpoint, step.about) if who == step.who)
        answer = rewound.send(step.who, path, rewound.form(**step.form(rewound)))
        assert answer.status_code < 400, (step, answer.text)
    form = rewound.form(**way.form(rewound))
    return rewound.state(), form


def _later(way: Way) -> Any:
    return time_machine.travel(now() + timedelta(days=way.days)) if way.days else nullcontext()


def _effect(before: Rows, after: Rows) -> dict[str, tuple[int, int]]:
    """Of each table that differs, how many rows came and how many went; ids and instants differ each time."""
    return {name: (len(after[name] - before[name]), len(before[name] - after[name])) for name in before
            if after[name] != before[name]}  # fmt: skip


# ---- the proofs ------------------------------------------------------------------------------------------------------


def full_disk(kind: str) -> OperationalError:
    """What SQLAlchemy raises when there is no room for a commit."""
    if kind == "postgresql":
        return OperationalError(None, None, psycopg.errors.DiskFull("could not extend file"))
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_FULL, "SQLITE_FULL"
    return OperationalError(None, None, error)


def _faults(rewound: Rewound, kind: str, endpoint: str, *, failing: bool) -> Iterator[str]:
    written = _written(rewound, endpoint)
    if (written is None) is not (endpoint in KEEPS_NOTHING):
        yield "nothing is written by this form: say how in WAYS" if written is None else "it does keep something"
    if written is None:
        return
    way = WAYS.get(endpoint, Way())
    with _later(way):
        for _again in range(2):
            rewound.send(written.who, written.path, written.form)
        thrice = rewound.state()
        anew = endpoint in SEALED_ANEW and _effect(written.before, thrice) == _effect(written.before, written.after)
        if thrice != written.after and not anew:
            yield f"sent three times it does {_effect(written.after, thrice)} more"
        for number in range(1, written.commits + 1 if failing else 1):
            yield from _faults_of_failing(rewound, kind, written, way, number)


def _faults_of_failing(rewound: Rewound, kind: str, written: Written, way: Way, number: int) -> Iterator[str]:
    """What is wrong when one commit of this form finds no room, and the page that says so is sent again."""
    before, form = _begun(rewound, way)
    with rewound.failing(number, lambda: full_disk(kind)):
        answer = rewound.send(written.who, written.path, form)
        if rewound.commits < number:
            return
    where, whole = f"commit {number} of {written.commits}", _effect(written.before, written.after)
    if answer.status_code == written.status and _effect(before, rewound.state()) == whole:
        return  # what failed is only a ledger's clock, which may wait
    if answer.status_code != 507 or NOT_SAVED not in answer.text:
        yield f"{where}: {answer.status_code}, and not that it was not saved"
        return
    carried = [(unescape(name), unescape(text)) for name, text in HIDDEN.findall(answer.text)]
    if typed := {pair for pair in _pairs(form) if pair[0] not in SECRETS} - set(carried):
        yield f"{where}: typed, and not on the page: {typed}"
    stands = _effect(before, rewound.state())
    if _of_plan(stands) not in ({}, _of_plan(whole)):
        yield f"{where}: left halfway, {stands} of {whole}"
    again: dict[str, Any] = {**form, **{name: [text for its, text in carried if its == name] for name, _ in carried}}
    if rewound.send(written.who, written.path, again).status_code != written.status:
        yield f"{where}: sent again from that page it is not taken"
    if _of_plan(_effect(before, rewound.state())) != _of_plan(whole):
        yield f"{where}: sent again it does {_effect(before, rewound.state())}, not {whole}"


def _pairs(form: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a form sends: of a field that is there more than once, each."""
    return [(name, text) for name, given in form.items() for text in (given if isinstance(given, list) else [given])]


def _of_plan(effect: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """What families see of it: a key without a plan, or an ending of what still goes on, only counts in a restore; so
    does how something would have stood.
    """
    return {name: counts for name, counts in effect.items() if name not in {"wrapped_key", "ending", "standing"}}


def _posts(rewound: Rewound, part: int) -> list[str]:
    """A part of the POST routes of a plan."""
    found = {rule.endpoint for rule in rewound.world.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    return sorted(endpoint for endpoint in found & set(DOORS) if crc32(endpoint.encode()) % PARTS == part)


PARTS = 8
ON_POSTGRESQL = range(PARTS) if FILE else range(1)


@pytest.mark.long
@pytest.mark.parametrize(
    ("database_kind", "part"),
    [
        *(("sqlite", part) for part in range(PARTS)),
        *(pytest.param("postgresql", part, marks=pytest.mark.postgres) for part in ON_POSTGRESQL),
    ],
    indirect=["database_kind"],
)
def test_twice_is_once_and_a_full_disk_says_so(rewounds: Rewounds, database_kind: str, part: int) -> None:
    rewound, faults, failed = rewounds(database_kind), [], 0
    posts = _posts(rewound, part)
    for place, endpoint in enumerate(posts):
        failing = bool(FILE) or place % 4 == 0
        failed += failing
        found = _faults(rewound, database_kind, endpoint, failing=failing)
        faults += [f"{endpoint}: {fault}" for fault in found]
    keep("twice is once", database=database_kind, part=part, routes=len(posts), faults=len(faults))
    keep("saved is saved: a full disk at every commit of every form", database=database_kind, part=part, routes=failed)
    assert not faults, "\n".join(faults)
