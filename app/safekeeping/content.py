"""Backups of content: made while people write, and checked to the last byte before anything of them is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO

from app.config import Config
from app.disk import sync_folder
from app.media.shelf import shelf_of
from app.safekeeping import dump, folder, photos, store
from app.safekeeping.dump import Dump
from app.safekeeping.nouns import FORMAT, About, Damaged, Manifest, OtherKey, PhotoFile, Trouble, Written, told
from app.safekeeping.streams import PIECE, Sealing, Unsealing

ROWS, FILES, MANIFEST = "rows", "files", "manifest"
OTHER_KEY = "This backup was made with another key store, so it cannot be opened with this one."


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made; `lost` photo files are named by rows, and were not on the server."""

    moment: str
    counts: dict[str, int]
    photos: int
    lost: int


def make(config: Config, place: Path, secret: bytes) -> Made:
    """Make a backup of the content in a folder, while people write.

    The rows are those of one moment. Photo files lie on the disk before their rows do, so all that these rows name are
    there; one that was erased meanwhile is left out. At the end the photo files go that no backup here names any more.

    Args:
        config: which product.
        place: the folder of backups.
        secret: the key that seals it.

    Raises:
        Trouble: it cannot be made there. Then nothing half is left.
    """
    folder.refuse_place(place, config.data, folder.CONTENT)
    with folder.alone(place) as moment:
        begun = place / f"{moment}{folder.BEGUN}"
        begun.mkdir(mode=0o700)
        names: list[str] = []
        with store.snapshot(config.database_url) as connection:
            about = About("content", moment, store.revision_of(connection, "content"))
            rows, counts = _sealed(
                begun, ROWS, moment, secret, lambda out: dump.write(connection, about, out, photos.note(names))
            )
        missing: list[str] = []
        files, count = _sealed(
            begun, FILES, moment, secret, lambda out: _copy_photos(config, place, names, secret, out, missing)
        )
        manifest = Manifest(moment, about.revision, rows, files, counts, count)
        _sealed(begun, MANIFEST, moment, secret, lambda out: dump.put_message(out, manifest))
        sync_folder(begun)
        begun.rename(place / moment)
        sync_folder(place)
        photos.remove(place, _unnamed(place, secret))
    lost = len(photos.named_now(config.database_url).intersection(missing)) if missing else 0
    return Made(moment, counts, count, lost)


def check(place: Path, moment: str, secret: bytes) -> Manifest:
    """Hold a whole backup against its manifest: every byte of it is read and opened.

    Raises:
        Damaged: something is not what was written, or is not there.
        Trouble: another key seals it, or a newer product wrote it.
    """
    try:
        manifest = _manifest(place, moment, secret)
        with _opened(place, moment, ROWS, secret, manifest.rows) as reader:
            whole = Dump.of(reader, ROWS, "content")
            if (whole.about.moment, whole.about.revision) != (moment, manifest.revision):
                raise Damaged(ROWS)
            for _shape, bunches in whole.tables():
                for _bunch in bunches:
                    pass
        found = 0
        for file in photo_files(place, manifest, secret):
            photos.check(place, file)
            found += 1
    except OtherKey as error:
        raise Trouble(OTHER_KEY) from error
    except FileNotFoundError as error:
        raise Damaged(Path(error.filename).name) from error
    if (whole.counts, found) != (manifest.counts, manifest.photos):
        raise Damaged(MANIFEST)
    return manifest


@contextmanager
def rows_of(place: Path, manifest: Manifest, secret: bytes) -> Iterator[Dump]:
    """The rows of a backup, to be read to their end."""
    with _opened(place, manifest.moment, ROWS, secret, manifest.rows) as reader:
        yield Dump.of(reader, ROWS, "content")


def photo_files(place: Path, manifest: Manifest, secret: bytes) -> Iterator[PhotoFile]:
    """The photo files that the rows of a backup name."""
    with _opened(place, manifest.moment, FILES, secret, manifest.files) as reader:
        while reader.peek(1):
            yield dump.get_message(reader, FILES, PhotoFile)


def choose(place: Path, moment: str | None) -> str:
    """The moment of a backup here: the newest, or the one that is meant.

    Raises:
        Trouble: there is none, or no such one.
    """
    found = folder.found(place, folder.CONTENT)
    if moment is not None and moment not in found:
        raise Trouble(f"{place} holds no backup of {moment}. It holds: {', '.join(found) or 'none'}.")
    if not found:
        raise Trouble(f"{place} holds no whole backup.")
    return moment or found[-1]


def _copy_photos(config: Config, place: Path, names: list[str], secret: bytes, out: Sealing, missing: list[str]) -> int:
    known = _known(place, secret)
    for file in photos.copy(shelf_of(config), place, names, known):
        dump.put_message(out, file)
        if file.written is None:
            missing.append(file.name)
    return len(names)


def _known(place: Path, secret: bytes) -> dict[str, Written]:
    """What the newest backup here says of the photo files; nothing when it is damaged, and then all are copied."""
    known: dict[str, Written] = {}
    with suppress(Trouble, OSError):
        manifest = _manifest(place, choose(place, None), secret)
        for file in photo_files(place, manifest, secret):
            if file.written is not None:
                known[file.name] = file.written
    return known


def _unnamed(place: Path, secret: bytes) -> set[str]:
    """The photo files that no backup here names; while one of these cannot be read, it may name any."""
    left = photos.names_in(place)
    try:
        for moment in reversed(folder.found(place, folder.CONTENT)):
            for file in photo_files(place, _manifest(place, moment, secret), secret) if left else ():
                left.discard(file.name)
    except (Trouble, OSError):
        return set()
    return left


def _manifest(place: Path, moment: str, secret: bytes) -> Manifest:
    with _opened(place, moment, MANIFEST, secret, None) as reader:
        manifest: Manifest = dump.get_message(reader, MANIFEST, Manifest)
        if manifest.moment != moment or reader.read(1):
            raise Damaged(MANIFEST)
    if manifest.format != FORMAT:
        raise Trouble(f"A newer version of Ons Plan made the backup of {told(moment)}: update this one first.")
    return manifest


def _sealed(begun: Path, name: str, moment: str, secret: bytes, fill: Callable[[Sealing], Any]) -> tuple[Written, Any]:
    """Write one sealed file of a backup; what lies there, and what filling it gave."""
    found: list[Any] = []

    def write(file: BinaryIO) -> None:
        out = Sealing(file, secret, f"{name} {moment}")
        found.append(fill(out))
        found.append(out.close())

    folder.put(begun / name, write)
    return found[1], found[0]


@contextmanager
def _opened(place: Path, moment: str, name: str, secret: bytes, written: Written | None) -> Iterator[BufferedReader]:
    """Read one sealed file of a backup; at its end it must be as long, and the same, as was written down."""
    with (place / moment / name).open("rb") as file:
        stream = Unsealing(file, secret, f"{name} {moment}")
        reader: BufferedReader = BufferedReader(stream, 4 * PIECE)
        yield reader
        if reader.read(1) or (written is not None and stream.written != written):
            raise Damaged(name)
