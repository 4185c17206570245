"""Who sees an item: the design page `access`, "Audience of an item", as a table; and what holds for any item at all."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.policy import audience as module
from app.policy.actor import Actor, ActorKind, Ring
from app.policy.audience import (
    EVERYBODY_INSIDE,
    IN_OWN_LAYER,
    ON_A_SEAT,
    ONLY_ME,
    ONLY_WE,
    THE_FAMILY,
    WE_AND_DOERS,
    WE_AND_NAMED,
    Audience,
    Default,
    Facts,
    Who,
    is_private,
    sees,
)
from tests.policy.people import ACTORS, ELSEWHERE, PLAN, ident, item


def to(who: Who, *names: str, rings: tuple[Ring, ...] = ()) -> Audience:
    return Audience(who, rings, tuple(ident(name) for name in names))


WE = to(Who.WE)
OPENED = item("goal with juf and els", audience=to(Who.WE_AND, "juf", "els"))
SHOWN = item("goal with els", audience=to(Who.ME_AND, "els"))
HIDDEN = item("hidden goal", audience=to(Who.ME))
SAMEN = item("agreement of juf", kind="agreement", named="juf")

LISAS = Facts("share", PLAN, ident("seat of lisa"), ident("sara"), Audience(), ONLY_WE)
BERTS = Facts("share", PLAN, ident("seat of bert"), ident("sara"), Audience(), ONLY_ME)

PUT = item("put", kind="agreement")


def said(name: str, audience: Audience | None = None, by: str = "kaat", under: Facts | None = None) -> Facts:
    return item(name, kind="said", by=by, audience=audience, default=IN_OWN_LAYER, under=under)


TOLD = said("told", to(Who.ME_AND, "jef"))

# An item, and everybody who sees it. All are Sara's goals unless they say otherwise.
TABLE: list[tuple[str, Facts, str]] = [
    # At default: wij, the people named in it, and whoever this kind of thing was opened to.
    ("default", item("a"), "sara jef nele oma lisa"),
    ("default, of a kind that was opened to nobody", item("b", kind="agreement"), "sara jef"),
    ("default, naming juf", item("c", named="juf"), "sara jef nele oma juf lisa"),
    ("default, naming tine", item("d", named="tine"), "sara jef nele oma tine lisa"),
    ("default, naming els, whom sara hosts alone", item("e", named="els"), "sara jef nele oma lisa"),
    ("default, by jef, naming ann", item("f", by="jef", named="ann"), "sara jef nele oma lisa"),
    ("only wij", item("g", default=ONLY_WE, named="juf nele els"), "sara jef"),
    ("only its writer", item("h", default=ONLY_ME, named="jef juf nele els"), "sara"),
    ("all who are inside", item("i", default=EVERYBODY_INSIDE, named="juf els"), "sara jef nele tine lisa bert"),
    ("a missed agreement", item("j", default=WE_AND_DOERS), "sara jef"),
    ("a missed agreement of juf", item("k", default=WE_AND_DOERS, named="juf"), "sara jef juf"),
    ("a missed agreement of els", item("l", default=WE_AND_DOERS, named="els"), "sara jef"),
    # Chosen by hand: that, and nothing else.
    ("alleen ik", item("m", audience=to(Who.ME), named="jef juf nele els"), "sara"),
    ("wij", item("n", audience=to(Who.WE), named="juf nele els"), "sara jef"),
    ("wij, where default is only its writer", item("o", audience=to(Who.WE), default=ONLY_ME), "sara jef"),
    ("wij en dicht bij ons", item("p", audience=to(Who.WE_AND, rings=(Ring.CLOSE,)), named="juf"), "sara jef oma"),
    ("wij en diensten", item("q", audience=to(Who.WE_AND, rings=(Ring.SERVICES,))), "sara jef juf lisa"),
    ("wij en wij", item("r", audience=to(Who.WE_AND, rings=(Ring.WE,))), "sara jef nele tine kaat"),
    ("wij en nobody", item("s", audience=to(Who.WE_AND)), "sara jef"),
    ("wij en juf en els", OPENED, "sara jef juf els"),
    ("wij en tine", item("t", audience=to(Who.WE_AND, "tine")), "sara jef tine"),
    ("ik en jef", item("u", audience=to(Who.ME_AND, "jef"), named="juf"), "sara jef"),
    ("ik en nobody", item("v", audience=to(Who.ME_AND), named="jef"), "sara"),
    ("ik en rings count for nothing", item("w", audience=to(Who.ME_AND, rings=(Ring.CLOSE, Ring.WE))), "sara"),
    ("ik en oma: jef may open her link too", item("x", audience=to(Who.ME_AND, "oma")), "sara"),
    ("ik en els, whose link only sara opens", SHOWN, "sara els"),
    ("ik en ann, whose link jef opens", item("y", audience=to(Who.ME_AND, "ann")), "sara"),
    ("ik en nele", item("z", audience=to(Who.ME_AND, "nele")), "sara nele"),
    # By others.
    ("jef's own", item("ja", by="jef", audience=to(Who.ME)), "jef"),
    ("jef's own, where default is only its writer", item("jb", by="jef", default=ONLY_ME), "jef"),
    ("jef's, with ann", item("jc", by="jef", audience=to(Who.ME_AND, "ann", "els")), "jef ann"),
    ("nele's, of a kind not opened to her", item("na", kind="step", by="nele"), "sara jef nele"),
    ("nele's, closed to wij", item("nb", by="nele", audience=to(Who.WE)), "sara jef nele"),
    ("nele's alone", item("nc", by="nele", audience=to(Who.ME)), "nele"),
    ("nele's, with tine", item("nd", by="nele", audience=to(Who.ME_AND, "tine")), "nele tine"),
    ("nele's, where default is only its writer", item("ne", by="nele", default=ONLY_ME), "nele"),
    ("nobody's", item("oa", by=""), "sara jef nele oma lisa"),
    ("nobody's, where default is only its writer", item("ob", by="", default=ONLY_ME), ""),
    # What hangs on an item is never seen wider than the item.
    ("on a hidden goal", item("ua", kind="step", named="juf jef", under=HIDDEN), "sara"),
    ("on a hidden goal, by jef", item("ub", kind="step", by="jef", under=HIDDEN), "sara"),
    ("on a hidden goal, opened to all", item("uc", audience=to(Who.WE_AND, "oma", "els"), under=HIDDEN), "sara"),
    ("on a goal of wij", item("ud", kind="step", under=item("a")), "sara jef"),
    ("on a goal of wij, of the opened kind", item("ue", under=item("a")), "sara jef nele oma lisa"),
    ("on a goal of wij, naming juf", item("uf", kind="step", named="juf", under=item("a")), "sara jef"),
    ("on a goal of wij, naming oma", item("ug", kind="step", named="oma", under=item("a")), "sara jef oma"),
    # What was opened by hand to somebody brings its small steps along.
    ("on a goal opened by hand", item("uh", kind="step", under=OPENED), "sara jef juf els"),
    ("on a goal opened by hand, missed", item("ui", kind="outcome", default=WE_AND_DOERS, under=OPENED), "sara jef"),
    ("on a goal opened by hand, private", item("uj", kind="contact", default=ONLY_ME, under=OPENED), "sara"),
    ("on a goal opened by hand, closed to wij", item("uk", audience=to(Who.WE), under=OPENED), "sara jef"),
    ("on a goal shown to els alone", item("ul", kind="step", under=SHOWN), "sara els"),
    # A report of a link holder, beside what they were shown.
    ("juf's report", item("ra", kind="outcome", by="juf", default=WE_AND_DOERS, under=SAMEN), "sara jef juf"),
    ("juf's report, closed to wij", item("rb", kind="outcome", by="juf", audience=WE, under=SAMEN), "sara jef juf"),
    ("juf's report on what she does not see", item("rc", kind="outcome", by="juf", under=item("a")), "sara jef"),
    ("what juf wrote beside nothing", item("rd", kind="agreement", by="juf"), "sara jef"),
    # The seat of a guest, and what hangs on it: proposals, talks.
    ("lisa's seat", LISAS, "sara jef lisa"),
    ("bert's seat, which sara hosts alone", BERTS, "sara bert"),
    ("lisa's proposal", item("sa", kind="proposal", by="lisa", default=ON_A_SEAT, under=LISAS), "sara jef lisa"),
    ("bert's proposal", item("sb", kind="proposal", by="bert", default=ON_A_SEAT, under=BERTS), "sara bert"),
    ("lisa's, through another seat", item("sc", by="lisa", default=ON_A_SEAT, under=BERTS), "sara bert"),
    ("kept beside lisa's seat", item("sd", default=ONLY_WE, under=LISAS), "sara jef"),
    ("of nobody's seat", item("se", by="lisa", default=ON_A_SEAT, under=item("a")), "sara jef"),
    # A child: its own words, what names it, the faces of its family, and what a parent put on its page.
    ("naming kaat", item("ka", kind="agreement", named="kaat"), "sara jef kaat"),
    ("naming kaat, closed to wij", item("kb", audience=to(Who.WE), named="kaat"), "sara jef"),
    ("naming kaat, only its writer", item("kc", audience=to(Who.ME), named="kaat"), "sara"),
    ("naming kaat, of wij only", item("kd", default=ONLY_WE, named="kaat"), "sara jef"),
    ("naming kaat, where default is only its writer", item("ke", default=ONLY_ME, named="kaat"), "sara"),
    ("wij en kaat", item("kf", audience=to(Who.WE_AND, "kaat")), "sara jef kaat"),
    ("ik en kaat", item("kg", audience=to(Who.ME_AND, "kaat")), "sara kaat"),
    ("somebody of the family", item("kh", kind="person", default=THE_FAMILY), "sara jef kaat"),
    ("of the family, closed", item("ki", kind="person", audience=WE, default=THE_FAMILY), "sara jef"),
    ("put on her page", PUT, "sara jef kaat"),
    ("a step of what was put there", item("kj", kind="step", under=PUT), "sara jef kaat"),
    ("a missed one on what was put there", item("kk", default=WE_AND_DOERS, under=PUT), "sara jef"),
    ("put on her page, closed since", item("put, closed", kind="step", audience=WE), "sara jef"),
    ("put on her page, only its writer's", item("put, mine", kind="worry", default=ONLY_ME), "sara"),
    ("kaat's own", item("kl", kind="outcome", by="kaat", default=WE_AND_DOERS), "sara jef kaat"),
    ("kaat's own, on what was closed", item("km", by="kaat", default=WE_AND_DOERS, under=HIDDEN), "sara"),
    # A child's own layer: the child, and whom it chose by name.
    ("kaat keeps it", said("la"), "kaat"),
    ("kaat tells jef", TOLD, "kaat jef"),
    ("kaat tells wim, oma and els", said("lb", to(Who.ME_AND, "wim", "oma", "els")), "kaat wim oma els"),
    ("kaat tells bert", said("lc", to(Who.ME_AND, "bert")), "kaat bert"),
    ("no ring reaches in", said("ld", to(Who.WE_AND, "jef", rings=tuple(Ring))), "kaat"),
    ("wij does not", said("le", to(Who.WE)), "kaat"),
    ("no opened kind does", item("lf", kind="goal", by="kaat", default=IN_OWN_LAYER), "kaat"),
    ("nor who is named", item("lg", kind="said", by="kaat", default=IN_OWN_LAYER, named="sara jef"), "kaat"),
    ("jef answers", said("lh", to(Who.ME_AND, "kaat"), by="jef", under=TOLD), "kaat jef"),
    ("jef answers all", said("li", to(Who.ME_AND, "kaat", "sara"), by="jef", under=TOLD), "kaat jef"),
    ("sara writes under what she does not see", said("lj", by="sara", under=TOLD), ""),
    # Another plan.
    ("elsewhere", item("ea", by="lies", plan=ELSEWHERE), "lies her"),
    ("elsewhere, by sara", item("eb", by="sara", plan=ELSEWHERE, named="sara jef oma"), "lies her"),
    ("elsewhere, opened to all", item("ec", by="lies", plan=ELSEWHERE, audience=to(Who.WE_AND, "sara", "oma")), "lies"),
]  # fmt: skip


def wrong() -> list[str]:
    """Where the code differs from the table."""
    faults = []
    for name, facts, expected in TABLE:
        seen = {who for who, actor in ACTORS.items() if module.sees(actor, facts)}
        if seen != set(expected.split()):
            faults.append(f"{name}: {sorted(seen)} instead of {expected}")
    lent = replace(ACTORS["sara"], scribe=ident("lisa"))
    return faults + [f"{name}, on a lent phone" for name, facts, there in LENT if module.sees(lent, facts) is not there]


# What Sara's phone shows while somebody types on it: nothing she keeps, and nothing of a guest's seat.
LENT = [
    ("of wij", item("a"), True),
    ("her own", HIDDEN, False),
    ("on her own", item("ua", kind="step", under=HIDDEN), False),
    ("lisa's seat", LISAS, False),
    ("of jef", item("ja", by="jef", audience=to(Who.ME)), False),
    ("lisa's proposal", item("sa", kind="proposal", by="lisa", default=ON_A_SEAT, under=LISAS), False),
]


@pytest.mark.parametrize(
    ("facts", "expected"), [(facts, expected) for _, facts, expected in TABLE], ids=[row[0] for row in TABLE]
)
def test_an_item_is_seen_by_these_and_nobody_else(facts: Facts, expected: str) -> None:
    assert {who for who, actor in ACTORS.items() if sees(actor, facts)} == set(expected.split())


GUARDS = [
    "is_private",
    "may_lie_open",
    "_parent_sees",
    "_outsider_sees",
    "_is_own_report",
    "_in_own_layer",
    "_child_sees",
    "_is_put_on_its_page",
    "_as_what_they_are",
    "_private_reaches",
    "_default_reaches",
    "_goes_along",
    "_on_own_seat",
]


def test_every_guard_of_the_audience_is_tried() -> None:
    defined = {name for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__}
    functions = {
        name for name in defined if callable(getattr(module, name)) and name[0] in "_abcdefghijklmnopqrstuvwxyz"
    }
    assert functions - {"sees"} == set(GUARDS)


@pytest.mark.parametrize("answer", [True, False])
@pytest.mark.parametrize("guard", GUARDS)
def test_a_guard_that_is_switched_off_is_noticed(guard: str, answer: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not wrong()
    monkeypatch.setattr(module, guard, lambda *_asked: answer)
    assert wrong()


# ---- any item, any actor ---------------------------------------------------------------------------------------------

NAMES = ["sara", "jef", "nele", "tine", "oma", "juf", "els", "ann", "lisa", "bert", "lies"]
people = st.lists(st.sampled_from(NAMES).map(ident), max_size=3).map(tuple)
rings = st.lists(st.sampled_from(list(Ring)), max_size=2).map(tuple)
audiences = st.builds(Audience, st.sampled_from(list(Who)), rings, people)
defaults = st.sampled_from([WE_AND_NAMED, ONLY_WE, ONLY_ME, WE_AND_DOERS, EVERYBODY_INSIDE, ON_A_SEAT]) | st.builds(
    Default
)
kinds = st.sampled_from(["goal", "step", "agreement", "outcome"])


def facts_in(plans: st.SearchStrategy[object], under: st.SearchStrategy[Facts | None]) -> st.SearchStrategy[Facts]:
    writer = st.none() | st.sampled_from(NAMES).map(ident)
    return st.builds(Facts, kinds, plans, st.uuids(), writer, audiences, defaults, people.map(frozenset), under)


plans = st.sampled_from([PLAN, ELSEWHERE])
chains = st.recursive(facts_in(plans, st.none()), lambda inner: facts_in(plans, inner), max_leaves=3)
actors = st.sampled_from(sorted(ACTORS)).map(ACTORS.__getitem__)


@given(actor=actors, facts=chains)
def test_what_hangs_on_an_item_is_never_seen_wider_than_the_item(actor: Actor, facts: Facts) -> None:
    if facts.under is not None and sees(actor, facts):
        assert sees(actor, facts.under)


@given(actor=actors, facts=chains)
def test_another_plan_is_never_seen(actor: Actor, facts: Facts) -> None:
    if actor.plan != facts.plan:
        assert not sees(actor, facts)


@given(facts=chains)
def test_who_is_no_member_and_holds_no_link_sees_nothing(facts: Facts) -> None:
    assert not [who for who in ("nobody", "host", "system") if sees(ACTORS[who], facts)]


@given(actor=actors, facts=chains)
def test_what_is_private_reaches_only_its_writer_and_whom_they_chose(actor: Actor, facts: Facts) -> None:
    if is_private(facts) and sees(actor, facts) and facts.writer != actor.person:
        # What every meehelper sees is nothing that anybody keeps.
        assert facts.audience.who is Who.ME_AND or facts.default.meehelpers or facts.default.guests
        if facts.audience.who is Who.ME_AND:
            assert actor.person in facts.audience.people
            assert actor.kind not in module.OUTSIDE or actor.hosted_by == facts.writer


@given(facts=chains, host=st.sampled_from(["els", "ann", "bert"]))
def test_what_one_parent_hosts_never_reaches_wij_by_default(facts: Facts, host: str) -> None:
    actor = ACTORS[host]
    # What every guest sees is nothing that a host brought along.
    of_all = actor.kind is ActorKind.GUEST and facts.default.guests and facts.audience.who is Who.DEFAULT
    if sees(actor, facts) and facts.writer != actor.person and not of_all:
        above = facts.under
        chosen = facts if facts.audience.who is not Who.DEFAULT else above
        assert chosen
        assert chosen.audience.who in {Who.WE_AND, Who.ME_AND} or chosen.writer == actor.person


@given(facts=chains, ring=st.sampled_from(list(Ring)), opened=st.frozensets(kinds))
def test_opening_more_to_an_outsider_never_shows_what_was_closed_by_hand(
    facts: Facts, ring: Ring, opened: frozenset[str]
) -> None:
    actor = Actor(ActorKind.LINK_HOLDER, facts.plan, ident("new"), ring, opened, seat=ident("share"))
    if facts.audience.who in {Who.ME, Who.WE, Who.ME_AND}:
        assert not sees(actor, facts)
    if sees(actor, facts) and facts.audience.who is Who.DEFAULT:
        assert facts.default.we


@given(facts=facts_in(st.just(PLAN), st.none()))
def test_parents_have_equal_rights_over_what_is_wij(facts: Facts) -> None:
    if not is_private(facts):
        assert sees(ACTORS["sara"], facts)
        assert sees(ACTORS["jef"], facts)
