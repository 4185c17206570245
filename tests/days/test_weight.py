"""What a page in pictures weighs on the line: all of it at first, and what a next page adds."""

import gzip
import re
from typing import Any

import msgspec

from app.change import Put, change
from app.plan.models import MEMBER
from app.policy.actions import Action
from app.scope import load
from tests.cast import Cast

FIRST, NEXT = 110_000, 15_000
NAMED = re.compile(r'(?:src|href)="(/static/[^"]+|[^"]*picto[^"]*)"')
SHOWN = re.compile(r"\.(?:css|js|svg|woff2|webp|png)(?:$|\?)")


def weighed(client: Any, address: str) -> dict[str, int]:
    """Each file of a page, the page itself too, as it goes over the line."""
    page = client.get(address)
    assert page.status_code == 200
    files = {name for name in NAMED.findall(page.text) if SHOWN.search(name)}
    found = {address: len(gzip.compress(page.data, 6, mtime=0))}
    for name in files:
        with client.get(name) as answer:
            assert answer.status_code == 200, name
            packed = name.endswith("woff2") or answer.mimetype in {"image/webp", "image/png"}
            found[name] = len(answer.data) if packed else len(gzip.compress(answer.data, 6, mtime=0))
    return found


def test_a_page_in_pictures_is_light(cast: Cast, app: Any) -> None:
    with app.app_context():
        thing = load(cast.sara, MEMBER).get(MEMBER, cast.id("member kaat"))
        assert thing is not None
        days = ("1F3EB", "1F3EB", "26BD", "1F6B2", "1F3A8", "1F333", "1F3E1")
        change(cast.sara, Action.CHILD_PAGE_CHANGE, Put(thing, msgspec.structs.replace(thing.body, days=days)))
    kaat, plan = cast.client_of("kaat"), f"/p/{cast.plan}"
    first = weighed(kaat, f"{plan}/mij")
    assert any("woff2" in name for name in first)
    assert sum(first.values()) <= FIRST, first
    after = weighed(kaat, f"{plan}/mij/week")
    new = {name: size for name, size in after.items() if name not in first}
    assert sum(new.values()) <= NEXT, new
