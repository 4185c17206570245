"""What an answer does: to the wish, to the plan, and to who sees what came of it. And what nobody learns."""

import threading
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import func, select

from app.agreements.models import AGREEMENT
from app.change import NotPermitted, Put, Refused, change
from app.children.models import REPLY, SAID
from app.children.nouns import Answer, SaidState, Sort
from app.children.store import as_child
from app.db import db, now
from app.goals.models import GOAL
from app.history.models import HistoryEntry
from app.items import Kind
from app.people.models import PERSON
from app.policy.actions import Action
from app.policy.audience import Audience, Who
from app.scope import load, read_anew
from app.wishes import commands, store
from app.wishes.commands import AnswerInput
from app.wishes.rules import Later, Makes, Reason
from tests.cast import EVERYBODY, Cast
from tests.wishes.asking import NO, YES, ask, mine, seen

pytestmark = pytest.mark.both_databases


def texts(cast: Cast, who: str, kind: Kind) -> list[str]:
    return [kind.label(thing.body) for thing in load(cast.actors[who], kind).all(kind)]


def entries(cast: Cast) -> int:
    found = select(func.count()).select_from(HistoryEntry).where(HistoryEntry.plan_id == cast.plan)
    return db.session.execute(found).scalar_one()


def test_a_wish_waits_for_the_parents_it_told_and_is_not_there_for_all_others(cast: Cast, app: Flask) -> None:
    with app.test_request_context():
        one, nobody = ask(cast, "sara"), ask(cast)
        for who in EVERYBODY:
            waits = [wish.said for wish in store.waiting(cast.actors[who])]
            # The cast holds one more that Sara was told.
            assert (one in waits, nobody in waits) == (who == "sara", False), who
            assert (store.question(cast.actors[who], one) is not None) == (who == "sara"), who
            assert store.question(cast.actors[who], nobody) is None, who


def test_the_other_family_of_a_child_is_not_asked(cast: Cast, app: Flask) -> None:
    with app.test_request_context():
        said = ask(cast, "sara", "lies")
        assert store.question(cast.lies, said) is None
        there = ask(cast, "lies", by="kaat_too")
        assert seen(cast, "lies", there).told == {cast.people["lies"]}
        assert store.question(cast.sara, there) is None


def test_who_types_on_a_parents_phone_does_not_see_it(cast: Cast, app: Flask) -> None:
    from dataclasses import replace as other

    with app.test_request_context():
        said = ask(cast, "sara")
        scribe = other(cast.sara, scribe=cast.people["oma"])
        assert store.waiting(scribe) == []
        assert store.question(scribe, said) is None


def test_a_no_says_something_and_only_the_child_reads_it(cast: Cast, app: Flask) -> None:
    with app.test_request_context():
        said = ask(cast, "sara", "jef")
        before = entries(cast)
        with pytest.raises(Refused) as bare:
            commands.answer(cast.sara, seen(cast, "sara", said), AnswerInput(Answer.NO), "a")
        assert bare.value.reason is Reason.NO_WITHOUT_WORDS
        commands.answer(cast.sara, seen(cast, "sara", said), NO, "a")
        wish = mine(cast, said)
        assert wish.standing is SaidState.ANSWERED
        assert [(one.body.words, one.body.name, one.body.answer) for one in wish.replies] == [
            (NO.words, load(cast.sara, PERSON).name(cast.people["sara"]), Answer.NO)
        ]
        assert seen(cast, "jef", said).replies == []
        # Nothing of the plan was written, and nobody reads of it there.
        assert entries(cast) == before


def test_yes_makes_what_the_parent_writes_for_whom_the_child_told(cast: Cast, app: Flask) -> None:
    with app.test_request_context():
        for told, sees in ((("sara", "jef"), {"sara", "jef", "kaat"}), (("sara",), {"sara", "kaat"})):
            said = ask(cast, *told)
            given = AnswerInput(Answer.YES_BUT, "Een hond is groot.", makes=Makes.GOAL, new=f"Een hamster, {told}")
            commands.answer(cast.sara, seen(cast, "sara", said), given, f"{told}")
            wish = mine(cast, said)
            assert (wish.standing, wish.body.words, wish.replies[-1].body.words) == (
                SaidState.ACCEPTED, "Een hond", "Een hond is groot.",
            )  # fmt: skip
            assert {who for who in EVERYBODY if given.new in texts(cast, who, GOAL)} == sees


@pytest.mark.parametrize(("makes", "kind"), [(Makes.AGREEMENT, AGREEMENT), (Makes.PERSON, PERSON)])
def test_it_may_be_an_agreement_or_somebody_new(cast: Cast, app: Flask, makes: Makes, kind: Kind) -> None:
    with app.test_request_context():
        said = ask(cast, "jef", sort=Sort.AT_TABLE, words="Juf Els")
        given = AnswerInput(Answer.YES, makes=makes, new="Juf Els van de bakkerij")
        commands.answer(cast.jef, seen(cast, "jef", said), given, "a")
        assert {who for who in EVERYBODY if given.new in texts(cast, who, kind)} == {"jef", "kaat"}


def test_what_it_becomes_needs_words(cast: Cast, app: Flask) -> None:
    with app.test_request_context():
        said = ask(cast, "sara")
        for makes, reason in ((Makes.GOAL, Reason.NOTHING_SAID), (Makes.PERSON, Reason.NO_NAME)):
            with pytest.raises(Refused) as refused:
                commands.answer(cast.sara, seen(cast, "sara", said), AnswerInput(Answer.YES, makes=makes), "a")
            assert refused.value.reason is reason
        assert mine(cast, said).is_waiting


@pytest.mark.parametrize("given", [YES, AnswerInput(Answer.YES, makes=Makes.GOAL, new="Een kat")])
def test_sent_twice_it_is_one_answer(cast: Cast, app: Flask, given: AnswerInput) -> None:
    with app.test_request_context():
        said = ask(cast, "sara")
        done = [commands.answer(cast.sara, seen(cast, "sara", said), given, "a").repeated for _ in range(3)]
        assert done == [False, True, True]
        assert len(mine(cast, said).replies) == 1
        assert texts(cast, "sara", GOAL).count("Een kat") == (1 if given.new else 0)


@pytest.mark.parametrize("given", [YES, AnswerInput(Answer.YES, makes=Makes.GOAL, new="Een kat")])
def test_of_two_parents_the_first_decision_stands(cast: Cast, app: Flask, given: AnswerInput) -> None:
    with app.test_request_context():
        said = ask(cast, "sara", "jef")
        late = seen(cast, "jef", said)
        commands.answer(cast.sara, seen(cast, "sara", said), NO, "a")
        with pytest.raises(Refused) as refused:
            commands.answer(cast.jef, late, given, "b")
        assert refused.value.reason is Reason.DECIDED
        assert "Een kat" not in texts(cast, "jef", GOAL)
        assert mine(cast, said).standing is SaidState.ANSWERED
        assert seen(cast, "jef", said).standing is SaidState.ANSWERED


def test_at_once_one_of_them_decides(cast: Cast, app: Flask) -> None:
    """Both read it before either wrote."""
    with app.test_request_context():
        said = ask(cast, "sara", "jef")
    ready, found = threading.Barrier(2, timeout=60), []

    def decide(who: str, given: AnswerInput) -> None:
        with app.test_request_context():
            wish = seen(cast, who, said)
            ready.wait()
            try:
                commands.answer(cast.actors[who], wish, given, who)
                found.append(who)
            except Refused as refused:
                found.append(str(refused.reason))

    both = (("sara", NO), ("jef", AnswerInput(Answer.YES, makes=Makes.GOAL, new="Een kat")))
    threads = [threading.Thread(target=decide, args=pair) for pair in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.test_request_context():
        wish = mine(cast, said)
        assert len(wish.replies) == 1
        assert sorted(found) in (["decided", "jef"], ["decided", "sara"])
        assert ("Een kat" in texts(cast, "jef", GOAL)) == ("jef" in found)


@pytest.mark.parametrize("given", [YES, AnswerInput(Answer.YES, makes=Makes.GOAL, new="Een kat")])
def test_whom_the_child_chooses_no_more_decides_nothing(cast: Cast, app: Flask, given: AnswerInput) -> None:
    with app.test_request_context():
        said = ask(cast, "sara", "jef")
        late = seen(cast, "jef", said)
        child, thing = as_child(cast.kaat), mine(cast, said).thing
        assert child is not None
        fewer = replace(thing.body, audience=Audience(Who.ME_AND, people=(cast.people["sara"],)))
        change(child, Action.OWN_CHANGE, Put(thing, fewer))
        read_anew()
        with pytest.raises((Refused, NotPermitted)):
            commands.answer(cast.jef, late, given, "b")
        assert "Een kat" not in texts(cast, "jef", GOAL)
        assert mine(cast, said).is_waiting


def test_what_is_made_reaches_nobody_whom_the_child_chose_no_more(cast: Cast, app: Flask) -> None:
    """Sara has the wish open as it was told to both, while Kaat takes Jef away."""
    with app.test_request_context():
        said = ask(cast, "sara", "jef")
        stale = seen(cast, "sara", said)
        child, thing = as_child(cast.kaat), mine(cast, said).thing
        assert child is not None
        fewer = replace(thing.body, audience=Audience(Who.ME_AND, people=(cast.people["sara"],)))
        change(child, Action.OWN_CHANGE, Put(thing, fewer))
        read_anew()
        given = AnswerInput(Answer.YES, makes=Makes.GOAL, new="Een kat")
        with pytest.raises(Refused) as refused:
            commands.answer(cast.sara, stale, given, "a")
        assert refused.value.reason is Reason.NOT_OPEN
        commands.answer(cast.sara, seen(cast, "sara", said), given, "b")
        assert {who for who in EVERYBODY if "Een kat" in texts(cast, who, GOAL)} == {"sara", "kaat"}


def test_later_is_out_of_sight_until_that_day(cast: Cast, app: Flask) -> None:
    with app.test_request_context():
        said = ask(cast, "sara")
        commands.answer(cast.sara, seen(cast, "sara", said), AnswerInput(Answer.LATER, later=Later.WEEK), "a")
        wish = mine(cast, said)
        assert (wish.is_waiting, wish.is_later) == (True, True)
        assert wish.replies[-1].body.later_on == wish.today + timedelta(days=7)
        assert said not in [one.said for one in store.waiting(cast.sara)]
        with time_machine.travel(now() + timedelta(days=8), tick=False):
            assert said in [one.said for one in store.waiting(cast.sara)]


def test_a_child_takes_back_and_asks_again_as_often_as_it_wants(cast: Cast, app: Flask) -> None:
    with app.test_request_context():
        said = ask(cast, "sara")
        commands.take_back(mine(cast, said), "a")
        assert store.question(cast.sara, said) is None
        assert mine(cast, said).standing is SaidState.WITHDRAWN
        with pytest.raises(Refused):
            commands.take_back(mine(cast, said), "b")
        told = ask(cast, "sara")
        for turn in range(3):
            commands.answer(cast.sara, seen(cast, "sara", told), NO, f"no {turn}")
            commands.ask_again(mine(cast, told), f"again {turn}")
            assert told in [one.said for one in store.waiting(cast.sara)]
        assert len(mine(cast, told).replies) == 3
        commands.answer(cast.sara, seen(cast, "sara", told), AnswerInput(Answer.LATER, later=Later.TOMORROW), "l")
        commands.ask_again(mine(cast, told), "at once")
        assert told in [one.said for one in store.waiting(cast.sara)]


def test_a_parent_writes_nothing_of_a_child_but_an_answer(cast: Cast, app: Flask) -> None:
    """Not the words, not who sees it; and no child answers a wish, its own or another's."""
    with app.test_request_context():
        said = ask(cast, "sara")
        wish = seen(cast, "sara", said)
        for body in (replace(wish.body, words="Niets"), replace(wish.body, audience=Audience(Who.ME))):
            with pytest.raises(NotPermitted):
                change(wish.there, Action.OWN_CHANGE, Put(wish.thing, body))
        with pytest.raises(NotPermitted):
            change(wish.there, Action.WISH_ANSWER, Put(wish.thing, replace(wish.body, audience=Audience(Who.ME))))
        own = mine(cast, said)
        for reply in (NO, YES):
            with pytest.raises((Refused, NotPermitted)):
                commands.answer(own.there, own, reply, None)
        assert mine(cast, said).is_waiting
        assert load(cast.sara, SAID, REPLY).ids == []
