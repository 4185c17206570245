"""Own keys: a passkey, a password, an address for a lost key. For a member on the pages of the plan; for who signed in
with an account (a guest) on the same pages under /jij (`my_...`), which show nothing of any plan. HTTP only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import abort, jsonify, redirect, request
from werkzeug.wrappers import Response

from app.accounts import keys, locks, owners, recovery
from app.accounts import words as account_words
from app.accounts.locks import Challenge
from app.accounts.owners import ADDRESS, PASSWORD
from app.accounts.rules import Wait
from app.change import Refused
from app.db import now
from app.entry import commands, proof, words
from app.entry import keeper as keepers
from app.entry.forms import AddressForm, PasswordForm
from app.entry.helper_views import entry
from app.entry.keeper import Keeper, KeptLock, KeptQuestion
from app.entry.open_views import open_entry
from app.policy.actions import Action
from app.policy.actor import Actor
from app.translations import gettext as _
from app.web.device import caller, know_again
from app.web.handover import hand_over, handed, take_away
from app.web.respond import again, done, page

__all__ = ["both", "entry", "values"]

TOO_MANY, UNPROCESSABLE = 429, 422
PURPOSE = "a new lock"
# No mail for a lost key of a child: who reads its mailbox, a parent maybe, would come in and read what it keeps.
BY_MAIL = "/sleutels/adres"

Find = Callable[..., Any]


def both(method: str, rule: str, find: Find = keepers.itself, *, first: str | None = None) -> Callable[[Find], Find]:
    """A page of a member, guarded as every page of a plan, and the same of an account.

    Args:
        method: `get` or `post`.
        rule: its address.
        find: what the view is given, of who keeps the keys.
        first: a key is shown first, and then this person goes on to what this names.
    """

    def decorate(own_view: Find) -> Find:
        view = own_view if first is None else _after_proof(own_view, first)

        def not_for(keeper: Keeper) -> bool:
            return rule.startswith(BY_MAIL) and keeper.is_child

        def load(actor: Actor, **ids: UUID) -> Any:
            keeper = keepers.of_member(actor)
            return None if keeper is None or not_for(keeper) else find(keeper, **ids)

        def of_member(_actor: Actor, found: Any) -> Response:
            answer: Response = view(found)
            return answer

        def of_account(**ids: UUID) -> Response:
            keeper = keepers.of_account()
            found = None if keeper is None or not_for(keeper) else find(keeper, **ids)
            answer: Response = abort(404) if found is None else view(found)
            return answer

        of_member.__name__, of_account.__name__ = own_view.__name__, f"my_{own_view.__name__}"
        getattr(entry, method)(rule, needs=Action.CARD_MAKE, load=load)(of_member)
        because = "keys of the account this browser is signed in with; shows nothing of any plan"
        getattr(open_entry, method)(f"/jij{rule}", because=because)(of_account)
        return own_view

    return decorate


def _after_proof(view: Find, to: str) -> Find:
    def asked(keeper: Keeper) -> Response:
        if keeper.may and proof.missing(keeper) is not None:
            return redirect(keeper.url("prove_first", naar=to), 303)
        answer: Response = view(keeper)
        return answer

    return asked


def values(keeper: Keeper, **more: Any) -> dict[str, Any]:
    """What every page about somebody's keys shows."""
    in_plan = {} if keeper.actor is None else {"plan": True, "tab": "more"}
    return {"keeper": keeper, "words": words, "keepers": keepers, **in_plan, **more}


@both("get", "/sleutels")
def key_choice(keeper: Keeper) -> Response:
    """Welke sleutel wil je maken?"""
    return page("entry/keys.html", **values(keeper))


# ---- a passkey -------------------------------------------------------------------------------------------------------


@both("get", "/sleutels/slot")
def lock(keeper: Keeper) -> Response:
    """Het slot van dit toestel."""
    return page("entry/lock.html", **values(keeper))


@both("post", "/sleutels/slot/begin")
def begin_lock(keeper: Keeper) -> Response:
    """What the browser must answer."""
    if not (keeper.may and keepers.passkeys_work()):
        abort(404)
    challenge = locks.new_challenge(now(), keeper.future)
    others = [lock.body.credential for lock in keeper.locks]
    answer = jsonify(locks.to_make(challenge, keeper.called or words.nameless(), others))
    hand_over(answer, keeper.url("make_lock"), PURPOSE, challenge)
    return answer


@both("post", "/sleutels/slot")
def make_lock(keeper: Keeper) -> Response:
    """Keep the passkey the browser made."""
    try:
        commands.make_lock(keeper, request.form.get("answer", ""), handed(PURPOSE, Challenge), words.this_device())
    except Refused as refused:
        errors = {"lock": account_words.sentence(refused.reason)}
        return again("entry/lock.html", **values(keeper, errors=errors))
    answer = done(keeper.back, _("Het slot van dit toestel is nu je sleutel."))
    take_away(answer, keeper.url("make_lock"), PURPOSE)
    return answer


@both("post", "/sleutels/slot/<uuid:passkey>/stop", find=keepers.lock_of)
def stop_lock(kept: KeptLock) -> Response:
    """A passkey opens nothing any more."""
    keys.stop_passkey(kept.lock)
    return done(kept.keeper.back, _("Dat slot opent niets meer."))


@both("post", "/sleutels/slot/<uuid:passkey>/van-mij", find=keepers.lock_of)
def know_lock(kept: KeptLock) -> Response:
    """A new passkey is one's own; only another device than the one that made it can say so."""
    if not kept.made_here:
        keys.know_passkey(kept.lock)
    return done(kept.keeper.back, _("Goed. Dat slot blijft een sleutel."))


# ---- a password ------------------------------------------------------------------------------------------------------


@both("get", "/sleutels/wachtwoord", first="wachtwoord")
def password(keeper: Keeper) -> Response:
    """Kies een wachtwoord."""
    about = keeper.about
    form = PasswordForm(formdata=None, login="" if about is None else about.login)
    return page("entry/password.html", **values(keeper, form=form))


@both("post", "/sleutels/wachtwoord", first="wachtwoord")
def set_password(keeper: Keeper) -> Response:
    """Keep a name and a password."""
    form, who, status = PasswordForm(), caller(), UNPROCESSABLE
    if form.validate():
        try:
            opened = commands.set_password(keeper, form.login.data, form.password.data or "", who)
        except Refused as refused:
            form.refuse(words.field_of(refused.reason), account_words.sentence(refused.reason))
            status = TOO_MANY if isinstance(refused.reason, Wait) else UNPROCESSABLE
        else:
            answer = done(keeper.back, _("Je wachtwoord is bewaard."))
            know_again(answer, who, opened.proof)
            proof.give(answer, replace(keeper, bunch=keys.bunch(opened.account)))
            return answer
    return again("entry/password.html", status, **values(keeper, form=form))


@both("post", "/sleutels/wachtwoord/stop")
def stop_password(keeper: Keeper) -> Response:
    """The password opens nothing any more; one that somebody else may have chosen is stopped without a key."""
    if not keeper.is_news(PASSWORD) and keeper.may and proof.missing(keeper) is not None:
        return redirect(keeper.url("prove_first"), 303)
    if keeper.account is not None:
        keys.drop_password(keeper.account)
    return done(keeper.back, _("Je wachtwoord opent niets meer."))


@both("post", "/sleutels/wachtwoord/van-mij")
def know_password(keeper: Keeper) -> Response:
    """A new password is one's own; only another device than the one that chose it can say so."""
    return _known(keeper, PASSWORD)


def _known(keeper: Keeper, sort: str) -> Response:
    if keeper.account is not None and keeper.is_news(sort):
        owners.know_news(keeper.account, sort)
    return done(keeper.back, _("Goed. Dat was jij."))


# ---- an address, for a lost key --------------------------------------------------------------------------------------


@both("get", "/sleutels/adres", first="adres")
def address(keeper: Keeper) -> Response:
    """Waar mailen wij naartoe als je je sleutel kwijt bent?"""
    about = keeper.about
    form = AddressForm(formdata=None, email="" if about is None else about.recovery)
    return page("entry/address.html", **values(keeper, form=form))


@both("post", "/sleutels/adres", first="adres")
def set_address(keeper: Keeper) -> Response:
    """Keep that address; nothing typed takes it away."""
    form = AddressForm()
    if form.validate():
        try:
            commands.keep_address(keeper, form.email.data)
        except Refused as refused:
            form.refuse("email", account_words.sentence(refused.reason))
        else:
            return done(keeper.back, _("Bewaard."))
    return again("entry/address.html", **values(keeper, form=form))


@both("post", "/sleutels/adres/van-mij")
def know_address(keeper: Keeper) -> Response:
    """The same of an address."""
    return _known(keeper, ADDRESS)


@both("post", "/sleutels/adres/stop")
def stop_address(keeper: Keeper) -> Response:
    """An address that somebody else may have chosen gets no mail."""
    if keeper.account is None or not keeper.is_news(ADDRESS):
        return redirect(keeper.url("address"), 303)
    recovery.keep_address(keeper.account, "")
    return done(keeper.back, _("Dat adres krijgt geen mail meer."))


@both("post", "/sleutels/kwijt/<uuid:recovery>/stop", find=keepers.asked_of)
def stop_recovery(kept: KeptQuestion) -> Response:
    """Somebody asked for a new key, and it was not this person."""
    recovery.stop(kept.asked)
    return done(kept.keeper.back, _("Gestopt. Die mail maakt geen sleutel meer."))
