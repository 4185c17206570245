"""A lost key, replaced by e-mail after 24 hours. The open pages show nothing of any plan or person. HTTP only."""

from __future__ import annotations

from functools import partial

from flask import abort, jsonify, request, url_for
from werkzeug.wrappers import Response

from app.accounts import keys, locks, recovery
from app.accounts import words as account_words
from app.accounts.locks import Challenge
from app.accounts.nouns import PasskeyBody
from app.accounts.owners import PASSWORD
from app.accounts.recovery import RecoveryView
from app.accounts.rules import Reason, Wait
from app.change import Refused
from app.db import now
from app.entry import keeper as keepers
from app.entry import words
from app.entry.forms import AddressForm, PasswordForm
from app.entry.open_views import TOO_MANY, inside, open_entry
from app.jobs import ring
from app.web.device import caller, keep_mark, know_again
from app.web.handover import hand_over, handed
from app.web.respond import again, page
from app.web.unsent import Unsent

__all__ = ["open_entry"]

UNPROCESSABLE, NOT_THERE = 422, 404
PURPOSE = "a lock for a lost key"


@open_entry.get("/kwijt", because="asks for an address; the same for everybody")
def lost() -> Response:
    """Ik ben mijn sleutel kwijt."""
    return page("entry/lost.html", form=AddressForm(formdata=None), sends_mail=keepers.sends_mail())


@open_entry.post("/kwijt", because="keeps the question; a job looks whose address it is, so that no answer tells")
def ask_mail() -> Response:
    """The same answer whatever the address."""
    form, who = AddressForm(), caller()
    if not keepers.sends_mail():
        abort(404)
    if form.validate():
        try:
            question = recovery.ask(form.email.data, who)
        except Refused as refused:
            form.refuse("email", account_words.sentence(refused.reason))
            status = TOO_MANY if isinstance(refused.reason, Wait) else UNPROCESSABLE
            return again("entry/lost.html", status, form=form, sends_mail=True)
        ring("recovery", question)
        answer = page("entry/mail_asked.html")
        keep_mark(answer, who)
        return answer
    return again("entry/lost.html", form=form, sends_mail=True)


@open_entry.get("/nieuwe-sleutel/<token>", because="a neutral page that uses up nothing, the same for any link")
def new_key(token: str) -> Response:
    """Somebody must press the button."""
    return page("entry/new_key.html", token=token[:80])


@open_entry.post("/nieuwe-sleutel/<token>", because="asks which key, for the link of a mail; uses up nothing")
def choose_key(token: str) -> Response:
    """Which key do you want to make?"""
    found = recovery.found_by(token)
    reason = recovery.why_not_yet(found)
    if reason is not None:
        return _not_now(reason)
    return page("entry/new_key_of.html", token=token, form=PasswordForm(formdata=None), errors={})


@open_entry.post("/nieuwe-sleutel/<token>/wachtwoord", because="makes the one key of the link of a mail")
def renew_password(token: str) -> Response:
    """A new password; the link is used up, and this browser signed in."""
    form, who, found = PasswordForm(), caller(), _ready(token)
    if isinstance(found, Response):
        return found
    try:
        first = partial(recovery.use, found)
        opened = keys.set_password(
            found.account, form.login.data or "", form.password.data or "", who, first, {PASSWORD: None}
        )
    except Refused as refused:
        if refused.reason in {Reason.NO_LONGER, Reason.TOO_EARLY}:
            return _not_now(refused.reason)
        form.refuse(words.field_of(refused.reason), account_words.sentence(refused.reason))
        status = TOO_MANY if isinstance(refused.reason, Wait) else UNPROCESSABLE
        return again("entry/new_key_of.html", status, token=token, form=form, errors={})
    answer = inside(found.account, Unsent())
    know_again(answer, who, opened.proof)
    return answer


@open_entry.post("/nieuwe-sleutel/<token>/slot/begin", because="gives a challenge for the one key of a mail's link")
def begin_renew_lock(token: str) -> Response:
    """What the browser must answer."""
    found = _ready(token)
    if isinstance(found, Response) or not keepers.passkeys_work():
        abort(404)
    challenge = locks.new_challenge(now(), found.account)
    others = [lock.body.credential for lock in keys.passkeys(found.account)]
    answer = jsonify(locks.to_make(challenge, words.nameless(), others))
    hand_over(answer, url_for("entry.renew_lock", token=token), PURPOSE, challenge)
    return answer


@open_entry.post("/nieuwe-sleutel/<token>/slot", because="makes the one key of the link of a mail")
def renew_lock(token: str) -> Response:
    """A new passkey; the link is used up, and this browser signed in."""
    found, challenge = _ready(token), handed(PURPOSE, Challenge)
    if isinstance(found, Response):
        return found
    try:
        body = PasskeyBody(name=words.this_device(), known=False)
        keys.make_passkey(found.account, request.form.get("answer", ""), challenge, body, partial(recovery.use, found))
    except Refused as refused:
        if refused.reason in {Reason.NO_LONGER, Reason.TOO_EARLY}:
            return _not_now(refused.reason)
        errors = {"lock": account_words.sentence(refused.reason)}
        form = PasswordForm(formdata=None)
        return again("entry/new_key_of.html", token=token, form=form, errors=errors)
    return inside(found.account, Unsent())


def _ready(token: str) -> RecoveryView | Response:
    found = recovery.found_by(token)
    reason = recovery.why_not_yet(found)
    return _not_now(reason or Reason.NO_LONGER) if reason is not None or found is None else found


def _not_now(reason: Reason) -> Response:
    return again("entry/no_longer.html", NOT_THERE, sentence=account_words.sentence(reason))
