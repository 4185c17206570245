"""Reads what comes on the sheets of a child: what its own pages show, as far as whoever prints sees it too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from app.agreements.store import NEEDED
from app.children.models import SAID
from app.children.nouns import SaidBody
from app.children.nouns import Sort as SaidSort
from app.children.store import as_child, as_reader, layer_of
from app.days.people import helpers_in, own_goals_in
from app.days.rules import week_around
from app.days.store import Day, Piece, days_in
from app.db import now
from app.export import layout, rules
from app.export.layout import Column, Place, Row, Tile
from app.export.nouns import Choice, Set, Sort
from app.export.whose import child_of
from app.goals.models import STEP
from app.goals.store import GoalView
from app.items import Thing
from app.local import local_day
from app.people.nouns import PersonBody
from app.people.store import RING_NUMBER
from app.pictos.nouns import FEELINGS
from app.pictos.shelf import is_known, label
from app.plan.models import HOME
from app.plan.nouns import Level, MemberBody
from app.plan.store import own_page, sitting_in
from app.policy.actor import Actor, ActorKind
from app.policy.audience import sees
from app.rooms import Face
from app.scope import Whole, load
from app.translations import gettext as _
from app.translations import language


@dataclass(frozen=True)
class Most:
    """How much of each stands on a poster."""

    people: int
    goals: int
    likes: int


# One page for the wall holds so much; with long words less. The first that stays on one page is the poster.
POSTERS = (Most(12, 4, 4), Most(8, 3, 4), Most(8, 2, 4), Most(4, 2, 4))
MOST_LINES = 3
# What stands where the family chose nothing, as on the screen.
STAR, WOOL, HOUSE = "2B50", "1F9F6", "1F3E0"


@dataclass(frozen=True)
class Thread:
    """Something to reach as a thread with its knots."""

    tile: Tile
    goal: GoalView

    @property
    def steps(self) -> list[bool]:
        """Done or not, a knot each."""
        return self.goal.done


@dataclass(frozen=True)
class ChildPaper:
    """What one child's sheet shows to who prints it.

    Attributes:
        child: the child, as its own pages know it; `page`: how those are.
        whole: what both the child and who prints sees, without what stays off paper.
        liked: what the child likes, as far as it showed that to every parent.
    """

    sort: Sort
    choice: Choice
    day: date
    child: Actor
    page: MemberBody
    whole: Whole
    liked: list[Thing[SaidBody]]
    most: Most = POSTERS[0]

    @cached_property
    def me(self) -> Tile:
        """The child itself."""
        found = self.whole.person(self.child.person)
        return Tile("", ring=1) if found is None else face(found)

    @cached_property
    def _week(self) -> list[Day]:
        return days_in(self.whole, week_around(self.day), self.day, self.page)

    @cached_property
    def today(self) -> Day:
        """The day of a strip."""
        return days_in(self.whole, [self.day], self.day, self.page)[0]

    @cached_property
    def strips(self) -> list[list[list[Row]]]:
        """Its things, to cut out."""
        return layout.strips(self._things)

    @cached_property
    def _things(self) -> list[Tile]:
        things = [of_piece(piece) for piece in self.today.pieces]
        asleep = [replace(tile, note=_("Ik slaap hier")) for tile in self._sleep(self.today)]
        return [*things, *asleep]

    def _sleep(self, day: Day) -> list[Tile]:
        if day.home is None:
            return []
        home = day.home.body
        tile = of_thing(day.home, home.name, HOUSE)
        return [tile if home.photo or home.picto or not day.at_home else _as_face(tile, day.at_home[0])]

    @cached_property
    def week(self) -> list[Column]:
        """Seven days."""
        return [self._column(day) for day in self._week]

    def _column(self, day: Day) -> Column:
        """The picture the family chose for that day of the week, else what happens first, else a ball of wool."""
        things = tuple(of_piece(piece) for piece in day.pieces)
        chosen = Tile("", picto=day.picto or WOOL) if day.picto or not things else things[0]
        asleep = self._sleep(day)
        return Column(day.day, chosen, self._words(things, chosen), asleep[0] if asleep else None)

    def _words(self, things: tuple[Tile, ...], chosen: Tile) -> tuple[Tile, ...]:
        """Below the picture, for a child who reads: what happens; in pictures, only what that picture is of."""
        in_pictures = self.page.level is Level.PICTURES
        return tuple(one for one in things if one is chosen) if in_pictures else things[:MOST_LINES]

    @cached_property
    def cards(self) -> list[list[Tile | Place]]:
        """Cards to cut out, a set after the other; all sets when nothing was chosen."""
        chosen = [of_picto(code) for code in self.choice.pictos if is_known(code)]
        sets = self.choice.sets or (() if chosen else tuple(Set))
        return layout.cards([*(tile for one in sets for tile in self._cards(one)), *chosen])

    def _cards(self, one: Set) -> list[Tile]:
        if one is Set.PEOPLE:
            return self._helpers
        if one is Set.FEELINGS:
            return [of_picto(code) for code in FEELINGS.values()]
        return [of_piece(piece, bare=True) for day in self._week for piece in day.pieces]

    @property
    def has_sleep(self) -> bool:
        """Whether anybody knows where the child sleeps on a day of the week."""
        return any(column.sleeps for column in self.week)

    @property
    def is_drawn(self) -> bool:
        """Whether there is a pictogram on the sheet: then it says who drew them."""
        return layout.is_drawn([self.me, *self._shown])

    @property
    def _shown(self) -> list[Tile | None]:
        if self.sort is Sort.STRIP:
            return [*self._things]
        if self.sort is Sort.WEEK:
            return [tile for column in self.week for tile in (column.tile, column.sleeps)]
        if self.sort is Sort.CARDS:
            return [card for page in self.cards for card in page if isinstance(card, Tile)]
        return [*self.people, *(thread.tile for thread in self.threads), *self.likes]

    @cached_property
    def _helpers(self) -> list[Tile]:
        return [face(one.thing, one.relation) for one in helpers_in(self.whole)]

    @property
    def people(self) -> list[Tile]:
        """Who helps me, as faces."""
        return self._helpers[: self.most.people]

    @property
    def threads(self) -> list[Thread]:
        """What we work on now, as far as it fits."""
        found = [one.goal for one in own_goals_in(self.whole)]
        return [Thread(of_thing(goal.thing, goal.thing.body.words), goal) for goal in found[: self.most.goals]]

    @property
    def likes(self) -> list[Tile]:
        """What I like: the newest first."""
        newest = sorted(self.liked, key=lambda one: (one.created_at, one.id), reverse=True)
        return [of_thing(one, one.body.words) for one in newest[: self.most.likes]]

    def versions(self) -> Iterator[ChildPaper]:
        """The sheet, and for a poster the same with less and less on it, for when it takes more than one page."""
        for most in POSTERS if self.sort is Sort.PICTURES else POSTERS[:1]:
            yield replace(self, most=most)


def paper(actor: Actor, sort: Sort, choice: Choice, at: datetime | None = None) -> ChildPaper | None:
    """What comes on a sheet of a child for this actor, now. Without a chosen day it is of the local day of `at`."""
    child = child_of(actor, choice.child)
    if child is None:
        return None
    all_of_it = load(child, HOME, STEP, *NEEDED)
    whole = all_of_it.without(lambda one: rules.stays_off(child, one.facts, Choice()) or not sees(actor, one.facts))
    day = choice.day or local_day(at or now(), whole.zone)
    liked = _liked(actor, child) if sort is Sort.PICTURES else []
    return ChildPaper(sort, choice, day, child, own_page(child), whole, liked)


def _liked(actor: Actor, child: Actor) -> list[Thing[SaidBody]]:
    """What a child likes and showed to every parent of the plan, and so to this actor."""
    layer = layer_of(child.person)
    if layer is None:
        return []
    reader = as_child(actor) if actor.kind is ActorKind.CHILD else as_reader(actor, layer)
    found = [] if reader is None else load(reader, SAID).all(SAID)
    sitting = sitting_in(child.plan) if child.plan is not None else []
    parents = frozenset(one.person for one in sitting if one.kind is ActorKind.PARENT and one.person is not None)
    return [one for one in found if one.body.sort is SaidSort.NICE and rules.may_hang(one.facts, parents)]


def face(person: Thing[PersonBody], note: str = "") -> Tile:
    """Somebody, with their photo, else the letters of their name; `note`: what they are for the child."""
    body = person.body
    return Tile(body.name, body.language, body.photo, person.plan, ring=RING_NUMBER[body.ring], note=note)


def of_picto(code: str) -> Tile:
    """A pictogram with its word, in the language of who reads."""
    return Tile(label(code, language()), language(), picto=code)


def of_thing(thing: Thing[Any], words: str, otherwise: str = "") -> Tile:
    """A thing with its own photo, else its pictogram, else the one of its sort."""
    return Tile(words, thing.body.language, thing.body.photo, thing.plan, thing.body.picto or otherwise)


def of_piece(piece: Piece, *, bare: bool = False) -> Tile:
    """Something that happens: its photo or pictogram, else the face of who does it. `bare`: without its hour."""
    tile = of_thing(piece.thing, piece.words)
    if tile.photo is None and not tile.picto:
        tile = _as_who_does_it(piece, tile)
    return tile if bare else replace(tile, note=piece.at, done=piece.is_done)


def _as_who_does_it(piece: Piece, tile: Tile) -> Tile:
    if not piece.others:
        return replace(tile, picto=STAR)
    return _as_face(tile, piece.others[0])


def _as_face(tile: Tile, who: Face) -> Tile:
    return replace(tile, photo=who.photo, picto="", ring=who.ring, letters=who.name)
