"""Paper: a template as a tagged PDF (PDF/UA-1) with its fonts inside, made from the product's own files only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import make_response, render_template
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.wrappers import Response

from app.web import assets

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

# Stands before the addresses of our own files. It is asked of nobody: whatever is no file of ours is not fetched.
BASE = "http://paper.invalid/"
# Laying out takes the whole processor for a good part of a second. One at a time leaves room for every other page, and
# who comes behind a few that wait is asked to come back, so that not all threads of the server stand in that row.
MOST_WAITING = 4
_at_work, _in_row = Lock(), BoundedSemaphore(MOST_WAITING + 1)
READ = {".css", ".woff2", ".svg", ".png", ".webp"}


class NotOurs(ValueError):
    """A page for print asked for something that is not a file of the product."""


def pdf(template: str, **values: Any) -> bytes:
    """Lay a template out on paper.

    Args:
        template: one that extends `_layout/print.html`; it sets the language, the title and the size of the page.
        values: what the template needs.

    Raises:
        ServiceUnavailable: too many others are waiting for theirs.
    """
    # Heavy (40 MB, more than half a second), and most workers never print.
    from weasyprint import HTML  # noqa: PLC0415

    text = render_template(template, **values)
    with _turn():
        page = HTML(string=text, base_url=BASE, url_fetcher=_fetcher())
        made: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return made


@contextmanager
def _turn() -> Iterator[None]:
    if not _in_row.acquire(blocking=False):
        raise ServiceUnavailable(retry_after=10)
    try:
        with _at_work:
            yield
    finally:
        _in_row.release()


def sheet(name: str, template: str, **values: Any) -> Response:
    """The same as an answer; `name` is how a phone keeps the file, the same for everybody."""
    answer = make_response(pdf(template, **values))
    answer.mimetype = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def own_file(address: str) -> Path:
    """The file behind an address that a page for print asks for.

    Raises:
        NotOurs: it is not one of a style, font or picture in static/.
    """
    path = assets.file_of(urlsplit(address).path) if address.startswith(BASE) else None
    if path is None or path.suffix not in READ:
        raise NotOurs(address)
    return path


def _fetcher() -> URLFetcher:
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            path = own_file(url)
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": _sort(path)})

    return OwnFiles(fail_on_errors=True)


def _sort(path: Path) -> str:
    return {
        ".css": "text/css; charset=utf-8",
        ".woff2": "font/woff2",
        ".svg": "image/svg+xml",
        ".png": "image/png",
        ".webp": "image/webp",
    }[path.suffix]
