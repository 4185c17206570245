"""Planted code in a real browser: two hundred pieces in every text of every thing, on every page. Nothing runs.

The pages are those of the world (tests/support/world.py), handed to Chromium as the product answers them, headers and
all. Nothing may call what was planted, no page may report a breach of its own policy, and no element may be there that
would. Source: design page `bar`, "nobody plants code".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from app.items import Kind
from app.web.security import HEADERS
from tests.armour.test_pages import is_html, readable
from tests.armour.test_planted import forget_all, planted_with, writable
from tests.journeys.pages import NOT_PAGES
from tests.support.databases import ADDRESS
from tests.support.full import keep, size
from tests.support.payloads import ALL
from tests.support.world import TYPED, World, Worlds

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route
    from werkzeug.test import TestResponse

AT_ONCE = 100
# One in so many pages, and so many of the groups of a hundred: about a fiftieth of all.
EACH, GROUPS = size(31, 1), size(1, 2)
WATCH = """
window.zwart = () => window.ran.push("it ran");
window.ran = [];
addEventListener("securitypolicyviolation", (event) =>
  window.ran.push(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`), true);
"""
# What an element would need to run or fetch something that is not the product's own.
FOUND = """
() => [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes]
  .filter(({ name, value }) => name.startsWith("on") || /^\\s*(javascript:|\\/\\/elders)/i.test(value)
    && ["href", "src", "action", "data", "xlink:href", "formaction"].includes(name))
  .map(({ name, value }) => `${element.localName} ${name}=${value.slice(0, 60)}`)
  .concat(["base", "object", "iframe", "marquee"].includes(element.localName) ? [element.localName] : [])
  .concat(element.localName === "script" && !element.src ? ["script"] : []))
  .concat(window.ran)
"""


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab that is handed what the world answers."""
    context = browser.new_context(base_url=ADDRESS, reduced_motion="reduce")
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


def test_there_are_two_hundred() -> None:
    assert len(ALL) == len(set(ALL)) == 200


@pytest.mark.parametrize("code", [ALL[1], ALL[10], ALL[0]])
def test_the_watch_sees_what_would_run(tab: Page, code: str) -> None:
    page = f"<!doctype html><title>x</title><p>{code}</p>"
    headers = {"Content-Type": "text/html", "Content-Security-Policy": HEADERS["Content-Security-Policy"]}
    tab.route("**/*", lambda route: route.fulfill(status=200, headers=headers, body=page))
    tab.goto("/")
    assert tab.evaluate(FOUND)


@pytest.mark.long
def test_nothing_planted_runs(worlds: Worlds, monkeypatch: pytest.MonkeyPatch, tab: Page) -> None:
    world, real, faults, shown = worlds("sqlite"), Kind.decode, [], 0
    asked: dict[str, TestResponse] = {}
    dialogs: list[str] = []
    tab.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    tab.route("**/*", lambda route: _answer(world, asked, route))
    for group in range(GROUPS):
        text = " ".join(ALL[group * AT_ONCE : (group + 1) * AT_ONCE])
        with monkeypatch.context() as patch:
            patch.setattr(Kind, "decode", lambda kind, data, text=text: planted_with(text, real(kind, data)))
            forget_all()
            for what, path, answer in _answers(world, text):
                if not is_html(answer) or not answer.get_data() or answer.location:
                    continue
                asked[path] = answer
                tab.goto(path)
                shown += 1
                faults += [f"{what}: {fault}" for fault in (*tab.evaluate(FOUND), *dialogs)]
                dialogs.clear()
    forget_all()
    assert not faults, "\n".join(faults[:40])
    assert shown > 8
    keep("nobody plants code", payloads=min(len(ALL), GROUPS * AT_ONCE), pages=shown, run=0, reports=0)


def _answers(world: World, text: str) -> Iterator[tuple[str, str, TestResponse]]:
    """Every page, once for each sort of reader, and what each form gives back."""
    token = world.token()
    typed = {"csrf_token": token, **dict.fromkeys(TYPED, text), "version": "0"}
    seen: set[tuple[str, str]] = set()
    for number, (method, (who, what, path)) in enumerate(_asked(world)):
        endpoint = what.split(" ")[0]
        once = (who if method == "GET" else "", f"{method} {endpoint}")
        if number % EACH or once in seen or endpoint in NOT_PAGES:
            continue
        seen.add(once)
        answer = world.ask(who, method, path, typed if method == "POST" else None)
        yield f"{who} {method} {what}", path, answer


def _asked(world: World) -> Iterator[tuple[str, tuple[str, str, str]]]:
    yield from (("GET", one) for one in readable(world))
    yield from (("POST", one) for one in writable(world) if one[0] in {"sara", "lisa", "nele", "oma"})


def _answer(world: World, asked: dict[str, TestResponse], route: Route) -> None:
    """What the product answers: the page that is looked at, and its files. Another place is asked nothing."""
    path = route.request.url.removeprefix(ADDRESS)
    if path.startswith("/static/") and path not in asked:
        asked[path] = world.app.test_client().get(path, buffered=True)
    if path not in asked or "/fonts/" in path:
        route.abort()
        return
    answer = asked[path]
    headers = {name: value for name, value in answer.headers if name not in {"Set-Cookie", "Content-Encoding"}}
    route.fulfill(status=answer.status_code, headers=headers, body=answer.get_data())
