"""What can be done about whom a child trusts: load -> rules -> change, a verb each."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from uuid import UUID

import msgspec

from app.accounts.commands import end_places_of, take_seat
from app.change import Add, Done, Put, Refused, change, new_id, was_saved
from app.children.commands import own_layer
from app.children.models import TRUSTED
from app.children.nouns import SaidBody, TrustedBody, TrustedState
from app.endings import put_state
from app.items import Thing
from app.keystore import Ended, look_up_hash, record_ending
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.audience import Audience, Who
from app.sharing.rules import ends_at, later
from app.trusted import rules
from app.trusted.rules import Reason
from app.trusted.seats import Found
from app.trusted.store import Circle, TrustedView
from app.web.session import Visitor


class TrustedSecret(msgspec.Struct):
    """The token of a new link: in its address, and in the cookie that hands it over."""

    token: str


@dataclass(frozen=True)
class Made:
    """Somebody who was named, with a new link; of a form that was sent before, when that was."""

    trusted: UUID
    secret: TrustedSecret
    repeated: bool = field(default=False, compare=False)
    at: datetime | None = field(default=None, compare=False)


def name(circle: Circle, called: str, form_key: str | None) -> Made:
    """A child names somebody it trusts; the child's own layer is made when this is its first thing.

    Raises:
        Refused: there is no name, or there are many already.
        NotPermitted: who asks is no child.
    """
    form_key = form_key or secrets.token_hex(16)
    there = circle.me or own_layer(circle.child, circle.zone)
    made = Made(new_id(there, form_key), TrustedSecret(_token(there, form_key)))
    if was_saved(there, form_key):
        return _before(circle, made)
    _refuse(rules.why_not_name(called, circle.working))
    until = rules.first_end(circle.today)
    new = _row(TrustedBody(name=called, child=circle.mine, until=until, zone=circle.zone), made)
    change(there, Action.TRUSTED_NAME, new, form_key=form_key)
    return made


def renew(view: TrustedView, form_key: str | None) -> Made:
    """A new link for the same person, who sees what they saw; the old one opens nothing more, also after a restore.

    Raises:
        Refused: it was stopped.
    """
    form_key = form_key or secrets.token_hex(16)
    child, old = view.there, view.thing
    made = Made(new_id(child, form_key), TrustedSecret(_token(child, form_key)))
    if was_saved(child, form_key):
        return _before(view.circle, made)
    _refuse(rules.why_not_go_on(old.state))
    until = max(old.body.until or view.today, view.today + rules.LASTS)
    new = _row(msgspec.structs.replace(old.body, until=until), made)
    stopped = Put(old, state=TrustedState.STOPPED, alone=True, needs=Action.TRUSTED_STOP)
    moved = [_now_for(one, old.id, made.trusted) for one in view.told]
    change(child, Action.TRUSTED_NAME, new, stopped, *moved, form_key=form_key, beside=partial(end_for_good, old.id))
    return made


def _before(circle: Circle, made: Made) -> Made:
    thing = circle.kept.get(TRUSTED, made.trusted)
    return replace(made, repeated=True, at=None if thing is None else thing.created_at)


def _row(body: TrustedBody, made: Made) -> Add:
    """Whom a child names, with a link that lasts until the day in the body."""
    return Add(
        TRUSTED,
        msgspec.structs.replace(body, audience=Audience(Who.ME_AND, people=(made.trusted,))),
        TrustedState.ACTIVE,
        id=made.trusted,
        due_at=ends_at(body.until, body.zone) if body.until else None,
        columns={"token_hash": look_up_hash("trusted", made.secret.token)},
    )


def _now_for(said: Thing[SaidBody], old: UUID, new: UUID) -> Put:
    """What was told to somebody, told to them through their new link."""
    people = tuple(new if one == old else one for one in said.body.audience.people)
    body = msgspec.structs.replace(said.body, audience=Audience(Who.ME_AND, people=people))
    return Put(said, body, alone=True, needs=Action.OWN_CHANGE)


def extend(view: TrustedView, form_key: str | None) -> Done:
    """Nog 3 maanden.

    Raises:
        Refused: it was stopped.
    """
    _refuse(rules.why_not_go_on(view.thing.state))
    until = later(view.thing.body.until, view.today)
    body = msgspec.structs.replace(view.thing.body, until=until)
    put = Put(view.thing, body, due_at=ends_at(until, body.zone), keep_due=False, alone=True)
    return change(view.there, Action.OWN_CHANGE, put, form_key=form_key)


def stop(actor: Actor, thing: Thing[TrustedBody]) -> Done:
    """Nobody opens anything with it from the next request on, also after a restore. Twice is once.

    Args:
        actor: the child in its own layer, or that person.
        thing: whom it is about.
    """
    ended = partial(end_for_good, thing.id)
    return change(actor, Action.TRUSTED_STOP, Put(thing, state=TrustedState.STOPPED), beside=ended)


def end_for_good(trusted: UUID) -> None:
    """Nobody sits there any more in any browser, also after a restore. Inside the change that ends it."""
    record_ending(trusted, Ended.TRUSTED)
    end_places_of(trusted)


def end_again(trusted: UUID) -> None:
    """The same, after a restore."""
    put_state(TRUSTED, trusted, TrustedState.STOPPED, [TrustedState.ACTIVE])
    end_places_of(trusted)


def open_link(found: Found, before: Visitor | None, device: str) -> Visitor:
    """Let a browser in; it keeps its other seats."""
    return take_seat(before, found.layer, "trusted", found.trusted, device)


def _token(child: Actor, form_key: str) -> str:
    """The token of the link this form makes (256 bits that need the look-up key): the same when it is sent twice."""
    made = look_up_hash("trusted token", f"{child.plan}/{form_key}")
    return base64.urlsafe_b64encode(made).decode("ascii").rstrip("=")


def _refuse(reason: Reason | None) -> None:
    if reason is not None:
        raise Refused(reason)
