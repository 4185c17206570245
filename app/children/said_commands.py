"""What a child does with what it says: load -> rules -> change, a verb each. What is kept is nobody's but the child's.

Whoever asks is the child as it sits in a plan; everything is written in its own layer, as the child itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.change import Add, BothChanged, Done, NotPermitted, Put, Refused, Remove, Restore, change, new_id
from app.children import said_rules
from app.children.commands import own_layer
from app.children.models import SAID
from app.children.nouns import Chosen, Feeling, SaidBody, SaidState, Sort
from app.children.said_store import Own, SaidView
from app.db import now
from app.moments.taking import Given, change_with, key_with
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.audience import Audience

TRIES = 3


@dataclass(frozen=True)
class SaidInput:
    """What a child says: words, a pictogram, or a feeling with a name."""

    sort: Sort = Sort.KEPT
    feeling: Feeling | None = None
    words: str = ""
    picto: str = ""


def say(own: Own, given: SaidInput, form_key: str | None, file: Given | None = None) -> Done:
    """Keep what a child says, for the child alone: who may see it is chosen afterwards, and may be nobody.

    Raises:
        Refused: there is nothing in it.
        NotPermitted: who asks is no child, or its page was stopped while a file was made anew.
        BadFile, OSError: the file cannot be kept.
    """
    body = SaidBody(sort=given.sort, feeling=given.feeling, words=given.words, picto=given.picto, day=own.today)
    return keep(own, body, SaidState.TOLD, form_key, file)


def keep(own: Own, body: SaidBody, state: SaidState, form_key: str | None, file: Given | None = None) -> Done:
    """Keep one thing in the child's own layer, which is made when this is the first.

    Raises:
        Refused, NotPermitted, BadFile, OSError: as of `say`.
    """
    reason = said_rules.why_not_say(body)
    if reason is not None and file is None:
        raise Refused(reason)
    there = own.me or own_layer(own.child, own.zone)
    new = Add(SAID, body, state)
    done = change_with(there, Action.OWN_ADD, new, file, form_key=form_key, came_as=own.child)
    if done.ids or form_key is None:
        return done
    return replace(done, ids=(new_id(there, key_with(form_key, file) or form_key),))


def let_see(view: SaidView) -> None:
    """Let the person at hand see it, too. Twice is once.

    Raises:
        Refused: nobody let that person in.
    """
    found = next((one for one in view.own.hearers if one.id == view.person), None)
    if found is None:
        raise Refused(said_rules.Reason.UNKNOWN_PERSON)
    chosen = Chosen(found.id, now(), found.by_link)
    _choose(view, lambda body: said_rules.with_person(body, found.id), chosen)


def let_not_see(view: SaidView) -> None:
    """That person sees it no more, from the next request on. Twice is once."""
    person = view.person
    if person is not None:
        _choose(view, lambda body: said_rules.without_person(body, person))


def keep_to_self(view: SaidView) -> None:
    """Niemand. Dit is van mij: nobody sees it any more, whoever did."""
    _choose(view, lambda _body: said_rules.for_people(()))


def put_away(view: SaidView) -> Done:
    """Into the bin for 30 days; nobody sees it there. Twice is once."""
    return change(_child(view.own.me), Action.OWN_REMOVE, Remove(view.thing))


def bring_back(view: SaidView) -> Done:
    """Back from the bin, seen by whom the child had chosen."""
    return change(_child(view.own.me), Action.OWN_REMOVE, Restore(view.thing))


def _choose(view: SaidView, audience: Callable[[SaidBody], Audience], chosen: Chosen | None = None) -> None:
    """Written only over what was read: a tap that comes late never lets somebody in again whom another took out."""
    thing, child = view.thing, _child(view.own.me)
    for _attempt in range(TRIES):
        body = said_rules.heard_as(thing.body, audience(thing.body), chosen)
        try:
            change(child, Action.OWN_CHANGE, Put(thing, body, alone=True))
        except BothChanged as clash:
            thing = clash.theirs
        else:
            return
    raise NotPermitted


def _child(actor: Actor | None) -> Actor:
    if actor is None:
        raise NotPermitted
    return actor
