"""What the family does with proposals: one at a time, and the list of all of them. HTTP only."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from app.agreements import words as when_words
from app.change import BothChanged, Done, Refused
from app.history.words import way_back
from app.policy.actions import Action
from app.policy.actor import Actor
from app.proposals import commands, store, words
from app.proposals.forms import AnswerForm, LaterForm
from app.proposals.guest_forms import MOST_NAME, MOST_WHAT, MOST_WHY
from app.proposals.nouns import Act
from app.proposals.rules import Reason
from app.proposals.shown import shown
from app.proposals.store import Board, Question, Visit
from app.translations import gettext as _
from app.web.respond import again, done, page
from app.web.room import Room

proposals = Room("proposals", __name__)

LONGEST = {"what": MOST_WHAT, "why": MOST_WHY, "name": MOST_NAME}


@proposals.get("/voorstellen", needs=Action.PROPOSALS_SEE, load=store.board)
def index(_actor: Actor, board: Board) -> Response:
    """Every proposal: what waits, what is for later, and what was answered."""
    start = request.args.get("vanaf", "")
    first = int(start) if start.isdecimal() and len(start) < 6 else 0
    return page("proposals/index.html", board=board, plan=board.plan, words=words, shown=shown, first=first)


@proposals.get("/voorstellen/<uuid:line>", needs=Action.PROPOSAL_DECIDE, load=store.question)
def show(_actor: Actor, question: Question) -> Response:
    """One line: who, what, when and why, and the four answers; or what became of it."""
    return page("proposals/show.html", plan=question.board.plan, **_around(question))


@proposals.post("/voorstellen/<uuid:line>/ja", needs=Action.PROPOSAL_DECIDE, load=store.question)
def yes(actor: Actor, question: Question) -> Response:
    """Ja, dat doen wij. Where the family wrote in it meanwhile, or a day is over, they choose their own words."""
    line = question.line
    try:
        made = commands.say_yes(actor, line, request.form.get("form_key"))
    except (BothChanged, Refused) as no:
        if _is_over(no) or line.body.act is Act.STOPPED:
            return _answered(actor, question, None, _why_not(no))
        return _other_words(question, AnswerForm.of_line(line.body, line.body.said), no)
    return _answered(actor, question, made)


@proposals.get("/voorstellen/<uuid:line>/anders", needs=Action.PROPOSAL_DECIDE, load=store.question)
def different(_actor: Actor, question: Question) -> Response:
    """The same four lines, for the family to write in."""
    body = question.line.body
    return page("proposals/different.html", **_writing(question, AnswerForm.of_line(body, body.said)))


@proposals.post("/voorstellen/<uuid:line>/anders", needs=Action.PROPOSAL_DECIDE, load=store.question)
def yes_but(actor: Actor, question: Question) -> Response:
    """Ja, maar anders. What was typed stays when another parent was first."""
    form = AnswerForm()
    form.is_about(question.line.body)
    if not form.is_fine(question.board):
        return again("proposals/different.html", **_writing(question, form))
    said = form.body(question.board).said
    try:
        made = commands.say_yes_but(actor, question.line, said, form.seen, form.key)
    except (BothChanged, Refused) as no:
        if not _is_over(no):
            return _other_words(question, form, no)
        fresh = store.question(actor, question.thing.id) or question
        return again("proposals/show.html", plan=fresh.board.plan, typed=said, **_around(fresh))
    return _answered(actor, question, made)


@proposals.post("/voorstellen/<uuid:line>/nee", needs=Action.PROPOSAL_DECIDE, load=store.question)
def no(actor: Actor, question: Question) -> Response:
    """Nee: it ends here."""
    try:
        made = commands.say_no(actor, question.line, request.form.get("form_key"))
    except Refused as refused:
        return _answered(actor, question, None, words.sentence(refused.reason))
    return _answered(actor, question, made)


@proposals.get("/voorstellen/<uuid:line>/later", needs=Action.PROPOSAL_DECIDE, load=store.question)
def later(_actor: Actor, question: Question) -> Response:
    """Until when it may wait."""
    form = LaterForm(formdata=None)
    return page("proposals/later.html", plan=question.board.plan, form=form, **_around(question))


@proposals.post("/voorstellen/<uuid:line>/later", needs=Action.PROPOSAL_DECIDE, load=store.question)
def keep(actor: Actor, question: Question) -> Response:
    """Later: out of sight until that day."""
    form = LaterForm()
    if not form.validate():
        return again("proposals/later.html", plan=question.board.plan, form=form, **_around(question))
    try:
        made = commands.keep_for(actor, question.line, form.later.data, question.board.today, form.key)
    except Refused as refused:
        return _answered(actor, question, None, words.sentence(refused.reason))
    return _answered(actor, question, made)


@proposals.post("/voorstellen/bezoek/<uuid:proposal>/ja", needs=Action.PROPOSAL_DECIDE, load=store.visit)
def yes_to_all(actor: Actor, visit: Visit) -> Response:
    """Ja to everything a visit brought that still waits; what cannot be as it stands waits for the family's words."""
    left = commands.say_yes_to_all(actor, visit, request.form.get("form_key"))
    if left:
        return done(url_for("proposals.show", line=left[0]), _("Dit vraagt nog jullie woorden."))
    return done(url_for("proposals.index"), _("Jullie zeiden ja. Het staat nu in ons plan."))


# ---- parts -----------------------------------------------------------------------------------------------------------


def _around(question: Question) -> dict[str, Any]:
    return {"question": question, "line": question.line, "words": words, "shown": shown}


def _writing(question: Question, form: AnswerForm, said: str = "") -> dict[str, Any]:
    around = {**_around(question), "plan": question.board.plan, "form": form, "said": said}
    return {**around, "when_words": when_words, "longest": LONGEST, "today": question.board.today}


def _is_over(no: Exception) -> bool:
    return isinstance(no, Refused) and no.reason is Reason.DECIDED


def _why_not(no: Exception) -> str:
    changed = _("Dit veranderde intussen. Kies nu jullie woorden.")
    return words.sentence(no.reason) if isinstance(no, Refused) else changed


def _other_words(question: Question, form: AnswerForm, no: Exception) -> Response:
    """A yes that cannot be as it stands: the family writes what they want, with both texts at hand."""
    return again("proposals/different.html", **_writing(question, form, _why_not(no)))


def _answered(actor: Actor, question: Question, made: Done | None, why_not: str = "") -> Response:
    fresh = store.question(actor, question.thing.id) or question
    is_in_the_plan = made is not None and fresh.line.body.applied is not None
    undo = way_back(made) if made is not None and is_in_the_plan else ""
    return done(
        url_for("proposals.show", line=question.thing.id),
        why_not or _("Bewaard."),
        undo=undo,
        fragment="proposals/_answer.html",
        undo_at=undo,
        **_around(fresh),
    )
