"""Joins this room to the app."""

from __future__ import annotations

from typing import Any

from flask import Flask, url_for

from app.agreements import store
from app.agreements.assent import Assent
from app.agreements.models import AGREEMENT, OUTCOME, YES
from app.agreements.reports import agreements
from app.agreements.turns import Turn
from app.agreements.words import told, told_outcome
from app.config import Config
from app.items import Thing
from app.policy.actor import Actor
from app.rooms import Panel, bring_address, bring_kind, bring_panel, bring_staying, bring_told


def register(app: Flask, config: Config) -> None:
    """Bring the room's kinds, routes, and its part of the pages of a person and a goal."""
    bring_kind(AGREEMENT)
    bring_kind(OUTCOME)
    bring_kind(YES)
    bring_staying("yes")
    bring_address(
        "agreement", lambda agreement: url_for("agreements.show", plan=agreement.plan, agreement=agreement.id)
    )
    bring_address("outcome", lambda outcome: url_for("agreements.show", plan=outcome.plan, agreement=outcome.parent))
    bring_told("agreement", told)
    bring_told("outcome", told_outcome)
    bring_panel("person", "agreements", _with_person)
    bring_panel("goal", "agreements", _for_goal)
    app.jinja_env.globals["assent_of"] = Assent
    app.register_blueprint(agreements)


def _with_person(actor: Actor, person: Thing[Any]) -> Panel | None:
    board = store.board(actor)
    return _panel(board.for_person(person.id), "wie", person, board.may_add)


def _for_goal(actor: Actor, goal: Thing[Any]) -> Panel | None:
    board = store.board(actor)
    return _panel(board.for_goal(goal.id), "doel", goal, board.may_add)


def _panel(turns: list[Turn], asked: str, thing: Thing[Any], may_add: bool) -> Panel | None:
    if not turns and not may_add:
        return None
    return Panel("agreements/_panel.html", {"turns": turns, "may_add": may_add, "chosen": {asked: thing.id}})
