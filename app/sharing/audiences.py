"""Who sees an item, in words and faces; and the choices of "Wie ziet dit?", each with what it does said beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from app.items import Kind, Thing
from app.plan.words import listed
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind, Ring
from app.policy.audience import Audience, Facts, Who, is_private
from app.policy.decide import permits
from app.rooms import Face
from app.sharing import choosing, store
from app.sharing.rules import Pick
from app.sharing.store import Reader
from app.sharing.words import begun, face_options
from app.translations import gettext as _
from app.translations import ngettext

__all__ = ["face_options"]


@dataclass(frozen=True, slots=True)
class Seen:
    """Who sees an item: what the macro `audience` needs. `href` is where to choose it, when this actor may."""

    sentence: str
    faces: list[Face]
    href: str = ""


def audience_of(actor: Actor, thing: Thing[Any]) -> Seen | None:
    """Who sees this, for a page of the family; None for who is not told (a meehelper knows of no links)."""
    if actor.kind is not ActorKind.PARENT or actor.scribe is not None:
        return None
    readers = store.readers(actor)
    may = store.has_audience(thing.kind) and permits(actor, Action.AUDIENCE_CHANGE, thing.facts)
    href = url_for("sharing.audience", plan=thing.plan, kind=thing.kind.name, item=thing.id) if may else ""
    seen = [one for one in store.seen_by(readers, thing.facts) if not _reads_the_front(one, thing)]
    return Seen(who_sees(actor, thing.facts, seen), [reader.face for reader in seen], href)


def _reads_the_front(reader: Reader, thing: Thing[Any]) -> bool:
    """Whether all that somebody reads of a thing is its front: no photo, and little of what the family writes there."""
    return thing.kind.front is not None and reader.actor.kind is ActorKind.GUEST


def who_sees(actor: Actor, item: Facts, seen: Sequence[Reader]) -> str:
    """Who sees an item, in one sentence."""
    others = [reader.face.name for reader in seen if not reader.is_parent and reader.face.name]
    if not is_private(item):
        return also(others) if others else _("Alleen wij zien dit")
    with_me = [reader.face.name for reader in seen if reader.is_parent and reader.actor.person != actor.person]
    return (
        _("Alleen %(names)s en jij zien dit", names=listed(shown(with_me + others)))
        if with_me + others
        else _("Alleen jij ziet dit")
    )


def effects(actor: Actor, thing: Thing[Any], chosen: Audience) -> list[str]:
    """What choosing this audience does: who will see it, who not any more, who only after a link."""
    readers, after = store.readers(actor), replace(thing.facts, audience=chosen)
    before, seen = store.seen_by(readers, thing.facts), store.seen_by(readers, after)
    names_of = {face.id: face.name for face in choosing.people(actor, after)}
    seeing = {reader.actor.person for reader in seen}
    lost = [reader.face.name for reader in before if reader.actor.person not in seeing]
    waiting = [names_of[one] for one in chosen.people if one in names_of and one not in seeing]
    said = [who_sees(actor, after, seen)]
    if lost:
        one, more = _("%(names)s ziet dit niet meer"), _("%(names)s zien dit niet meer")
        said.append((one if len(lost) == 1 else more) % {"names": listed(shown(lost))})
    if waiting and is_private(after):
        said.append(_("Voor %(names)s: deel eerst een link, alleen vanuit jou", names=listed(shown(waiting))))
    elif waiting:
        said.append(_("Voor %(names)s: deel eerst een link", names=listed(shown(waiting))))
    return [f"{begun(one)}." for one in said]


def also(names: Sequence[str]) -> str:
    """That these people see it too."""
    return ngettext("Ook %(names)s ziet dit", "Ook %(names)s zien dit", len(names), names=listed(shown(names)))


def shown(names: Sequence[str], most: int = 3) -> list[str]:
    """The first names, and how many more."""
    rest = len(names) - most
    if rest < 2:
        return list(names)
    return [*names[:most], _("%(number)s anderen", number=rest)]


# ---- the choices of one tap -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of who sees an item that is its own button: what it is called, and what it does."""

    value: str
    label: str
    effect: str
    icon: str = ""
    face: Face | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """What a parent may choose of an item now: for all at once, one person more, one less, or below "wij"."""

    whole: list[Option]
    more: list[Option]
    less: list[Option]
    mine: list[Option]


Asked = tuple[Pick, Face | None, str, str]


def options(actor: Actor, thing: Thing[Any]) -> Options:
    """The choices that would change something, each with its effect; what this actor may not choose is not there."""
    found = {reader.face.id: reader.face for reader in store.readers(actor) if not reader.is_parent}
    faces = [face for face in found.values() if face.name]
    whole: list[Asked] = [
        (Pick.WE, None, _("Alleen wij"), "people"),
        (Pick.DEFAULT, None, _("Zoals gewoon"), "undo"),
    ]
    more: list[Asked] = [(Pick.ALSO, face, _("Ook %(name)s", name=face.name), "") for face in faces]
    less: list[Asked] = [(Pick.NOT, face, _("Zonder %(name)s", name=face.name), "") for face in faces]
    mine: list[Asked] = [(Pick.ME, None, _("Alleen ik"), "lock")]
    if not is_private(thing.facts):
        mine += [(Pick.ME_AND, face, _("Ik en %(name)s", name=face.name), "") for face in faces]
    groups = (whole, more, less, mine)
    return Options(*([one for asked in group if (one := _option(actor, thing, *asked))] for group in groups))


def _option(actor: Actor, thing: Thing[Any], pick: Pick, face: Face | None, label: str, icon: str) -> Option | None:
    """One choice; None when it may not be made, or brings nobody it speaks of."""
    person = None if face is None else face.id
    chosen = choosing.picked(actor, thing, pick, person)
    if chosen is None or chosen == thing.body.audience or choosing.why_not_choose(actor, thing, chosen):
        return None
    readers, after = store.readers(actor), replace(thing.facts, audience=chosen)
    before, seen = store.seen_by(readers, thing.facts), store.seen_by(readers, after)
    if face is not None and not _brings(pick, face, before, seen):
        return None
    value = pick.value if person is None else f"{pick.value}:{person}"
    return Option(value, label, effect(before, seen), icon, face)


def _brings(pick: Pick, face: Face, before: Sequence[Reader], after: Sequence[Reader]) -> bool:
    """Whether a choice about one person does to them what it says."""
    saw, will = (face.id in {reader.actor.person for reader in seen} for seen in (before, after))
    return {Pick.NOT: saw and not will, Pick.ALSO: will and not saw}.get(pick, will)


def effect(before: Sequence[Reader], after: Sequence[Reader]) -> str:
    """What changes for people, in words beforehand."""
    there, then = ({reader.actor.person for reader in seen} for seen in (before, after))
    gained = [reader.face.name for reader in after if reader.actor.person not in there]
    lost = [reader.face.name for reader in before if reader.actor.person not in then]
    said = []
    if gained:
        said.append(
            ngettext("%(names)s ziet dit dan ook.", "%(names)s zien dit dan ook.", len(gained), names=_first(gained))
        )
    if lost:
        gone = ngettext(
            "%(names)s ziet dit dan niet meer.", "%(names)s zien dit dan niet meer.", len(lost), names=_first(lost)
        )
        said.append(gone)
    return " ".join(said) or _("Wie dit nu ziet, blijft het zien.")


def _first(names: Sequence[str]) -> str:
    return begun(listed(shown(names)))


# ---- the longer way, for several people at once ----------------------------------------------------------------------


def who_options(thing: Thing[Any], *, writer: bool) -> list[dict[str, str]]:
    """The choices of "Wie ziet dit?": those below "wij" for its writer only."""
    usual = {"value": Who.DEFAULT, "label": _("Zoals gewoon"), "icon": "undo", "hint": usually(thing)}
    ours = [
        {"value": Who.WE, "label": _("Alleen wij"), "icon": "people"},
        {"value": Who.WE_AND, "label": _("Wij en ..."), "icon": "plus"},
    ]
    mine = [
        {"value": Who.ME, "label": _("Alleen ik"), "icon": "lock"},
        {"value": Who.ME_AND, "label": _("Ik en ..."), "icon": "person"},
    ]
    return [*ours, *(mine if writer else []), usual]


def usually(thing: Thing[Any]) -> str:
    """What an item's default says."""
    default = thing.facts.default
    if not default.we:
        return _("Alleen wie het schreef.")
    if default.shared:
        return _("Wij, wie erbij staat en met wie wij dit delen.")
    return _("Wij en wie erbij staat.") if default.named else _("Alleen wij.")


def ring_options() -> list[dict[str, str]]:
    """The rings around the family."""
    return [
        {"value": Ring.CLOSE, "label": _("Dicht bij ons"), "icon": "people"},
        {"value": Ring.SERVICES, "label": _("Diensten en school"), "icon": "school"},
    ]


# ---- all that one person sees ----------------------------------------------------------------------------------------


def heading(kind: Kind[Any]) -> str:
    """What the things of a kind are called together."""
    names = {
        "goal": _("Wat wij willen"),
        "step": _("Kleine stappen"),
        "agreement": _("Afspraken"),
        "outcome": _("Hoe het ging"),
        "person": _("Onze mensen"),
        "contact": _("Gsm en adres"),
        "home": _("Waar wie slaapt"),
    }
    return names.get(kind.name) or kind.noun()


def label(thing: Thing[Any]) -> str:
    """What one thing is called; of one without words, what it hangs on."""
    own = thing.kind.label(thing.body)
    return own or ("" if thing.under is None else label(thing.under)) or thing.kind.noun()
