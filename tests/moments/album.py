"""Helpers for tests of photos through the pages: a picture to send, and the form that sends it."""

import io
import re
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from app.items import Photo
from tests.cast import Cast

# A thing of each kind that Sara may put a photo on, by the word of its address.
ON = {
    "plan": "plan",
    "iemand": "person oma",
    "doel": "goal of us",
    "stap": "step of us",
    "afspraak": "agreement of oma",
    "moment": "moment of us",
    "huis": "home",
}
SOURCE = re.compile(r'<img[^>]* src="(/p/[^"]+/foto/[^"]+)"[^>]*>')


@cache
def jpeg(colour: str = "teal", width: int = 64, height: int = 48) -> bytes:
    """A plain picture."""
    made = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(made, "JPEG")
    return made.getvalue()


@pytest.fixture(autouse=True)
def drawn_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are drawn again in this process: what the other one does has its own tests (tests/media)."""
    from app.media import commands
    from app.media.nouns import LONGEST, BadFile, Fault, Size
    from app.media.pixels import Pixels

    def redraw(data: bytes) -> Pixels:
        try:
            found = Image.open(io.BytesIO(data)).convert("RGB")
        except OSError:
            raise BadFile(Fault.WRONG_SORT) from None
        made, size = {}, found.size
        for one in (Size.LARGE, Size.SMALL):
            found.thumbnail((LONGEST[one], LONGEST[one]))
            kept = io.BytesIO()
            found.save(kept, "WEBP")
            made[one], size = kept.getvalue(), found.size if one is Size.LARGE else size
        return Pixels(made[Size.SMALL], made[Size.LARGE], *size)

    monkeypatch.setattr(commands, "redraw", redraw)


def page_of(cast: Cast, name: str, word: str = "") -> str:
    """Where the photo on a piece is chosen."""
    word = word or next(one for one, piece in ON.items() if piece.split()[0] == name.split(maxsplit=1)[0])
    return f"/p/{cast.plan}/foto/{word}/{cast.id(name)}"


def send(client: FlaskClient, page: str, data: bytes | None, name: str = "foto.jpg", **fields: Any) -> TestResponse:
    """Sends the form for a photo; without bytes nothing was chosen."""
    file = {} if data is None else {"photo": FileStorage(io.BytesIO(data), name)}
    form = {"form_key": uuid4().hex, "new": "1", "alt": "", **fields, **file}
    # In memory here too: the client itself would lay a large one on disk.
    boundary, body = encode_multipart(form)
    return client.post(page, data=body, content_type=f'multipart/form-data; boundary="{boundary}"')


def put(cast: Cast, name: str, who: str = "sara", alt: str = "", colour: str = "teal") -> Photo:
    """Somebody puts a photo on a piece; gives what is on it then."""
    answer = send(cast.client_of(who), page_of(cast, name), jpeg(colour), alt=alt)
    assert answer.status_code == 303, answer.text
    found = there(cast, name, who)
    assert found is not None
    return found


def there(cast: Cast, name: str, who: str = "sara") -> Photo | None:
    """The photo on a piece now."""
    assert cast.app is not None
    with cast.app.app_context():
        photo: Photo | None = cast.thing(name, who).body.photo
    return photo


def picture(cast: Cast, name: str, photo: Photo | UUID, size: str = "klein", through: str = "") -> str:
    """Where a photo on a piece is."""
    one = photo.id if isinstance(photo, Photo) else photo
    way = f"voor/{cast.id(through)}/" if through else ""
    return page_of(cast, name).replace("/foto/", f"/{way}foto/") + f"/{one}/{size}"
