"""The sheet of a page: in it for a browser that holds nothing of ours yet, linked for every other."""

import re

from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.support.templates import ROOT

INSIDE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
LINK = re.compile(r'<link rel="stylesheet" href="(/static/css/app\.[0-9a-f]{10}\.css)">')


def test_a_first_visit_finds_the_whole_sheet_in_the_page(client: FlaskClient) -> None:
    text = client.get("/").text
    assert INSIDE.findall(text) == [(ROOT / "static/css/app.css").read_text(encoding="utf-8")]
    # For the next page; behind the words, so that nobody waits for it.
    assert len(LINK.findall(text)) == 1
    assert text.index("</main>") < text.index(LINK.findall(text)[0])


def test_the_sheet_that_is_fetched_behind_the_words_is_kept(client: FlaskClient) -> None:
    (address,) = LINK.findall(client.get("/").text)
    with client.get(address) as answer:
        assert answer.text == (ROOT / "static/css/app.css").read_text(encoding="utf-8")
        assert "immutable" in answer.headers["Cache-Control"]


def test_the_next_page_links_it_and_allows_no_style_inside(client: FlaskClient) -> None:
    client.get("/")
    answer = client.get("/begin")
    assert not INSIDE.search(answer.text)
    assert answer.text.index(LINK.findall(answer.text)[0]) < answer.text.index("</head>")
    assert "sha256" not in answer.headers["Content-Security-Policy"]


def test_who_has_a_key_never_gets_it_twice(cast: Cast) -> None:
    answer = cast.client_of("sara").get(f"/p/{cast.plan}/")
    assert not INSIDE.search(answer.text)
    assert "sha256" not in answer.headers["Content-Security-Policy"]


def test_an_answer_that_is_no_page_allows_no_style(app: Flask) -> None:
    answer = app.test_client().get("/gezond")
    assert "sha256" not in answer.headers["Content-Security-Policy"]
