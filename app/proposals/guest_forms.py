"""Reads one line of what a guest proposes: wie, wat, wanneer, waarom, each of them short."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, StringField

from app.agreements.forms import WhenForm, Who
from app.agreements.nouns import When, WhenSort
from app.agreements.rules import why_not_when
from app.items import Thing
from app.proposals import guest_words, rules
from app.proposals.commands import LineInput
from app.proposals.drafts import Line
from app.proposals.nouns import Act, LineBody, Said, Target
from app.proposals.rules import Reason
from app.proposals.store import Board
from app.web.form import OneOf, Words

MOST_WHAT, MOST_WHY, MOST_NAME = 160, 240, 60
NOTHING = UUID(int=0)


def _act(text: Any) -> Act | None:
    return next((one for one in Act if one == text), None)


def _about(text: Any) -> Target | None:
    return next((one for one in Target if one == text), None)


class _Thing(OneOf):
    """Something of the plan, by its id; what is no id is the id of nothing."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the id."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = NOTHING


class LineForm(WhenForm):
    """One line. Only an agreement has a day; of all else the family reads when in the guest's words."""

    act = RadioField(coerce=_act, validate_choice=False)
    about = RadioField(coerce=_about, validate_choice=False)
    target = _Thing()
    goal = _Thing()
    seen = StringField()
    what = Words(MOST_WHAT)
    who = Who()
    who_else = Words(MOST_NAME)
    why = Words(MOST_WHY)
    asked_by = Words(MOST_NAME)

    @classmethod
    def of(cls, line: Line) -> LineForm:
        """The form with one line of a visit in it."""
        return cls(formdata=MultiDict(line))

    @property
    def step(self) -> str:
        """What is still to choose before there is something to write: "choose", "which", or "write"."""
        if self.act.data is None or self.about.data is None:
            return "choose"
        is_new = self.act.data is Act.NEW
        needs_goal = is_new and self.about.data is Target.STEP
        chosen = self.goal.data if needs_goal else self.target.data
        return "which" if chosen is None and (needs_goal or not is_new) else "write"

    @property
    def has_days(self) -> bool:
        """Whether it is about an agreement, which has a day; what stops is only asked when in words."""
        return self.about.data is Target.AGREEMENT and self.act.data is not Act.STOPPED

    def is_fine(self, board: Board) -> bool:
        """Whether the family can read it; what is still needed is said at its field."""
        if not self.validate():
            return False
        body = self.body(board)
        reason = rules.why_not_propose(body)
        if reason is not None:
            self.refuse_for(reason)
        if self._is_the_same(board, body):
            self.refuse(self._first, guest_words.nothing_changed())
        why_not = why_not_when(self._when(board), board.today, self._when_now(board)) if self.has_days else None
        if why_not is not None:
            self.refuse_when(why_not)
        return not self.errors

    def refuse_for(self, reason: Reason) -> None:
        """Say at the right field why a rule refused the line."""
        fields = {Reason.NOTHING_SAID: self._first, Reason.UNKNOWN_PERSON: "who"}
        self.refuse(fields.get(reason, "target"), guest_words.sentence(reason))

    def given(self, board: Board) -> LineInput:
        """What was typed, for the command."""
        body = self.body(board)
        text = self.seen.data or ""
        seen = int(text) if text.isdecimal() and len(text) < 10 else None
        return LineInput(body.act, body.about, body.said, body.target, body.goal, body.asked_by, seen=seen)

    def body(self, board: Board) -> LineBody:
        """The line as it would be kept."""
        act, about = self.act.data or Act.NEW, self.about.data or Target.AGREEMENT
        stops = act is Act.STOPPED
        said = Said(
            who=() if stops else tuple(dict.fromkeys(self.who.data or ())),
            who_else="" if stops else self.who_else.data or "",
            what="" if stops else self.what.data or "",
            when=self._when(board),
            why=self.why.data or "",
        )
        target = None if act is Act.NEW else self.target.data
        goal = self.goal.data if act is Act.NEW and about in rules.OF_A_GOAL else None
        return LineBody(act=act, about=about, target=target, goal=goal, said=said, asked_by=self.asked_by.data or "")

    @property
    def _first(self) -> str:
        """The field that says most: of a person the name."""
        return "who_else" if self.about.data is Target.PERSON else "what"

    def _is_the_same(self, board: Board, body: LineBody) -> bool:
        """Whether a change would leave all as it is."""
        thing = board.thing(body.about, body.target) if body.act is Act.CHANGED else None
        if thing is None:
            return False
        now, said = guest_words.present(thing), body.said
        return set(now.who) == set(said.who) and now == msgspec.structs.replace(said, who=now.who, why="")

    def _when(self, board: Board) -> When:
        if self.has_days:
            return self.when(board.today)
        words = self.condition.data or ""
        return When(sort=WhenSort.ONCE, words=words) if words else When()

    def _when_now(self, board: Board) -> When | None:
        """The time an agreement has now: what stood there before stays fine."""
        thing = board.thing(Target.AGREEMENT, self.target.data)
        return None if thing is None else thing.body.when


def line_about(act: Act, about: Target, thing: Thing[Any] | None, said: Said, goal: Thing[Any] | None = None) -> Line:
    """A line with the present text of what would change in it, as a form sends it."""
    line: Line = MultiDict([("act", act.value), ("about", about.value)])
    if goal is not None:
        line.add("goal", str(goal.id))
    if thing is not None:
        line.add("target", str(thing.id))
        line.add("seen", str(thing.version))
    if act is not Act.CHANGED:
        return line
    form = LineForm(
        formdata=None, what=said.what, who=list(said.who), who_else=said.who_else, **LineForm.filled(said.when)
    )
    for field in form:
        if field.name not in line and field.name not in {"act", "about", "target", "seen", "goal"}:
            for text in _sent(field):
                line.add(field.name, text)
    return line


def _sent(field: Any) -> list[str]:
    """What a browser sends for a field as it stands."""
    text = getattr(field, "text", None)
    if text is not None:
        return [text] if text else []
    data = field.data if isinstance(field.data, (list, tuple)) else [field.data]
    return [str(one) for one in data if one not in (None, "")]
