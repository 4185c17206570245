"""What people send along with a form: kept in memory, never on disk, and never more than there is room for.

Only a route that says so (`Room.post(..., upload=True)`) takes more than a form's worth. What is too large is read to
its end and dropped, so that its sender gets a sentence and the typed words back, and not a broken connection.
"""

from __future__ import annotations

import io
from threading import Lock
from typing import IO, Any

from flask import Flask, current_app, has_request_context, request, session
from htmx_flask.requests import HtmxAwareRequest

# Half a minute as most phones film it; a photo has a bound of its own (`media/pixels.py`). Above that a file is still
# read, up to the second bound.
LARGEST_FILE, LARGEST_BODY = 80 << 20, 120 << 20
# What all that is being sent to one worker may take together, and what one family may of it.
MOST_AT_ONCE, MOST_OF_ONE = 256 << 20, 128 << 20


class _Room:
    """How much the files that are being sent hold now, in this worker."""

    def __init__(self, most: int, most_of_one: int) -> None:
        self.most, self.most_of_one, self._lock = most, most_of_one, Lock()
        self._held: dict[str, int] = {}

    @property
    def held(self) -> int:
        """So many bytes, of all together."""
        return sum(self._held.values())

    def take(self, size: int, whose: str) -> bool:
        """Whether there is room for so many more bytes of a plan's; then they are counted."""
        with self._lock:
            theirs = self._held.get(whose, 0) + size
            fits = self.held + size <= self.most and theirs <= self.most_of_one
            if fits:
                self._held[whose] = theirs
        return fits

    def give_back(self, size: int, whose: str) -> None:
        """So many bytes of a plan's are gone again."""
        with self._lock:
            left = self._held.pop(whose, 0) - size
            if left:
                self._held[whose] = left


room = _Room(MOST_AT_ONCE, MOST_OF_ONE)


class Upload(io.BytesIO):
    """A file as it comes in. `is_whole` is False when it was too large; `was_busy`, when there was no room for it.

    Args:
        whose: the plan it is sent to, so that one family's slow phones never hold the room of all.
    """

    def __init__(self, whose: str = "") -> None:
        super().__init__()
        self.is_whole, self.was_busy, self._size, self._whose = True, False, 0, whose

    @property
    def is_empty(self) -> bool:
        """Whether nothing came."""
        return self.is_whole and not self.was_busy and not self._size

    def write(self, data: Any) -> int:
        """Keep some more of it, while there is room; what is dropped counts as written, so that the rest is read."""
        size = len(data)
        if self.is_whole and not self.was_busy:
            self.is_whole = self._size + size <= LARGEST_FILE
            self.was_busy = self.is_whole and not room.take(size, self._whose)
            if self.is_whole and not self.was_busy:
                self._size += size
                return super().write(data)
            self._drop()
        return size

    def close(self) -> None:
        """Nothing of it is kept any more."""
        if not self.closed:
            self._drop()
        super().close()

    def _drop(self) -> None:
        self.seek(0)
        self.truncate()
        room.give_back(self._size, self._whose)
        self._size = 0


class UploadRequest(HtmxAwareRequest):  # type: ignore[misc]
    """A request whose files stay in memory, with room for one where the route takes it."""

    _upload: Upload | None = None

    @property
    def max_content_length(self) -> int | None:
        """A form's worth; more for who is somebody here, at a route that takes a file."""
        # The cookie is signed: who never came in sends no more than a form, and that is known without the database.
        return LARGEST_BODY if takes_file() and "_user_id" in session else super().max_content_length

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        self._max_content_length = value

    def _get_file_stream(self, *_about: Any, **_more: Any) -> IO[bytes]:
        """One file a form, in whichever field it comes; of another nothing is kept."""
        upload = Upload(str((self.view_args or {}).get("plan", "")))
        before = self._upload
        # A field in which nothing was chosen comes along too, empty.
        upload.is_whole = before is None or before.is_empty
        self._upload = upload if upload.is_whole else before
        return upload

    def close(self) -> None:
        """It is answered: also what never came to its end is let go of."""
        if self._upload is not None:
            self._upload.close()
        super().close()


def install(app: Flask) -> None:
    """Let every request be one of ours; after htmx, which has its own."""
    app.request_class = UploadRequest


def takes_file() -> bool:
    """Whether the route of this request takes a file."""
    view = current_app.view_functions.get(request.endpoint or "") if has_request_context() else None
    return bool(getattr(view, "upload", False))


def sent(name: str) -> Upload | None:
    """The file that came with this form; None when none was chosen."""
    file = request.files.get(name)
    if file is None or not isinstance(file.stream, Upload):
        return None
    upload = file.stream
    return None if upload.is_empty else upload
