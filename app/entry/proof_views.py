"""Ben jij het? A key that somebody has is shown before a password or an address changes. HTTP only."""

from __future__ import annotations

from typing import Any

from flask import abort, jsonify, redirect, request
from werkzeug.wrappers import Response

from app.accounts import locks
from app.accounts import words as account_words
from app.accounts.locks import Challenge
from app.accounts.rules import Reason, Wait
from app.change import Refused
from app.db import now
from app.entry import keeper as keepers
from app.entry import proof
from app.entry.forms import ProofForm
from app.entry.keeper import Keeper
from app.entry.key_views import both, entry, values
from app.translations import gettext as _
from app.web.device import caller, keep_mark, know_again
from app.web.handover import hand_over, handed
from app.web.respond import again, page

__all__ = ["entry"]

TOO_MANY, UNPROCESSABLE = 429, 422
PURPOSE = "a lock to show"
# Where somebody was going.
WAYS = {"adres": "address", "wachtwoord": "password"}


@both("get", "/sleutels/eerst")
def prove_first(keeper: Keeper) -> Response:
    """Which key do you have?"""
    asked = proof.missing(keeper)
    if asked is None:
        return redirect(_way(keeper), 303)
    return page("entry/prove.html", **_values(keeper, asked, ProofForm(formdata=None), {}))


@both("post", "/sleutels/eerst")
def prove(keeper: Keeper) -> Response:
    """A password or a card, typed."""
    asked, who, form = proof.missing(keeper), caller(), ProofForm()
    if asked is None:
        return redirect(_way(keeper), 303)
    try:
        shown = proof.show(keeper, asked, form, who)
    except Refused as refused:
        errors = {proof.field(form): _sentence(refused)}
        status = TOO_MANY if isinstance(refused.reason, Wait) else UNPROCESSABLE
        answer = again("entry/prove.html", status, **_values(keeper, asked, form, errors))
        keep_mark(answer, who)
        return answer
    answer = redirect(_way(keeper), 303)
    know_again(answer, who, shown)
    proof.give(answer, keeper)
    return answer


@both("post", "/sleutels/eerst/slot/begin")
def begin_prove_lock(keeper: Keeper) -> Response:
    """What the device must answer."""
    if not keepers.passkeys_work():
        abort(404)
    challenge = locks.new_challenge(now())
    answer = jsonify(locks.to_open(challenge))
    hand_over(answer, keeper.url("prove_lock"), PURPOSE, challenge)
    return answer


@both("post", "/sleutels/eerst/slot")
def prove_lock(keeper: Keeper) -> Response:
    """A passkey."""
    asked, challenge = proof.missing(keeper), handed(PURPOSE, Challenge)
    if asked is None:
        return redirect(_way(keeper), 303)
    try:
        proof.show_lock(keeper, asked, request.form.get("answer", ""), challenge)
    except Refused as refused:
        errors = {"lock": _sentence(refused)}
        return again("entry/prove.html", **_values(keeper, asked, ProofForm(formdata=None), errors))
    answer = redirect(_way(keeper), 303)
    proof.give(answer, keeper)
    return answer


def _values(keeper: Keeper, asked: proof.Asked, form: ProofForm, errors: dict[str, str]) -> dict[str, Any]:
    return values(keeper, asked=asked, form=form, errors=errors, number=form.card_number.data or "", to=_to())


def _to() -> str:
    found = request.values.get("naar", "")
    return found if found in WAYS else ""


def _way(keeper: Keeper) -> str:
    return keeper.url(WAYS[_to()]) if _to() else keeper.back


def _sentence(refused: Refused) -> str:
    if refused.reason is Reason.NOT_THIS_PASSWORD:
        return _("Dit wachtwoord is niet juist. Probeer opnieuw.")
    return account_words.sentence(refused.reason)
