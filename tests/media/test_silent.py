"""The store of files is silent, or the disk is dead: pages are there without their photos, and nothing is lost."""

import errno
from typing import NoReturn

import pytest
from flask import Flask

from app.media.shelf import Folder, NoAnswer
from tests.cast import Cast
from tests.media.photos import drawn, names, put_new
from tests.moments.album import page_of, picture, send
from tests.sharing.pages import root, tokens_off

__all__ = ["drawn", "tokens_off"]

TROUBLES = [NoAnswer(), OSError(errno.EIO, "Input/output error")]


def fail(monkeypatch: pytest.MonkeyPatch, trouble: OSError) -> None:
    """From now on nothing is got and nothing is put."""

    def fails(*_asked: object) -> NoReturn:
        raise trouble

    monkeypatch.setattr(Folder, "get", fails)
    monkeypatch.setattr(Folder, "put", fails)


@pytest.mark.parametrize("trouble", TROUBLES, ids=["silent", "dead"])
def test_pages_are_there_without_their_photos(cast: Cast, monkeypatch: pytest.MonkeyPatch, trouble: OSError) -> None:
    assert cast.app is not None
    with cast.app.app_context():
        photo = put_new(cast, "goal of us").medium.id
    sara, address = cast.client_of("sara"), picture(cast, "goal of us", photo)
    assert sara.get(address).status_code == 200
    fail(monkeypatch, trouble)
    for page in (f"/doelen/{cast.id('goal of us')}", "/mensen", "/"):
        assert sara.get(root(cast) + page).status_code == 200
    answer = sara.get(address)
    assert answer.status_code == 503
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("trouble", TROUBLES, ids=["silent", "dead"])
def test_what_cannot_be_kept_is_said(cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch, trouble: OSError) -> None:
    fail(monkeypatch, trouble)
    sara = cast.client_of("sara")
    answer = send(sara, page_of(cast, "goal of us"), b"a photo", alt="Een winterkoning")
    assert answer.status_code in {503, 507}
    assert "Het ligt aan ons, niet aan jou." in answer.text
    assert "Een winterkoning" in answer.text
    assert names(app) == set()
