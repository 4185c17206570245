"""Payloads: what goes in comes out, also years later, and nothing that a newer form needs is lost."""

from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agreements.models import AGREEMENT, OUTCOME
from app.goals.models import GOAL, STEP
from app.goals.nouns import GoalBody
from app.items import Body, Kind, TooNew
from app.people.models import CONTACT, PERSON
from app.plan.models import HOME, INVITE, MEMBER, PLAN
from app.policy.actor import Ring
from app.policy.audience import Audience, Who
from app.sharing.models import SHARE

KINDS = [PLAN, MEMBER, INVITE, HOME, PERSON, CONTACT, GOAL, STEP, AGREEMENT, OUTCOME, SHARE]

ids = st.uuids()
people = st.lists(ids, max_size=3).map(tuple)
audiences = st.builds(
    Audience, st.sampled_from(list(Who)), st.lists(st.sampled_from(list(Ring)), max_size=2).map(tuple), people
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_empty_payload_of_every_kind_comes_back(kind: Kind[Body]) -> None:
    body = kind.body()
    assert kind.decode(kind.encode(body)) == body
    assert kind.name == kind.table.__tablename__


@given(words=st.text(max_size=300), whose=people, writer=ids, audience=audiences)
def test_whatever_people_write_comes_back(
    words: str, whose: tuple[UUID, ...], writer: UUID, audience: Audience
) -> None:
    body = GoalBody(words=words, whose=whose, writer=writer, audience=audience)
    assert GOAL.decode(GOAL.encode(body)) == body


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_payload_grows_by_fields_with_defaults(kind: Kind[Body]) -> None:
    """What was written before a field was there opens with its default; so every field must have one."""
    assert kind.decode(b'{"schema":%d,"body":{}}' % kind.schema) is not None
    assert all(not field.required for field in msgspec.structs.fields(kind.body))


class Second(Body, frozen=True, kw_only=True, omit_defaults=True):
    """As a goal might be some years from now: its words in parts."""

    parts: tuple[str, ...] = ()
    size: int = 0


def in_parts(fields: dict[str, object]) -> dict[str, object]:
    """From form 1 to 2."""
    words = str(fields.pop("words", ""))
    return {**fields, "parts": [words]}


def with_size(fields: dict[str, object]) -> dict[str, object]:
    """From form 2 to 3."""
    parts = fields.get("parts", [])
    assert isinstance(parts, list)
    return {**fields, "size": sum(len(part) for part in parts)}


SECOND = Kind(
    name="goal",
    table=GOAL.table,
    body=Second,
    label=lambda body: " ".join(body.parts),
    noun=lambda: "",
    schema=3,
    upgrades={1: in_parts, 2: with_size},
)


def test_an_old_payload_is_brought_up_to_date_when_it_is_read() -> None:
    writer = uuid4()
    old = GOAL.encode(GoalBody(words="Samen eten", writer=writer, audience=Audience(Who.ME)))
    new = SECOND.decode(old)
    assert (new.parts, new.size, new.writer, new.audience) == (("Samen eten",), 10, writer, Audience(Who.ME))
    assert SECOND.decode(SECOND.encode(new)) == new


def test_a_payload_of_halfway_takes_the_steps_it_needs() -> None:
    between = msgspec.json.encode({"schema": 2, "body": {"parts": ["a", "bc"]}})
    assert SECOND.decode(between).size == 3


def test_a_payload_from_the_future_is_not_guessed_at() -> None:
    with pytest.raises(TooNew):
        GOAL.decode(SECOND.encode(Second(parts=("Samen eten",))))
