"""What is said to a child about whom it trusts, and to that person."""

from __future__ import annotations

from flask import current_app, url_for

from app.children.said_words import Picture
from app.config import Config
from app.sharing.words import day as day_in_words
from app.translations import gettext as _
from app.trusted.rules import Reason
from app.trusted.store import TrustedView


def sentence(reason: Reason) -> str:
    """What to say when a rule says no."""
    return {
        Reason.NO_NAME: _("Schrijf een naam."),
        Reason.TOO_MANY: _("Dit zijn er veel. Stop eerst met iemand."),
        Reason.STOPPED: _("Dit is gestopt. Je kan opnieuw beginnen."),
    }[reason]


def can() -> list[Picture]:
    """What somebody who is named can and cannot do, said before: each with a picture."""
    return [
        Picture("sees", _("Ziet alleen wat jij kiest."), "1F440", "eye"),
        Picture("answers", _("Kan jou iets terug zeggen."), "1F4AC", "speech"),
        Picture("not", _("Ziet niets van ons plan. Verandert niets."), "1F6AB", "cross"),
        Picture("nobody", _("Hier staat dit nergens voor je ouders."), "1F512", "lock"),
    ]


def look_along() -> str:
    """What no page can promise on a phone that is somebody else's."""
    return _("Wie deze gsm vasthoudt, kan dit zien.")


def until(view: TrustedView) -> str:
    """Until when the link works."""
    last = view.thing.body.until
    if last is None:
        return ""
    said = _("De link stopt op %(day)s.") if view.works else _("De link stopte op %(day)s.")
    return said % {"day": day_in_words(last, view.today)}


def longer() -> str:
    """After "Nog 3 maanden"."""
    return _("Bewaard.")


def stopped() -> str:
    """After the child stopped it."""
    return _("Gestopt. Die link werkt niet meer.")


def address(token: str) -> str:
    """The address of a link, from the address people use for this product."""
    config: Config = current_app.extensions["onsplan.config"]
    return config.address + url_for("trusted.arrive", token=token)
