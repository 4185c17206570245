"""Hidden leaves no trace: what a reader may not see changes nothing of what that reader gets.

Every page of the matrix that a reader may open is asked for; then Sara adds, moves, changes and removes things of every
kind which that reader may not see, shares with somebody alone, and the pages are asked for again. They are the same to
the byte but for the tokens of forms: text, order, versions in forms, counts, notices, length and headers, and they cost
the database the same questions. Source: design page `access`, "Hidden leaves no trace".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from app.policy.audience import Audience, Who
from tests.cast import PARENTS, Cast
from tests.moments.album import drawn_here, jpeg, send
from tests.policy.matrix import DOORS, cases
from tests.sharing.pages import opened, tokens_off

__all__ = ["drawn_here", "tokens_off"]
# What a page shows is made above the database: once is enough for what takes a minute.

TOKENS = [
    re.compile(r'(name="(?:csrf_token|form_key|sent_key|mine_form_key|visit)" value=")[^"]*'),
    re.compile(r'(nonce=")[^"]*'),
    # News is read until the moment of the page.
    re.compile(r'(name="until" value=")[^"]*'),
]
# What a server says of the moment, not of the page.
OF_THE_MOMENT = {"Date", "Set-Cookie", "Server-Timing"}


@dataclass(frozen=True)
class Answer:
    """All that a reader can learn from one answer."""

    status: int
    text: str
    size: int
    headers: tuple[tuple[str, str], ...]
    queries: int


@contextmanager
def counted() -> Iterator[list[str]]:
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


def answer(client: FlaskClient, path: str) -> Answer:
    with counted() as statements:
        got = client.get(path)
    text = got.data.decode("utf-8", "backslashreplace")
    size = len(got.data)
    for token in TOKENS:
        text = token.sub(r"\1", text)
    headers = tuple(sorted((name, value) for name, value in got.headers if name not in OF_THE_MOMENT))
    return Answer(got.status_code, text, size, headers, len(statements))


def addresses(cast: Cast, who: str) -> list[str]:
    """Every page this reader may open; and some that are not there for anybody."""
    from flask import url_for

    assert cast.app is not None
    found: dict[str, None] = {}
    with cast.app.test_request_context():
        for rule in cast.app.url_map.iter_rules():
            if rule.endpoint in DOORS and "GET" in (rule.methods or ()) and rule.endpoint != "export.pdf":
                for case in cases(cast, DOORS[rule.endpoint]):
                    if who in case.who or case.about == "nothing":
                        found[url_for(rule.endpoint, **case.values)] = None
    return list(found)


def all_of(client: FlaskClient, paths: list[str]) -> dict[str, Answer]:
    return {path: answer(client, path) for path in paths}


def differing(before: dict[str, Answer], after: dict[str, Answer]) -> list[str]:
    """In what each page differs, in a few words."""
    faults = []
    for path, was in before.items():
        now = after[path]
        if was.text != now.text:
            at = next((i for i, (a, b) in enumerate(zip(was.text, now.text, strict=False)) if a != b), -1)
            faults.append(
                f"{path}: …{was.text[max(at - 60, 0) : at + 60]}… became …{now.text[max(at - 60, 0) : at + 60]}…"
            )
        faults += [
            f"{path}: {what} {getattr(was, what)} became {getattr(now, what)}"
            for what in ("status", "size", "headers", "queries")
            if getattr(was, what) != getattr(now, what)
        ]
    return faults


# ---- what is done out of sight ---------------------------------------------------------------------------------------


@dataclass
class Hidden:
    """Sara, doing things that a reader may not see: with this audience."""

    cast: Cast
    audience: Audience

    @property
    def root(self) -> str:
        return f"/p/{self.cast.plan}"

    def post(self, path: str, **form: Any) -> str:
        """A form of Sara's; gives where it leads."""
        data = {"form_key": uuid4().hex, **form}
        got = self.cast.client_of("sara").post(f"{self.root}/{path}", data=data)
        assert got.status_code == 303, (path, got.status_code)
        return str(got.location)

    def add(self, kind: str, body: Any, state: str, **more: Any) -> UUID:
        """A thing that is out of sight from its first moment."""
        import msgspec

        from app.change import Add, change
        from app.policy.actions import Action
        from app.rooms import KINDS

        assert self.cast.app is not None
        action = Action[{"contact": "PERSON_ADD", "outcome": "OUTCOME_TELL"}.get(kind, f"{kind.upper()}_ADD")]
        with self.cast.app.app_context():
            under = self.cast.thing(more.pop("under"), "sara") if "under" in more else None
            under = self.thing(*more.pop("below")) if "below" in more else under
            body = msgspec.structs.replace(body, audience=self.audience)
            return change(self.cast.sara, action, Add(KINDS[kind], body, state, under=under, **more)).id

    def thing(self, kind: str, id: UUID) -> Any:  # noqa: A002
        from app.rooms import KINDS
        from app.scope import load_one

        found = load_one(self.cast.sara, KINDS[kind], id)
        assert found is not None
        return found


def goals(sara: Hidden) -> None:
    """Goals among those that others see: added, moved past them and they past it, changed, put off, removed."""
    from app.goals.nouns import GoalBody, GoalState, StepBody, StepState, Stitch, Thread

    assert sara.cast.app is not None
    with sara.cast.app.app_context():
        middle = sara.cast.thing("goal with oma", "sara").position
    for number in range(3):
        body = GoalBody(words=f"Iets stils {number}", thread=Thread.PREI, stitch=Stitch.RECHT)
        goal = sara.add("goal", body, GoalState.NOW, position=middle + 1)
        below = ("goal", goal)
        steps = [sara.add("step", StepBody(words="Klein"), StepState.OPEN, below=below, position=p) for p in (1, 2)]
        for step, move in ((steps[0], "gelukt"), (steps[1], "omhoog"), (steps[0], "omlaag")):
            sara.post(f"stappen/{step}/{move}")
        for move in ("omhoog", "omhoog", "omlaag", "later", "nu"):
            sara.post(f"doelen/{goal}/{move}")
        sara.post(f"doelen/{goal}/verander", words="Iets anders stils")
        if number:
            sara.post(f"doelen/{goal}/weg")


def steps(sara: Hidden) -> None:
    """Small steps below a goal that others see, moved among theirs."""
    from app.goals.nouns import StepBody, StepState

    step = sara.add("step", StepBody(words="Stil"), StepState.OPEN, under="goal of us", position=1)
    for move in ("omlaag", "omlaag", "omhoog", "gelukt", "gelukt/terug"):
        sara.post(f"stappen/{step}/{move}")


def agreements(sara: Hidden) -> None:
    """An agreement with somebody, for today and every week, and how it went."""
    from app.agreements.nouns import AgreementBody, AgreementState, OutcomeBody, Result, When, WhenSort
    from app.db import Only

    cast = sara.cast
    for who in ("oma", "jef", "nele", "lisa"):
        when = When(sort=WhenSort.DAY, day=_day(cast))
        agreement = sara.add(
            "agreement", AgreementBody(words="Stil", when=when, who=(cast.people[who],)), AgreementState.OPEN
        )
        for result in (Result.MISSED, Result.DONE):
            body = OutcomeBody(day=_day(cast), result=result, who=(cast.people[who],), why="Stil")
            sara.add("outcome", body, Only.ACTIVE, below=("agreement", agreement))


def how_it_went(sara: Hidden) -> None:
    """What was said of an agreement that others see."""
    from app.agreements.nouns import OutcomeBody, Result
    from app.db import Only

    body = OutcomeBody(day=_day(sara.cast), result=Result.DONE, who=(sara.cast.people["lisa"],), why="Stil")
    sara.add("outcome", body, Only.ACTIVE, under="agreement of lisa")


def people(sara: Hidden) -> None:
    """People, in each ring, with a phone; and a home."""
    from app.db import Only
    from app.people.nouns import ContactBody, PersonBody
    from app.plan.nouns import HomeBody
    from app.policy.actor import Ring

    for ring in Ring:
        person = sara.add("person", PersonBody(name=f"Stille {ring}", ring=ring), Only.ACTIVE, position=4)
        sara.add("contact", ContactBody(value="0470 00 11 22"), Only.ACTIVE, below=("person", person))
        if ring is Ring.SERVICES:
            sara.post(f"mensen/{person}/weg")
    sara.add("contact", ContactBody(value="0470 33 44 55"), Only.ACTIVE, under="person peter")
    sara.add("home", HomeBody(name="Stil huis", sleepers=(sara.cast.people["kaat"],)), Only.ACTIVE, position=1)


def photos(sara: Hidden) -> None:
    """A photo on somebody and on a goal: put there, another in its place, said what is on it, taken away."""
    from app.db import Only
    from app.goals.nouns import GoalBody, GoalState
    from app.people.nouns import PersonBody

    client = sara.cast.client_of("sara")
    goal = sara.add("goal", GoalBody(words="Stil"), GoalState.NOW, position=1)
    person = sara.add("person", PersonBody(name="Stille"), Only.ACTIVE, position=4)
    for page in (f"{sara.root}/foto/doel/{goal}", f"{sara.root}/foto/iemand/{person}"):
        for colour in ("teal", "gold"):
            assert send(client, page, jpeg(colour), alt="Iets stils").status_code == 303
        assert client.post(page, data={"alt": "Iets anders stils"}).status_code == 303
    sara.post(f"foto/doel/{goal}/weg")


def shares(sara: Hidden) -> None:
    """A link and a guest of one parent alone: made, opened, looked through, made longer, stopped."""
    cast = sara.cast
    neighbour = cast.people["neighbour"]
    from datetime import timedelta

    from app.sharing import commands, store

    assert cast.app is not None
    with cast.app.test_request_context():
        for guest in (False, True):
            given = commands.ShareInput((), _day(cast) + timedelta(days=30), alone=True, guest=guest)
            made = commands.make(cast.sara, store.board(cast.sara), neighbour, given, None)
            share = store.share(cast.sara, made.share)
            assert share is not None
            commands.extend(cast.sara, share, None)
            if not guest:
                opened(cast, f"/d/{made.secret.token}")
            share = store.share(cast.sara, made.share)
            assert share is not None
            commands.stop(cast.sara, share)


def visits(sara: Hidden) -> None:
    """What a guest of Sara alone says: proposals on what that guest sees, a talk beforehand, and her answer."""
    from app.proposals.commands import LineInput
    from app.proposals.nouns import Act, Said, Target
    from tests.proposals.visits import new, send
    from tests.talks.test_views import tell

    cast = sara.cast
    assert cast.app is not None
    with cast.app.test_request_context():
        said = Said(what="Iets stils", why="omdat het helpt")
        changed = LineInput(Act.CHANGED, Target.GOAL, said, target=cast.id("goal me and bert"))
        send(cast, new(), changed, by="bert")
    talk = tell(cast, "bert")
    assert cast.client_of("sara").post(f"{talk}/antwoord", data={"answer": "fine", "asked": "1"}).status_code == 303
    for path in ("", "doelen", "afspraken", "mensen", "overleg"):
        assert cast.client_of("bert").get(f"{sara.root}/{path}").status_code == 200


def _day(cast: Cast) -> Any:
    from datetime import date

    return date.fromisoformat(cast.day)


Deed = Callable[[Hidden], None]
KEPT = Audience(Who.ME)
CLOSED = Audience(Who.WE)
DEEDS: list[Deed] = [goals, steps, agreements, how_it_went, people, photos]

# What Sara keeps, nobody else sees; what wij close, no outsider does.
OF_SARA = ("jef", "nele", "lisa", "oma", "els", "bert", "lies", "nobody")
OF_US = ("nele", "lisa", "oma", "els", "bert")


@pytest.mark.parametrize("who", OF_SARA)
def test_what_one_parent_keeps_leaves_no_trace(cast: Cast, who: str) -> None:
    of_bert = [] if who == "bert" else [visits]
    assert traces(cast, who, KEPT, [*DEEDS, shares, *of_bert]) == []


@pytest.mark.parametrize("who", OF_US)
def test_what_is_only_ours_leaves_no_trace(cast: Cast, who: str) -> None:
    assert traces(cast, who, CLOSED, DEEDS) == []


def traces(cast: Cast, who: str, audience: Audience, deeds: list[Deed]) -> list[str]:
    client, paths = cast.client_of(who), addresses(cast, who)
    assert len(paths) > (50 if who in PARENTS | {"nele"} else 10)
    all_of(client, paths)
    before = all_of(client, paths)
    assert differing(before, all_of(client, paths)) == [], "pages that differ from themselves prove nothing"
    for deed in deeds:
        deed(Hidden(cast, audience))
    return differing(before, all_of(client, paths))


def test_a_trace_would_be_seen(cast: Cast) -> None:
    """Or else the same pages would prove nothing."""
    assert traces(cast, "jef", CLOSED, [goals])
    assert traces(cast, "lisa", Audience(), [agreements])
