"""What can be done to shares: load -> rules -> change, a verb each. Looks: `ledger.py`; audiences: `choosing.py`."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from argon2.exceptions import VerifyMismatchError

from app.accounts.chance import HASHER
from app.accounts.commands import count_guess, end_places_of, forget_guess, take_seat
from app.accounts.rules import Subject, network_of
from app.change import Add, Done, Put, Refused, change, enter, new_id, was_saved
from app.endings import put_state
from app.items import Thing
from app.keystore import Ended, look_up_hash, record_ending
from app.people.models import PERSON
from app.policy.actions import Action
from app.policy.actor import Actor, system
from app.policy.audience import is_private
from app.sharing import rules
from app.sharing.models import SHARE
from app.sharing.nouns import ShareBody, ShareState
from app.sharing.rules import Reason
from app.sharing.seats import Found
from app.sharing.store import (
    Board,
    ShareView,
    open_with,
    outsiders_of,
)
from app.web.device import Caller
from app.web.session import Visitor


@dataclass(frozen=True)
class ShareInput:
    """What the steps of sharing ask.

    Attributes:
        opened: the kinds of thing it opens.
        until: the last local day it works.
        things: single things to open by hand.
        alone: hosted by the actor alone.
        word: an agreed word, told aloud; empty for none.
        guest: a begeleider's seat, not a link.
    """

    opened: tuple[str, ...]
    until: date
    things: tuple[Thing[Any], ...] = ()
    alone: bool = False
    word: str = ""
    guest: bool = False


class LinkSecret(msgspec.Struct):
    """The token of a new link: in its address, and in the cookie that hands it over."""

    token: str


@dataclass(frozen=True)
class Made:
    """A share with a new link."""

    share: UUID
    secret: LinkSecret


def make(actor: Actor, board: Board, person: UUID, given: ShareInput, form_key: str | None) -> Made:
    """Share with one person.

    Raises:
        Refused: nobody the family knows, somebody with an own key or with a link already, or a thing that is not this
            actor's to open.
    """
    form_key = form_key or secrets.token_hex(16)
    whom = board.whole.get(PERSON, person)
    if was_saved(actor, form_key):
        return _made(actor, form_key)
    _refuse(rules.why_not_share_with(person, [one.id for one in board.whole.all(PERSON)], board.key_holders))
    if board.share_with(person, alone=given.alone) is not None:
        raise Refused(Reason.HAS_A_LINK)
    # Whom only one parent knows of, only that parent can share with.
    alone = given.alone or (whom is not None and is_private(whom.facts))
    body = ShareBody(
        person=person,
        opened=given.opened,
        until=given.until,
        alone=alone,
        guest=given.guest,
        word_hash=_hashed(given.word),
    )
    if alone and whom is not None:
        body = msgspec.structs.replace(body, called=whom.body.name, ring=whom.body.ring)
    new = _share(actor, body, person, board.whole.zone, form_key)
    change(actor, Action.SHARE_MAKE, new, *_openings(actor, board, person, given, alone=alone), form_key=form_key)
    return _made(actor, form_key)


def edit(actor: Actor, share: ShareView, board: Board, given: ShareInput, form_key: str | None) -> Done:
    """Choose again what a share opens and until when; its link stays the same.

    Raises:
        Refused: it was stopped, or a thing is not this actor's to open.
    """
    _refuse(rules.why_not_go_on(share.thing.state))
    old = share.thing.body
    body = msgspec.structs.replace(old, opened=given.opened, until=given.until)
    put = Put(share.thing, body, due_at=rules.ends_at(given.until, share.whole.zone), keep_due=False)
    openings = _openings(actor, board, old.person, given, alone=old.alone)
    return change(actor, Action.SHARE_CHANGE, put, *openings, form_key=form_key)


def extend(actor: Actor, share: ShareView, form_key: str | None) -> Done:
    """Three months more.

    Raises:
        Refused: it was stopped.
    """
    _refuse(rules.why_not_go_on(share.thing.state))
    until = rules.later(share.thing.body.until, share.today)
    body = msgspec.structs.replace(share.thing.body, until=until)
    put = Put(share.thing, body, due_at=rules.ends_at(until, share.whole.zone), keep_due=False)
    return change(actor, Action.SHARE_EXTEND, put, form_key=form_key)


def renew(actor: Actor, share: ShareView, form_key: str | None) -> Made:
    """A new link for the same; the old one stops, and with it every browser that it opened.

    Raises:
        Refused: it was stopped, or a guest came in with it.
    """
    form_key = form_key or secrets.token_hex(16)
    if not was_saved(actor, form_key):
        _refuse(rules.why_not_go_on(share.thing.state) or (Reason.IS_A_GUEST if share.taken else None))
        old = share.thing.body
        until = old.until if share.works else rules.later(old.until, share.today)
        row = old.person if share.whole.knows(old.person) else None
        new = _share(actor, msgspec.structs.replace(old, until=until), row, share.whole.zone, form_key)
        stopped, ended = Put(share.thing, state=ShareState.STOPPED), partial(end_for_good, share.thing.id)
        change(actor, Action.SHARE_EXTEND, new, stopped, form_key=form_key, beside=ended)
    return _made(actor, form_key)


def stop(actor: Actor, share: ShareView) -> Done:
    """Its link opens nothing from the next request on, also after a restore. Twice is once."""
    stopped, ended = Put(share.thing, state=ShareState.STOPPED), partial(end_for_good, share.thing.id)
    return change(actor, Action.SHARE_STOP, stopped, beside=ended)


def close_with(who: Actor, person: Thing[Any]) -> None:
    """Somebody takes a person away, or brings them back: no link of theirs that "wij" host, or who does it, opens
    anything again until somebody shares with them anew.

    Inside that change. What another parent shares with them alone is that parent's: it goes on, and nothing tells
    that it is there.
    """
    actor = system("a person goes or comes back", person.plan)
    for share in open_with(person):
        if share.body.alone and share.body.writer != who.person:
            continue
        enter(actor, Action.SHARE_STOP, Put(share, state=ShareState.STOPPED))
        end_for_good(share.id)


@dataclass(frozen=True)
class OpenedLink:
    """A browser that was let in; `proof` is for a browser that knew the agreed word."""

    visitor: Visitor
    proof: str = ""


def open_link(found: Found, before: Visitor | None, typed: str | None, caller: Caller, device: str) -> OpenedLink:
    """Let a browser look through a link.

    Args:
        found: what the link leads to.
        before: the session of this browser until now; it keeps its other seats.
        typed: the agreed word, when one was typed.
        caller: where the request comes from, for counting guesses.
        device: what a person may recognise this browser by.

    Raises:
        Refused: WORD_NEEDED, WORD_WRONG, or `accounts.rules.Wait` after too many guesses from here.
    """
    proof = word_told(found, typed, caller) if found.word_hash else ""
    return OpenedLink(take_seat(before, found.plan, "link", found.share, device), proof)


def _openings(actor: Actor, board: Board, person: UUID | None, given: ShareInput, *, alone: bool) -> list[Put]:
    """Opening single things by hand, beside what a share opens by kind."""
    edits = []
    for thing in given.things:
        if person is None or is_private(thing.facts) is not alone:
            raise Refused(Reason.NOT_HERE)
        audience = rules.opened_to(thing.facts, person, outsiders_of(board.readers, thing.facts))
        _refuse(rules.why_not_choose(actor.person, thing.facts, audience))
        body = msgspec.structs.replace(thing.body, audience=audience)
        edits.append(Put(thing, body, needs=Action.AUDIENCE_CHANGE))
    return edits


def _share(actor: Actor, body: ShareBody, person: UUID | None, zone: str, form_key: str) -> Add:
    return Add(
        SHARE,
        body,
        ShareState.ACTIVE,
        id=new_id(actor, form_key),
        due_at=rules.ends_at(body.until, zone) if body.until else None,
        columns={"person_id": person, "token_hash": look_up_hash("share", _token(actor, form_key))},
    )


def _token(actor: Actor, form_key: str) -> str:
    """The token of the link this form makes (256 bits that need the look-up key): the same when it is sent twice."""
    made = look_up_hash("share token", f"{actor.plan}/{actor.person}/{form_key}")
    return base64.urlsafe_b64encode(made).decode("ascii").rstrip("=")


def _made(actor: Actor, form_key: str) -> Made:
    return Made(new_id(actor, form_key), LinkSecret(_token(actor, form_key)))


def end_for_good(share: UUID) -> None:
    """Nobody sits there any more in any browser, also after a restore. Inside the change that ends it, so that
    nothing comes between.
    """
    record_ending(share, Ended.SHARE)
    end_places_of(share)


def end_again(share: UUID) -> None:
    """The same, after a restore."""
    put_state(SHARE, share, ShareState.STOPPED, [ShareState.ACTIVE])
    end_places_of(share)


def knows_word(found: Found, caller: Caller) -> bool:
    """Whether this browser told the agreed word before, or there is none."""
    return not found.word_hash or _proof(found, caller) in caller.proofs


def word_told(found: Found, typed: str | None, caller: Caller) -> str:
    """Hold a typed word against the agreed one. A browser that knew it once has guesses of its own, so that nobody
    else's slow it down; other browsers share those of their address, for this link only.
    """
    proof = _proof(found, caller)
    if typed is None:
        raise Refused(Reason.WORD_NEEDED)
    known = proof in caller.proofs
    by = Subject.DEVICE if known else Subject.WORD
    guess = count_guess({by: f"{caller.mark if known else network_of(caller.address)}/{found.share}"})
    try:
        HASHER.verify(found.word_hash, _keyed(typed))
    except VerifyMismatchError as error:
        raise Refused(Reason.WORD_WRONG) from error
    forget_guess(guess)
    return proof


def _proof(found: Found, caller: Caller) -> str:
    return look_up_hash("opened", f"{caller.mark}/{found.share}").hex()[:32]


def _hashed(word: str) -> str:
    return HASHER.hash(_keyed(word)) if rules.agreed_word(word) else ""


def _keyed(word: str) -> str:
    """A word under a key that does not lie beside its hash: without the key store there is nothing to guess at."""
    return look_up_hash("share word", rules.agreed_word(word)).hex()


def _refuse(reason: Reason | None) -> None:
    if reason is not None:
        raise Refused(reason)
