"""Who keeps the overview, over time. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.plan.nouns import Kept, Overview, PlanBody


class Reason(StrEnum):
    NOT_OUR_PERSON = "not_our_person"
    STILL_TO_COME = "still_to_come"
    BEFORE_THE_LAST = "before_the_last"


def keeper_of(overview: Overview | None, person: UUID | None) -> UUID | None:
    """The person that counts with a choice: none beside "wij zelf", or when nobody knows yet."""
    return None if overview in {None, Overview.WE} else person


def why_not_since(
    body: PlanBody, overview: Overview | None, person: UUID | None, since: date | None, today: date
) -> Reason | None:
    """Whether it may be so since that day: a day of the past, and not before who kept it until then began."""
    if since is None:
        return None
    if since > today:
        return Reason.STILL_TO_COME
    last = body.overview_before[-1].until if body.overview_before else None
    begun = body.overview_since if _is_other(body, overview, person) else last
    return Reason.BEFORE_THE_LAST if begun is not None and since < begun else None


def chosen(
    body: PlanBody, overview: Overview | None, person: UUID | None, since: date | None, today: date
) -> dict[str, Any]:
    """What changes in the plan's facts: who keeps it from now on, and who did until then."""
    if not _is_other(body, overview, person):
        return {"overview_since": since or body.overview_since}
    begins = since or today
    before = body.overview_before
    if body.overview is not None:
        before = (*before, Kept(body.overview, body.overview_person, body.overview_since, begins))
    return {
        "overview": overview,
        "overview_person": person,
        "overview_since": begins if overview is not None else None,
        "overview_before": before,
    }


def _is_other(body: PlanBody, overview: Overview | None, person: UUID | None) -> bool:
    return (overview, person) != (body.overview, body.overview_person)
