"""A room's blueprint: every route says what it needs and how the thing it receives is loaded.

A view receives the actor and the thing, never an id. "Not there" and "not yours" are the same 404. A route without
`needs=` cannot be written; the few open ones stand in `public.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, NoReturn
from uuid import UUID

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response

from app.items import Thing
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.policy.audience import Facts
from app.policy.decide import permits
from app.rooms import KINDS, in_the_bin, looked
from app.scope import load as read
from app.web.errors import LinkEnded, ask_for_key, place_is_over, taken_away
from app.web.scribe import phone_back
from app.web.session import actor_in, actor_through, phone_given

View = Callable[[Actor, Any], "Response | str"]
# The field of every form of a guest that names their seat.
SEAT = "seat"
Load = Callable[..., Any]
# Whose pages are rooms of their own.
APART = frozenset({ActorKind.CHILD, ActorKind.TRUSTED})


@dataclass(frozen=True, slots=True)
class Through:
    """A page that belongs to one seat: its kind, and which id in the address is its holder.

    Whoever else this browser is in the plan does not count there, and without that seat no key is asked for.
    """

    kind: str
    id: str


class Room(Blueprint):
    """A Blueprint under /p/<plan>/ whose every route has a guard."""

    def __init__(self, name: str, import_name: str, *, child: bool = False) -> None:
        """A room; with `child`, a child, or whom it trusts, may come in for what the policy gives them there."""
        super().__init__(name, import_name, url_prefix="/p/<uuid:plan>")
        self.child = child

    def get(  # type: ignore[override]
        self, rule: str, *, needs: Action, load: Load, through: Through | None = None
    ) -> Callable[[View], View]:
        """A page or fragment."""
        return self._guarded(rule, "GET", needs, load, through)

    def post(  # type: ignore[override]
        self, rule: str, *, needs: Action, load: Load, through: Through | None = None, upload: bool = False
    ) -> Callable[[View], View]:
        """A write; with `upload`, a file may come along (`web/uploads.py`)."""
        return self._guarded(rule, "POST", needs, load, through, upload)

    def route(self, rule: str, **options: Any) -> Any:
        """Refused: a route says what it needs."""
        raise TypeError(f"{self.name} {rule}: use get() or post() with needs= and load=")

    def _guarded(
        self, rule: str, method: str, needs: Action, load: Load, through: Through | None, upload: bool = False
    ) -> Callable[[View], View]:
        def decorate(view: View) -> View:
            endpoint = view.__name__

            @wraps(view)
            def entry(plan: UUID, **ids: UUID) -> Response | str:
                return view(*admitted(plan, needs, load, ids, through, child=self.child))

            entry.needs, entry.through, entry.upload = needs, through, upload  # type: ignore[attr-defined]
            self.add_url_rule(rule, endpoint=endpoint, view_func=entry, methods=[method])
            return view

        return decorate


def admitted(
    plan: UUID,
    needs: Action,
    load: Load,
    ids: dict[str, UUID],
    through: Through | None = None,
    *,
    child: bool = False,
) -> tuple[Actor, Any]:
    """The actor and the thing, when the policy lets them meet; else the one 404, or a question for the key."""
    actor = actor_in(plan) if through is None else actor_through(plan, through.kind, ids[through.id])
    if actor.kind is ActorKind.NOBODY:
        _refuse_nobody(through)
    g.actor = actor
    if actor.kind in APART and not child:
        # A page for adults would speak of more than the one thing on it that a child may do.
        abort(404)
    if actor.kind is ActorKind.GUEST:
        _begin_visit(actor)
    thing = load(actor, **ids)
    if thing is None and "version" in request.form:
        _keep_what_was_typed(actor, needs, ids)
    if thing is None or not permits(_there(actor, thing), needs, facts_in(thing)):
        _ask_for_the_phone(actor, needs, load, ids)
        abort(404)
    if actor.kind is ActorKind.GUEST:
        _note_look(actor, thing)
    return actor, thing


def _refuse_nobody(through: Through | None) -> NoReturn:
    if through is not None:
        raise LinkEnded
    if request.method == "POST":
        abort(ask_for_key())
    abort(404)


def _there(actor: Actor, thing: Any) -> Actor:
    """Who they are where the thing lies. What a child says lies in a root of its own, which no address names: who loads
    it says who its reader is there (its `there`).
    """
    there: Actor = getattr(thing, "there", actor)
    return there


def bound_seat() -> str:
    """The seat that a form of this page is bound to: a guest's own.

    An account may hold two places in one plan, of one parent alone and of both. What was opened through one is never
    written through the other, also when the first ended meanwhile.
    """
    actor: Actor | None = g.get("actor")
    return str(actor.seat) if actor is not None and actor.kind is ActorKind.GUEST else ""


def _begin_visit(guest: Actor) -> None:
    if request.form.get(SEAT, bound_seat()) != bound_seat():
        abort(place_is_over())
    # What stands around every page of theirs speaks of all of it: read once, and the page asks no more.
    read(guest, *KINDS.values())


def _note_look(guest: Actor, thing: Any) -> None:
    """Note it, unless a host looks as the guest would; from here on a page may speak of the family.

    What is loaded may say whose part of the plan it is (its `room`): a photo belongs to what it is on.
    """
    if "peek" not in g:
        looked(guest, getattr(thing, "room", "") or request.blueprint or "")
    g.let_in = True


def _ask_for_the_phone(actor: Actor, needs: Action, load: Load, ids: dict[str, UUID]) -> None:
    """What is out of sight while somebody types on a parent's phone, and the parent's own: ask for the phone first."""
    if actor.scribe is None:
        return
    parent = replace(actor, scribe=None)
    thing = load(parent, **ids)
    held = phone_given()
    if held is not None and thing is not None and permits(parent, needs, facts_in(thing)):
        abort(phone_back(held))


def _keep_what_was_typed(actor: Actor, needs: Action, ids: dict[str, UUID]) -> None:
    """What they were writing in was taken away: who may look in the bin gets the own words back, and a way on.

    To everybody else, who looks through a link too, what was taken away and what was hidden are the same.
    """
    if not permits(actor, Action.HISTORY_SEE):
        return
    for id in ids.values():  # noqa: A001
        gone = in_the_bin(actor, id)
        if gone is not None and permits(actor, needs, gone.facts):
            abort(taken_away(gone, may_restore=permits(actor, Action.RESTORE, gone.facts)))


def facts_in(loaded: Any) -> Facts | None:
    """The facts of what was loaded: a thing, or a page's worth around one (its `thing`); None for a whole plan."""
    subject = loaded if isinstance(loaded, Thing) else getattr(loaded, "thing", None)
    return subject.facts if isinstance(subject, Thing) else None
