"""Draws what the demo's family photographs: faces, and drawings as a child makes them. It needs no photo of anybody."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

SIZE = 1200
PAPER, INK, SUN, SEA, GRASS = "#FBF6EA", "#3A2A22", "#F0B323", "#3E7CB8", "#6FA35A"
WOOL = ("#7A1B45", "#2A62AB", "#3E7F33", "#B83F0C", "#4A2480")


@dataclass(frozen=True)
class Looks:
    """How somebody of the demo looks: skin, hair, what they wear, what is behind them; `long` hair, `glasses`."""

    skin: str
    hair: str
    wears: str
    behind: str
    long: bool = False
    glasses: bool = False


PORTRAITS = {
    "Sara": Looks("#E9BE9A", "#5A3825", "#7A1B45", "#DDEBD0", long=True),
    "Jef": Looks("#D9A47C", "#2E221B", "#2A62AB", "#FCEBC2"),
    "Kaat": Looks("#EFC7A6", "#8A5A2B", "#F0B323", "#DAE6F4", long=True),
    "Tante Betty": Looks("#8A5A3C", "#1E1512", "#0E8C83", "#F6DEE6"),
    "Oma": Looks("#F0CDB2", "#D9D4CC", "#4A2480", "#FBE1D2", glasses=True),
    "Laura": Looks("#C98E66", "#3A2418", "#B83F0C", "#D3EBE7", long=True, glasses=True),
}


def portrait(looks: Looks) -> bytes:
    """A face, as a JPEG that a phone could have made."""

    def drawn(on: ImageDraw) -> None:
        middle = SIZE // 2
        if looks.long:
            on.rounded_rectangle((middle - 300, 260, middle + 300, 980), 260, fill=looks.hair)
        on.ellipse((middle - 480, 900, middle + 480, 1700), fill=looks.wears)
        on.rounded_rectangle((middle - 90, 760, middle + 90, 980), 60, fill=looks.skin)
        on.ellipse((middle - 240, 300, middle + 240, 860), fill=looks.skin)
        on.pieslice((middle - 262, 240, middle + 262, 800), 182, 358, fill=looks.hair)
        for side in (-1, 1):
            eye = middle + side * 95
            on.ellipse((eye - 20, 560, eye + 20, 604), fill=INK)
            if looks.glasses:
                on.ellipse((eye - 75, 515, eye + 75, 650), outline=INK, width=12)
        if looks.glasses:
            on.line((middle - 22, 570, middle + 22, 570), fill=INK, width=12)
        on.arc((middle - 100, 590, middle + 100, 760), 25, 155, fill="#9A3B33", width=16)

    return _made(looks.behind, drawn)


def house() -> bytes:
    """A drawing on the fridge: our house, the sun, and all of us before it."""

    def drawn(on: ImageDraw) -> None:
        on.ellipse((880, 90, 1110, 320), fill=SUN)
        _scribble(on, (0, 940, SIZE, 1180), GRASS, 140)
        on.rectangle((230, 480, 690, 950), outline=INK, width=14, fill="#F3D9C4")
        on.polygon([(170, 490), (460, 230), (750, 490)], fill="#B83F0C", outline=INK, width=14)
        on.rectangle((400, 700, 520, 950), fill="#7A1B45", outline=INK, width=10)
        for left in (280, 560):
            on.rectangle((left, 560, left + 90, 650), fill="#DAE6F4", outline=INK, width=10)
        for number, (at, tall) in enumerate(((790, 300), (910, 330), (1020, 200))):
            _stick(on, at, 1080, tall, WOOL[number])

    return _made(PAPER, drawn)


def sea() -> bytes:
    """A drawing of a day at the sea."""

    def drawn(on: ImageDraw) -> None:
        on.ellipse((120, 100, 330, 310), fill=SUN)
        _scribble(on, (0, 560, SIZE, 860), SEA, 170)
        _scribble(on, (0, 880, SIZE, 1190), "#E5C07B", 150)
        on.polygon([(640, 560), (980, 560), (910, 660), (710, 660)], fill="#B83F0C", outline=INK, width=12)
        on.polygon([(800, 240), (800, 540), (990, 540)], fill="#FFFFFF", outline=INK, width=12)
        on.line((800, 230, 800, 570), fill=INK, width=14)
        _stick(on, 300, 1140, 260, WOOL[0])
        _stick(on, 420, 1140, 170, WOOL[1])

    return _made(PAPER, drawn)


def pancakes() -> bytes:
    """Pancakes on a plate."""

    def drawn(on: ImageDraw) -> None:
        on.ellipse((130, 420, 1070, 1080), fill="#FFFFFF", outline="#D8C4B2", width=16)
        for number in range(5):
            top = 660 - number * 62
            on.ellipse((300, top, 900, top + 230), fill="#D99A4E", outline="#A9682B", width=10)
        on.rounded_rectangle((540, 400, 680, 470), 24, fill="#F9E7A0")
        for at in ((380, 520), (760, 500), (640, 570), (470, 590)):
            on.ellipse((at[0], at[1], at[0] + 62, at[1] + 62), fill="#9C1C33")

    return _made("#DAE6F4", drawn)


def _made(ground: str, drawn: Callable[[ImageDraw], None]) -> bytes:
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only who makes a demo needs it

    picture = Image.new("RGB", (SIZE, SIZE), ground)
    drawn(ImageDraw.Draw(picture))
    into = BytesIO()
    picture.save(into, "JPEG", quality=88)
    return into.getvalue()


def _scribble(on: ImageDraw, box: tuple[int, int, int, int], colour: str, strokes: int) -> None:
    """Crayon: many strokes that nearly fill a box, the same each time."""
    hand = random.Random(colour)  # noqa: S311 # nosec B311 - a drawing, no secret
    left, top, right, bottom = box
    for _stroke in range(strokes):
        at, down = hand.randint(left - 60, right), hand.randint(top, bottom)
        on.line((at, down, at + hand.randint(80, 260), down + hand.randint(-26, 26)), fill=colour, width=16)


def _stick(on: ImageDraw, at: int, foot: int, tall: int, colour: str) -> None:
    """Somebody, as a child draws them."""
    head, neck, hip = tall // 5, foot - tall + tall // 2, foot - tall // 3
    on.ellipse((at - head, foot - tall, at + head, foot - tall + 2 * head), fill="#EFC7A6", outline=INK, width=8)
    on.line((at, neck - head // 2, at, hip), fill=colour, width=20)
    for side in (-1, 1):
        on.line((at, neck, at + side * tall // 4, neck + tall // 8), fill=colour, width=14)
        on.line((at, hip, at + side * tall // 6, foot), fill=colour, width=14)
    for eye in (-head // 3, head // 3):
        on.ellipse((at + eye - 5, foot - tall + head - 8, at + eye + 5, foot - tall + head + 2), fill=INK)
