"""Words for people, through gettext. Dutch (Flanders) is the source; other languages live beside this file.

`gettext` and `lazy_gettext` work where there is no request too (jobs, tests of rules): they give the source then.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask import has_request_context
from flask_babel import gettext as _gettext
from flask_babel import lazy_gettext as lazy_gettext
from flask_babel import ngettext as _ngettext
from jinja2 import Environment, pass_context
from jinja2.runtime import Context

__all__ = ["apart", "gettext", "lazy_gettext", "ngettext"]

# Hebrew, Arabic and their neighbours, and their forms for print.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# "First strong isolate" and "pop directional isolate": https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
ISOLATE, END = "\u2068", "\u2069"


def apart(value: Any) -> Any:
    """A name that runs from right to left, kept from turning the words beside it; anything else as it is."""
    if isinstance(value, str) and RIGHT_TO_LEFT.search(value):
        return type(value)(ISOLATE) + value + type(value)(END)
    return value


def keep_apart_in(environment: Environment) -> None:
    """Let `_` in templates keep names apart too."""

    def kept(inner: Any) -> Callable[..., str]:
        @pass_context
        def say(context: Context, *words: Any, **values: Any) -> str:
            said: str = inner(context, *words, **{name: apart(value) for name, value in values.items()})
            return said

        return say

    for name in ("gettext", "ngettext"):
        environment.globals[name] = kept(environment.globals[name])


def gettext(text: str, **values: Any) -> str:
    """The text in the reader's language, with `%(name)s` filled in."""
    values = {name: apart(value) for name, value in values.items()}
    if has_request_context():
        return str(_gettext(text, **values))
    return text % values if values else text


def ngettext(one: str, more: str, number: int, **values: Any) -> str:
    """The text for one or for more, in the reader's language; `%(num)s` is the number."""
    values = {name: apart(value) for name, value in values.items()}
    if has_request_context():
        return str(_ngettext(one, more, number, **values))
    return (one if number == 1 else more) % {"num": number, **values}
