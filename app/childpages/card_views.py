"""The card of a child: a parent makes it, prints it and keeps it with the child. HTTP only."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts import commands as accounts
from app.accounts.nouns import CardSecret
from app.childpages import store, words
from app.childpages.room import childpages
from app.childpages.store import PageOf
from app.entry.views import drawn
from app.policy.actions import Action
from app.policy.actor import Actor
from app.translations import gettext as _
from app.web import paper
from app.web.handover import hand_over, handed, take_away
from app.web.respond import done, page


@childpages.get("/kinderen/<uuid:member>/kaart", needs=Action.CHILD_PAGE_CHANGE, load=store.page_of)
def child_card(_actor: Actor, of: PageOf) -> Response:
    """A new card, as long as this browser holds it; else the way to make one."""
    secret = handed(_purpose(of), CardSecret)
    shown: dict[str, Any] = {"of": of, "plan": of.plan, "words": words, "tab": "more"}
    if secret is None:
        return page("childpages/make_card.html", **shown)
    return page("childpages/card.html", secret=secret, **shown, **drawn(secret))


@childpages.post("/kinderen/<uuid:member>/kaart", needs=Action.CHILD_PAGE_CHANGE, load=store.page_of)
def make_child_card(actor: Actor, of: PageOf) -> Response:
    """Make a card that opens the page of this child, and hand it to this browser only."""
    secret = accounts.make_card_for(actor, of.thing.id, of.person.id, request.form.get("form_key"))
    answer = done(_card(of))
    hand_over(answer, _card(of), _purpose(of), secret)
    return answer


@childpages.get("/kinderen/<uuid:member>/kaart/afdruk", needs=Action.CHILD_PAGE_CHANGE, load=store.page_of)
def print_child_card(_actor: Actor, of: PageOf) -> Response:
    """The same card on paper, to fold and keep."""
    secret = handed(_purpose(of), CardSecret, _card(of))
    if secret is None:
        return redirect(_card(of), 303)
    label = _("Code met het nummer van de kaart")
    return paper.sheet("kaart", "childpages/card_paper.html", of=of, secret=secret, **drawn(secret, label))


@childpages.post("/kinderen/<uuid:member>/kaart/bewaard", needs=Action.CHILD_PAGE_CHANGE, load=store.page_of)
def keep_child_card(_actor: Actor, of: PageOf) -> Response:
    """The card is kept safe: this browser shows it no more."""
    answer = done(url_for("childpages.own_device", member=of.thing.id), _("De kaart is bewaard."))
    take_away(answer, _card(of), _purpose(of))
    return answer


def _card(of: PageOf) -> str:
    return url_for("childpages.child_card", member=of.thing.id)


def _purpose(of: PageOf) -> str:
    return f"card of a child {of.thing.id}"
