"""The pictures with which a child closes what it keeps: four of twelve, in their order.

A convenience on a phone that is known already, never the only lock (design: access, Actors): twelve pictures four times
are some twenty thousand orders, and who looks on learns them. So guesses are few, on a child's own device too many end
its session, and on a lent phone nobody chooses pictures over what is kept there already. Nor before anything is:
pictures that somebody prepared would open all that the child keeps later (decision 0027).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from app.accounts import chance
from app.accounts import commands as accounts
from app.accounts.rules import Subject
from app.change import Done, NotPermitted, Put, Refused, change
from app.children import in_hand, lock, openings, store
from app.policy.actions import Action
from app.policy.actor import Actor
from app.web.session import came_in_just_now, open_box, visitor

# By their OpenMoji codes: far apart in shape, in colour, and in what a child calls them.
PICTURES = (
    "1F431", "1F436", "1F41F", "1F98B", "1F34E", "1F33B", "2B50", "1F319", "1F3E0", "1F697", "26BD", "2602",
)  # fmt: skip
LENGTH = 4


class Reason(StrEnum):
    NOT_FOUR = "not_four"
    ALL_THE_SAME = "all_the_same"
    NOT_THESE = "not_these"
    TOMORROW = "tomorrow"


def has_code(actor: Actor) -> bool:
    """Whether this child chose pictures."""
    layer = store.root_of(actor)
    return layer is not None and bool(layer.body.code)


def may_choose(actor: Actor) -> bool:
    """Whether this child may choose pictures here without showing those of before.

    On a lent phone, or one that a parent's card opened, somebody else might: there only right after something was kept,
    while there are no pictures yet, and they open no more than what is kept from then on.
    """
    if lock.came_in_itself(actor):
        return store.root_of(actor) is not None and (came_in_just_now() or not has_code(actor))
    return in_hand.began() is not None and store.root_of(actor) is not None and not has_code(actor)


def is_itself(actor: Actor) -> bool:
    """Whether who asks may do what opens a child's layer for good: make a key, or bring it along to a second plan.

    Else a parent who gives themselves the phone, or a card, would open what the child keeps; and a key or a second plan
    that was there before the child kept anything would open what it keeps later.
    """
    return lock.is_open(actor)


def choose(actor: Actor, pictures: Sequence[str], zone: str) -> Done:
    """Close what this child keeps with these pictures, and leave it open here.

    Raises:
        NotPermitted: somebody must show the pictures of before, or a key of the child, first.
        Refused: they are not four of ours, or four times the same.
    """
    if not may_choose(actor):
        raise NotPermitted
    return _choose(actor, pictures, zone)


def choose_anew(actor: Actor, before: Sequence[str], pictures: Sequence[str], zone: str) -> Done:
    """The same for who shows the pictures of before.

    Raises:
        Refused: as `show` and `choose`.
    """
    reason = why_not(pictures)
    if reason is not None:
        raise Refused(reason)
    show(actor, before, zone)
    return _choose(actor, pictures, zone)


def show(actor: Actor, pictures: Sequence[str], zone: str) -> None:
    """Hold pictures against those the child chose; what it keeps is open here from then on.

    Raises:
        Refused: NOT_THESE, whatever is wrong; Wait after too many guesses; TOMORROW after too many today.
    """
    layer = store.root_of(actor)
    if layer is None or not layer.body.code:
        raise Refused(Reason.NOT_THESE)
    # On lent phones, and devices that a parent's card opened, all of them together: that card opens a new session as
    # often as its maker wants. A device of the child's own is not made to wait by others. It is known by its session,
    # as a browser that drops its mark would begin anew.
    here = visitor()
    its_own = here is not None and lock.came_in_itself(actor)
    who = f"{layer.id}/{here.session_id}" if here is not None and its_own else f"{layer.id}"
    guess = accounts.count_guess({Subject.PICTURES: who})
    if not its_own and not openings.count_wrong(layer.id, layer.body.zone):
        accounts.forget_guess(guess)
        raise Refused(Reason.TOMORROW)
    if not chance.password_fits(layer.body.code, _text(pictures)):
        raise Refused(Reason.NOT_THESE)
    accounts.forget_guess(guess)
    if not its_own:
        openings.forget_wrong(layer.id)
    open_box(lock.mark_of(layer.id, layer.body.code))
    openings.note(actor, layer.id, zone)


def why_not(pictures: Sequence[str]) -> Reason | None:
    """Whether these pictures may close something."""
    if len(pictures) != LENGTH or not set(pictures) <= set(PICTURES):
        return Reason.NOT_FOUR
    return Reason.ALL_THE_SAME if len(set(pictures)) == 1 else None


def _choose(actor: Actor, pictures: Sequence[str], zone: str) -> Done:
    reason = why_not(pictures)
    if reason is not None:
        raise Refused(reason)
    layer, child = store.root_of(actor), store.as_child(actor)
    if layer is None or child is None:
        raise NotPermitted
    body = msgspec.structs.replace(layer.body, code=chance.password_hash(_text(pictures)))
    if not layer.body.code and not lock.came_in_itself(actor):
        body = msgspec.structs.replace(body, since=in_hand.began())
    done = change(child, Action.OWN_LOCK, Put(layer, body))
    open_box(lock.mark_of(layer.id, body.code))
    openings.note(actor, layer.id, zone)
    return done


def _text(pictures: Sequence[str]) -> str:
    return " ".join(pictures)
