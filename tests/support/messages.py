"""Every message of the product, as a translator would get it: from code and from templates, with where it stands."""

from __future__ import annotations

import re
from functools import cache

from babel.messages.extract import extract_from_dir

from tests.support.templates import ROOT

KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
}
READ_AS = {"app": [("**.py", "python")], "templates": [("**.html", "jinja2.ext:babel_extract")]}
VALUE = re.compile(r"%\(\w+\)[sd]")
WORD = re.compile(r"[\w'’-]+")


@cache
def messages() -> dict[str, list[str]]:
    """Every message, and the files and lines that say it."""
    found: dict[str, list[str]] = {}
    for folder, read_as in READ_AS.items():
        extracted = extract_from_dir(
            ROOT / folder,
            method_map=read_as,
            keywords=KEYWORDS,
            options_map={"**.html": {"extensions": "jinja2.ext.do", "silent": "false"}},
            directory_filter=lambda _name: True,
        )
        for file, line, said, _comments, _context in extracted:
            for message in said if isinstance(said, tuple) else (said,):
                found.setdefault(message, []).append(f"{folder}/{file}:{line}")
    return found


def filled(message: str) -> str:
    """The message with a short name where a value comes."""
    return VALUE.sub("Sara", message).replace("%%", "%")


def sentences(message: str) -> list[str]:
    """Its sentences, values filled in."""
    return [part for part in re.split(r"(?<=[.?!])\s+|\n+", filled(message)) if WORD.search(part)]


def words(text: str) -> list[str]:
    """Its words."""
    return WORD.findall(text)


def ease(text: str) -> float:
    """Flesch-Douma: 206.84 - 0.93 x words per sentence - 77 x syllables per word; higher is plainer."""
    import textstat

    textstat.set_lang("nl")
    return float(textstat.flesch_reading_ease(text))
