"""A child's own pages of the plan. HTTP only."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from app.agreements import commands as agreements
from app.agreements.nouns import Result
from app.agreements.turns import Turn
from app.change import BothChanged, Refused
from app.days import commands, people, store, words
from app.days.people import Helper, OwnGoal, OwnStep
from app.days.store import Day, Week
from app.goals.nouns import StepState
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits
from app.web.respond import done, page
from app.web.room import Room

days = Room("days", __name__, child=True)
MOST_DIGITS = 3


@days.get("/mij", needs=Action.OWN_DAY_SEE, load=store.today)
def today(actor: Actor, _day: Day) -> Response:
    """Vandaag: what happens, and what is done."""
    asked = request.args.get("kijk", "")
    looks_at = int(asked) if asked.isdecimal() and len(asked) < MOST_DIGITS else None
    return _page("days/today.html", tab="today", today=store.today(actor, looks_at))


@days.get("/mij/dag/<day>", needs=Action.OWN_DAY_SEE, load=store.day)
def day(_actor: Actor, day: Day) -> Response:
    """Another day, to look at."""
    return _page("days/day.html", tab="week", shown=day, day=day.day.weekday())


@days.get("/mij/week", needs=Action.OWN_DAY_SEE, load=store.week)
def week(_actor: Actor, week: Week) -> Response:
    """Seven days, a picture each, and where I sleep."""
    return _page("days/week.html", tab="week", week=week)


@days.post("/mij/klaar/<uuid:agreement>/<day>", needs=Action.OWN_DAY_SEE, load=store.turn)
def tell_done(actor: Actor, turn: Turn) -> Response:
    """Gelukt; of what others do, only that it is over for me."""
    if not permits(actor, Action.OUTCOME_TELL, turn.thing.facts):
        store.put_away(turn)
        return _after(actor, None)
    return _told(actor, turn, Result.DONE, words.done())


@days.post("/mij/niet-gelukt/<uuid:agreement>/<day>", needs=Action.OUTCOME_TELL, load=store.turn)
def tell_missed(actor: Actor, turn: Turn) -> Response:
    """Niet gelukt. Dat kan."""
    return _told(actor, turn, Result.MISSED, words.missed())


@days.post("/mij/toch-niet/<uuid:agreement>/<day>", needs=Action.OWN_DAY_SEE, load=store.turn)
def take_back(actor: Actor, turn: Turn) -> Response:
    """What I said of it is gone."""
    store.take_out(turn)
    agreements.take_back(actor, turn, request.form.get("form_key"))
    return _after(actor, None)


@days.get("/mij/wie", needs=Action.OWN_DAY_SEE, load=people.helpers)
def who(_actor: Actor, helpers: list[Helper]) -> Response:
    """Wie helpt mij? Faces, and a way to ask for somebody more."""
    return _page("days/who.html", tab="who", helpers=helpers)


@days.get("/mij/wie/<uuid:person>", needs=Action.OWN_DAY_SEE, load=people.helper)
def helper(_actor: Actor, helper: Helper) -> Response:
    """One of them: what they help me with, and how I reach them."""
    return _page("days/helper.html", tab="who", helper=helper)


@days.get("/mij/ik", needs=Action.OWN_DAY_SEE, load=store.today)
def mine(_actor: Actor, today: Day) -> Response:
    """What is mine: how I feel, what I like, my steps, what I keep."""
    return _page("days/mine.html", tab="me", today=today)


@days.get("/mij/stappen", needs=Action.OWN_DAY_SEE, load=people.goals)
def steps(_actor: Actor, goals: list[OwnGoal]) -> Response:
    """My small steps, each goal with its thread."""
    return _page("days/steps.html", tab="me", goals=goals)


@days.post("/mij/stappen/<uuid:step>/gelukt", needs=Action.OWN_STEP_TELL, load=people.step)
def tick(actor: Actor, step: OwnStep) -> Response:
    """A step is done: a knot in the thread."""
    return _ticked(actor, step, StepState.DONE, words.step_done())


@days.post("/mij/stappen/<uuid:step>/gelukt/terug", needs=Action.OWN_STEP_TELL, load=people.step)
def untick(actor: Actor, step: OwnStep) -> Response:
    """Not done after all."""
    return _ticked(actor, step, StepState.OPEN, None)


def _ticked(actor: Actor, step: OwnStep, state: StepState, said: str | None) -> Response:
    try:
        commands.tick(actor, step, state)
    except BothChanged:
        said = None
    return done(url_for("days.steps"), said, fragment="days/_steps.html", goals=people.goals(actor), words=words)


def _told(actor: Actor, turn: Turn, result: Result, said: str) -> Response:
    try:
        agreements.tell(actor, turn, result, form_key=request.form.get("form_key"))
    except (Refused, BothChanged):
        return _after(actor, None)
    return _after(actor, said)


def _after(actor: Actor, said: str | None) -> Response:
    """Today as it is now, with what comes next."""
    return done(url_for("days.today"), said, fragment="days/_today.html", today=store.today(actor), words=words)


def _page(template: str, **values: Any) -> Response:
    return page(template, words=words, plan=True, **values)
