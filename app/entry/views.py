"""The family's pages of getting in: an own card, who can open the plan, letting somebody in. HTTP only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts import commands as accounts
from app.accounts import store as account_store
from app.accounts.nouns import CardBody, CardSecret
from app.accounts.store import DeviceView
from app.change import Refused
from app.config import Config
from app.entry import commands, store, words
from app.entry import keeper as keepers
from app.entry.forms import CardForm, LetInForm
from app.entry.nouns import LinkSecret
from app.entry.store import Door, InviteView, KeyRing
from app.items import Thing
from app.plan import commands as plans
from app.plan import words as plan_words
from app.plan.commands import Invited
from app.policy.actions import Action
from app.policy.actor import Actor
from app.translations import gettext as _
from app.web import paper, qr
from app.web.addresses import front
from app.web.device import forget_device
from app.web.form import SHORT
from app.web.handover import hand_over, handed, take_away
from app.web.respond import again, done, left, page
from app.web.room import Room
from app.web.session import forget, seat_in, visitor

entry = Room("entry", __name__, child=True)


# ---- an own card -----------------------------------------------------------------------------------------------------


@entry.get("/sleutelkaart", needs=Action.CARD_MAKE, load=store.own_place)
def own_card(actor: Actor, plan: Thing[Any]) -> Response:
    """A new card, as long as this browser holds it; else the way to make one."""
    secret = handed(_purpose(actor), CardSecret)
    if secret is None:
        return page("entry/make_card.html", plan=plan, tab="more")
    return page("entry/own_card.html", plan=plan, secret=secret, **drawn(secret))


@entry.post("/sleutelkaart", needs=Action.CARD_MAKE, load=store.own_place)
def make_card(actor: Actor, _plan: Thing[Any]) -> Response:
    """Make a card, and hand it to this browser only."""
    keepers.itself_or_pictures(actor)
    form = CardForm()
    secret = accounts.make_card(actor, form.key, (form.keeper.data or "")[:SHORT])
    address = url_for("entry.own_card")
    answer = done(address)
    hand_over(answer, address, _purpose(actor), secret)
    return answer


@entry.get("/sleutelkaart/afdruk", needs=Action.CARD_MAKE, load=store.own_place)
def print_card(actor: Actor, _plan: Thing[Any]) -> Response:
    """The same card on paper, to fold and keep."""
    secret = handed(_purpose(actor), CardSecret, url_for("entry.own_card"))
    if secret is None:
        return redirect(url_for("entry.own_card"), 303)
    return paper.sheet("sleutelkaart", "entry/card_paper.html", secret=secret, **drawn(secret, words.card_code()))


@entry.post("/sleutelkaarten/<uuid:card>/bewaard", needs=Action.CARD_KEEP, load=account_store.card)
def keep_card(actor: Actor, card: Thing[CardBody]) -> Response:
    """The card is kept safe: this browser shows it no more."""
    accounts.keep_card(actor, card)
    answer = done(_front(actor), _("Je sleutelkaart is bewaard."))
    take_away(answer, url_for("entry.own_card"), _purpose(actor))
    return answer


@entry.post("/sleutelkaarten/<uuid:card>/stop", needs=Action.CARD_STOP, load=account_store.card)
def stop_card(actor: Actor, card: Thing[CardBody]) -> Response:
    """The card opens nothing any more."""
    accounts.stop_card(actor, card)
    return done(keepers.of_seat(actor).back, _("Die sleutelkaart opent ons plan niet meer."))


def _front(actor: Actor) -> str:
    return url_for("home.landing") if actor.plan is None else front(actor.plan, actor)


def _purpose(actor: Actor) -> str:
    """A card is handed to one member: who signs in here after them does not see it."""
    return f"card {actor.seat}"


def drawn(secret: CardSecret, label: str = "") -> dict[str, Any]:
    """What a card shows beside its words."""
    return {
        "qr_svg": qr.svg(_full(url_for("entry.card", number=secret.number)), label),
        "number": words.grouped(secret.number),
        "address": _full(url_for("entry.key")).partition("://")[2],
    }


def _full(path: str) -> str:
    config: Config = current_app.extensions["onsplan.config"]
    return config.address + path


# ---- who can open the plan -------------------------------------------------------------------------------------------


@entry.get("/binnen", needs=Action.ENTRY_SEE, load=store.key_ring)
def people(actor: Actor, ring: KeyRing) -> Response:
    """Wie kan ons plan openen?"""
    shown: dict[str, Any] = {"ring": ring, "here": _here(actor), "keepers": keepers, "words": words}
    return page("entry/people.html", plan=ring.plan, tab="more", **shown)


@entry.post("/toestellen/<uuid:device>/stop", needs=Action.DEVICE_STOP, load=account_store.device)
def stop_device(actor: Actor, device: DeviceView) -> Response:
    """Another device of one's own opens nothing any more; this one is left by its own page."""
    if device.id == _here(actor):
        return redirect(url_for("entry.leave_device"), 303)
    accounts.end_seat(device.id)
    return done(keepers.of_seat(actor).back, _("Dat toestel opent ons plan niet meer."))


@entry.post("/toestellen/<uuid:device>/van-mij", needs=Action.DEVICE_STOP, load=account_store.device)
def know_device(actor: Actor, device: DeviceView) -> Response:
    """A new device is one's own; only another one of theirs can say so."""
    if device.id != _here(actor):
        accounts.know_device(actor, device)
    return done(keepers.of_seat(actor).back, _("Goed. Dat toestel blijft binnen."))


@entry.get("/dit-toestel", needs=Action.DEVICE_STOP, load=store.key_ring)
def leave_device(_actor: Actor, ring: KeyRing) -> Response:
    """What leaving this device means."""
    return page("entry/leave_device.html", ring=ring, plan=ring.plan, tab="more")


@entry.post("/dit-toestel", needs=Action.DEVICE_STOP, load=store.key_ring)
def sign_out(actor: Actor, _ring: KeyRing) -> Response:
    """Leave this device: it keeps nothing of the plan."""
    here = visitor()
    if here is not None and len(here.seats) == 1:
        accounts.end_session(here)
        forget()
    elif (seat := _here(actor)) is not None:
        accounts.end_seat(seat)
    answer = left(done(url_for("home.landing")))
    take_away(answer, url_for("entry.own_card"), _purpose(actor))
    forget_device(answer)
    return answer


def _here(actor: Actor) -> UUID | None:
    seat = None if actor.plan is None or actor.seat is None else seat_in(actor.plan, "member", actor.seat)
    return None if seat is None else seat.id


# ---- letting somebody in ---------------------------------------------------------------------------------------------


@entry.get("/laat-binnen", needs=Action.MEMBER_LET_IN, load=store.door)
def ask_in(_actor: Actor, door: Door) -> Response:
    """Wie laat je binnen?"""
    form = LetInForm(formdata=None)
    return page("entry/ask_in.html", door=door, words=words, plan=door.plan, form=form)


@entry.post("/laat-binnen", needs=Action.MEMBER_LET_IN, load=store.door)
def let_in(actor: Actor, door: Door) -> Response:
    """Invite a parent."""
    form = LetInForm()
    if form.validate():
        try:
            invited = commands.let_in(actor, door, form.person.data, form.name.data, form.key)
        except Refused as refused:
            form.refuse("name", plan_words.sentence(refused.reason))
        else:
            return to_invite(invited)
    return again("entry/ask_in.html", door=door, words=words, plan=door.plan, form=form)


@entry.get("/uitnodigingen/<uuid:invite>", needs=Action.MEMBER_LET_IN, load=store.invite)
def invite(_actor: Actor, invite: InviteView) -> Response:
    """One invitation: its link while this browser holds it, and who must still say yes."""
    secret = handed("invite", LinkSecret)
    link = "" if secret is None or not invite.opens else _full(url_for("entry.welcome", token=secret.token))
    drawn = qr.svg(link) if link else ""
    shown: dict[str, Any] = {"link_address": link, "qr_svg": drawn, "words": words}
    return page("entry/invite.html", invite=invite, plan=invite.plan, tab="more", **shown)


@entry.post("/uitnodigingen/<uuid:invite>/link", needs=Action.MEMBER_LET_IN, load=store.invite)
def new_link(actor: Actor, invite: InviteView) -> Response:
    """A new link; the one before it works no more."""
    try:
        return to_invite(plans.new_link(actor, invite.thing, request.form.get("form_key")))
    except Refused as refused:
        return done(url_for("entry.people"), plan_words.sentence(refused.reason))


@entry.post("/uitnodigingen/<uuid:invite>/ja", needs=Action.MEMBER_AGREE, load=store.invite)
def agree(actor: Actor, invite: InviteView) -> Response:
    """A parent says yes to a new one."""
    try:
        plans.agree(actor, invite.thing)
    except Refused as refused:
        return done(url_for("entry.people"), plan_words.sentence(refused.reason))
    return done(url_for("entry.people"), _("Bewaard."))


@entry.post("/uitnodigingen/<uuid:invite>/stop", needs=Action.MEMBER_STOP, load=store.invite)
def stop_invite(actor: Actor, invite: InviteView) -> Response:
    """Any parent takes an invitation back."""
    plans.stop_invite(actor, invite.thing)
    return done(url_for("entry.people"), _("Die uitnodiging werkt niet meer."))


def to_invite(invited: Invited) -> Response:
    """To the page of an invitation, with its link in this browser."""
    address = url_for("entry.invite", invite=invited.id)
    answer = done(address)
    if invited.token:
        hand_over(answer, address, "invite", LinkSecret(invited.token))
    return answer
