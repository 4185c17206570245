"""What sharing allows: tables, and examples nobody thought of."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.policy.actor import Ring
from app.policy.audience import Audience, Facts, Who, is_private, sees
from app.sharing import rules
from app.sharing.nouns import OF_A_LINK, ShareState, What
from app.sharing.rules import Length, Reason
from tests.sharing.family import BETTY, JEF, OMA, SARA, audiences, goal, items, parent

TODAY = date(2026, 3, 1)


# ---- with whom, what, until when -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("whats", "kinds"),
    [
        ([], ()),
        ([What.GOALS], ("goal", "step")),
        ([What.PEOPLE, What.AGREEMENTS], ("agreement", "outcome", "person")),
        (list(OF_A_LINK), ("agreement", "outcome", "goal", "step", "person", "moment")),
        (list(What), ("agreement", "outcome", "goal", "step", "person", "moment", "home", "paper")),
    ],
)
def test_a_tile_opens_its_kinds_and_is_read_back(whats: list[What], kinds: tuple[str, ...]) -> None:
    assert rules.opened_by(whats) == kinds
    assert set(rules.whats_in(kinds)) == set(whats)


def test_no_tile_opens_phones_addresses_or_the_workings_of_the_plan() -> None:
    opened = {kind for kinds in rules.OPENS.values() for kind in kinds}
    assert not opened & ({"contact"} | rules.FIXED)
    assert "home" not in rules.opened_by(OF_A_LINK)


@pytest.mark.parametrize(
    ("length", "own", "until"),
    [
        (Length.MONTH, None, date(2026, 3, 31)),
        (Length.SEASON, None, date(2026, 5, 30)),
        (Length.YEAR, date(2026, 3, 2), date(2027, 3, 1)),
        (Length.OWN, TODAY, TODAY),
        (Length.OWN, date(2028, 2, 29), date(2028, 2, 29)),
        (Length.OWN, None, Reason.NO_DAY),
        (Length.OWN, date(2026, 2, 28), Reason.PAST_DAY),
        (Length.OWN, date(2028, 3, 1), Reason.TOO_FAR),
    ],
)
def test_a_share_has_an_end_that_can_be(length: Length, own: date | None, until: date | Reason) -> None:
    assert rules.until_of(length, own, TODAY) == until


@pytest.mark.parametrize(
    ("until", "later"),
    [
        (date(2026, 3, 10), date(2026, 6, 8)),
        (date(2025, 1, 1), date(2026, 5, 30)),
        (None, date(2026, 5, 30)),
        (date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_three_months_more_count_from_the_end_it_had_or_from_today(until: date | None, later: date) -> None:
    assert rules.later(until, TODAY) == later


@pytest.mark.parametrize(
    ("until", "instant"),
    [
        (date(2026, 1, 31), datetime(2026, 1, 31, 23, tzinfo=UTC)),
        (date(2026, 7, 14), datetime(2026, 7, 14, 22, tzinfo=UTC)),
        (date(2026, 3, 28), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),
    ],
)
def test_the_last_day_works_until_its_local_midnight(until: date, instant: datetime) -> None:
    assert rules.ends_at(until, "Europe/Brussels") == instant


@pytest.mark.parametrize(
    ("person", "reason"),
    [(OMA, None), (None, Reason.UNKNOWN_PERSON), (BETTY, Reason.UNKNOWN_PERSON), (JEF, Reason.HAS_OWN_KEY)],
)
def test_one_shares_with_somebody_known_who_has_no_key(person: UUID | None, reason: Reason | None) -> None:
    assert rules.why_not_share_with(person, {OMA, JEF}, {JEF, SARA}) == reason


def test_what_was_stopped_stays_stopped() -> None:
    assert rules.why_not_go_on(ShareState.STOPPED) is Reason.STOPPED
    assert rules.why_not_go_on(ShareState.ACTIVE) is None


@pytest.mark.parametrize("typed", ["Appel taart", "appeltaart", " APPELTAART! ", "áppeltaart"])
def test_an_agreed_word_is_heard_however_it_is_written(typed: str) -> None:
    assert rules.agreed_word(typed) == "appeltaart"


# ---- who chooses who sees it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chooser", "now", "chosen", "reason"),
    [
        (SARA, Audience(), Audience(Who.ME), None),
        (JEF, Audience(), Audience(Who.ME), Reason.WRITER_NARROWS),
        (JEF, Audience(), Audience(Who.ME_AND, people=(OMA,)), Reason.WRITER_NARROWS),
        (JEF, Audience(), Audience(Who.WE), None),
        (JEF, Audience(Who.WE), Audience(Who.WE_AND, people=(OMA,)), None),
        (SARA, Audience(Who.ME), Audience(), None),
        (JEF, Audience(Who.ME), Audience(), Reason.WRITER_WIDENS),
        (JEF, Audience(Who.ME_AND, people=(JEF,)), Audience(Who.WE), Reason.WRITER_WIDENS),
        (SARA, Audience(), Audience(Who.WE_AND), Reason.NOBODY_CHOSEN),
        (SARA, Audience(), Audience(Who.ME_AND, rings=(Ring.CLOSE,)), Reason.NOBODY_CHOSEN),
        (None, Audience(), Audience(Who.ME), Reason.WRITER_NARROWS),
    ],
)
def test_only_the_writer_narrows_below_us_and_widens_what_is_kept(
    chooser: UUID | None, now: Audience, chosen: Audience, reason: Reason | None
) -> None:
    assert rules.why_not_choose(chooser, goal(now.who, people=now.people), chosen) == reason


def test_without_a_writer_nobody_keeps_it_from_the_others() -> None:
    unwritten = goal(writer=None)  # type: ignore[arg-type]
    assert rules.why_not_choose(None, unwritten, Audience(Who.ME)) is Reason.WRITER_NARROWS


@pytest.mark.parametrize(
    ("now", "after"),
    [
        (Audience(), Audience(Who.WE_AND, people=(BETTY, OMA))),
        (Audience(Who.WE), Audience(Who.WE_AND, people=(BETTY, OMA))),
        (
            Audience(Who.WE_AND, rings=(Ring.SERVICES,)),
            Audience(Who.WE_AND, rings=(Ring.SERVICES,), people=(BETTY, OMA)),
        ),
        (Audience(Who.ME), Audience(Who.ME_AND, people=(BETTY, OMA))),
        (Audience(Who.WE_AND, people=(OMA,)), Audience(Who.WE_AND, people=(OMA,))),
    ],
)
def test_opening_one_thing_to_somebody_shuts_nobody_else_out(now: Audience, after: Audience) -> None:
    found = rules.opened_to(goal(now.who, people=now.people, rings=now.rings), OMA, [BETTY])
    assert set(found.people) == set(after.people)
    assert (found.who, found.rings) == (after.who, after.rings)


# ---- examples nobody thought of --------------------------------------------------------------------------------------


@given(items, st.sampled_from((OMA, BETTY)), st.booleans())
def test_opening_by_hand_never_takes_a_thing_from_a_parent_nor_gives_it_to_one(
    item: Facts, person: UUID, both: bool
) -> None:
    after = replace(item, audience=rules.opened_to(item, person, [OMA, BETTY] if both else []))
    assert is_private(after) == is_private(item)
    assert person in after.audience.people
    for one in (SARA, JEF):
        if not (is_private(item) and one in item.audience.people and item.audience.who is not Who.ME_AND):
            assert sees(parent(one), after) == sees(parent(one), item)


@given(items, audiences, st.sampled_from((SARA, JEF)))
def test_a_choice_that_is_allowed_never_hides_or_shows_a_thing_against_its_writer(
    item: Facts, chosen: Audience, chooser: UUID
) -> None:
    if rules.why_not_choose(chooser, item, chosen) is None and chooser != item.writer:
        after = replace(item, audience=chosen)
        assert sees(parent(SARA), after)
        assert sees(parent(JEF), after)
        assert not is_private(item)


@pytest.mark.parametrize("kind", sorted(rules.FIXED))
def test_the_workings_of_the_plan_have_no_audience_to_choose(kind: str) -> None:
    assert not rules.may_choose_audience_of(kind)
    assert rules.may_choose_audience_of("goal")
