"""The open pages of guests: an invitation, and the own page of an account. They show nothing of any plan. HTTP only."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from app.accounts import store as account_store
from app.accounts.commands import account_of
from app.accounts.words import device
from app.change import Refused
from app.guests import commands, ledger, rules, store, words
from app.guests.forms import WhoForm
from app.guests.nouns import InvitationSecret
from app.policy.actor import ActorKind
from app.sharing import commands as sharing
from app.sharing import seats
from app.sharing import words as sharing_words
from app.sharing.forms import WordForm
from app.sharing.link_views import DEAD, for_the_family
from app.sharing.rules import Reason
from app.sharing.seats import Found
from app.web.device import caller, know_again
from app.web.handover import hand_over, handed, take_away
from app.web.public import Open
from app.web.respond import again, done, page
from app.web.session import actor_in, remember, visitor

open_guests = Open("guests_open", __name__)

INVITATION = "invitation"


# ---- an invitation ---------------------------------------------------------------------------------------------------


@open_guests.get("/gast/<token>", because="an invitation: names nobody, uses nothing up, is the same for every token")
def arrive(token: str) -> Response:
    """The neutral page: previews, scanners and archives come no further."""
    return page("guests/arrive.html", token=token)


@open_guests.post("/gast/<token>", because="opens an invitation; the token is the key, every refusal is the same")
def open_invitation(token: str) -> Response:
    """Come in with an account that is signed in here, or say first who you are."""
    found = _found(token)
    if found is None:
        return page("sharing/dead.html", DEAD)
    here = actor_in(found.plan)
    if here.kind in {ActorKind.PARENT, ActorKind.MEEHELPER}:
        return for_the_family(here, found)
    if found.word_hash and ledger.taken_by(found.share) is None:
        return _ask_word(token, found)
    return _next(token, found)


def _found(token: str) -> Found | None:
    """What an invitation leads to for this browser: nothing when another account took it."""
    found = seats.share_of_token(token)
    if found is None or found.actor.kind is not ActorKind.GUEST:
        return None
    return found if ledger.taken_by(found.share) in {None, account_of(visitor())} else None


def _ask_word(token: str, found: Found) -> Response:
    form, who = WordForm(), caller()
    try:
        proof = sharing.word_told(found, form.word.data if "word" in request.form else None, who)
    except Refused as refused:
        if refused.reason is not Reason.WORD_NEEDED:
            form.refuse("word", sharing_words.sentence(refused.reason))
        address = url_for("guests.open_invitation", token=token)
        return again("sharing/word.html", token=token, form=form, action=address)
    answer = _next(token, found)
    know_again(answer, who, proof)
    return answer


def _next(token: str, found: Found) -> Response:
    account = account_of(visitor())
    if account is None or not account_store.account(account).name:
        answer = page("guests/who.html", token=token, form=WhoForm(formdata=None))
        hand_over(answer, url_for("guests.home"), INVITATION, InvitationSecret(token))
        return answer
    try:
        remember(commands.take(found, visitor(), account, device(request.user_agent.string)))
    except Refused as refused:
        return _not_here(refused)
    return done(url_for("home.show", plan=found.plan))


def _not_here(refused: Refused) -> Response:
    if refused.reason is rules.Reason.IS_HERE:
        return again("guests/already.html")
    return page("sharing/dead.html", DEAD)


@open_guests.post("/gast/<token>/ik", because="takes an invitation with a new account; every refusal is the same")
def accept(token: str) -> Response:
    """A first account: how they are called and where they work."""
    found, form = _found(token), WhoForm()
    if found is None or actor_in(found.plan).kind in {ActorKind.PARENT, ActorKind.MEEHELPER}:
        return page("sharing/dead.html", DEAD)
    if not sharing.knows_word(found, caller()):
        return _ask_word(token, found)
    if not form.validate():
        return again("guests/who.html", token=token, form=form)
    try:
        new = commands.take_first(
            found, visitor(), form.name.data, form.organisation.data or "", device(request.user_agent.string)
        )
    except Refused as refused:
        return _not_here(refused)
    remember(new)
    answer = done(url_for("guests.home"))
    take_away(answer, url_for("guests.home"), INVITATION)
    return answer


# ---- the own page ----------------------------------------------------------------------------------------------------


@open_guests.get("/te-gast", because="an account's own page: only what the account of this session holds")
def home() -> Response:
    """Te gast bij: the families that asked this somebody into their plan."""
    waiting = handed(INVITATION, InvitationSecret)
    token = waiting.token if waiting is not None and _found(waiting.token) is not None else ""
    return page("guests/home.html", board=store.home(visitor()), token=token, words=words)
