"""Where the files of photos lie: a folder, or storage that speaks S3. A shelf knows names and bytes, nothing else.

When `put` returns, the bytes outlive a power cut. The folder is written by our own hand: obstore would sync neither a
file nor the folder it stands in, nor set who may read it. Names are drawn at random; nothing else ever becomes a path.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Protocol, TypeVar

from flask import Flask, current_app

from app.config import Bucket, Config
from app.disk import sync_folder

if TYPE_CHECKING:
    from obstore.store import S3Config, S3Store

# 160 bits. The first two letters are the folder, so that none of those holds very many.
NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{38}")
HALF = re.compile(r"\.[0-9a-f]{32}")
# A page waits so long for a store, once; then nobody waits for it until it was asked again.
CONNECT, ANSWER, PAUSE_SECONDS = timedelta(seconds=2), timedelta(seconds=8), 15.0
# The process that obstore's threads are in: in a copy of that one it would wait for them for ever.
_PROCESS: dict[str, int] = {}


class NotThere(Exception):
    """There is no file of this name."""


class NoAnswer(OSError):
    """The store does not answer, or refuses: later it may. Nothing is known of what it was asked to do."""

    def __init__(self) -> None:
        super().__init__(errno.ETIMEDOUT, "the store of files does not answer")


class Shelf(Protocol):
    """What both sorts of shelf do; with `OSError` when the disk is in trouble, or `NoAnswer` when the store is."""

    def put(self, name: str, data: bytes) -> None:
        """Lay a file away. When this returns it stays there; when it raises, maybe nothing or all of it does."""

    def get(self, name: str) -> bytes:
        """The bytes of a file.

        Raises:
            NotThere: there is none of that name.
        """

    def remove(self, names: Iterable[str]) -> None:
        """Take files away; one that is not there is no trouble."""

    def names(self, before: datetime | None = None) -> Iterator[str]:
        """The names of all files, or of those put before an instant, one by one as they are found."""

    def clear(self, before: datetime) -> None:
        """Take away what puttings that were interrupted before an instant left."""


def new_name() -> str:
    """A name that nobody guesses and no other file has."""
    drawn = secrets.token_hex(20)
    return f"{drawn[:2]}/{drawn[2:]}"


def shelf() -> Shelf:
    """The shelf of this product."""
    found: Shelf = current_app.extensions["onsplan.shelf"]
    return found


def shelf_of(config: Config) -> Shelf:
    """The shelf these settings speak of, one in a process. Nothing is made or opened before it is needed."""
    return _shelf_at(config.data / "files", config.files)


@cache
def _shelf_at(folder: Path, bucket: Bucket | None) -> Shelf:
    return Folder(folder) if bucket is None else Store(bucket)


def install(app: Flask, config: Config) -> None:
    """Join the shelf to the app."""
    app.extensions["onsplan.shelf"] = shelf_of(config)


def _checked(name: str) -> str:
    if not NAME.fullmatch(name):
        raise ValueError("no name of a file")
    return name


class Folder:
    """Files in a folder that only this user reads."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._synced: set[Path] = set()

    def put(self, name: str, data: bytes) -> None:
        """Lay a file away, whole before others see it; then it and its place in the folder are synced."""
        path = self._root / _checked(name)
        self._stand(path.parent)
        new = path.with_name(f".{secrets.token_hex(16)}")
        try:
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        except BaseException:
            with suppress(OSError):
                new.unlink()
            raise
        sync_folder(path.parent)

    def _stand(self, folder: Path) -> None:
        """Make a folder when it is not there; its place is synced once by every process, whoever made it."""
        if folder in self._synced and folder.is_dir():
            return
        for each in (self._root, folder):
            each.mkdir(mode=0o700, exist_ok=True)
            sync_folder(each.parent)
        self._synced.add(folder)

    def get(self, name: str) -> bytes:
        """The bytes of a file.

        Raises:
            NotThere: there is none of that name.
        """
        try:
            return (self._root / _checked(name)).read_bytes()
        except FileNotFoundError as error:
            raise NotThere from error

    def remove(self, names: Iterable[str]) -> None:
        """Take files away. Not synced: what a power cut brings back has no row, and is swept."""
        for name in names:
            (self._root / _checked(name)).unlink(missing_ok=True)

    def names(self, before: datetime | None = None) -> Iterator[str]:
        """The names of all files, or of those put before an instant."""
        for path in self._paths(before):
            name = f"{path.parent.name}/{path.name}"
            if NAME.fullmatch(name):
                yield name

    def clear(self, before: datetime) -> None:
        """Take away what puttings that were interrupted before an instant left."""
        for path in self._paths(before):
            if HALF.fullmatch(path.name):
                path.unlink(missing_ok=True)

    def _paths(self, before: datetime | None) -> Iterator[Path]:
        folders = sorted(self._root.iterdir()) if self._root.is_dir() else []
        for folder in folders:
            with os.scandir(folder) as entries:
                for entry in entries:
                    # Another worker may tidy at the same time.
                    with suppress(FileNotFoundError):
                        if before is None or entry.stat().st_mtime < before.timestamp():
                            yield Path(entry.path)


A = TypeVar("A")


class Store:
    """Files in a bucket. Keys come from the environment (AWS_ACCESS_KEY_ID and the like), never from our settings."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._opened: S3Store | None = None
        self._silent = False
        self._asked_again = 0.0

    def put(self, name: str, data: bytes) -> None:
        """Lay a file away: S3 answers when it has stored it."""
        from obstore import put  # noqa: PLC0415 - native code that a folder does not need

        path = _checked(name)
        try:
            self._ask(lambda store: put(store, path, data, use_multipart=False))
        except NotThere as error:
            # Not the file: the bucket itself.
            raise NoAnswer from error

    def get(self, name: str) -> bytes:
        """The bytes of a file.

        Raises:
            NotThere: there is none of that name.
        """
        from obstore import get  # noqa: PLC0415

        path = _checked(name)
        return self._ask(lambda store: bytes(get(store, path).bytes()))

    def remove(self, names: Iterable[str]) -> None:
        """Take files away, many in one request."""
        from obstore import delete  # noqa: PLC0415

        paths = [_checked(name) for name in names]
        if paths:
            self._ask(lambda store: delete(store, paths))

    def names(self, before: datetime | None = None) -> Iterator[str]:
        """The names of all files, or of those put before an instant, by the clock of the store."""
        from obstore import list as listed  # noqa: PLC0415

        pages = self._ask(lambda store: iter(listed(store)))
        while page := self._ask(lambda _store: next(pages, None)):
            for file in page:
                if NAME.fullmatch(file["path"]) and (before is None or file["last_modified"] < before):
                    yield file["path"]

    def clear(self, before: datetime) -> None:
        """A file in a bucket is there whole or not at all."""

    def _ask(self, question: Callable[[S3Store], A]) -> A:
        """Ask the store. After a silence one asks again now and then; all others hear at once that it is silent."""
        from obstore.exceptions import BaseError, GenericError  # noqa: PLC0415

        if self._silent:
            if monotonic() < self._asked_again + PAUSE_SECONDS:
                raise NoAnswer
            self._asked_again = monotonic()
        try:
            answer = question(self._store())
        except FileNotFoundError as error:
            self._silent = False
            raise NoAnswer if "NoSuchBucket" in str(error) else NotThere from error
        except BaseError as error:
            # What it refuses it answered: others need not be kept waiting for that.
            self._silent, self._asked_again = isinstance(error, GenericError), monotonic()
            raise NoAnswer from error
        self._silent = False
        return answer

    def _store(self) -> S3Store:
        """Opened at first use, in the process that uses it."""
        if _PROCESS.setdefault("id", os.getpid()) != os.getpid():
            raise NoAnswer
        if self._opened is None:
            self._opened = _opened(self._bucket)
        return self._opened


def _opened(bucket: Bucket) -> S3Store:
    from obstore.store import S3Store  # noqa: PLC0415

    where: S3Config = {"region": bucket.region, "virtual_hosted_style_request": False}
    if bucket.endpoint:
        where["endpoint"] = bucket.endpoint
    return S3Store(
        bucket.name,
        prefix=bucket.prefix or None,
        config=where,
        client_options={
            "allow_http": bucket.endpoint.startswith("http://"),
            "connect_timeout": CONNECT,
            "timeout": ANSWER,
        },
        retry_config={"max_retries": 1, "retry_timeout": ANSWER},
    )
