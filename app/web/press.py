"""The press: a process of its own that lays pages out on paper, so that no worker of the server carries WeasyPrint.

`python -m app.web.press FOLDER` reads pages from stdin and writes sheets to stdout, each behind its length; a length of
nothing says that a page could not be laid out. What is on a page passes through these pipes and lies nowhere else.
Every page is laid out by a copy of the process that ends with it: memory never adds up, a page that takes too much of
it or too long ends alone, and nobody waits for WeasyPrint to load more than once. Left alone, the press ends.
"""

from __future__ import annotations

import base64
import logging
import os
import re
import resource
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from app.web.names import file_in, packed_in

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

# Stands before the addresses of our own files. It is asked of nobody: whatever is no file of ours is not fetched.
BASE = "http://paper.invalid/"
READ = {
    ".css": "text/css; charset=utf-8",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
}
# How a photo of the family comes along in its page: drawn anew by us, so a plain WebP.
PHOTO = "data:image/webp;base64,"
LENGTH = 4
# Between a text and the shorter ones that take its place when it takes more than one page; no text of people holds it.
BETWEEN = "\f"
VARIANT = "pdf/ua-1"
MOST_SECONDS = 60
MOST_MEMORY = 1 << 30
IDLE_SECONDS = 120.0
# WeasyPrint takes the words of a picture from its title; browsers would show that as a box under the mouse.
PICTURE = re.compile(r'(<svg\b[^>]*\baria-label="([^"]*)"[^>]*>)')
FIRST = "<!doctype html><html lang=nl><title>.</title><link rel=stylesheet href=/static/css/print.css><p>Aan tafel"


class NotOurs(ValueError):
    """A page for print asked for something that is no file of the product and no photo in the page itself."""


def asked_for(folder: Path, address: str) -> tuple[bytes, str]:
    """What stands behind an address that a page for print asks for, and what sort of file it is.

    Raises:
        NotOurs: it is neither a file of static/, a pictogram among them, nor a photo in the page itself.
    """
    if address.startswith(PHOTO):
        return base64.b64decode(address.removeprefix(PHOTO), validate=True), "image/webp"
    drawn = packed_in(address.removeprefix(BASE.rstrip("/"))) if address.startswith(BASE) else None
    if drawn is not None:
        return drawn, READ[".svg"]
    path = own_file(folder, address)
    return path.read_bytes(), READ[path.suffix]


def own_file(folder: Path, address: str) -> Path:
    """The file behind an address that a page for print asks for.

    Raises:
        NotOurs: it is not one of a style, font or picture in static/.
    """
    path = file_in(folder, address.removeprefix(BASE.rstrip("/"))) if address.startswith(BASE) else None
    if path is None or path.suffix not in READ:
        raise NotOurs(address)
    return path


def write(to: BinaryIO, data: bytes) -> None:
    """Send something behind its length."""
    to.write(len(data).to_bytes(LENGTH, "big") + data)
    to.flush()


def read(of: BinaryIO) -> bytes | None:
    """Receive something that comes behind its length; None when the other side ended."""
    head = of.read(LENGTH)
    if len(head) < LENGTH:
        return None
    length = int.from_bytes(head, "big")
    data = of.read(length)
    return data if len(data) == length else None


def main() -> None:
    """Lay out what comes, until nothing comes any more."""
    # Ctrl-C in a terminal reaches every process of the server; this one ends when the server closes its pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What WeasyPrint says of a page may hold its words.
    logging.disable(logging.CRITICAL)
    laid_out = layout(Path(sys.argv[1]))
    laid_out(FIRST)
    pages, sheets = sys.stdin.buffer, sys.stdout.buffer
    while select.select([pages], [], [], IDLE_SECONDS)[0]:
        page = read(pages)
        if page is None:
            return
        write(sheets, _in_a_copy(laid_out, page))


def layout(folder: Path) -> Callable[[str], bytes]:
    """Load WeasyPrint; what comes back lays a page out with it, from the files of this folder only."""
    from weasyprint import HTML  # noqa: PLC0415 - forty megabytes that only this process needs
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            data, sort = asked_for(folder, url)
            return URLFetcherResponse(url, data, {"Content-Type": sort})

    files = OwnFiles(fail_on_errors=True)

    def rendered(text: str) -> Any:
        page = HTML(string=PICTURE.sub(r"\1<title>\2</title>", text), base_url=BASE, url_fetcher=files)
        return page.render(pdf_variant=VARIANT)

    def laid_out(texts: str) -> bytes:
        versions = texts.split(BETWEEN)
        made: bytes = _longest_on_a_page(versions, rendered).write_pdf(pdf_variant=VARIANT)
        return made

    return laid_out


def _longest_on_a_page(versions: list[str], rendered: Callable[[str], Any]) -> Any:
    """The first version that takes one page, else the last; each is shorter than the one before, so by halves."""
    low, high, fitting = 0, len(versions) - 1, None
    while low < high:
        middle = (low + high) // 2
        laid = rendered(versions[middle])
        if len(laid.pages) > 1:
            low = middle + 1
        else:
            high, fitting = middle, laid
    return rendered(versions[low]) if fitting is None else fitting


def _in_a_copy(laid_out: Callable[[str], bytes], page: bytes) -> bytes:
    """The sheet of a page, laid out by a copy of this process; empty when that ended without one."""
    back, forth = os.pipe()
    copy = os.fork()
    if copy == 0:
        ended = 1
        # Whatever happens in it, a copy ends here: what went on would answer in the name of this process.
        try:
            os.close(back)
            ended = _lay_out(laid_out, page, forth)
        finally:
            os._exit(ended)
    os.close(forth)
    with os.fdopen(back, "rb") as pipe:
        sheet = read(pipe)
    os.waitpid(copy, 0)
    return sheet or b""


def _lay_out(laid_out: Callable[[str], bytes], page: bytes, forth: int) -> int:
    # Who made this process may have put a hand on the alarm; here it ends the copy, and nothing else.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(MOST_SECONDS)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        with os.fdopen(forth, "wb") as pipe:
            write(pipe, laid_out(page.decode()))
    except Exception as error:  # noqa: BLE001 - whatever it is, it may hold words: only its sort is told
        _say(error)
        return 1
    return 0


def _say(error: Any) -> None:
    print(f"A sheet was not made: {type(error).__name__}", file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
