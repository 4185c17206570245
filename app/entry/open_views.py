"""The open pages of getting in: a key, and an invitation. They show nothing of any plan. HTTP only."""

from __future__ import annotations

from uuid import UUID

from flask import abort, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts import commands as accounts
from app.accounts import keys, locks
from app.accounts import store as account_store
from app.accounts import words as account_words
from app.accounts.locks import Challenge
from app.accounts.nouns import Device
from app.accounts.rules import Wait
from app.change import Refused
from app.db import now
from app.entry import keeper as keepers
from app.entry import words
from app.entry.forms import KeyForm, PasswordForm
from app.plan import commands as plans
from app.plan import words as plan_words
from app.plan.rules import Reason
from app.policy.actor import ActorKind
from app.web.addresses import front
from app.web.device import caller, keep_mark, know_again
from app.web.handover import hand_over, handed, take_away
from app.web.public import Open
from app.web.respond import again, page
from app.web.session import actor_in, remember, seat_in, visitor
from app.web.unsent import Unsent, carried

open_entry = Open("entry_open", __name__)

TOO_MANY = 429
LOCK = "a lock"


# ---- the key, typed --------------------------------------------------------------------------------------------------


@open_entry.get("/sleutel", because="takes a key; shows nothing of any plan")
def key() -> Response:
    """The ways in: the lock of this device, a sleutelkaart, a password."""
    return page("entry/key.html", unsent=Unsent(), errors={})


@open_entry.get(
    "/kaart/<number>", because="what a card's QR opens: neutral, asks for its words, the same for any number"
)
def card(number: str) -> Response:
    """Where only the words of a card are typed."""
    return page("entry/card.html", number=number[:40], errors={})


@open_entry.post("/sleutel", because="takes a sleutelkaart: guesses are counted, every refusal is the same")
def open_key() -> Response:
    """Open the plan of a card in this browser; a page that carries what was typed takes a password in the same form."""
    if request.form.get("password") and not request.form.get("card_number"):
        return _open_password()
    form, kept, who = KeyForm(), carried(), caller()
    try:
        opened = accounts.open_card(form.card_number.data or "", form.card_words.data or "", who)
    except Refused as refused:
        errors = {"card_number": account_words.sentence(refused.reason)}
        number, status = form.card_number.data, TOO_MANY if _is_wait(refused) else 422
        answer = again("entry/key.html", status, unsent=kept, errors=errors, number=number)
        keep_mark(answer, who)
        return answer
    _sit_down(opened.plan, opened.member, lent_key=opened.lent)
    if kept.leads_into(opened.plan):
        answer = page("entry/send_again.html", unsent=kept, back=True)
    else:
        answer = redirect(front(opened.plan, actor_in(opened.plan)), 303)
    know_again(answer, who, opened.proof)
    return answer


@open_entry.get("/wachtwoord", because="takes a password; shows nothing of any plan")
def ask_password() -> Response:
    """Where a name and a password are typed."""
    return page("entry/sign_in.html", unsent=Unsent(), errors={}, login="")


@open_entry.post("/wachtwoord", because="takes a password: guesses are counted, every refusal is the same")
def open_password() -> Response:
    """Let this browser in wherever the account sits."""
    return _open_password()


def _open_password() -> Response:
    form, kept, who = PasswordForm(), carried(), caller()
    try:
        opened = keys.open_password(form.login.data or "", form.password.data or "", who)
    except Refused as refused:
        errors = {"login": account_words.sentence(refused.reason)}
        status = TOO_MANY if _is_wait(refused) else 422
        answer = again("entry/sign_in.html", status, unsent=kept, errors=errors, login=form.login.data)
        keep_mark(answer, who)
        return answer
    answer = inside(opened.account, kept)
    know_again(answer, who, opened.proof)
    return answer


@open_entry.post("/slot/begin", because="gives a challenge for a passkey, the same for everybody")
def begin_open_lock() -> Response:
    """What the browser must answer."""
    if not keepers.passkeys_work():
        abort(404)
    challenge = locks.new_challenge(now())
    answer = jsonify(locks.to_open(challenge))
    hand_over(answer, url_for("entry.open_lock"), LOCK, challenge)
    return answer


@open_entry.post("/slot", because="takes a passkey: every refusal is the same")
def open_lock() -> Response:
    """Let this browser in wherever the account of a passkey sits."""
    kept, challenge = carried(), handed(LOCK, Challenge)
    try:
        account = keys.open_passkey(request.form.get("answer", ""), challenge)
    except Refused as refused:
        errors = {"lock": account_words.sentence(refused.reason)}
        return again("entry/key.html", unsent=kept, errors=errors)
    answer = inside(account, kept)
    take_away(answer, url_for("entry.open_lock"), LOCK)
    return answer


def inside(account: UUID, kept: Unsent) -> Response:
    """Sign an account in here, and go where its owner was, or where they belong."""
    here = accounts.sign_in(visitor(), account, words.this_device())
    remember(here)
    if any(kept.leads_into(seat.plan) for seat in here.seats):
        return page("entry/send_again.html", unsent=kept, back=True)
    return redirect(words.way_in(account_store.places(account)), 303)


def _is_wait(refused: Refused) -> bool:
    return isinstance(refused.reason, Wait)


def _sit_down(plan: UUID, member: UUID, *, lent_key: bool = False) -> None:
    device = Device(words.this_device(), lent_key=lent_key)
    remember(accounts.take_seat(visitor(), plan, "member", member, device))


# ---- an invitation ---------------------------------------------------------------------------------------------------


@open_entry.get(
    "/welkom/<token>", because="a neutral page that names nobody and uses up nothing, the same for any link"
)
def welcome(token: str) -> Response:
    """Somebody was let in; a person must press the button."""
    return page("entry/welcome.html", token=token[:80])


@open_entry.post("/welkom/<token>", because="opens an invitation once; every refusal is the same")
def join(token: str) -> Response:
    """Come in, and make an own sleutelkaart."""
    try:
        joined = plans.join(token, request.form.get("form_key"), inside=_is_parent_in)
    except Refused as refused:
        return _no_longer(refused.reason)
    if seat_in(joined.plan, "member", joined.member) is None:
        if account_store.was_left(joined.plan, joined.member):
            return _no_longer(Reason.NO_LONGER)
        _sit_down(joined.plan, joined.member)
    return redirect(url_for("entry.own_card", plan=joined.plan), 303)


def _no_longer(reason: Reason) -> Response:
    return again("entry/no_longer.html", 404, sentence=plan_words.sentence(reason))


def _is_parent_in(plan: UUID) -> bool:
    return actor_in(plan).kind is ActorKind.PARENT
