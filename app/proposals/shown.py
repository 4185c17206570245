"""How one line is read: what it is called, its four short lines in words, and what stands in the plan now. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.agreements.nouns import WhenSort
from app.agreements.words import when as when_in_words
from app.items import Thing
from app.plan.words import listed
from app.proposals import guest_words
from app.proposals.nouns import Act, LineBody, Said, Target
from app.proposals.store import Board
from app.translations import gettext as _


@dataclass(frozen=True)
class Shown:
    """One line in words.

    Attributes:
        title: what sort of line it is.
        head: what it says first.
        now: what stands in the plan now, where a change would take its place; empty where nothing does.
        lines: wie, wat, wanneer, waarom: a label and a text each, what stays open is left out.
        asked_by: who asks this from elsewhere.
        language: the language of the words.
    """

    title: str
    head: str
    now: str
    lines: list[tuple[str, str]]
    asked_by: str
    language: str


def shown(board: Board, body: LineBody, said: Said | None = None) -> Shown:
    """A line as people read it.

    Args:
        board: what the reader sees.
        body: the line.
        said: other words than those of its writer: the answer of the family.
    """
    said = said or body.said
    thing = board.thing(body.about, body.target)
    name = "" if thing is None else guest_words.name_of(thing)
    head = (said.who_else if body.about is Target.PERSON else said.what) or name or _("Dit staat er niet meer.")
    now = name if body.act is Act.CHANGED and name != head else ""
    return Shown(
        guest_words.title(body.act, body.about), head, now, _lines(board, body, said), body.asked_by, body.language
    )


def _lines(board: Board, body: LineBody, said: Said) -> list[tuple[str, str]]:
    is_person = body.about is Target.PERSON
    goal: Thing[Any] | None = board.thing(Target.GOAL, body.goal)
    names = [face.name for face in board.people if face.id in said.who]
    when = "" if said.when.sort is WhenSort.OPEN else when_in_words(said.when, board.today)
    told = [
        (_("Wat?"), said.what if is_person else ""),
        (_("Voor welk doel?"), "" if goal is None else goal.body.words),
        (_("Wie?"), listed([*names, *([said.who_else] if said.who_else and not is_person else [])])),
        (_("Wanneer?"), when),
        (_("Waarom?"), said.why),
    ]
    return [(label, text) for label, text in told if text]
