"""Bytes, requests and elements of the main pages in real Chromium; and queries, of a plan ten times as large too."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser
from sqlalchemy import Engine, event

from bench.browser import chromium, phone, settle, wired
from bench.figures import Figure
from bench.plan import PARENT, Page, Plan
from bench.starting import Served, serving
from bench.world import World

ORDER = ("html", "css", "js", "font", "image", "other")


def measure(world: World) -> list[Figure]:
    """All of it."""
    figures: list[Figure] = []
    with serving(world.environment) as server:
        with chromium() as browser:
            for page in world.plan.pages:
                figures += visits(browser, server, page, world.cookie(page))
        figures += fragments(server, world.plan)
    return [*figures, *_queries(world)]


def visits(browser: Browser, server: Served, page: Page, cookie: str) -> list[Figure]:
    """A first visit on a phone that knows nothing, and the page once more on that phone."""
    with phone(browser, cookie) as context:
        opened = context.new_page()
        with wired(opened) as (first, _session):
            answer = opened.goto(server.address + page.address)
            assert answer is not None
            assert answer.status == 200, f"{page.name}: {answer.status}"
            settle(opened)
            elements = opened.locator("*").count()
            icon = _icon(server, opened.locator('link[rel="icon"]').get_attribute("href"))
        opened.goto("about:blank")
        with wired(opened) as (again, _session):
            opened.goto(server.address + page.address)
            settle(opened)
    kinds = first.by_kind
    # Headless Chromium leaves the icon of the tab alone; a phone asks for it.
    kinds["image"] = kinds.get("image", 0) + icon
    figures = [Figure(page.name, f"first {kind} B", kinds[kind]) for kind in ORDER if kind in kinds]
    return [
        *figures,
        Figure(page.name, "html + css B", kinds["html"] + kinds.get("css", 0)),
        Figure(page.name, "own css B", kinds.get("css", 0)),
        Figure(page.name, "script B", kinds.get("js", 0)),
        Figure(page.name, "first B", sum(kinds.values())),
        Figure(page.name, "first requests", first.requests + bool(icon)),
        Figure(page.name, "next B", sum(again.by_kind.values())),
        Figure(page.name, "next requests", again.requests),
        Figure(page.name, "elements", elements),
    ]


def _icon(server: Served, address: str | None) -> int:
    if address is None:
        return 0
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", address, headers={"Accept-Encoding": "br"})
    answer = connection.getresponse()
    size = len(answer.read()) + len(str(answer.headers))
    connection.close()
    return size


# ---- fragments -------------------------------------------------------------------------------------------------------


def fragments(server: Served, plan: Plan) -> list[Figure]:
    """What comes back when a small step or an agreement is done, in place."""
    shown = plan.pages[1]
    made = {
        "a step done": f"{plan.steps[0]}/gelukt",
        "an agreement done": f"{plan.turns[0]}/gelukt",
    }
    return [Figure(name, "fragment B", _fragment(server, shown, plan, address)) for name, address in made.items()]


def _fragment(server: Served, page: Page, plan: Plan, address: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    cookie = {"Cookie": plan.cookies[PARENT]}
    connection.request("GET", page.address, headers=cookie)
    answer = connection.getresponse()
    token = re.search(r'name="csrf_token" value="([^"]+)"', answer.read().decode())
    assert token is not None
    sent = next(iter(answer.headers.get_all("Set-Cookie") or ()), plan.cookies[PARENT]).partition(";")[0]
    headers = {
        "Cookie": sent,
        "HX-Request": "true",
        "Accept-Encoding": "br",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", address, f"csrf_token={token[1]}&form_key={'b' * 32}", headers)
    answer = connection.getresponse()
    size = len(answer.read())
    assert answer.status == 200, f"{address.rpartition('/')[2]}: {answer.status}"
    assert size, "no fragment came"
    connection.close()
    return size + len(str(answer.headers))


# ---- queries ---------------------------------------------------------------------------------------------------------


@contextmanager
def counted() -> Iterator[list[int]]:
    """Counts the statements on all databases."""
    counts = [0]

    def count(*_: object) -> None:
        counts[0] += 1

    event.listen(Engine, "before_cursor_execute", count)
    yield counts
    event.remove(Engine, "before_cursor_execute", count)


def _queries(world: World) -> list[Figure]:
    figures = []
    for page, large in zip(world.plan.pages, world.large.pages, strict=True):
        few, many = queries(world, world.plan, page), queries(world, world.large, large)
        figures += [
            Figure(page.name, "queries", few),
            Figure(page.name, "queries x10", many),
            Figure(page.name, "more queries x10", many - few),
        ]
    return figures


def queries(world: World, plan: Plan, page: Page) -> int:
    """How often a page that was opened before asks the databases something."""
    client = world.app.test_client(use_cookies=False)
    headers = {"Cookie": plan.cookies[page.who]} if plan.cookies[page.who] else {}
    client.get(page.address, headers=headers)
    with counted() as counts:
        answer = client.get(page.address, headers=headers)
    assert answer.status_code == 200, f"{page.name}: {answer.status_code}"
    return counts[0]
