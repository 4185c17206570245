"""Nothing stays on a borrowed phone: after exit and after leaving, in a real browser with a profile on disk.

Each scenario opens pages, types something that is not sent, and goes; then Back and Forward, the addresses once more,
the browser closed and opened again, and at last every byte it wrote are searched. The first test shows that the search
finds.
"""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import brotli
import pytest

from tests.cast import GUESTS, LINKS, Cast
from tests.support.browsers import LiveServer
from tests.support.full import FILE, keep
from tests.support.profile import ADDRESSES, WHOLE, Tab, opened, traces

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.journey
YEAR = 31_536_000
TYPED, FAMILY = "Purperkoetje", "Goudplevier"
# Of the words of sleutelkaarten, those that no browser writes by itself: one that is drawn may be "schema" or "auto".
OF_CARDS = ("mosselman", "schildpad", "stekelig", "tuinslang")


# ---- the search finds ------------------------------------------------------------------------------------------------


class Careless(BaseHTTPRequestHandler):
    """A product that lets everything stay: kept pages, packed three ways, words in titles, addresses and storage."""

    def do_GET(self) -> None:
        packed = self.path.split("?")[0].strip("/")
        page = f"<!doctype html><title>Titelduif {packed}</title><p>Kaartduif{packed}<form><input name=q></form>"
        body = (page + "<script>localStorage.kept = 'Lokaalduif'</script>").encode()
        pack: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "br": brotli.compress}
        body = pack.get(packed, bytes)(body)
        self.send_response(200)
        kinds = {"Content-Type": "text/html", "Cache-Control": "max-age=9000", "Content-Length": str(len(body))}
        for name, value in kinds.items() if packed not in pack else {**kinds, "Content-Encoding": packed}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: Any) -> None:
        """Says nothing."""


@pytest.fixture
def careless() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Careless)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_what_a_careless_product_leaves_is_found(browser: Browser, careless: str, tmp_path: Path) -> None:
    with opened(browser.browser_type, tmp_path / "phone") as context:
        page, tab = context.pages[0], Tab(context.pages[0])
        for packed in ("plain", "gzip", "br"):
            page.goto(f"{careless}/{packed}")
        page.fill("input", "Typeduif")
        page.keyboard.press("Enter")
        tab.rests()
        tab.asks("window.mark = 1")
        page.goto(f"{careless}/plain")
        assert tab.moves(-1)
        # As phones do, the page itself comes back and is not asked for: what Back shows may be old. The shell asks.
        assert tab.asks("window.mark") == (1 if WHOLE else None)
        assert "Typeduif" in str(tab.asks("location.href"))
    found = traces(
        tmp_path / "phone", ["Kaartduifplain", "Kaartduifgzip", "Kaartduifbr", "Lokaalduif", "Titelduif", "Typeduif"]
    )
    words = {word for seen in found.values() for word in seen}
    assert {"Kaartduifplain", "Kaartduifgzip", "Kaartduifbr", "Lokaalduif"} <= words, found
    if WHOLE:
        assert "Titelduif" in found["Default/History"]
        assert "Typeduif" in found["Default/Web Data"]


# ---- who goes, and how -----------------------------------------------------------------------------------------------


@dataclass
class Borrowed:
    """One profile, and who holds the phone."""

    cast: Cast
    url: str
    who: str
    context: BrowserContext
    pictures: list[bytes] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        """The one tab."""
        return self.context.pages[0]

    @property
    def plan(self) -> str:
        """Where their plan is."""
        return f"{self.url}/p/{self.cast.elsewhere if self.who == 'lies' else self.cast.plan}"

    @property
    def addresses(self) -> list[str]:
        """Where they look; there is something of the family on each."""
        if self.who in LINKS:
            return [f"{self.plan}/voor/{self.cast.actors[self.who].seat}"]
        pages = (
            ["/", "/doelen", "/afspraken"]
            if self.who in GUESTS
            else ["/", "/doelen", "/mensen", "/afspraken", "/veranderd"]
        )
        return [self.plan + page for page in pages]

    @property
    def words(self) -> list[str]:
        """What nobody may find afterwards."""
        family = "Kluut" if self.who == "lies" else FAMILY
        return [*self.cast.canaries_for(self.who).values(), family, TYPED, *self.secrets]

    def opens_with_a_card(self) -> None:
        """Types the number and the words of a sleutelkaart, as on a phone that is not theirs."""
        from app.accounts import chance
        from app.accounts.commands import make_card

        assert self.cast.app is not None
        assert set(OF_CARDS) <= set(chance._words())
        with self.cast.app.app_context(), pytest.MonkeyPatch.context() as patch:
            patch.setattr(chance, "_words", lambda: OF_CARDS)
            card = make_card(self.cast.actors[self.who], None)
        self.secrets = [card.number, *card.words]
        self.page.goto(f"{self.url}/sleutel")
        self.page.locator("input[name=card_number]").fill(card.number)
        self.page.locator("input[name=card_words]").fill(" ".join(card.words))
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Open", exact=True).first.click()

    def looks_round(self) -> None:
        """Opens their pages, and types what is not sent."""
        if self.who in LINKS:
            self.page.goto(f"{self.url}/d/{self.cast.tokens[self.who]}")
            self.page.get_by_role("button", name="Open").click()
        seen: set[str] = set()
        for address in self.addresses:
            self.page.goto(address)
            text = self.page.content()
            seen |= {word for word in self.words if word in text}
        assert seen
        self.types()

    def types(self) -> None:
        """Begins to write something."""
        new = {"lisa": "/gast/stop"}.get(self.who, "/doelen/nieuw")
        if self.who in LINKS:
            return
        answer = self.page.goto(self.plan + new)
        fields = self.page.locator("textarea:visible, input[type=text]:visible")
        assert answer is not None
        assert answer.status == 200
        fields.first.fill(TYPED)


def snel_weg(borrowed: Borrowed) -> None:
    """The button that is on every page."""
    borrowed.page.get_by_role("button", name="Snel weg").click()
    borrowed.page.wait_for_url("**/kalender")


def device(borrowed: Borrowed) -> None:
    """Verlaat dit toestel."""
    borrowed.page.goto(f"{borrowed.plan}/dit-toestel")
    _press(borrowed, "Verlaat dit toestel")


def leaves(borrowed: Borrowed) -> None:
    """Wij gaan uit elkaar, without a copy."""
    borrowed.page.goto(f"{borrowed.plan}/uit-elkaar")
    borrowed.page.locator("input[name=take][value=nothing]").check(force=True)
    _press(borrowed, "Ga weg uit dit plan")


def stops_as_guest(borrowed: Borrowed) -> None:
    """Ik stop als gast."""
    borrowed.page.goto(f"{borrowed.plan}/gast/stop")
    _press(borrowed, "Stop als gast")


def deletes(borrowed: Borrowed) -> None:
    """The only parent deletes the plan."""
    borrowed.page.goto(f"{borrowed.plan}/wegdoen")
    borrowed.page.locator("input[name=how][value=now]").check(force=True)
    _press(borrowed, "Doe ons plan weg")


def is_stopped(borrowed: Borrowed) -> None:
    """Somebody stops them from elsewhere; they find out at their next tap."""
    from app.accounts.commands import end_seats_of

    seat = borrowed.cast.actors[borrowed.who].seat
    assert borrowed.cast.app is not None
    assert seat is not None
    with borrowed.cast.app.app_context():
        end_seats_of(seat)
    borrowed.page.goto(borrowed.addresses[0])


def is_deleted(borrowed: Borrowed) -> None:
    """The parents delete the plan from elsewhere."""
    from app.leaving import commands, store

    cast = borrowed.cast
    assert cast.app is not None
    with cast.app.app_context():
        for parent, say in ((cast.sara, "ask"), (cast.jef, "agree")):
            view = store.parents(parent)
            assert view is not None
            if say == "ask":
                commands.ask(parent, view, None, uuid4().hex)
            else:
                assert commands.agree(parent, view, at_once=True)
    borrowed.page.goto(borrowed.addresses[0])


def lends(borrowed: Borrowed) -> None:
    """Samen invullen: somebody else types on the parent's phone, and leaves at once."""
    borrowed.page.goto(f"{borrowed.plan}/samen-invullen")
    borrowed.page.locator(f"input[name=who][value='{borrowed.cast.people['lisa']}']").check(force=True)
    borrowed.page.locator("main form button[type=submit]").last.click()
    borrowed.types()
    snel_weg(borrowed)


def _press(borrowed: Borrowed, name: str) -> None:
    with borrowed.page.expect_navigation():
        borrowed.page.get_by_role("button", name=name).click()


Way = Callable[[Borrowed], None]
WAYS: list[tuple[str, Way]] = [
    ("sara", snel_weg), ("sara", device), ("sara", leaves), ("sara", is_stopped), ("sara", is_deleted), ("sara", lends),
    ("lies", deletes), ("lies", snel_weg),
    ("nele", snel_weg), ("nele", device), ("nele", is_stopped), ("nele", is_deleted),
    ("lisa", snel_weg), ("lisa", stops_as_guest), ("lisa", is_stopped), ("lisa", is_deleted),
    ("oma", snel_weg), ("oma", is_stopped), ("oma", is_deleted),
    ("els", snel_weg),
]  # fmt: skip
# In every run one way with JavaScript and two without; in a full one all of them both ways.
SOME = [("sara", snel_weg, True), ("nele", is_stopped, False), ("oma", snel_weg, False)]
ALL = [(who, way, script) for script in (True, False) for who, way in WAYS]
# Lies has no way back in: for her the plan stays open, and only what she typed must not come back.
STAYS_OPEN = {("lies", snel_weg)}


@pytest.mark.long
@pytest.mark.parametrize(
    "scenario",
    ALL if FILE else SOME,
    ids=[f"{who}-{way.__name__}-{script}" for who, way, script in (ALL if FILE else SOME)],
)
def test_nothing_stays(
    browser: Browser, cast: Cast, live_server: LiveServer, tmp_path: Path, scenario: tuple[str, Way, bool]
) -> None:
    who, way, script = scenario
    phone, stays_open = tmp_path / "phone", (who, way) in STAYS_OPEN
    _has_a_way_back(cast, who)
    with opened(browser.browser_type, phone, java_script_enabled=script) as context:
        borrowed = Borrowed(cast, live_server.url, who, context)
        context.on("response", lambda answer: _note_picture(borrowed, answer))
        if (who, way) == ("sara", snel_weg):
            borrowed.opens_with_a_card()
        elif who not in LINKS:
            context.add_cookies(_cookies_of(cast, who, live_server.url))
        borrowed.looks_round()
        way(borrowed)
        words = _told_afterwards(borrowed, way)
        tab = Tab(borrowed.page)
        shown = _shown(tab, words) + _back_and_forward(tab, words)
        assert tab.asks(STORED) in {0, "0"}
        shown += 0 if stays_open else _asked_again(borrowed, tab, words)
    with opened(browser.browser_type, phone, java_script_enabled=script) as context:
        again = Borrowed(cast, live_server.url, who, context)
        shown += 0 if stays_open else _asked_again(again, Tab(again.page), words)
    assert shown == 0
    assert traces(phone, borrowed.words) == {}
    assert _pictures_in(phone, borrowed.pictures) == []
    secrets = traces(phone, list(cast.tokens.values()))
    assert [file for file in secrets if not file.startswith(ADDRESSES)] == []
    found = {"shown": shown, "files_with_words": 0, "pictures_looked_for": len(borrowed.pictures)}
    keep("borrowed phone", who=who, way=way.__name__, javascript=script, browser=BROWSER, **found)


def _told_afterwards(borrowed: Borrowed, way: Way) -> list[str]:
    """What no page may say afterwards."""
    if (borrowed.who, way) in STAYS_OPEN:
        return [TYPED]
    # The own page of who is signed in says 30 days long where they were a guest.
    return [word for word in borrowed.words if word != FAMILY or way is not stops_as_guest]


BROWSER = "Chromium, whole" if WHOLE else "headless shell"
STORED = """(async () => localStorage.length + sessionStorage.length
  + (await indexedDB.databases()).length + (await caches.keys()).length)()"""


def _shown(tab: Tab, words: list[str]) -> int:
    text = tab.shows()
    found = [word for word in words if word in text]
    assert found == [], tab.asks("location.href")
    return len(found)


def _back_and_forward(tab: Tab, words: list[str]) -> int:
    shown = 0
    for step in (-1, 1):
        while tab.moves(step):
            shown += _shown(tab, words)
    return shown


def _asked_again(borrowed: Borrowed, tab: Tab, words: list[str]) -> int:
    """Every address of theirs once more, as a tab that is opened again asks them."""
    shown = 0
    for address in borrowed.addresses:
        answer = borrowed.page.goto(address)
        assert answer is not None
        assert answer.status == 404
        shown += _shown(tab, words)
    return shown + _back_and_forward(tab, words)


def _has_a_way_back(cast: Cast, who: str) -> None:
    """They kept a card, or have the lock of their own phone; Lies has neither."""
    from app.accounts.commands import keep_card
    from app.accounts.keys import set_password
    from app.accounts.store import account_at, cards
    from app.web.device import Caller

    assert cast.app is not None
    with cast.app.app_context():
        if who in {"sara", "nele"}:
            for card in cards(cast.actors[who]):
                keep_card(cast.actors[who], card)
        elif who in GUESTS:
            account = account_at(cast.actors[who].seat)
            assert account is not None
            set_password(account, f"{who}@dienst.example", "vierzeesterren", Caller("192.0.2.9", "0" * 32))


def _cookies_of(cast: Cast, who: str, url: str) -> Any:
    cookies = (cast.client_of(who)._cookies or {}).values()
    return [{"name": one.key, "value": one.value, "url": url, "expires": time.time() + YEAR} for one in cookies]


def _note_picture(borrowed: Borrowed, answer: Any) -> None:
    if "/p/" in answer.url and answer.headers.get("content-type", "").startswith("image/") and answer.ok:
        borrowed.pictures.append(answer.body())


def _pictures_in(phone: Path, pictures: list[bytes]) -> list[str]:
    """The files that hold the middle of a picture."""
    middles = [picture[len(picture) // 2 :][:48] for picture in pictures]
    files = [path for path in phone.rglob("*") if path.is_file()] if middles else []
    return [str(path) for path in files if any(middle in path.read_bytes() for middle in middles)]
