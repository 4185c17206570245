"""Paper: a template as a tagged PDF (PDF/UA-1) with its fonts inside, laid out by the press beside this process."""

from __future__ import annotations

import atexit
import os
import subprocess  # nosec B404 - our own press, with our own words
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any, BinaryIO, cast

from flask import current_app, make_response, render_template
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.wrappers import Response

from app.web import press

# Laying out takes a processor for a good part of a second. One at a time leaves room for every other page, and who
# comes behind a few that wait is asked to come back, so that not all threads of the server stand in that row.
MOST_WAITING = 4
ROOT = Path(__file__).parent.parent.parent
Press = subprocess.Popen[bytes]

_at_work, _in_row = Lock(), BoundedSemaphore(MOST_WAITING + 1)
_press: list[Press] = []


class NoPaper(Exception):
    """The press made no sheet of a page: it took too long, too much memory, or there is no press."""


def pdf(template: str, **values: Any) -> bytes:
    """Lay a template out on paper.

    Args:
        template: one that extends `_layout/print.html`; it sets the language, the title and the size of the page.
        values: what the template needs.

    Raises:
        ServiceUnavailable: too many others are waiting for theirs.
        NoPaper: the press made no sheet of it.
    """
    return laid_out(render_template(template, **values))


def laid_out(text: str, *shorter: str) -> bytes:
    """Lay a text out on paper; raises what `pdf` does.

    Args:
        text: the text.
        shorter: what takes its place, in this order, when it takes more than one page.
    """
    pages = press.BETWEEN.join((text, *shorter)).encode()
    folder: Path = current_app.extensions["onsplan.assets"][0]
    with _turn():
        sheet = _sent(folder, pages)
        if sheet is None:
            # It was left alone too long and has ended, maybe just now: a new one does it.
            sheet = _sent(folder, pages)
    if not sheet:
        raise NoPaper
    return sheet


@contextmanager
def _turn() -> Iterator[None]:
    if not _in_row.acquire(blocking=False):
        raise ServiceUnavailable(retry_after=10)
    try:
        with _at_work:
            yield
    finally:
        _in_row.release()


def _sent(folder: Path, page: bytes) -> bytes | None:
    """What the press makes of a page: nothing when it could not, None when the press itself is no longer there."""
    here = _press_of(folder)
    try:
        press.write(cast("BinaryIO", here.stdin), page)
        sheet = press.read(cast("BinaryIO", here.stdout))
    except BrokenPipeError:
        sheet = None
    if sheet is None:
        close()
    return sheet


def _press_of(folder: Path) -> Press:
    """The press of this process, started when first needed."""
    if not _press:
        command = [sys.executable, "-P", "-m", press.__name__, str(folder)]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ONSPLAN_")}
        environment["PYTHONPATH"] = str(ROOT)
        pipe = subprocess.PIPE
        _press.append(subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe))  # noqa: S603 # nosec B603
    return _press[0]


def close() -> None:
    """Let the press of this process end; the next page starts another."""
    for ended in _press:
        for pipe in (ended.stdin, ended.stdout):
            with suppress(BrokenPipeError):
                cast("BinaryIO", pipe).close()
        ended.wait()
    _press.clear()


atexit.register(close)


def sheet(name: str, template: str, **values: Any) -> Response:
    """The same as `pdf`, as an answer; `name` is how a phone keeps the file, the same for everybody."""
    return answer(name, pdf(template, **values))


def answer(name: str, made: bytes) -> Response:
    """A sheet as an answer."""
    told = make_response(made)
    told.mimetype = "application/pdf"
    told.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return told
