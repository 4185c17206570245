"""Stop means stop: every page, fragment, photo and file that somebody reached, asked for again when it is over.

The addresses are those of the matrix, so that a new page is here by itself. What ends: a link, a guest's visit, a
meehelper, a session, an invitation, the mail for a lost key; by a stop, at the next request, and by its day, from the
end second on. Source: design page `bar`, "stop means stop".
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.guests.pages import guest_of, root, tokens_off
from tests.policy.matrix import DOORS, cases
from tests.sharing.pages import opened, person, share
from tests.support.full import keep, size

pytestmark = pytest.mark.long
__all__ = ["tokens_off"]

ASKED = size(20, 1000)
HTMX = {"HX-Request": "true"}
# Before the session of a browser that nobody uses ends by itself.
SOON = {"length": "own", "day": (datetime.now(UTC) + timedelta(days=30)).date().isoformat()}
OPENED = ("goals", "agreements", "people", "homes", "paper")


@dataclass
class In:
    """Somebody who is in.

    Attributes:
        client: their browser.
        paths: all that it gets now.
        ends: when that is over.
        stop: how the family ends it.
    """

    client: FlaskClient
    paths: list[str]
    ends: datetime
    stop: Callable[[], Any]


def reached(cast: Cast, client: FlaskClient, like: str, mine: UUID | None = None) -> list[str]:
    """Every address that a browser gets, of those that somebody like it may."""
    from flask import url_for

    assert cast.app is not None
    found: dict[str, None] = {}
    with cast.app.test_request_context():
        for rule in cast.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint not in DOORS:
                continue
            for case in cases(cast, DOORS[rule.endpoint]):
                if like in case.who:
                    values = case.values | ({"share": mine} if mine is not None and "share" in case.values else {})
                    found[url_for(rule.endpoint, **values)] = None
    return [path for path in found if client.get(path).status_code < 400]


def due(cast: Cast, table: Any, row: Any) -> datetime:
    from app.db import db

    assert cast.app is not None
    with cast.app.app_context():
        found: datetime = db.session.query(table).filter(row).scalar()
        return found


def a_guest(cast: Cast) -> In:
    from app.sharing.models import ShareRow

    invited, client = guest_of(cast, *OPENED, **SOON)
    stop = f"{root(cast)}/gasten/{invited.share}/stop"
    return In(
        client,
        reached(cast, client, "lisa"),
        due(cast, ShareRow.due_at, ShareRow.id == invited.share),
        lambda: cast.client_of("jef").post(stop, data={"form_key": uuid4().hex}),
    )


def a_link(cast: Cast) -> In:
    from app.sharing.models import ShareRow

    made = share(cast, person(cast, "Opa Wim"), "goals", "agreements", **SOON)
    client, _address = opened(cast, made.link)
    return In(
        client,
        reached(cast, client, "oma", made.id),
        due(cast, ShareRow.due_at, ShareRow.id == made.id),
        lambda: cast.client_of("jef").post(f"{made.show}/stop", data={"form_key": uuid4().hex}),
    )


def _session(cast: Cast, who: str, stop: Callable[[], Any]) -> In:
    from app.accounts.models import BrowserSession, SeatRow

    client, seat = cast.client_of(who), cast.actors[who].seat
    ends = due(
        cast,
        BrowserSession.expires_at,
        BrowserSession.id.in_(_sessions_of(SeatRow, seat)),
    )
    return In(client, reached(cast, client, who), ends, stop)


def _sessions_of(table: Any, holder: UUID | None) -> Any:
    from sqlalchemy import select

    last = select(table.session_id).where(table.holder_id == holder).order_by(table.created_at.desc()).limit(1)
    return last.scalar_subquery()


def a_meehelper(cast: Cast) -> In:
    stop = f"{root(cast)}/meehelpers/{cast.id('member nele')}/stop"
    return _session(cast, "nele", lambda: cast.client_of("sara").post(stop, data={"form_key": uuid4().hex}))


def a_parents_phone(cast: Cast) -> In:
    """Another of their own devices stops it."""

    def stop() -> None:
        from app.accounts import store
        from app.accounts.commands import end_seat

        assert cast.app is not None
        with cast.app.test_request_context():
            for device in store.devices(cast.jef):
                end_seat(device.id)

    return _session(cast, "jef", stop)


WAYS = {"guest": a_guest, "link": a_link, "meehelper": a_meehelper, "parent's phone": a_parents_phone}


def served(one: In, path: str, headers: dict[str, str]) -> bool:
    """Whether anything but a refusal comes."""
    return one.client.get(path, headers=headers).status_code != 404


@pytest.mark.parametrize("way", WAYS)
def test_after_a_stop_nothing_is_served_at_the_next_request(cast: Cast, way: str) -> None:
    one = WAYS[way](cast)
    assert len(one.paths) >= (2 if way == "link" else 10)
    # Pictures too: their addresses are in the matrix as any other.
    assert any("/foto/" in path for path in one.paths)
    one.stop()
    assert not [path for path in one.paths for headers in ({}, HTMX) if served(one, path, headers)]
    keep("stop means stop", way=way, asked=2 * len(one.paths), served=0)


@pytest.mark.both_databases
@pytest.mark.parametrize("way", WAYS)
def test_from_the_end_second_on_nothing_is_served(cast: Cast, way: str) -> None:
    one, chance = WAYS[way](cast), random.Random(way)
    with time_machine.travel(one.ends - timedelta(seconds=1), tick=False):
        assert one.client.get(one.paths[0]).status_code == 200
        # A session that is used goes on from there: the end second of who is in is asked about in a browser at rest.
        ends = one.ends if way in {"guest", "link"} else one.ends + timedelta(days=90)
    gone = 0
    for number in range(ASKED // len(WAYS)):
        after = timedelta(0) if number == 0 else timedelta(seconds=chance.randrange(0, 100 * 86400))
        with time_machine.travel(ends + after, tick=False):
            gone += not served(one, chance.choice(one.paths), chance.choice([{}, HTMX]))
    assert gone == ASKED // len(WAYS)
    keep("stop means stop", way=way, asked_after_the_end_second=gone, served=0)
