"""Asks for the sheets of a child as a browser without JavaScript does."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.cast import CHILDREN, Cast
from tests.entry.reading import form_to
from tests.support.jobs import do_jobs

SORTS = ("strip", "cards", "week", "pictures")


def page_of(cast: Cast, who: str, child: str = "kaat") -> str:
    """Where somebody chooses a sheet of a child."""
    own = f"/p/{cast.actors[who].plan}/mij/papier"
    return own if who in CHILDREN else f"/p/{cast.plan}/kinderen/{cast.id(f'member {child}')}/papier"


def ask(cast: Cast, client: FlaskClient, who: str, sort: str, child: str = "kaat", **fields: str) -> str:
    """Asks for a sheet; the address of its page."""
    address = page_of(cast, who, child)
    form = form_to(client.get(address), "/papier")
    form.fields = [pair for pair in form.fields if pair[0] not in {"sort", "sets", "day", "lines"}]
    answer = form.send(client, sort=sort, **fields)
    assert answer.status_code == 303, answer.status
    return answer.location


def printed(cast: Cast, who: str, sort: str, child: str = "kaat", **fields: str) -> bytes:
    """The PDF, made and fetched."""
    client = cast.client_of(who)
    address = ask(cast, client, who, sort, child, **fields)
    assert cast.app is not None
    do_jobs(cast.app)
    answer = client.get(f"{address}/ons-plan.pdf")
    assert answer.status_code == 200, answer.status
    return bytes(answer.data)
