"""Who keeps the overview, over time, as tables."""

from datetime import date, timedelta
from uuid import UUID

import msgspec
import pytest

from app.overview import rules
from app.overview.rules import Reason
from app.plan.nouns import Kept, Overview, PlanBody

TODAY = date(2031, 3, 3)
LISA, OMA = UUID(int=1), UUID(int=2)
OPEN = PlanBody()
LAST_YEAR = date(2030, 3, 3)
WE = PlanBody(overview=Overview.WE, overview_since=LAST_YEAR)
WITH_LISA = PlanBody(
    overview=Overview.TOGETHER,
    overview_person=LISA,
    overview_since=date(2031, 1, 1),
    overview_before=(Kept(Overview.WE, None, LAST_YEAR, date(2031, 1, 1)),),
)


@pytest.mark.parametrize(
    ("overview", "kept"), [(None, None), (Overview.WE, None), (Overview.TOGETHER, LISA), (Overview.SOMEONE, LISA)]
)
def test_beside_wij_zelf_no_name_counts(overview: Overview | None, kept: UUID | None) -> None:
    assert rules.keeper_of(overview, LISA) == kept


SINCE = [
    (OPEN, Overview.WE, None, None, None),
    (OPEN, Overview.WE, None, TODAY, None),
    (OPEN, Overview.WE, None, date(1990, 1, 1), None),
    (OPEN, Overview.WE, None, TODAY + timedelta(days=1), Reason.STILL_TO_COME),
    (WE, Overview.SOMEONE, OMA, LAST_YEAR, None),
    (WE, Overview.SOMEONE, OMA, LAST_YEAR - timedelta(days=1), Reason.BEFORE_THE_LAST),
    # The same, since another day: not before who kept it until then ended.
    (WITH_LISA, Overview.TOGETHER, LISA, date(2031, 2, 2), None),
    (WITH_LISA, Overview.TOGETHER, LISA, date(2031, 1, 1), None),
    (WITH_LISA, Overview.TOGETHER, LISA, date(2030, 12, 31), Reason.BEFORE_THE_LAST),
    (WITH_LISA, Overview.WE, None, date(2030, 12, 31), Reason.BEFORE_THE_LAST),
]


@pytest.mark.parametrize(("body", "overview", "person", "since", "reason"), SINCE)
def test_since_when(
    body: PlanBody, overview: Overview, person: UUID | None, since: date | None, reason: Reason | None
) -> None:
    assert rules.why_not_since(body, overview, person, since, TODAY) is reason


def after(body: PlanBody, overview: Overview | None, person: UUID | None, since: date | None = None) -> PlanBody:
    return msgspec.structs.replace(body, **rules.chosen(body, overview, person, since, TODAY))


def test_the_first_choice_has_nothing_before_it() -> None:
    now = after(OPEN, Overview.WE, None)
    assert (now.overview, now.overview_since, now.overview_before) == (Overview.WE, TODAY, ())


def test_who_kept_it_before_stays_with_its_days() -> None:
    now = after(WITH_LISA, Overview.SOMEONE, OMA, date(2031, 2, 1))
    assert (now.overview, now.overview_person, now.overview_since) == (Overview.SOMEONE, OMA, date(2031, 2, 1))
    assert now.overview_before == (
        *WITH_LISA.overview_before,
        Kept(Overview.TOGETHER, LISA, date(2031, 1, 1), date(2031, 2, 1)),
    )


def test_another_day_of_the_same_is_no_other_time() -> None:
    now = after(WITH_LISA, Overview.TOGETHER, LISA, date(2031, 2, 1))
    assert now == msgspec.structs.replace(WITH_LISA, overview_since=date(2031, 2, 1))
    assert after(WITH_LISA, Overview.TOGETHER, LISA) == WITH_LISA


def test_not_knowing_any_more_is_a_choice_too() -> None:
    now = after(WITH_LISA, None, None)
    assert (now.overview, now.overview_person, now.overview_since) == (None, None, None)
    assert now.overview_before[-1] == Kept(Overview.TOGETHER, LISA, date(2031, 1, 1), TODAY)
