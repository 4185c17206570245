"""Voice notes and films on things, through the pages: kept, played in parts, taken away, and nobody else's."""

import io
import re
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from app.change import Remove, change
from app.items import Film, Sound
from app.media import commands, store
from app.media.commands import Copies
from app.media.nouns import BadFile, Fault, Size, Sort
from app.media.recordings import Recorded
from app.policy.actions import Action
from app.remap import remapped
from tests.cast import Cast
from tests.moments.album import ON
from tests.sharing.pages import tokens_off

__all__ = ["tokens_off"]

FILE, POSTER = b"ftyp" + bytes(range(256)) * 4, b"RIFF....WEBPVP8 poster"
FIELD = {"stem": "voice", "film": "film"}


@pytest.fixture(autouse=True)
def made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is recorded anew: what the process does has its own tests (tests/media)."""

    def again(data: bytes, sort: Sort) -> Recorded:
        if data.startswith(b"no"):
            raise BadFile(Fault.WRONG_SORT)
        return Recorded(FILE, 7) if sort is Sort.VOICE else Recorded(FILE, 9, 640, 360, POSTER)

    monkeypatch.setattr(commands, "recorded_again", again)


def page_of(cast: Cast, name: str, what: str = "stem") -> str:
    word = next(one for one, piece in ON.items() if piece.split()[0] == name.split(maxsplit=1)[0])
    return f"/p/{cast.plan}/{what}/{word}/{cast.id(name)}"


def send(client: FlaskClient, page: str, data: bytes | None, what: str = "stem", **fields: Any) -> TestResponse:
    file = {} if data is None else {FIELD[what]: FileStorage(io.BytesIO(data), "opname")}
    form = {"form_key": uuid4().hex, "new": "1", "alt": "", **fields, **file}
    boundary, body = encode_multipart(form)
    return client.post(page, data=body, content_type=f'multipart/form-data; boundary="{boundary}"')


def there(cast: Cast, name: str, what: str = "stem") -> Any:
    assert cast.app is not None
    with cast.app.app_context():
        return getattr(cast.thing(name, "sara").body, FIELD[what])


def put(cast: Cast, name: str, what: str = "stem", data: bytes = b"a sound", **fields: Any) -> Any:
    answer = send(cast.client_of("sara"), page_of(cast, name, what), data, what, **fields)
    assert answer.status_code == 303, answer.text
    return there(cast, name, what)


def test_the_familys_own_recording_is_heard_on_the_page_of_a_child(cast: Cast) -> None:
    """And before the words beside it, which the phone reads (`data-voiced`)."""
    kaat, today = cast.client_of("kaat"), f"/p/{cast.plan}/mij"
    assert "<audio" not in kaat.get(today).text
    found = put(cast, "agreement of kaat")
    page = kaat.get(today).text
    (voiced,) = re.findall(r"data-voiced>(.*?)</article>", page, re.DOTALL)
    assert voiced.count("<audio") == 1
    address = f"/p/{cast.plan}/stem/afspraak/{cast.id('agreement of kaat')}/{found.id}"
    assert address in voiced
    assert kaat.get(address).data == FILE


@pytest.mark.parametrize("what", FIELD)
@pytest.mark.parametrize("name", ON.values())
def test_it_can_be_put_on_every_kind_of_thing_and_is_played_there(cast: Cast, name: str, what: str) -> None:
    found = put(cast, name, what)
    assert isinstance(found, Sound if what == "stem" else Film)
    sara = cast.client_of("sara")
    shown = sara.get(page_of(cast, name, what))
    address = f"{page_of(cast, name, what)}/{found.id}"
    assert f'src="{address}"' in shown.text
    played = sara.get(address)
    assert (played.status_code, played.data) == (200, FILE)
    assert played.mimetype == ("audio/mp4" if what == "stem" else "video/mp4")
    assert played.headers["X-Content-Type-Options"] == "nosniff"
    assert played.headers["Cache-Control"] == "no-store"
    assert sara.get(f"{address}/beeld").status_code == (404 if what == "stem" else 200)


@pytest.mark.parametrize(
    ("asked", "status", "data", "said"),
    [
        ("bytes=0-1", 206, FILE[:2], f"bytes 0-1/{len(FILE)}"),
        ("bytes=1000-", 206, FILE[1000:], f"bytes 1000-{len(FILE) - 1}/{len(FILE)}"),
        ("bytes=-4", 206, FILE[-4:], f"bytes {len(FILE) - 4}-{len(FILE) - 1}/{len(FILE)}"),
        ("bytes=9000-", 416, b"", f"bytes */{len(FILE)}"),
        ("lines=1-2", 200, FILE, None),
    ],
)
def test_a_browser_gets_the_part_it_asks_for(
    cast: Cast, asked: str, status: int, data: bytes, said: str | None
) -> None:
    """RFC 9110, 14; Safari plays nothing without."""
    found = put(cast, "goal of us")
    address = f"{page_of(cast, 'goal of us')}/{found.id}"
    answer = cast.client_of("sara").get(address, headers={"Range": asked})
    assert (answer.status_code, answer.data, answer.headers.get("Content-Range")) == (status, data, said)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_page_plays_and_records_only_where_it_must(cast: Cast) -> None:
    put(cast, "goal of us")
    sara = cast.client_of("sara")
    plain = sara.get(f"/p/{cast.plan}/mensen")
    goal = sara.get(f"/p/{cast.plan}/doelen/{cast.id('goal of us')}")
    voice, film = (sara.get(page_of(cast, "goal of us", what)) for what in FIELD)
    assert "media-src" not in plain.headers["Content-Security-Policy"]
    assert "media-src 'self';" in goal.headers["Content-Security-Policy"]
    assert "media-src 'self' blob:;" in film.headers["Content-Security-Policy"]
    assert "camera=(), microphone=()" in goal.headers["Permissions-Policy"]
    assert "camera=(), microphone=(self)" in voice.headers["Permissions-Policy"]
    assert "camera=(self), microphone=(self)" in film.headers["Permissions-Policy"]


@pytest.mark.parametrize("what", FIELD)
def test_what_cannot_be_taken_is_said_in_its_own_words(cast: Cast, what: str) -> None:
    sara, page = cast.client_of("sara"), page_of(cast, "goal of us", what)
    wrong, nothing = send(sara, page, b"no sound", what), send(sara, page, None, what)
    assert wrong.status_code == nothing.status_code == 422
    assert ("geen geluid" if what == "stem" else "geen filmpje") in wrong.text
    assert ("Spreek eerst iets in." if what == "stem" else "Kies eerst een filmpje.") in nothing.text
    assert there(cast, "goal of us", what) is None


def test_what_is_on_a_film_is_said_and_it_is_taken_away(cast: Cast) -> None:
    put(cast, "goal of us", "film", alt="Een hop")
    sara, page = cast.client_of("sara"), page_of(cast, "goal of us", "film")
    assert 'aria-label="Een hop"' in sara.get(page).text
    version = {"form_key": uuid4().hex}
    assert sara.post(page, data={**version, "alt": "Een kwak"}).status_code == 303
    assert there(cast, "goal of us", "film").alt == "Een kwak"
    gone = sara.post(f"{page}/weg", data={"form_key": uuid4().hex}, follow_redirects=True)
    assert "Het filmpje is weg." in gone.text
    assert there(cast, "goal of us", "film") is None


def test_two_who_record_at_once_choose(cast: Cast) -> None:
    put(cast, "goal of us")
    page, sara = page_of(cast, "goal of us"), cast.client_of("sara")
    shown = sara.get(page).text
    version = shown.split('name="version" value="')[1].split('"')[0]
    put(cast, "goal of us", data=b"another")
    between = there(cast, "goal of us")
    both = send(sara, page, b"mine", version=version)
    assert both.status_code == 422
    assert "Iemand veranderde dit net ook." in both.text
    waiting = both.text.split('name="waiting" value="')[1].split('"')[0]
    now = both.text.split('name="version" value="')[1].split('"')[0]
    form = {"form_key": uuid4().hex, "waiting": waiting, "version": now, "alt": ""}
    # What waits is of this thing, and a sound: nowhere else it is anything.
    assert send(sara, page_of(cast, "goal closed"), None, **form).status_code == 422
    assert sara.post(page, data=form).status_code == 303
    assert there(cast, "goal of us") != between


@pytest.mark.parametrize("what", FIELD)
def test_a_moment_may_be_only_that(cast: Cast, what: str) -> None:
    sara, wall = cast.client_of("sara"), f"/p/{cast.plan}/fotos"
    assert f'name="{FIELD[what]}"' in sara.get(f"{wall}/nieuw?wat={what}").text
    assert send(sara, f"{wall}?wat={what}", b"ok", what).status_code == 303
    assert send(sara, f"{wall}?wat={what}", None, what).status_code == 422
    assert ("Opname" if what == "stem" else "Filmpje") in sara.get(wall).text


def test_it_goes_with_its_thing_and_comes_along_in_a_copy(cast: Cast, app: Flask) -> None:
    put(cast, "moment alone", "film")
    with app.app_context():
        thing = cast.thing("moment alone", "sara")
        medium = thing.body.film
        copies = Copies(cast.plan, cast.elsewhere)
        taken = copies.make([medium])[medium.id]
        assert store.bytes_of(cast.elsewhere, taken.medium.id, Size.LARGE, Sort.FILM) is None
        taken.keep()
        assert store.bytes_of(cast.elsewhere, taken.medium.id, Size.LARGE, Sort.FILM) == FILE
        assert store.bytes_of(cast.elsewhere, taken.medium.id, Size.SMALL, Sort.FILM) == POSTER
        # Asked for as something else it is not there.
        assert store.bytes_of(cast.plan, medium.id, Size.LARGE, Sort.VOICE) is None
        copies.drop()
        assert remapped(thing.body, {medium.id: taken.medium.id}.get).film.id == taken.medium.id
        change(cast.sara, Action.MOMENT_REMOVE, Remove(thing))
    address = f"{page_of(cast, 'moment alone', 'film')}/{medium.id}"
    assert cast.client_of("sara").get(address).status_code == 404


def test_a_plan_has_so_many_bytes_and_no_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    put(cast, "goal of us", "film")
    monkeypatch.setattr(commands, "MOST_BYTES", len(FILE))
    answer = send(cast.client_of("sara"), page_of(cast, "goal of us"), b"a sound")
    assert answer.status_code == 422
    assert "Er staat al heel veel in ons plan." in answer.text
