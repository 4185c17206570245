"""What stays off paper."""

from uuid import UUID, uuid4

import pytest

from app.export.nouns import Choice, Sort
from app.export.rules import may_hang, may_print, stays_off
from app.policy.actor import Actor, ActorKind, Ring
from app.policy.audience import IN_OWN_LAYER, ONLY_ME, WE_AND_NAMED, Audience, Default, Facts, Who

PLAN = uuid4()
SARA = Actor(ActorKind.PARENT, PLAN, uuid4(), Ring.WE)
JEF = uuid4()
PLAIN, OWN = Choice(), Choice(own=True)


def item(who: Who, writer: UUID | None, default: Default = WE_AND_NAMED, under: Facts | None = None) -> Facts:
    people = (SARA.person,) if who is Who.ME_AND and SARA.person else ()
    return Facts("goal", PLAN, uuid4(), writer, Audience(who, people=people), default, under=under)


@pytest.mark.parametrize("who", [Who.DEFAULT, Who.WE, Who.WE_AND])
def test_what_the_parents_share_comes_on_paper(who: Who) -> None:
    assert not stays_off(SARA, item(who, JEF), PLAIN)


@pytest.mark.parametrize("who", [Who.ME, Who.ME_AND])
def test_what_somebody_keeps_comes_on_their_own_paper_only_when_they_choose_so(who: Who) -> None:
    assert stays_off(SARA, item(who, SARA.person), PLAIN)
    assert not stays_off(SARA, item(who, SARA.person), OWN)


def test_a_phone_number_of_ones_own_is_kept_too() -> None:
    assert stays_off(SARA, item(Who.DEFAULT, SARA.person, ONLY_ME), PLAIN)
    assert not stays_off(SARA, item(Who.DEFAULT, SARA.person, ONLY_ME), OWN)


@pytest.mark.parametrize("choice", [PLAIN, OWN])
def test_what_another_keeps_and_shows_to_this_one_alone_never_does(choice: Choice) -> None:
    assert stays_off(SARA, item(Who.ME_AND, JEF), choice)


def test_what_hangs_on_something_kept_stays_off_with_it() -> None:
    hidden = item(Who.ME, SARA.person)
    assert stays_off(SARA, item(Who.DEFAULT, SARA.person, under=hidden), PLAIN)
    assert not stays_off(SARA, item(Who.DEFAULT, SARA.person, under=hidden), OWN)
    assert stays_off(SARA, item(Who.DEFAULT, SARA.person, under=item(Who.ME_AND, JEF)), OWN)


def said(who: Who, *people: UUID) -> Facts:
    return Facts("said", PLAN, uuid4(), uuid4(), Audience(who, people=people), IN_OWN_LAYER)


def test_what_a_child_said_hangs_on_a_wall_only_when_it_showed_it_to_every_parent() -> None:
    sara, jef, oma = uuid4(), uuid4(), uuid4()
    both = frozenset({sara, jef})
    assert may_hang(said(Who.ME_AND, sara, jef), both)
    assert may_hang(said(Who.ME_AND, oma, jef, sara), both)
    assert may_hang(said(Who.ME_AND, sara), frozenset({sara}))
    for kept in (
        said(Who.ME),
        said(Who.DEFAULT),
        said(Who.ME_AND, sara),
        said(Who.ME_AND, oma),
        said(Who.ME, sara, jef),
    ):
        assert not may_hang(kept, both)
    assert not may_hang(said(Who.ME_AND, oma), frozenset())


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("kind", ActorKind)
def test_who_may_have_which_sheet(kind: ActorKind, sort: Sort) -> None:
    actor = Actor(kind, PLAN, uuid4(), Ring.WE, opened=frozenset({"paper"}), seat=uuid4())
    of_a_child = sort in {Sort.STRIP, Sort.CARDS, Sort.WEEK, Sort.PICTURES}
    allowed = {ActorKind.PARENT, ActorKind.MEEHELPER} | ({ActorKind.CHILD} if of_a_child else {ActorKind.GUEST})
    assert may_print(actor, sort) is (kind in allowed)
