"""Measures the main pages of a full plan: bytes, queries, rows' worth of server time beside an empty page.

The plan has 8 goals, 30 steps, 20 people and 40 agreements, and, to see that nothing grows that should not, ten times
as many. Times are of Flask's test client in one process, so they compare pages with each other on one machine; they are
no promise about a server.
"""

import gzip
import json
import platform
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from app.accounts.commands import take_seat
from app.agreements.models import AGREEMENT
from app.agreements.nouns import AgreementBody, AgreementState, When, WhenSort
from app.change import Add, change
from app.config import Config
from app.db import Only, db, upgrade
from app.goals.models import GOAL, STEP
from app.goals.nouns import GoalBody, GoalState, StepBody, StepState, Stitch, Thread
from app.home.commands import start
from app.items import Thing
from app.keystore import look_up_hash
from app.main import create_app
from app.people.models import PERSON
from app.people.nouns import PersonBody
from app.plan.store import member_actor
from app.policy.actions import Action
from app.policy.actor import Actor, Ring
from app.scope import load
from app.sharing.models import SHARE
from app.sharing.nouns import ShareBody, ShareState

ROUNDS = 40
RESULTS = Path(__file__).parent / "results"


def fill(actor: Actor, times: int) -> tuple[UUID, UUID]:
    """A full plan, `times` as large; a goal of it, and a share with the first person."""
    rings = [Ring.CLOSE, Ring.SERVICES]
    people = [PersonBody(name=f"Nonkel Fons {number}", ring=rings[number % 2]) for number in range(17 * times)]
    change(
        actor, Action.PERSON_ADD, *(Add(PERSON, body, Only.ACTIVE, position=place) for place, body in enumerate(people))
    )
    known = [person.id for person in load(actor, PERSON).all(PERSON)]
    looks = list(zip(Thread, Stitch, strict=True))
    for number in range(8 * times):
        thread, stitch = looks[number % len(looks)]
        body = GoalBody(
            words=f"Elke ochtend rustig naar school {number}", domain="school", thread=thread, stitch=stitch
        )
        change(actor, Action.GOAL_ADD, Add(GOAL, body, GoalState.NOW, position=number))
    goals: list[Thing[GoalBody]] = load(actor, GOAL).all(GOAL)
    for number in range(30 * times):
        state = StepState.DONE if number % 2 else StepState.OPEN
        step = StepBody(words=f"De boekentas klaarzetten {number}", helpers=(known[number % len(known)],))
        change(actor, Action.STEP_ADD, Add(STEP, step, state, under=goals[number % len(goals)], position=number))
    for number in range(40 * times):
        when = When(sort=WhenSort.DAY, day=datetime.now(UTC).date() + timedelta(days=number // times))
        body = AgreementBody(words=f"Kaat ophalen aan school {number}", who=(known[number % len(known)],), when=when)
        change(actor, Action.AGREEMENT_ADD, Add(AGREEMENT, body, AgreementState.OPEN))
    until = date.today() + timedelta(days=90)  # noqa: DTZ011
    share = Add(
        SHARE,
        ShareBody(person=known[-1], opened=("agreement", "goal"), until=until),
        ShareState.ACTIVE,
        due_at=datetime.now(UTC) + timedelta(days=90),
        columns={"person_id": known[-1], "token_hash": look_up_hash("share", f"bench{times}")},
    )
    return goals[0].id, change(actor, Action.SHARE_MAKE, share).id


def browser(app: Flask, plan: UUID, kind: str, holder: UUID) -> FlaskClient:
    """A browser with one seat."""
    client = app.test_client()
    with app.test_request_context():
        visitor = take_seat(None, plan, kind, holder, "bench")
    with client.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = visitor.token, True
    return client


@contextmanager
def counted(counts: list[int]) -> object:
    """Counts the statements on all databases."""

    def count(*_: object) -> None:
        counts[0] += 1

    event.listen(Engine, "before_cursor_execute", count)
    yield
    event.remove(Engine, "before_cursor_execute", count)


def measure(client: FlaskClient, address: str) -> dict[str, float | int]:
    """Bytes, compressed bytes, queries and milliseconds of one page."""
    client.get(address)
    counts = [0]
    with counted(counts):
        answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    taken = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        client.get(address)
        taken.append((time.perf_counter() - begin) * 1000)
    return {
        "bytes": len(answer.data),
        "gzip": len(gzip.compress(answer.data, 6)),
        "queries": counts[0],
        "p50 ms": round(statistics.median(taken), 2),
        "p99 ms": round(sorted(taken)[-1], 2),
    }


def pages(app: Flask, times: int) -> dict[str, dict[str, float | int]]:
    """The seven main pages of a plan `times` as large as a full one."""
    with app.test_request_context():
        begun = start(["Sara", "Jef", "Kaat"], "Europe/Brussels", called="Sara, Jef en Kaat")
        actor = member_actor(begun.plan, begun.member)
        assert actor is not None
        goal, share = fill(actor, times)
    sara, oma, plan = (
        browser(app, begun.plan, "member", begun.member),
        browser(app, begun.plan, "link", share),
        f"/p/{begun.plan}",
    )
    return {
        "landing": measure(app.test_client(), "/"),
        "Ons plan": measure(sara, f"{plan}/"),
        "a goal": measure(sara, f"{plan}/doelen/{goal}"),
        "Onze mensen": measure(sara, f"{plan}/mensen"),
        "Afspraken": measure(sara, f"{plan}/afspraken"),
        "Wie ziet wat?": measure(sara, f"{plan}/wie-ziet-wat"),
        "oma's page": measure(oma, f"{plan}/voor/{share}"),
    }


def main() -> None:
    """Measure, print, keep."""
    with tempfile.TemporaryDirectory() as data:
        config = Config.from_env({"ONSPLAN_DATA": data})
        upgrade(config)
        app = create_app(config)
        app.add_url_rule("/leeg", "empty", lambda: "")
        found = {
            "at": f"{datetime.now(UTC):%Y-%m-%d}",
            "machine": f"{platform.machine()}, 2 shared cores, Python {platform.python_version()}, SQLite, test client",
            "empty page": measure(app.test_client(), "/leeg"),
            "full plan": pages(app, 1),
            "ten times": pages(app, 10),
        }
        with app.app_context():
            for engine in db.engines.values():
                engine.dispose()
    text = json.dumps(found, indent=2, ensure_ascii=False)
    sys.stdout.write(text + "\n")
    (RESULTS / f"pages-{found['at']}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
