"""Start cards: an account's own, and what a family finds behind one. They show nothing of any plan. HTTP only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts import commands as accounts
from app.accounts import store as account_store
from app.accounts import words as account_words
from app.accounts.nouns import AccountBody
from app.accounts.rules import Subject, network_of
from app.accounts.store import AccountView
from app.change import Refused
from app.config import Config
from app.guests import commands, ledger, rules, store, words
from app.guests.forms import WhoForm
from app.guests.nouns import StartSecret
from app.guests.open_views import open_guests
from app.guests.store import CardView
from app.translations import gettext as _
from app.web import paper, qr
from app.web.device import caller
from app.web.handover import hand_over, handed, take_away
from app.web.respond import again, done, page
from app.web.session import remember, visitor

__all__ = ["open_guests"]

START = "start card"
TOO_MANY = 429


# ---- behind a card ---------------------------------------------------------------------------------------------------


@open_guests.get("/kom/<token>", because="a start card: names nobody, uses nothing up, is the same for every token")
def start(token: str) -> Response:
    """Begin jullie eigen plan."""
    return page("guests/start.html", token=token)


@open_guests.post("/kom/<token>", because="begins a family's own plan; the card goes along in this browser only")
def begin(token: str) -> Response:
    """To the three questions; a card that was stopped says so, and the family can begin anyway."""
    typed = rules.token_of(token)
    if typed is None or ledger.card_of(typed) is None:
        return page("guests/start.html", 404, token=token, stopped=True)
    answer = redirect(url_for("home.begin"), 303)
    hand_over(answer, url_for("home.begin"), START, StartSecret(typed))
    return answer


def begun(answer: Response, plan: UUID) -> None:
    """A plan began in this browser: who gave the card asks to be a guest there, once."""
    secret = handed(START, StartSecret, url_for("home.begin"))
    if secret is None:
        return
    found = ledger.card_of(secret.token)
    if found is not None:
        commands.ask(plan, *found)
    take_away(answer, url_for("home.begin"), START)


# ---- an account's own cards ------------------------------------------------------------------------------------------


@open_guests.get("/te-gast/kaarten", because="an account's own page: only the cards of the account of this session")
def cards() -> Response:
    """Mijn startkaarten; who is not known yet says first who they are."""
    who = _who()
    if who is None:
        return page("guests/card_who.html", form=WhoForm(formdata=None))
    return page("guests/cards.html", cards=store.cards(who.id), who=who, words=words)


@open_guests.post("/te-gast/kaarten", because="an account's own page: makes a card of the account of this session")
def make_card() -> Response:
    """A new card."""
    who = _who()
    if who is None:
        return redirect(url_for("guests.cards"), 303)
    try:
        card = commands.begin_card(who.id)
    except Refused as refused:
        return done(url_for("guests.cards"), words.sentence(refused.reason))
    return done(url_for("guests.card", card=card))


@open_guests.post("/te-gast/ik", because="how the account of this session is called; a first account is counted")
def say_who() -> Response:
    """Who somebody is who makes cards; a first account begins here too."""
    form, own = WhoForm(), accounts.account_of(visitor())
    if not form.validate():
        return again("guests/card_who.html", form=form)
    if own is not None:
        commands.say_who(own, form.name.data, form.organisation.data or "")
        return done(url_for("guests.cards"))
    try:
        accounts.count_guess({Subject.STARTS: network_of(caller().address)})
    except Refused as refused:
        form.refuse("name", account_words.sentence(refused.reason))
        return again("guests/card_who.html", TOO_MANY, form=form)
    account = accounts.make_account(AccountBody(name=form.name.data, organisation=form.organisation.data or ""))
    remember(accounts.sign_in(visitor(), account, account_words.device(request.user_agent.string)))
    return done(url_for("guests.cards"))


@open_guests.get("/te-gast/kaarten/<uuid:card>", because="an account's own page: only a card of this session's account")
def card(card: UUID) -> Response:
    """One card, to show or to print."""
    return page("guests/card.html", **_drawn(card))


@open_guests.get(
    "/te-gast/kaarten/<uuid:card>/afdruk", because="an account's own paper: a card of this session's account"
)
def print_card(card: UUID) -> Response:
    """The same on paper, to give away."""
    return paper.sheet("startkaart", "guests/card_paper.html", **_drawn(card, _("QR-code om te beginnen")))


@open_guests.post("/te-gast/kaarten/<uuid:card>/stop", because="an account's own page: stops a card of this session's")
def stop_card(card: UUID) -> Response:
    """The card leads to nobody any more."""
    found = _own(card)
    ledger.stop_card(found.id)
    return done(url_for("guests.cards"), _("Die kaart werkt niet meer."))


def _who() -> AccountView | None:
    """Whose session this is; None for who did not say yet how they are called."""
    account = accounts.account_of(visitor())
    who = None if account is None else account_store.account(account)
    return who if who is not None and who.name else None


def _own(card: UUID) -> CardView:
    who = _who()
    return (None if who is None else store.card(who.id, card)) or abort(404)


def _drawn(card: UUID, label: str = "") -> dict[str, Any]:
    found, config = _own(card), current_app.extensions["onsplan.config"]
    address = _full(config, found.token)
    return {
        "card": found,
        "who": _who(),
        "address": _full(config, rules.grouped(found.token)).partition("://")[2],
        "qr_svg": qr.svg(address, label),
    }


def _full(config: Config, token: str) -> str:
    return config.address + url_for("guests.start", token=token)
