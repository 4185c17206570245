"""Take a photo, a voice note or a film in: made anew, sealed with the key of its plan, laid away; then kept by the
change that shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID, uuid4

import msgspec

from app.items import Film, Medium, Photo, Sound
from app.keystore import key_of
from app.media import ledger, store
from app.media.ledger import Files
from app.media.nouns import BadFile, Fault, Size, Sort
from app.media.pixels import redraw
from app.media.recordings import recorded_again
from app.media.shelf import NoAnswer, NotThere, Shelf, new_name, shelf
from app.media.store import place_of
from app.vault import NotOpened, RootKey, seal, unseal

# Of one plan: photos, voice notes and films to look at, and with them those that gave way to others in the last 30
# days; and the bytes of all those. A family that films every day for a year comes nowhere near.
MOST, MOST_KEPT, MOST_BYTES = 500, 2000, 1_000_000_000
# A copy of a plan waits for the disk, or for the store, with so many at once.
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Taken:
    """One whose files lie on the shelf and that is nowhere yet. `medium` is the value for the body of an item."""

    medium: Medium
    plan: UUID
    files: Files

    @property
    def field(self) -> str:
        """The field of a body that it belongs in."""
        return self.files.sort.value

    def keep(self, _item: UUID | None = None) -> None:
        """Write its row, in the transaction of the change that puts it on an item: pass this as `beside`.

        The door binds it to that item. On no item it is erased 30 days later.
        """
        ledger.add(self.medium.id, self.plan, self.files)

    def wait(self) -> None:
        """Write its row by itself, on nothing: somebody else was first, and its sender still chooses."""
        ledger.leave(self.medium.id, self.plan, self.files)

    def drop(self) -> None:
        """Take its files away: the change said no, or the same form was saved before. Never after an unknown end."""
        _take_away(shelf(), self)


def take(plan: UUID, data: bytes, sort: Sort = Sort.PHOTO) -> Taken:
    """Take a file in for a plan. When this returns, all of it lies synced on the shelf.

    Raises:
        BadFile: the file is none that we take as that, or the plan has as much as it may.
        OSError: the disk is full or broken, or the store does not answer (`NoAnswer`): nothing was kept.
    """
    try:
        medium, made = _made(data, sort)
    except BadFile as bad:
        raise BadFile(bad.fault, sort) from bad
    _refuse_too_many(plan, sort)
    return _laid_away(key_of(plan), shelf(), medium, sort, made)


def _made(data: bytes, sort: Sort) -> tuple[Medium, dict[Size, bytes]]:
    """The value of a file, and its bytes made anew by size."""
    if sort is Sort.PHOTO:
        drawn = redraw(data)
        return Photo(uuid4(), "", drawn.width, drawn.height), {Size.SMALL: drawn.small, Size.LARGE: drawn.large}
    made = recorded_again(data, sort)
    if sort is Sort.VOICE:
        return Sound(uuid4(), made.seconds), {Size.LARGE: made.file}
    film = Film(uuid4(), made.seconds, "", made.width, made.height)
    return film, {Size.SMALL: made.poster, Size.LARGE: made.file}


def _refuse_too_many(plan: UUID, sort: Sort) -> None:
    has = ledger.weight_of(plan)
    if has.shown >= MOST or has.kept >= MOST_KEPT or has.size >= MOST_BYTES:
        raise BadFile(Fault.TOO_MANY, sort)


def _laid_away(key: RootKey, files: Shelf, medium: Medium, sort: Sort, made: Mapping[Size, bytes]) -> Taken:
    small = new_name() if Size.SMALL in made else None
    taken = Taken(medium, key.root, Files(sort, small, new_name(), sum(map(len, made.values()))))
    try:
        # In the order of their sizes, as they are named.
        for name, size in zip(taken.files.names, sorted(made, key=list(Size).index), strict=True):
            files.put(name, seal(key, place_of(sort, size), medium.id, made[size]))
    except OSError:
        _take_away(files, taken)
        raise
    return taken


def _take_away(files: Shelf, *these: Taken) -> None:
    # From a store that is silent now they are tidied later.
    with suppress(OSError):
        files.remove([name for taken in these for name in taken.files.names])


class Copies:
    """Media of one plan, opened and sealed anew for another one; what was made is not made again."""

    def __init__(self, source: UUID, target: UUID) -> None:
        self._source, self._target = source, target
        self._made: dict[UUID, Taken | None] = {}

    def make(self, media: Iterable[Medium]) -> dict[UUID, Taken]:
        """The copies of these, by the ids of those. One whose file is gone or damaged has none.

        Raises:
            OSError: the disk is full or broken, or the store does not answer: later it may.
        """
        wanted = {medium.id: medium for medium in media}
        missing = {id_: medium for id_, medium in wanted.items() if id_ not in self._made}
        there = store.files_of(self._source, missing)
        self._made |= dict.fromkeys(missing.keys() - there.keys())
        keys, files = (key_of(self._source), key_of(self._target)), shelf()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            found = [threads.submit(_copied, missing[id_], of, keys, files) for id_, of in there.items()]
        for id_, one in zip(there, found, strict=True):
            self._made[id_] = one.result()
        return {id_: taken for id_ in wanted if (taken := self._made[id_]) is not None}

    def drop(self) -> None:
        """Take all of them away: there will be no copy."""
        _take_away(shelf(), *(taken for taken in self._made.values() if taken is not None))


def _copied(medium: Medium, of: Files, keys: tuple[RootKey, RootKey], files: Shelf) -> Taken | None:
    """One copy, in a thread that knows nothing but this."""
    source, target = keys
    names = {Size.SMALL: of.small, Size.LARGE: of.large}
    try:
        made = {
            size: unseal(source, place_of(of.sort, size), medium.id, files.get(name))
            for size, name in names.items()
            if name is not None
        }
    except NoAnswer:
        raise
    except (NotThere, NotOpened, OSError):
        return None
    new: Medium = msgspec.structs.replace(medium, id=uuid4())
    return _laid_away(target, files, new, of.sort, made)
