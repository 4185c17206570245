"""Geef de gsm aan ..., and the way back: with a key of who gave it, or leaving altogether. HTTP only."""

from __future__ import annotations

from typing import Any

from flask import abort, g, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts import bunch as keyring
from app.accounts import commands as accounts
from app.accounts import locks
from app.accounts.locks import Challenge
from app.accounts.rules import Wait
from app.change import Refused
from app.childpages import store, words
from app.childpages.room import childpages, open_pages
from app.childpages.store import PageOf
from app.db import now
from app.entry import keeper as keepers
from app.entry import proof
from app.entry.forms import ProofForm
from app.entry.keeper import Keeper
from app.home.rules import may_close
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.web.addresses import front
from app.web.device import caller, keep_mark, know_again
from app.web.handover import hand_over, handed
from app.web.respond import TOO_MANY, UNPROCESSABLE, again, done, left, page
from app.web.session import Lent, forget, lend_phone, lent, remember, seated_in, visitor

PURPOSE = "a lock to take the phone back"


@childpages.get("/kinderen/<uuid:member>/gsm", needs=Action.PHONE_GIVE, load=store.page_of)
def ask_give(actor: Actor, of: PageOf) -> Response:
    """What giving the phone means, and which key brings it back."""
    may = proof.comes_back(keepers.of_seat(actor))
    return page("childpages/give.html", of=of, plan=of.plan, tab="more", words=words, may=may)


@childpages.post("/kinderen/<uuid:member>/gsm", needs=Action.PHONE_GIVE, load=store.page_of)
def give(actor: Actor, of: PageOf) -> Response:
    """From now on this phone opens the child's page and nothing else."""
    here = visitor()
    if not proof.comes_back(keepers.of_seat(actor)) or here is None or actor.plan is None or actor.seat is None:
        return redirect(url_for("childpages.ask_give", member=of.thing.id), 303)
    child = of.child
    if child is None:
        abort(404)
    lend_phone(accounts.turn_session(here), Lent(actor.plan, actor.seat, of.thing.id))
    return left(done(front(actor.plan, child)))


@open_pages.get("/gsm-terug", because="the way back from a lent phone: takes a key; shows nothing of any plan")
def ask_back() -> Response:
    """Geef de gsm terug: a key of who gave it."""
    if lent() is None:
        return redirect(url_for("home.landing"), 303)
    return _page(ProofForm(formdata=None), {})


@open_pages.post("/gsm-terug", because="takes a key of who gave the phone: guesses are counted")
def give_back() -> Response:
    """A password or a card, typed."""
    held, keeper, form, who = lent(), _keeper(), ProofForm(), caller()
    if held is None:
        return redirect(url_for("home.landing"), 303)
    asked = None if keeper is None else proof.every_key(keeper)
    if keeper is None or asked is None:
        return _page(form, {})
    try:
        shown = proof.show(keeper, asked, form, who)
    except Refused as refused:
        errors = {proof.field(form): words.key_sentence(refused.reason)}
        answer = _page(form, errors, TOO_MANY if isinstance(refused.reason, Wait) else UNPROCESSABLE)
        keep_mark(answer, who)
        return answer
    answer = _back(held)
    know_again(answer, who, shown)
    return answer


@open_pages.post("/gsm-terug/slot/begin", because="gives a challenge for a passkey, the same for everybody")
def begin_back_lock() -> Response:
    """What the device must answer."""
    if lent() is None or not keepers.passkeys_work():
        abort(404)
    challenge = locks.new_challenge(now())
    answer = jsonify(locks.to_open(challenge))
    hand_over(answer, url_for("childpages.back_lock"), PURPOSE, challenge)
    return answer


@open_pages.post("/gsm-terug/slot", because="takes a passkey of who gave the phone")
def back_lock() -> Response:
    """A passkey."""
    held, keeper = lent(), _keeper()
    if held is None:
        return redirect(url_for("home.landing"), 303)
    asked = None if keeper is None else proof.every_key(keeper)
    if keeper is None or asked is None:
        return _page(ProofForm(formdata=None), {})
    try:
        proof.show_lock(keeper, asked, request.form.get("answer", ""), handed(PURPOSE, Challenge))
    except Refused as refused:
        return _page(ProofForm(formdata=None), {"lock": words.key_sentence(refused.reason)}, UNPROCESSABLE)
    return _back(held)


@open_pages.post("/gsm-terug/sluit", because="leaves a lent phone altogether: nothing opens there any more")
def close_all() -> Response:
    """Whoever holds the phone closes all of it; a key opens it again."""
    here = visitor()
    if lent() is None or here is None or not _closes():
        return redirect(url_for("childpages.ask_back"), 303)
    accounts.end_session(here)
    forget()
    return left(redirect(url_for("home.landing"), 303), cookies=True)


def _back(held: Lent) -> Response:
    """Who gave the phone has it again, in a session under another token."""
    here = visitor()
    if here is None:
        abort(404)
    remember(accounts.turn_session(here))
    g.pop("actor", None)
    return left(redirect(url_for("home.show", plan=held.plan), 303))


def _keeper() -> Keeper | None:
    """The keys of who gave the phone, as long as their own seat lives."""
    held = lent()
    actor = None if held is None else seated_in(held.plan)
    if held is None or actor is None or actor.kind is not ActorKind.PARENT or actor.seat != held.seat:
        return None
    return keepers.of_seat(actor)


def _closes() -> bool:
    """Whether everything this browser opens with a key can be opened again."""
    here = visitor()
    plans = dict.fromkeys(seat.plan for seat in (here.seats if here else ()) if seat.kind == "member")
    actors = [actor for actor in map(seated_in, plans) if actor.kind is not ActorKind.NOBODY]
    return not actors or may_close([keyring.has_way_back(actor) for actor in actors])


def _page(form: ProofForm, errors: dict[str, str], status: int = 200) -> Response:
    keeper = _keeper()
    asked = None if keeper is None else proof.every_key(keeper)
    shown: dict[str, Any] = {"asked": asked, "form": form, "errors": errors, "held": lent(), "closes": _closes()}
    return again("childpages/give_back.html", status, number=form.card_number.data or "", **shown)
