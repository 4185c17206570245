"""The files of photos: copied as they are, for they are sealed under the key of their plan and never change.

All backups in a folder share one copy of each. A later backup holds it against what the one before wrote down, and
copies again only what is not there or not as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from app.disk import sync_folder
from app.media.shelf import NAME, NoAnswer, NotThere, Shelf
from app.safekeeping import folder, store
from app.safekeeping.nouns import Damaged, PhotoFile, Trouble, Written
from app.safekeeping.store import Shape

TABLE, NAMES = "medium", ("small", "large")
SILENT = "The store of photos (ONSPLAN_FILES_URL) does not answer: try again when it does."


def note(names: list[str]) -> Callable[[Shape, tuple[Any, ...]], None]:
    """Watches rows go by and keeps the names of photo files."""

    def watch(shape: Shape, row: tuple[Any, ...]) -> None:
        if shape.name == TABLE:
            columns = zip(shape.columns, row, strict=True)
            names.extend(value for (column, _sort), value in columns if column in NAMES and value is not None)

    return watch


def named_now(url: str) -> set[str]:
    """The names that rows hold at this moment."""
    names: list[str] = []
    watch = note(names)
    with store.snapshot(url) as connection:
        for shape in store.shapes(connection):
            if shape.name == TABLE:
                for row in store.rows(connection, shape):
                    watch(shape, row)
    return set(names)


def copy(shelf: Shelf, place: Path, names: list[str], known: Mapping[str, Written]) -> Iterator[PhotoFile]:
    """Bring these files into a folder of backups, and say what lies there; synced when it ends.

    Args:
        shelf: where the photos of the product lie.
        place: the folder of backups.
        names: which.
        known: what the backup before said of files that lie there.
    """
    touched: set[Path] = set()
    for name in names:
        path = _path(place, name)
        written = known.get(name)
        if written is None or _written(path) != written:
            written = _copy(shelf, path, name)
            touched.add(path.parent)
        yield PhotoFile(name, written)
    for each in (*touched, *({parent.parent for parent in touched})):
        if each.is_dir():
            sync_folder(each)


def names_in(place: Path) -> set[str]:
    """The photo files that lie in a folder of backups."""
    names = (f"{path.parent.name}/{path.name}" for path in (place / folder.PHOTOS).glob("*/*"))
    return {name for name in names if NAME.fullmatch(name)}


def remove(place: Path, names: Collection[str]) -> None:
    """Take photo files out of a folder of backups: what a family took away opens with the key of its plan."""
    for name in names:
        _path(place, name).unlink(missing_ok=True)
    for parent in {_path(place, name).parent for name in names}:
        sync_folder(parent)


def check(place: Path, file: PhotoFile) -> None:
    """Hold a file against what was written down.

    Raises:
        Damaged: it is another one, or not there.
    """
    if file.written is not None and _written(_path(place, file.name)) != file.written:
        raise Damaged("a photo file")


def bring_back(shelf: Shelf, place: Path, file: PhotoFile) -> None:
    """Put a file where the product keeps its photos; it is on the disk before this returns."""
    if file.written is not None:
        try:
            shelf.put(file.name, _path(place, file.name).read_bytes())
        except NoAnswer as error:
            raise Trouble(SILENT) from error


def get(shelf: Shelf, name: str) -> bytes | None:
    """A photo file of the product, sealed as it is; None when it has none by that name.

    Raises:
        Trouble: the store of photos does not answer.
    """
    try:
        return shelf.get(name) if NAME.fullmatch(name) else None
    except NotThere:
        return None
    except NoAnswer as error:
        raise Trouble(SILENT) from error


def _copy(shelf: Shelf, path: Path, name: str) -> Written | None:
    data = get(shelf, name)
    if data is None:
        return None
    for each in (path.parent.parent, path.parent):
        each.mkdir(mode=0o700, exist_ok=True)
    folder.put(path, lambda file: file.write(data))
    return Written(len(data), hashlib.sha256(data).digest())


def _path(place: Path, name: str) -> Path:
    return place / folder.PHOTOS / name


def _written(path: Path) -> Written | None:
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return Written(path.stat().st_size, hashlib.file_digest(file, "sha256").digest())
