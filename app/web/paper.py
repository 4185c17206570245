"""Paper: a template as a tagged PDF (PDF/UA-1) with its fonts inside, made from the product's own files only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import make_response, render_template
from werkzeug.wrappers import Response

from app.web import assets

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

# Not an address: whatever is not one of our own files is not fetched.
BASE = "onsplan://paper/"
READ = {".css", ".woff2", ".svg", ".png", ".webp"}


class NotOurs(ValueError):
    """A page for print asked for something that is not a file of the product."""


def pdf(template: str, **values: Any) -> bytes:
    """Lay a template out on paper.

    Args:
        template: one that extends `_layout/print.html`; it sets the language, the title and the size of the page.
        values: what the template needs.
    """
    # Heavy (40 MB, more than half a second), and most workers never print.
    from weasyprint import HTML  # noqa: PLC0415

    page = HTML(string=render_template(template, **values), base_url=BASE, url_fetcher=own_file)
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return made


def sheet(name: str, template: str, **values: Any) -> Response:
    """The same as an answer; `name` is how a phone keeps the file, the same for everybody."""
    answer = make_response(pdf(template, **values))
    answer.mimetype = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def own_file(address: str) -> URLFetcherResponse:
    """The fetcher WeasyPrint is given.

    Raises:
        NotOurs: the address is not one of a style, font or picture in static/.
    """
    from weasyprint.urls import URLFetcherResponse  # noqa: PLC0415

    parts = urlsplit(address)
    path = assets.file_of(parts.path) if address.startswith(BASE) else None
    if path is None or path.suffix not in READ:
        raise NotOurs(parts.scheme)
    return URLFetcherResponse(address, path.read_bytes(), {"Content-Type": _sort(path)})


def _sort(path: Path) -> str:
    return {
        ".css": "text/css; charset=utf-8",
        ".woff2": "font/woff2",
        ".svg": "image/svg+xml",
        ".png": "image/png",
        ".webp": "image/webp",
    }[path.suffix]
