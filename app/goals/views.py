"""Pages and forms of goals. HTTP only."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app.change import Refused
from app.goals import commands, store, words
from app.goals.forms import GoalForm, StepForm
from app.goals.nouns import GoalState, StepState
from app.goals.store import GoalsView, GoalView, StepView
from app.policy.actions import Action
from app.policy.actor import Actor
from app.translations import gettext as _
from app.web.respond import again, done, page
from app.web.room import Room

goals = Room("goals", __name__)


@goals.get("/doelen", needs=Action.PLAN_SEE, load=store.goals)
def index(_actor: Actor, board: GoalsView) -> Response:
    """All goals: now, later, gelukt, not any more."""
    return page("goals/index.html", board=board, plan=board.plan, tab="plan")


@goals.get("/doelen/nieuw", needs=Action.PLAN_SEE, load=store.goals)
def new(_actor: Actor, board: GoalsView) -> Response:
    """The form for a new goal."""
    return page("goals/new.html", board=board, plan=board.plan, form=GoalForm(formdata=None))


@goals.post("/doelen", needs=Action.PLAN_SEE, load=store.goals)
def add(actor: Actor, board: GoalsView) -> Response:
    """Save a new goal."""
    form = GoalForm()
    if form.validate():
        try:
            saved = commands.add(actor, board, form.given(), form.key)
        except Refused as refused:
            form.words.errors = [words.sentence(refused.reason)]
        else:
            return done(url_for("goals.show", goal=saved.id), _("Bewaard."))
    return again("goals/new.html", board=board, plan=board.plan, form=form)


@goals.get("/doelen/<uuid:goal>", needs=Action.GOAL_SEE, load=store.goal)
def show(_actor: Actor, goal: GoalView) -> Response:
    """A goal, its thread and its small steps."""
    return page("goals/show.html", goal=goal, form=StepForm(formdata=None), tab="plan")


@goals.post("/stappen/<uuid:step>/gelukt", needs=Action.STEP_CHANGE, load=store.step)
def step_done(actor: Actor, step: StepView) -> Response:
    """Mark a step as done."""
    commands.mark_step(actor, step, StepState.DONE)
    return _after_step(actor, step, _("Weer een stap gezet. Dat deden jullie zelf."))


def _after_step(actor: Actor, step: StepView, said: str) -> Response:
    goal = store.goal(actor, step.goal.thing.id)
    return done(url_for("goals.show", goal=step.goal.thing.id), said, fragment="goals/_steps.html", goal=goal)


def _moved(actor: Actor, goal: GoalView, state: GoalState) -> Response:
    try:
        commands.move_to(actor, goal, state)
    except Refused as refused:
        return done(url_for("goals.show", goal=goal.thing.id), words.sentence(refused.reason))
    return done(url_for("goals.show", goal=goal.thing.id), _("Bewaard."))
