"""Reads the file that somebody sent along with a form, of whatever page: its field says what it is to be."""

from __future__ import annotations

from app.media.nouns import BadFile, Fault, Sort
from app.moments.taking import Given
from app.web.uploads import sent


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
