"""Paper is made by a press beside the server: of our own files only, in bounded memory, one sheet at a time."""

import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from time import sleep
from types import SimpleNamespace

import pytest
from flask import Flask
from werkzeug.exceptions import ServiceUnavailable

from app.web import paper, press
from tests.support import paper as reading
from tests.support.templates import ROOT

STATIC = ROOT / "static"
PAGE = "<!doctype html><html lang=nl-BE><title>{0}</title><link rel=stylesheet href=/static/css/print.css><p>{0}"


def made(app: Flask, words: str) -> bytes:
    with app.app_context():
        return paper.laid_out(PAGE.format(words))


def test_the_same_page_gives_the_same_sheet_to_the_byte(app: Flask) -> None:
    first = made(app, "Samen aan tafel")
    assert reading.text(first).startswith("Samen aan tafel")
    assert made(app, "Samen aan tafel") == first
    assert made(app, "Ieder apart") != first


def test_the_server_itself_never_loads_weasyprint() -> None:
    code = "import sys; import app.main, app.web.paper, app.export.views; print('weasyprint' in sys.modules)"
    run = [sys.executable, "-c", code]
    said = subprocess.run(run, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert said.stdout == "False\n"


def test_every_sheet_is_laid_out_by_a_copy_that_is_gone_afterwards(app: Flask) -> None:
    """Or else memory would add up; the press itself stays, warm."""
    made(app, "Eén")
    process = paper._press[0].pid
    children = Path(f"/proc/{process}/task/{process}/children")
    for words in ("Twee", "Drie"):
        made(app, words)
        assert paper._press[0].pid == process
        assert children.read_text() == ""


def test_a_press_that_is_gone_gets_a_successor(app: Flask) -> None:
    made(app, "Eén")
    paper._press[0].kill()
    paper._press[0].wait()
    assert reading.text(made(app, "Twee")).startswith("Twee")


def test_what_goes_wrong_on_one_page_harms_no_other_and_tells_no_words(
    app: Flask, capfd: pytest.CaptureFixture[str]
) -> None:
    with app.app_context(), pytest.raises(paper.NoPaper):
        paper.laid_out('<p>Geheim<link rel=stylesheet href="file:///etc/passwd"><img src="http://evil.example/x.png">')
    assert reading.text(made(app, "Verder")).startswith("Verder")
    assert "Geheim" not in "".join(capfd.readouterr())


def test_a_page_that_takes_too_much_memory_or_too_long_ends_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(text: str) -> bytes:
        return text.encode() * press.MOST_MEMORY

    def endless(text: str) -> bytes:
        while text:
            sleep(0.01)
        return b""

    assert press._in_a_copy(greedy, b"Veel") == b""
    monkeypatch.setattr(press, "MOST_SECONDS", 1)
    assert press._in_a_copy(endless, b"Lang") == b""
    assert press._in_a_copy(lambda text: text.encode(), b"Goed") == b"Goed"


def test_no_copy_goes_on_as_who_made_it_whatever_is_raised_in_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A hand on the alarm raised what `except Exception` lets through: two workers ran each test from there on."""

    def raising(*_: object) -> None:
        raise KeyboardInterrupt

    def endless(text: str) -> bytes:
        while text:
            sleep(0.01)
        return b""

    here, went_on = os.getpid(), tmp_path / "went-on"
    before = signal.signal(signal.SIGALRM, raising)
    try:
        monkeypatch.setattr(press, "MOST_SECONDS", 1)
        assert press._in_a_copy(endless, b"Lang") == b""
        assert press._in_a_copy(raising, b"Stuk") == b""
    finally:
        if os.getpid() != here:
            went_on.touch()
            os._exit(0)
        signal.signal(signal.SIGALRM, before)
    assert not went_on.exists()


def test_ctrl_c_in_a_terminal_leaves_the_press_to_its_server(app: Flask) -> None:
    made(app, "Eén")
    process = paper._press[0]
    process.send_signal(signal.SIGINT)
    assert reading.text(made(app, "Twee")).startswith("Twee")
    assert paper._press[0] is process


def test_the_words_of_a_picture_become_its_alternative_text(app: Flask) -> None:
    with app.app_context():
        picture = '<svg role="img" width="9" height="9" aria-label="3 van 5"><path d="M0 0h9v9"/></svg>'
        data = paper.laid_out(PAGE.format("Draad") + picture)
    assert ("Figure", "3 van 5") in reading.tags(data)


def test_one_sheet_is_laid_out_at_a_time_and_few_wait() -> None:
    begun, go_on, at_once = Event(), Event(), []

    def sheet(_number: int) -> str:
        try:
            with paper._turn():
                at_once.append(len(at_once))
                begun.set()
                assert go_on.wait(20)
                assert at_once == [0]
                at_once.pop()
        except ServiceUnavailable:
            return "come back"
        return "made"

    with ThreadPoolExecutor(paper.MOST_WAITING + 1) as threads:
        making = [threads.submit(sheet, number) for number in range(paper.MOST_WAITING + 1)]
        assert begun.wait(20)
        # Until all of them stand in the row.
        while paper._in_row._value:
            sleep(0.01)
        assert sheet(99) == "come back"
        go_on.set()
        assert [one.result() for one in making] == ["made"] * len(making)
    with paper._turn():
        pass


def test_too_many_sheets_are_answered_with_a_word_to_come_back(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "_in_row", paper.BoundedSemaphore(1))
    with app.test_request_context(), paper._turn(), pytest.raises(ServiceUnavailable):
        paper.pdf("_layout/print.html")


@pytest.mark.parametrize(
    "address",
    [
        "http://paper.invalid/etc/passwd",
        "http://paper.invalid/static/../app/main.py",
        "http://paper.invalid/static/%2e%2e/app/main.py",
        "http://paper.invalid/static/vendor.toml",
        "http://paper.invalid/static/js/app.js",
        "http://paper.invalid.evil.example/static/css/print.css",
        "http://evil.example/static/css/print.css",
        "file:///static/css/print.css",
        "data:text/css,p{}",
        "data:image/svg+xml;base64,PHN2Zy8+",
        "data:image/webp,RIFF",
    ],
)
def test_paper_is_made_of_our_own_styles_fonts_and_pictures_only(address: str) -> None:
    with pytest.raises(press.NotOurs):
        press.asked_for(STATIC, address)


def test_a_pictogram_comes_in_lines_from_its_pack() -> None:
    drawn, sort = press.asked_for(STATIC, "http://paper.invalid/static/picto/line/1F3E0.0123456789.svg")
    assert (drawn[:4], sort) == (b"<svg", "image/svg+xml")
    with pytest.raises(press.NotOurs):
        press.asked_for(STATIC, "http://paper.invalid/static/picto/line/1F1E7-1F1EA.svg")


def test_a_photo_comes_along_in_its_page() -> None:
    assert press.asked_for(STATIC, "data:image/webp;base64,UklGRg==") == (b"RIFF", "image/webp")


def test_every_font_that_paper_names_is_there() -> None:
    css = (STATIC / "css" / "print.css").read_text(encoding="utf-8")
    named = re.findall(r"url\((/static/[^)]+)\)", css)
    assert named
    assert all(press.own_file(STATIC, f"http://paper.invalid{path}") for path in named)


@pytest.mark.parametrize(
    "pages", [[1], [3], [1, 1, 1, 1], [2, 1, 1, 1], [3, 2, 1, 1], [3, 2, 2, 1], [4, 3, 2, 2], [2, 1], [2, 2]]
)
def test_of_several_versions_the_first_that_fits_a_page_is_printed(pages: list[int]) -> None:
    tried = []

    def rendered(version: str) -> SimpleNamespace:
        tried.append(version)
        return SimpleNamespace(pages=[None] * pages[int(version)], version=version)

    found = press._longest_on_a_page([str(number) for number in range(len(pages))], rendered)
    fitting = [number for number, count in enumerate(pages) if count == 1]
    assert found.version == str(fitting[0] if fitting else len(pages) - 1)
    assert len(tried) <= 3
