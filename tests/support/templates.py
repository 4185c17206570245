"""Reads templates as a browser and a translator would, without rendering them."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, nodes

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = ROOT / "templates"
ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)

# What a person reads or hears.
SPOKEN = {"alt", "aria-description", "aria-label", "aria-roledescription", "label", "placeholder", "title"}
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"^[A-ZÀ-Þ][a-zà-ÿ]+(?:[ .,:!?']|$)|[a-zà-ÿ][.!?]$")
GETTEXT = {"_", "gettext", "ngettext", "pgettext", "npgettext", "term"}
VALUE = "\N{OBJECT REPLACEMENT CHARACTER}"


def sources() -> list[tuple[str, str]]:
    """Every template, as its name and its text."""
    paths = sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt", ".svg", ".xml"})
    return [(str(path.relative_to(TEMPLATES)), path.read_text(encoding="utf-8")) for path in paths]


def skeleton(source: str) -> str:
    """The HTML of a template, with a sign in place of each value; translated blocks and logic are left out."""
    made, block, in_block, in_trans = "", "", False, False
    for _line, kind, value in ENVIRONMENT.lex(source):
        if kind == "data" and not in_trans:
            made += value
        elif kind == "variable_begin" and not in_trans:
            made += "x-value" if made.endswith(("<", "</")) else VALUE
        elif kind == "block_begin":
            in_block, block = True, ""
        elif kind == "name" and in_block and not block:
            block = value
            in_trans = block == "trans" or (in_trans and block != "endtrans")
        elif kind == "block_end":
            in_block = False
    return made


class _Reader(HTMLParser):
    """Collects the faults of one skeleton."""

    def __init__(self) -> None:
        super().__init__()
        self.bare: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(f"<{tag}> in the page")
        for name, value in attrs:
            if name in SPOKEN and WORD.search(value or ""):
                self.bare.append(f'{name}="{value}"')
            if name == "style" or name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.inline.append(f"<{tag} {name}>")

    def handle_data(self, data: str) -> None:
        if WORD.search(data):
            self.bare.append(" ".join(data.split()))


def _read(source: str) -> _Reader:
    reader = _Reader()
    reader.feed(skeleton(source))
    reader.close()
    return reader


def inline(source: str) -> list[str]:
    """Style and script that stand in the page itself, which its security policy refuses."""
    return _read(source).inline


def bare_text(source: str) -> list[str]:
    """Words that no translator will ever see: in the page, in what is read aloud, or given to a component."""
    return _read(source).bare + list(_bare_literals(ENVIRONMENT.parse(source)))


def _bare_literals(node: nodes.Node) -> Iterator[str]:
    """String literals that read as a sentence and go through no gettext call."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in GETTEXT:
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and SENTENCE.search(node.value):
        yield f'"{node.value}"'
    for child in node.iter_child_nodes():
        yield from _bare_literals(child)
