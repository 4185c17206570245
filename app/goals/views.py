"""Pages and forms of goals. HTTP only."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from app.change import BothChanged, Refused
from app.goals import commands, store, words
from app.goals.forms import GoalForm, StepForm
from app.goals.nouns import GoalState, StepState
from app.goals.store import GoalsView, GoalView, StepView
from app.history.words import way_back, who_wrote
from app.items import Thing
from app.policy.actions import Action
from app.policy.actor import Actor
from app.rooms import panels
from app.translations import gettext as _
from app.web.both import facing
from app.web.form import Form
from app.web.respond import again, done, page
from app.web.room import Room

goals = Room("goals", __name__)


@goals.get("/doelen", needs=Action.PLAN_SEE, load=store.goals)
def index(_actor: Actor, board: GoalsView) -> Response:
    """All goals: now, later, gelukt, not any more."""
    return page("goals/index.html", board=board, plan=board.plan, words=words, tab="plan")


@goals.get("/doelen/nieuw", needs=Action.PLAN_SEE, load=store.fresh)
def new(_actor: Actor, board: GoalsView) -> Response:
    """The form for a new goal; a life domain in the address stands chosen."""
    form = GoalForm(formdata=None, domain=request.args.get("over", ""))
    return page("goals/new.html", board=board, plan=board.plan, words=words, form=form)


@goals.post("/doelen", needs=Action.PLAN_SEE, load=store.fresh)
def add(actor: Actor, board: GoalsView) -> Response:
    """Save a new goal."""
    form = GoalForm()
    if form.validate():
        try:
            saved = commands.add(actor, board, form.given(), form.key)
        except Refused as refused:
            form.refuse("whose", words.sentence(refused.reason))
        else:
            return done(url_for("goals.show", goal=saved.id), _("Bewaard."))
    return again("goals/new.html", board=board, plan=board.plan, words=words, form=form)


@goals.get("/doelen/<uuid:goal>", needs=Action.GOAL_SEE, load=store.goal)
def show(actor: Actor, goal: GoalView) -> Response:
    """A goal, its thread and its small steps."""
    return page("goals/show.html", form=StepForm(formdata=None), **_around(actor, goal))


@goals.get("/doelen/<uuid:goal>/verander", needs=Action.GOAL_CHANGE, load=store.goal)
def edit(_actor: Actor, goal: GoalView) -> Response:
    """The form with a goal's words and look."""
    shown = _filled_in(GoalForm.of(goal.thing.body), goal.thing)
    return page("goals/edit.html", goal=goal, plan=goal.plan, words=words, **shown)


@goals.post("/doelen/<uuid:goal>/verander", needs=Action.GOAL_CHANGE, load=store.goal)
def change(actor: Actor, goal: GoalView) -> Response:
    """Save a goal's words and look; when two wrote, show both."""
    form = GoalForm()
    shown: dict[str, Any] = {}
    if form.validate():
        try:
            commands.edit(actor, goal, form.given(), form.seen, form.key)
        except Refused as refused:
            form.refuse("whose", words.sentence(refused.reason))
        except BothChanged as clash:
            theirs, now = clash.theirs, GoalForm.of(clash.theirs.body)
            both = facing(form, now, partial(words.in_form, goal.whole), who_wrote(actor, theirs))
            shown = {"version": theirs.version, "was": now.as_is(), "both": both}
        else:
            return done(url_for("goals.show", goal=goal.thing.id), _("Bewaard."))
    shown = shown or _typed(form, goal.thing)
    return again("goals/edit.html", goal=goal, plan=goal.plan, words=words, form=form, **shown)


@goals.post("/doelen/<uuid:goal>/nu", needs=Action.GOAL_CHANGE, load=store.goal)
def now(actor: Actor, goal: GoalView) -> Response:
    """Back to what the family works on now."""
    return _moved(actor, goal, GoalState.NOW, _("Bewaard."))


@goals.post("/doelen/<uuid:goal>/later", needs=Action.GOAL_CHANGE, load=store.goal)
def later(actor: Actor, goal: GoalView) -> Response:
    """Not now."""
    return _moved(actor, goal, GoalState.LATER, _("Bewaard."))


@goals.post("/doelen/<uuid:goal>/gelukt", needs=Action.GOAL_CHANGE, load=store.goal)
def reached(actor: Actor, goal: GoalView) -> Response:
    """Reached."""
    return _moved(actor, goal, GoalState.REACHED, _("Dit wilden jullie. En het is gelukt."))


@goals.post("/doelen/<uuid:goal>/niet-meer", needs=Action.GOAL_CHANGE, load=store.goal)
def dropped(actor: Actor, goal: GoalView) -> Response:
    """Not wanted any more; needs no reason."""
    return _moved(actor, goal, GoalState.DROPPED, _("Bewaard."))


@goals.post("/doelen/<uuid:goal>/omhoog", needs=Action.GOAL_CHANGE, load=store.goal)
def up(actor: Actor, goal: GoalView) -> Response:
    """One place up among the goals in its state."""
    return _reordered(actor, goal, -1)


@goals.post("/doelen/<uuid:goal>/omlaag", needs=Action.GOAL_CHANGE, load=store.goal)
def down(actor: Actor, goal: GoalView) -> Response:
    """One place down."""
    return _reordered(actor, goal, 1)


@goals.post("/doelen/<uuid:goal>/weg", needs=Action.GOAL_REMOVE, load=store.goal)
def remove(actor: Actor, goal: GoalView) -> Response:
    """Into the bin for 30 days."""
    gone = commands.remove(actor, goal)
    return done(
        url_for("goals.index"), _("Weggehaald. Het blijft 30 dagen bij wat jullie weghaalden."), undo=way_back(gone)
    )


@goals.post("/doelen/<uuid:goal>/stappen", needs=Action.GOAL_CHANGE, load=store.goal)
def add_step(actor: Actor, goal: GoalView) -> Response:
    """Add a small step."""
    form = StepForm()
    if form.validate():
        try:
            commands.add_step(actor, goal, form.given(), form.key)
        except Refused as refused:
            form.refuse("helpers", words.sentence(refused.reason))
        else:
            return _after_step(actor, goal, _("Bewaard."))
    return again("goals/show.html", form=form, **_around(actor, goal))


@goals.get("/stappen/<uuid:step>/verander", needs=Action.STEP_CHANGE, load=store.step)
def edit_step(_actor: Actor, step: StepView) -> Response:
    """The form with a step's words and helpers."""
    shown = _filled_in(StepForm.of(step.thing.body), step.thing)
    return page("goals/edit_step.html", step=step, plan=step.goal.plan, words=words, **shown)


@goals.post("/stappen/<uuid:step>/verander", needs=Action.STEP_CHANGE, load=store.step)
def change_step(actor: Actor, step: StepView) -> Response:
    """Save a step's words and helpers; when two wrote, show both."""
    form = StepForm()
    shown: dict[str, Any] = {}
    if form.validate():
        try:
            commands.edit_step(actor, step, form.given(), form.seen, form.key)
        except Refused as refused:
            form.refuse("helpers", words.sentence(refused.reason))
        except BothChanged as clash:
            theirs, now = clash.theirs, StepForm.of(clash.theirs.body)
            both = facing(form, now, partial(words.step_in_form, step.goal.whole), who_wrote(actor, theirs))
            shown = {"version": theirs.version, "was": now.as_is(), "both": both}
        else:
            return done(url_for("goals.show", goal=step.goal.thing.id), _("Bewaard."))
    shown = shown or _typed(form, step.thing)
    return again("goals/edit_step.html", step=step, plan=step.goal.plan, words=words, form=form, **shown)


@goals.post("/stappen/<uuid:step>/gelukt", needs=Action.STEP_CHANGE, load=store.step)
def step_done(actor: Actor, step: StepView) -> Response:
    """Mark a step as done."""
    commands.mark_step(actor, step, StepState.DONE)
    return _after_step(actor, step.goal, _("Weer een stap gezet. Dat deden jullie zelf."))


@goals.post("/stappen/<uuid:step>/gelukt/terug", needs=Action.STEP_CHANGE, load=store.step)
def step_open(actor: Actor, step: StepView) -> Response:
    """Not done after all."""
    commands.mark_step(actor, step, StepState.OPEN)
    return _after_step(actor, step.goal, _("Bewaard."))


@goals.post("/stappen/<uuid:step>/omhoog", needs=Action.STEP_CHANGE, load=store.step)
def step_up(actor: Actor, step: StepView) -> Response:
    """One place up."""
    return _step_reordered(actor, step, -1)


@goals.post("/stappen/<uuid:step>/omlaag", needs=Action.STEP_CHANGE, load=store.step)
def step_down(actor: Actor, step: StepView) -> Response:
    """One place down."""
    return _step_reordered(actor, step, 1)


@goals.post("/stappen/<uuid:step>/weg", needs=Action.STEP_REMOVE, load=store.step)
def remove_step(actor: Actor, step: StepView) -> Response:
    """Into the bin for 30 days."""
    gone = commands.remove_step(actor, step)
    return done(url_for("goals.show", goal=step.goal.thing.id), _("Weggehaald."), undo=way_back(gone))


def _filled_in(form: Form, thing: Thing[Any]) -> dict[str, Any]:
    """A form that shows what stands in the plan."""
    return {"form": form, "version": thing.version, "was": form.as_is()}


def _typed(form: Form, thing: Thing[Any]) -> dict[str, Any]:
    """A form that was refused: from which words its writer began."""
    return {"version": form.seen or thing.version, "was": form.as_seen()}


def _around(actor: Actor, goal: GoalView) -> dict[str, Any]:
    said = panels("goal", actor, goal.thing)
    return {"goal": goal, "plan": goal.plan, "words": words, "panels": said, "tab": "plan"}


def _moved(actor: Actor, goal: GoalView, state: GoalState, said: str) -> Response:
    address = url_for("goals.show", goal=goal.thing.id)
    try:
        commands.move_to(actor, goal, state)
    except Refused as refused:
        return done(address, words.sentence(refused.reason))
    return done(address, said)


def _reordered(actor: Actor, goal: GoalView, by: int) -> Response:
    commands.reorder(actor, store.goals(actor), goal.thing, by, request.form.get("form_key"))
    return done(url_for("goals.index") + f"#goal-{goal.thing.id}")


def _step_reordered(actor: Actor, step: StepView, by: int) -> Response:
    commands.reorder_step(actor, step, by, request.form.get("form_key"))
    return done(url_for("goals.edit_step", step=step.thing.id))


def _after_step(actor: Actor, goal: GoalView, said: str) -> Response:
    fresh = store.goal(actor, goal.thing.id) or goal
    return done(
        url_for("goals.show", goal=goal.thing.id),
        said,
        fragment="goals/_steps.html",
        goal=fresh,
        words=words,
    )
