"""Words for people, through gettext. Dutch (Flanders) is the source; other languages live beside this file.

`gettext` and `lazy_gettext` work where there is no request too (jobs, tests of rules): they give the source then.
"""

from __future__ import annotations

from typing import Any

from flask import has_request_context
from flask_babel import gettext as _gettext
from flask_babel import lazy_gettext as lazy_gettext
from flask_babel import ngettext as _ngettext

__all__ = ["gettext", "lazy_gettext", "ngettext"]


def gettext(text: str, **values: Any) -> str:
    """The text in the reader's language, with `%(name)s` filled in."""
    if has_request_context():
        return str(_gettext(text, **values))
    return text % values if values else text


def ngettext(one: str, more: str, number: int, **values: Any) -> str:
    """The text for one or for more, in the reader's language; `%(num)s` is the number."""
    if has_request_context():
        return str(_ngettext(one, more, number, **values))
    return (one if number == 1 else more) % {"num": number, **values}
