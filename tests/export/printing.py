"""Asks for paper as a browser without JavaScript does."""

from __future__ import annotations

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.entry.reading import form_to
from tests.support.jobs import do_jobs

SORTS = ("poster", "whole")


def ask(cast: Cast, client: FlaskClient, sort: str = "whole", *, own: bool = False, numbers: bool = True) -> str:
    """Asks for a sheet; the address of its page."""
    form = form_to(client.get(f"/p/{cast.plan}/papier"), "/papier")
    ticked = {name: "1" for name, wanted in (("own", own), ("numbers", numbers)) if wanted}
    form.fields = [pair for pair in form.fields if pair[0] not in {"own", "numbers"}]
    answer = form.send(client, sort=sort, **ticked)
    assert answer.status_code == 303
    return answer.location


def sheet(client: FlaskClient, address: str) -> TestResponse:
    """The PDF of a sheet."""
    return client.get(f"{address}/ons-plan.pdf")


def printed(cast: Cast, who: str, sort: str = "whole", *, own: bool = False, numbers: bool = True) -> bytes:
    """The PDF, made and fetched."""
    client = cast.client_of(who)
    address = ask(cast, client, sort, own=own, numbers=numbers)
    assert cast.app is not None
    do_jobs(cast.app)
    answer = sheet(client, address)
    assert answer.status_code == 200, answer.status
    return answer.data
