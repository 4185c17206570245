"""Pages of who holds a link: the neutral page, opening it, what was shared, and reports. HTTP only."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from app.accounts.words import device
from app.agreements import assent
from app.agreements import commands as agreements
from app.agreements import words as agreement_words
from app.agreements.forms import WhyForm
from app.agreements.nouns import Result
from app.change import Refused
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.policy.decide import permits
from app.rooms import panels
from app.sharing import commands, ledger, seats, shown, store, words
from app.sharing.forms import WordForm
from app.sharing.nouns import Part
from app.sharing.rules import Reason
from app.sharing.shown import SharedTurn, SharedView
from app.sharing.views import sharing
from app.translations import gettext as _
from app.web import paper
from app.web.device import caller, know_again
from app.web.form import Form
from app.web.public import Open
from app.web.respond import again, done, page
from app.web.room import Through
from app.web.session import actor_in, remember, visitor

open_sharing = Open("sharing_open", __name__)

LINK = Through("link", "share")
DEAD = 404
TURN = "/voor/<uuid:share>/afspraken/<uuid:agreement>/<day>"


@open_sharing.get("/d/<token>", because="a link: names nobody, uses nothing up, is the same for every token")
def arrive(token: str) -> Response:
    """The neutral page: previews, scanners and archives come no further."""
    return page("sharing/arrive.html", address=url_for("sharing.open_link", token=token))


@open_sharing.post("/d/<token>", because="opens a link on this device; the token is the key")
def open_link(token: str) -> Response:
    """Let this browser look through a link."""
    found = seats.share_of_token(token)
    if found is None or found.actor.kind is not ActorKind.LINK_HOLDER:
        return page("sharing/dead.html", DEAD)
    here = actor_in(found.plan)
    if here.kind in {ActorKind.PARENT, ActorKind.MEEHELPER}:
        return for_the_family(here, found)
    form, who = WordForm(), caller()
    try:
        typed = form.word.data if "word" in request.form else None
        opened = commands.open_link(found, visitor(), typed, who, device(request.user_agent.string))
    except Refused as refused:
        if refused.reason is not Reason.WORD_NEEDED:
            form.refuse("word", words.sentence(refused.reason))
        return again("sharing/word.html", token=token, form=form)
    remember(opened.visitor)
    answer = done(url_for("sharing.shared", plan=found.plan, share=found.share))
    if opened.proof:
        know_again(answer, who, opened.proof)
    return answer


def for_the_family(here: Actor, found: seats.Found) -> Response:
    """A parent who tries the link sees what it shows, keeps the own seat, and is not counted as who looked."""
    g.actor = here
    share = store.share(here, found.share)
    if share is None or not permits(here, Action.SHARE_PREVIEW, share.thing.facts):
        return page("sharing/dead.html", DEAD)
    return done(url_for("sharing.preview", plan=found.plan, share=found.share))


@sharing.get("/voor/<uuid:share>", needs=Action.SHARED_SEE, load=shown.shared, through=LINK)
def shared(_actor: Actor, view: SharedView) -> Response:
    """Dag oma: what was shared."""
    return _shared(view)


@sharing.get("/voor/<uuid:share>/afspraken.pdf", needs=Action.PAPER_OWN, load=shown.shared, through=LINK)
def print_own(_actor: Actor, view: SharedView) -> Response:
    """The agreements with who holds the link, on one sheet; it is a look like any other."""
    ledger.record_looks(view.actor, [Part.PAPER] if view.agreed else view.parts, view.today)
    if not view.agreed:
        return done(url_for("sharing.shared", share=view.share))
    return paper.sheet("afspraken", "sharing/paper.html", view=view, words=words)


def _shared(view: SharedView, template: str = "sharing/shared.html", **values: Any) -> Response:
    """A page of the link; the look is noted first, and what cannot be noted is not shown."""
    ledger.record_looks(view.actor, view.parts, view.today)
    return page(template, view=view, words=words, panels=panels("link", view.actor, view), **values)


@sharing.post(f"{TURN}/gelukt", needs=Action.OUTCOME_REPORT, load=shown.shared_turn, through=LINK)
def report_done(actor: Actor, turn: SharedTurn) -> Response:
    """Oma: gelukt."""
    return _reported(actor, turn, Result.DONE)


@sharing.post(f"{TURN}/niet-gelukt", needs=Action.OUTCOME_REPORT, load=shown.shared_turn, through=LINK)
def report_missed(actor: Actor, turn: SharedTurn) -> Response:
    """Niet gelukt. Dat kan."""
    return _reported(actor, turn, Result.MISSED)


@sharing.post(f"{TURN}/terug", needs=Action.OUTCOME_REPORT, load=shown.shared_turn, through=LINK)
def report_back(actor: Actor, turn: SharedTurn) -> Response:
    """Toch niet: take an own report back."""
    agreements.take_back(actor, turn.turn, _form_key())
    return _after(turn, _("Bewaard."))


@sharing.post(f"{TURN}/woorden", needs=Action.OUTCOME_REPORT, load=shown.shared_turn, through=LINK)
def report_words(actor: Actor, turn: SharedTurn) -> Response:
    """A few words with it, if they like."""
    form = WhyForm()
    if not form.validate():
        through = {"share": turn.view.share}
        return again("agreements/say_more.html", turn=turn.turn, form=form, at="sharing.report_words", through=through)
    try:
        agreements.say_more(actor, turn.turn, form.why.data, form.key)
    except Refused as refused:
        return _after(turn, agreement_words.sentence(refused.reason))
    return _after(turn, agreement_words.saved())


@sharing.post(f"{TURN}/goed", needs=Action.SHARED_SEE, load=shown.shared_turn, through=LINK)
def accept(actor: Actor, turn: SharedTurn) -> Response:
    """Goed voor mij: yes to the text on the page."""
    try:
        assent.accept(actor, turn.turn.agreement, Form().seen, _form_key())
    except Refused:
        return _after(turn, agreement_words.changed_again())
    return _after(turn, agreement_words.saved())


def _reported(actor: Actor, turn: SharedTurn, result: Result) -> Response:
    said = agreement_words.thanks(result)
    try:
        agreements.report(actor, turn.turn, result, form_key=_form_key())
    except Refused as refused:
        said = agreement_words.sentence(refused.reason)
    return _after(turn, said)


def _after(turn: SharedTurn, said: str) -> Response:
    """Back to the page of the link; in place where htmx asked for it."""
    return done(url_for("sharing.shared", share=turn.view.share), said)


def _form_key() -> str | None:
    return request.form.get("form_key") or None
