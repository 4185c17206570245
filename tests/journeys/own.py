"""A child that does not read: it finds things by their picture and their place, never by a word.

    kaat = Robot(of_cast("kaat"), cast.plan)
    kaat.goes().taps(icon("check"))

Pictures are those of `templates/_parts/icon.html`, pictograms by their code, and photos of faces. And the way through
everything such a page leads to, for what holds of all of them.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Locator, expect

from tests.support.templates import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.journeys.hands import Hands

CONTROLS = "a[href], button, label, summary"
FACE = ":is(.face, img[src*='/foto/'])"
# Where a walk does not go: out of the page, and what ends it.
ENDS = ("/weg", "/verlaat")
ADDRESS = re.compile(r"""(?:href|src|poster|data-hx-get)="(/[^"#]*)""")
FORM = re.compile(r'<form[^>]*method="post"[^>]*action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
# What differs between two pages of one sort: ids, days, numbers, and which one of a list is asked.
DIFFERENT = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d|\d+|=[\w-]+$")
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
CHOICE = re.compile(r'<button[^>]* name="([^"]+)" value="([^"]*)"')


@cache
def _paths() -> dict[str, str]:
    source = (ROOT / "templates" / "_parts" / "icon.html").read_text(encoding="utf-8")
    return dict(re.findall(r'"([\w-]+)": "([^"]+)"', source))


def icon(name: str) -> str:
    """One of our own drawn signs."""
    return f'path[d="{_paths()[name]}"]'


def picto(code: str) -> str:
    """A pictogram, by its OpenMoji code."""
    return f'img[src*="/{code}."]'


class Robot:
    """A child at its own pages, who reads nothing.

    Attributes:
        hands: what it touches the screen with; they count.
    """

    def __init__(self, hands: Hands, plan: UUID) -> None:
        self.hands = hands
        self.plan = plan

    def goes(self, path: str = "") -> Robot:
        """To one of its pages, as from the start of the phone."""
        answer = self.hands.go(f"/p/{self.plan}/mij{path}")
        assert answer is not None
        assert answer.status == 200, path
        return self

    def finds(self, picture: str, inside: str = "main") -> Locator:
        """What can be touched with this picture in it, in their places from the top."""
        there = self.hands.page.locator(f"{inside} :is({CONTROLS})").filter(visible=True)
        return there.filter(has=self.hands.page.locator(picture))

    def taps(self, picture: str, place: int = 0, inside: str = "main") -> Robot:
        """Touches the one at that place among those with this picture."""
        found = self.finds(picture, inside)
        expect(found.nth(place)).to_be_visible()
        self.hands.touch(found.nth(place))
        return self

    def taps_tab(self, place: int) -> Robot:
        """One of the pictures that stand under each page, by where it stands."""
        self.hands.touch(self.hands.page.locator(".tabs a").nth(place))
        return self

    def sees(self, picture: str, inside: str = "main") -> Robot:
        """That picture stands there."""
        expect(self.hands.page.locator(f"{inside} {picture}").filter(visible=True).first).to_be_visible()
        return self


# ---- all that a child's page leads to --------------------------------------------------------------------------------


def starts(app: Flask, plan: UUID) -> list[str]:
    """The pages of a child that stand by themselves: whatever room makes one, it is among them."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and "/mij" in rule.rule]
    with app.test_request_context():
        found = [app.url_for(rule.endpoint, plan=plan) for rule in rules if rule.arguments == {"plan"}]
    return sorted(found, key=len)


def walk(client: FlaskClient, begin: list[str], hear: Callable[[str, TestResponse], None]) -> list[str]:
    """All one can come to from these by links, pictures and sounds; each answer is told. Gives the pages, in order."""
    first = urlsplit(begin[0]).path.split("/mij")[0]
    waiting, seen, pages = [*begin], {*begin}, []
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address)
        hear(f"GET {address}", answer)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        pages.append(address)
        for found in ADDRESS.findall(answer.get_data(as_text=True)):
            onward = urljoin(address, unescape(found))
            if onward not in seen and onward.startswith(f"{first}/") and not onward.endswith(ENDS):
                seen.add(onward)
                waiting.append(onward)
    return pages


def of_each_sort(addresses: list[str], most: int) -> list[str]:
    """A few pages of each sort."""
    sorts: dict[str, list[str]] = {}
    for address in addresses:
        sorts.setdefault(DIFFERENT.sub("", address), []).append(address)
    return [address for some in sorts.values() for address in some[:most]]


def presses(client: FlaskClient, page: str, hear: Callable[[str, TestResponse], None]) -> int:
    """Each button of a page once, plainly and as htmx does; returns how many."""
    pressed = 0
    for as_htmx in (True, False):
        text = client.get(page).get_data(as_text=True)
        for action, inside in FORM.findall(text):
            if action.endswith(ENDS):
                continue
            data = {name: unescape(value) for name, value in (*HIDDEN.findall(inside), *CHOICE.findall(inside)[:1])}
            headers = {"HX-Request": "true"} if as_htmx else {}
            hear(f"POST {action}", client.post(unescape(action), data=data, headers=headers))
            pressed += 1
    return pressed
