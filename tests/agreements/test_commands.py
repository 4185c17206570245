"""What is done to agreements: one effect, in the right hands, readable in the history."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine

from app.agreements import commands, store
from app.agreements.commands import AgreementInput
from app.agreements.nouns import AgreementState, Result, When, WhenSort
from app.agreements.rules import Reason
from app.agreements.turns import AgreementView, Turn
from app.change import BothChanged, NotPermitted, Refused
from tests.agreements.weeks import THURSDAY
from tests.cast import Cast

pytestmark = pytest.mark.both_databases
DONE, MISSED = Result.DONE, Result.MISSED


@pytest.fixture(autouse=True)
def on_a_thursday(cast: Cast) -> Iterator[None]:
    assert cast.app is not None
    with cast.app.test_request_context(), time_machine.travel(datetime.fromisoformat(f"{THURSDAY}T12:00+00:00")):
        yield


def on(day: date) -> When:
    return When(sort=WhenSort.DAY, day=day)


def weekly(*weekdays: int) -> When:
    return When(sort=WhenSort.WEEKLY, day=THURSDAY - timedelta(days=3), weekdays=weekdays)


def added(cast: Cast, when: When | None = None, *, who: str = "oma", by: str = "sara", **more: Any) -> AgreementView:
    given = AgreementInput("Samen wandelen", (cast.people[who],) if who else (), when or When(), **more)
    actor = cast.actors[by]
    return found(cast, commands.add(actor, store.board(actor), given, uuid4().hex).id, by)


def found(cast: Cast, agreement: UUID, by: str = "sara") -> AgreementView:
    view = store.agreement(cast.actors[by], agreement)
    assert view is not None
    return view


def turn(cast: Cast, agreement: AgreementView, day: date | None = THURSDAY, by: str = "sara") -> Turn:
    there = store.turn(cast.actors[by], agreement.thing.id, day.isoformat() if day else "zonder-dag")
    assert there is not None
    return there


def tell(cast: Cast, there: Turn, result: Result, why: str = "") -> None:
    commands.tell(cast.sara, there, result, why, uuid4().hex)


# ---- adding and changing --------------------------------------------------------------------------------------------
def test_only_what_is_needed(cast: Cast) -> None:
    agreement = added(cast, who="")
    assert (agreement.sentence, agreement.faces, agreement.when) == ("Samen wandelen.", [], "nog geen dag")


def test_who_and_goal_must_be_seen(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        commands.add(cast.jef, store.board(cast.jef), AgreementInput("x", who=(cast.people["els"],)), None)
    assert refused.value.reason is Reason.UNKNOWN_PERSON
    with pytest.raises(Refused) as refused:
        commands.add(cast.jef, store.board(cast.jef), AgreementInput("x", goal=cast.id("goal alone")), None)
    assert refused.value.reason is Reason.UNKNOWN_GOAL


def test_a_day_that_is_over_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        added(cast, on(THURSDAY - timedelta(days=1)))
    assert refused.value.reason is Reason.PAST_DAY


def test_a_form_sent_twice_makes_one_agreement(cast: Cast) -> None:
    before, key = len(store.board(cast.sara).agreements), uuid4().hex
    for _time in range(3):
        commands.add(cast.sara, store.board(cast.sara), AgreementInput("Samen eten"), key)
    assert len(store.board(cast.sara).agreements) == before + 1


def test_an_edit_keeps_the_days_that_were_moved(cast: Cast) -> None:
    agreement = added(cast, weekly(1, 4))
    friday = THURSDAY + timedelta(days=1)
    commands.new_day(cast.sara, turn(cast, agreement, friday), THURSDAY + timedelta(days=2), None)
    agreement = found(cast, agreement.thing.id)
    given = AgreementInput("Samen zwemmen", agreement.thing.body.who, weekly(4))
    commands.edit(cast.sara, agreement, given, agreement.thing.version, None)
    body = found(cast, agreement.thing.id).thing.body
    assert (body.words, body.when.weekdays) == ("Samen zwemmen", (4,))
    assert body.when.moved == {friday: THURSDAY + timedelta(days=2)}


def test_an_edit_keeps_who_and_what_the_writer_does_not_see(cast: Cast) -> None:
    agreement = added(cast, who="els", goal=cast.id("goal alone"))
    seen_by_jef = found(cast, agreement.thing.id, "jef")
    commands.edit(cast.jef, seen_by_jef, AgreementInput("Anders", (cast.people["jef"],)), None, None)
    body = found(cast, agreement.thing.id).thing.body
    assert set(body.who) == {cast.people["els"], cast.people["jef"]}
    assert body.goal == cast.id("goal alone")


def test_two_who_write_at_once_both_keep_their_words(cast: Cast) -> None:
    agreement = added(cast)
    seen = agreement.thing.version
    commands.edit(cast.jef, found(cast, agreement.thing.id, "jef"), AgreementInput("Samen fietsen"), seen, None)
    now = found(cast, agreement.thing.id)
    with pytest.raises(BothChanged) as both:
        commands.edit(cast.sara, now, AgreementInput("Samen koken"), seen, None)
    assert both.value.theirs.body.words == "Samen fietsen"
    assert both.value.mine.words == "Samen koken"


def test_one_changes_the_words_and_another_the_place(cast: Cast) -> None:
    agreement = added(cast)
    who, seen = agreement.thing.body.who, agreement.thing.version
    jefs = found(cast, agreement.thing.id, "jef")
    commands.edit(cast.jef, jefs, AgreementInput("Samen wandelen", who, where="het park"), seen, None)
    commands.edit(cast.sara, found(cast, agreement.thing.id), AgreementInput("Samen spelen", who), seen, None)
    body = found(cast, agreement.thing.id).thing.body
    assert (body.words, body.where) == ("Samen spelen", "het park")


def test_a_meehelper_adds_only_what_was_opened(cast: Cast) -> None:
    assert store.fresh(cast.nele) is None
    with pytest.raises(NotPermitted):
        commands.add(cast.nele, store.board(cast.nele), AgreementInput("Samen eten"), None)


# ---- how it went ----------------------------------------------------------------------------------------------------
def test_gelukt_is_done_and_can_be_taken_back(cast: Cast) -> None:
    agreement = added(cast, on(THURSDAY))
    tell(cast, turn(cast, agreement), DONE)
    done = found(cast, agreement.thing.id)
    assert done.thing.state == AgreementState.DONE
    assert turn(cast, done).is_done
    commands.take_back(cast.sara, turn(cast, done))
    again = found(cast, agreement.thing.id)
    assert (again.thing.state, turn(cast, again).result) == (AgreementState.OPEN, None)


def test_gelukt_belongs_to_one_time_only(cast: Cast) -> None:
    agreement = added(cast, weekly(0, 3))
    tell(cast, turn(cast, agreement), DONE)
    agreement = found(cast, agreement.thing.id)
    assert [each.result for each in agreement.week] == [None, DONE]
    assert agreement.thing.state == AgreementState.OPEN


@pytest.mark.parametrize("result", [DONE, MISSED])
def test_told_three_times_is_told_once(cast: Cast, result: Result) -> None:
    agreement = added(cast, on(THURSDAY))
    for _time in range(3):
        tell(cast, turn(cast, agreement), result)
    assert len(found(cast, agreement.thing.id).outcomes) == 1


def test_taken_back_twice_is_taken_back_once(cast: Cast) -> None:
    agreement = added(cast, on(THURSDAY))
    tell(cast, turn(cast, agreement), DONE)
    for _time in range(2):
        commands.take_back(cast.sara, turn(cast, agreement))
    tell(cast, turn(cast, agreement), DONE)
    assert turn(cast, agreement).is_done


def test_what_was_missed_can_still_work_out(cast: Cast) -> None:
    agreement = added(cast, on(THURSDAY))
    tell(cast, turn(cast, agreement), MISSED, "De bus kwam niet.")
    assert turn(cast, agreement).is_missed
    tell(cast, turn(cast, agreement), DONE)
    assert len(turn(cast, agreement).told) == 1
    assert turn(cast, agreement).is_done


def test_an_agreement_without_a_day_works_out_too(cast: Cast) -> None:
    agreement = added(cast, When(sort=WhenSort.ONCE, words="als het regent"))
    tell(cast, turn(cast, agreement, None), DONE)
    assert found(cast, agreement.thing.id).thing.state == AgreementState.DONE


def test_a_meehelper_tells_of_her_own(cast: Cast) -> None:
    agreement = added(cast, on(THURSDAY), who="nele")
    commands.tell(cast.nele, turn(cast, agreement, by="nele"), DONE)
    assert turn(cast, agreement).is_done
    commands.take_back(cast.nele, turn(cast, agreement, by="nele"))
    assert found(cast, agreement.thing.id).thing.state == AgreementState.OPEN


def test_a_meehelper_neither_tells_nor_changes_what_is_not_hers(cast: Cast) -> None:
    own, other = added(cast, on(THURSDAY), who="nele"), added(cast, on(THURSDAY))
    with pytest.raises(NotPermitted):
        commands.tell(cast.nele, turn(cast, other), DONE)
    with pytest.raises(NotPermitted):
        commands.edit(cast.nele, found(cast, own.thing.id, "nele"), AgreementInput("Anders"), None, None)
    with pytest.raises(NotPermitted):
        commands.remove(cast.nele, found(cast, own.thing.id, "nele"))
    tell(cast, turn(cast, own), DONE)
    commands.take_back(cast.nele, turn(cast, own, by="nele"))
    assert turn(cast, own).is_done


def test_a_stranger_tells_nothing(cast: Cast) -> None:
    agreement = added(cast, on(THURSDAY))
    assert store.turn(cast.lies, agreement.thing.id, THURSDAY.isoformat()) is None
    with pytest.raises(NotPermitted):
        commands.tell(cast.lies, turn(cast, agreement), DONE)


# ---- reports --------------------------------------------------------------------------------------------------------
def test_a_report_counts_at_once_and_changes_nothing_else(cast: Cast) -> None:
    agreement = added(cast, on(THURSDAY))
    commands.report(cast.oma, turn(cast, agreement, by="oma"), DONE)
    seen = turn(cast, agreement)
    assert seen.is_done
    assert seen.reporters == ["Oma Rosa Roodborsttapuit"]
    assert found(cast, agreement.thing.id).thing.state == AgreementState.OPEN
    assert seen.thing.id in {each.thing.id for each in store.board(cast.sara).done}


def test_the_family_takes_a_report_back_in_one_go(cast: Cast) -> None:
    agreement = added(cast, on(THURSDAY))
    commands.report(cast.oma, turn(cast, agreement, by="oma"), DONE)
    commands.take_back(cast.sara, turn(cast, agreement))
    assert turn(cast, agreement).result is None


def test_oma_reports_once_and_takes_her_own_report_back(cast: Cast) -> None:
    agreement = added(cast, on(THURSDAY))
    for result in (DONE, DONE, MISSED, DONE):
        commands.report(cast.oma, turn(cast, agreement, by="oma"), result)
    assert len(turn(cast, agreement).told) == 1
    commands.take_back(cast.oma, turn(cast, agreement, by="oma"))
    assert turn(cast, agreement).told == []


def test_oma_takes_nothing_back_that_the_family_told(cast: Cast) -> None:
    agreement = added(cast, on(THURSDAY))
    tell(cast, turn(cast, agreement), DONE)
    commands.take_back(cast.oma, turn(cast, agreement, by="oma"))
    assert turn(cast, agreement).is_done


def test_oma_reports_on_her_own_only_and_tells_nothing(cast: Cast) -> None:
    agreement = added(cast, on(THURSDAY), who="nele")
    hers = turn(cast, agreement, by="oma")
    with pytest.raises(NotPermitted):
        commands.report(cast.oma, hers, DONE)
    with pytest.raises(NotPermitted):
        commands.tell(cast.oma, hers, DONE)


def test_a_miss_is_for_the_family_and_who_had_to_do_it(cast: Cast) -> None:
    of_oma, of_nele = added(cast, on(THURSDAY)), added(cast, on(THURSDAY), who="nele")
    for agreement in (of_oma, of_nele):
        tell(cast, turn(cast, agreement), MISSED, "De bus kwam niet.")
    assert turn(cast, of_oma, by="oma").is_missed
    seen = turn(cast, of_nele, by="oma")
    assert (seen.result, seen.told) == (None, [])
    assert turn(cast, of_nele, by="nele").is_missed
    assert turn(cast, of_nele, by="jef").is_missed


# ---- what now -------------------------------------------------------------------------------------------------------
def test_a_new_day_for_a_single_one(cast: Cast) -> None:
    agreement, sunday = added(cast, on(THURSDAY)), THURSDAY + timedelta(days=3)
    tell(cast, turn(cast, agreement), MISSED)
    commands.new_day(cast.sara, turn(cast, agreement), sunday, None)
    moved = found(cast, agreement.thing.id)
    assert moved.thing.body.when == on(sunday)
    assert turn(cast, moved, sunday).result is None


def test_a_new_day_of_a_weekly_one_is_for_that_time_only(cast: Cast) -> None:
    agreement, saturday = added(cast, weekly(3)), THURSDAY + timedelta(days=2)
    tell(cast, turn(cast, agreement), MISSED)
    commands.new_day(cast.sara, turn(cast, agreement), saturday, None)
    moved = found(cast, agreement.thing.id)
    assert [each.day for each in moved.week] == [saturday]
    assert moved.next is not None
    assert moved.next.day == THURSDAY + timedelta(days=7)


def test_the_same_day_again_opens_it_again(cast: Cast) -> None:
    agreement = added(cast, on(THURSDAY))
    tell(cast, turn(cast, agreement), MISSED)
    commands.new_day(cast.sara, turn(cast, agreement), THURSDAY, None)
    assert turn(cast, agreement).result is None


@pytest.mark.parametrize(
    ("to", "reason"),
    [(THURSDAY - timedelta(days=1), Reason.PAST_DAY), (THURSDAY + timedelta(days=1), Reason.DAY_TAKEN)],
)
def test_a_day_that_is_over_or_taken_is_no_new_day(cast: Cast, to: date, reason: Reason) -> None:
    with pytest.raises(Refused) as refused:
        commands.new_day(cast.sara, turn(cast, added(cast, weekly(3, 4))), to, None)
    assert refused.value.reason is reason


def test_what_moved_already_does_not_move_from_there_again(cast: Cast) -> None:
    agreement, key = added(cast, weekly(3)), uuid4().hex
    there = turn(cast, agreement)
    for _time in range(2):
        commands.new_day(cast.sara, there, THURSDAY + timedelta(days=2), key)
        there = turn(cast, agreement)
    with pytest.raises(Refused) as refused:
        commands.new_day(cast.sara, turn(cast, agreement), THURSDAY + timedelta(days=3), None)
    assert refused.value.reason is Reason.NO_SUCH_MOVE


def test_somebody_else_takes_over_and_it_is_open_again(cast: Cast) -> None:
    agreement = added(cast, on(THURSDAY))
    tell(cast, turn(cast, agreement), MISSED)
    commands.someone_else(cast.sara, turn(cast, agreement), (cast.people["jef"],), None, None)
    after = turn(cast, agreement)
    assert after.thing.body.who == (cast.people["jef"],)
    assert after.result is None
    assert after.thing.body.when == on(THURSDAY)


def test_somebody_else_on_a_day_that_is_over_stays_open_or_gets_a_day(cast: Cast) -> None:
    agreement = added(cast, on(THURSDAY))
    with time_machine.travel(datetime.fromisoformat(f"{THURSDAY + timedelta(days=1)}T12:00+00:00")):
        commands.someone_else(cast.sara, turn(cast, agreement), (cast.people["jef"],), None, None)
        assert found(cast, agreement.thing.id).thing.body.when == When()
        later = THURSDAY + timedelta(days=5)
        commands.someone_else(cast.sara, turn(cast, agreement, None), (), later, None)
        body = found(cast, agreement.thing.id).thing.body
        assert (body.who, body.when) == ((), on(later))


def test_smaller_takes_its_place_and_both_keep_their_words(cast: Cast) -> None:
    agreement, key = added(cast, weekly(3), where="het park"), uuid4().hex
    tell(cast, turn(cast, agreement), MISSED)
    made = [commands.smaller(cast.sara, turn(cast, agreement), "Tien minuten wandelen", key) for _ in range(2)]
    old, new = found(cast, agreement.thing.id), found(cast, made[0].id)
    assert (old.thing.state, old.thing.body.words) == (AgreementState.STOPPED, "Samen wandelen")
    assert (new.thing.state, new.thing.body.words) == (AgreementState.OPEN, "Tien minuten wandelen")
    assert (new.thing.body.where, new.thing.body.who) == ("het park", agreement.thing.body.who)
    assert [each.result for each in new.week] == [None]
    assert [each.thing.body.words for each in store.board(cast.sara).this_week].count("Tien minuten wandelen") == 1


def test_not_needed_stops_it_and_toch_wel_starts_it_again(cast: Cast) -> None:
    agreement = added(cast, on(THURSDAY))
    for _time in range(2):
        commands.not_needed(cast.sara, turn(cast, agreement), only_this_time=False, form_key=None)
    assert found(cast, agreement.thing.id).thing.state == AgreementState.STOPPED
    with pytest.raises(Refused):
        tell(cast, turn(cast, agreement), DONE)
    with pytest.raises(Refused):
        commands.report(cast.oma, turn(cast, agreement, by="oma"), DONE)
    commands.reopen(cast.sara, found(cast, agreement.thing.id))
    assert found(cast, agreement.thing.id).thing.state == AgreementState.OPEN


def test_not_needed_this_time_leaves_the_rhythm(cast: Cast) -> None:
    agreement = added(cast, weekly(3))
    commands.not_needed(cast.sara, turn(cast, agreement), only_this_time=True, form_key=None)
    after = found(cast, agreement.thing.id)
    assert (after.thing.state, after.week) == (AgreementState.OPEN, [])
    assert after.next is not None


def test_what_is_done_has_no_what_now(cast: Cast) -> None:
    agreement = added(cast, on(THURSDAY))
    tell(cast, turn(cast, agreement), DONE)
    there = turn(cast, agreement)
    for act in (
        lambda: commands.new_day(cast.sara, there, THURSDAY, None),
        lambda: commands.someone_else(cast.sara, there, (), None, None),
        lambda: commands.smaller(cast.sara, there, "Kleiner", None),
        lambda: commands.not_needed(cast.sara, there, only_this_time=False, form_key=None),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.reason is Reason.NO_SUCH_MOVE


def test_removed_twice_is_removed_once(cast: Cast) -> None:
    agreement = added(cast)
    for _time in range(2):
        view = store.removed_too(cast.sara, agreement.thing.id)
        assert view is not None
        commands.remove(cast.sara, view)
    assert store.agreement(cast.sara, agreement.thing.id) is None
