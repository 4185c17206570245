"""Files of the product itself, under names that carry their content's hash, so that browsers may keep them for ever."""

from __future__ import annotations

import gzip
import hashlib
import re
from functools import lru_cache
from pathlib import Path

import brotli
from flask import Flask, current_app, make_response, request, send_from_directory
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app.web.names import NAMED, PICTO, picto_in

VERSIONED = re.compile(r"\.\d+\.woff2$")
SHOWN = {".css", ".js", ".svg", ".woff2", ".png", ".webp", ".webmanifest"}
TEXT = {".css", ".js", ".svg", ".webmanifest"}
OK = 200
FOR_EVER = "public, max-age=31536000, immutable"


def install(app: Flask, folder: Path) -> None:
    """Serve the files under /static/."""
    names: dict[str, str] = {}
    app.extensions["onsplan.assets"] = (folder, names)

    @app.get("/static/<path:name>", endpoint="static")
    def _file(name: str) -> Response:
        match = NAMED.match(name)
        plain = f"{match['stem']}{match['ending']}" if match else name
        if Path(plain).suffix not in SHOWN:
            raise NotFound
        answer = send_from_directory(folder, plain) if PICTO.fullmatch(plain) is None else _drawn(plain)
        if Path(plain).suffix in TEXT:
            _send_small(answer)
        fixed = (match is not None and address(plain).endswith(name)) or VERSIONED.search(plain) is not None
        answer.headers["Cache-Control"] = FOR_EVER if fixed else "no-cache"
        return answer


def _drawn(name: str) -> Response:
    svg = picto_in(name)
    if svg is None:
        raise NotFound
    answer = make_response(svg)
    answer.mimetype = "image/svg+xml"
    answer.add_etag()
    return answer


def _send_small(answer: Response) -> None:
    """Send a file of text as small as it gets: it is pressed hard once, and served for ever."""
    answer.direct_passthrough = False
    answer.make_sequence()
    answer.vary.add("Accept-Encoding")
    coding = request.accept_encodings.best_match(("br", "gzip"))
    if answer.status_code == OK and coding is not None:
        answer.set_data(_pressed(answer.get_data(), coding))
        answer.headers["Content-Encoding"] = coding
        answer.set_etag(f"{answer.get_etag()[0]}-{coding}")


@lru_cache(maxsize=512)
def _pressed(text: bytes, coding: str) -> bytes:
    return brotli.compress(text, quality=11) if coding == "br" else gzip.compress(text, 9, mtime=0)


def address(name: str) -> str:
    """The address of a file in static/, such as `css/app.css`, with its content's hash in the name."""
    folder, names = current_app.extensions["onsplan.assets"]
    if name not in names or current_app.debug:
        drawn = picto_in(name)
        content = (folder / name).read_bytes() if drawn is None else drawn
        digest = hashlib.sha256(content).hexdigest()[:10]
        stem, _dot, ending = name.rpartition(".")
        names[name] = f"/static/{stem}.{digest}.{ending}"
    found: str = names[name]
    return found
