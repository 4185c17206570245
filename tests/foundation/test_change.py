"""The one door for writing: who may, all or none, once, with a history, and keeping the words of both."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

import app.change as door
from app.change import Add, BothChanged, NotPermitted, Put, Remove, Restore, change, open_sides
from app.db import db, now
from app.erase import erase_bin
from app.goals.models import GOAL, STEP, GoalRow, StepRow
from app.goals.nouns import GoalBody, GoalState, StepBody, StepState
from app.history.models import FormKey, HistoryEntry, HistoryLine
from app.items import Thing
from app.plan.models import MEMBER
from app.plan.nouns import MemberBody, MemberState
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind, system
from app.policy.audience import Audience, Who
from app.scope import load_one
from app.sharing.models import ShareRow
from tests.cast import Cast

pytestmark = pytest.mark.both_databases

COUNTED = (GoalRow, StepRow, HistoryEntry, HistoryLine, FormKey)


@pytest.fixture(autouse=True)
def _inside(cast: Cast, app: Flask) -> Iterator[None]:
    assert cast.app is app
    with app.app_context():
        yield


def counts() -> list[int]:
    return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in COUNTED]


def words(thing: Thing[Any], text: str) -> Any:
    return msgspec.structs.replace(thing.body, words=text)


def again(cast: Cast, name: str, who: str = "sara") -> Thing[Any]:
    return cast.thing(name, who)


# ---- once ------------------------------------------------------------------------------------------------------------


def test_the_same_form_sent_again_adds_nothing(cast: Cast) -> None:
    new = Add(GOAL, GoalBody(words="Fietsen"), GoalState.NOW)
    first = change(cast.sara, Action.GOAL_ADD, new, form_key="f" * 32)
    before = counts()
    second = change(cast.sara, Action.GOAL_ADD, new, form_key="f" * 32)
    assert (first.repeated, second.repeated) == (False, True)
    assert first.ids == second.ids
    assert counts() == before


def test_the_same_form_sent_again_changes_nothing(cast: Cast) -> None:
    goal = cast.thing("goal of us")
    change(cast.sara, Action.GOAL_CHANGE, Put(goal, words(goal, "Fietsen")), form_key="k")
    change(cast.jef, Action.GOAL_CHANGE, Put(again(cast, "goal of us"), words(goal, "Lopen")))
    before = counts()
    for fresh in (goal, again(cast, "goal of us")):
        for seen in (None, goal.version):
            repeated = change(
                cast.sara, Action.GOAL_CHANGE, Put(fresh, words(goal, "Fietsen"), seen=seen), form_key="k"
            )
            assert repeated.repeated
    assert counts() == before
    assert again(cast, "goal of us").body.words == "Lopen"


def test_a_form_key_of_one_plan_means_nothing_in_another(cast: Cast) -> None:
    for actor in (cast.sara, cast.lies):
        done = change(actor, Action.GOAL_ADD, Add(GOAL, GoalBody(words="Zingen"), GoalState.NOW), form_key="same")
        assert not done.repeated


def test_two_things_of_one_form_get_their_own_ids(cast: Cast) -> None:
    edits = [Add(GOAL, GoalBody(words=word), GoalState.NOW) for word in ("een", "twee")]
    done = change(cast.sara, Action.GOAL_ADD, *edits, form_key="two")
    assert len(set(done.ids)) == 2


# ---- who may ---------------------------------------------------------------------------------------------------------


def test_who_is_in_no_plan_writes_nothing(cast: Cast) -> None:
    for actor in (cast.nobody, cast.host, cast.system):
        with pytest.raises(NotPermitted):
            change(actor, Action.GOAL_ADD, Add(GOAL, GoalBody(words="x"), GoalState.NOW))


def test_a_parent_of_another_family_changes_nothing_here(cast: Cast) -> None:
    goal, before = cast.thing("goal of us"), counts()
    for edit in (Put(goal, words(goal, "van ons")), Remove(goal)):
        with pytest.raises(NotPermitted):
            change(cast.lies, Action.GOAL_CHANGE, edit)
    assert counts() == before


def test_every_edit_is_asked_for_and_one_no_is_no_to_all(cast: Cast) -> None:
    mine, hidden, before = cast.thing("goal of us"), cast.thing("goal of jef"), counts()
    with pytest.raises(NotPermitted):
        change(cast.sara, Action.GOAL_CHANGE, Put(mine, words(mine, "x")), Put(hidden, words(hidden, "y")))
    assert counts() == before
    assert again(cast, "goal of us").body == mine.body


def test_an_edit_with_a_need_of_its_own_is_asked_by_that(cast: Cast) -> None:
    goal = cast.thing("goal of us")
    change(cast.nele, Action.GOAL_CHANGE, Put(goal, state=GoalState.LATER))
    with pytest.raises(NotPermitted):
        change(
            cast.nele, Action.GOAL_CHANGE, Put(again(cast, "goal of us"), state=GoalState.NOW, needs=Action.PLAN_CHANGE)
        )


def test_what_hangs_on_a_hidden_thing_cannot_be_added(cast: Cast) -> None:
    hidden, before = cast.thing("goal of jef"), counts()
    with pytest.raises(NotPermitted):
        change(cast.sara, Action.STEP_ADD, Add(STEP, StepBody(words="x"), StepState.OPEN, under=hidden))
    assert counts() == before


@pytest.mark.parametrize("audience", [Audience(Who.WE), Audience(Who.ME), Audience(Who.WE_AND), Audience()])
def test_nobody_but_its_writer_chooses_who_sees_a_kept_thing(cast: Cast, audience: Audience) -> None:
    """Sara showed it to Jef alone: he may change its words, and not who sees it."""
    body = GoalBody(words="Voor Jef", audience=Audience(Who.ME_AND, people=(cast.people["jef"],)))
    added = change(cast.sara, Action.GOAL_ADD, Add(GOAL, body, GoalState.NOW))
    goal = load_one(cast.jef, GOAL, added.id)
    assert goal
    change(cast.jef, Action.GOAL_CHANGE, Put(goal, words(goal, "Ook van Jef")))
    goal = load_one(cast.jef, GOAL, added.id)
    assert goal
    with pytest.raises(NotPermitted):
        change(cast.jef, Action.AUDIENCE_CHANGE, Put(goal, msgspec.structs.replace(goal.body, audience=audience)))


@pytest.mark.parametrize("action", [Action.GOAL_CHANGE, Action.AUDIENCE_CHANGE, Action.UNDO])
def test_only_the_writer_narrows_below_wij(cast: Cast, action: Action) -> None:
    goal = cast.thing("goal of us")
    narrowed = Put(goal, msgspec.structs.replace(goal.body, audience=Audience(Who.ME)))
    with pytest.raises(NotPermitted):
        change(cast.jef, action, narrowed)
    change(cast.sara, action, narrowed)
    assert load_one(cast.jef, GOAL, goal.id) is None


def test_a_meehelper_chooses_no_audience(cast: Cast) -> None:
    goal = cast.thing("goal of nele", "nele")
    change(cast.nele, Action.GOAL_CHANGE, Put(goal, words(goal, "Anders")))
    goal = again(cast, "goal of nele", "nele")
    for who in (Who.WE, Who.ME, Who.ME_AND):
        with pytest.raises(NotPermitted):
            change(cast.nele, Action.GOAL_CHANGE, Put(goal, msgspec.structs.replace(goal.body, audience=Audience(who))))


def test_who_wrote_a_thing_stays_its_writer(cast: Cast) -> None:
    goal = cast.thing("goal of us")
    change(
        cast.jef, Action.GOAL_CHANGE, Put(goal, msgspec.structs.replace(goal.body, words="x", writer=cast.jef.person))
    )
    assert again(cast, "goal of us").body.writer == cast.sara.person


# ---- all or none -----------------------------------------------------------------------------------------------------


def test_what_fails_halfway_leaves_nothing(cast: Cast) -> None:
    before = counts()
    good = Add(GOAL, GoalBody(words="Blijft dit staan?"), GoalState.NOW)
    bad = Add(MEMBER, MemberBody(), MemberState.ACTIVE, columns={"person_id": uuid4()}, needs=Action.MEMBER_LET_IN)
    with pytest.raises(IntegrityError):
        change(cast.sara, Action.GOAL_ADD, good, bad, form_key="half")
    assert counts() == before
    done = change(cast.sara, Action.GOAL_ADD, good, form_key="half")
    assert not done.repeated


def test_what_changes_nothing_writes_nothing(cast: Cast) -> None:
    goal, before = cast.thing("goal of us"), counts()
    done = change(cast.sara, Action.GOAL_CHANGE, Put(goal, goal.body, state=goal.state, position=goal.position))
    assert done.entry is None
    assert counts() == before
    assert again(cast, "goal of us").version == goal.version


def test_in_and_out_of_the_bin_twice_is_once(cast: Cast) -> None:
    goal = cast.thing("goal of us")
    first = change(cast.sara, Action.GOAL_REMOVE, Remove(goal))
    assert first.entry
    assert load_one(cast.sara, GOAL, goal.id) is None
    assert change(cast.jef, Action.GOAL_REMOVE, Remove(again(cast, "goal of us"))).entry is None
    assert change(cast.jef, Action.RESTORE, Restore(again(cast, "goal of us"))).entry
    assert change(cast.jef, Action.RESTORE, Restore(again(cast, "goal of us"))).entry is None
    assert load_one(cast.sara, GOAL, goal.id)


# ---- history ---------------------------------------------------------------------------------------------------------


def lines_of(item: UUID) -> list[Any]:
    query = (
        select(HistoryLine.id, HistoryLine.plan_id, HistoryLine.act, HistoryLine.version, HistoryLine.sealed)
        .where(HistoryLine.item_id == item)
        .order_by(HistoryLine.version)
    )
    return list(db.session.execute(query))


def test_every_change_is_kept_whole_before_and_after(cast: Cast) -> None:
    goal = cast.thing("goal of us")
    change(cast.jef, Action.GOAL_CHANGE, Put(goal, words(goal, "Tweede woorden")))
    change(cast.sara, Action.GOAL_CHANGE, Put(again(cast, "goal of us"), state=GoalState.LATER))
    change(cast.sara, Action.GOAL_REMOVE, Remove(again(cast, "goal of us")))
    change(cast.sara, Action.RESTORE, Restore(again(cast, "goal of us")))
    rows = lines_of(goal.id)
    assert [(row.act, row.version) for row in rows] == [
        ("add", 1), ("put", 2), ("put", 3), ("remove", 4), ("restore", 5),
    ]  # fmt: skip
    sides = [open_sides(row.plan_id, row.id, row.sealed) for row in rows]
    texts = [GOAL.decode(bytes(side.after.body)).words for side in sides]
    assert texts == [goal.body.words, *["Tweede woorden"] * 4]
    assert sides[0].before is None
    for earlier, later in pairwise(sides):
        assert later.before == earlier.after
    assert [side.after.state for side in sides] == ["now", "now", "later", "later", "later"]


def test_history_says_who_did_what(cast: Cast) -> None:
    goal = cast.thing("goal of us")
    done = change(cast.nele, Action.GOAL_CHANGE, Put(goal, state=GoalState.LATER))
    entry = db.session.get(HistoryEntry, done.entry)
    assert entry
    assert (entry.action, entry.actor_kind, entry.actor_id) == ("GOAL_CHANGE", "meehelper", cast.nele.person)
    assert (entry.plan_id, entry.reason) == (cast.plan, "")


# ---- two at once -----------------------------------------------------------------------------------------------------


def test_different_fields_of_two_writers_are_both_kept(cast: Cast) -> None:
    goal = cast.thing("goal of us")
    change(cast.jef, Action.GOAL_CHANGE, Put(goal, words(goal, "Van Jef"), seen=goal.version))
    fresh = again(cast, "goal of us")
    mine = msgspec.structs.replace(goal.body, domain="health")
    change(cast.sara, Action.GOAL_CHANGE, Put(fresh, mine, seen=goal.version))
    body = again(cast, "goal of us").body
    assert (body.words, body.domain) == ("Van Jef", "health")


def test_the_same_field_of_two_writers_is_theirs_to_choose(cast: Cast) -> None:
    goal = cast.thing("goal of us")
    change(cast.jef, Action.GOAL_CHANGE, Put(goal, words(goal, "Van Jef"), seen=goal.version))
    before, mine = counts(), words(goal, "Van Sara")
    with pytest.raises(BothChanged) as both:
        change(cast.sara, Action.GOAL_CHANGE, Put(again(cast, "goal of us"), mine, seen=goal.version))
    assert (both.value.theirs.body.words, both.value.mine.words) == ("Van Jef", "Van Sara")  # type: ignore[attr-defined]
    assert both.value.fields == {"words"}
    assert counts() == before
    theirs = both.value.theirs
    change(cast.sara, Action.GOAL_CHANGE, Put(theirs, mine, seen=theirs.version))
    assert again(cast, "goal of us").body.words == "Van Sara"


@pytest.mark.parametrize("seen", [0, 999])
def test_a_version_nobody_saw_keeps_both_texts(cast: Cast, seen: int) -> None:
    goal = cast.thing("goal of us")
    with pytest.raises(BothChanged) as both:
        change(cast.sara, Action.GOAL_CHANGE, Put(goal, words(goal, "Van Sara"), seen=seen))
    assert "words" in both.value.fields
    assert again(cast, "goal of us").body == goal.body


@pytest.mark.parametrize("guess", ["Stiekem sparen", "Iets heel anders"])
def test_a_guess_at_what_was_kept_from_a_parent_is_answered_the_same_right_or_wrong(cast: Cast, guess: str) -> None:
    kept = GoalBody(words="Stiekem sparen", audience=Audience(Who.ME))
    done = change(cast.sara, Action.GOAL_ADD, Add(GOAL, kept, GoalState.NOW))
    goal = load_one(cast.sara, GOAL, done.id)
    assert goal is not None
    ours = GoalBody(words="Samen sparen", audience=Audience(Who.WE))
    change(cast.sara, Action.GOAL_CHANGE, Put(goal, ours))
    seen = load_one(cast.jef, GOAL, done.id)
    assert seen is not None
    with pytest.raises(BothChanged) as told:
        change(cast.jef, Action.GOAL_CHANGE, Put(seen, words(seen, guess), seen=1))
    assert told.value.theirs.body.words == "Samen sparen"
    assert "words" in told.value.fields


def overtake(monkeypatch: pytest.MonkeyPatch, app: Flask, times: int, write: Callable[[], object]) -> None:
    """Somebody else writes between this writer's reading and writing, so many times."""
    apply, left = door._apply, [times]

    def meanwhile(*arguments: Any) -> None:
        if left[0]:
            left[0] -= 1
            with app.app_context(), pytest.MonkeyPatch.context() as undisturbed:
                undisturbed.setattr(door, "_apply", apply)
                write()
        apply(*arguments)

    monkeypatch.setattr(door, "_apply", meanwhile)


def test_who_is_overtaken_reads_again_and_both_are_kept(
    cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal = cast.thing("goal of us")

    def jef_writes() -> None:
        theirs = again(cast, "goal of us", "jef")
        change(cast.jef, Action.GOAL_CHANGE, Put(theirs, msgspec.structs.replace(theirs.body, domain="work")))

    overtake(monkeypatch, app, 1, jef_writes)
    change(cast.sara, Action.GOAL_CHANGE, Put(goal, words(goal, "Van Sara"), state=GoalState.LATER))
    kept = again(cast, "goal of us")
    assert (kept.body.words, kept.body.domain, kept.state) == ("Van Sara", "work", "later")
    assert kept.version == goal.version + 2


def test_who_is_overtaken_by_the_same_words_chooses(cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    goal = cast.thing("goal of us")

    def jef_writes() -> None:
        theirs = again(cast, "goal of us", "jef")
        change(cast.jef, Action.GOAL_CHANGE, Put(theirs, words(theirs, "Van Jef")))

    overtake(monkeypatch, app, 1, jef_writes)
    with pytest.raises(BothChanged) as both:
        change(cast.sara, Action.GOAL_CHANGE, Put(goal, words(goal, "Van Sara")))
    assert both.value.theirs.body.words == "Van Jef"
    assert both.value.mine.words == "Van Sara"  # type: ignore[attr-defined]
    assert again(cast, "goal of us").body.words == "Van Jef"


def test_who_is_overtaken_again_and_again_is_told(cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    goal, turn = cast.thing("goal of us"), iter(range(100))

    def jef_writes() -> None:
        theirs = again(cast, "goal of us", "jef")
        change(cast.jef, Action.GOAL_CHANGE, Put(theirs, position=500 + next(turn)))

    overtake(monkeypatch, app, door.TRIES, jef_writes)
    with pytest.raises(BothChanged) as both:
        change(cast.sara, Action.GOAL_CHANGE, Put(goal, words(goal, "Van Sara")))
    assert both.value.mine.words == "Van Sara"  # type: ignore[attr-defined]


def test_who_is_overtaken_by_a_closing_finds_nothing_there(
    cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal = cast.thing("goal of us", "jef")

    def sara_closes() -> None:
        own = again(cast, "goal of us")
        closed = msgspec.structs.replace(own.body, audience=Audience(Who.ME))
        change(cast.sara, Action.AUDIENCE_CHANGE, Put(own, closed))

    overtake(monkeypatch, app, 1, sara_closes)
    with pytest.raises(NotPermitted):
        change(cast.jef, Action.GOAL_CHANGE, Put(goal, words(goal, "Van Jef")))
    assert again(cast, "goal of us").body.words == goal.body.words


# ---- the bin is emptied ----------------------------------------------------------------------------------------------


def test_only_the_product_itself_empties_the_bin_and_says_why(cast: Cast) -> None:
    nobody_why = Actor(ActorKind.SYSTEM)
    for actor in (cast.sara, cast.jef, cast.nele, cast.oma, cast.lies, cast.nobody, cast.host, nobody_why):
        with pytest.raises(NotPermitted):
            erase_bin(actor, now())


def test_what_lay_in_the_bin_is_erased_with_its_history_and_all_that_hangs_on_it(cast: Cast) -> None:
    goal = cast.thing("goal of us")
    steps = [cast.id(f"step {name}") for name in ("of us", "oma unseen", "kaat")]
    other = cast.thing("goal closed")
    both = change(cast.sara, Action.GOAL_CHANGE, Put(goal, position=90), Put(other, position=91))
    only = change(cast.sara, Action.GOAL_CHANGE, Put(again(cast, "goal of us"), state=GoalState.LATER))
    change(cast.sara, Action.GOAL_REMOVE, Remove(again(cast, "goal of us")))
    erased = erase_bin(system("the bin after 30 days"), now() + timedelta(seconds=1))
    assert erased == 5
    for item in (goal.id, *steps, cast.id("goal binned")):
        assert not lines_of(item)
    assert not db.session.scalars(select(GoalRow.id).where(GoalRow.id == goal.id)).all()
    assert not db.session.scalars(select(StepRow.id).where(StepRow.id.in_(steps))).all()
    entries = set(db.session.scalars(select(HistoryEntry.id)))
    assert both.entry in entries
    assert only.entry not in entries
    assert len(lines_of(other.id)) == 2


def test_with_a_person_go_the_shares_that_were_theirs(cast: Cast) -> None:
    """They cannot be without that person; their history may not outlive them either."""
    shares = [cast.id("share stopped"), cast.id("share expired")]
    assert all(lines_of(share) for share in shares)
    change(cast.sara, Action.PERSON_REMOVE, Remove(cast.thing("person ended")))
    erase_bin(system("the bin after 30 days"), now() + timedelta(seconds=1))
    assert not any(lines_of(share) for share in [*shares, cast.id("person ended")])
    assert not db.session.scalars(select(ShareRow.id).where(ShareRow.id.in_(shares))).all()


def test_what_lies_in_the_bin_since_today_stays(cast: Cast) -> None:
    before = counts()
    assert erase_bin(system("the bin after 30 days"), now() - timedelta(days=30)) == 0
    assert counts() == before
    assert again(cast, "goal binned").removed_at


def test_old_form_keys_go_with_the_bin(cast: Cast) -> None:
    change(cast.sara, Action.GOAL_ADD, Add(GOAL, GoalBody(words="x"), GoalState.NOW), form_key="old")
    assert counts()[-1] >= 1
    erase_bin(system("the bin after 30 days"), now() + timedelta(seconds=1))
    assert counts()[-1] == 0
