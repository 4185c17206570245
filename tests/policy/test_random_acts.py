"""Whatever everybody does, in whatever order: no audience grows by the hand of who may not, no text that somebody
said yes to changes under it, no word is lost, and what one parent keeps or hosts alone is in no byte of what the
other loads.

Everybody of the cast acts by chance, and each may try what they may not: every refusal is fine, every harm is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import msgspec
import pytest
from flask import Flask, g
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from app.agreements import assent
from app.agreements import commands as agreements
from app.agreements import store as agreement_store
from app.agreements.assent import Assent
from app.agreements.commands import AgreementInput
from app.agreements.models import AGREEMENT, YES
from app.agreements.nouns import AgreementBody, AgreementState, Result
from app.change import Add, BothChanged, NotPermitted, Put, Refused, Remove, change
from app.goals import commands as goals
from app.goals import store as goal_store
from app.goals.commands import GoalInput
from app.goals.models import GOAL
from app.goals.nouns import GoalBody, GoalState
from app.history import commands as histories
from app.history import store as history_store
from app.items import Thing
from app.people import commands as people
from app.people import store as people_store
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind, Ring, system
from app.policy.audience import Audience, Who, is_private, sees
from app.proposals import commands as proposals
from app.proposals import store as proposal_store
from app.proposals.commands import LineInput
from app.proposals.nouns import Act, Said, Target
from app.rooms import KINDS, SEATS
from app.scope import load, load_all
from app.sharing import choosing
from app.sharing import commands as sharing
from app.sharing import store as share_store
from app.sharing.nouns import What
from app.sharing.rules import OPENS
from tests.cast import Cast
from tests.support.full import size

EXAMPLES, STEPS = size(12, 600), size(20, 50)
EVERYBODY = ("sara", "jef", "nele", "oma", "els", "lisa", "bert")
ABLE = {"sara", "jef", "nele"}
REFUSALS = (NotPermitted, Refused, BothChanged)

who = st.sampled_from(EVERYBODY)
parents = st.sampled_from(("sara", "jef"))
number = st.integers(0, 10_000)


def audiences(cast: Cast) -> list[Audience]:
    oma, els, nele, jef = (cast.people[name] for name in ("oma", "els", "nele", "jef"))
    return [
        Audience(),
        Audience(Who.ME),
        Audience(Who.WE),
        Audience(Who.WE_AND, people=(oma,)),
        Audience(Who.WE_AND, people=(els, nele)),
        Audience(Who.WE_AND, rings=(Ring.CLOSE,)),
        Audience(Who.ME_AND, people=(els,)),
        Audience(Who.ME_AND, people=(oma, nele)),
        Audience(Who.ME_AND, people=(jef,)),
    ]


class Family(RuleBasedStateMachine):
    """The cast, acting by chance. `cast` is set by the test."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.words: dict[str, tuple[str, UUID]] = {}
        self.before = self._all()
        self.by = "sara"

    def teardown(self) -> None:
        _forget_this_request()
        _session().close()

    # ---- help --------------------------------------------------------------------------------------------------------

    def actor(self, name: str) -> Actor | None:
        """Who that is now; None when what they sat in ended."""
        known = self.cast.actors[name]
        kind = {ActorKind.LINK_HOLDER: "link", ActorKind.GUEST: "guest"}.get(known.kind, "member")
        assert known.plan is not None
        assert known.seat is not None
        return SEATS[kind](known.plan, known.seat)

    def word(self) -> str:
        self.count += 1
        return f"Woord{self.count}x"

    def _all(self) -> dict[UUID, Thing[Any]]:
        _forget_this_request()
        return {thing.id: thing for thing in load_all(system("a test", self.cast.plan))}

    def act(self, name: str, do: Callable[[Actor], Any]) -> Any:
        """Somebody does something, or is refused; then everything is looked at."""
        _forget_this_request()
        self.by = name
        actor = self.actor(name)
        if actor is None:
            return None
        try:
            done = do(actor)
        except REFUSALS:
            done = None
        return done

    def say(self, name: str, do: Callable[[Actor, str], Any]) -> None:
        """The same with a new word, which counts as said once it was saved."""
        said = self.word()
        done = self.act(name, lambda actor: do(actor, said))
        if done is not None and getattr(done, "entry", None) is not None:
            self.words[said] = (name, done.id)

    def one_of(self, actor: Actor, kinds: tuple[Any, ...], chance: int, *, blind: bool = False) -> Any:
        """Something they see; or, as somebody who sends ids by hand would, anything there is."""
        if blind:
            things = [thing for thing in self._all().values() if thing.kind in kinds and not thing.is_away]
        else:
            things = [thing for kind in kinds for thing in load(actor, *kinds).all(kind)]
        if not things:
            raise Refused("nothing there")
        return sorted(things, key=lambda thing: str(thing.id))[chance % len(things)]

    # ---- what people do ----------------------------------------------------------------------------------------------

    @rule(name=who, chance=number)
    def write_a_goal(self, name: str, chance: int) -> None:
        chosen = audiences(self.cast)
        self.say(
            name,
            lambda actor, said: change(
                actor,
                Action.GOAL_ADD,
                Add(GOAL, GoalBody(words=said, audience=chosen[chance % len(chosen)]), GoalState.NOW),
            ),
        )

    @rule(name=who, chance=number)
    def write_an_agreement(self, name: str, chance: int) -> None:
        def do(actor: Actor, said: str) -> Any:
            everybody = [self.cast.people[one] for one in ("sara", "jef", "nele", "oma", "els", "lisa")]
            named = tuple(one for place, one in enumerate(everybody) if chance >> place & 1)
            return agreements.add(actor, agreement_store.board(actor), AgreementInput(said, named), None)

        self.say(name, do)

    @rule(name=who, chance=number, blind=st.booleans())
    def change_a_goal(self, name: str, chance: int, blind: bool) -> None:
        def do(actor: Actor, said: str) -> Any:
            thing = self.one_of(actor, (GOAL,), chance, blind=blind)
            if blind:
                return change(actor, Action.GOAL_CHANGE, Put(thing, msgspec.structs.replace(thing.body, words=said)))
            found = goal_store.goal(actor, thing.id)
            assert found is not None
            return goals.edit(actor, found, GoalInput(said, thing.body.whose), None, None)

        self.say(name, do)

    @rule(name=who, chance=number)
    def change_an_agreement(self, name: str, chance: int) -> None:
        def do(actor: Actor, said: str) -> Any:
            found = agreement_store.agreement(actor, self.one_of(actor, (AGREEMENT,), chance).id)
            assert found is not None
            body: AgreementBody = found.thing.body
            known = tuple(one for one in body.who if found.whole.get(KINDS["person"], one) is not None)
            seen = 1 + chance % found.thing.version if chance % 3 == 0 else None
            return agreements.edit(actor, found, AgreementInput(said, known, body.when, body.where), seen, None)

        self.say(name, do)

    @rule(name=who, chance=number, other=number)
    def send_another_audience_by_hand(self, name: str, chance: int, other: int) -> None:
        chosen = audiences(self.cast)

        def do(actor: Actor) -> Any:
            thing = self.one_of(actor, (GOAL, AGREEMENT), chance, blind=True)
            body = msgspec.structs.replace(thing.body, audience=chosen[other % len(chosen)], writer=actor.person)
            action = (Action.GOAL_CHANGE, Action.AUDIENCE_CHANGE, Action.AGREEMENT_CHANGE)[other % 3]
            return change(actor, action, Put(thing, body, seen=1 + chance % thing.version))

        self.act(name, do)

    @rule(name=who, chance=number, other=number)
    def choose_who_sees(self, name: str, chance: int, other: int) -> None:
        chosen = audiences(self.cast)

        def do(actor: Actor) -> Any:
            thing = self.one_of(actor, (GOAL, AGREEMENT), chance)
            return choosing.choose_audience(actor, thing, chosen[other % len(chosen)], None, None)

        self.act(name, do)

    @rule(name=who, chance=number, blind=st.booleans())
    def take_away(self, name: str, chance: int, blind: bool) -> None:
        kinds = (GOAL, AGREEMENT)
        actions = {GOAL: Action.GOAL_REMOVE, AGREEMENT: Action.AGREEMENT_REMOVE}

        def do(actor: Actor) -> Any:
            thing = self.one_of(actor, kinds, chance, blind=blind)
            return change(actor, actions[thing.kind], Remove(thing))

        self.act(name, do)

    @rule(name=who, chance=number)
    def put_back(self, name: str, chance: int) -> None:
        def do(actor: Actor) -> Any:
            binned = [thing for thing in self._all().values() if thing.removed_at is not None and thing.kind.undoable]
            return histories.restore(actor, binned[chance % len(binned)], None) if binned else None

        self.act(name, do)

    @rule(name=who, chance=number)
    def take_back(self, name: str, chance: int) -> None:
        def do(actor: Actor) -> Any:
            page = history_store.page(actor)
            entries = [] if page is None else list(page.entries)
            return histories.undo(actor, entries[chance % len(entries)], None) if entries else None

        self.act(name, do)

    @rule(name=who, chance=number, how=st.sampled_from(("done", "missed", "back", "yes")))
    def say_how_it_went(self, name: str, chance: int, how: str) -> None:
        def do(actor: Actor) -> Any:
            thing = self.one_of(actor, (AGREEMENT,), chance)
            found = agreement_store.agreement(actor, thing.id)
            assert found is not None
            if how == "yes":
                return assent.accept(actor, found, found.thing.version, None)
            turn = agreement_store.turn(actor, thing.id, "zonder-dag")
            if turn is None:
                return None
            if how == "back":
                return agreements.take_back(actor, turn)
            telling = agreements.tell if name in ABLE else agreements.report
            return telling(actor, turn, Result(how), self.word())

        self.act(name, do)

    @rule(name=parents, person=st.sampled_from(("oma", "els", "ended", "peter")), alone=st.booleans(), chance=number)
    def share(self, name: str, person: str, alone: bool, chance: int) -> None:
        def do(actor: Actor) -> Any:
            whats = [
                what for place, what in enumerate((What.AGREEMENTS, What.GOALS, What.PEOPLE)) if chance >> place & 1
            ]
            opened = tuple(kind for what in whats for kind in OPENS[what])
            board = share_store.board(actor)
            given = sharing.ShareInput(opened=opened, until=board.today, alone=alone)
            return sharing.make(actor, board, self.cast.people[person], given, None)

        self.act(name, do)

    @rule(name=parents, chance=number)
    def stop_sharing(self, name: str, chance: int) -> None:
        def do(actor: Actor) -> Any:
            shares = share_store.board(actor).working
            return sharing.stop(actor, shares[chance % len(shares)]) if shares and chance % 4 == 0 else None

        self.act(name, do)

    @rule(name=who, person=st.sampled_from(("oma", "els", "lisa", "neighbour", "sara", "jef")))
    def take_a_person_away(self, name: str, person: str) -> None:
        def do(actor: Actor) -> Any:
            found = people_store.person(actor, self.cast.people[person])
            return None if found is None else people.remove(actor, found)

        self.act(name, do)

    @rule(name=st.sampled_from(("lisa", "bert")), chance=number)
    def propose(self, name: str, chance: int) -> None:
        def do(actor: Actor, said: str) -> Any:
            board = proposal_store.board(actor)
            act = (Act.NEW, Act.CHANGED)[chance % 2]
            things = load(actor, AGREEMENT).all(AGREEMENT)
            target = things[chance % len(things)].id if act is Act.CHANGED and things else None
            line = LineInput(act, Target.AGREEMENT, Said(what=said), target)
            return proposals.send(actor, board, [line], None)

        self.say(name, do)

    @rule(name=who, chance=number, how=st.sampled_from(("yes", "but", "no")))
    def answer(self, name: str, chance: int, how: str) -> None:
        def do(actor: Actor, said: str) -> Any:
            lines = list(proposal_store.board(actor).lines)
            if not lines:
                return None
            line = lines[chance % len(lines)]
            if how == "but":
                return proposals.say_yes_but(actor, line, Said(what=said), None, None)
            return (proposals.say_yes if how == "yes" else proposals.say_no)(actor, line, None)

        self.say(name, do) if how == "but" else self.act(name, lambda actor: do(actor, ""))

    # ---- what must hold ----------------------------------------------------------------------------------------------

    @invariant()
    def nothing_was_harmed(self) -> None:
        after = self._all()
        readers = {name: actor for name in EVERYBODY if (actor := self.actor(name)) is not None}
        self._nobody_widened(after, readers)
        self._no_yes_moved(after, readers)
        self._nothing_leaks(after, readers)
        self._no_word_is_lost(after, readers)
        self.before = after

    def _nobody_widened(self, after: dict[UUID, Thing[Any]], readers: dict[str, Actor]) -> None:
        """More people see an item only by a parent who saw it, and what was kept only by its writer."""
        acts = self.cast.actors[self.by]
        for id_, old in self.before.items():
            new = after.get(id_)
            if new is None or new.facts == old.facts:
                continue
            grown = [name for name, one in readers.items() if sees(one, new.facts) and not sees(one, old.facts)]
            if not grown:
                continue
            kept = not old.facts.is_ours
            assert acts.kind is ActorKind.PARENT or set(grown) <= self._named(new), f"{self.by} showed {grown} {new}"
            assert not kept or old.body.writer == acts.person, f"{self.by} widened what another keeps: {old} to {grown}"

    def _named(self, thing: Thing[Any]) -> set[str]:
        return {name for name in EVERYBODY if self.cast.people[name] in thing.facts.named}

    def _no_yes_moved(self, after: dict[UUID, Thing[Any]], readers: dict[str, Actor]) -> None:
        """A yes is to one text until its own writer says yes to another; and who sees a later text is told of it."""
        me = self.cast.people[self.by]
        for id_, old in self.before.items():
            if old.kind is YES:
                assert id_ in after, f"{self.by} took somebody's yes away"
                same = after[id_].body.text == old.body.text and after[id_].removed_at is None
                assert same or old.body.writer == me, f"{self.by} moved the yes of another"
        for name, actor in readers.items():
            _forget_this_request()
            for found in agreement_store.board(actor).agreements:
                mine = Assent(found).mine
                if mine is not None and found.thing.state != AgreementState.STOPPED:
                    assert Assent(found).is_changed == (mine.body.text != assent.text_of(found.thing.body)), name

    def _nothing_leaks(self, after: dict[UUID, Thing[Any]], readers: dict[str, Actor]) -> None:
        """What somebody does not see is in nothing they load: not in the plan, the bin, the history, a proposal."""
        for name, actor in readers.items():
            _forget_this_request()
            text = self._read(actor)
            for thing in after.values():
                if thing.kind in {GOAL, AGREEMENT} and not sees(actor, thing.facts):
                    label = thing.kind.label(thing.body)
                    shown = any(label in repr(other.body) for other in after.values() if sees(actor, other.facts))
                    assert shown or label not in text, f"{name} reads {label}"
                if thing.kind.name == "share" and is_private(thing.facts) and thing.body.writer != actor.person:
                    assert actor.seat == thing.id or str(thing.id) not in text, f"{name} knows of a share of one parent"

    def _read(self, actor: Actor) -> str:
        whole = load(actor, *KINDS.values(), removed=True)
        lines = (
            history_store.changes_of(whole, whole.ids) if actor.kind in {ActorKind.PARENT, ActorKind.MEEHELPER} else []
        )
        told = [repr((line.before, line.after)) for _at, line in lines]
        bodies = [repr((thing.id, thing.body)) for things in whole._things.values() for thing in things]
        return "\n".join((*bodies, *told))

    def _no_word_is_lost(self, after: dict[UUID, Thing[Any]], readers: dict[str, Actor]) -> None:
        """Every text that was saved is in the plan, the bin or the history of who may see it."""
        read: dict[str, str] = {}
        for said, (name, id_) in self.words.items():
            thing = after.get(id_)
            writer = name if name in {"sara", "jef"} else ""
            if thing is not None and not thing.facts.is_ours:
                writer = next((one for one in ("sara", "jef") if self.cast.people[one] == thing.body.writer), writer)
            looking = [writer] if writer else ["sara", "jef"]
            for one in looking:
                if one in readers and one not in read:
                    _forget_this_request()
                    read[one] = self._read(readers[one])
            found = any(said in read.get(one, "") for one in looking)
            assert found or self._is_anothers(thing, looking), f"{said} of {name} is nowhere"

    def _is_anothers(self, thing: Thing[Any] | None, looking: list[str]) -> bool:
        """Written in what a member who is no parent keeps."""
        return thing is not None and not any(sees(self.cast.actors[one], thing.facts) for one in looking)


def _session() -> Session:
    from app.db import db

    return db.session


def _forget_this_request() -> None:
    """Every act is a request of its own: nothing that was read for the one before counts."""
    for name in [name for name in g if not name.startswith("_")]:
        g.pop(name)


@pytest.fixture
def nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a sequence writes is gone after it, so that each begins with the same family."""

    def no_rollback(_session: Session) -> None:
        pytest.fail("a write broke off halfway: what was written before it in this sequence would be gone")

    monkeypatch.setattr(Session, "commit", Session.flush)
    monkeypatch.setattr(Session, "rollback", no_rollback)
    yield
    monkeypatch.undo()


def test_whatever_everybody_does_nobody_is_harmed(cast: Cast, app: Flask, nothing_is_kept: None) -> None:
    Family.cast = cast
    bounded = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    with app.app_context():
        run_state_machine_as_test(Family, settings=bounded)
    assert nothing_is_kept is None
