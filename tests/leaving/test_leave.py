"""A parent leaves: what comes along in the copy, what leaves the old plan, what stays, and that none of it is half."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import Base, db
from app.policy.actor import Actor
from app.remap import ids_in
from app.rooms import KINDS, STAYS_BEHIND
from app.scope import load
from tests.cast import Cast, seated
from tests.sharing.pages import root, tokens_off

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]

SAID = "Sara is geen lid meer."


def leave(cast: Cast, who: str = "sara", take: str = "copy", client: FlaskClient | None = None, key: str = "") -> Any:
    phone = client or cast.client_of(who)
    sent = {"take": take, "form_key": key or uuid4().hex}
    return phone.post(f"{root(cast)}/uit-elkaar", data=sent)


def new_plan(answer: Any) -> UUID:
    found = re.fullmatch(r"/p/([0-9a-f-]{36})/", str(answer.location))
    assert found, answer.location
    return UUID(found[1])


def owner_of(plan: UUID) -> Actor:
    """The one parent of a copy (in an app context)."""
    from app.plan.models import MemberRow

    member = db.session.scalars(select(MemberRow.id).where(MemberRow.plan_id == plan)).one()
    return seated(plan, "member", member)


def words_in(plan: UUID) -> str:
    """All the owner of a plan can load, as one text (in an app context)."""
    whole = load(owner_of(plan), *KINDS.values(), removed=True)
    return "\n".join(repr(thing.body) for kind in KINDS.values() for thing in whole._things.get(kind.name, ()))


def held(plan: UUID) -> set[str]:
    """Every id in every row of a plan, inside its payloads too (in an app context)."""
    from app.policy.actor import system
    from app.scope import load_all

    found = {str(plan)}
    for table in Base.metadata.sorted_tables:
        if "plan_id" in table.columns:
            for row in db.session.execute(select(table).where(table.c.plan_id == plan)).mappings():
                # A session may hold a seat in two plans; it belongs to a browser, and to neither.
                found |= {str(value) for name, value in row.items() if isinstance(value, UUID) and name != "session_id"}
    for thing in load_all(system("a test", plan)):
        found |= {str(one) for one in ids_in(thing.body)}
    return found


def seat_of_sara(cast: Cast) -> UUID:
    seat = cast.sara.seat
    assert seat is not None
    return seat


def hangs_behind(kind: str) -> bool:
    """Whether things of this kind stay behind, or hang on something that does."""
    if kind in {"photo", "film"}:
        # What the family says is on one comes along with what it is on.
        return False
    if kind not in KINDS:
        return True
    chain = [KINDS[kind]]
    while chain[-1].under is not None:
        chain.append(chain[-1].under)
    return bool(STAYS_BEHIND & {one.name for one in chain})


# ---- the page --------------------------------------------------------------------------------------------------------


def test_it_says_beforehand_what_happens(cast: Cast) -> None:
    page = cast.client_of("sara").get(f"{root(cast)}/uit-elkaar").text
    for said in (
        "Jij opent dit plan niet meer.",
        "Wat alleen jij ziet, gaat hier weg.",
        "Wat alleen jij deelt, stopt.",
        "De andere ouder leest: Sara is geen lid meer.",
        "Neem je een kopie mee?",
    ):
        assert said in page
    assert "Wij gaan uit elkaar" in cast.client_of("sara").get(f"{root(cast)}/meer").text
    assert "Wij gaan uit elkaar" not in cast.client_of("nele").get(f"{root(cast)}/meer").text


@pytest.mark.parametrize("take", ["", "both", "COPY"])
def test_nothing_happens_until_they_choose(cast: Cast, take: str) -> None:
    sara = cast.client_of("sara")
    assert leave(cast, take=take, client=sara).status_code == 422
    assert sara.get(f"{root(cast)}/").status_code == 200


@pytest.mark.parametrize("who", ["nele", "oma", "els", "lies", "nobody"])
def test_only_a_parent_of_this_plan_leaves_it(cast: Cast, who: str) -> None:
    assert leave(cast, who).status_code in {401, 404}


def test_the_last_parent_cannot_leave(cast: Cast) -> None:
    lies = cast.client_of("lies")
    page = lies.get(f"/p/{cast.elsewhere}/uit-elkaar").text
    assert "Jij bent de enige ouder hier." in page
    assert "Ga weg uit dit plan" not in page
    sent = {"take": "copy", "form_key": uuid4().hex}
    assert lies.post(f"/p/{cast.elsewhere}/uit-elkaar", data=sent).status_code == 303
    assert lies.get(f"/p/{cast.elsewhere}/").status_code == 200


def test_of_two_who_leave_one_stays(cast: Cast) -> None:
    jef = cast.client_of("jef")
    assert leave(cast, "sara").status_code == 303
    leave(cast, client=jef)
    assert jef.get(f"{root(cast)}/").status_code == 200


def test_of_two_who_leave_in_the_same_moment_one_stays(cast: Cast, app: Flask) -> None:
    """What Jef's page was made from was read before Sara left."""
    from app.change import Refused
    from app.leaving import commands, store
    from app.leaving.nouns import Take
    from app.web.session import Visitor

    jef = cast.actors["jef"]
    with app.test_request_context():
        view = store.leave(jef)
    assert view is not None
    assert leave(cast, "sara").status_code == 303
    here = commands.Here(Visitor("", uuid4(), ()), "test")
    with app.test_request_context(), pytest.raises(Refused):
        commands.leave(jef, view, Take.NOTHING, here, uuid4().hex)


# ---- the copy --------------------------------------------------------------------------------------------------------


def test_the_copy_holds_all_that_this_parent_saw(cast: Cast, app: Flask) -> None:
    copy = new_plan(leave(cast))
    with app.app_context():
        words = words_in(copy)
    away = {name for name, piece in cast.pieces.items() if piece.removed}
    away |= {name for name, piece in cast.pieces.items() if hangs_behind(piece.kind)}
    missing = [name for name, word in cast.canaries_for("sara").items() if name not in away and word not in words]
    assert not missing
    assert not [name for name, word in cast.canaries_not_for("sara").items() if word in words]
    assert not [name for name in away if cast.canary(name) and cast.canary(name) in words]


def test_it_is_open_in_the_same_browser_at_once(cast: Cast) -> None:
    sara = cast.client_of("sara")
    page = sara.get(str(leave(cast, client=sara).location)).text
    assert "Dit is jouw eigen plan. Maak nu je sleutelkaart." in page
    assert "Kramsvogel" in page


def test_nothing_in_it_refers_to_the_plan_it_came_from(cast: Cast, app: Flask) -> None:
    with app.app_context():
        before = held(cast.plan)
    copy = new_plan(leave(cast))
    with app.app_context():
        assert held(copy) & before == set()


def test_ways_in_and_shares_of_others_do_not_come_along(cast: Cast, app: Flask) -> None:
    from app.policy.actor import system
    from app.scope import load_all

    copy = new_plan(leave(cast))
    with app.app_context():
        kinds = [thing.kind.name for thing in load_all(system("a test", copy))]
    assert kinds.count("member") == 1
    assert not (set(kinds) & STAYS_BEHIND) - {"member"}
    assert {"share", "invite", "card", "closing"} <= STAYS_BEHIND


def test_a_new_kind_of_thing_is_thought_about() -> None:
    """Everything is copied that is not named here, with its own columns only: a kind with more must stay behind."""
    for kind in KINDS.values():
        columns = set(kind.table.__table__.columns.keys())
        own = columns - set(KINDS["goal"].table.__table__.columns.keys()) - {kind.parent_column, "plan_id"}
        assert hangs_behind(kind.name) or not own, f"{kind.name}: {own} would not come along"


def test_what_was_kept_stays_kept_in_the_copy(cast: Cast, app: Flask) -> None:
    """Whom they let in there later reads no more than before."""
    from app.goals.models import GOAL
    from app.policy.audience import Who

    copy = new_plan(leave(cast))
    with app.app_context():
        bodies = [one.body for one in load(owner_of(copy), GOAL).all(GOAL)]
        goals = {word: body for body in bodies for word in body.words.split()}
    assert goals["Nachtegaal"].audience.who is Who.ME
    assert goals["Koolmees"].audience.who is Who.ME_AND
    assert goals["Kramsvogel"].audience.who is Who.DEFAULT
    assert goals["Boerenzwaluw"].audience.who is Who.WE_AND


def test_what_the_other_wrote_is_theirs_to_close_in_their_own_plan(cast: Cast, app: Flask) -> None:
    """Else a third parent in it would read what nobody there may close."""
    from app.goals.models import GOAL

    copy = new_plan(leave(cast, "jef"))
    with app.app_context():
        owner = owner_of(copy)
        goals = load(owner, GOAL).all(GOAL)
    assert goals
    assert {one.body.writer for one in goals} == {owner.person}


def test_history_of_the_copy_begins_with_it(cast: Cast) -> None:
    sara = cast.client_of("sara")
    copy = new_plan(leave(cast, client=sara))
    page = sara.get(f"/p/{copy}/veranderd").text
    assert "Sara begon ons plan met een kopie." in page
    assert page.count('class="stack"') < 20
    assert "Toch niet" not in page


def test_the_pages_of_the_copy_work(cast: Cast) -> None:
    sara = cast.client_of("sara")
    copy = new_plan(leave(cast, client=sara))
    for path in (
        "",
        "doelen",
        "afspraken",
        "mensen",
        "huizen",
        "over",
        "delen",
        "binnen",
        "papier",
        "van-waar-wij-komen",
    ):
        answer = sara.get(f"/p/{copy}/{path}")
        assert answer.status_code in {200, 404}, path
        assert answer.status_code == 200 or path == "van-waar-wij-komen", path


# ---- the plan they left ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("take", ["copy", "nothing"])
def test_they_do_not_come_in_any_more(cast: Cast, take: str, app: Flask) -> None:
    phone, tablet = cast.client_of("sara"), cast.client_of("sara")
    assert leave(cast, take=take, client=phone).status_code == 303
    for browser in (phone, tablet):
        assert browser.get(f"{root(cast)}/").status_code == 404
        assert browser.post(f"{root(cast)}/doelen", data={"words": "x"}).status_code == 401
    with app.app_context():
        from app.rooms import SEATS

        assert SEATS["member"](cast.plan, seat_of_sara(cast)) is None


def test_the_other_reads_one_sentence_of_it(cast: Cast) -> None:
    jef = cast.client_of("jef")
    before = jef.get(f"{root(cast)}/veranderd").text
    leave(cast)
    after = jef.get(f"{root(cast)}/veranderd").text
    assert SAID in after
    entries = re.findall(r"<h3[^>]*>(.*?)</h3>|<p class=\"strong\">(.*?)</p>", after)
    told = [text for pair in entries for text in pair if text]
    known = {text for pair in re.findall(r"<h3[^>]*>(.*?)</h3>|<p class=\"strong\">(.*?)</p>", before) for text in pair}
    assert [text for text in told if text not in known] == [SAID]


def test_the_person_stays_among_our_people(cast: Cast) -> None:
    leave(cast)
    jef = cast.client_of("jef")
    page = jef.get(f"{root(cast)}/mensen/{cast.people['sara']}")
    assert page.status_code == 200
    assert "Sara" in page.text
    assert jef.get(f"{root(cast)}/binnen").text.count("Dat ben jij") == 1


def kept_by_sara(cast: Cast) -> dict[str, str]:
    """What only Sara, and whom she alone shows it, ever saw."""
    return {
        name: piece.canary
        for name, piece in cast.pieces.items()
        if piece.canary and piece.seen_by <= {"sara", "els"} and "jef" not in piece.seen_by
    }


@pytest.mark.parametrize("take", ["copy", "nothing"])
def test_what_they_kept_leaves_that_plan_with_its_history(cast: Cast, app: Flask, take: str) -> None:
    from app.history.models import HistoryLine
    from app.policy.actor import system
    from app.scope import load_all

    kept = {cast.id(name) for name in kept_by_sara(cast)} | {cast.id("share els"), cast.id("card sara")}
    assert len(kept) > 8
    leave(cast, take=take)
    with app.app_context():
        left = {thing.id for thing in load_all(system("a test", cast.plan))}
        lines = set(db.session.scalars(select(HistoryLine.item_id)))
    assert not kept & left
    assert not kept & lines


def test_what_was_kept_once_and_is_wij_now_leaves_its_old_words_to_nobody(cast: Cast, app: Flask) -> None:
    """Its history told of the time it was kept to its writer only: that part goes with them."""
    from app.goals import commands as goals
    from app.goals import store as goal_store
    from app.goals.commands import GoalInput
    from app.history.models import HistoryLine
    from app.policy.audience import Audience, Who
    from app.sharing import choosing

    def goal() -> Any:
        found = goal_store.goal(cast.sara, cast.id("goal alone"))
        assert found is not None
        return found

    with app.app_context():
        goals.edit(cast.sara, goal(), GoalInput("Wij gaan zwemmen"), None, None)
    with app.app_context():
        choosing.choose_audience(cast.sara, goal().thing, Audience(Who.WE), None, None)
    with app.app_context():
        goals.edit(cast.sara, goal(), GoalInput("Wij gaan lopen"), None, None)
    leave(cast)
    jef = cast.client_of("jef")
    assert "Wij gaan lopen" in jef.get(f"{root(cast)}/doelen").text
    with app.app_context():
        lines = HistoryLine.item_id == cast.id("goal alone")
        assert len(db.session.scalars(select(HistoryLine.id).where(lines)).all()) == 1
    assert "Wij gaan zwemmen" in jef.get(f"{root(cast)}/veranderd").text


def test_what_is_wij_stays_as_it_was(cast: Cast) -> None:
    jef = cast.client_of("jef")
    leave(cast)
    pages = "".join(jef.get(f"{root(cast)}/{path}").text for path in ("doelen", "afspraken", "mensen", "huizen", ""))
    for name, word in cast.canaries_for("jef").items():
        piece = cast.pieces[name]
        if piece.kind in {"goal", "agreement", "person", "home"} and not piece.removed:
            assert word in pages, name


def test_what_they_kept_with_the_other_parent_stays_readable_for_that_one(cast: Cast, app: Flask) -> None:
    from app.change import Add, change
    from app.goals.models import GOAL
    from app.goals.nouns import GoalBody, GoalState
    from app.policy.actions import Action
    from app.policy.audience import Audience, Who

    both = Audience(Who.ME_AND, people=(cast.people["jef"],))
    with app.app_context():
        body = GoalBody(words="Samen een Roerdomp zien", audience=both)
        change(cast.sara, Action.GOAL_ADD, Add(GOAL, body, GoalState.NOW))
    leave(cast)
    assert "Roerdomp" in cast.client_of("jef").get(f"{root(cast)}/doelen").text


def test_a_name_that_something_still_speaks_of_stays_a_name(cast: Cast, app: Flask) -> None:
    """Els is Sara's own; an agreement of wij names her: Jef reads the name as he did, and no page of hers."""
    from app.agreements import commands as agreements
    from app.agreements import store as agreement_store
    from app.agreements.commands import AgreementInput

    with app.app_context():
        board = agreement_store.board(cast.sara)
        given = AgreementInput("Kaat halen", (cast.people["els"],))
        made = agreements.add(cast.sara, board, given, None).id
    jef, address = cast.client_of("jef"), f"{root(cast)}/afspraken/{made}"
    assert "Watersnip" in jef.get(address).text
    leave(cast)
    assert "Watersnip" in jef.get(address).text
    assert jef.get(f"{root(cast)}/mensen/{cast.people['els']}").status_code == 404


def test_what_they_hosted_alone_stops_and_what_wij_host_goes_on(cast: Cast) -> None:
    els, oma = cast.client_of("els"), cast.client_of("oma")
    leave(cast)
    assert els.get(f"{root(cast)}/voor/{cast.els.seat}").status_code == 404
    assert cast.client_of("nobody").post(f"/d/{cast.tokens['els']}").status_code == 404
    assert oma.get(f"{root(cast)}/voor/{cast.oma.seat}").status_code == 200


def test_their_question_to_delete_the_plan_leaves_with_them(cast: Cast) -> None:
    sara, jef = cast.client_of("sara"), cast.client_of("jef")
    sara.post(f"{root(cast)}/wegdoen", data={"form_key": uuid4().hex})
    assert "vraagt om ons plan weg te doen" in jef.get(f"{root(cast)}/").text
    leave(cast, client=sara)
    assert "vraagt om ons plan weg te doen" not in jef.get(f"{root(cast)}/").text


def test_endings_are_noted_for_a_restored_backup(cast: Cast, app: Flask) -> None:
    from app.keystore import Ending

    leave(cast)
    with app.app_context(), db.get_engine("keys").connect() as keys:
        noted = {(row.subject_id, row.kind) for row in keys.execute(select(Ending.subject_id, Ending.kind))}
    assert (seat_of_sara(cast), "member") in noted
    assert (cast.id("share els"), "share") in noted
    assert (cast.id("card sara"), "card") in noted


# ---- whole or not at all ---------------------------------------------------------------------------------------------


def plans_of(app: Flask) -> int:
    from app.plan.models import PlanRow

    with app.app_context():
        return len(db.session.scalars(select(PlanRow.id)).all())


def test_a_form_sent_twice_makes_one_copy(cast: Cast, app: Flask) -> None:
    sara, key = cast.client_of("sara"), uuid4().hex
    before = plans_of(app)
    first = leave(cast, client=sara, key=key)
    leave(cast, client=sara, key=key)
    assert plans_of(app) == before + 1
    assert sara.get(str(first.location)).status_code == 200


@pytest.mark.parametrize(
    "dies_in",
    ["app.leaving.commands.enter", "app.leaving.commands.put_seat", "app.leaving.commands.erase_items"],
)
def test_when_something_stops_it_halfway_nothing_happened(
    cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch, dies_in: str
) -> None:
    sara, before = cast.client_of("sara"), plans_of(app)

    class PowerCut(BaseException):
        pass

    def dies(*_given: object, **_named: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(dies_in, dies)
        with pytest.raises(PowerCut):
            leave(cast, client=sara)
    assert plans_of(app) == before
    assert "Nachtegaal" in sara.get(f"{root(cast)}/doelen").text
    assert sara.get(f"{root(cast)}/voor/{cast.els.seat}").status_code == 404
    assert cast.client_of("els").get(f"{root(cast)}/voor/{cast.els.seat}").status_code == 200
    assert leave(cast, client=sara).status_code == 303
    assert plans_of(app) == before + 1


def test_a_seat_in_the_copy_is_theirs_alone(cast: Cast) -> None:
    """Extra fields sent by hand give nobody else a place in it, and take nobody else's away."""
    sara = cast.client_of("sara")
    sent = {
        "take": "copy",
        "form_key": uuid4().hex,
        "member": str(cast.id("member jef")),
        "person": str(cast.people["jef"]),
        "plan": str(cast.elsewhere),
        "who": "jef",
    }
    copy = new_plan(sara.post(f"{root(cast)}/uit-elkaar", data=sent))
    assert cast.client_of("jef").get(f"{root(cast)}/").status_code == 200
    assert cast.client_of("jef").get(f"/p/{copy}/").status_code == 404
    assert cast.client_of("lies").get(f"/p/{cast.elsewhere}/").status_code == 200


def test_who_left_can_be_let_in_again(cast: Cast, app: Flask) -> None:
    from app.plan.commands import join, let_in

    leave(cast)
    with app.app_context():
        invited = let_in(cast.jef, cast.people["sara"], None)
        joined = join(invited.token, None)
        assert seated(cast.plan, "member", joined.member).person == cast.people["sara"]


def test_a_link_of_their_own_to_a_new_plan_still_works(cast: Cast) -> None:
    """In the copy they share anew, with the same people."""
    sara = cast.client_of("sara")
    copy = new_plan(leave(cast, client=sara))
    answer = sara.post(f"/p/{copy}/delen", data={"name": "Opa Wim", "form_key": uuid4().hex})
    assert answer.status_code == 303
