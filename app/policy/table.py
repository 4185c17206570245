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
    keeps_a_key,
    keeps_its_host_hidden,
    kind_is_open,
    may_choose_its_audience,
    paper_is_open,
    sees_it,
    with_own_hand,
    wrote_it,
)

Question = Callable[[Actor, Facts | None], bool]
Row = Mapping[ActorKind, tuple[Question, ...]]

_PARENT, _MEEHELPER, _GUEST, _LINK, _SYSTEM, _CHILD, _TRUSTED = (
    ActorKind.PARENT,
    ActorKind.MEEHELPER,
    ActorKind.GUEST,
    ActorKind.LINK_HOLDER,
    ActorKind.SYSTEM,
    ActorKind.CHILD,
    ActorKind.TRUSTED,
)

_parents: Row = {_PARENT: (in_the_plan,)}
# Ways in, and what nobody takes back: not while somebody types on their phone.
_parents_themselves: Row = {_PARENT: (in_the_plan, with_own_hand)}
_members: Row = {_PARENT: (in_the_plan,), _MEEHELPER: (in_the_plan,)}
_everybody_inside: Row = {**_members, _GUEST: (in_the_plan,)}
_its_member: Row = {_PARENT: (sees_it,), _MEEHELPER: (sees_it,)}
_who_sees_it: Row = {**_its_member, _GUEST: (sees_it,)}
_the_child: Row = {_CHILD: (in_the_plan,)}
_its_child: Row = {_CHILD: (sees_it, wrote_it)}
# Everybody whom a child may choose.
_whom_a_child_chose: Row = dict.fromkeys((_PARENT, _MEEHELPER, _GUEST, _LINK, _TRUSTED), (sees_it,))
_who_may_add: Row = {_PARENT: (in_the_plan,), _MEEHELPER: (in_the_plan, kind_is_open)}
_who_may_change: Row = {_PARENT: (sees_it,), _MEEHELPER: (sees_it, kind_is_open)}
_who_may_remove: Row = {_PARENT: (sees_it,), _MEEHELPER: (sees_it, kind_is_open, wrote_it)}

TABLE: Mapping[Action, Row] = {
    Action.PLAN_START: {ActorKind.NOBODY: (), _PARENT: (in_the_plan,)},
    Action.PLAN_SEE: _everybody_inside,
    Action.PLAN_CHANGE: _parents,
    Action.PLAN_CLOSE: _parents_themselves,
    Action.PLAN_COPY: _parents_themselves,
    Action.ENTRY_SEE: _members,
    Action.CARD_MAKE: {
        **dict.fromkeys((_PARENT, _MEEHELPER), (in_the_plan, with_own_hand)),
        _CHILD: (in_the_plan, keeps_a_key),
    },
    # A card says itself that it is kept when it opens something, also that of a child.
    Action.CARD_KEEP: {**_its_member, _CHILD: (sees_it,)},
    Action.CARD_STOP: {**_its_member, _CHILD: (sees_it, keeps_a_key)},
    Action.DEVICE_STOP: {**_members, _CHILD: (in_the_plan, keeps_a_key)},
    Action.MEMBER_LET_IN: _parents_themselves,
    Action.MEMBER_AGREE: _parents_themselves,
    Action.MEMBER_JOIN: {_PARENT: (in_the_plan, is_named_in_it), _MEEHELPER: (in_the_plan, is_named_in_it)},
    Action.MEMBER_LEAVE: {_PARENT: (in_the_plan, is_named_in_it, with_own_hand)},
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
    Action.AGREEMENT_ACCEPT: {
        _PARENT: (sees_it,),
        _MEEHELPER: (sees_it, is_named_in_it),
        **dict.fromkeys((_GUEST, _LINK), (sees_it, is_named_in_it, keeps_its_host_hidden)),
    },
    Action.OUTCOME_TELL: {
        _PARENT: (sees_it,),
        **dict.fromkeys((_MEEHELPER, _CHILD), (sees_it, is_named_in_it)),
    },
    Action.OUTCOME_REPORT: dict.fromkeys((_GUEST, _LINK), (sees_it, is_named_in_it, keeps_its_host_hidden)),
    Action.OUTCOME_TAKE_BACK: {
        _PARENT: (sees_it,),
        **dict.fromkeys((_MEEHELPER, _CHILD, _GUEST, _LINK), (sees_it, wrote_it)),
    },
    Action.MOMENT_SEE: _who_sees_it,
    Action.MOMENT_ADD: _who_may_add,
    Action.MOMENT_CHANGE: _who_may_change,
    Action.MOMENT_REMOVE: _who_may_remove,
    Action.PHOTO_SEE: {**_who_sees_it, **dict.fromkeys((_LINK, _CHILD), (sees_it,))},
    Action.PHOTO_CHANGE: _who_may_change,
    Action.AUDIENCE_CHANGE: {
        _PARENT: (sees_it, may_choose_its_audience),
        _CHILD: (sees_it, wrote_it, may_choose_its_audience),
    },
    Action.PAPER_MAKE: {**_members, _GUEST: (in_the_plan, paper_is_open)},
    Action.PAPER_OWN: {_LINK: (in_the_plan,)},
    Action.PAPER_OWN_PAGE: _the_child,
    Action.PAPER_OPEN: {**_members, **_the_child},
    Action.SHARE_SEE: {_PARENT: (in_the_plan,)},
    Action.SHARE_MAKE: _parents_themselves,
    Action.SHARE_PREVIEW: {_PARENT: (sees_it,)},
    Action.SHARE_CHANGE: {_PARENT: (sees_it,)},
    Action.SHARE_EXTEND: {_PARENT: (sees_it, with_own_hand)},
    Action.SHARE_STOP: {_PARENT: (sees_it,), _SYSTEM: (for_a_reason,)},
    Action.SHARED_SEE: {_LINK: (in_the_plan,)},
    Action.LOOK_SEE: _parents,
    Action.GUEST_LEAVE: {_GUEST: (in_the_plan,)},
    Action.GUEST_ASK: {_SYSTEM: (for_a_reason,)},
    Action.GUEST_ANSWER: {_PARENT: (sees_it,)},
    Action.PROPOSALS_SEE: _parents,
    Action.PROPOSAL_SEE: {_PARENT: (sees_it,), _GUEST: (sees_it,)},
    Action.PROPOSAL_SEND: {_GUEST: (in_the_plan,)},
    Action.PROPOSAL_TAKE_BACK: {_GUEST: (sees_it, wrote_it)},
    Action.PROPOSAL_DECIDE: {_PARENT: (sees_it,)},
    Action.PROPOSAL_END: {_SYSTEM: (for_a_reason,)},
    Action.TALKS_SEE: {_PARENT: (in_the_plan,), _GUEST: (in_the_plan,)},
    Action.TALK_SEE: {_PARENT: (sees_it,), _GUEST: (sees_it,)},
    Action.TALK_TELL: {_GUEST: (in_the_plan,)},
    Action.TALK_ANSWER: {_PARENT: (sees_it,)},
    Action.WRITE_TOGETHER: _parents,
    Action.CHILD_PAGES_SEE: _parents,
    Action.CHILD_PAGE_MAKE: _parents_themselves,
    Action.CHILD_PAGE_CHANGE: {_PARENT: (sees_it, with_own_hand)},
    Action.CHILD_PAGE_STOP: {_PARENT: (sees_it,)},
    Action.PHONE_GIVE: {_PARENT: (sees_it, with_own_hand)},
    Action.OWN_DAY_SEE: _the_child,
    Action.OWN_STEP_TELL: {_CHILD: (sees_it,)},
    Action.OWN_SEE: {_CHILD: (sees_it,)},
    Action.OWN_ADD: _the_child,
    Action.OWN_CHANGE: _its_child,
    Action.OWN_REMOVE: _its_child,
    Action.OWN_LOOKS_SEE: _the_child,
    Action.OWN_LOCK: _the_child,
    Action.OWN_COPY: _the_child,
    Action.OWN_LINK: _the_child,
    Action.TRUSTED_NAME: _the_child,
    Action.TRUSTED_STOP: {_CHILD: (sees_it, wrote_it), _TRUSTED: (sees_it,)},
    Action.TOLD_SEE: _whom_a_child_chose,
    Action.REPLY_ADD: _whom_a_child_chose,
    Action.WISH_ANSWER: {_PARENT: (sees_it,)},
    Action.NEWS_SEE: _everybody_inside,
    Action.HISTORY_SEE: _members,
    Action.UNDO: {_PARENT: (sees_it,), _MEEHELPER: (sees_it, kind_is_open)},
    Action.RESTORE: {_PARENT: (sees_it,), _MEEHELPER: (sees_it, kind_is_open, wrote_it)},
    Action.ERASE: {_SYSTEM: (for_a_reason,)},
}
