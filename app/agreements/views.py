"""Pages and forms of agreements. HTTP only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import request, url_for
from werkzeug.wrappers import Response

from app.agreements import commands, store, words
from app.agreements.forms import AgreementForm, NewDayForm, NotNeededForm, SmallerForm, SomeoneElseForm, WhyForm
from app.agreements.nouns import Result
from app.agreements.rules import Reason
from app.agreements.store import Board, Pile
from app.agreements.turns import AgreementView, Turn
from app.change import BothChanged, Done, Refused
from app.history.words import way_back, who_wrote
from app.policy.actions import Action
from app.policy.actor import Actor
from app.translations import gettext as _
from app.web.both import facing
from app.web.form import Form
from app.web.respond import again, done, page
from app.web.room import Room

agreements = Room("agreements", __name__)

MOST_DIGITS = 6


@agreements.get("/afspraken", needs=Action.PLAN_SEE, load=store.board)
def index(_actor: Actor, board: Board) -> Response:
    """Deze week, later, gedaan."""
    return _page("index", board=board, plan=board.plan, back="index", tab="agreements")


@agreements.get("/afspraken/alle/<part>", needs=Action.PLAN_SEE, load=store.part)
def part(_actor: Actor, pile: Pile) -> Response:
    """One part whole, some at a time."""
    found = pile.board.pile(pile.part, pile.most, _start())
    return _page("part", pile=found, board=pile.board, plan=pile.board.plan, tab="agreements")


@agreements.get("/afspraken/nieuw", needs=Action.PLAN_SEE, load=store.fresh)
def new(_actor: Actor, board: Board) -> Response:
    """The form for a new agreement; a goal or a person in the address stands chosen."""
    form = AgreementForm(formdata=None, goal=_asked("doel"), who=list(filter(None, [_asked("wie")])))
    return _page("new", around=board, plan=board.plan, form=form)


@agreements.post("/afspraken", needs=Action.PLAN_SEE, load=store.fresh)
def add(actor: Actor, board: Board) -> Response:
    """Save a new agreement."""
    form = AgreementForm()
    if form.validate():
        try:
            commands.add(actor, board, form.given(board.today), form.key)
        except Refused as refused:
            form.refuse_for(refused.reason)
        else:
            return done(url_for("agreements.index"), _("Bewaard."))
    return _again("new", around=board, plan=board.plan, form=form)


@agreements.get("/afspraken/<uuid:agreement>", needs=Action.AGREEMENT_SEE, load=store.agreement)
def show(_actor: Actor, agreement: AgreementView) -> Response:
    """An agreement: its times, how they went, what it is for."""
    return _page("show", agreement=agreement, plan=agreement.plan, back="show", tab="agreements")


@agreements.get("/afspraken/<uuid:agreement>/verander", needs=Action.AGREEMENT_CHANGE, load=store.agreement)
def edit(_actor: Actor, agreement: AgreementView) -> Response:
    """The form with an agreement."""
    form = AgreementForm.of(agreement.thing.body)
    shown = {"version": agreement.thing.version, "was": form.as_is()}
    return _page("edit", around=agreement, plan=agreement.plan, form=form, **shown)


@agreements.post("/afspraken/<uuid:agreement>/verander", needs=Action.AGREEMENT_CHANGE, load=store.agreement)
def change(actor: Actor, agreement: AgreementView) -> Response:
    """Save an agreement; when two wrote, show both."""
    form = AgreementForm()
    shown: dict[str, Any] = {}
    if form.validate():
        try:
            commands.edit(actor, agreement, form.given(agreement.today), form.seen, form.key)
        except Refused as refused:
            form.refuse_for(refused.reason)
        except BothChanged as clash:
            theirs, now = clash.theirs, AgreementForm.of(clash.theirs.body)
            both = facing(form, now, agreement.in_form, who_wrote(actor, theirs))
            shown = {"version": theirs.version, "was": now.as_is(), "both": both}
        else:
            return done(url_for("agreements.show", agreement=agreement.thing.id), _("Bewaard."))
    shown = shown or {"version": form.seen or agreement.thing.version, "was": form.as_seen()}
    return _again("edit", around=agreement, plan=agreement.plan, form=form, **shown)


@agreements.post("/afspraken/<uuid:agreement>/weg", needs=Action.AGREEMENT_REMOVE, load=store.removed_too)
def remove(actor: Actor, agreement: AgreementView) -> Response:
    """Into the bin for 30 days."""
    gone = commands.remove(actor, agreement)
    return done(
        url_for("agreements.index"),
        _("Weggehaald. Het blijft 30 dagen bij wat jullie weghaalden."),
        undo=way_back(gone),
    )


@agreements.post("/afspraken/<uuid:agreement>/toch-wel", needs=Action.AGREEMENT_CHANGE, load=store.agreement)
def reopen(actor: Actor, agreement: AgreementView) -> Response:
    """What was not needed any more is agreed again."""
    address = url_for("agreements.show", agreement=agreement.thing.id)
    try:
        commands.reopen(actor, agreement)
    except Refused as refused:
        return done(address, words.sentence(refused.reason))
    return done(address, _("Bewaard."))


@agreements.post("/afspraken/<uuid:agreement>/<day>/gelukt", needs=Action.OUTCOME_TELL, load=store.adults_turn)
def tell_done(actor: Actor, turn: Turn) -> Response:
    """Gelukt, one tap."""
    return _told(actor, turn, Result.DONE, _("Weer een stap gezet. Dat deden jullie zelf."))


@agreements.post("/afspraken/<uuid:agreement>/<day>/niet-gelukt", needs=Action.OUTCOME_TELL, load=store.adults_turn)
def tell_missed(actor: Actor, turn: Turn) -> Response:
    """Niet gelukt. Dat kan. Wat nu?"""
    return _told(actor, turn, Result.MISSED, None)


@agreements.post("/afspraken/<uuid:agreement>/<day>/gelukt/terug", needs=Action.AGREEMENT_SEE, load=store.turn)
def take_back(actor: Actor, turn: Turn) -> Response:
    """Toch niet: what was told or reported of it is taken back, as far as it is theirs; twice is once."""
    commands.take_back(actor, turn, request.form.get("form_key"))
    return after(actor, turn, _("Bewaard."))


@agreements.get("/afspraken/<uuid:agreement>/<day>/wat-nu", needs=Action.AGREEMENT_CHANGE, load=store.turn)
def what_now(_actor: Actor, turn: Turn) -> Response:
    """Wat nu? Another day, somebody else, something smaller, or not needed any more."""
    return _asking(page, "what_now", turn, WhyForm.of(turn))


@agreements.post("/afspraken/<uuid:agreement>/<day>/waarom", needs=Action.OUTCOME_TELL, load=store.adults_turn)
def why(actor: Actor, turn: Turn) -> Response:
    """Why it did not work, in a few words, if they like."""
    form = WhyForm()
    return _answered("what_now", turn, form, lambda: commands.tell(actor, turn, Result.MISSED, form.why.data, form.key))


@agreements.get("/afspraken/<uuid:agreement>/<day>/nieuwe-dag", needs=Action.AGREEMENT_CHANGE, load=store.turn)
def ask_day(_actor: Actor, turn: Turn) -> Response:
    """Which day then?"""
    return _asking(page, "ask_day", turn, NewDayForm(formdata=None))


@agreements.post("/afspraken/<uuid:agreement>/<day>/nieuwe-dag", needs=Action.AGREEMENT_CHANGE, load=store.turn)
def new_day(actor: Actor, turn: Turn) -> Response:
    """Nieuwe dag."""
    form = NewDayForm()
    return _answered("ask_day", turn, form, lambda: commands.new_day(actor, turn, form.given_day(), form.key))


@agreements.get("/afspraken/<uuid:agreement>/<day>/iemand-anders", needs=Action.AGREEMENT_CHANGE, load=store.turn)
def ask_who(_actor: Actor, turn: Turn) -> Response:
    """Who then?"""
    return _asking(page, "ask_who", turn, SomeoneElseForm(formdata=None))


@agreements.post("/afspraken/<uuid:agreement>/<day>/iemand-anders", needs=Action.AGREEMENT_CHANGE, load=store.turn)
def someone_else(actor: Actor, turn: Turn) -> Response:
    """Iemand anders."""
    form = SomeoneElseForm()
    act = commands.someone_else
    return _answered("ask_who", turn, form, lambda: act(actor, turn, form.given_who(), form.chosen_day, form.key))


@agreements.get("/afspraken/<uuid:agreement>/<day>/kleiner", needs=Action.AGREEMENT_CHANGE, load=store.turn)
def ask_smaller(_actor: Actor, turn: Turn) -> Response:
    """What is smaller?"""
    return _asking(page, "ask_smaller", turn, SmallerForm(formdata=None))


@agreements.post("/afspraken/<uuid:agreement>/<day>/kleiner", needs=Action.AGREEMENT_CHANGE, load=store.turn)
def smaller(actor: Actor, turn: Turn) -> Response:
    """Kleiner maken."""
    form = SmallerForm()
    return _answered("ask_smaller", turn, form, lambda: commands.smaller(actor, turn, form.words.data, form.key))


@agreements.get("/afspraken/<uuid:agreement>/<day>/niet-nodig", needs=Action.AGREEMENT_CHANGE, load=store.turn)
def ask_needed(_actor: Actor, turn: Turn) -> Response:
    """Never again, or only not this time?"""
    return _asking(page, "ask_needed", turn, NotNeededForm(formdata=None))


@agreements.post("/afspraken/<uuid:agreement>/<day>/niet-nodig", needs=Action.AGREEMENT_CHANGE, load=store.turn)
def not_needed(actor: Actor, turn: Turn) -> Response:
    """Niet meer nodig: altogether, or only this time."""
    form = NotNeededForm()
    act = commands.not_needed
    return _answered("ask_needed", turn, form, lambda: act(actor, turn, form.only_this_time, form.key))


def _page(template: str, **values: Any) -> Response:
    return page(f"agreements/{template}.html", words=words, **values)


def _again(template: str, **values: Any) -> Response:
    return again(f"agreements/{template}.html", words=words, **values)


def _asking(show: Callable[..., Response], template: str, turn: Turn, form: Form) -> Response:
    return show(f"agreements/{template}.html", turn=turn, plan=turn.agreement.plan, form=form, words=words)


def _answered(template: str, turn: Turn, form: Form, act: Callable[[], Done]) -> Response:
    """Do what was chosen; else the same question with what was typed, or the agreement as it is now."""
    if not form.validate():
        return _asking(again, template, turn, form)
    try:
        act()
    except BothChanged:
        return done(_address(turn, "show"), words.sentence(Reason.NO_SUCH_MOVE))
    except Refused as refused:
        said = words.sentence(refused.reason)
        if refused.reason is Reason.NO_SUCH_MOVE:
            return done(_address(turn, "show"), said)
        form.refuse("who" if refused.reason is Reason.UNKNOWN_PERSON else "day", said)
        return _asking(again, template, turn, form)
    return done(url_for("agreements.index"), _("Bewaard."))


def _told(actor: Actor, turn: Turn, result: Result, said: str | None) -> Response:
    try:
        commands.tell(actor, turn, result, form_key=request.form.get("form_key"))
    except (Refused, BothChanged):
        return after(actor, turn, words.sentence(Reason.NO_SUCH_MOVE))
    return after(actor, turn, said)


def after(actor: Actor, turn: Turn, said: str | None) -> Response:
    """The card as it is now, or the page it stood on; after niet gelukt the question what now."""
    place = request.form.get("back", "")
    fresh = store.turn(actor, turn.thing.id, turn.path) or turn
    address = _address(fresh, "what_now" if fresh.is_missed and fresh.may_change else place)
    return done(address, said, fragment="agreements/_card.html", turn=fresh, back=place)


def _address(turn: Turn, place: str) -> str:
    if place == "what_now":
        return url_for("agreements.what_now", agreement=turn.thing.id, day=turn.path)
    if place == "show":
        return url_for("agreements.show", agreement=turn.thing.id)
    return url_for("home.show" if place == "home" else "agreements.index")


def _start() -> int:
    """How many to pass over, as the address says it."""
    asked = request.args.get("na", "")
    return int(asked) if asked.isdecimal() and len(asked) < MOST_DIGITS else 0


def _asked(name: str) -> UUID | None:
    """An id in the address, when it is one."""
    try:
        return UUID(request.args.get(name, ""))
    except ValueError:
        return None
