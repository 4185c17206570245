"""Reads the file that somebody sent along with a form, of whatever page, and says what is the matter with it.

The field of the file says what it is to be.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.change import Refused
from app.media import words as media_words
from app.media.nouns import BadFile, Fault, Sort
from app.moments.taking import Given
from app.web.form import Form
from app.web.respond import UNAVAILABLE, UNPROCESSABLE
from app.web.uploads import sent

T = TypeVar("T")


def given_in(alt: str = "", *sorts: Sort) -> Given | None:
    """The photo, voice note or film that came with this form, in the field of that name; None when none was chosen.

    Args:
        alt: what is on it, in their words.
        sorts: which of them the page takes; all when it does not say.

    Raises:
        BadFile: it is too large, or there is no room for it now.
    """
    for sort in sorts or Sort:
        upload = sent(sort.value)
        if upload is None:
            continue
        if not upload.is_whole:
            raise BadFile(Fault.TOO_BIG, sort)
        if upload.was_busy:
            raise BadFile(Fault.BUSY, sort)
        return Given(upload.getvalue(), sort, alt)
    return None


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of a form with which a file may come along.

    Attributes:
        made: what it made; None when the form comes back.
        fault: then what is the matter with the file, in words.
        status: that of the page on which it comes back.
    """

    made: T | None = None
    fault: str = ""
    status: int = UNPROCESSABLE


def outcome_of(
    form: Form,
    make: Callable[[], T],
    sentence: Callable[[Any], str],
    field: Callable[[Any], str] = lambda _reason: "words",
) -> Outcome[T]:
    """Make what a form asks when it is filled in well, and tell in the form or of its file why it could not be.

    Args:
        form: as it was sent.
        make: makes it; what it refuses (`Refused`, `BadFile`, `OSError`) is told here.
        sentence: what is said of a reason.
        field: at which field that is said.
    """
    if not form.validate():
        return Outcome()
    try:
        return Outcome(make())
    except Refused as refused:
        form.refuse(field(refused.reason), sentence(refused.reason))
    except BadFile as bad:
        return Outcome(fault=media_words.of(bad))
    except OSError:
        return Outcome(fault=media_words.no_room(), status=UNAVAILABLE)
    return Outcome()
