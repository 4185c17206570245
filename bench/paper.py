"""PDF and QR: in this process, warm, for the time is all their own."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Callable

from flask.testing import FlaskClient

from app.web import qr
from bench.figures import Figure, middle, percentile
from bench.plan import PARENT
from bench.world import World

PDF_ROUNDS, QR_ROUNDS = 5, 50
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
# As long as the address in a link or on a card.
ADDRESS = "https://plan.voorbeeld.be/d/" + "w3Kp9_Zq-" * 5


def measure(world: World) -> list[Figure]:
    """The sleutelkaart on paper, and the QR in it."""
    client, address = with_a_card(world)
    warm, size = timed(lambda: _sheet(client, address), world.rounds(PDF_ROUNDS))
    drawn, svg = timed(lambda: str(qr.svg(ADDRESS)).encode(), QR_ROUNDS)
    return [
        Figure("sleutelkaart", "pdf s", middle((seconds for seconds in warm), 3)),
        Figure("sleutelkaart", "pdf kB", round(len(size) / 1000, 1)),
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
