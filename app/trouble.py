"""Why something could not be saved, told from the error of a database or a disk: no space, no answer, no permission.

The web says it honestly (`app/web/errors.py`), a monitor hears it (`/gezond`), the operator reads it in one line.
"""

from __future__ import annotations

import errno
import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic

from flask import current_app
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree


class Trouble(StrEnum):
    """What stands in the way of saving."""

    FULL = "no space"
    READ_ONLY = "may not be written"
    BROKEN = "input or output fails"
    AWAY = "does not answer"
    BUSY = "too busy"


# https://www.sqlite.org/rescode.html, primary codes.
_SQLITE = {
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.READ_ONLY,
    sqlite3.SQLITE_IOERR: Trouble.BROKEN,
    sqlite3.SQLITE_CORRUPT: Trouble.BROKEN,
    sqlite3.SQLITE_NOTADB: Trouble.BROKEN,
    sqlite3.SQLITE_CANTOPEN: Trouble.AWAY,
    sqlite3.SQLITE_BUSY: Trouble.BUSY,
    sqlite3.SQLITE_LOCKED: Trouble.BUSY,
    sqlite3.SQLITE_PROTOCOL: Trouble.BUSY,
}
_PRIMARY = 0xFF
# https://www.postgresql.org/docs/current/errcodes-appendix.html: the longest beginning that fits counts.
_POSTGRESQL = {
    "53100": Trouble.FULL,
    "53": Trouble.BUSY,
    "25006": Trouble.READ_ONLY,
    "58": Trouble.BROKEN,
    "XX": Trouble.BROKEN,
    "57P": Trouble.AWAY,
    "57014": Trouble.BUSY,
    "08": Trouble.AWAY,
    "28": Trouble.AWAY,
    "3D": Trouble.AWAY,
    "40": Trouble.BUSY,
    "55P03": Trouble.BUSY,
}
_DISK = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EFBIG: Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
    errno.EIO: Trouble.BROKEN,
    errno.ENODEV: Trouble.BROKEN,
    errno.ENXIO: Trouble.BROKEN,
    errno.ESTALE: Trouble.BROKEN,
    errno.ETIMEDOUT: Trouble.AWAY,
}
# A monitor that asks once a minute hears of it.
LASTS_SECONDS = 90.0
LAST = "onsplan.trouble"


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in the way, and whether it is certain that nothing was saved.

    It is not when the answer to a commit was lost on the way, or when only the last sync of one failed.
    """

    trouble: Trouble
    certain: bool = True


def found_in(error: BaseException | None) -> Found | None:
    """What an error says about saving; None when it is another sort of error."""
    if isinstance(error, NoConnectionFree):
        return Found(Trouble.BUSY)
    if isinstance(error, DBAPIError):
        trouble = _of_driver(error.orig)
        if trouble is None and error.connection_invalidated:
            trouble = Trouble.AWAY
        # Without a statement it was the commit that failed, or the way to the server.
        lost = error.statement is None and (error.connection_invalidated or trouble is Trouble.BROKEN)
        return None if trouble is None else Found(trouble, certain=not lost)
    if isinstance(error, OSError | sqlite3.Error):
        trouble = _of_driver(error)
        return None if trouble is None else Found(trouble)
    return None


def _of_driver(error: BaseException | None) -> Trouble | None:
    if isinstance(error, sqlite3.Error):
        return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY)
    if isinstance(error, OSError):
        return _DISK.get(error.errno or 0)
    state = getattr(error, "sqlstate", "")
    if state is None:
        # psycopg: not an answer of the server, so there was none. What it refuses to send has an answer's sort.
        return Trouble.AWAY if type(error).__name__ in {"OperationalError", "InterfaceError"} else None
    fits = (length for length in (5, 3, 2) if state[:length] in _POSTGRESQL)
    return next((_POSTGRESQL[state[:length]] for length in fits), None)


def note(trouble: Trouble) -> None:
    """Something could not be saved just now."""
    current_app.extensions[LAST] = (monotonic(), trouble)


def lately() -> Trouble | None:
    """What stood in the way of saving in this process, if that was less than a minute and a half ago."""
    if LAST not in current_app.extensions:
        return None
    since, trouble = current_app.extensions[LAST]
    return trouble if monotonic() - since < LASTS_SECONDS else None
