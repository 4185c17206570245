import gzip
import re
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.web.assets import address


def addresses(client: FlaskClient, folder: str) -> list[str]:
    found = re.findall(rf'/static/{folder}/[^"]+', client.get("/").text)
    assert found
    return found


@pytest.mark.parametrize("folder", ["css", "js"])
def test_sheets_and_scripts_go_out_compressed(client: FlaskClient, folder: str) -> None:
    for found in addresses(client, folder):
        with client.get(found, headers={"Accept-Encoding": "gzip"}) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            assert len(gzip.decompress(answer.data)) > 2 * len(answer.data)


def test_pages_go_out_compressed(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.data).startswith(b"<!doctype html>")


def test_fonts_are_small_already_and_go_out_as_they_are(client: FlaskClient) -> None:
    with client.get(addresses(client, "fonts")[0], headers={"Accept-Encoding": "br, gzip"}) as answer:
        assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(("accepted", "coding"), [("br, gzip", "br"), ("gzip", "gzip"), ("identity", None)])
def test_a_file_of_text_is_pressed_hard_for_whoever_can_open_it(app: Flask, accepted: str, coding: str | None) -> None:
    with app.test_request_context():
        sheet = address("css/app.css")
    plain = (Path(app.root_path).parent / "static" / "css" / "app.css").read_bytes()
    opened = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    with app.test_client().get(sheet, headers={"Accept-Encoding": accepted}) as answer:
        assert answer.headers.get("Content-Encoding") == coding
        assert opened(answer.data) == plain
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert "immutable" in answer.headers["Cache-Control"]
        if coding == "br":
            assert len(answer.data) < 10_240
