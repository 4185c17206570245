"""Whatever guests and parents do in turn: what the table allows, nothing that was hidden, no word lost."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
import pytest
from flask import Flask

from app.agreements.models import AGREEMENT
from app.change import BothChanged, NotPermitted, Put, Refused, change
from app.goals.models import GOAL, STEP
from app.items import Kind
from app.policy.actions import Action
from app.proposals import commands, store
from app.proposals.commands import LineInput
from app.proposals.nouns import Act, LineBody, LineState, Said, Target
from app.proposals.rules import Later
from app.proposals.store import LineView
from app.scope import load
from tests.cast import Cast
from tests.proposals.visits import lines_of
from tests.support.full import size

SEQUENCES, ACTS = size(6, 300), 14
KINDS: tuple[Kind[Any], ...] = (GOAL, STEP, AGREEMENT)
# From where a line goes to where, whoever does what: access.md, Proposals.
MOVES = {
    (LineState.WAITING, LineState.ACCEPTED),
    (LineState.WAITING, LineState.DECLINED),
    (LineState.WAITING, LineState.WITHDRAWN),
}


@dataclass
class World:
    """Two guests and two parents, each acting by chance. `known` is every line as it was last seen in the rows."""

    cast: Cast
    chance: random.Random
    known: dict[UUID, LineView] = field(default_factory=dict)
    number: int = 0

    def words(self) -> str:
        self.number += 1
        return f"woord {self.number}"

    def propose(self, guest: str) -> None:
        actor = self.cast.actors[guest]
        board = store.board(actor)
        things = [thing for kind in KINDS for thing in board.whole.all(kind)]
        act = self.chance.choice(list(Act))
        said = Said() if act is Act.STOPPED else Said(what=self.words(), why=self.words())
        if act is Act.NEW:
            goals = board.whole.all(GOAL)
            goal = self.chance.choice(goals).id if goals else None
            given = LineInput(act, self.chance.choice([Target.GOAL, Target.STEP, Target.AGREEMENT]), said, goal=goal)
        else:
            thing = self.chance.choice(things)
            given = LineInput(act, Target(thing.kind.name), said, target=thing.id)
        commands.send(actor, board, [given], self.chance.choice([None, "again"]))

    def take_back(self, guest: str) -> None:
        self._on_a_line(guest, lambda actor, line: commands.take_back(actor, line, None))

    def answer(self, who: str) -> None:
        ours = Said(what=self.words())
        answers: list[Callable[[Any, LineView], object]] = [
            lambda actor, line: commands.say_yes(actor, line, None),
            lambda actor, line: commands.say_yes_but(actor, line, ours, None, None),
            lambda actor, line: commands.say_no(actor, line, None),
            lambda actor, line: commands.keep_for(actor, line, Later.WEEK, store.board(actor).today, None),
        ]
        self._on_a_line(who, self.chance.choice(answers))

    def write(self, who: str) -> None:
        """The family writes in its plan meanwhile."""
        actor = self.cast.actors[who]
        thing = self.chance.choice([thing for kind in KINDS for thing in load(actor, kind).all(kind)])
        body = msgspec.structs.replace(thing.body, words=self.words())
        change(actor, Action[f"{thing.kind.name.upper()}_CHANGE"], Put(thing, body))

    def _on_a_line(self, who: str, do: Callable[[Any, LineView], object]) -> None:
        """On any line they see: also one that was answered, by themselves or by another, and an old page of one."""
        seen = lines_of(self.cast, who)
        if seen:
            line = self.chance.choice(seen)
            do(self.cast.actors[who], self.chance.choice([line, self.known.get(line.thing.id, line)]))

    def step(self) -> None:
        guest = self.chance.choice(["lisa", "bert"])
        parent = self.chance.choice(["sara", "jef"])
        act, who = self.chance.choice([
            (self.propose, guest), (self.propose, guest), (self.take_back, guest), (self.answer, parent),
            (self.answer, parent), (self.write, parent),
        ])  # fmt: skip
        before = self.plan()
        # A refusal leaves all as it was.
        try:
            act(who)
        except (Refused, BothChanged, NotPermitted):
            assert self.plan() == before
        if who == guest:
            assert self.plan() == before, "a guest changed the plan"
        self.look()

    def plan(self) -> dict[UUID, Any]:
        """Everything of the plan, as Sara and Jef see it together."""
        seen = [load(self.cast.actors[who], kind, removed=True) for who in ("sara", "jef") for kind in KINDS]
        kinds = [kind for _who in ("sara", "jef") for kind in KINDS]
        return {
            thing.id: (thing.body, thing.state, thing.removed_at)
            for whole, kind in zip(seen, kinds, strict=True)
            for thing in [*whole.all(kind), *whole.removed(kind)]
        }

    def look(self) -> None:
        """What must be true after every act."""
        lines = {line.thing.id: line for line in lines_of(self.cast, "sara")}
        assert set(self.known) <= set(lines), "a line got lost"
        for id_, line in lines.items():
            old = self.known.get(id_)
            if old is not None:
                assert words(line.body) == words(old.body), "the words of a guest changed"
                moved = (LineState(old.thing.state), LineState(line.thing.state))
                assert moved[0] is moved[1] or moved in MOVES, moved
                assert old.thing.state == LineState.WAITING or line.body == old.body, "an answer changed"
        self.known = lines
        for line in lines.values():
            if line.share.thing.body.alone:
                self._is_not_there_for_jef(line)

    def _is_not_there_for_jef(self, line: LineView) -> None:
        assert line.thing.id not in {one.thing.id for one in store.board(self.cast.jef).lines}
        if line.body.act is Act.NEW and line.body.applied is not None:
            kind = store.KIND_OF[line.body.about]
            assert load(self.cast.jef, kind, removed=True).get(kind, line.body.applied) is None


def words(body: LineBody) -> tuple[object, ...]:
    return body.act, body.about, body.target, body.goal, body.said, body.asked_by, body.seen, body.writer


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_no_sequence_of_acts_breaks_a_promise(cast: Cast, seed: int) -> None:
    world = World(cast, random.Random(seed))
    for _act in range(ACTS):
        world.step()
    assert world.known, "nothing was proposed"
