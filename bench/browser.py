"""Chromium, asked over its own protocol: what came over the wire for a page, and when it was painted."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from bench.starting import HOST
from bench.world import ROOT

# The test helpers are no installed package; how to start Chromium is told in one of them.
sys.path.insert(0, str(ROOT / "tests" / "support"))

from chromium import ARGUMENTS, executable, launch

PHONE = {"width": 390, "height": 844}
KINDS = {"Document": "html", "Stylesheet": "css", "Script": "js", "Font": "font", "Image": "image"}


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


def chromium_path() -> str:
    """The browser itself, for a program that starts it."""
    with sync_playwright() as playwright:
        return executable() or playwright.chromium.executable_path


def chromium_arguments() -> list[str]:
    """What it is started with there: all of it that is one word."""
    return [argument for argument in ARGUMENTS if " " not in argument]


@contextmanager
def phone(browser: Browser, cookie: str) -> Iterator[BrowserContext]:
    """A phone on which nothing was opened before."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True, locale="nl-BE")  # type: ignore[arg-type]
    if cookie:
        name, _sign, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "domain": HOST, "path": "/"}])
    yield context
    context.close()


@dataclass
class Wire:
    """What came over the wire, with the heads of the answers; what the browser had kept is not in it."""

    kinds: dict[str, str] = field(default_factory=dict)
    bytes_of: dict[str, int] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)

    def listen(self, session: CDPSession) -> None:
        session.on("Network.responseReceived", self._received)
        session.on("Network.requestServedFromCache", lambda event: self.kept.add(event["requestId"]))
        session.on("Network.loadingFinished", self._finished)

    def _received(self, event: dict[str, Any]) -> None:
        answer = event["response"]
        if answer.get("fromDiskCache") or answer.get("fromPrefetchCache"):
            self.kept.add(event["requestId"])
        self.kinds[event["requestId"]] = KINDS.get(event["type"], "other")

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes_of[event["requestId"]] = int(event["encodedDataLength"])

    @property
    def by_kind(self) -> dict[str, int]:
        """Bytes by kind of file."""
        found: dict[str, int] = {}
        for request, size in self.bytes_of.items():
            if request not in self.kept:
                kind = self.kinds.get(request, "other")
                found[kind] = found.get(kind, 0) + size
        return found

    @property
    def requests(self) -> int:
        return len([one for one in self.bytes_of if one not in self.kept])


@contextmanager
def wired(page: Page) -> Iterator[tuple[Wire, CDPSession]]:
    """Watch the wire while the block runs."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    wire = Wire()
    wire.listen(session)
    yield wire, session
    session.detach()


def settle(page: Page) -> None:
    """Wait until all it asks for is there, fonts too."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
