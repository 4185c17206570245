"""What a family's answer does: to the line, to the plan, and to what the guest may send again."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from msgspec.structs import replace

from app.agreements.models import AGREEMENT
from app.agreements.nouns import When, WhenSort
from app.change import BothChanged, Put, Refused, Remove, change
from app.goals.models import GOAL, STEP
from app.history import commands as history
from app.history import store as histories
from app.items import Kind
from app.people.models import PERSON
from app.plan.models import HOME
from app.policy.actions import Action
from app.policy.audience import Audience, Who
from app.proposals import commands, store
from app.proposals.commands import LineInput
from app.proposals.nouns import Act, LineState, Said, Target
from app.proposals.rules import Later, Reason
from app.proposals.store import LineView
from app.scope import load
from app.sharing import commands as sharing
from app.sharing import store as shares
from app.sharing.nouns import What
from app.sharing.rules import opened_by
from tests.cast import Cast
from tests.proposals.visits import TEA, lines_of, new, send

pytestmark = pytest.mark.both_databases

OURS = Said(what="Soms thee drinken", why="elke week is te veel")


@pytest.fixture
def waiting(cast: Cast, app: Flask) -> None:
    """One new agreement of Lisa waits."""
    with app.app_context():
        send(cast, new())


def only(cast: Cast, who: str) -> LineView:
    return lines_of(cast, who)[-1]


def texts(cast: Cast, who: str, kind: Kind) -> list[str]:
    return [kind.label(thing.body) for thing in load(cast.actors[who], kind).all(kind)]


# ---- the four answers ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("waiting")
def test_yes_makes_it_part_of_the_plan(cast: Cast, app: Flask) -> None:
    with app.app_context():
        made = commands.say_yes(cast.sara, only(cast, "sara"), "a")
        line = only(cast, "jef")
        found = load(cast.jef, AGREEMENT).get(AGREEMENT, line.body.applied)
    assert found is not None
    assert (made.id, found.body.words) == (found.id, TEA.what)
    assert (line.standing, line.body.answer, line.body.decided_by) == (LineState.ACCEPTED, None, cast.people["sara"])
    assert found.body.writer == cast.people["sara"]
    assert found.body.audience == Audience()


@pytest.mark.usefixtures("waiting")
def test_yes_but_takes_the_words_of_the_family_and_keeps_both(cast: Cast, app: Flask) -> None:
    with app.app_context():
        commands.say_yes_but(cast.jef, only(cast, "jef"), OURS, None, "a")
        for who in ("sara", "lisa"):
            line = only(cast, who)
            assert (line.standing, line.body.said, line.body.answer) == (LineState.ACCEPTED, TEA, OURS)
        words = texts(cast, "sara", AGREEMENT)
    assert OURS.what in words
    assert TEA.what not in words


@pytest.mark.usefixtures("waiting")
def test_no_leaves_the_plan_as_it_is(cast: Cast, app: Flask) -> None:
    with app.app_context():
        before = texts(cast, "sara", AGREEMENT)
        commands.say_no(cast.sara, only(cast, "sara"), "a")
        assert only(cast, "lisa").standing is LineState.DECLINED
        assert texts(cast, "sara", AGREEMENT) == before


@pytest.mark.usefixtures("waiting")
def test_later_is_waiting_out_of_sight(cast: Cast, app: Flask) -> None:
    with app.app_context():
        line = only(cast, "sara")
        commands.keep_for(cast.sara, line, Later.WEEK, store.board(cast.sara).today, "a")
        kept = only(cast, "jef")
        assert (kept.standing, kept.is_later, kept.is_here) == (LineState.WAITING, True, False)
        # Who changes their mind answers it before that day.
        commands.say_yes(cast.jef, kept, "b")
        assert only(cast, "sara").thing.due_at is None


@pytest.mark.usefixtures("waiting")
def test_a_guest_takes_back_what_waits(cast: Cast, app: Flask) -> None:
    with app.app_context():
        commands.take_back(cast.lisa, only(cast, "lisa"), "a")
        assert only(cast, "sara").standing is LineState.WITHDRAWN
        with pytest.raises(Refused, match=Reason.DECIDED):
            commands.say_yes(cast.sara, only(cast, "sara"), "b")


# ---- once, and by one ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize("first", ["yes", "yes_but", "no", "take_back"])
@pytest.mark.parametrize("second", ["yes", "yes_but", "no", "later", "take_back"])
def test_the_first_decision_stands(cast: Cast, app: Flask, first: str, second: str) -> None:
    """The second parent answers a page that was opened before the first answered, or after; so does the guest."""
    with app.app_context():
        old = {who: only(cast, who) for who in ("jef", "lisa")}
        one = "lisa" if first == "take_back" else "sara"
        _do(cast, one, only(cast, one), first, "a")
        stands, plan = only(cast, "sara").thing, texts(cast, "sara", AGREEMENT)
        by = "lisa" if second == "take_back" else "jef"
        for line, key in ((old[by], "b"), (only(cast, by), "c")):
            with pytest.raises(Refused, match=Reason.DECIDED):
                _do(cast, by, line, second, key)
        assert (only(cast, "sara").body, only(cast, "sara").thing.state) == (stands.body, stands.state)
        assert texts(cast, "sara", AGREEMENT) == plan


@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize("answer", ["yes", "yes_but", "no", "later"])
def test_a_double_tap_answers_once(cast: Cast, app: Flask, answer: str) -> None:
    with app.app_context():
        line = only(cast, "sara")
        first = _do(cast, "sara", line, answer, "a")
        plan = texts(cast, "sara", AGREEMENT)
        for again in (line, only(cast, "sara")):
            assert _do(cast, "sara", again, answer, "a").repeated
        assert not first.repeated
        assert texts(cast, "sara", AGREEMENT) == plan


def _do(cast: Cast, who: str, line: LineView, answer: str, key: str):  # noqa: ANN202
    actor = cast.actors[who]
    if answer == "yes_but":
        return commands.say_yes_but(actor, line, OURS, None, key)
    if answer == "later":
        return commands.keep_for(actor, line, Later.TOMORROW, store.board(actor).today, key)
    do = {"yes": commands.say_yes, "no": commands.say_no, "take_back": commands.take_back}[answer]
    return do(actor, line, key)


# ---- what ends it ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("waiting")
def test_a_stopped_seat_ends_what_waits(cast: Cast, app: Flask) -> None:
    with app.app_context():
        share = shares.share(cast.jef, cast.id("share lisa"))
        assert share is not None
        sharing.stop(cast.jef, share)
        line = only(cast, "sara")
        assert (line.standing, line.is_waiting) == (LineState.WITHDRAWN, False)
        with pytest.raises(Refused, match=Reason.DECIDED):
            commands.say_yes(cast.sara, line, "a")


@pytest.mark.parametrize("act", [Act.CHANGED, Act.STOPPED])
def test_a_target_that_was_taken_away_ends_what_waits(cast: Cast, app: Flask, act: Act) -> None:
    with app.app_context():
        send(cast, LineInput(act, Target.STEP, TEA, target=cast.id("step of us")))
        send(cast, new(Target.STEP, goal=cast.id("goal of us")))
        change(cast.sara, Action.GOAL_REMOVE, Remove(cast.thing("goal of us", "sara")))
        assert {line.standing for line in lines_of(cast, "jef")} == {LineState.WITHDRAWN}
        assert {line.standing for line in lines_of(cast, "lisa")} == {LineState.WITHDRAWN}


def test_what_a_parent_hid_since_is_not_there_for_the_other(cast: Cast, app: Flask) -> None:
    with app.app_context():
        send(cast, LineInput(Act.CHANGED, Target.GOAL, TEA, target=cast.id("goal of us")))
        goal = cast.thing("goal of us", "sara")
        change(cast.sara, Action.AUDIENCE_CHANGE, Put(goal, replace(goal.body, audience=Audience(Who.ME))))
        assert lines_of(cast, "jef") == []
        assert only(cast, "sara").is_waiting
        assert only(cast, "lisa").standing is LineState.WITHDRAWN


# ---- thirty days -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("waiting")
def test_after_a_no_the_same_waits_thirty_days(cast: Cast, app: Flask) -> None:
    with app.app_context():
        commands.say_no(cast.sara, only(cast, "sara"), "a")
        with pytest.raises(Refused, match=Reason.TOO_SOON):
            send(cast, new(said=Said(what="Iets heel anders")))
        send(cast, new(goal=cast.id("goal of us")))
        send(cast, new(Target.GOAL))


@pytest.mark.usefixtures("waiting")
def test_a_new_seat_of_the_same_host_does_not_make_it_another_guest(cast: Cast, app: Flask) -> None:
    with app.app_context():
        commands.say_no(cast.sara, only(cast, "sara"), "a")
        share = shares.share(cast.sara, cast.id("share lisa"))
        assert share is not None
        sharing.stop(cast.sara, share)
        for alone, refused in ((True, False), (False, True)):
            board = shares.board(cast.sara)
            until = board.today + timedelta(days=30)
            given = sharing.ShareInput(opened_by([What.AGREEMENTS]), until, alone=alone, guest=True)
            made = sharing.make(cast.sara, board, cast.people["lisa"], given, None)
            view = shares.share(cast.sara, made.share)
            assert view is not None
            guest = view.actor
            if refused:
                with pytest.raises(Refused, match=Reason.TOO_SOON):
                    commands.send(guest, store.board(guest), [new()], None)
            else:
                commands.send(guest, store.board(guest), [new()], None)


# ---- what a yes does -------------------------------------------------------------------------------------------------


def answered(cast: Cast, line: LineInput, *, guest: str = "lisa", who: str = "sara", said: Said | None = None) -> UUID:
    """A guest sends one line and a parent says yes; what that made or changed."""
    send(cast, line, by=guest)
    waits = only(cast, who)
    if said is None:
        commands.say_yes(cast.actors[who], waits, "yes")
    else:
        commands.say_yes_but(cast.actors[who], waits, said, None, "yes")
    applied = only(cast, who).body.applied
    assert applied is not None
    return applied


NEW_ONES = [Target.GOAL, Target.STEP, Target.AGREEMENT, Target.PERSON, Target.HOME]


@pytest.mark.parametrize("about", NEW_ONES)
@pytest.mark.parametrize("guest", ["lisa", "bert"])
def test_something_new_of_every_kind(cast: Cast, app: Flask, about: Target, guest: str) -> None:
    """Of a guest whom Sara hosts alone it reaches nobody else by default."""
    of = {"lisa": "goal of us", "bert": "goal me and bert"}[guest]
    goal = cast.id(of) if about in {Target.STEP, Target.AGREEMENT} else None
    kind = store.KIND_OF[about]
    with app.app_context():
        made = answered(cast, new(about, goal=goal), guest=guest)
        found = {who for who in ("sara", "jef", "lisa", "bert") if load(cast.actors[who], kind).get(kind, made)}
        thing = load(cast.sara, kind).get(kind, made)
    assert thing is not None
    assert kind.label(thing.body) == TEA.what
    assert found >= ({"sara", "jef"} if guest == "lisa" else {"sara", "bert"})
    assert guest == "lisa" or found == {"sara", "bert"}
    assert "bert" not in found or guest == "bert"


def test_a_new_person_has_a_name_and_what_they_are(cast: Cast, app: Flask) -> None:
    with app.app_context():
        made = answered(cast, new(Target.PERSON, Said(who_else="Samira", what="thuisbegeleider")))
        person = load(cast.sara, PERSON).get(PERSON, made)
    assert person is not None
    assert (person.body.name, person.body.roles[0].relation) == ("Samira", "thuisbegeleider")


def test_a_name_the_plan_does_not_know_stands_before_what(cast: Cast, app: Flask) -> None:
    with app.app_context():
        made = answered(cast, new(said=Said(who_else="juf Els", what="Belt naar papa")))
        thing = load(cast.sara, AGREEMENT).get(AGREEMENT, made)
    assert thing is not None
    assert thing.body.words == "juf Els: Belt naar papa"


def test_a_change_says_when_and_leaves_the_rest(cast: Cast, app: Flask) -> None:
    with app.app_context():
        before = cast.thing("agreement of oma", "sara")
        rain = When(sort=WhenSort.ONCE, words="als het regent")
        said = Said(what="De Wulp horen", when=rain)
        answered(cast, LineInput(Act.CHANGED, Target.AGREEMENT, said, target=before.id))
        after = cast.thing("agreement of oma", "sara")
    assert (after.body.words, after.body.when, after.body.who) == ("De Wulp horen", rain, before.body.who)


@pytest.mark.parametrize(
    ("about", "piece", "kind"), [(Target.GOAL, "goal with oma", GOAL), (Target.STEP, "step oma", STEP)]
)
def test_a_changed_goal_or_step_keeps_who(cast: Cast, app: Flask, about: Target, piece: str, kind: Kind) -> None:
    with app.app_context():
        before = cast.thing(piece, "sara")
        answered(cast, LineInput(Act.CHANGED, about, TEA, target=before.id))
        after = cast.thing(piece, "sara")
    assert kind.label(after.body) == TEA.what
    assert after.facts.named == before.facts.named


@pytest.mark.parametrize(
    ("about", "piece", "state", "gone"),
    [
        (Target.GOAL, "goal of us", "dropped", False),
        (Target.STEP, "step of us", "open", True),
        (Target.AGREEMENT, "agreement of lisa", "stopped", False),
    ],
)
def test_a_stop_of_every_kind(cast: Cast, app: Flask, about: Target, piece: str, state: str, gone: bool) -> None:
    with app.app_context():
        answered(cast, LineInput(Act.STOPPED, about, target=cast.id(piece)))
        after = cast.thing(piece, "sara")
    assert (after.state, after.removed_at is not None) == (state, gone)


@pytest.mark.parametrize(("about", "kind"), [(Target.PERSON, PERSON), (Target.HOME, HOME)])
def test_people_and_homes_change_and_go(cast: Cast, app: Flask, about: Target, kind: Kind) -> None:
    with app.app_context():
        made = answered(cast, new(about, Said(who_else="Samira", what="thuisbegeleider")), guest="bert")
        changed = Said(who_else="Samira B.", what="helpt met papieren")
        answered(cast, LineInput(Act.CHANGED, about, changed, target=made), guest="bert")
        thing = load(cast.sara, kind).get(kind, made)
        assert thing is not None
        assert kind.label(thing.body) == ("Samira B." if about is Target.PERSON else "helpt met papieren")
        answered(cast, LineInput(Act.STOPPED, about, target=made), guest="bert")
        assert load(cast.sara, kind).get(kind, made) is None


def test_what_the_family_changed_since_is_never_changed_in_silence(cast: Cast, app: Flask) -> None:
    with app.app_context():
        send(cast, LineInput(Act.CHANGED, Target.GOAL, TEA, target=cast.id("goal of us")))
        goal = cast.thing("goal of us", "sara")
        change(cast.sara, Action.GOAL_CHANGE, Put(goal, replace(goal.body, words="Wat wij nu willen")))
        with pytest.raises(BothChanged):
            commands.say_yes(cast.jef, only(cast, "jef"), "a")
        assert only(cast, "jef").is_waiting
        now = cast.thing("goal of us", "sara")
        assert now.body.words == "Wat wij nu willen"
        commands.say_yes_but(cast.jef, only(cast, "jef"), OURS, now.version, "b")
        assert cast.thing("goal of us", "sara").body.words == OURS.what


def test_a_yes_that_a_room_refuses_leaves_it_waiting(cast: Cast, app: Flask) -> None:
    with app.app_context():
        past = When(sort=WhenSort.DAY, day=store.board(cast.sara).today - timedelta(days=2))
        send(cast, new(said=later_than(past)))
        with pytest.raises(Refused):
            commands.say_yes(cast.sara, only(cast, "sara"), "a")
        assert only(cast, "sara").is_waiting


def later_than(when: When) -> Said:
    return replace(TEA, when=when)


def test_too_little_of_our_own_is_no_answer(cast: Cast, app: Flask) -> None:
    with app.app_context():
        send(cast, new())
        with pytest.raises(Refused, match=Reason.NOTHING_SAID):
            commands.say_yes_but(cast.sara, only(cast, "sara"), Said(why="zomaar"), None, "a")


# ---- history ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("waiting")
def test_what_a_yes_changed_can_be_taken_back_and_the_answer_stays(cast: Cast, app: Flask) -> None:
    with app.app_context():
        made = commands.say_yes(cast.sara, only(cast, "sara"), "a")
        assert made.entry is not None
        entry = histories.entry(cast.sara, made.entry)
        assert entry is not None
        history.undo(cast.sara, entry, "b")
        assert load(cast.sara, AGREEMENT).get(AGREEMENT, made.id) is None
        assert only(cast, "sara").standing is LineState.ACCEPTED


@pytest.mark.usefixtures("waiting")
def test_an_answer_itself_is_not_taken_back(cast: Cast, app: Flask) -> None:
    with app.app_context():
        entry_id = commands.say_no(cast.sara, only(cast, "sara"), "a").entry
        assert entry_id is not None
        entry = histories.entry(cast.sara, entry_id)
        assert entry is not None
        assert not entry.may_undo


def test_of_a_guest_of_one_parent_history_tells_the_other_nothing(cast: Cast, app: Flask) -> None:
    with app.app_context():
        before = histories.page(cast.jef)
        for answer in ("yes", "yes_but", "later", "no"):
            send(cast, new(goal=cast.id("goal me and bert")), by="bert")
            _do(cast, "sara", only(cast, "sara"), answer, answer)
        after = histories.page(cast.jef)
    assert before is not None
    assert after is not None
    assert [entry.id for entry in after.entries] == [entry.id for entry in before.entries]
