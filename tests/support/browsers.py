"""Fixtures for journeys: a product behind a real server, and phones with a real browser.

A journey that uses `phone`, `open_phone` or `javascript` runs twice in a full run: with JavaScript on and off; else one
way, half of all journeys each. Mark it `@pytest.mark.javascript(True)` or `(False)` when it only makes sense one way.
"""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest
from werkzeug.wsgi import ClosingIterator

from tests.support.full import FILE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from flask import Flask
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs journeys with JavaScript on and off; not in a full run, by turns on or off."""
    if "javascript" not in metafunc.fixturenames:
        return
    marker = metafunc.definition.get_closest_marker("javascript")
    ways = [True, False] if FILE else [crc32(metafunc.definition.nodeid.encode()) % 2 == 0]
    if marker:
        ways = [bool(marker.args[0])]
    names = ["javascript" if way else "no javascript" for way in ways]
    metafunc.parametrize("javascript", ways, ids=names, indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what needs a browser or PostgreSQL by what it uses, so that `bin/test fast` can leave it out."""
    for item in items:
        names = getattr(item, "fixturenames", [])
        if "browser" in names:
            item.add_marker(pytest.mark.journey)
        if "postgres_url" in names:
            item.add_marker(pytest.mark.postgres)


@dataclass
class LiveServer:
    """A product that answers over HTTP on this machine."""

    url: str
    app: "Flask"


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A free port of this machine, taken before the product is made, so that its address is right from the start."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


@pytest.fixture
def address(listening: socket.socket) -> str:
    """Where the product will answer."""
    return f"http://localhost:{listening.getsockname()[1]}"


def whole(answer: "WSGIApplication") -> "WSGIApplication":
    """The same product, each answer made in whole before the first byte of it goes out.

    Werkzeug's server closes no answer when a browser hangs up on it, so that a file would be left open.
    """

    def answered(environ: "WSGIEnvironment", start: "StartResponse") -> "Iterable[bytes]":
        with closing(ClosingIterator(answer(environ, start))) as parts:
            return [b"".join(parts)]

    return answered


@pytest.fixture
def live_server(listening: socket.socket, address: str, app: "Flask") -> Iterator[LiveServer]:
    """This test's product behind a real threaded server: `.url`, `.app`."""
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002
            """Says nothing: what the product logs is the product's own matter."""

    server = make_server("127.0.0.1", 0, whole(app), threaded=True, request_handler=Quiet, fd=listening.fileno())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield LiveServer(address, app)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Headless Chromium, one per worker."""
    from playwright.sync_api import sync_playwright

    from tests.support.chromium import launch

    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def javascript(request: pytest.FixtureRequest) -> bool:
    """Whether this run of the journey has JavaScript."""
    return bool(getattr(request, "param", True))


@dataclass
class Watch:
    """What no page may do: ask another origin, break its own security policy, fail in a script or on the server."""

    origin: str
    faults: list[str] = field(default_factory=list)

    def over(self, context: "BrowserContext") -> None:
        """Watches every page of one phone."""
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script failed: {error.error}"))

    def _request(self, request: "Request") -> None:
        if not request.url.startswith((self.origin + "/", "data:", "blob:", "about:")):
            self.faults.append(f"asked another origin: {request.url}")

    def _response(self, response: "Response") -> None:
        if response.status >= 500:
            self.faults.append(f"server error {response.status}: {response.request.method} {response.url}")

    def _console(self, message: "ConsoleMessage") -> None:
        # A refused save (422) or a page that is not there is an answer, not a fault, though Chromium says it as one.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")


OpenPhone = Callable[..., "Page"]


@pytest.fixture
def open_phone(browser: "Browser", live_server: LiveServer, javascript: bool) -> Iterator[OpenPhone]:
    """Opens another phone: a browser with no cookies of any other. `open_phone(width=320, color_scheme="dark")`.

    Takes what Playwright's `new_context` takes; `width` and `height` are short for the viewport. Addresses may be given
    from the root: `open_phone().goto("/")`. When the test is over, every phone must have kept out of trouble (`Watch`).
    """
    watch = Watch(live_server.url)
    contexts: list[BrowserContext] = []

    def open_it(*, width: int = 360, height: int = 740, **more: Any) -> "Page":
        options: dict[str, Any] = {
            "viewport": {"width": width, "height": height},
            "base_url": live_server.url,
            "java_script_enabled": javascript,
            "has_touch": True,
            "is_mobile": True,
            "locale": "nl-BE",
            "timezone_id": "Europe/Brussels",
            "reduced_motion": "reduce",
        }
        context = browser.new_context(**options | more)
        context.set_default_timeout(15_000)
        watch.over(context)
        contexts.append(context)
        return context.new_page()

    yield open_it
    for context in contexts:
        context.close()
    if watch.faults:
        pytest.fail("\n".join(watch.faults), pytrace=False)


@pytest.fixture
def phone(open_phone: OpenPhone) -> "Page":
    """A phone of 360 by 740 with touch, at an empty page."""
    return open_phone()
