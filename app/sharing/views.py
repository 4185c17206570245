"""Pages of the family about sharing: with whom, what, until when, who looked, who sees an item. HTTP only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from app.change import Refused
from app.people import commands as people_commands
from app.people import store as people_store
from app.people.commands import PersonInput
from app.people.nouns import RoleBody
from app.people.store import PeopleView
from app.policy.actions import Action
from app.policy.actor import Actor
from app.sharing import commands, ledger, onlookers, shown, steps, store, words
from app.sharing.commands import LinkSecret, Made
from app.sharing.forms import NameForm, ShareForm, asked, kept
from app.sharing.onlookers import Around
from app.sharing.steps import Draft
from app.sharing.store import Board, Peek, ShareView
from app.translations import gettext as _
from app.web import qr
from app.web.handover import hand_over, handed, take_away
from app.web.peek import peeked
from app.web.respond import again, done, page
from app.web.room import Room

sharing = Room("sharing", __name__)

LINK = "link"
SHOWN_DAYS = timedelta(days=31)
FIRST, LAST = date(2000, 1, 1), date(2999, 1, 1)


@sharing.get("/wie-ziet-wat", needs=Action.SHARE_SEE, load=onlookers.around)
def index(actor: Actor, around: Around) -> Response:
    """Wie ziet wat?"""
    looked = ledger.last_looks(actor)
    return page("sharing/index.html", around=around, looked=looked, words=words, plan=around.plan, tab="more")


@sharing.get("/delen", needs=Action.SHARE_MAKE, load=store.board)
def whom(_actor: Actor, board: Board) -> Response:
    """First step: with whom."""
    return page(
        "sharing/whom.html", board=board, form=NameForm(formdata=None), words=words, plan=board.plan, tab="more"
    )


@sharing.post("/delen", needs=Action.SHARE_MAKE, load=people_store.people)
def meet(actor: Actor, people: PeopleView) -> Response:
    """Write down somebody new, to share with."""
    form = NameForm()
    if not form.validate():
        board = store.board(actor)
        return again("sharing/whom.html", board=board, form=form, words=words, plan=board.plan, tab="more")
    added = people_commands.add(actor, people, PersonInput(form.name.data), RoleBody(), form.key, form.along)
    return done(url_for("sharing.what", person=added.id))


@sharing.get("/delen/<uuid:person>/wat", needs=Action.SHARE_MAKE, load=steps.draft)
def what(_actor: Actor, draft: Draft) -> Response:
    """Second step: what, beside the agreements with that person."""
    form = asked()
    return page(
        "sharing/what.html", draft=draft, form=form, kept=kept(form, draft, "alone", "length", "day"), words=words
    )


@sharing.get("/delen/<uuid:person>/tot", needs=Action.SHARE_MAKE, load=steps.draft)
def until(_actor: Actor, draft: Draft) -> Response:
    """Third step: until when."""
    form = asked()
    return page(
        "sharing/until.html", draft=draft, form=form, kept=kept(form, draft, "what", "things", "alone"), words=words
    )


@sharing.get("/delen/<uuid:person>/zo", needs=Action.SHARE_MAKE, load=steps.draft)
def draft(_actor: Actor, draft: Draft) -> Response:
    """Last step: zo ziet (naam) het."""
    form = asked()
    return _draft(draft, form, 200)


@sharing.post("/delen/<uuid:person>", needs=Action.SHARE_MAKE, load=steps.draft)
def make(actor: Actor, draft: Draft) -> Response:
    """Make the share and its link."""
    form = ShareForm()
    given = form.given(draft) if form.validate() else None
    if given is None:
        return _draft(draft, form, 422)
    try:
        made = commands.make(actor, draft.board, draft.person, given, form.key)
    except Refused as refused:
        return done(url_for("sharing.index"), words.sentence(refused.reason))
    return _handed(made)


def _draft(draft: Draft, form: ShareForm, status: int) -> Response:
    """How it would look; or the question of the day again, when that day cannot be."""
    given = form.given(draft) if form.validate() else None
    if given is None:
        some = kept(form, draft, "what", "things", "alone")
        return again("sharing/until.html", draft=draft, form=form, kept=some, words=words)
    view = draft.shown(given.opened, given.things, alone=given.alone)
    every = kept(form, draft, "what", "things", "alone", "length", "day")
    return page("sharing/draft.html", status, draft=draft, form=form, given=given, view=view, kept=every, words=words)


def _handed(made: Made) -> Response:
    address = url_for("sharing.link", share=made.share)
    answer = done(address)
    hand_over(answer, address, LINK, made.secret)
    return answer


@sharing.get("/wie-ziet-wat/<uuid:share>/link", needs=Action.SHARE_EXTEND, load=store.share)
def link(_actor: Actor, share: ShareView) -> Response:
    """The link, as QR and for WhatsApp; shown to the browser that made it, for half an hour."""
    secret = handed(LINK, LinkSecret) if share.works else None
    address = words.address(secret.token, guest=share.thing.body.guest) if secret is not None else ""
    picture = qr.svg(address) if address else ""
    drawn: dict[str, Any] = {"address": address, "picture": picture, "words": words}
    return page("sharing/link.html", share=share, plan=share.thing.plan, tab="more", **drawn)


@sharing.post("/wie-ziet-wat/<uuid:share>/link", needs=Action.SHARE_EXTEND, load=store.share)
def renew(actor: Actor, share: ShareView) -> Response:
    """A new link; the old one stops."""
    try:
        return _handed(commands.renew(actor, share, _form_key()))
    except Refused as refused:
        return done(url_for("sharing.index"), words.sentence(refused.reason))


@sharing.get("/wie-ziet-wat/<uuid:share>", needs=Action.SHARE_PREVIEW, load=store.share)
def show(actor: Actor, share: ShareView) -> Response:
    """One share, and what can be done with it."""
    looked = ledger.last_looks(actor).get(share.thing.id)
    return page("sharing/show.html", share=share, looked=looked, words=words, plan=share.thing.plan, tab="more")


@sharing.get("/wie-ziet-wat/<uuid:share>/zo", needs=Action.SHARE_PREVIEW, load=store.share)
def preview(_actor: Actor, share: ShareView) -> Response:
    """Zo ziet (naam) het: what the link shows now."""
    if share.thing.body.guest:
        return _peeked(Peek(share, "")) if share.works else done(url_for("sharing.show", share=share.thing.id))
    view = shown.shown_to(share.actor)
    return page("sharing/preview.html", share=share, view=view, words=words, plan=share.thing.plan, tab="more")


@sharing.get("/wie-ziet-wat/<uuid:share>/zo/<path:page>", needs=Action.SHARE_PREVIEW, load=store.peek)
def peek(_actor: Actor, one: Peek) -> Response:
    """The same for a guest: any page of the plan as that guest gets it."""
    return _peeked(one)


def _peeked(one: Peek) -> Response:
    inside = url_for("sharing.preview", share=one.thing.id)
    bar = render_template("sharing/peek_bar.html", share=one.share, words=words)
    return peeked(one.share.actor, one.page, inside, bar)


@sharing.get("/wie-ziet-wat/<uuid:share>/verander", needs=Action.SHARE_CHANGE, load=steps.again)
def edit(_actor: Actor, draft: Draft) -> Response:
    """Choose again what it opens and until when."""
    return page("sharing/edit.html", draft=draft, form=ShareForm(formdata=None), fresh=True, words=words)


@sharing.post("/wie-ziet-wat/<uuid:share>", needs=Action.SHARE_CHANGE, load=steps.again)
def save(actor: Actor, draft: Draft) -> Response:
    """Save what was chosen again."""
    form = ShareForm()
    given = form.given(draft) if form.validate() else None
    if given is None or draft.share is None:
        return again("sharing/edit.html", draft=draft, form=form, fresh=False, words=words)
    try:
        commands.edit(actor, draft.share, draft.board, given, form.key)
    except Refused as refused:
        return done(url_for("sharing.index"), words.sentence(refused.reason))
    return done(url_for("sharing.show", share=draft.share.thing.id), _("Bewaard."))


@sharing.post("/wie-ziet-wat/<uuid:share>/langer", needs=Action.SHARE_EXTEND, load=store.share)
def extend(actor: Actor, share: ShareView) -> Response:
    """Nog 3 maanden."""
    try:
        commands.extend(actor, share, _form_key())
    except Refused as refused:
        return done(url_for("sharing.index"), words.sentence(refused.reason))
    return done(url_for("sharing.show", share=share.thing.id), _("Bewaard."))


@sharing.post("/wie-ziet-wat/<uuid:share>/stop", needs=Action.SHARE_STOP, load=store.share)
def stop(actor: Actor, share: ShareView) -> Response:
    """Stop met delen; it works at the next request."""
    commands.stop(actor, share)
    answer = done(url_for("sharing.index"), _("Het delen is gestopt. De link werkt niet meer."))
    take_away(answer, url_for("sharing.link", share=share.thing.id), LINK)
    return answer


@sharing.get("/wie-keek", needs=Action.LOOK_SEE, load=store.board)
def looks(_actor: Actor, board: Board) -> Response:
    """Wie keek in ons plan? A month at a time; of all, or of one person."""
    before = _day(request.args.get("tot", "")) or board.today + timedelta(days=1)
    since = before - SHOWN_DAYS
    of = board.with_person_of(request.args.get("wie", ""))
    days = ledger.looks(of or board.shares, since, before)
    return page(
        "sharing/looks.html", days=days, of=of, since=since, board=board, words=words, plan=board.plan, tab="more"
    )


def _form_key() -> str | None:
    return request.form.get("form_key") or None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None
