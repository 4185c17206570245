"""QR codes: as one SVG path for a page or paper, and as text for a terminal. No image file, no inline style."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import qrcode
from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import lost_point

QUIET = 4
# A reader takes any of the eight masks. The evenest of three reads as well as the evenest of all, in half the time.
MASKS = (0, 2, 5)
# The letter is drawn in white on black, both said aloud, so that any theme of terminal shows it right.
HALVES = {(True, True): " ", (True, False): "▄", (False, True): "▀", (False, False): "█"}
WHITE_ON_BLACK, PLAIN = "\x1b[97;40m", "\x1b[0m"

Squares = list[list[bool]]


def svg(text: str, label: str = "") -> Markup:
    """The QR of a text as an SVG, black with its quiet zone.

    Args:
        text: what it says to a phone.
        label: what it says to people, on paper. On a page that and its role are on the element around it: macro `qr`
            in `templates/_parts/qr.html`.
    """
    squares = _squares(text)
    size = len(squares)
    path = "".join(_row(number, row) for number, row in enumerate(squares))
    told = Markup('role="img" aria-label="{label}"').format(label=label) if label else Markup('aria-hidden="true"')
    return Markup(
        '<svg viewBox="0 0 {size} {size}" {told} shape-rendering="crispEdges">'
        '<path d="{path}" fill="none" stroke="#000"/></svg>'
    ).format(size=size, told=told, path=path)


def terminal(text: str) -> str:
    """The QR of a text in half-block letters, ready to print; ends with a new line."""
    squares = _squares(text)
    if len(squares) % 2:
        squares.append([False] * len(squares))
    pairs = zip(squares[::2], squares[1::2], strict=True)
    lines = ("".join(HALVES[two] for two in zip(upper, lower, strict=True)) for upper, lower in pairs)
    return "".join(f"{WHITE_ON_BLACK}{line}{PLAIN}\n" for line in lines)


def _squares(text: str) -> Squares:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.best_fit()
    code.makeImpl(False, min(MASKS, key=lambda mask: _unevenness(code, mask)))
    return [[bool(square) for square in row] for row in code.get_matrix()]


def _unevenness(code: qrcode.QRCode[Any], mask: int) -> int:
    code.makeImpl(True, mask)
    lost: int = lost_point(code.modules)
    return lost


def _row(number: int, row: list[bool]) -> str:
    """One row as a line of dashes: `M4 4.5h7m1 0h3`; nothing for an empty row."""
    runs = [(dark, len(list(run))) for dark, run in groupby(row)]
    if len(runs) == 1:
        return ""
    start = runs[0][1]
    drawn = "".join(f"h{length}" if dark else f"m{length} 0" for dark, length in runs[1:-1])
    return f"M{start} {number}.5{drawn}"
