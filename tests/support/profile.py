"""A browser as it lies on somebody's device: a real Chromium with a profile on disk, opened, closed and opened again.

Of Chromium's two builds the whole one writes a history, its open tabs and what was typed; the headless shell has less
to leave behind. The whole one is used where it is installed.
"""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import brotli
from playwright.sync_api import Error

from tests.support import chromium

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, BrowserType, Page

WHOLE = shutil.which("chromium")
# Where an address that was opened stands, as in every browser.
ADDRESSES = (
    "Default/History", "Default/Sessions/", "Default/Favicons", "Default/Top Sites", "segmentation_platform/ukm_db",
)  # fmt: skip
# The head of an entry of Chromium's cache: its magic, and how long the key behind it is.
CACHED, KEY_AT, HEAD = bytes.fromhex("305c72a71b6dfbfc"), 12, 24


@contextmanager
def opened(browser_type: BrowserType, folder: Path, **more: Any) -> Iterator[BrowserContext]:
    """The browser of this profile, until its owner closes it; it keeps pages for Back, as phones do."""
    context = browser_type.launch_persistent_context(
        str(folder),
        executable_path=WHOLE or chromium.executable(),
        headless=not WHOLE,
        args=[*chromium.ARGUMENTS, *(["--headless=new"] if WHOLE else [])],
        ignore_default_args=["--disable-back-forward-cache"],
        locale="nl-BE",
        **more,
    )
    context.set_default_timeout(30_000)
    try:
        yield context
    finally:
        context.close()


def traces(folder: Path, words: Iterable[str]) -> dict[str, list[str]]:
    """The words that stand in the profile's files, as they are or compressed, by the file."""
    found: dict[str, list[str]] = {}
    wanted = list(words)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            seen = found_in(path.read_bytes(), wanted)
            if seen:
                found[path.relative_to(folder).as_posix()] = seen
    return found


def found_in(data: bytes, words: list[str]) -> list[str]:
    """The words that stand in these bytes: as they are, as UTF-16, or once what is compressed is opened."""
    texts = [data, *_unpacked(data)]
    return [word for word in words if any(form in text for text in texts for form in forms(word))]


def forms(word: str) -> tuple[bytes, ...]:
    """How a word may stand in a file."""
    return word.encode(), word.lower().encode(), word.encode("utf-16-le")


def _unpacked(data: bytes) -> Iterator[bytes]:
    at = data.find(b"\x1f\x8b\x08")
    while at >= 0:
        with suppress(zlib.error):
            yield zlib.decompressobj(31).decompress(data[at:])
        at = data.find(b"\x1f\x8b\x08", at + 1)
    if data.startswith(CACHED):
        body = data[HEAD + int.from_bytes(data[KEY_AT : KEY_AT + 4], "little") :]
        yield _brotli(body)


def _brotli(body: bytes) -> bytes:
    """What of these bytes is brotli, from their beginning on."""
    opener, made = brotli.Decompressor(), b""
    with suppress(brotli.error):
        # A byte at a time: what comes behind it in the file would be refused, with what came before it.
        for at in range(len(body)):
            made += opener.process(body[at : at + 1])
            if opener.is_finished():
                break
    return made


class Tab:
    """One tab, moved and read past Playwright, which loses sight of a page that comes back from memory."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._session = page.context.new_cdp_session(page)

    def asks(self, expression: str) -> Any:
        """What an expression gives on the page that is there now, with JavaScript or without."""
        given = {"expression": expression, "returnByValue": True, "awaitPromise": True}
        for _turn in range(20):
            # A page may just be on its way to another one.
            with suppress(Error):
                return self._session.send("Runtime.evaluate", given)["result"].get("value")
            self.page.wait_for_timeout(100)
        raise AssertionError("no page answers")

    def moves(self, steps: int) -> bool:
        """Back or Forward; False at the end of the row."""
        history = self._session.send("Page.getNavigationHistory")
        there = history["currentIndex"] + steps
        if not 0 <= there < len(history["entries"]):
            return False
        self._session.send("Page.navigateToHistoryEntry", {"entryId": history["entries"][there]["id"]})
        self.rests()
        return True

    def rests(self) -> None:
        """Until the page that comes is there, also when it then asks itself again."""
        self.page.wait_for_timeout(250)
        for _turn in range(40):
            if self.asks("document.readyState") == "complete":
                break
            self.page.wait_for_timeout(50)
        self.page.wait_for_timeout(150)

    def shows(self) -> str:
        """All that is on the page: its HTML and what stands in its fields, unless a cover hides it."""
        return str(self.asks(SHOWN))


SHOWN = """document.body.hidden ? "" : document.documentElement.outerHTML + document.title + "\\n"
  + [...document.querySelectorAll("input,textarea,select")].map((field) => field.value).join("\\n")"""
