"""Pages of a guest: writing a visit, how the family will read it, and what became of it. HTTP only."""

from __future__ import annotations

from enum import Enum
from typing import Any, TypeVar
from uuid import UUID, uuid4

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from app.change import Refused
from app.items import Thing
from app.people import store as people_store
from app.people.store import PeopleView
from app.policy.actions import Action
from app.policy.actor import Actor
from app.proposals import commands, guest_pages, guest_words, reading, rules, store
from app.proposals.drafts import Draft, asked_in, draft_in
from app.proposals.guest_forms import LineForm, line_about
from app.proposals.nouns import Act, Said, Target
from app.proposals.rules import Reason
from app.proposals.store import Board, LineView
from app.translations import gettext as _
from app.web.respond import done, page
from app.web.room import Room

proposing = Room("proposing", __name__)

E = TypeVar("E", bound=Enum)
# What a page of choices asks; "which" says that the things to choose from stood on it.
NEXT = frozenset({"", "next", "which"})


@proposing.get("/stel-voor", needs=Action.PROPOSAL_SEND, load=store.board)
def new(_actor: Actor, board: Board) -> Response:
    """A new visit; what it is about stands chosen when the address says so."""
    about, act = _one_of(Target, "over"), _one_of(Act, "doe")
    thing, goal = _thing(board, about, "ding"), _thing(board, Target.GOAL, "doel")
    draft = Draft(visit=str(uuid4()))
    if about is not None and thing is not None and act is None:
        return guest_pages.about(board, draft, about, thing)
    if about is not None and act is not None:
        said = Said() if thing is None else guest_words.present(thing)
        draft.lines[0] = line_about(act, about, thing, said, goal)
    return guest_pages.step(board, draft)


@proposing.post("/stel-voor", needs=Action.PROPOSAL_SEND, load=store.board)
def compose(actor: Actor, board: Board) -> Response:
    """The next page of a visit, with all that was typed in it; the last one sends."""
    draft, asked = draft_in(request.form), asked_in(request.form)
    if asked.what == "edit":
        return guest_pages.step(board, draft.with_at(asked.line))
    if asked.what == "again":
        return guest_pages.step(board, draft.unchosen())
    if asked.what == "drop":
        return _dropped(board, draft, asked.line)
    if asked.what in NEXT:
        return guest_pages.following(board, draft, was_asked=asked.what == "which")
    draft = draft.without_empty()
    wrong = guest_pages.wrong_in(board, draft)
    if wrong is not None:
        return wrong
    if asked.what == "more" and not draft.is_full:
        return guest_pages.step(board, draft.with_more())
    return _send(actor, board, draft) if asked.what == "send" else guest_pages.look(board, draft)


@proposing.post("/stel-voor/woorden", needs=Action.PROPOSAL_SEND, load=people_store.people)
def plain(_actor: Actor, people: PeopleView) -> Response:
    """Which words of one field are hard; nothing is kept of it."""
    asked = request.form.get("field", "")
    name = asked if asked in guest_pages.WRITTEN else guest_pages.WRITTEN[0]
    return page("proposals/_hard.html", name=name, hard=guest_pages.hard(people.whole, request.form.get(name, "")))


@proposing.get("/mijn-voorstellen", needs=Action.PROPOSAL_SEND, load=store.board)
def mine(_actor: Actor, board: Board) -> Response:
    """What became of it. Who opens this page has read the answers; who only asks whether it is there did not."""
    fresh = reading.unread_of(board.lines)
    answer = guest_pages.mine(board, fresh)
    if request.method == "GET":
        reading.mark_read(fresh)
    return answer


@proposing.post(
    "/mijn-voorstellen/<uuid:line>/terug",
    needs=Action.PROPOSAL_TAKE_BACK,
    load=store.line,
)
def take_back(actor: Actor, line: LineView) -> Response:
    """Take an own line back, as long as the family did not choose."""
    try:
        commands.take_back(actor, line, request.form.get("form_key"))
    except Refused as refused:
        return done(url_for("proposing.mine"), guest_words.sentence(refused.reason))
    return done(url_for("proposing.mine"), _("Teruggenomen."))


# ---- what the address says -------------------------------------------------------------------------------------------


def _one_of(kind: type[E], name: str) -> E | None:
    return next((one for one in kind if one.value == request.args.get(name)), None)


def _thing(board: Board, about: Target | None, name: str) -> Thing[Any] | None:
    """Something of the plan that the address names; what this guest does not see is not there."""
    if about is None or name not in request.args:
        return None
    try:
        thing = board.thing(about, UUID(request.args[name]))
    except ValueError:
        thing = None
    if thing is None:
        abort(404)
    return thing


# ---- sending ---------------------------------------------------------------------------------------------------------


def _send(actor: Actor, board: Board, draft: Draft) -> Response:
    lines = [LineForm.of(line) for line in draft.lines]
    try:
        commands.send(actor, board, [line.given(board) for line in lines], draft.key if draft.visit else None)
    except Refused as refused:
        if refused.reason is not Reason.TOO_SOON:
            return guest_pages.look(board, draft, {0: guest_words.sentence(refused.reason)})
        declined = store.declined(actor)
        days = ((place, rules.again_from(line.body(board), declined)) for place, line in enumerate(lines))
        return guest_pages.look(
            board, draft, {place: guest_words.too_soon(board.day_after(day)) for place, day in days if day}
        )
    return done(url_for("proposing.mine"), _("Verstuurd. Het gezin kiest."))


def _dropped(board: Board, draft: Draft, place: int) -> Response:
    left = draft.without(place)
    return guest_pages.look(board, left) if left.lines else guest_pages.step(board, Draft(visit=draft.visit))
