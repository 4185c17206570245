"""Reads the forms of a page as a browser would, so that a test sends what a person would send."""

import re
from html import unescape

FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.S)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def form(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the one form whose address ends so; their values are what the page gave."""
    found = [text for text in FORM.findall(page) if re.search(rf'action="[^"]*{re.escape(action)}"', text)]
    assert found, f"no form goes to {action}"
    return {name: unescape(value) for name, value in HIDDEN.findall(found[0])}


def said(page: str) -> str:
    """The words of a page's main part, without tags, one space between."""
    main = page.split('<main id="main"', 1)[-1].split("</main>", maxsplit=1)[0].partition(">")[2]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))).strip()
