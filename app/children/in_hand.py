"""What a child said a moment ago on a lent phone: it stays at hand there until it chose who may see it.

Kept in the browser's own signed cookie, as an id; without it the page "Wie mag dit zien?" could not follow on a phone
that shows nothing of what a child keeps.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import session

from app.db import now
from app.web.session import BEGAN, IN_HAND

LASTS = timedelta(minutes=10)
ONE_TAP = timedelta(seconds=30)


def take(said: UUID) -> None:
    """From now on, for ten minutes, this is at hand."""
    until, since = (now() + LASTS).timestamp(), began() or now() - ONE_TAP
    session[IN_HAND] = {"said": str(said), "until": until}
    session[BEGAN] = {"since": since.timestamp(), "until": until}


def is_one_tap(repeated: bool, made: datetime | None) -> bool:
    """Whether what a form made may be at hand: it was made now, or the same form came twice with one tap.

    Later a form that somebody kept, as with Back, would bring up what the child said and gave out of its hands.
    """
    return not repeated or (made is not None and made > now() - ONE_TAP)


def there() -> UUID | None:
    """What is at hand."""
    held = session.get(IN_HAND)
    return None if held is None or held["until"] <= now().timestamp() else UUID(held["said"])


def lay_down() -> None:
    """The child is done with it."""
    session.pop(IN_HAND, None)


def began() -> datetime | None:
    """Since when a child kept one thing after another here, the last no longer than ten minutes ago.

    What is kept here in that time this phone showed anyhow, so pictures may be chosen over it (decision 0027).
    """
    held = session.get(BEGAN)
    if held is None or held["until"] <= now().timestamp():
        return None
    return datetime.fromtimestamp(held["since"], UTC)
