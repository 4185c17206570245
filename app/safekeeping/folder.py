"""The folders that backups lie in: who may read them, what is whole, and what is only begun.

Everything is written under another name first, synced, and then gets its name, so that what has its name is whole.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from app.db import now
from app.safekeeping.nouns import Trouble, moment_of, read_moment

CONTENT, KEYS, BEGUN = "", ".keys", ".part"
LOCK, PHOTOS = ".lock", "files"
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def found(folder: Path, sort: str) -> list[str]:
    """The moments of the whole backups here, oldest first.

    Args:
        folder: where.
        sort: `CONTENT` or `KEYS`.
    """
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return sorted(name.removesuffix(sort) for name in names if name.endswith(sort) and _is_moment(name, sort))


def _is_moment(name: str, sort: str) -> bool:
    return read_moment(name.removesuffix(sort)) is not None


def refuse_place(folder: Path, data: Path, sort: str) -> None:
    """Refuse a place where a backup would not help, or where content and its keys would lie together.

    Raises:
        Trouble: it lies in the data folder, or where the other sort of backup lies.
    """
    if folder == data or data in folder.parents:
        raise Trouble(f"{folder} lies in ONSPLAN_DATA, and would be lost with it: choose a folder on another disk.")
    other = KEYS if sort == CONTENT else CONTENT
    for place in (folder, *folder.parents, *_below(folder)):
        with suppress(PermissionError):
            if found(place, other):
                kind = "keys" if other == KEYS else "content"
                raise Trouble(f"Backups of {kind} lie in {place}: keep content and its keys apart.")


def _below(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir() and path.name != PHOTOS] if folder.is_dir() else []


@contextmanager
def alone(folder: Path) -> Iterator[str]:
    """Write in a folder while nobody else does, and know the moment; what others left half done goes first.

    Raises:
        Trouble: somebody else does, or the folder cannot be written. Then nothing half is left.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(folder):
            _sweep(folder)
            try:
                yield moment_of(now())
            except BaseException:
                _sweep(folder)
                raise
    except OSError as error:
        raise Trouble(_why(folder, error)) from error


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Trouble(f"Another backup is being written in {folder}: wait until it is done.") from error
        yield
    finally:
        os.close(descriptor)


def _sweep(folder: Path) -> None:
    for path in (*folder.glob(f"*{BEGUN}"), *folder.glob(f"{PHOTOS}/*/*{BEGUN}")):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _why(folder: Path, error: OSError) -> str:
    if error.errno in FULL:
        return f"The disk of {folder} is full: this backup was not made. Make room and try again."
    return f"{folder} cannot be used: {os.strerror(error.errno or errno.EIO)}."


def put(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file that only its owner reads; it has its name once all of it is on the disk."""
    begun = path.with_name(f"{path.name}{BEGUN}")
    descriptor = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    begun.replace(path)
