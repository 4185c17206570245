"""QR codes, read back by a reader that is not ours."""

import gzip
import re

import pytest
import zxingcpp
from PIL import Image

from app.web import qr

LINK = "https://plan.example.org/d/" + "Ab3-_" * 9


def _picture(squares: list[list[bool]]) -> Image.Image:
    size, scale = len(squares), 6
    picture = Image.new("L", (size, size), 255)
    picture.putdata([0 if square else 255 for row in squares for square in row])
    return picture.resize((size * scale, size * scale), Image.Resampling.NEAREST)


def _drawn(svg: str) -> list[list[bool]]:
    size = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    squares = [[False] * size for _ in range(size)]
    for x, y, moves in re.findall(r"M(\d+) (\d+)\.5((?:h\d+|m\d+ 0)*)", svg):
        place = int(x)
        for move, length in re.findall(r"([hm])(\d+)", moves):
            for column in range(place, place + int(length)):
                squares[int(y)][column] = move == "h"
            place += int(length)
    return squares


def _printed(text: str) -> list[list[bool]]:
    halves = {" ": (True, True), "▄": (True, False), "▀": (False, True), "█": (False, False)}
    squares = []
    for line in re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines():
        squares += [[halves[letter][half] for letter in line] for half in (0, 1)]
    return squares


@pytest.mark.parametrize("text", [LINK, "http://localhost:8000", "https://plan.example/k/1234-5678"])
def test_a_phone_reads_the_code_on_a_page(text: str) -> None:
    assert zxingcpp.read_barcode(_picture(_drawn(qr.svg(text)))).text == text


def test_a_phone_reads_the_code_in_a_terminal() -> None:
    squares = _printed(qr.terminal(LINK))
    assert zxingcpp.read_barcode(_picture(squares[: len(squares[0])])).text == LINK


def test_the_code_of_a_link_is_small_and_has_no_inline_style() -> None:
    svg = qr.svg(LINK)
    assert len(gzip.compress(svg.encode())) <= 3000
    assert "style" not in svg


def test_four_empty_squares_lie_around_the_code() -> None:
    squares = _drawn(qr.svg(LINK))
    edge = squares[:4] + squares[-4:] + [row[:4] + row[-4:] for row in squares]
    assert not any(square for row in edge for square in row)
