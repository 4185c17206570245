"""Who is behind a request: a server-side session that may hold seats in several plans.

Flask-Login keeps a random token in the signed cookie; the session row behind it (room `accounts`) is found by its
hash. What a seat means now is asked of the room that gave it, at every request, so that a stop works at once.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from flask import Flask, g, session
from flask_login import AnonymousUserMixin, LoginManager, UserMixin, current_user, login_user

from app.db import now
from app.policy.actor import NOBODY, Actor, ActorKind
from app.rooms import SEATS, ended

LASTS, TURN = timedelta(days=90), "turn"
SCRIBE, SCRIBE_LASTS = "scribe", timedelta(hours=2)
LENT, OPEN_BOX, SLOT = "lent", "box", "slot"
IN_HAND, BEGAN = "said", "began"  # of room `children`, `in_hand.py`
SINCE, FRESH = "since", timedelta(minutes=10)
ORDER = ("member", "guest", "link", "trusted")


@dataclass(frozen=True, slots=True)
class Seat:
    """One place in one plan that a session holds; `holder` is the member or share it comes from."""

    id: UUID
    plan: UUID
    kind: str
    holder: UUID
    sealed: bytes = field(default=b"", repr=False, compare=False)


class Visitor(UserMixin):  # type: ignore[misc]
    """The session of a browser: its token, its row, its seats, and the account somebody signed in with, if any."""

    def __init__(
        self,
        token: str,
        session_id: UUID,
        seats: tuple[Seat, ...],
        seen_at: datetime | None = None,
        account: UUID | None = None,
    ) -> None:
        self.token, self.session_id, self.seats, self.seen_at = token, session_id, seats, seen_at
        self.account = account

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie."""
        return self.token


def install(app: Flask, visitor_of: Callable[[str], Visitor | None], secure: bool) -> None:
    """Join sessions to the app.

    Args:
        app: the app.
        visitor_of: finds the session of a token, None when there is none or it ended.
        secure: whether cookies are for https only.
    """
    app.config.update(
        SESSION_COOKIE_NAME="__Host-onsplan" if secure else "onsplan",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=LASTS,
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    # No page is told who sits here but by `actor`: the calendar of Snel weg shows without any database.
    manager = LoginManager(app, add_context_processor=False)
    # Phones change address all day, so a session is not bound to one: see docs/decisions/0004-sessions.md.
    manager.session_protection = None
    manager.user_loader(visitor_of)


def visitor() -> Visitor | None:
    """The session behind this request, if any."""
    found: object = current_user._get_current_object()  # noqa: SLF001 - what stands behind Flask-Login's proxy
    return found if isinstance(found, Visitor) else None


def actor_in(plan: UUID) -> Actor:
    """Who this browser is in a plan now; nobody when no seat of it lives."""
    if "actors" not in g:
        g.actors = {}
    if plan not in g.actors:
        g.actors[plan] = _actor_in(plan)
    actor: Actor = g.actors[plan]
    return actor


def _actor_in(plan: UUID) -> Actor:
    held = lent()
    return seated_in(plan) if held is None else _child_in(plan, held)


def seated_in(plan: UUID) -> Actor:
    """Who this browser's own seats make it, also while the phone is lent: for what ends them, never for what opens."""
    here = visitor()
    seats = [seat for seat in here.seats if seat.plan == plan] if here is not None else []
    for kind in ORDER:
        found = [SEATS[kind](plan, seat.holder) for seat in seats if seat.kind == kind]
        living = [actor for actor in found if actor is not None]
        if living:
            return _with_scribe(foremost(living))
    if seats:
        ended(plan)
    return NOBODY


def _child_in(plan: UUID, held: Lent) -> Actor:
    """On a lent phone: the child in that one plan, as long as the lender's own seat and the child's page live. When one
    of them ended nobody sits here, and never the lender.
    """
    if plan != held.plan or seat_in(plan, "member", held.seat) is None:
        return NOBODY
    lender, child = SEATS["member"](plan, held.seat), SEATS["member"](plan, held.child)
    if lender is None:
        ended(plan)
    if lender is None or lender.kind is not ActorKind.PARENT or child is None or child.kind is not ActorKind.CHILD:
        return NOBODY
    return replace(child, lent=True)


def foremost(living: Iterable[Actor]) -> Actor:
    """Of several places of one sort the one that counts: of one parent alone, for what is written there reaches the
    fewest people. The other opens when that one is over.
    """
    return min(living, key=lambda actor: actor.hosted_by is None)


def _with_scribe(actor: Actor) -> Actor:
    """A parent, with who types on their phone now: only in that plan, and through the very seat that gave the phone."""
    held = phone_given()
    if held is None or actor.kind is not ActorKind.PARENT or (held.plan, held.seat) != (actor.plan, actor.seat):
        return actor
    return replace(actor, scribe=held.scribe)


@dataclass(frozen=True, slots=True)
class Given:
    """A parent gave this phone to somebody who types for them."""

    plan: UUID
    seat: UUID
    scribe: UUID


def give_phone(actor: Actor, scribe: UUID) -> None:
    """From now on, for two hours, who sits here types for the actor; it is kept in this browser's signed cookie."""
    until = (now() + SCRIBE_LASTS).timestamp()
    session[SCRIBE] = {"plan": str(actor.plan), "seat": str(actor.seat), "scribe": str(scribe), "until": until}
    g.pop("actors", None)


def take_phone_back() -> None:
    """The parent has the phone again."""
    session.pop(SCRIBE, None)
    g.pop("actors", None)


def phone_given() -> Given | None:
    """Who types on this phone now, and for which seat; nobody after two hours."""
    held = session.get(SCRIBE)
    if held is None or held["until"] <= now().timestamp():
        return None
    return Given(UUID(held["plan"]), UUID(held["seat"]), UUID(held["scribe"]))


@dataclass(frozen=True, slots=True)
class Lent:
    """A parent gave this phone to a child: the plan, the lender's own member row, and that of the child."""

    plan: UUID
    seat: UUID
    child: UUID


def lend_phone(new: Visitor, held: Lent) -> None:
    """From now on who sits here is that child, until the lender shows a key (decision 0026).

    `new` is this browser's session under another token: the one from before opens nothing any more. So an answer that
    was on its way to another tab, and puts the cookie from before back, gives nobody the phone back.
    """
    _turn(new)
    session[LENT] = {"plan": str(held.plan), "seat": str(held.seat), "child": str(held.child)}


def lent() -> Lent | None:
    """To which child this phone is lent now."""
    held = session.get(LENT)
    return None if held is None else Lent(UUID(held["plan"]), UUID(held["seat"]), UUID(held["child"]))


def open_box(mark: str) -> None:
    """Who sits here showed the pictures that close what a child keeps; `mark` is of that child and those pictures."""
    session[OPEN_BOX] = mark


def box_open() -> str | None:
    """The mark of the pictures somebody showed here, and did not close again since."""
    mark: str | None = session.get(OPEN_BOX)
    return mark


def close_box() -> None:
    """What a child keeps asks for its pictures again, and what it said a moment ago is at hand no more."""
    for held in (OPEN_BOX, IN_HAND, BEGAN):
        session.pop(held, None)


def put_on_slot(new: Visitor, plan: UUID) -> None:
    """A child closed its page on its own device; as at `lend_phone`, no cookie from before opens it."""
    _turn(new)
    session[SLOT] = str(plan)


def _turn(new: Visitor) -> None:
    """The same session under another token, which nobody opened with a key."""
    remember(new)
    session.pop(SINCE)


def on_slot() -> UUID | None:
    """The plan in which a child closed its page here."""
    held = session.get(SLOT)
    return None if held is None else UUID(held)


def take_off_slot() -> None:
    """The child showed its pictures."""
    session.pop(SLOT, None)


def actor_through(plan: UUID, kind: str, holder: UUID) -> Actor:
    """Who this browser is through one seat, whatever other seats it holds; nobody when that seat does not live, and on
    a lent phone.
    """
    if lent() is not None:
        return NOBODY
    seat = seat_in(plan, kind, holder)
    actor = SEATS[seat.kind](plan, seat.holder) if seat is not None else None
    if seat is not None and actor is None:
        ended(plan)
    return actor or NOBODY


def seat_in(plan: UUID, kind: str, holder: UUID) -> Seat | None:
    """The seat this browser holds through one member or share, if any; whether it still lives is the room's to say."""
    here = visitor()
    seats = here.seats if here is not None else ()
    return next((seat for seat in seats if (seat.plan, seat.kind, seat.holder) == (plan, kind, holder)), None)


def remember(new: Visitor) -> None:
    """Keep a new session in this browser; what the cookie held before is dropped, its token too."""
    session.clear()
    session.permanent = True
    session[SINCE] = now().timestamp()
    login_user(new, remember=False)
    g.pop("actors", None)


def came_in_just_now() -> bool:
    """Whether somebody opened this browser's session with a key a moment ago; never so on a lent phone."""
    return SINCE in session and session[SINCE] > (now() - FRESH).timestamp()


def keep_cookie() -> None:
    """Let the browser keep its cookie for as long as its session lasts from now."""
    session.permanent = True
    session.modified = True


def renew_cookie() -> None:
    """Give this browser another cookie for the same session: a page that it keeps for Back, to show without asking, is
    dropped when that changes. No header says so, and without JavaScript nothing else does.
    """
    if session:
        session[TURN] = secrets.token_hex(4)


def read_no_more() -> None:
    """For a page that is made while a database does not answer: nobody is asked for who sits here, or as whom."""
    g.actor = None
    g.setdefault("_login_user", AnonymousUserMixin())


def forget() -> None:
    """Drop all that this browser's cookie holds."""
    session.clear()
    g.pop("actors", None)
    g.pop("_login_user", None)
