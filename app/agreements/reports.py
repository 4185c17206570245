"""What people say beside an agreement, which changes nothing of it: a guest's report, a yes to its text. HTTP only."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from app.agreements import assent, commands, store, words
from app.agreements.forms import WhyForm
from app.agreements.nouns import Result
from app.agreements.turns import AgreementView, Turn
from app.agreements.views import after, agreements
from app.change import Refused
from app.policy.actions import Action
from app.policy.actor import Actor
from app.web.form import Form
from app.web.respond import again, done

__all__ = ["agreements"]

REPORT = "/afspraken/<uuid:agreement>/<day>/melding"


@agreements.post(f"{REPORT}/gelukt", needs=Action.OUTCOME_REPORT, load=store.guests_turn)
def report_done(actor: Actor, turn: Turn) -> Response:
    """Lisa: gelukt."""
    return _reported(actor, turn, Result.DONE)


@agreements.post(f"{REPORT}/niet-gelukt", needs=Action.OUTCOME_REPORT, load=store.guests_turn)
def report_missed(actor: Actor, turn: Turn) -> Response:
    """Niet gelukt. Dat kan."""
    return _reported(actor, turn, Result.MISSED)


@agreements.post(f"{REPORT}/woorden", needs=Action.OUTCOME_REPORT, load=store.guests_turn)
def report_words(actor: Actor, turn: Turn) -> Response:
    """A few words with it, if they like."""
    form = WhyForm()
    if not form.validate():
        return again(
            "agreements/say_more.html",
            turn=turn,
            form=form,
            plan=turn.agreement.plan,
            at="agreements.report_words",
            through={},
        )
    try:
        commands.say_more(actor, turn, form.why.data, form.key)
    except Refused as refused:
        return after(actor, turn, words.sentence(refused.reason))
    return after(actor, turn, words.saved())


@agreements.post("/afspraken/<uuid:agreement>/goed", needs=Action.AGREEMENT_SEE, load=store.agreement)
def accept(actor: Actor, agreement: AgreementView) -> Response:
    """Goed voor mij: yes to the text on the page."""
    address = url_for("agreements.show", agreement=agreement.thing.id)
    try:
        assent.accept(actor, agreement, Form().seen, request.form.get("form_key"))
    except Refused:
        return done(address, words.changed_again())
    return done(address, words.saved())


def _reported(actor: Actor, turn: Turn, result: Result) -> Response:
    try:
        commands.report(actor, turn, result, form_key=request.form.get("form_key"))
    except Refused as refused:
        return after(actor, turn, words.sentence(refused.reason))
    return after(actor, turn, words.thanks(result))
