"""Who may do what, for every act and every sort of actor, written down by hand beside the table of the product.

A change of `app/policy/table.py` is wanted here too; and a guard that is taken away there is noticed here: the last
tests take each one away in turn.
"""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.policy import decide, predicates
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.policy.audience import IN_OWN_LAYER as OWN
from app.policy.audience import ONLY_WE, Audience, Facts, Who
from app.policy.decide import permits
from app.policy.table import TABLE, Question, Row
from tests.policy.people import ACTORS, ELSEWHERE, ident, item

# Who asks for each sort of actor. Goals were opened to the meehelper and to the link holder, agreements were not.
ASKING: dict[ActorKind, Actor] = {
    ActorKind.PARENT: ACTORS["jef"],
    ActorKind.MEEHELPER: ACTORS["nele"],
    ActorKind.CHILD: ACTORS["kaat"],
    ActorKind.TRUSTED: ACTORS["wim"],
    ActorKind.GUEST: ACTORS["lisa"],
    ActorKind.LINK_HOLDER: ACTORS["oma"],
    ActorKind.SYSTEM: ACTORS["system"],
    ActorKind.HOST: ACTORS["host"],
    ActorKind.NOBODY: ACTORS["nobody"],
}


def situations(asks: Actor) -> dict[str, Facts | None]:
    """What may be in hand, a letter each, seen from who asks."""
    own = next((name for name in ("jef", "nele", "kaat", "wim", "lisa", "oma") if asks.person == ident(name)), "")
    hidden = item("hidden", audience=Audience(Who.ME))
    kept = Audience(Who.ME_AND, people=(ident("jef"), ident("nele")))
    return {
        "-": None,
        # wij, of a kind that was opened: Sara's, and their own
        "s": item("saras"),
        "o": item("own", by=own),
        # of a kind that was not opened
        "S": item("saras agreement", kind="agreement"),
        "O": item("own agreement", kind="agreement", by=own),
        # Sara's, and theirs to do
        "n": item("names me", kind="agreement", named=own),
        "N": item("names me, for wij only", kind="invite", default=ONLY_WE, named=own),
        # Sara's, shown to them beside wij or alone
        "k": item("kept", audience=kept),
        # not seen: Sara's own, and what they wrote beside something that was closed since
        "h": hidden,
        "H": item("own on hidden", by=own, named=own, under=hidden),
        # in a child's own layer, told to Wim
        "t": item("told", kind="said", by="kaat", audience=Audience(Who.ME_AND, people=(ident("wim"),)), default=OWN),
        # of another plan
        "e": item("elsewhere", by=own or "lies", plan=ELSEWHERE, named=own),
    }


HERE = "-soSOnNkhHt"
PARENT_SEES = "soSOnNk"
GUEST_SEES = "son"
CHILD_SEES = "oOnt"

# Read: for this act, each sort of actor may where one of these letters is in hand; who is not in the row may not.
EXPECTED: dict[Action, dict[str, str]] = {
    Action.PLAN_START: {"parent": HERE, "nobody": HERE + "e"},
    Action.PLAN_SEE: {"parent": HERE, "meehelper": HERE, "guest": HERE},
    Action.PLAN_CHANGE: {"parent": HERE},
    Action.PLAN_CLOSE: {"parent": HERE},
    Action.PLAN_COPY: {"parent": HERE},
    Action.PAPER_MAKE: {"parent": HERE, "meehelper": HERE, "guest": HERE},
    Action.PAPER_OWN: {"link_holder": HERE},
    Action.PAPER_OWN_PAGE: {"child": HERE},
    Action.PAPER_OPEN: {"parent": HERE, "meehelper": HERE, "child": HERE},
    Action.ENTRY_SEE: {"parent": HERE, "meehelper": HERE},
    Action.CARD_MAKE: {"parent": HERE, "meehelper": HERE, "child": HERE},
    Action.CARD_KEEP: {"parent": PARENT_SEES, "meehelper": "soOnk", "child": CHILD_SEES},
    Action.CARD_STOP: {"parent": PARENT_SEES, "meehelper": "soOnk", "child": CHILD_SEES},
    Action.DEVICE_STOP: {"parent": HERE, "meehelper": HERE, "child": HERE},
    Action.MEMBER_LET_IN: {"parent": HERE},
    Action.MEMBER_AGREE: {"parent": HERE},
    Action.MEMBER_JOIN: {"parent": "nNH", "meehelper": "nNH"},
    # Nobody makes another parent leave.
    Action.MEMBER_LEAVE: {"parent": "nNH"},
    Action.MEMBER_STOP: {"parent": HERE},
    Action.HOME_SEE: {"parent": PARENT_SEES, "meehelper": "soOnk", "guest": GUEST_SEES},
    Action.HOME_ADD: {"parent": HERE, "meehelper": "sokhH"},
    Action.HOME_CHANGE: {"parent": PARENT_SEES, "meehelper": "sok"},
    Action.HOME_REMOVE: {"parent": PARENT_SEES, "meehelper": "o"},
    Action.PERSON_SEE: {"parent": PARENT_SEES, "meehelper": "soOnk", "guest": GUEST_SEES},
    Action.PERSON_ADD: {"parent": HERE, "meehelper": "sokhH"},
    Action.PERSON_CHANGE: {"parent": PARENT_SEES, "meehelper": "sok"},
    Action.PERSON_REMOVE: {"parent": PARENT_SEES, "meehelper": "o"},
    Action.GOAL_SEE: {"parent": PARENT_SEES, "meehelper": "soOnk", "guest": GUEST_SEES},
    Action.GOAL_ADD: {"parent": HERE, "meehelper": "sokhH"},
    Action.GOAL_CHANGE: {"parent": PARENT_SEES, "meehelper": "sok"},
    Action.GOAL_REMOVE: {"parent": PARENT_SEES, "meehelper": "o"},
    Action.STEP_ADD: {"parent": PARENT_SEES, "meehelper": "sok"},
    Action.STEP_CHANGE: {"parent": PARENT_SEES, "meehelper": "sok"},
    Action.STEP_REMOVE: {"parent": PARENT_SEES, "meehelper": "o"},
    Action.AGREEMENT_SEE: {"parent": PARENT_SEES, "meehelper": "soOnk", "guest": GUEST_SEES},
    Action.AGREEMENT_ADD: {"parent": HERE, "meehelper": "sokhH"},
    Action.AGREEMENT_CHANGE: {"parent": PARENT_SEES, "meehelper": "sok"},
    Action.AGREEMENT_REMOVE: {"parent": PARENT_SEES, "meehelper": "o"},
    # "Gelukt" and "niet gelukt" are said by parents, and by a meehelper of what is theirs to do; a link holder reports.
    Action.OUTCOME_TELL: {"parent": PARENT_SEES, "meehelper": "n", "child": "n"},
    Action.OUTCOME_REPORT: {"guest": "n", "link_holder": "n"},
    Action.AGREEMENT_ACCEPT: {"parent": PARENT_SEES, "meehelper": "n", "guest": "n", "link_holder": "n"},
    Action.OUTCOME_TAKE_BACK: {
        "parent": PARENT_SEES,
        "meehelper": "oO",
        "child": "oOt",
        **dict.fromkeys(("guest", "link_holder"), "o"),
    },
    Action.MOMENT_SEE: {"parent": PARENT_SEES, "meehelper": "soOnk", "guest": GUEST_SEES},
    Action.MOMENT_ADD: {"parent": HERE, "meehelper": "sokhH"},
    Action.MOMENT_CHANGE: {"parent": PARENT_SEES, "meehelper": "sok"},
    Action.MOMENT_REMOVE: {"parent": PARENT_SEES, "meehelper": "o"},
    Action.PHOTO_SEE: {
        "parent": PARENT_SEES,
        "meehelper": "soOnk",
        "child": CHILD_SEES,
        **dict.fromkeys(("guest", "link_holder"), GUEST_SEES),
    },
    Action.PHOTO_CHANGE: {"parent": PARENT_SEES, "meehelper": "sok"},
    Action.AUDIENCE_CHANGE: {"parent": "soSOnN", "child": "oOt"},
    Action.SHARE_SEE: {"parent": HERE},
    Action.SHARE_MAKE: {"parent": HERE},
    Action.SHARE_PREVIEW: {"parent": PARENT_SEES},
    Action.SHARE_CHANGE: {"parent": PARENT_SEES},
    Action.SHARE_EXTEND: {"parent": PARENT_SEES},
    # The product stops a link by itself when its person goes, or comes back.
    Action.SHARE_STOP: {"parent": PARENT_SEES, "system": HERE + "e"},
    Action.SHARED_SEE: {"link_holder": HERE},
    Action.LOOK_SEE: {"parent": HERE},
    Action.GUEST_LEAVE: {"guest": HERE},
    Action.GUEST_ASK: {"system": HERE + "e"},
    Action.GUEST_ANSWER: {"parent": PARENT_SEES},
    Action.PROPOSALS_SEE: {"parent": HERE},
    Action.PROPOSAL_SEE: {"parent": PARENT_SEES, "guest": GUEST_SEES},
    Action.PROPOSAL_SEND: {"guest": HERE},
    Action.PROPOSAL_TAKE_BACK: {"guest": "o"},
    Action.PROPOSAL_DECIDE: {"parent": PARENT_SEES},
    Action.PROPOSAL_END: {"system": HERE + "e"},
    Action.TALKS_SEE: {"parent": HERE, "guest": HERE},
    Action.TALK_SEE: {"parent": PARENT_SEES, "guest": GUEST_SEES},
    Action.TALK_TELL: {"guest": HERE},
    Action.TALK_ANSWER: {"parent": PARENT_SEES},
    Action.WRITE_TOGETHER: {"parent": HERE},
    Action.CHILD_PAGES_SEE: {"parent": HERE},
    Action.CHILD_PAGE_MAKE: {"parent": HERE},
    Action.CHILD_PAGE_CHANGE: {"parent": PARENT_SEES},
    Action.CHILD_PAGE_STOP: {"parent": PARENT_SEES},
    Action.PHONE_GIVE: {"parent": PARENT_SEES},
    Action.OWN_DAY_SEE: {"child": HERE},
    Action.OWN_STEP_TELL: {"child": CHILD_SEES},
    Action.OWN_SEE: {"child": CHILD_SEES},
    Action.OWN_ADD: {"child": HERE},
    Action.OWN_CHANGE: {"child": "oOt"},
    Action.OWN_REMOVE: {"child": "oOt"},
    Action.OWN_LOOKS_SEE: {"child": HERE},
    Action.OWN_LOCK: {"child": HERE},
    Action.OWN_COPY: {"child": HERE},
    Action.OWN_LINK: {"child": HERE},
    Action.TRUSTED_NAME: {"child": HERE},
    Action.TRUSTED_STOP: {"child": "oOt", "trusted": "t"},
    # What lies in a child's own layer has rows of its own in test_audience.
    Action.TOLD_SEE: {
        "parent": PARENT_SEES,
        "meehelper": "soOnk",
        "trusted": "t",
        **dict.fromkeys(("guest", "link_holder"), GUEST_SEES),
    },
    Action.REPLY_ADD: {
        "parent": PARENT_SEES,
        "meehelper": "soOnk",
        "trusted": "t",
        **dict.fromkeys(("guest", "link_holder"), GUEST_SEES),
    },
    Action.WISH_ANSWER: {"parent": PARENT_SEES},
    Action.NEWS_SEE: {"parent": HERE, "meehelper": HERE, "guest": HERE},
    Action.HISTORY_SEE: {"parent": HERE, "meehelper": HERE},
    Action.UNDO: {"parent": PARENT_SEES, "meehelper": "sok"},
    Action.RESTORE: {"parent": PARENT_SEES, "meehelper": "o"},
    # The product itself asks about no item, and must say why.
    Action.ERASE: {"system": HERE + "e"},
}


def found(action: Action, kind: ActorKind) -> str:
    """The letters of what this sort of actor may do this to, as the code says."""
    asks = ASKING[kind]
    return "".join(letter for letter, facts in situations(asks).items() if permits(asks, action, facts))


# What nobody does while somebody types on their phone: ways in, and what cannot be taken back.
WITH_OWN_HAND = {
    Action.PLAN_CLOSE,
    Action.PLAN_COPY,
    Action.CARD_MAKE,
    Action.MEMBER_LET_IN,
    Action.MEMBER_AGREE,
    Action.MEMBER_LEAVE,
    Action.SHARE_MAKE,
    Action.SHARE_EXTEND,
    Action.AUDIENCE_CHANGE,
    Action.CHILD_PAGE_MAKE,
    Action.CHILD_PAGE_CHANGE,
    Action.PHONE_GIVE,
}


# What a child does only with a key of its own, which the family switched on, and never on a phone that was lent to it.
WITH_OWN_KEY = {Action.CARD_MAKE, Action.CARD_STOP, Action.DEVICE_STOP}


def without_key(action: Action) -> list[str]:
    """For whom this act is let in without a key of the child's own."""
    child = ASKING[ActorKind.CHILD]
    others = {"a lent phone": replace(child, lent=True), "a child without keys": replace(child, opened=frozenset())}
    found = situations(child).values()
    return [name for name, asks in others.items() if any(permits(asks, action, facts) for facts in found)]


def by_another_hand(action: Action, kind: ActorKind) -> bool:
    """Whether this act is done while somebody types on the phone of who may do it."""
    typed = replace(ASKING[kind], scribe=ident("bert"))
    return any(permits(typed, action, facts) for facts in situations(ASKING[kind]).values())


# What one parent hosts alone leaves no report where the other reads, and does where that parent keeps it.
HERS_TO_DO = item("els does", audience=Audience(Who.WE_AND, people=(ident("els"),)), named="els")
KEPT_WITH_ELS = item("els does, kept", audience=Audience(Who.ME_AND, people=(ident("els"),)), named="els")
BESIDE = item("on what els does", named="els", under=KEPT_WITH_ELS)
ALONE = {"HERS_TO_DO": (HERS_TO_DO, False), "KEPT_WITH_ELS": (KEPT_WITH_ELS, True), "BESIDE": (BESIDE, True)}


def wrong(*actions: Action) -> list[str]:
    """Where the code differs from what is expected, of these acts or of all."""
    cells = [(action, kind) for action in actions or Action for kind in ActorKind]
    faults = [
        f"{action.name} by {kind}: {found(action, kind)!r} instead of {EXPECTED.get(action, {}).get(kind, '')!r}"
        for action, kind in cells
        if sorted(found(action, kind)) != sorted(EXPECTED.get(action, {}).get(kind, ""))
    ]
    faults += [
        f"{action.name} while somebody types on the phone of a {kind}"
        for action, kind in cells
        if action in WITH_OWN_HAND and by_another_hand(action, kind)
    ]
    keyed = WITH_OWN_KEY & set(actions or Action)
    faults += [f"{act.name} by {name}" for act in keyed for name in without_key(act)]
    silent = {Action.ERASE, Action.SHARE_STOP, Action.PROPOSAL_END, Action.GUEST_ASK} & set(actions or Action)
    faults += [
        f"{act.name} by a system that does not say why" for act in silent if permits(Actor(ActorKind.SYSTEM), act)
    ]
    if Action.PAPER_MAKE in (actions or Action) and permits(ACTORS["bert"], Action.PAPER_MAKE):
        faults.append("PAPER_MAKE by a guest whom the family did not let print")
    for act in {Action.OUTCOME_REPORT, Action.AGREEMENT_ACCEPT} & set(actions or Action):
        faults += [f"{act.name} by a link of one parent alone, where the other {word}" for word in _told_of_els(act)]
    return faults


def _told_of_els(act: Action) -> list[str]:
    """Whom Sara hosts alone, by a link or as a guest, reports where Jef does not read, and nowhere else."""
    faults: list[str] = []
    for one in ("els", "bert"):
        ours, hers = (
            item(who, kind="agreement", audience=Audience(who, people=(ident(one),)), named=one)
            for who in (Who.WE_AND, Who.ME_AND)
        )
        beside = item("report", kind="outcome", by=one, named=one, under=hers)
        reads = [permits(ACTORS[one], act, facts) for facts in (ours, hers, beside)]
        faults += ["reads"] * reads[0] + ["does not read"] * (not all(reads[1:]))
    return faults


def test_every_act_is_expected_of_somebody() -> None:
    assert set(EXPECTED) == set(Action)
    assert {kind for row in EXPECTED.values() for kind in row} <= set(ActorKind)


@pytest.mark.parametrize("action", Action, ids=lambda action: action.name)
@pytest.mark.parametrize("kind", ActorKind)
def test_who_may(action: Action, kind: ActorKind) -> None:
    assert sorted(found(action, kind)) == sorted(EXPECTED[action].get(kind, ""))


def test_the_product_acts_for_a_reason_only() -> None:
    assert not permits(Actor(ActorKind.SYSTEM), Action.ERASE)


@pytest.mark.parametrize(("facts", "may"), ALONE.values(), ids=ALONE)
def test_a_link_that_one_parent_hosts_reports_only_beside_what_is_kept(facts: Facts, may: bool) -> None:
    assert permits(ACTORS["els"], Action.OUTCOME_REPORT, facts) is may


def test_what_is_not_in_the_table_is_denied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decide, "TABLE", {})
    assert not [action for action in Action for asks in ASKING.values() if permits(asks, action, item("saras"))]


def test_the_host_may_nothing() -> None:
    assert not [action for action in Action if found(action, ActorKind.HOST)]


@pytest.mark.parametrize("who", ["lies", "her"])
def test_who_is_of_another_plan_may_nothing_here(who: str) -> None:
    here = [facts for facts in situations(ACTORS["jef"]).values() if facts is not None and facts.plan != ELSEWHERE]
    assert not [(action.name, facts.id) for action in Action for facts in here if permits(ACTORS[who], action, facts)]


def test_every_act_says_what_it_is() -> None:
    assert all(str(action.value).strip() for action in Action)
    assert len({action.value for action in Action}) == len(Action)


# ---- every guard, switched off in turn -------------------------------------------------------------------------------

Broken = Mapping[Action, Row]


def without_question(action: Action, kind: ActorKind, place: int) -> Broken:
    questions = TABLE[action][kind]
    row = {**TABLE[action], kind: (*questions[:place], *questions[place + 1 :])}
    return {**TABLE, action: row}


def without_actor(action: Action, kind: ActorKind) -> Broken:
    return {**TABLE, action: {other: asked for other, asked in TABLE[action].items() if other is not kind}}


def with_actor(action: Action, kind: ActorKind, questions: tuple[Question, ...]) -> Broken:
    return {**TABLE, action: {**TABLE[action], kind: questions}}


QUESTIONS = [
    pytest.param(action, kind, place, id=f"{action.name}-{kind}-{question.__name__}")
    for action, row in TABLE.items()
    for kind, questions in row.items()
    for place, question in enumerate(questions)
]
CELLS = [pytest.param(action, kind, id=f"{action.name}-{kind}") for action, row in TABLE.items() for kind in row]
EMPTY = [
    pytest.param(action, kind, id=f"{action.name}-{kind}")
    for action in Action
    for kind in ActorKind
    if kind not in TABLE.get(action, {})
]
PREDICATES = sorted(
    name for name, value in vars(predicates).items() if getattr(value, "__module__", "") == predicates.__name__
)


@pytest.mark.parametrize(("action", "kind", "place"), QUESTIONS)
def test_a_question_left_out_is_noticed(
    action: Action, kind: ActorKind, place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decide, "TABLE", without_question(action, kind, place))
    assert wrong(action)


@pytest.mark.parametrize(("action", "kind"), CELLS)
def test_an_actor_left_out_is_noticed(action: Action, kind: ActorKind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decide, "TABLE", without_actor(action, kind))
    assert wrong(action)


@pytest.mark.parametrize(("action", "kind"), EMPTY)
def test_an_actor_let_in_is_noticed(action: Action, kind: ActorKind, monkeypatch: pytest.MonkeyPatch) -> None:
    """The least one can be let in by mistake: for what they see."""
    monkeypatch.setattr(decide, "TABLE", with_actor(action, kind, ()))
    assert wrong(action)
    if kind in {ActorKind.PARENT, ActorKind.MEEHELPER, ActorKind.GUEST, ActorKind.LINK_HOLDER}:
        monkeypatch.setattr(decide, "TABLE", with_actor(action, kind, (predicates.sees_it,)))
        assert wrong(action)


@pytest.mark.parametrize("answer", [True, False])
@pytest.mark.parametrize("name", PREDICATES)
def test_a_predicate_that_always_says_the_same_is_noticed(
    name: str, answer: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = getattr(predicates, name)

    def constant(_actor: Actor, _item: Facts | None) -> bool:
        return answer

    broken = {
        action: {kind: tuple(constant if asked is honest else asked for asked in row[kind]) for kind in row}
        for action, row in TABLE.items()
    }
    assert broken != TABLE
    monkeypatch.setattr(decide, "TABLE", broken)
    assert wrong()


def test_with_every_guard_on_nothing_is_wrong() -> None:
    assert not wrong()
