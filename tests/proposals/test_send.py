"""A guest sends proposals: what arrives, and with whom."""

import pytest
from flask import Flask

from app.change import NotPermitted, Refused
from app.proposals import commands
from app.proposals.commands import LineInput
from app.proposals.nouns import Act, LineState, Said, Target
from app.proposals.rules import MOST_LINES, Reason
from tests.cast import EVERYBODY, Cast
from tests.proposals.visits import TEA, lines_of, new, send

# Who sat in a seat that ended is no actor any more: that is asked at every request, before a command runs.
ENDED = {"away", "late"}

pytestmark = pytest.mark.both_databases


def test_a_visit_of_several_lines_arrives_with_the_family_at_once(cast: Cast, app: Flask) -> None:
    with app.app_context():
        visit = send(
            cast,
            new(),
            new(Target.STEP, goal=cast.id("goal of us")),
            LineInput(Act.STOPPED, Target.GOAL, target=cast.id("goal of us")),
        )
        found = lines_of(cast, "sara")
    assert [line.visit for line in found] == [visit] * 3
    assert [line.body.about for line in found] == [Target.AGREEMENT, Target.STEP, Target.GOAL]
    assert {line.standing for line in found} == {LineState.WAITING}
    assert found[0].body.said == TEA
    assert found[2].body.seen == 1


@pytest.mark.parametrize(("guest", "reads"), [("lisa", {"sara", "jef", "lisa"}), ("bert", {"sara", "bert"})])
def test_it_is_there_for_whom_the_seat_is_there(cast: Cast, app: Flask, guest: str, reads: set[str]) -> None:
    with app.app_context():
        send(cast, new(), by=guest)
        assert {who for who in EVERYBODY if lines_of(cast, who)} == reads


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who not in {"lisa", "bert", "dirk", *ENDED}])
def test_nobody_but_a_guest_proposes(cast: Cast, app: Flask, who: str) -> None:
    with app.app_context(), pytest.raises(NotPermitted):
        send(cast, new(), by=who)


def test_the_same_form_sent_twice_is_one_proposal(cast: Cast, app: Flask) -> None:
    with app.app_context():
        assert send(cast, new(), form_key="a") == send(cast, new(), form_key="a")
        assert len(lines_of(cast, "sara")) == 1


def test_what_a_guest_does_not_see_cannot_be_proposed_about(cast: Cast, app: Flask) -> None:
    hidden = [("goal closed", Target.GOAL), ("agreement alone", Target.AGREEMENT), ("goal binned", Target.GOAL)]
    hidden += [("goal elsewhere", Target.GOAL), ("home", Target.HOME), ("person neighbour", Target.PERSON)]
    with app.app_context():
        for piece, about in hidden:
            with pytest.raises(Refused, match=Reason.UNKNOWN_TARGET):
                send(cast, LineInput(Act.CHANGED, about, TEA, target=cast.id(piece)))
        with pytest.raises(Refused, match=Reason.UNKNOWN_TARGET):
            send(cast, new(Target.STEP, goal=cast.id("goal closed")))
        with pytest.raises(Refused, match=Reason.UNKNOWN_PERSON):
            send(cast, new(said=Said(what="Praten", who=(cast.people["neighbour"],))))
        assert lines_of(cast, "sara") == []


def test_who_is_named_in_what_a_guest_sees_may_be_named(cast: Cast, app: Flask) -> None:
    with app.app_context():
        send(cast, new(said=Said(what="Praten", who=(cast.people["oma"], cast.people["lisa"]))))
        assert lines_of(cast, "jef")[0].body.said.who == (cast.people["oma"], cast.people["lisa"])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (new(said=Said(why="daarom")), Reason.NOTHING_SAID),
        (new(Target.STEP), Reason.NO_GOAL),
        (new(Target.PERSON, Said(why="daarom")), Reason.NOTHING_SAID),
        (LineInput(Act.CHANGED, Target.GOAL, TEA), Reason.UNKNOWN_TARGET),
        (LineInput(Act.STOPPED, Target.GOAL), Reason.UNKNOWN_TARGET),
    ],
)
def test_a_line_that_says_too_little_is_refused(cast: Cast, app: Flask, line: LineInput, reason: Reason) -> None:
    with app.app_context(), pytest.raises(Refused, match=reason):
        send(cast, line)


def test_a_visit_has_lines_and_not_too_many(cast: Cast, app: Flask) -> None:
    with app.app_context():
        with pytest.raises(Refused, match=Reason.NOTHING_SAID):
            send(cast)
        with pytest.raises(Refused, match=Reason.TOO_MANY):
            send(cast, *[new()] * (MOST_LINES + 1))


@pytest.mark.parametrize("about", [Target.GOAL, Target.PERSON, Target.HOME])
def test_a_goal_sent_by_hand_makes_no_other_proposal_of_what_belongs_to_none(
    cast: Cast, app: Flask, about: Target
) -> None:
    said = Said(what="Iets anders", who_else="Juf An")
    with app.app_context():
        send(cast, new(about, said, goal=cast.id("goal of us")))
        line = next(one for one in lines_of(cast, "sara") if one.body.about is about)
        assert line.body.goal is None
        commands.say_no(cast.sara, line, None)
        for goal in (None, cast.id("goal of us"), cast.id("goal with oma")):
            with pytest.raises(Refused, match=Reason.TOO_SOON):
                send(cast, new(about, said, goal=goal))
