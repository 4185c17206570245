"""Choosing who sees an item: who there is to choose, what a tap makes of it, and saving it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import msgspec

from app.change import TRIES, BothChanged, Done, Put, Refused, change
from app.items import Thing
from app.people.models import PERSON
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.audience import Audience, Facts, Who, is_private
from app.rooms import Face, faces
from app.sharing import rules
from app.sharing.rules import Pick, Reason
from app.sharing.store import around, key_holders_in, outsiders_of, readers


def people(actor: Actor, item: Facts) -> list[Face]:
    """The people one may choose for an item: all but the parents. For what is ours only whom every parent knows, so
    that nothing of it tells of somebody whom one parent keeps.
    """
    whole, readers = around(actor)
    parents = {reader.actor.person for reader in readers if reader.is_parent}
    kept = {person.id for person in whole.all(PERSON) if is_private(person.facts)} if not is_private(item) else set()
    return [face for face in faces("people", actor) if face.id not in parents | kept and face.name]


def picked(actor: Actor, thing: Thing[Any], pick: Pick, person: UUID | None) -> Audience | None:
    """What a choice of one tap makes of an item's audience. Who is named in it and comes later still counts in, until
    somebody chose by hand: whom they left out stays out.
    """
    whole, readers = around(actor)
    known = {face.id for face in people(actor, thing.facts)}
    as_ever = thing.facts.audience.who is Who.DEFAULT and not is_private(thing.facts)
    others = {*outsiders_of(readers, thing.facts), *(thing.facts.named if as_ever else ())} & known
    if pick is Pick.NOT and person not in known | set(thing.body.audience.people):
        return None
    whom = whole.get(PERSON, person)
    return rules.picked(pick, person, None if whom is None else whom.body.ring, thing.facts, others)


def why_not_choose(actor: Actor, thing: Thing[Any], chosen: Audience) -> Reason | None:
    """Whether the actor may give an item this audience."""
    after = replace(thing.facts, audience=chosen)
    stays = set(thing.body.audience.people) if chosen.who is thing.body.audience.who else set()
    if not set(chosen.people) - stays <= {face.id for face in people(actor, after)}:
        return Reason.UNKNOWN_PERSON
    hidden = rules.why_not_keep_from_the_family(thing.id, key_holders_in(readers(actor)), after)
    return hidden or rules.why_not_choose(actor.person, thing.facts, chosen)


def choose_audience(actor: Actor, thing: Thing[Any], chosen: Audience, seen: int | None, form_key: str | None) -> Done:
    """Choose who sees an item. Whom this actor does not know of stays.

    Raises:
        Refused: it is not this actor's to narrow or widen, nobody was chosen, or somebody who is not there.
        BothChanged: somebody chose otherwise since version `seen`.
    """
    reason = why_not_choose(actor, thing, chosen)
    if reason is not None:
        raise Refused(reason)
    body = msgspec.structs.replace(thing.body, audience=rules.with_unseen(thing.body.audience, chosen, _known(actor)))
    return change(actor, Action.AUDIENCE_CHANGE, Put(thing, body, seen=seen), form_key=form_key)


def pick_audience(
    actor: Actor, thing: Thing[Any], pick: Pick, person: UUID | None, seen: int | None, form_key: str | None
) -> Done:
    """Choose who sees an item in one tap. One person more or less goes with what others chose meanwhile.

    Raises:
        Refused: it is not this actor's to choose so.
        BothChanged: somebody chose otherwise since version `seen`, and only one of the two can stand.
    """
    for _attempt in range(TRIES):
        chosen = picked(actor, thing, pick, person)
        if chosen is None:
            raise Refused(Reason.NOBODY_CHOSEN if person is None else Reason.UNKNOWN_PERSON)
        try:
            return choose_audience(actor, thing, chosen, seen if person is None else thing.version, form_key)
        except BothChanged as error:
            if person is None:
                raise
            thing = error.theirs
    raise BothChanged(thing, thing.body, frozenset({"audience"}))


def _known(actor: Actor) -> set[UUID]:
    """Everybody this actor sees as one of the people."""
    return {person.id for person in around(actor)[0].all(PERSON)}
