"""The cast: one plan with everybody who can ask for something, and an unmistakable word in everything they wrote.

Sara and Jef are parents, Kaat is their child, tante Nele is meehelper (goals and steps are opened to her), oma looks
through a link that Sara and Jef host, Els through one that Sara hosts alone. Lisa is a guest (goals and agreements are
opened to her), Bert one whom Sara hosts alone. Two more links and two more guests have ended. Lies is a parent of
another family, Dirk its guest. Who the children are is told in `tests/cast_children.py`. Every thing of the plan
carries a canary, the name of a bird, and `Piece.seen_by` says who may ever meet it: written down here by hand from the
design page `access`, never computed by the code under test.

    def test_jef_does_not_see_what_sara_keeps(cast: Cast) -> None:
        page = cast.client_of("jef").get(cast.address("goal alone"))

Made once per worker and kind of database; each test gets a copy of its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from app.policy.actor import Ring
from app.policy.audience import Audience, Who
from tests import cast_children
from tests.support import traces

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from app.items import Body, Film, Kind, Photo, Thing
    from app.policy.actor import Actor

PARENTS = frozenset({"sara", "jef"})
FAMILY = PARENTS | {"nele"}
# Who opens the family's own pages now.
INSIDE = FAMILY | {"lisa", "bert"}

# Who is who. Those of the first four have, or had, a way into the plan of Sara and Jef.
MEMBERS = ("sara", "jef", "nele")
CHILDREN = ("kaat", "mil")
GUESTS = ("lisa", "bert", "away", "late")
LINKS = ("oma", "els", "stopped", "expired")
ELSEWHERE = ("lies", "dirk", "kaat_too")
EVERYBODY = (*MEMBERS, *CHILDREN, *GUESTS, *LINKS, *ELSEWHERE, "wim", "nobody")


# Children read the names of whom their parents let in: whom they may tell something.
MAY_TELL = frozenset({"kaat", "kaat_too", "mil"})


@dataclass(frozen=True)
class Piece:
    """One thing of the cast: where it is, its canary, and who may ever read that.

    Attributes:
        kind: its kind's name.
        id: its row.
        canary: the word in it that nothing else holds; empty for a thing without words.
        seen_by: the names of those who see it.
        removed: it lies in the bin.
        spoken_of: who does not see a person's own page, and reads the name in something they do see.
    """

    kind: str
    id: UUID
    canary: str
    seen_by: frozenset[str]
    removed: bool = False
    spoken_of: frozenset[str] = frozenset()


@dataclass
class Cast:
    """Everybody and everything. `app` is this test's own product; the rest is the same in every copy.

    Attributes:
        plan: the plan of Sara and Jef; `elsewhere`: that of Lies.
        actors: everybody, as the policy knows them; also `cast.sara`.
        people: the person rows, by name.
        pieces: every thing.
        entries: the history entry that a piece was added by.
        tokens: the secret in each link's address, and in Peter's invitation.
        on: the thing that each photo is on, by the photo's id.
        role: the role of oma.
        layers: the own layer of each child.
        day: the local day of every agreement, today.
    """

    plan: UUID
    elsewhere: UUID
    actors: dict[str, Actor]
    people: dict[str, UUID]
    pieces: dict[str, Piece] = field(default_factory=dict)
    entries: dict[str, UUID] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    on: dict[UUID, str] = field(default_factory=dict)
    role: UUID | None = None
    layers: dict[str, UUID] = field(default_factory=dict)
    day: str = ""
    app: Flask | None = None

    def __getattr__(self, name: str) -> Actor:
        """`cast.sara`: who that is, as the policy knows them."""
        try:
            found: Actor = self.__dict__["actors"][name]
        except KeyError:
            raise AttributeError(name) from None
        return found

    def copied(self, app: Flask | None = None) -> Cast:
        """The same cast for one test's own product: what that test changes in it, no other test finds."""
        own = {of.name: dict(was) for of in fields(self) if isinstance(was := self.__dict__[of.name], dict)}
        return replace(self, app=app, **own)

    def id(self, name: str) -> UUID:
        """The id of a piece."""
        return self.pieces[name].id

    def canary(self, name: str) -> str:
        """The word only that piece holds."""
        return self.pieces[name].canary

    def canaries_not_for(self, who: str) -> dict[str, str]:
        """Every piece this somebody may never read, with its canary."""
        return {
            name: piece.canary
            for name, piece in self.pieces.items()
            if piece.canary and who not in piece.seen_by | piece.spoken_of
        }

    def canaries_for(self, who: str) -> dict[str, str]:
        """Every piece this somebody may read, with its canary."""
        return {name: piece.canary for name, piece in self.pieces.items() if piece.canary and who in piece.seen_by}

    def client_of(self, who: str | Actor) -> FlaskClient:
        """A browser that holds this somebody's seat; of "nobody", host and system one that holds none."""
        assert self.app is not None
        actor = self.actors[who] if isinstance(who, str) else who
        return signed_in(self.app, actor)

    def thing(self, name: str, who: str = "") -> Thing[Any]:
        """A piece, loaded as one of those who see it would (in an app context)."""
        from app.rooms import KINDS
        from app.scope import load_one

        piece = self.pieces[name]
        reader = who or sorted(piece.seen_by & {*MEMBERS, "lies"}, reverse=True)[0]
        found = load_one(self.actors[reader], KINDS[piece.kind], piece.id, removed=True)
        assert found is not None, f"{reader} does not see {name}"
        return found


def signed_in(app: Flask, actor: Actor) -> FlaskClient:
    """A browser with the seat of one actor, taken as the product gives it."""
    from app.accounts.commands import take_seat
    from app.accounts.store import account_at
    from app.policy.actor import ActorKind

    client = app.test_client()
    if actor.seat is None or actor.plan is None:
        return client
    kinds = {ActorKind.LINK_HOLDER: "link", ActorKind.GUEST: "guest", ActorKind.TRUSTED: "trusted"}
    kind = kinds.get(actor.kind, "member")
    with app.test_request_context():
        visitor = take_seat(None, actor.plan, kind, actor.seat, "gsm", account_at(actor.seat))
    with client.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = visitor.token, True
        kept.permanent = True
    return client


class _Maker:
    """Makes the cast, in an app context, a change at a time as the family would."""

    def __init__(self) -> None:
        from app.home.commands import start
        from app.policy.actor import NOBODY, Actor, ActorKind, system

        ours = start(["Sara", "Jef", "Kaat"], "Europe/Brussels", called="Familie Goudplevier")
        theirs = start(["Lies"], "Europe/Brussels", called="Familie Kluut")
        self.cast = Cast(
            plan=ours.plan,
            elsewhere=theirs.plan,
            actors={
                "sara": seated(ours.plan, "member", ours.member),
                "lies": seated(theirs.plan, "member", theirs.member),
                "nobody": NOBODY,
                "host": Actor(ActorKind.HOST),
                "system": system("a test"),
            },
            people={"sara": ours.person, "lies": theirs.person},
        )
        self._of_the_start()

    def _of_the_start(self) -> None:
        """What the start of a plan made, found by its names."""
        from app.people.models import PERSON
        from app.scope import load

        for person in load(self.cast.actors["sara"], PERSON).all(PERSON):
            self.cast.people[person.body.name.lower()] = person.id
        self.note("plan", "plan", self.cast.plan, "Goudplevier", INSIDE)
        self.note("elsewhere", "plan", self.cast.elsewhere, "Kluut", {"lies", "dirk"})
        for name in ("sara", "jef", "kaat"):
            self.note(name, "person", self.cast.people[name], "", PARENTS.union(CHILDREN))

    def note(self, name: str, kind: str, id: UUID, canary: str, seen_by: Any, **more: Any) -> None:  # noqa: A002
        self.cast.pieces[name] = Piece(kind, id, canary, frozenset(seen_by), **more)

    def add(
        self,
        name: str,
        kind: Kind[Any],
        body: Body,
        state: str,
        canary: str,
        seen_by: Any,
        *,
        by: str = "sara",
        under: str = "",
    ) -> UUID:
        """Adds one thing, as one of the cast."""
        from app.change import Add, change
        from app.policy.actions import Action

        action = Action[f"{ADDED_AS.get(kind.name, kind.name).upper()}_ADD"]
        parent = self.cast.thing(under) if under else None
        position = len(self.cast.pieces) << 16
        edit = Add(kind, body, state, under=parent, position=position)
        added = change(self.cast.actors[by], action, edit)
        assert added.entry is not None
        self.cast.entries[name] = added.entry
        self.note(name, kind.name, added.id, canary, seen_by)
        return added.id

    def photo(self, on: str, canary: str, seen_by: Any, root: UUID | None = None) -> Photo:
        """A photo for a thing that is made next, of the plan or of a child's layer; its canary is what is on it."""
        from unittest.mock import patch

        import msgspec

        from app.media import commands
        from app.media.pixels import Pixels

        with patch.object(commands, "redraw", lambda _data: Pixels(DOT, DOT, 1, 1)):
            taken = commands.take(root or self.cast.plan, DOT)
        taken.wait()
        self.cast.on[taken.medium.id] = on
        sort = "photo" if root is None else "own photo"
        self.note(f"photo on {on}", sort, taken.medium.id, canary, seen_by)
        return msgspec.structs.replace(taken.medium, alt=f"Een {canary} in de tuin")

    def film(self, on: str, canary: str, seen_by: Any) -> Film:
        """A film for a thing that is made next; its canary is what is on it."""
        from unittest.mock import patch

        import msgspec

        from app.media import commands
        from app.media.nouns import Sort
        from app.media.recordings import Recorded

        with patch.object(commands, "recorded_again", lambda *_sent: Recorded(DOT, 1, 2, 2, DOT)):
            taken = commands.take(self.cast.plan, DOT, Sort.FILM)
        taken.wait()
        self.cast.on[taken.medium.id] = on
        self.note(f"film on {on}", "film", taken.medium.id, canary, seen_by)
        return msgspec.structs.replace(taken.medium, alt=f"Een {canary} die vliegt")

    def let_in(self, name: str) -> None:
        """Lets somebody in as a parent, and they come."""
        from app.plan.commands import join, let_in

        invited = let_in(self.cast.actors["sara"], self.cast.people[name], None)
        joined = join(invited.token, None)
        self._member(name, joined.member)

    def let_help(self, name: str) -> None:
        """Makes somebody a meehelper, to whom goals and their steps are opened; no page does so yet."""
        from app.change import Add, change
        from app.plan.models import MEMBER
        from app.plan.nouns import MemberBody, MemberState, Role
        from app.policy.actions import Action
        from app.sharing.nouns import What
        from app.sharing.rules import OPENS

        person = self.cast.people[name]
        body = MemberBody(role=Role.MEEHELPER, person=person, opened=OPENS[What.GOALS])
        new = Add(MEMBER, body, MemberState.ACTIVE, columns={"person_id": person})
        self._member(name, change(self.cast.actors["sara"], Action.MEMBER_LET_IN, new).id)

    def _member(self, name: str, member: UUID) -> None:
        self.note(f"member {name}", "member", member, "", PARENTS)
        self.cast.actors[name] = seated(self.cast.plan, "member", member)

    def share(self, name: str, person: str, *whats: Any, alone: bool = False, days: int = 90, **more: Any) -> None:
        """Gives a person of the plan a link, or a guest's seat, for so many days from now."""
        from app.db import now
        from app.local import local_day
        from app.sharing import commands, rules, store
        from app.sharing.seats import link_actor_of

        host = more.pop("by", "sara")
        by, whom = self.cast.actors[host], self.cast.people[person]
        until = local_day(now(), "Europe/Brussels") + timedelta(days=days)
        given = commands.ShareInput(opened=rules.opened_by(whats), until=until, alone=alone, **more)
        made = commands.make(by, store.board(by), whom, given, None)
        hosts = {host} if alone or host == "lies" else PARENTS
        self.note(
            f"share {name}", "share", made.share, "", hosts | ({name} if more.get("guest") and days > 0 else set())
        )
        self.cast.tokens[name] = made.secret.token
        share, ring = self.cast.thing(f"share {name}", host), Ring.SERVICES if more.get("guest") else Ring.CLOSE
        self.cast.actors[name] = link_actor_of(share.plan, made.share, share.body, whom, ring)

    def person(self, name: str, called: str, canary: str, seen_by: Any, *, spoken_of: Any = (), **more: Any) -> None:
        """Adds somebody who matters."""
        from app.db import Only
        from app.people.models import PERSON
        from app.people.nouns import PersonBody

        by = more.pop("by", "sara")
        body = PersonBody(name=f"{called} {canary}".strip(), **more)
        added = self.cast.people[name] = self.add(f"person {name}", PERSON, body, Only.ACTIVE, canary, seen_by, by=by)
        self.note(f"person {name}", "person", added, canary, seen_by, spoken_of=frozenset(spoken_of))

    def talk(self, name: str, canary: str, seen_by: Any, by: str = "") -> None:
        """A guest says who will talk about the family, in a week."""
        from app.db import now
        from app.local import local_day
        from app.talks import commands, store

        guest = self.cast.actors[by or name]
        day = local_day(now(), "Europe/Brussels") + timedelta(days=7)
        given = commands.TalkInput(others=("CLB",), day=day, about=f"Over de {canary}")
        told = commands.tell(guest, store.board(guest), given, None)
        self.note(f"talk {name}", "talk", told.id, canary, seen_by)

    def may_talk(self, name: str, canary: str, seen_by: Any) -> None:
        """Sara says with whom a guest may talk about them."""
        from app.talks import commands, store
        from app.talks.nouns import WithBody

        sara = self.cast.actors["sara"]
        view = store.may_talk(sara, self.cast.id(f"share {name}"))
        assert view is not None
        commands.choose_with(sara, view, WithBody(others=(f"Juf {canary}",), words="Alleen over school"), None, None)
        agreed = store.may_talk(sara, self.cast.id(f"share {name}"))
        assert agreed is not None
        assert agreed.agreed is not None
        self.note(f"with {name}", "talk_with", agreed.agreed.id, canary, seen_by)


# The smallest picture there is: one dot, as WebP.
DOT = bytes.fromhex("524946461e000000574542505650384c110000002f0000000007d0fffef7bfff8188e87f0000")
# A contact is part of a person.
ADDED_AS = {"contact": "person"}


def seated(plan: UUID, kind: str, holder: UUID) -> Actor:
    """Who sits in a seat, as the room that gave it says."""
    from app.rooms import SEATS

    actor = SEATS[kind](plan, holder)
    assert actor is not None
    return actor


def make() -> Cast:
    """Makes everybody and everything, in an app context."""
    maker = _Maker()
    for part in (_people, _goals, _agreements, _rest, _proposals, _ended, _greetings, _keys, cast_children.grow_up):
        part(maker)
    return maker.cast


def _people(maker: _Maker) -> None:
    from app.people.nouns import RoleBody
    from app.sharing.nouns import What

    alone, cast = Audience(Who.ME), maker.cast
    maker.let_in("jef")
    maker.person("mil", "Mil", "", PARENTS.union(CHILDREN), ring=Ring.WE)
    maker.person("nele", "Tante Nele", "", PARENTS.union(CHILDREN), ring=Ring.WE)
    maker.let_help("nele")
    role = RoleBody(relation="moeke van mama")
    cast.role = role.id
    # Nele sees a goal that names oma; who holds a link is greeted by name.
    maker.person(
        "oma",
        "Oma Rosa",
        "Roodborsttapuit",
        PARENTS,
        spoken_of={"nele", "lisa", "oma", *MAY_TELL},
        roles=(role,),
        photo=maker.photo("person oma", "Heggenmus", PARENTS),
    )
    maker.person("els", "Els", "Watersnip", {"sara"}, spoken_of={"els"}, audience=alone)
    hidden = maker.photo("person neighbour", "Meerkoet", {"sara"})
    maker.person("neighbour", "Buurman", "Waterhoen", {"sara"}, audience=alone, photo=hidden)
    maker.person("ended", "Nonkel", "Zilvermeeuw", PARENTS)
    maker.person("peter", "Peter", "Tortelduif", PARENTS)
    maker.share("oma", "oma", What.AGREEMENTS)
    maker.share("els", "els", *What, alone=True)
    _guests(maker)


def _guests(maker: _Maker) -> None:
    from app.sharing.nouns import What

    service, seen = {"ring": Ring.SERVICES}, {What.GOALS, What.AGREEMENTS}
    maker.person("lisa", "Lisa", "Bosuil", PARENTS, spoken_of={"lisa", "oma", *MAY_TELL}, **service)
    maker.person("bert", "Bert", "Ransuil", {"sara"}, spoken_of={"bert"}, audience=Audience(Who.ME), **service)
    maker.person("dirk", "Dirk", "Kerkuil", {"lies"}, spoken_of={"dirk", *MAY_TELL - {"mil"}}, by="lies", **service)
    maker.share("lisa", "lisa", *seen, guest=True)
    maker.share("bert", "bert", *seen, guest=True, alone=True)
    maker.share("dirk", "dirk", *seen, guest=True, by="lies")
    maker.talk("lisa", "Steenuil", PARENTS | {"lisa"})
    maker.talk("bert", "Velduil", {"sara", "bert"})
    maker.may_talk("lisa", "Oehoe", PARENTS | {"lisa"})
    maker.may_talk("bert", "Sneeuwuil", {"sara", "bert"})


def _goals(maker: _Maker) -> None:
    from app.goals.models import GOAL, STEP
    from app.goals.nouns import GoalBody, GoalState, StepBody, StepState

    people = maker.cast.people

    def goal(name: str, canary: str, seen_by: Any, by: str = "sara", **more: Any) -> None:
        words = f"Wij willen een {canary} zien"
        maker.add(f"goal {name}", GOAL, GoalBody(words=words, **more), GoalState.NOW, canary, seen_by, by=by)

    def step(name: str, under: str, canary: str, seen_by: Any, by: str = "sara", **more: Any) -> None:
        body = StepBody(words=f"Een {canary} tekenen", **more)
        maker.add(f"step {name}", STEP, body, StepState.OPEN, canary, seen_by, by=by, under=f"goal {under}")

    def photo(on: str, canary: str, seen_by: Any) -> Photo:
        return maker.photo(f"goal {on}", canary, seen_by)

    ours = photo("of us", "Geelgors", FAMILY | {"lisa", "kaat"})
    goal("of us", "Kramsvogel", FAMILY | {"lisa", "kaat"}, whose=(people["kaat"],), photo=ours)
    with_oma = photo("with oma", "Rietgors", FAMILY | {"lisa", "oma"})
    goal("with oma", "Ijsvogel", FAMILY | {"lisa", "oma"}, arranger=people["oma"], photo=with_oma)
    goal("alone", "Nachtegaal", {"sara"}, audience=Audience(Who.ME), photo=photo("alone", "Wespendief", {"sara"}))
    # Jef may open the link that wij host, so what Sara keeps from him goes through a link of hers alone.
    goal("me and oma", "Koolmees", {"sara"}, audience=Audience(Who.ME_AND, people=(people["oma"],)))
    with_els = photo("me and els", "Draaihals", {"sara", "els"})
    to_els = Audience(Who.ME_AND, people=(people["els"],))
    goal("me and els", "Pimpelmees", {"sara", "els"}, audience=to_els, photo=with_els)
    goal("me and bert", "Matkop", {"sara", "bert"}, audience=Audience(Who.ME_AND, people=(people["bert"],)))
    goal("of jef", "Zwartkop", {"jef"}, by="jef", audience=Audience(Who.ME))
    goal("closed", "Slechtvalk", PARENTS, audience=Audience(Who.WE))
    goal("for the ring", "Boerenzwaluw", PARENTS | {"oma"}, audience=Audience(Who.WE_AND, rings=(Ring.CLOSE,)))
    goal("of nele", "Fitis", FAMILY | {"lisa"}, by="nele")
    step("of us", "of us", "Putter", FAMILY | {"lisa"})
    # Named in it, but what it hangs on is not hers to see.
    step("oma unseen", "of us", "Sijs", FAMILY | {"lisa"}, helpers=(people["oma"],))
    step("oma", "with oma", "Kneu", FAMILY | {"lisa", "oma"}, helpers=(people["oma"],))
    step("alone", "alone", "Grutto", {"sara"}, photo=maker.photo("step alone", "Visarend", {"sara"}))


def _agreements(maker: _Maker) -> None:
    from app.agreements.models import AGREEMENT
    from app.agreements.nouns import AgreementBody, AgreementState, When, WhenSort
    from app.db import now
    from app.local import local_day

    people, today = maker.cast.people, local_day(now(), "Europe/Brussels")
    maker.cast.day = today.isoformat()
    soon = When(sort=WhenSort.DAY, day=today)

    def agreement(name: str, canary: str, seen_by: Any, **more: Any) -> None:
        body = AgreementBody(words=f"Samen de {canary} zoeken", when=soon, **more)
        maker.add(f"agreement {name}", AGREEMENT, body, AgreementState.OPEN, canary, seen_by)

    agreement("of oma", "Wulp", PARENTS | {"lisa", "oma"}, who=(people["oma"],))
    agreement("of nele", "Kievit", FAMILY | {"lisa", "oma"}, who=(people["nele"],))
    agreement("of lisa", "Goudvink", PARENTS | {"lisa", "oma"}, who=(people["lisa"],))
    hidden = maker.photo("agreement alone", "Beflijster", {"sara"})
    agreement("alone", "Tureluur", {"sara"}, audience=Audience(Who.ME), photo=hidden)
    agreement("closed", "Scholekster", PARENTS, audience=Audience(Who.WE))
    _outcomes(maker)


def _outcomes(maker: _Maker) -> None:
    from app.agreements.models import OUTCOME
    from app.agreements.nouns import OutcomeBody, Result
    from app.change import Add, change
    from app.db import Only
    from app.policy.actions import Action

    cast = maker.cast

    def outcome(name: str, under: str, who: str, result: Result, canary: str, seen_by: Any) -> None:
        thing = cast.thing(f"agreement {under}", "sara")
        day = thing.body.when.day
        body = OutcomeBody(day=day, result=result, who=(cast.people[who],), why=f"Er was geen {canary}")
        added = change(cast.actors["sara"], Action.OUTCOME_TELL, Add(OUTCOME, body, Only.ACTIVE, under=thing))
        maker.note(f"outcome {name}", "outcome", added.id, canary, seen_by)

    # A missed agreement is hidden from outsiders; whoever had to do it sees their own.
    outcome("missed by nele", "of nele", "nele", Result.MISSED, "Appelvink", FAMILY)
    outcome("missed by oma", "of oma", "oma", Result.MISSED, "Wielewaal", PARENTS | {"oma"})
    outcome("closed", "closed", "oma", Result.DONE, "Tjiftjaf", PARENTS)


def _rest(maker: _Maker) -> None:
    from app.change import Remove, change
    from app.db import Only
    from app.goals.models import GOAL
    from app.goals.nouns import GoalBody, GoalState
    from app.people.models import CONTACT
    from app.people.nouns import ContactBody, ContactSort
    from app.plan.models import HOME
    from app.plan.nouns import HomeBody
    from app.policy.actions import Action

    cast = maker.cast

    def contact(name: str, under: str, canary: str, seen_by: Any, by: str = "sara", **more: Any) -> None:
        body = ContactBody(value=canary, **more)
        person = cast.people[under]
        maker.add(f"contact {name}", CONTACT, body, Only.ACTIVE, canary, seen_by, by=by, under=_piece_of(cast, person))

    contact("phone of oma", "oma", "0470 12 34 56", PARENTS)
    contact("phone of sara", "sara", "0471 65 43 21", {"sara"}, of_member=True)
    contact("address of oma", "oma", "Kwikstaartlaan 7", {"jef"}, by="jef", sort=ContactSort.ADDRESS)
    home = HomeBody(name="Bij de Tapuit", sleepers=(cast.people["kaat"],))
    maker.add("home", HOME, home, Only.ACTIVE, "Tapuit", PARENTS | {"kaat"})
    _moments(maker)
    maker.add("goal binned", GOAL, GoalBody(words="De Houtduif"), GoalState.NOW, "Houtduif", FAMILY | {"lisa"})
    change(cast.actors["sara"], Action.GOAL_REMOVE, Remove(cast.thing("goal binned", "sara")))
    cast.pieces["goal binned"] = Piece("goal", cast.id("goal binned"), "Houtduif", FAMILY | {"lisa"}, removed=True)
    maker.add(
        "goal elsewhere", GOAL, GoalBody(words="Zeearend"), GoalState.NOW, "Zeearend", {"lies", "dirk"}, by="lies"
    )


def _moments(maker: _Maker) -> None:
    from app.db import Only
    from app.moments.models import MOMENT
    from app.moments.nouns import MomentBody

    def moment(name: str, canary: str, drawn: str, filmed: str, seen_by: Any, audience: Audience) -> None:
        photo = maker.photo(f"moment {name}", drawn, seen_by)
        film = maker.film(f"moment {name}", filmed, seen_by)
        body = MomentBody(words=f"Kaat tekende een {canary}", audience=audience, photo=photo, film=film)
        maker.add(f"moment {name}", MOMENT, body, Only.ACTIVE, canary, seen_by)

    shown = (maker.cast.people["oma"], maker.cast.people["lisa"])
    moment("of us", "Slobeend", "Brilduiker", "Bosruiter", PARENTS | {"kaat"}, Audience())
    ours = Audience(Who.WE_AND, people=shown)
    moment("with oma", "Nonnetje", "Regenwulp", "Oeverloper", PARENTS | {"oma", "lisa"}, ours)
    moment("alone", "Spotvogel", "Steenloper", "Kustvogel", {"sara"}, Audience(Who.ME))


def _proposals(maker: _Maker) -> None:
    """What Lisa and Bert propose: it waits, Lisa heard yes and no, and what Bert proposes is there for Sara only."""
    from app.proposals import commands, reading, store
    from app.proposals.commands import LineInput
    from app.proposals.nouns import Act, Said, Target

    cast = maker.cast

    def propose(name: str, by: str, canary: str, seen_by: Any, about: Target, goal: str = "") -> UUID:
        guest, said = cast.actors[by], Said(what=f"Een {canary} zoeken")
        line = LineInput(Act.NEW, about, said, goal=cast.id(goal) if goal else None)
        sent = commands.send(guest, store.board(guest), [line], None)
        maker.note(f"proposal {name}", "proposal", sent.id, "", seen_by)
        maker.note(f"line {name}", "proposed", sent.ids[1], canary, seen_by)
        return sent.ids[1]

    of_lisa = PARENTS | {"lisa"}
    propose("of lisa", "lisa", "Boomkruiper", of_lisa, Target.AGREEMENT)
    propose("of bert", "bert", "Goudhaan", {"sara", "bert"}, Target.STEP, "goal me and bert")
    no = propose("declined", "lisa", "Graspieper", of_lisa, Target.STEP, "goal with oma")
    yes = propose("accepted", "lisa", "Rietzanger", of_lisa, Target.GOAL)
    question = store.question(cast.sara, no)
    assert question is not None
    commands.say_no(cast.sara, question.line, None)
    question = store.question(cast.sara, yes)
    assert question is not None
    ours = Said(what="Een Braamsluiper vinden")
    made = commands.say_yes_but(cast.sara, question.line, ours, None, None)
    reading.mark_read([no, yes])
    maker.note("goal proposed", "goal", made.id, "Braamsluiper", FAMILY | {"lisa"})


def _piece_of(cast: Cast, id: UUID) -> str:  # noqa: A002
    return next(name for name, piece in cast.pieces.items() if piece.id == id)


def _ended(maker: _Maker) -> None:
    """Two links and two guests that work no more: one was stopped, one is past its day."""
    from app.sharing import commands, store
    from app.sharing.nouns import What

    sara = maker.cast.actors["sara"]
    for stopped, expired, guest in (("stopped", "expired", False), ("away", "late", True)):
        maker.share(stopped, "ended", *What, guest=guest)
        if guest:
            maker.talk(stopped, "Grauwe Klauwier", PARENTS)
        share = store.share(sara, maker.cast.id(f"share {stopped}"))
        assert share is not None
        commands.stop(sara, share)
        maker.share(expired, "ended", *What, days=-1, guest=guest)


def _greetings(maker: _Maker) -> None:
    """Who left said something; Tom gave the start card the family began with, and would like to come."""
    from uuid import uuid4

    from app.accounts.commands import make_account
    from app.accounts.nouns import AccountBody
    from app.change import Add, change
    from app.guests import commands, store
    from app.guests.models import GREETING
    from app.guests.nouns import GreetingBody, GreetingState
    from app.policy.actions import Action

    cast = maker.cast
    for guest, canary, seen_by in (("away", "Roerdomp", PARENTS), ("bert", "Steltkluut", {"sara", "bert"})):
        body = GreetingBody(words=f"Ik zag een {canary}", name="Ilse", organisation="Een dienst")
        said = Add(GREETING, body, GreetingState.WAITING, under=cast.thing(f"share {guest}", "sara"))
        added = change(cast.actors[guest], Action.GUEST_LEAVE, said)
        maker.note(f"greeting of {guest}", "greeting", added.id, canary, seen_by)
    _account_of_lisa(cast)
    commands.ask(cast.plan, uuid4(), make_account(AccountBody(name="Tom Purperreiger")))
    asked = next(one.thing for one in store.greetings(cast.actors["jef"]) if one.thing.body.account)
    maker.note("greeting of tom", "greeting", asked.id, "Purperreiger", PARENTS)


def _account_of_lisa(cast: Cast) -> None:
    """Lisa came in with an account of her own, and made a start card."""
    from app.accounts.commands import give_place, make_account
    from app.accounts.nouns import AccountBody
    from app.guests import ledger
    from app.guests.nouns import StayBody

    account, share = make_account(AccountBody(name="Lisa", organisation="CKG")), cast.id("share lisa")
    ledger.begin_stay(account, cast.plan, share, StayBody(family="Familie Goudplevier"))
    give_place(account, cast.plan, "guest", share)
    cast.pieces["start card"] = Piece("start card", ledger.make_card(account), "", frozenset({"lisa"}))


def _keys(maker: _Maker) -> None:
    """Own cards, and an invitation that Jef did not say yes to yet."""
    from app.accounts.commands import make_card
    from app.accounts.models import CARD
    from app.plan.commands import let_in
    from app.scope import load

    cast = maker.cast
    for name in MEMBERS:
        make_card(cast.actors[name], None)
        card = load(cast.actors[name], CARD).all(CARD)[0]
        maker.note(f"card {name}", "card", card.id, "", {name})
    invited = let_in(cast.actors["sara"], cast.people["peter"], None)
    maker.note("invite", "invite", invited.id, "", PARENTS)


# ---- fixtures --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Original:
    """A made cast with its databases, to be copied."""

    cast: Cast
    data: Path
    name: str


MakeOriginal = Callable[[str], _Original]


@pytest.fixture(scope="session")
def cast_originals(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> MakeOriginal:
    """The cast in a database of each kind, made when first asked for."""
    from tests.support import databases

    made: dict[str, _Original] = {}

    def original(kind: str) -> _Original:
        if kind not in made:
            data, name = tmp_path_factory.mktemp("cast") / "data", f"cast_{next(databases._names)}"
            if kind == "sqlite":
                shutil.copytree(request.getfixturevalue("migrated_sqlite"), data)
                environment = databases._environment(data)
            else:
                url, template = request.getfixturevalue("postgres_url"), request.getfixturevalue("migrated_postgres")
                environment = databases._postgres_environment(url, data, name, template)
            made[kind] = _Original(_made_in(environment), data, name)
        return made[kind]

    return original


def _made_in(environment: dict[str, str]) -> Cast:
    from app.config import Config
    from app.db import db
    from app.main import create_app
    from tests.support import databases

    app = create_app(Config.from_env(environment))
    databases.never_synced(app)
    with app.app_context():
        cast = make()
        traces.note([*(piece.canary for piece in cast.pieces.values()), *cast.tokens.values()])
        for engine in db.engines.values():
            engine.dispose()
    return cast


@pytest.fixture
def cast_environment(
    request: pytest.FixtureRequest, cast_originals: MakeOriginal, database_kind: str, tmp_path: Path
) -> Iterator[dict[str, str]]:
    """Settings of a product of this test's own, in which the whole cast is."""
    from tests.support import databases

    original = cast_originals(database_kind)
    data = tmp_path / "cast"
    shutil.copytree(original.data, data)
    if database_kind == "sqlite":
        yield databases._environment(data)
        return
    url, name = request.getfixturevalue("postgres_url"), f"test_{next(databases._names)}"
    yield databases._postgres_environment(url, data, name, original.name)
    for store in ("content", "keys"):
        databases._on_server(url, f'DROP DATABASE "{name}_{store}" WITH (FORCE)')


@pytest.fixture
def cast(cast_originals: MakeOriginal, database_kind: str, app: Flask) -> Cast:
    """Everybody, in this test's own product (`app`, `client` and `live_server` are of the same one)."""
    return cast_originals(database_kind).cast.copied(app)
