"""Take a photo in: drawn again, sealed with the key of its plan, laid away; then kept by the change that shows it."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID, uuid4

import msgspec

from app.items import Photo
from app.keystore import key_of
from app.media import ledger, store
from app.media.nouns import BadPhoto, Fault, Size
from app.media.pixels import redraw
from app.media.shelf import NoAnswer, NotThere, Shelf, new_name, shelf
from app.media.store import PLACES
from app.vault import NotOpened, RootKey, seal, unseal

# Of one plan: photos to look at, and with them those that gave way to others in the last 30 days.
MOST, MOST_KEPT = 500, 2000
# A copy of a plan waits for the disk, or for the store, with so many photos at once.
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Taken:
    """A photo whose files lie on the shelf and that is nowhere yet. `photo` is the value for the body of an item."""

    photo: Photo
    plan: UUID
    small: str
    large: str

    def keep(self, _item: UUID | None = None) -> None:
        """Write its row, in the transaction of the change that puts it on an item: pass this as `beside`.

        The door binds it to that item. On no item it is erased 30 days later.
        """
        ledger.add(self.photo.id, self.plan, self.small, self.large)

    def wait(self) -> None:
        """Write its row by itself, on nothing: somebody else was first, and its sender still chooses."""
        ledger.leave(self.photo.id, self.plan, self.small, self.large)

    def drop(self) -> None:
        """Take its files away: the change said no, or the same form was saved before. Never after an unknown end."""
        _take_away(shelf(), self)


def take(plan: UUID, data: bytes) -> Taken:
    """Take a file in as a photo of a plan. When this returns, both sizes lie synced on the shelf.

    Raises:
        BadPhoto: the file is no photo that we take, or the plan has as many as it may.
        OSError: the disk is full or broken, or the store does not answer (`NoAnswer`): nothing was kept.
    """
    drawn = redraw(data)
    _refuse_too_many(plan)
    photo = Photo(uuid4(), width=drawn.width, height=drawn.height)
    return _laid_away(key_of(plan), shelf(), photo, drawn.small, drawn.large)


def _refuse_too_many(plan: UUID) -> None:
    shown, kept = ledger.how_many(plan)
    if shown >= MOST or kept >= MOST_KEPT:
        raise BadPhoto(Fault.TOO_MANY)


def _laid_away(key: RootKey, files: Shelf, photo: Photo, small: bytes, large: bytes) -> Taken:
    taken = Taken(photo, key.root, new_name(), new_name())
    try:
        for name, size, data in ((taken.small, Size.SMALL, small), (taken.large, Size.LARGE, large)):
            files.put(name, seal(key, PLACES[size], photo.id, data))
    except OSError:
        _take_away(files, taken)
        raise
    return taken


def _take_away(files: Shelf, *photos: Taken) -> None:
    # From a store that is silent now they are tidied later.
    with suppress(OSError):
        files.remove([name for taken in photos for name in (taken.small, taken.large)])


class Copies:
    """Photos of one plan, opened and sealed anew for another one; what was made is not made again."""

    def __init__(self, source: UUID, target: UUID) -> None:
        self._source, self._target = source, target
        self._made: dict[UUID, Taken | None] = {}

    def make(self, photos: Iterable[Photo]) -> dict[UUID, Taken]:
        """The copies of these photos, by the ids of those. One whose file is gone or damaged has none.

        Raises:
            OSError: the disk is full or broken, or the store does not answer: later it may.
        """
        wanted = {photo.id: photo for photo in photos}
        missing = {id_: photo for id_, photo in wanted.items() if id_ not in self._made}
        names = store.names_of(self._source, missing)
        self._made |= dict.fromkeys(missing.keys() - names.keys())
        keys, files = (key_of(self._source), key_of(self._target)), shelf()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            found = [threads.submit(_copied, missing[id_], of, keys, files) for id_, of in names.items()]
        for id_, one in zip(names, found, strict=True):
            self._made[id_] = one.result()
        return {id_: taken for id_ in wanted if (taken := self._made[id_]) is not None}

    def drop(self) -> None:
        """Take all of them away: there will be no copy."""
        _take_away(shelf(), *(taken for taken in self._made.values() if taken is not None))


def _copied(photo: Photo, names: tuple[str, str], keys: tuple[RootKey, RootKey], files: Shelf) -> Taken | None:
    """One copy, in a thread that knows nothing but this."""
    source, target = keys
    try:
        small, large = (
            unseal(source, PLACES[size], photo.id, files.get(name)) for size, name in zip(Size, names, strict=True)
        )
    except NoAnswer:
        raise
    except (NotThere, NotOpened, OSError):
        return None
    new = msgspec.structs.replace(photo, id=uuid4())
    return _laid_away(target, files, new, small, large)
