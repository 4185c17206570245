"""Reads a PDF back: its words, its tags, its fonts, and its codes as an old printer in black and white shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import zxingcpp
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTCurve, LTPage
from PIL import Image, ImageDraw

FINER = 8


def text(data: bytes) -> str:
    """All that stands on a sheet, on one line."""
    return " ".join(extract_text(BytesIO(data)).split())


def pages(data: bytes) -> int:
    with pikepdf.open(BytesIO(data)) as pdf:
        return len(pdf.pages)


def told(data: bytes) -> dict[str, str]:
    """What the file says of itself: every value, by the last part of its name."""
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_metadata() as metadata:
        found = {re.split(r"[}:/]", name)[-1].casefold(): str(value) for name, value in metadata.items()}
        found |= {str(name).lstrip("/").casefold(): str(value) for name, value in pdf.docinfo.items()}
        found["lang"] = str(pdf.Root.Lang)
        found["marked"] = str(pdf.Root.MarkInfo.Marked)
        found["shows its title"] = str(pdf.Root.ViewerPreferences.DisplayDocTitle)
    return found


def tags(data: bytes) -> list[tuple[str, str]]:
    """Every tag in reading order, with its alternative text."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return list(_tags(pdf.Root.StructTreeRoot))


def _tags(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _tags(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S).lstrip("/"), str(node.get("/Alt", ""))
        if "/K" in node:
            yield from _tags(node.K)


def untagged(data: bytes) -> list[str]:
    """What is drawn or written outside every tag and every artifact, in the streams of the pages."""
    found = []
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            depth = 0
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
                if depth == 0 and name in {"Tj", "TJ", "f", "f*", "S", "s", "B", "b", "sh", "Do"}:
                    found.append(f"{name} {list(operands)[:1]}")
    return found


def fonts(data: bytes) -> dict[str, bool]:
    """Every font, and whether it is inside."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return {
            str(thing.FontName).lstrip("/"): bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(thing.keys()))
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        }


def codes(data: bytes) -> list[str]:
    """What a phone reads of its codes when the sheet is a grey picture of 72 dots an inch."""
    return [code.text for page in extract_pages(BytesIO(data)) for code in zxingcpp.read_barcodes(_drawn(page))]


def _drawn(page: LTPage) -> Image.Image:
    """The level lines of a page, which is what a code is drawn with; each dot as dark as it is covered."""
    width, height = round(page.width), round(page.height)
    fine = Image.new("L", (width * FINER, height * FINER), 255)
    brush = ImageDraw.Draw(fine)
    for line in _lines(page):
        for (begin, y), (end, _level) in zip(line.pts[::2], line.pts[1::2], strict=False):
            half, top, left, right = line.linewidth / 2, page.height - y, min(begin, end), max(begin, end)
            box = [left * FINER, (top - half) * FINER, max(left * FINER, right * FINER - 1), (top + half) * FINER - 1]
            brush.rectangle([round(side) for side in box], fill=0)
    return fine.resize((width, height), Image.Resampling.BOX)


def _lines(node: Any) -> Iterator[LTCurve]:
    if isinstance(node, LTCurve) and node.stroke and node.linewidth > 0 and len({y for _x, y in node.pts}) == 1:
        yield node
    for child in node if hasattr(node, "__iter__") else ():
        yield from _lines(child)
