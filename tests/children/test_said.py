"""What a child says is the child's: seen by whom it chose by name until it takes that back, and by nobody else.

Tables of the rules, the commands, and any sequence of saying, showing, taking back, putting away and bringing back:
whatever a child does, somebody reads exactly what names them now.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.children.nouns import Feeling, SaidBody, Sort
from app.children.said_rules import Phone, for_people, heard_by, says_something, shows, shows_reply, with_person
from app.children.said_rules import without_person as without
from app.policy.audience import Audience, Who
from tests.cast import Cast
from tests.support.full import size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.children.said_store import SaidView

PAPA, MAMA, ELS = uuid4(), uuid4(), uuid4()


def to(*people: UUID) -> SaidBody:
    return SaidBody(audience=for_people(people))


# ---- rules -----------------------------------------------------------------------------------------------------------

SAYS = {
    "a feeling": (SaidBody(sort=Sort.FEELING, feeling=Feeling.SAD), True),
    "another feeling, unnamed": (SaidBody(sort=Sort.FEELING, feeling=Feeling.OTHER), False),
    "another feeling in a word": (SaidBody(sort=Sort.FEELING, feeling=Feeling.OTHER, words="Kriebels"), True),
    "another feeling in a picture": (SaidBody(sort=Sort.FEELING, feeling=Feeling.OTHER, picto="1F98B"), True),
    "nothing": (SaidBody(sort=Sort.DREAM), False),
    "words alone": (SaidBody(sort=Sort.DREAM, words="Een hond"), True),
    "a pictogram alone": (SaidBody(sort=Sort.NICE, picto="1F415"), True),
}


@pytest.mark.parametrize(("body", "says"), SAYS.values(), ids=SAYS)
def test_what_is_enough_to_say(body: SaidBody, says: bool) -> None:
    assert says_something(body) is says


def test_nobody_is_chosen_until_somebody_is() -> None:
    assert heard_by(SaidBody()) == ()
    assert for_people(()) == Audience(Who.ME)
    assert heard_by(SaidBody(audience=with_person(to(MAMA), PAPA))) == (MAMA, PAPA)
    assert heard_by(SaidBody(audience=with_person(to(MAMA), MAMA))) == (MAMA,)
    assert heard_by(SaidBody(audience=without(to(MAMA, PAPA), MAMA))) == (PAPA,)
    assert without(to(MAMA), MAMA) == Audience(Who.ME)


LENT = Phone(lender=MAMA, is_lent=True, is_open=False)
SHOWS = {
    "an own phone, kept": (Phone(), to(), True),
    "an own phone, told to papa": (Phone(), to(PAPA), True),
    "lent by mama, kept": (LENT, to(), False),
    "lent by mama, told to mama": (LENT, to(PAPA, MAMA), True),
    "lent by mama, told to papa": (LENT, to(PAPA), False),
    "lent by mama, told to els": (LENT, to(ELS), False),
    "lent by nobody we know": (Phone(is_lent=True, is_open=False), to(MAMA), False),
    "lent and opened with the pictures, kept": (Phone(MAMA, is_lent=True), to(), True),
}


@pytest.mark.parametrize(("phone", "body", "there"), SHOWS.values(), ids=SHOWS)
def test_what_a_phone_shows(phone: Phone, body: SaidBody, there: bool) -> None:
    assert shows(phone, uuid4(), body) is there


def test_what_was_said_a_moment_ago_is_at_hand_and_nothing_else() -> None:
    said = uuid4()
    phone = Phone(MAMA, is_lent=True, is_open=False, in_hand=said)
    assert shows(phone, said, to())
    assert not shows(phone, uuid4(), to())


@pytest.mark.parametrize(("phone", "writer", "there"), [(Phone(), PAPA, True), (LENT, MAMA, True), (LENT, PAPA, False)])
def test_an_answer_on_a_lent_phone_is_shown_when_the_lender_gave_it(phone: Phone, writer: UUID, there: bool) -> None:
    assert shows_reply(phone, writer) is there
    assert not shows_reply(LENT, None)


# ---- commands --------------------------------------------------------------------------------------------------------


@contextmanager
def sitting(cast: Cast, who: str = "kaat") -> Iterator[None]:
    """A request of a child, as it sits in its plan."""
    from flask import g

    assert cast.app is not None
    with cast.app.test_request_context():
        g.actor = cast.actors[who]
        yield


def say(cast: Cast, words: str = "Een egel", who: str = "kaat") -> UUID:
    from app.children import said_commands, said_store

    own = said_store.own(cast.actors[who])
    assert own is not None
    return said_commands.say(own, said_commands.SaidInput(words=words), None).id


def view(cast: Cast, said: UUID, person: str = "", who: str = "kaat") -> SaidView:
    from app.children import said_store

    child = cast.actors[who]
    found = said_store.said_for(child, said, cast.people[person]) if person else said_store.said_gone_too(child, said)
    assert found is not None
    return found


def readers_of(cast: Cast, said: UUID) -> set[str]:
    """Everybody of the cast who reads this now, as their own pages load it."""
    from app.children import told_store
    from app.children.store import as_reader
    from app.policy.actor import ActorKind
    from app.scope import load_each

    found = set()
    for who, actor in cast.actors.items():
        if actor.plan is None or actor.kind is ActorKind.CHILD:
            continue
        if actor.kind is ActorKind.TRUSTED:
            (whole,) = load_each([(as_reader(actor, actor.plan), _kinds())])
            told = told_store.told_in(whole, "Kaat", who, actor.plan, "Europe/Brussels")
        else:
            there = told_store.told(actor) or told_store.through_link(actor)
            told = [] if there is None else there.told
        found |= {who for one in told if one.thing.id == said}
    return found


def _kinds() -> tuple[object, ...]:
    from app.children.models import REPLY, SAID

    return SAID, REPLY


def test_what_is_said_is_nobodys_until_a_face_is_chosen_and_again_when_that_is_taken_back(cast: Cast) -> None:
    from app.children import said_commands as commands

    with sitting(cast):
        said = say(cast)
        assert readers_of(cast, said) == set()
        commands.let_see(view(cast, said, "jef"))
        commands.let_see(view(cast, said, "lisa"))
        assert readers_of(cast, said) == {"jef", "lisa"}
        commands.let_not_see(view(cast, said, "jef"))
        assert readers_of(cast, said) == {"lisa"}
        commands.keep_to_self(view(cast, said))
        assert readers_of(cast, said) == set()


def test_what_is_put_away_is_seen_by_nobody_and_comes_back_for_whom_it_was(cast: Cast) -> None:
    from app.children import said_commands as commands

    with sitting(cast):
        said = cast.id("said kaat to sara")
        assert readers_of(cast, said) == {"sara"}
        commands.put_away(view(cast, said))
        commands.put_away(view(cast, said))
        assert readers_of(cast, said) == set()
        commands.bring_back(view(cast, said))
        assert readers_of(cast, said) == {"sara"}


FACES = {
    # Whom a parent already let in, in both plans, and whom she trusts; els and bert are Sara's alone, and nobody used
    # the invitation of dirk yet.
    "kaat": {"sara", "jef", "nele", "lisa", "oma", "lies", "wim"},
    "kaat_too": {"sara", "jef", "nele", "lisa", "oma", "lies", "wim"},
    "mil": {"sara", "jef", "nele", "lisa", "oma"},
}


@pytest.mark.parametrize("who", FACES)
def test_a_child_chooses_from_whom_its_parents_let_in(cast: Cast, who: str) -> None:
    from app.children import said_store

    with sitting(cast, who):
        own = said_store.own(cast.actors[who])
        assert own is not None
        names = {person: name for name, person in cast.people.items()}
        assert {names[one.id] for one in own.hearers} == FACES[who]
        helping = {names[one.id] for one in own.hearers if one.helps}
        assert helping == FACES[who] & {"lisa", "dirk"}
        assert {names[one.id] for one in own.hearers if one.by_link} == {"oma"}


@pytest.mark.parametrize("person", ["els", "bert", "mil", "kaat", "neighbour"])
def test_nobody_else_can_be_chosen(cast: Cast, person: str) -> None:
    from app.children import said_store

    with sitting(cast):
        said = cast.id("said kaat kept")
        assert said_store.said_for(cast.kaat, said, cast.people[person]) is None


def test_who_is_no_child_keeps_nothing_here(cast: Cast) -> None:
    from app.children import said_store

    with sitting(cast):
        assert all(said_store.own(cast.actors[who]) is None for who in ("sara", "nele", "lisa", "oma", "wim", "nobody"))


def test_one_child_finds_nothing_of_another(cast: Cast) -> None:
    from app.children import said_store

    with sitting(cast, "mil"):
        assert said_store.said(cast.mil, cast.id("said kaat kept")) is None
    with sitting(cast, "kaat_too"):
        assert said_store.said(cast.kaat_too, cast.id("said kaat kept")) is not None


def test_a_late_tap_lets_nobody_in_again_whom_another_tap_took_out(cast: Cast) -> None:
    """Two pages of the same entry: on one Sara is taken out, then the other, read before, lets Jef in."""
    from app.children import said_commands as commands

    said = cast.id("said kaat to sara")
    with sitting(cast):
        late = view(cast, said, "jef")
        commands.let_not_see(view(cast, said, "sara"))
        commands.let_see(late)
        assert readers_of(cast, said) == {"jef"}


def test_the_same_form_sent_twice_says_it_once(cast: Cast) -> None:
    from app.children import said_commands as commands
    from app.children import said_store

    with sitting(cast):
        first = say_with(cast, "a form")
        assert say_with(cast, "a form") == first
        own = said_store.own(cast.kaat)
        assert own is not None
        assert [one.thing.id for one in own.box].count(first) == 1
        with pytest.raises(commands.Refused):
            commands.say(own, commands.SaidInput(), None)


def say_with(cast: Cast, form_key: str) -> UUID:
    from app.children import said_commands, said_store

    own = said_store.own(cast.kaat)
    assert own is not None
    return said_commands.say(own, said_commands.SaidInput(words="Twee keer"), form_key).id


# ---- any sequence ----------------------------------------------------------------------------------------------------

CHOSEN = ("sara", "jef", "lisa", "oma", "lies", "wim")
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.just("")),
        st.tuples(st.sampled_from(["show", "take back"]), st.sampled_from(CHOSEN)),
        st.tuples(st.sampled_from(["nobody", "put away", "bring back"]), st.just("")),
    ),
    max_size=12,
)


@dataclass
class Model:
    """What should be: whom each entry names, and which lie in the bin."""

    chosen: dict[UUID, set[str]] = field(default_factory=dict)
    away: set[UUID] = field(default_factory=set)


@settings(
    max_examples=size(3, 150),
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=ACTS)
def test_whatever_a_child_does_somebody_reads_exactly_what_names_them_now(
    cast: Cast, acts: list[tuple[str, str]]
) -> None:
    model = Model()
    with sitting(cast):
        for act, person in [("say", ""), *acts]:
            _do(cast, model, act, person)
        for said, chosen in model.chosen.items():
            assert readers_of(cast, said) == (set() if said in model.away else chosen)


def _do(cast: Cast, model: Model, act: str, person: str) -> None:
    from app.children import said_commands as commands

    if act == "say":
        model.chosen[say(cast)] = set()
        return
    said = next(reversed(model.chosen))
    if act in {"show", "take back"}:
        if said in model.away:
            return
        {"show": commands.let_see, "take back": commands.let_not_see}[act](view(cast, said, person))
        (model.chosen[said].add if act == "show" else model.chosen[said].discard)(person)
    elif act == "nobody":
        commands.keep_to_self(view(cast, said))
        model.chosen[said] = set()
    elif act == "put away":
        commands.put_away(view(cast, said))
        model.away.add(said)
    else:
        commands.bring_back(view(cast, said))
        model.away.discard(said)
