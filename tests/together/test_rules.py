"""Who may type on the family's phone, and what stays within reach meanwhile, as tables."""

from dataclasses import replace
from uuid import UUID

import pytest

from app.policy.actions import Action
from app.policy.actor import Actor, Ring
from app.policy.audience import ON_A_SEAT, Audience, Facts, Who, may_lie_open, sees
from app.policy.decide import permits
from app.policy.together import WITHIN_REACH
from app.together.rules import Reason, may_type, why_not_choose
from tests.policy.people import ACTORS, ident, item

SARA, LISA, NELE, OMA = (UUID(int=number) for number in range(4))

# person, ring, may type: Sara is a parent, Nele a meehelper in ring 1.
TYPES = [
    (LISA, Ring.SERVICES, True),
    (OMA, Ring.CLOSE, False),
    (OMA, Ring.WE, False),
    (NELE, Ring.WE, True),
    (NELE, Ring.CLOSE, True),
    (SARA, Ring.WE, False),
    (SARA, Ring.SERVICES, False),
]


@pytest.mark.parametrize(("person", "ring", "may"), TYPES)
def test_who_may_type(person: UUID, ring: Ring, may: bool) -> None:
    assert may_type(person, ring, parents={SARA}, helpers={NELE}) is may


@pytest.mark.parametrize(
    ("person", "reason"), [(LISA, None), (OMA, Reason.NOBODY_CHOSEN), (None, Reason.NOBODY_CHOSEN)]
)
def test_only_who_was_offered_is_chosen(person: UUID | None, reason: Reason | None) -> None:
    assert why_not_choose(person, {LISA, NELE}) is reason


# What asks for the phone back. A new act asks too, until somebody decides otherwise here and in the product.
ASKS = {
    "PLAN_START", "ENTRY_SEE", "CARD_MAKE", "CARD_KEEP", "CARD_STOP", "DEVICE_STOP", "MEMBER_LET_IN", "MEMBER_AGREE",
    "MEMBER_JOIN", "MEMBER_STOP", "OUTCOME_REPORT", "AUDIENCE_CHANGE", "PAPER_MAKE", "SHARE_SEE", "SHARE_MAKE",
    "SHARE_PREVIEW", "SHARE_CHANGE", "SHARE_EXTEND", "SHARE_STOP", "SHARED_SEE", "LOOK_SEE", "GUEST_LEAVE",
    "PROPOSAL_SEE", "PROPOSAL_SEND", "PROPOSAL_TAKE_BACK", "PROPOSAL_DECIDE", "TALKS_SEE", "TALK_SEE", "TALK_TELL",
    "TALK_ANSWER", "WRITE_TOGETHER", "NEWS_SEE", "ERASE",
}  # fmt: skip
REACH = ("PLAN", "HOME", "PERSON", "GOAL", "STEP", "AGREEMENT", "PHOTO")


def test_what_asks_for_the_phone_back() -> None:
    within = {action.name for action in WITHIN_REACH}
    assert not within & ASKS
    rest = {"OUTCOME_TELL", "OUTCOME_TAKE_BACK", "HISTORY_SEE", "UNDO", "RESTORE"}
    assert {name for name in within if not name.startswith(REACH)} == rest
    assert {action.name for action in Action} >= ASKS


def test_nobody_chooses_who_sees_a_thing_on_a_lent_phone() -> None:
    sara, ours = ACTORS["sara"], item("goal")
    assert permits(sara, Action.AUDIENCE_CHANGE, ours)
    assert not permits(replace(sara, scribe=ident("lisa")), Action.AUDIENCE_CHANGE, ours)


SHARE = item("share", kind="share")
LIES_OPEN: dict[str, tuple[Facts, bool]] = {
    "ours": (item("goal"), True),
    "ours and the ring's": (item("ring", audience=Audience(Who.WE_AND, rings=(Ring.CLOSE,))), True),
    "mine": (item("mine", by="sara", audience=Audience(Who.ME)), False),
    "mine and oma's": (item("two", by="sara", audience=Audience(Who.ME_AND, people=(ident("oma"),))), False),
    "on what is mine": (item("step", under=item("kept", by="sara", audience=Audience(Who.ME))), False),
    "a share": (SHARE, False),
    "a key": (item("member", kind="member"), False),
    "on a guest's seat": (item("talk", kind="talk", default=ON_A_SEAT, under=SHARE), False),
}


@pytest.mark.parametrize("name", LIES_OPEN)
def test_what_lies_open_on_a_lent_phone(name: str) -> None:
    facts, opens = LIES_OPEN[name]
    sara: Actor = ACTORS["sara"]
    assert may_lie_open(facts) is opens
    assert sees(sara, facts)
    assert sees(replace(sara, scribe=ident("lisa")), facts) is opens
