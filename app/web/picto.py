"""Pictograms in a page: where one is, and the word for it in the reader's language; on paper, its drawing in lines."""

from __future__ import annotations

import base64

from flask import Flask

from app.pictos import shelf
from app.pictos.nouns import Style
from app.translations import language
from app.web.assets import address
from app.web.press import PICTO


def install(app: Flask) -> None:
    """Give all templates `picto_src`, `picto_line` and `picto_label`, each of a code."""
    app.jinja_env.globals.update(picto_src=src, picto_line=line, picto_label=label)


def src(code: str) -> str:
    """Where the drawing in colour is; empty when there is no such pictogram."""
    return address(f"picto/{code}.svg") if shelf.is_known(code) else ""


def line(code: str) -> str:
    """The drawing in lines as its address in a page for paper itself; empty when there is no such pictogram."""
    drawn = shelf.drawing(code, Style.LINE)
    return "" if drawn is None else PICTO + base64.b64encode(drawn).decode("ascii")


def label(code: str) -> str:
    """The word for a pictogram, as the reader says it; empty when there is no such pictogram."""
    return shelf.label(code, language())
