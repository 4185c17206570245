"""Reads the three answers a plan starts with. None of them is needed, save what was typed wrong."""

from __future__ import annotations

from wtforms import BooleanField, StringField
from wtforms.validators import AnyOf as OneOfThese

from app.plan import domains
from app.web.form import LONG, Form, Words


class NamesForm(Form):
    """Hoe heten jullie? `later` is "Ik weet het nog niet"."""

    names = Words(LONG)
    later = BooleanField()


class HelpersForm(Form):
    """Wie helpt jullie al?"""

    close = Words(LONG)
    services = Words(LONG)


class FirstForm(Form):
    """Waar moet het nu eerst over gaan? One part of life, own words, or both."""

    domain = StringField(filters=[lambda typed: typed or ""], validators=[OneOfThese(("", *domains.KEYS))])
    words = Words(LONG)
