"""What a guest says of an own agreement: a report beside it, which changes nothing of the plan. HTTP only."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from app.agreements import commands, store, words
from app.agreements.forms import WhyForm
from app.agreements.nouns import Result
from app.agreements.turns import Turn
from app.agreements.views import after, agreements
from app.change import Refused
from app.policy.actions import Action
from app.policy.actor import Actor
from app.web.respond import again

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


def _reported(actor: Actor, turn: Turn, result: Result) -> Response:
    try:
        commands.report(actor, turn, result, form_key=request.form.get("form_key"))
    except Refused as refused:
        return after(actor, turn, words.sentence(refused.reason))
    return after(actor, turn, words.thanks(result))
