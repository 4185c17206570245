"""What history says to people: who did what, on which day, and what it was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from flask import url_for

from app.change import Done
from app.db import now
from app.history import rules, store
from app.history.entries import EntryView, LineView
from app.history.models import Act
from app.history.rules import Reason
from app.items import Body, Thing
from app.local import local_day
from app.policy.actions import Action
from app.policy.actor import Actor
from app.rooms import KINDS, told
from app.scope import Whole
from app.translations import day_in_words
from app.translations import gettext as _


@dataclass(frozen=True)
class Told:
    """One line of a change in words.

    Attributes:
        noun, label, language: what it is about.
        changed: a field each, its label and its text before and after.
        pictured: the thing, when the photo that this change put on it is still there to be seen.
    """

    noun: str
    label: str
    language: str
    changed: Sequence[tuple[str, str, str]]
    pictured: Thing[Any] | None = None


def sentence(reason: Reason) -> str:
    """What to say when a rule says no."""
    return {
        Reason.CHANGED_SINCE: _("Dit veranderde later nog eens. Kijk bij wat er daarna kwam."),
        Reason.UNDONE_ALREADY: _("Dit staat al terug zoals eerst."),
        Reason.STAYS: _("Deze persoon kan ons plan openen. Daarom blijft de naam hier."),
    }[reason]


def did(entry: EntryView) -> str:
    """Who did what: "Sara veranderde een afspraak."."""
    who = name(entry)
    sentences = _sentences(who)
    if entry.action in sentences:
        return sentences[entry.action]
    return {
        Act.ADD: _("%(who)s schreef iets erbij.", who=who),
        Act.PUT: _("%(who)s veranderde iets.", who=who),
        Act.REMOVE: _("%(who)s haalde iets weg.", who=who),
        Act.RESTORE: _("%(who)s zette iets terug.", who=who),
    }[entry.lines[0].act]


def name(entry: EntryView) -> str:
    """Whose change it was."""
    return entry.whole.name(entry.by) or (_("Jij") if entry.by == entry.whole.actor.person else _("Iemand"))


def typed(entry: EntryView) -> str:
    """Who typed it for them on the family's phone, as a sentence; nothing of a person whom the reader does not see."""
    person, whole = KINDS["person"], entry.whole
    names = dict.fromkeys(
        whole.name(line.scribe)
        for line in entry.lines
        if line.scribe is not None and (whole.get(person, line.scribe) or line.scribe == whole.actor.person)
    )
    return " ".join(_("%(name)s schreef dit op voor ons.", name=one) for one in names if one)


def way_back(done: Done) -> str:
    """Where "Toch niet" beside a message is sent; empty when nothing happened that can be taken back."""
    return "" if done.entry is None else url_for("history.undo", entry=done.entry)


def who_wrote(actor: Actor, thing: Thing[Any]) -> str:
    """Who made something what it is now, as a sentence; empty when that is not this actor's to know."""
    entry = store.last(actor, thing)
    if entry is None:
        return ""
    if entry.by == actor.person:
        return _("Jij schreef dit eerder.")
    return _("%(who)s schreef dit.", who=name(entry))


def lines(entry: EntryView) -> list[Told]:
    """What was changed, told once where a change of order moved many."""
    if entry.action == Action.PLAN_COPY.name:
        return []
    moved = [line for line in entry.lines if line.only_moved]
    shown = [line for line in entry.lines if line not in moved] or moved[:1]
    lines_told = [_told(entry.whole, line) for line in shown]
    # What has no words of its own, such as a sleutelkaart, is in the sentence above already.
    return [line for line in lines_told if line.changed or line.label not in {"", name(entry)}]


def _told(whole: Whole, line: LineView) -> Told:
    changed: list[tuple[str, str, str]] = []
    if line.act is Act.PUT and line.before is not None:
        before = dict(told(line.kind, whole, line.before.body, line.before.state))
        after = told(line.kind, whole, line.after.body, line.after.state)
        changed = [(label, before.get(label, ""), new) for label, new in after if before.get(label, "") != new]
        changed += _media(line.before.body, line.after.body)
    called = _called(whole, line)
    label = "" if called in {new for _label, _old, new in changed} else called
    put = None if line.before is None else line.before.body.photo
    there = line.after.body.photo
    shows = there is not None and there != put and there == line.thing.body.photo and not line.thing.is_away
    return Told(line.kind.noun(), label, line.after.body.language, changed, line.thing if shows else None)


def _media(before: Body, after: Body) -> list[tuple[str, str, str]]:
    """What a change did to a photo, voice or film, in words: what the family said is on it, or that it is there."""
    called = (
        (_("Foto"), _("Een foto"), _("Een andere foto"), before.photo, after.photo),
        (_("Opname"), _("Een opname"), _("Een andere opname"), before.voice, after.voice),
        (_("Filmpje"), _("Een filmpje"), _("Een ander filmpje"), before.film, after.film),
    )
    changed = []
    for label, one, other, old, new in called:
        was, now_ = ("" if medium is None else getattr(medium, "alt", "") or one for medium in (old, new))
        changed += [] if old == new else [(label, was, other if was == now_ else now_)]
    return changed


def _called(whole: Whole, line: LineView) -> str:
    """What the item is called; of one without a name what there is to tell."""
    body, state = line.after.body, line.after.state
    return line.kind.label(body) or " · ".join(text for _label, text in told(line.kind, whole, body, state) if text)


def by_day(entries: Sequence[EntryView]) -> list[tuple[str, list[EntryView]]]:
    """The changes of each day, newest first, under the name of the day."""
    days = groupby(entries, lambda entry: local_day(entry.at, entry.whole.zone))
    listed = [(value, list(found)) for value, found in days]
    return [(day(value, found[0].whole.zone), found) for value, found in listed]


def day(value: date, zone: str) -> str:
    """A day as people say it: "Vandaag", "Gisteren", "maandag 3 maart"."""
    today = local_day(now(), zone)
    ago = (today - value).days
    if ago in {0, 1}:
        return _("Vandaag") if ago == 0 else _("Gisteren")
    return day_in_words(value, "EEEE d MMMM" if value.year == today.year else "EEEE d MMMM y")


def stays_until(removed_at: datetime, zone: str) -> str:
    """Until when something lies in the bin: "Blijft tot 3 maart"."""
    return _("Blijft tot %(day)s", day=day_in_words(rules.stays_until(removed_at, zone), "d MMMM"))


def _sentences(who: str) -> dict[str, str]:
    told_by = {
        Action.PLAN_START: _("%(who)s begon ons plan.", who=who),
        Action.PLAN_CHANGE: _("%(who)s veranderde iets over ons plan.", who=who),
        Action.CARD_MAKE: _("%(who)s maakte een sleutelkaart.", who=who),
        Action.CARD_KEEP: _("%(who)s bewaarde een sleutelkaart.", who=who),
        Action.CARD_STOP: _("%(who)s stopte een sleutelkaart.", who=who),
        Action.MEMBER_LET_IN: _("%(who)s nodigde iemand uit.", who=who),
        Action.MEMBER_AGREE: _("%(who)s zei ja tegen een nieuwe ouder.", who=who),
        Action.MEMBER_JOIN: _("%(who)s kwam bij ons plan.", who=who),
        Action.MEMBER_STOP: _("%(who)s stopte een uitnodiging of een meehelper.", who=who),
        Action.HOME_ADD: _("%(who)s schreef een huis erbij.", who=who),
        Action.HOME_CHANGE: _("%(who)s veranderde een huis.", who=who),
        Action.HOME_REMOVE: _("%(who)s haalde een huis weg.", who=who),
        Action.PERSON_ADD: _("%(who)s schreef iemand bij onze mensen.", who=who),
        Action.PERSON_CHANGE: _("%(who)s veranderde iets bij onze mensen.", who=who),
        Action.PERSON_REMOVE: _("%(who)s haalde iemand weg.", who=who),
        Action.GOAL_ADD: _("%(who)s schreef iets dat wij willen.", who=who),
        Action.GOAL_CHANGE: _("%(who)s veranderde iets dat wij willen.", who=who),
        Action.GOAL_REMOVE: _("%(who)s haalde iets weg dat wij wilden.", who=who),
        Action.STEP_ADD: _("%(who)s schreef een kleine stap erbij.", who=who),
        Action.STEP_CHANGE: _("%(who)s veranderde een kleine stap.", who=who),
        Action.STEP_REMOVE: _("%(who)s haalde een kleine stap weg.", who=who),
        Action.AGREEMENT_ADD: _("%(who)s schreef een afspraak erbij.", who=who),
        Action.AGREEMENT_CHANGE: _("%(who)s veranderde een afspraak.", who=who),
        Action.AGREEMENT_REMOVE: _("%(who)s haalde een afspraak weg.", who=who),
        Action.OUTCOME_TELL: _("%(who)s zei hoe het ging.", who=who),
        Action.OUTCOME_REPORT: _("%(who)s zei hoe het ging.", who=who),
        Action.OUTCOME_TAKE_BACK: _("%(who)s nam terug hoe het ging.", who=who),
        Action.MOMENT_ADD: _("%(who)s bewaarde iets bij onze foto’s.", who=who),
        Action.MOMENT_CHANGE: _("%(who)s veranderde iets bij onze foto’s.", who=who),
        Action.MOMENT_REMOVE: _("%(who)s haalde iets weg bij onze foto’s.", who=who),
        Action.AUDIENCE_CHANGE: _("%(who)s koos wie dit ziet.", who=who),
        Action.PHOTO_CHANGE: _("%(who)s veranderde een foto, opname of filmpje.", who=who),
        **_of_guests(who),
        **_of_leaving(who),
        Action.UNDO: _("%(who)s koos: toch niet.", who=who),
        Action.RESTORE: _("%(who)s zette iets terug.", who=who),
    }
    return {action.name: text for action, text in told_by.items()}


def _of_guests(who: str) -> dict[Action, str]:
    return {
        Action.SHARE_MAKE: _("%(who)s deelde ons plan met iemand.", who=who),
        Action.SHARE_CHANGE: _("%(who)s koos opnieuw wat iemand ziet.", who=who),
        Action.SHARE_EXTEND: _("%(who)s laat iemand langer kijken.", who=who),
        Action.SHARE_STOP: _("%(who)s stopte met delen.", who=who),
        Action.PROPOSAL_SEND: _("%(who)s stelde iets voor.", who=who),
        Action.PROPOSAL_TAKE_BACK: _("%(who)s nam een voorstel terug.", who=who),
        Action.PROPOSAL_DECIDE: _("%(who)s gaf antwoord op een voorstel.", who=who),
        Action.TALK_TELL: _("%(who)s vertelde over een overleg.", who=who),
        Action.TALK_ANSWER: _("%(who)s gaf antwoord over een overleg.", who=who),
        Action.CHILD_PAGE_MAKE: _("%(who)s maakte een bladzijde voor een kind.", who=who),
        Action.CHILD_PAGE_CHANGE: _("%(who)s veranderde de bladzijde van een kind.", who=who),
        Action.CHILD_PAGE_STOP: _("%(who)s stopte iets van een kind.", who=who),
        Action.PROPOSAL_END: _("Een voorstel ging voorbij."),
        Action.TALK_TELL: _("%(who)s vertelde over een overleg over ons.", who=who),
        Action.TALK_ANSWER: _("%(who)s gaf antwoord over een overleg.", who=who),
        Action.GUEST_LEAVE: _("%(who)s stopte als gast.", who=who),
        Action.GUEST_ASK: _("Iemand wil graag te gast zijn."),
        Action.GUEST_ANSWER: _("%(who)s gaf antwoord aan een gast.", who=who),
    }


def _of_leaving(who: str) -> dict[Action, str]:
    return {
        Action.MEMBER_LEAVE: _("%(who)s is geen lid meer.", who=who),
        Action.PLAN_COPY: _("%(who)s begon ons plan met een kopie.", who=who),
        Action.PLAN_CLOSE: _("%(who)s besliste mee of ons plan weg moet.", who=who),
    }
