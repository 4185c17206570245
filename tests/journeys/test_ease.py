"""How much a page asks of who reads it: words of ours, choices, long sentences; what the family wrote is not counted.

A screen is what is in view when a page opens on a phone of 390 by 844. The page `bar` asks for at most 90 of our words
there, 60 before the first thing to touch, and five ways on; the whole of a page keeps to that too. What stands with one
thing of a list, or asked in a form, is no way on of the page; what is said again of the next thing counts once.
"""

import re
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from tests.cast import Cast
from tests.journeys.conftest import NewHands
from tests.journeys.hands import Hands
from tests.journeys.pages import pages_of
from tests.support.browsers import LiveServer
from tests.support.messages import ease, words
from tests.support.ours import MARK, plain, sentences_of
from tests.support.templates import ROOT

COUNT = (Path(__file__).parent.parent / "support" / "words.js").read_text(encoding="utf-8")
ON_A_SCREEN, BEFORE_THE_FIRST_ACTION, CHOICES = 90, 60, 5
LONGEST, MEAN, PLAIN, RUNNING = 12, 8, 85, 20
PHONE = {"width": 390, "height": 844}

# More than five ways on, and why.
MAY_OFFER = {
    "home.more": "a page of contents, in groups under headings",
    "sharing.whom": "a way for each person of the family, and one for somebody else",
    "guests.whom": "the same, to invite",
    "children.box": "the three ways to get help stand on every page of a child, and count here too",
    "childpages.pictures": "the same",
    "home.show": "what a child tells its parent stands apart from the messages of others",
    "childpages.show": "all that can be set of a child's page: a page of contents",
    "childpages.week_days": "a way for each day of the week",
}
# Somewhat more than ninety words on the whole of a page, scrolled, and why; on a screen there are never more.
MAY_SAY = {
    "history.index": "a row for each change, and the cast's day is full of them",
    "sharing.index": "a row for each of the cast, and what they see",
}
LITTLE_MORE = 100
# The same page, for who starts and who comes back to it; and the doors, which tell nobody what is behind them.
# "Zo ziet Lisa het" shows the very page that Lisa gets.
SAME_TITLE = (
    {"home.begin", "home.begin_again"},
    {"home.landing", "home.show", "sharing.arrive", "trusted.arrive"},
    # The page of a child as that child has it, shown to a parent.
    {"days.today", "childpages.peep"},
    # The same question about what a guest proposes and what a child wishes.
    {"wishes.different", "proposals.different"},
    {"wishes.later", "proposals.later"},
    # A sheet that is being made; somebody trusted, whose name stands in no title.
    {"papers.own_sheet", "papers.own"},
    {"trusted.show", "trusted.index"},
    {"goals.index", "sharing.peek"},
    # What a child told, in the plan, through a link, and for whom it trusts.
    {"children.told", "children.link_told", "trusted.for_me"},
    {"children.told_one", "children.link_told_one", "trusted.told_me"},
)
DATES = re.compile(
    r"\d+|(?:[Mm]aan|[Dd]ins|[Ww]oens|[Dd]onder|[Vv]rij|[Zz]ater|[Zz]on)dag|ma|di|wo|do|vr|za|zo|januari"
    r"|februari|maart|april|mei|juni|juli"
    r"|augustus|september|oktober|november|december|[A-Z]{1,2}|[Gg]sm"
)

ADDRESS = re.compile(r"localhost\S*")

pytestmark = [pytest.mark.javascript(True), pytest.mark.usefixtures("marked_words")]


def read(hands: Hands) -> dict[str, Any]:
    found: dict[str, Any] = hands.page.evaluate(COUNT, MARK)
    return found


@pytest.fixture
def pages(live_server: LiveServer, of_cast: NewHands, cast: Cast) -> dict[str, dict[str, Any]]:
    """Every page as it is read, by the name of its route."""
    found, hands = {}, {}
    for place in pages_of(live_server.app, cast):
        one = hands.get(place.who) or hands.setdefault(place.who, of_cast(place.who, **PHONE))
        one.go(place.address)
        found[place.name] = read(one)
    # Who has no key to show yet is sent on to another page.
    _has_a_password(cast)
    hands["sara"].go(f"/p/{cast.plan}/sleutels/eerst")
    found["entry.prove_first"] = read(hands["sara"])
    return found


def _has_a_password(cast: Cast) -> None:
    from app.accounts.keys import set_password
    from app.accounts.owners import account_for
    from app.web.device import Caller

    seat = cast.sara.seat
    assert cast.app is not None
    assert seat is not None
    with cast.app.app_context():
        account = account_for(seat, cast.plan, None)
        set_password(account, "sara@voorbeeld.be", "vierzeesterren", Caller("192.0.2.9", "0" * 32))


def test_a_page_is_quickly_read(pages: dict[str, dict[str, Any]]) -> None:
    faults = []
    for name, page in pages.items():
        faults += _too_much(name, page)
        faults += _long(name, page["text"]) + _hard(name, page["running"])
    faults += _not_ours_and_not_the_family_s(pages)
    faults += _called_the_same({name: plain(page["title"]) for name, page in pages.items()})
    assert not faults, "\n".join(faults)
    assert len(pages) > 50
    assert pages["home.landing"]["screen"] > 20, "no word carries a mark"


def _called_the_same(titles: dict[str, str]) -> list[str]:
    """Who has several pages open, or goes back, tells them apart by their titles."""
    same = {title: {name for name in titles if titles[name] == title} for title in titles.values()}
    return [f"{title}: {names}" for title, names in same.items() if len(names) > 1 and names not in SAME_TITLE]


def _too_much(name: str, page: dict[str, Any]) -> list[str]:
    most = {"page": ON_A_SCREEN, "screen": ON_A_SCREEN, "before": BEFORE_THE_FIRST_ACTION}
    if name in MAY_SAY:
        most["page"] = LITTLE_MORE
    faults = [f"{name}: {page[what]} words ({what})" for what, many in most.items() if page[what] > many]
    if len(page["choices"]) > CHOICES and name not in MAY_OFFER:
        faults.append(f"{name}: {len(page['choices'])} ways on: {page['choices']}")
    return faults


def _long(name: str, text: str) -> list[str]:
    """Sentences as they stand on the page: put together from messages, with names in them."""
    said = sentences_of(text)
    faults = [f"{name}: {len(words(one))} words: {one}" for one in said if len(words(one)) > LONGEST]
    if said and mean(len(words(one)) for one in said) > MEAN:
        faults.append(f"{name}: {mean(len(words(one)) for one in said):.1f} words in a sentence")
    return faults


def _hard(name: str, text: str) -> list[str]:
    """Running text: what is no heading, label or button, each sentence once."""
    running = " ".join(dict.fromkeys(one for one in sentences_of(text) if one[-1] in ".?"))
    if len(words(running)) >= RUNNING and ease(running) < PLAIN:
        return [f"{name}: reads as {ease(running):.0f}: {running}"]
    return []


def _not_ours_and_not_the_family_s(pages: dict[str, dict[str, Any]]) -> list[str]:
    """Words that no translator would get: they came neither from gettext nor from the family."""
    return [
        f"{name}: {word}"
        for name, page in pages.items()
        for word in re.findall(rf"[\w'’]+(?:-[\w'’]+)*(?![\w{MARK}'’])", ADDRESS.sub(" ", page["text"]))
        if word not in _of_the_family() and not DATES.fullmatch(word)
    ]


@cache
def _of_the_family() -> set[str]:
    # What a pictogram is called comes from its board, and the name of a line that a child may call is the host's.
    names = ("tests/cast.py", "tests/cast_children.py", "app/pictos/board.tsv", "app/helplines.py")
    files = (ROOT / name for name in names)
    return {"Awel", *(word for file in files for word in words(file.read_text(encoding="utf-8")))}
