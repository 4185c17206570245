"""What can be done to the plan, its members and homes: load -> rules -> change, a verb each."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from uuid import UUID

import msgspec
from sqlalchemy.exc import IntegrityError

from app.change import ALONE, Add, Along, BothChanged, Done, Put, Refused, Remove, change, new_id, was_saved
from app.db import Only, now
from app.endings import put_state
from app.items import Thing
from app.keystore import Ended, look_up_hash, record_ending
from app.plan import rules, store
from app.plan.models import HOME, INVITE, MEMBER
from app.plan.nouns import HomeBody, InviteBody, InviteState, MemberBody, MemberState, Role
from app.plan.rules import Reason
from app.plan.store import FactsView, HomesView, HomeView
from app.policy.actions import Action
from app.policy.actor import Actor


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation. `token` is in its link and nowhere else; empty while other parents must still say yes."""

    id: UUID
    token: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Who came in, and where."""

    plan: UUID
    member: UUID


@dataclass(frozen=True, slots=True)
class As:
    """What somebody is let in as: a parent, or a meehelper with the kinds of thing that are opened to them."""

    role: Role = Role.PARENT
    opened: tuple[str, ...] = ()


A_PARENT = As()


def let_in(
    actor: Actor, person: UUID, form_key: str | None, *, new_person: Add | None = None, come: As = A_PARENT
) -> Invited:
    """Invite somebody as a parent or a meehelper.

    Args:
        actor: a parent.
        person: whom; their row may be made in the same change (`new_person`).
        form_key: the key of the form; the same form sent again gives the same invitation.
        new_person: the edit that adds the person.
        come: what they are let in as.

    Raises:
        Refused: they have a key already, or were invited already.
    """
    form_key = form_key or secrets.token_hex(16)
    invite, token = new_id(actor, f"invite/{form_key}"), _token(actor, form_key)
    members = store.members(actor)
    missing = rules.still_to_agree(come.role, _people(actor), store.parents(members))
    if not was_saved(actor, form_key):
        invited = {other.body.person for other in store.living_invites(actor)}
        reason = rules.why_not_let_in(person, {member.body.person for member in members}, invited)
        if reason is not None:
            raise Refused(reason)
    new = Add(
        INVITE,
        InviteBody(role=come.role, person=person, opened=come.opened, agreed=_people(actor)),
        InviteState.WAITING if missing else InviteState.OPEN,
        id=invite,
        due_at=now() + rules.INVITE_LASTS,
        columns={"person_id": person, "token_hash": look_up_hash("invite", token)},
    )
    change(actor, Action.MEMBER_LET_IN, *([new_person] if new_person else []), new, form_key=form_key)
    return Invited(invite, "" if missing else token)


def new_link(actor: Actor, invite: Thing[InviteBody], form_key: str | None) -> Invited:
    """Another link for an invitation every parent agreed to; the one before it opens nothing any more.

    Raises:
        Refused: it is over, or a yes is missing.
    """
    if not _opens(actor, invite):
        raise Refused(Reason.NO_LONGER)
    form_key = form_key or secrets.token_hex(16)
    token = _token(actor, form_key)
    link = Put(
        invite,
        state=InviteState.OPEN,
        due_at=now() + rules.INVITE_LASTS,
        keep_due=False,
        columns={"token_hash": look_up_hash("invite", token)},
    )
    change(actor, Action.MEMBER_LET_IN, link, form_key=form_key)
    return Invited(invite.id, token)


def agree(actor: Actor, invite: Thing[InviteBody]) -> Done:
    """A present parent says yes to a new one; the last yes opens the invitation. Twice is once."""
    found: Thing[InviteBody] | None = invite
    while found is not None and rules.lives(found.state, found.due_at, now()):
        agreed = tuple(dict.fromkeys((*found.body.agreed, *_people(actor))))
        missing = rules.still_to_agree(found.body.role, agreed, store.parents(store.members(actor)))
        if agreed == found.body.agreed and (missing or found.state == InviteState.OPEN):
            return Done(None, (found.id,), repeated=True)
        body = msgspec.structs.replace(found.body, agreed=agreed)
        yes = Put(found, body)
        if not missing:
            yes = Put(found, body, state=InviteState.OPEN, due_at=now() + rules.INVITE_LASTS, keep_due=False)
        try:
            return change(actor, Action.MEMBER_AGREE, yes)
        except BothChanged:
            # Another parent said yes in the same moment: say it again beside theirs.
            found = store.invite(actor, invite.id)
    raise Refused(Reason.NO_LONGER)


def stop_invite(actor: Actor, invite: Thing[InviteBody]) -> None:
    """Any parent stops an invitation, also after a restore. What was used stays used; twice is once."""
    if invite.state in {InviteState.WAITING, InviteState.OPEN}:
        noted = partial(record_ending, invite.id, Ended.INVITE)
        change(actor, Action.MEMBER_STOP, Put(invite, state=InviteState.STOPPED), beside=noted)


def end_invite(invite: UUID) -> None:
    """Nobody comes in with it, after a restore."""
    put_state(INVITE, invite, InviteState.STOPPED, [InviteState.WAITING, InviteState.OPEN])


def join(token: str, form_key: str | None, *, inside: Callable[[UUID], bool] = lambda _plan: False) -> Joined:
    """Somebody opens their invitation: they are a member from now on.

    Args:
        token: from the link.
        form_key: the key of the button they pressed; pressed again in the same browser it lets the same person in.
        inside: whether who presses is a parent in that plan already; then the link waits for the one it is for.

    Raises:
        Refused: NO_LONGER, whatever is the matter with the link; IS_INSIDE for a parent who tries it.
    """
    found = store.invite_of(look_up_hash("invite", token))
    if found is None:
        raise Refused(Reason.NO_LONGER)
    invite, actor = found
    member = new_id(actor, f"member/{invite.id}")
    form_key = f"join/{invite.id}/{form_key or secrets.token_hex(16)}"
    if was_saved(actor, form_key):
        return Joined(invite.plan, member)
    if not _opens(actor, invite):
        raise Refused(Reason.NO_LONGER)
    if inside(invite.plan):
        raise Refused(Reason.IS_INSIDE)
    body = MemberBody(role=invite.body.role, person=invite.body.person, opened=invite.body.opened)
    new = Add(MEMBER, body, MemberState.ACTIVE, id=member, columns={"person_id": invite.body.person})
    used = Put(invite, state=InviteState.USED, alone=True)
    try:
        change(
            replace(actor, kind=store.SITS_AS[body.role], seat=member),
            Action.MEMBER_JOIN,
            new,
            used,
            form_key=form_key,
            beside=lambda: _still_opens(actor, invite),
        )
    except (BothChanged, IntegrityError) as error:
        # In the same moment a parent stopped it, or somebody else opened the same link.
        raise Refused(Reason.NO_LONGER) from error
    return Joined(invite.plan, member)


@dataclass(frozen=True)
class FactsInput:
    """What the form for the facts of the plan asks; everything may stay open."""

    name: str = ""
    signed_up_by: str = ""
    signed_up_question: str = ""
    signed_up_on: date | None = None
    started_on: date | None = None
    ended_on: date | None = None


def change_facts(actor: Actor, facts: FactsView, given: FactsInput, seen: int | None, form_key: str | None) -> Done:
    """Change the facts of the plan.

    Raises:
        Refused: the help would end before it starts.
        BothChanged: somebody changed the same words since version `seen`.
    """
    if was_saved(actor, form_key):
        return Done(None, (facts.thing.id,), repeated=True)
    _allow(rules.why_not_dates(given.started_on, given.ended_on))
    body = msgspec.structs.replace(facts.thing.body, **asdict(given))
    return change(actor, Action.PLAN_CHANGE, Put(facts.thing, body, seen=seen), form_key=form_key)


@dataclass(frozen=True)
class HomeInput:
    """What the form for a home asks."""

    name: str
    sleepers: tuple[UUID, ...] = ()


def add_home(actor: Actor, homes: HomesView, given: HomeInput, form_key: str | None, along: Along = ALONE) -> Done:
    """Name one more home, last in the order."""
    _allow(rules.why_not_people(given.sleepers, [face.id for face in homes.people]))
    place = max((home.position for home in homes.homes), default=0) + 1
    body = HomeBody(audience=along.audience, name=given.name, sleepers=given.sleepers)
    new = Add(HOME, body, Only.ACTIVE, position=place)
    return change(actor, Action.HOME_ADD, new, *along.edits, form_key=form_key)


def change_home(
    actor: Actor, home: HomeView, given: HomeInput, seen: int | None, form_key: str | None, along: Along = ALONE
) -> Done:
    """Change the name of a home and who sleeps there.

    Raises:
        BothChanged: somebody changed the same words since version `seen`.
    """
    if was_saved(actor, form_key):
        return Done(None, (home.thing.id,), repeated=True)
    offered = [face.id for face in home.people]
    _allow(rules.why_not_people(given.sleepers, offered))
    # Whom this actor could not see on the form stays.
    unseen = [one for one in home.thing.body.sleepers if one not in offered]
    body = msgspec.structs.replace(home.thing.body, name=given.name, sleepers=(*unseen, *given.sleepers))
    return change(actor, Action.HOME_CHANGE, Put(home.thing, body, seen=seen), *along.edits, form_key=form_key)


def remove_home(actor: Actor, home: HomeView, form_key: str | None = None, along: Along = ALONE) -> Done:
    """Into the bin. Twice is once."""
    return change(actor, Action.HOME_REMOVE, Remove(home.thing), *along.edits, form_key=form_key)


def _allow(reason: Reason | None) -> None:
    if reason is not None:
        raise Refused(reason)


def _opens(actor: Actor, invite: Thing[InviteBody]) -> bool:
    """Whether an invitation lets somebody in now. Parents who came since it was made must have said yes too; and who
    was taken away from our people does not come in.
    """
    if store.missing_yes(actor, invite) or not store.is_there(actor, invite.body.person):
        return False
    return rules.lives(invite.state, invite.due_at, now())


def _still_opens(actor: Actor, invite: Thing[InviteBody]) -> None:
    """Once more, while nobody else comes in or leaves: two who join at once would need each other's yes."""
    store.hold(invite.plan)
    others = store.parents(store.members(actor)) - {invite.body.person}
    if rules.still_to_agree(invite.body.role, invite.body.agreed, others):
        raise Refused(Reason.NO_LONGER)


def _token(actor: Actor, form_key: str) -> str:
    """256 bits that follow from the key of a form, so that a form sent twice hands over one link."""
    return urlsafe_b64encode(look_up_hash("new invite", f"{actor.plan}/{actor.seat}/{form_key}")).decode().rstrip("=")


def _people(actor: Actor) -> tuple[UUID, ...]:
    return () if actor.person is None else (actor.person,)
