"""Files that are sent along: in memory only, one a form, bounded, and given back whatever happens."""

import io
import tempfile
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.web import uploads
from app.web.uploads import Upload
from tests.cast import Cast
from tests.moments.album import drawn_here, jpeg, page_of, send, there
from tests.sharing.pages import tokens_off

__all__ = ["drawn_here", "tokens_off"]


@pytest.fixture(autouse=True)
def all_is_given_back() -> object:
    """After every request nothing is held any more."""
    before = uploads.room.held
    yield
    assert uploads.room.held == before


def test_a_file_never_lies_on_a_disk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def spooled(*_given: object, **_more: object) -> None:
        raise AssertionError("a file was written")

    for way in ("TemporaryFile", "SpooledTemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, way, spooled)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", spooled)
    large = jpeg() + b"\0" * 3_000_000
    assert send(cast.client_of("sara"), page_of(cast, "goal of us"), large).status_code == 303


def test_a_file_too_large_is_read_to_its_end_and_said(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST_FILE", 400_000)
    page = page_of(cast, "goal closed")
    answer = send(cast.client_of("sara"), page, jpeg() + b"\0" * 2_000_000, alt="Een winterkoning")
    assert answer.status_code == 422
    assert "De foto is te groot. Kies een andere foto." in answer.text
    assert 'value="Een winterkoning"' in answer.text
    assert there(cast, "goal closed") is None


def test_above_all_bounds_there_is_still_a_sentence(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST_BODY", 500_000)
    page = page_of(cast, "goal closed")
    answer = send(cast.client_of("sara"), page, b"\0" * 2_000_000)
    assert answer.status_code == 413
    assert "De foto is te groot." in answer.text
    assert f'href="{page}"' in answer.text


def test_when_many_send_at_once_who_comes_last_is_asked_to_wait(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads.room, "most", uploads.room.held + 100_000)
    answer = send(cast.client_of("sara"), page_of(cast, "goal closed"), jpeg() + b"\0" * 200_000)
    assert answer.status_code == 422
    assert "Probeer het zo opnieuw." in answer.text


def test_slow_phones_of_one_family_leave_room_for_another() -> None:
    ours, theirs = [Upload("ours"), Upload("ours")], Upload("theirs")
    half = uploads.MOST_OF_ONE // 2
    for one in ours:
        one.write(b"\0" * half)
    more = Upload("ours")
    more.write(b"\0")
    assert more.was_busy
    theirs.write(b"\0" * half)
    assert not theirs.was_busy
    ours[0].close()
    again = Upload("ours")
    again.write(b"\0" * half)
    assert not again.was_busy
    for one in (*ours, theirs, more, again):
        one.close()


def test_a_file_is_counted_for_the_plan_it_is_sent_to(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sara's family has no room left, and Lies' has."""
    with monkeypatch.context() as patch:
        patch.setitem(uploads.room._held, str(cast.plan), uploads.MOST_OF_ONE)
        assert send(cast.client_of("sara"), page_of(cast, "goal closed"), jpeg()).status_code == 422
    assert there(cast, "goal closed") is None
    with monkeypatch.context() as patch:
        patch.setitem(uploads.room._held, str(cast.elsewhere), uploads.MOST_OF_ONE)
        assert send(cast.client_of("sara"), page_of(cast, "goal closed"), jpeg()).status_code == 303


def test_of_two_files_one_counts(cast: Cast) -> None:
    form = {"new": "1", "form_key": uuid4().hex, "other": (io.BytesIO(jpeg()), "a.jpg")}
    form["photo"] = (io.BytesIO(jpeg("gold")), "b.jpg")
    with cast.client_of("sara").post(page_of(cast, "goal closed"), data=form) as answer:
        assert answer.status_code == 422
    assert there(cast, "goal closed") is None


def large(client: FlaskClient, path: str) -> TestResponse:
    return send(client, path, b"\0" * 300_000)


def test_no_other_form_takes_more_than_words(cast: Cast) -> None:
    assert large(cast.client_of("sara"), f"/p/{cast.plan}/doelen").status_code == 413


def test_who_never_came_in_sends_no_file(cast: Cast) -> None:
    assert large(cast.client_of("nobody"), page_of(cast, "goal of us")).status_code == 413


def test_what_is_dropped_halfway_is_given_back() -> None:
    before, upload = uploads.room.held, Upload()
    upload.write(b"\0" * 1000)
    assert uploads.room.held == before + 1000
    upload.close()
    upload.close()
    assert uploads.room.held == before


def test_what_nobody_closes_is_given_back() -> None:
    before = uploads.room.held
    Upload().write(b"\0" * 1000)
    assert uploads.room.held == before
