"""The pages on which a guest writes a visit, put together from what was typed and what they see."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from app.agreements import words as when_words
from app.items import Thing
from app.people.models import PERSON
from app.proposals import guest_words
from app.proposals.drafts import Draft, Line, is_written
from app.proposals.guest_forms import MOST_NAME, MOST_WHAT, MOST_WHY, LineForm, line_about
from app.proposals.nouns import Act, LineState, Target
from app.proposals.reading import ANSWERED
from app.proposals.rules import QUIET, Reason
from app.proposals.shown import Shown, shown
from app.proposals.store import KIND_OF, Board, LineView
from app.scope import Whole
from app.web.respond import again, page
from app.words.hard import Found, check
from app.words.says import reads
from app.words.says import sentence as says

# Fields in which a guest writes words of their own, and whose words are looked at.
WRITTEN = ("what", "why")
# More than this beside one field helps nobody.
MOST_SHOWN = 4
LONGEST = {"what": MOST_WHAT, "why": MOST_WHY, "name": MOST_NAME}


@dataclass(frozen=True)
class Hard:
    """What is hard in one text, each once, and how it reads."""

    found: tuple[tuple[Found, str], ...]
    reads: str
    figure: int | None


@dataclass(frozen=True)
class Ready:
    """A line as the family will read it, what is hard in it, and what stands in its way."""

    shown: Shown
    hard: tuple[Hard, ...]
    said: str


def following(board: Board, draft: Draft, *, was_asked: bool) -> Response:
    """What follows a choice; the present text stands in the fields of a change."""
    form = LineForm.of(draft.here)
    if form.step == "choose" or (form.step == "which" and was_asked):
        return step(board, draft, guest_words.choose())
    if not _is_there(board, form):
        return _gone(board, draft)
    thing = board.thing(form.about.data, form.target.data)
    if thing is not None and form.act.data is Act.CHANGED and not is_written(draft.here):
        draft.lines[draft.at] = line_about(Act.CHANGED, form.about.data, thing, guest_words.present(thing))
    return step(board, draft)


def wrong_in(board: Board, draft: Draft) -> Response | None:
    """The first line with which something is wrong, to be mended; None when all may be sent."""
    for place in range(len(draft.lines)):
        at = replace(draft, at=place)
        form = LineForm.of(at.here)
        if form.step != "write":
            return step(board, at, guest_words.choose())
        if not _is_there(board, form):
            return _gone(board, at)
        if not form.is_fine(board):
            return step(board, at, form=form)
    return None


def _is_there(board: Board, form: LineForm) -> bool:
    """Whether this guest sees what a line points at."""
    pointed = ((form.about.data, form.target.data), (Target.GOAL, form.goal.data))
    return all(one is None or board.thing(about, one) is not None for about, one in pointed)


def _gone(board: Board, draft: Draft) -> Response:
    """What a line is about is not there, or not theirs to see: the same, with all that was typed."""
    for name in ("target", "goal", "seen"):
        draft.here.poplist(name)
    return step(board, draft, guest_words.sentence(Reason.UNKNOWN_TARGET))


def step(board: Board, draft: Draft, said: str = "", form: LineForm | None = None) -> Response:
    """The page of the line at hand; refused when something is said, or wrong in a form."""
    show = again if said or form is not None else page
    form = form or LineForm.of(draft.here)
    thing = board.thing(form.about.data, form.target.data) if form.about.data is not None else None
    found = {name: hard(board.whole, draft.here.get(name, "")) for name in WRITTEN} if form.sentences else {}
    return _page(
        form.step,
        board,
        draft,
        show,
        form=form,
        thing=thing,
        said=said,
        hard=found,
        choices_of=_choices(board, form) if form.step == "which" else [],
    )


def look(board: Board, draft: Draft, said: Mapping[int, str] | None = None) -> Response:
    """How the family will read it."""
    ready = [
        Ready(
            _shown(board, line),
            tuple(hard(board.whole, line.get(name, "")) for name in WRITTEN),
            (said or {}).get(place, ""),
        )
        for place, line in enumerate(draft.lines)
    ]
    return _page("look", board, draft, again if said else page, ready=ready)


@dataclass(frozen=True)
class Answer:
    """One line of a guest and what the family said: both texts, where theirs is another one.

    `chosen`, the family's words, are those of a thing: who does not see it now does not read them either.
    """

    line: LineView
    shown: Shown
    chosen: Shown | None
    is_new: bool
    again: str

    @property
    def is_other(self) -> bool:
        """Whether the family chose other words."""
        return self.line.body.answer is not None

    @property
    def state(self) -> str:
        """How it stands."""
        return self.line.standing.value


def mine(board: Board, fresh: Collection[UUID]) -> Response:
    """All lines of a guest: answers first, those that were not read yet before the others; the last visit first."""
    visits = list(dict.fromkeys(line.visit for line in reversed(board.lines)))
    lines = sorted(board.lines, key=lambda line: visits.index(line.visit))
    answers = [_answer(board, line, line.thing.id in fresh) for line in lines]
    told = sorted((one for one in answers if one.line.standing in ANSWERED), key=lambda one: not one.is_new)
    waiting = [one for one in answers if one.line.is_waiting]
    withdrawn = [one for one in answers if one.line.standing is LineState.WITHDRAWN]
    around: dict[str, Any] = {"plan": board.plan, "words": guest_words, "tab": "more"}
    return page("proposals/mine.html", told=told, waiting=waiting, withdrawn=withdrawn, **around)


def _answer(board: Board, line: LineView, is_new: bool) -> Answer:
    body = line.body
    declined = line.standing is LineState.DECLINED and body.decided_at is not None
    again_on = guest_words.from_day(board.day_after(body.decided_at + QUIET)) if declined and body.decided_at else ""
    sees_it = board.whole.get(KIND_OF[body.about], body.applied) is not None
    chosen = shown(board, body, body.answer) if body.answer is not None and sees_it else None
    return Answer(line, shown(board, body), chosen, is_new, again_on)


def about(board: Board, draft: Draft, kind: Target, thing: Thing[Any]) -> Response:
    """What can be proposed about one thing."""
    return _page("about", board, draft, kind=kind, thing=thing)


def hard(whole: Whole, text: str) -> Hard:
    """What is hard in a text, with the names of the people this guest sees."""
    checked = check(text, guest_words.own_people(whole.all(PERSON)))
    once = {(one.sort, one.text.casefold()): (one, says(one)) for one in checked.found}
    return Hard(tuple(once.values())[:MOST_SHOWN], reads(checked.level) if checked.level else "", checked.figure)


def _page(name: str, board: Board, draft: Draft, show: Any = page, **values: Any) -> Response:
    others = [(place, _shown(board, line)) for place, line in draft.others]
    me = board.whole.name(board.whole.actor.person)
    around = {"me": me, "board": board, "plan": board.plan, "today": board.today, "draft": draft, "others": others}
    said = {"words": guest_words, "when_words": when_words, "longest": LONGEST}
    answer: Response = show(f"proposals/write_{name}.html", **around, **said, **values)
    return answer


def _shown(board: Board, line: Line) -> Shown:
    return shown(board, LineForm.of(line).body(board))


def _choices(board: Board, form: LineForm) -> list[dict[str, Any]]:
    """The things of the plan that a line may be about, or the goals that something new belongs to."""
    about = Target.GOAL if form.act.data is Act.NEW else form.about.data
    things = board.whole.all(KIND_OF[about])
    return [{"value": thing.id, "label": guest_words.name_of(thing)} for thing in things]
