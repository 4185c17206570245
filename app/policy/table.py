"""The policy. Read a row as: for this act, each kind of actor must pass all the questions behind it.

An actor kind that is not in a row may not. `onsplan matrix` prints this table. Source: design page `access`, Matrix.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.policy.audience import Facts
from app.policy.predicates import (
    for_a_reason,
    in_the_plan,
    is_named_in_it,
    keeps_its_host_hidden,
    kind_is_open,
    may_choose_its_audience,
    sees_it,
    wrote_it,
)

Question = Callable[[Actor, Facts | None], bool]
Row = Mapping[ActorKind, tuple[Question, ...]]

_PARENT, _MEEHELPER, _LINK, _SYSTEM = (
    ActorKind.PARENT,
    ActorKind.MEEHELPER,
    ActorKind.LINK_HOLDER,
    ActorKind.SYSTEM,
)

_parents: Row = {_PARENT: (in_the_plan,)}
_members: Row = {_PARENT: (in_the_plan,), _MEEHELPER: (in_the_plan,)}
_who_sees_it: Row = {_PARENT: (sees_it,), _MEEHELPER: (sees_it,)}
_who_may_add: Row = {_PARENT: (in_the_plan,), _MEEHELPER: (in_the_plan, kind_is_open)}
_who_may_change: Row = {_PARENT: (sees_it,), _MEEHELPER: (sees_it, kind_is_open)}
_who_may_remove: Row = {_PARENT: (sees_it,), _MEEHELPER: (sees_it, kind_is_open, wrote_it)}

TABLE: Mapping[Action, Row] = {
    Action.PLAN_START: {ActorKind.NOBODY: (), _PARENT: (in_the_plan,)},
    Action.PLAN_SEE: _members,
    Action.PLAN_CHANGE: _parents,
    Action.ENTRY_SEE: _members,
    Action.CARD_MAKE: _members,
    Action.CARD_KEEP: _who_sees_it,
    Action.CARD_STOP: _who_sees_it,
    Action.DEVICE_STOP: _members,
    Action.MEMBER_LET_IN: _parents,
    Action.MEMBER_AGREE: _parents,
    Action.MEMBER_JOIN: {_PARENT: (in_the_plan, is_named_in_it), _MEEHELPER: (in_the_plan, is_named_in_it)},
    Action.MEMBER_STOP: _parents,
    Action.HOME_SEE: _who_sees_it,
    Action.HOME_ADD: _who_may_add,
    Action.HOME_CHANGE: _who_may_change,
    Action.HOME_REMOVE: _who_may_remove,
    Action.PERSON_SEE: _who_sees_it,
    Action.PERSON_ADD: _who_may_add,
    Action.PERSON_CHANGE: _who_may_change,
    Action.PERSON_REMOVE: _who_may_remove,
    Action.GOAL_SEE: _who_sees_it,
    Action.GOAL_ADD: _who_may_add,
    Action.GOAL_CHANGE: _who_may_change,
    Action.GOAL_REMOVE: _who_may_remove,
    Action.STEP_ADD: _who_may_change,
    Action.STEP_CHANGE: _who_may_change,
    Action.STEP_REMOVE: _who_may_remove,
    Action.AGREEMENT_SEE: _who_sees_it,
    Action.AGREEMENT_ADD: _who_may_add,
    Action.AGREEMENT_CHANGE: _who_may_change,
    Action.AGREEMENT_REMOVE: _who_may_remove,
    Action.OUTCOME_TELL: {_PARENT: (sees_it,), _MEEHELPER: (sees_it, is_named_in_it)},
    Action.OUTCOME_REPORT: {_LINK: (sees_it, is_named_in_it, keeps_its_host_hidden)},
    Action.OUTCOME_TAKE_BACK: {_PARENT: (sees_it,), _MEEHELPER: (sees_it, wrote_it), _LINK: (sees_it, wrote_it)},
    Action.AUDIENCE_CHANGE: {_PARENT: (sees_it, may_choose_its_audience)},
    Action.PAPER_MAKE: _members,
    Action.SHARE_SEE: {_PARENT: (in_the_plan,)},
    Action.SHARE_MAKE: _parents,
    Action.SHARE_PREVIEW: {_PARENT: (sees_it,)},
    Action.SHARE_CHANGE: {_PARENT: (sees_it,)},
    Action.SHARE_EXTEND: {_PARENT: (sees_it,)},
    Action.SHARE_STOP: {_PARENT: (sees_it,), _SYSTEM: (for_a_reason,)},
    Action.SHARED_SEE: {_LINK: (in_the_plan,)},
    Action.LOOK_SEE: _parents,
    Action.HISTORY_SEE: _members,
    Action.UNDO: {_PARENT: (sees_it,), _MEEHELPER: (sees_it, kind_is_open)},
    Action.RESTORE: {_PARENT: (sees_it,), _MEEHELPER: (sees_it, kind_is_open, wrote_it)},
    Action.ERASE: {_SYSTEM: (for_a_reason,)},
}
