"""Where rooms say what they bring, so that shared mechanisms (loading, history, undo, bin) walk all of them.

A room calls these once, in its `__init__`-time registration (see `register()` in each room); nothing here knows a room.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.items import Kind, Photo
from app.policy.actor import Actor

if TYPE_CHECKING:
    from app.items import Thing
    from app.scope import Whole


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody to draw or to choose: what the macros `face`, `faces` and `choices` need. `ring` is 1, 2 or 3.

    `photo` is theirs for who sees the person, whose row `id` then is; `picto`, the pictogram in its place.
    """

    id: UUID
    name: str
    ring: int
    photo: Photo | None = None
    picto: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a page that another room fills in: a template, which finds what it needs in `panel.given`.

    `first` stands above all else on "Ons plan": what nobody may overlook. `waits` comes next there: somebody waits for
    an answer, or something should be done; one of them is shown whole, the rest is one tap away. `short` is a single
    row: it takes nobody's place.
    """

    template: str
    given: dict[str, Any] = field(default_factory=dict)
    first: bool = False
    waits: bool = False
    short: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """What a process beside the server does for a room.

    Attributes:
        do: does one thing, known by its id; a second time, or for a thing that is gone, it does nothing.
        waiting: the things that wait, also those nobody rang a bell for.
        of_plan: the things of one plan, so that no bell of theirs outlives it.
    """

    do: Callable[[UUID], None]
    waiting: Callable[[], Iterable[UUID]]
    of_plan: Callable[[UUID], Iterable[UUID]] = lambda _plan: ()


@dataclass(frozen=True, slots=True)
class Media:
    """What the room of photos, sounds and films does for the door and for erasing, which know no files.

    Nothing of it commits.

    Attributes:
        moved: in a plan, an item has other ones: which are gone, and which came. Raises `NotPermitted` when one that
            came is not there, on another item, or of another plan.
        is_there: whether one that an item of a plan had can come back.
        erased: an item is erased, so its media are; their files follow once that is committed.
    """

    moved: Callable[[UUID, UUID, Collection[UUID], Collection[UUID]], None]
    is_there: Callable[[UUID, UUID, UUID], bool]
    erased: Callable[[UUID], None]


PanelOf = Callable[[Actor, Any], Panel | None]
TellOf = Callable[["Whole", Any, str], list[tuple[str, str]]]

KINDS: dict[str, Kind[Any]] = {}
SEATS: dict[str, Callable[[UUID, UUID], Actor | None]] = {}
ADDRESSES: dict[str, Callable[[Thing[Any]], str]] = {}
PANELS: dict[str, dict[str, PanelOf]] = {}
FACES: dict[str, Callable[[Actor], list[Face]]] = {}
TOLD: dict[str, TellOf] = {}
GOING: dict[str, Callable[[Actor, Thing[Any]], None]] = {}
OUTLIVES: dict[str, Callable[[UUID, UUID], bool]] = {}
ERASING: list[Callable[[UUID], Callable[[], object] | None]] = []
STAYS_BEHIND: set[str] = set()
COPIED: dict[str, Callable[[Any, UUID], Any]] = {}
ENDED: list[Callable[[UUID], object]] = []
BINS: list[Callable[[Actor, UUID], Thing[Any] | None]] = []
STAYS: dict[str, Callable[[Actor, Thing[Any]], bool]] = {}
ANSWERS: list[Callable[[Collection[Actor]], Collection[UUID]]] = []
FAREWELLS: list[Callable[[UUID], bool]] = []
LOOKED: list[Callable[[Actor, str], None]] = []
JOBS: dict[str, Job] = {}
TIDIES: dict[str, Callable[[Actor, datetime], None]] = {}
MEDIA: dict[str, Media] = {}


def bring_kind(kind: Kind[Any]) -> None:
    """Register a noun. What hangs on another kind comes after it."""
    if KINDS.setdefault(kind.name, kind) is not kind:
        raise RuntimeError(f"two kinds are called {kind.name}")


def bring_seat(name: str, actor_of: Callable[[UUID, UUID], Actor | None]) -> None:
    """Register a way to hold a seat: `actor_of(plan, seat)` gives who sits there now, None when that ended."""
    if SEATS.setdefault(name, actor_of) is not actor_of:
        raise RuntimeError(f"two seats are called {name}")


def bring_address(kind: str, address: Callable[[Thing[Any]], str]) -> None:
    """Register where an item of this kind is looked at, so that history can link to it."""
    ADDRESSES[kind] = address


def bring_panel(place: str, room: str, panel_of: PanelOf) -> None:
    """Register a part of another room's page.

    Args:
        place: where it stands, the kind of the thing the page is about ("person"); "link" is what a link shows.
        room: who fills it in; one panel a place.
        panel_of: gives the panel for what the page is about, None when there is nothing to say. It reads as the
            actor, so that nothing shows here that would not show in its own room.
    """
    PANELS.setdefault(place, {})[room] = panel_of


def panels(place: str, actor: Actor, thing: Any) -> list[Panel]:
    """What other rooms say on the page of this thing, in the order in which the rooms joined."""
    found = (panel_of(actor, thing) for panel_of in PANELS.get(place, {}).values())
    return [panel for panel in found if panel is not None]


def bring_faces(group: str, faces_of: Callable[[Actor], list[Face]]) -> None:
    """Register a group of people to choose from, for rooms below `people`: "family" (ring 1) or "people" (all)."""
    FACES[group] = faces_of


def faces(group: str, actor: Actor) -> list[Face]:
    """The people of a group, as far as this actor sees them; nobody when no room brings them."""
    return FACES[group](actor) if group in FACES else []


def bring_told(kind: str, tell: TellOf) -> None:
    """Register what history tells of an item, so that it can put a change's before and after beside each other.

    Args:
        kind: the name of the kind.
        tell: of the whole, a body and a state gives pairs of label and text; a text may be empty.
    """
    TOLD[kind] = tell


def told(kind: Kind[Any], whole: Whole, body: Any, state: str) -> list[tuple[str, str]]:
    """What history tells of an item of this kind: without a room's own words, what it is called."""
    return TOLD[kind.name](whole, body, state) if kind.name in TOLD else [("", kind.label(body))]


def bring_stays(kind: str, stays_here: Callable[[Actor, Thing[Any]], bool]) -> None:
    """Register which items of a kind may not be taken away, whoever asks: the same rule as the room's own command."""
    STAYS[kind] = stays_here


def stays(actor: Actor, thing: Thing[Any]) -> bool:
    """Whether a room says that this item may not be taken away now."""
    return thing.kind.name in STAYS and STAYS[thing.kind.name](actor, thing)


def bring_going(kind: str, close: Callable[[Actor, Thing[Any]], None]) -> None:
    """Register what ends for good when somebody puts an item of a kind in the bin, also when it comes back."""
    GOING[kind] = close


def going(actor: Actor, thing: Thing[Any]) -> None:
    """End what hangs on an item that this actor puts in the bin or takes out of it."""
    if thing.kind.name in GOING:
        GOING[thing.kind.name](actor, thing)


def bring_outlives(kind: str, outlives: Callable[[UUID, UUID], bool]) -> None:
    """Register which items of a kind stay when what they hang on is erased: `outlives(plan, item)`."""
    OUTLIVES[kind] = outlives


def outlives(kind: Kind[Any], plan: UUID, item: UUID) -> bool:
    """Whether an item stays when what it hangs on is erased."""
    return kind.name in OUTLIVES and OUTLIVES[kind.name](plan, item)


def bring_erasing(forget: Callable[[UUID], Callable[[], object] | None]) -> None:
    """Register what goes with a plan beside its own rows: `forget(plan)`, while those are still there; commits nothing.

    It may give back what is done once they are gone (files). Whatever stops it, all of it is done again.
    """
    if forget not in ERASING:
        ERASING.append(forget)


def bring_staying(*kinds: str) -> None:
    """Register kinds whose items stay in the plan when a parent leaves with a copy: ways in, shares, their yes."""
    STAYS_BEHIND.update(kinds)


def bring_copied(kind: str, copied: Callable[[Any, UUID], Any]) -> None:
    """Register what an item of a kind says in a copy, beside other ids: `copied(body, parent)`, `parent` being the
    person whose plan that is. Without it everything in a copy is theirs.
    """
    COPIED[kind] = copied


def bring_ended(ended: Callable[[UUID], object]) -> None:
    """Register what looks into a plan that a browser has a seat in which lets nobody in."""
    if ended not in ENDED:
        ENDED.append(ended)


def ended(plan: UUID) -> None:
    """A seat in this plan lets nobody in any more: maybe the plan itself is over."""
    for look in ENDED:
        look(plan)


def bring_finder(found: Callable[[Actor, UUID], Thing[Any] | None]) -> None:
    """Register who finds an item that lies in the bin, for somebody who sees it."""
    if found not in BINS:
        BINS.append(found)


def in_the_bin(actor: Actor, item: UUID) -> Thing[Any] | None:
    """What has to come back so that this item is there again: the item itself, or what it hangs on."""
    thing = next((found for find in BINS if (found := find(actor, item)) is not None), None)
    while thing is not None and thing.removed_at is None:
        thing = thing.under
    return thing


def bring_looked(note: Callable[[Actor, str], None]) -> None:
    """Register who notes that a guest looked: `note(actor, room)` raises when it cannot, and then nothing is shown."""
    if note not in LOOKED:
        LOOKED.append(note)


def looked(actor: Actor, room: str) -> None:
    """A guest opens something of a room's: noted before it is made."""
    for note in LOOKED:
        note(actor, room)


def bring_answers(waits: Callable[[Collection[Actor]], Collection[UUID]]) -> None:
    """Register what tells which of these guests got an answer that they did not read yet: the seats of those."""
    if waits not in ANSWERS:
        ANSWERS.append(waits)


def answered(guests: Collection[Actor]) -> set[UUID]:
    """The seats of those guests for whom an answer of the family waits."""
    return {seat for waits in ANSWERS for seat in waits(guests)}


def bring_farewell(was_guest: Callable[[UUID], bool]) -> None:
    """Register who knows whether this browser was a guest in a plan, and is no longer."""
    if was_guest not in FAREWELLS:
        FAREWELLS.append(was_guest)


def is_over(plan: UUID) -> bool:
    """Whether somebody who is nobody in this plan now was its guest: they are told goodbye, whatever they ask."""
    return any(was_guest(plan) for was_guest in FAREWELLS)


def bring_job(name: str, job: Job) -> None:
    """Register what a process beside the server does for a room (`app/jobs.py`)."""
    JOBS[name] = job


def bring_tidy(room: str, tidy: Callable[[Actor, datetime], None]) -> None:
    """Register what a room forgets when the host tidies: `tidy(actor, at)`, the actor being the system."""
    TIDIES[room] = tidy


def bring_media(kept: Media) -> None:
    """Register who knows where photos, voice notes and films lie; one room does."""
    MEDIA["media"] = kept


def media() -> Media:
    """Who knows where photos, voice notes and films lie."""
    return MEDIA["media"]
