"""PDF and QR: asked for in this process and laid out by the press, warm, for the time is all their own."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Callable
from itertools import cycle
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db
from app.export import commands, shelf
from app.export.nouns import Choice, SheetState, Sort
from app.plan.models import MemberRow
from app.plan.store import member_actor
from app.web import qr
from bench.figures import Figure, middle, percentile
from bench.plan import PARENT
from bench.world import World

PDF_ROUNDS, QR_ROUNDS = 5, 50
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
# As long as the address in a link or on a card.
ADDRESS = "https://plan.voorbeeld.be/d/" + "w3Kp9_Zq-" * 5


def measure(world: World) -> list[Figure]:
    """Every sheet there is, and the QR on it."""
    client, address = with_a_card(world)
    rounds = world.rounds(PDF_ROUNDS)
    sheets = {"sleutelkaart": timed(lambda: _sheet(client, address), rounds)}
    with world.app.test_request_context():
        sheets |= {sort.value: timed(maker(world, sort), rounds) for sort in Sort}
    drawn, svg = timed(lambda: str(qr.svg(ADDRESS)).encode(), QR_ROUNDS)
    return [
        *(Figure(name, "pdf s", middle(taken, 3)) for name, (taken, _made) in sheets.items()),
        *(Figure(name, "pdf kB", round(len(made) / 1000, 1)) for name, (_taken, made) in sheets.items()),
        Figure("QR of a link", "qr ms", round(percentile(drawn, 50) * 1000, 2)),
        Figure("QR of a link", "qr B", len(gzip.compress(svg, 6))),
    ]


def timed(make: Callable[[], bytes], rounds: int) -> tuple[list[float], bytes]:
    """The seconds each round took, after one that warms up; and what was made."""
    made, taken = make(), []
    for _ in range(rounds):
        begin = time.perf_counter()
        made = make()
        taken.append(time.perf_counter() - begin)
    return taken, made


def maker(world: World, sort: Sort) -> Callable[[], bytes]:
    """Makes the plan on paper, anew each time: with phone numbers, then without."""
    plan = UUID(world.plan.address.rpartition("/")[2])
    member = db.session.scalars(select(MemberRow.id).where(MemberRow.plan_id == plan)).first()
    assert member is not None
    actor, numbers = member_actor(plan, member), cycle((True, False))
    assert actor is not None

    def made() -> bytes:
        id = commands.ask(actor, sort, Choice(numbers=next(numbers)))  # noqa: A001
        commands.make(id)
        sheet = shelf.of_actor(actor, id)
        assert sheet is not None
        assert sheet.state is SheetState.READY
        return sheet.kept.pdf

    return made


def with_a_card(world: World) -> tuple[FlaskClient, str]:
    """A browser that just made a sleutelkaart, and where that lies as a sheet."""
    client, page = world.app.test_client(), f"{world.plan.address}/sleutelkaart"
    name, _sign, value = world.plan.cookies[PARENT].partition("=")
    client.set_cookie(name, value)
    token = TOKEN.search(client.get(page).text)
    assert token is not None
    answer = client.post(page, data={"csrf_token": token[1], "form_key": "c" * 32})
    assert answer.status_code == 303, f"sleutelkaart: {answer.status_code}"
    return client, f"{page}/afdruk"


def _sheet(client: FlaskClient, address: str) -> bytes:
    answer = client.get(address)
    assert answer.mimetype == "application/pdf", f"{address.rpartition('/')[2]}: {answer.status_code}"
    return answer.data
