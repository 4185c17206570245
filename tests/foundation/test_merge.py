"""Two people wrote at once: field by field, what both keep and where they must choose."""

from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.goals.nouns import GoalBody, Reins, Thread
from app.merge import differing, merged

KAAT = uuid4()
BASE = GoalBody(words="Samen eten", domain="together", thread=Thread.PREI)


@pytest.mark.parametrize(
    ("mine", "theirs", "both", "clashing"),
    [
        ({}, {}, {}, set()),
        ({"words": "Samen koken"}, {}, {"words": "Samen koken"}, set()),
        ({}, {"words": "Vroeger slapen"}, {"words": "Vroeger slapen"}, set()),
        ({"words": "Samen koken"}, {"domain": "health"}, {"words": "Samen koken", "domain": "health"}, set()),
        ({"words": "Samen koken"}, {"words": "Samen koken"}, {"words": "Samen koken"}, set()),
        ({"words": "Samen koken"}, {"words": "Vroeger slapen"}, {"words": "Samen koken"}, {"words"}),
        ({"whose": (KAAT,)}, {"whose": (), "reins": Reins.WE}, {"whose": (KAAT,), "reins": Reins.WE}, set()),
        (
            {"words": "Samen koken", "domain": ""},
            {"words": "Samen koken", "domain": "work"},
            {"words": "Samen koken", "domain": ""},
            {"domain"},
        ),
    ],
)
def test_what_two_writers_keep(
    mine: dict[str, object], theirs: dict[str, object], both: dict[str, object], clashing: set[str]
) -> None:
    result, clash = merged(BASE, change(mine), change(theirs))
    assert result == change(both)
    assert clash == clashing


def change(fields: dict[str, object]) -> GoalBody:
    return msgspec.structs.replace(BASE, **fields)


bodies = st.builds(
    GoalBody,
    words=st.sampled_from(["", "a", "b", "c"]),
    whose=st.lists(st.sampled_from([UUID(int=1), UUID(int=2)]), max_size=2).map(tuple),
    domain=st.sampled_from(["", "work", "school"]),
    reins=st.sampled_from([None, *Reins]),
)


@given(base=bodies, mine=bodies, theirs=bodies)
def test_no_field_is_lost_without_being_told(base: GoalBody, mine: GoalBody, theirs: GoalBody) -> None:
    result, clashing = merged(base, mine, theirs)
    for name in GoalBody.__struct_fields__:
        was, my, their, kept = (getattr(body, name) for body in (base, mine, theirs, result))
        assert kept == (their if my == was else my)
        assert (name in clashing) == (my not in (was, their) and their != was)


@given(base=bodies, mine=bodies, theirs=bodies)
def test_whoever_comes_first_makes_no_difference_where_nothing_clashes(
    base: GoalBody, mine: GoalBody, theirs: GoalBody
) -> None:
    one, clashing = merged(base, mine, theirs)
    other, same = merged(base, theirs, mine)
    assert clashing == same
    if not clashing:
        assert one == other


@given(base=bodies, mine=bodies)
def test_who_writes_alone_gets_what_was_written(base: GoalBody, mine: GoalBody) -> None:
    assert merged(base, mine, base) == (mine, frozenset())
    assert differing(base, mine) == differing(mine, base)
