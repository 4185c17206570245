"""Words for people, through gettext. Dutch (Flanders) is the source; other languages live beside this file.

`gettext` and `lazy_gettext` work where there is no request too (jobs, tests of rules): they give the source then.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date, get_day_names
from flask import g, has_app_context, has_request_context
from flask_babel import get_locale, get_translations
from flask_babel import lazy_gettext as lazy_gettext
from markupsafe import Markup, escape

__all__ = [
    "apart", "day_in_words", "gettext", "in_markup", "language", "lazy_gettext", "many_in_markup", "ngettext",
    "weekday_names",
]  # fmt: skip

SOURCE = "nl_BE"

# Hebrew, Arabic and their neighbours, and their forms for print.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# "First strong isolate" and "pop directional isolate": https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
ISOLATE, END = "\u2068", "\u2069"


def apart(value: Any) -> Any:
    """A name that runs from right to left, kept from turning the words beside it; anything else as it is."""
    if isinstance(value, str) and RIGHT_TO_LEFT.search(value):
        return type(value)(ISOLATE) + value + type(value)(END)
    return value


def gettext(text: str, **values: Any) -> str:
    """The text in the reader's language, with `%(name)s` filled in."""
    said = _said(text, language()) if has_request_context() else text
    return said % {name: apart(value) for name, value in values.items()} if values else said


def ngettext(one: str, more: str, number: int, **values: Any) -> str:
    """The text for one or for more, in the reader's language; `%(num)s` is the number."""
    said = _one_or_more(one, more, number, language()) if has_request_context() else (one if number == 1 else more)
    return said % {"num": number, **{name: apart(value) for name, value in values.items()}}


def in_markup(text: str, **values: Any) -> Markup:
    """The same for a template: what is filled in is escaped, and `%%` is always one sign."""
    if not values:
        return _said_in_markup(text, language())
    return Markup(_said(text, language()) % {name: _escaped(value) for name, value in values.items()})  # noqa: S704 # nosec B704


def many_in_markup(one: str, more: str, num: int, **values: Any) -> Markup:
    """The same for one or for more."""
    said = _one_or_more(one, more, num, language())
    return Markup(said % {"num": num, **{name: _escaped(value) for name, value in values.items()}})  # noqa: S704 # nosec B704


def _escaped(value: Any) -> Any:
    return value if isinstance(value, int | float) else escape(apart(value))


def language() -> str:
    """The language of the reader ("nl_BE"); ours where there is no reader."""
    here = vars(g._get_current_object()) if has_app_context() else {}  # noqa: SLF001
    # Where Flask-Babel keeps it, without the proxies of its own look-up: a page asks hundreds of times.
    locale = getattr(here.get("_flask_babel"), "babel_locale", None) or get_locale()
    known = here.get("_language")
    if known is not None and known[0] is locale:
        return str(known[1])
    code = SOURCE if locale is None else _code(locale)
    if locale is not None:
        here["_language"] = (locale, code)
    return code


def _code(locale: Locale) -> str:
    return f"{locale.language}_{locale.territory}" if locale.territory and not locale.script else str(locale)


def day_in_words(day: date, pattern: str) -> str:
    """A day in the reader's language, by a pattern of Unicode's: "EEEE d MMMM" is "donderdag 3 december"."""
    return _day_in_words(day, pattern, language())


def weekday_names(width: Literal["wide", "abbreviated"] = "wide") -> tuple[str, ...]:
    """The days of the week from Monday on."""
    return _weekday_names(width, language())


# Texts, days and widths are few, and looking each up anew was a tenth of a page.
@lru_cache(maxsize=4096)
def _said(text: str, _language: str) -> str:
    return str(get_translations().ugettext(text))


@lru_cache(maxsize=4096)
def _one_or_more(one: str, more: str, number: int, _language: str) -> str:
    return str(get_translations().ungettext(one, more, number))


@lru_cache(maxsize=4096)
def _said_in_markup(text: str, language: str) -> Markup:
    return Markup(_said(text, language) % {})  # noqa: S704 # nosec B704


@lru_cache(maxsize=4096)
def _day_in_words(day: date, pattern: str, language: str) -> str:
    return str(format_date(day, pattern, locale=language))


@lru_cache(maxsize=64)
def _weekday_names(width: Literal["wide", "abbreviated"], language: str) -> tuple[str, ...]:
    names = get_day_names(width, locale=language)
    return tuple(names[number] for number in range(7))
