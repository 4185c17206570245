"""The pictures of a film, made anew: smaller, upright, one after the other. Inside the cage only (`tracks.py`)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from app.media.sorts import fit

if TYPE_CHECKING:
    from av import Packet, VideoFrame
    from av.container import OutputContainer
    from PIL.Image import Image

LONGEST = 640
LEAST_SIDE, MOST_NARROW = 16, 20
# Smoother than this no small screen shows.
A_SECOND = 30
SOON = 0.75 / A_SECOND
TICKS = 90_000
# What every phone since 2013 plays: H.264 of the main profile, about 1 Mbit a second at most (decision 0025).
FIRM = {"preset": "veryfast", "crf": "25", "maxrate": "1000k", "bufsize": "2000k", "profile": "main", "level": "3.1"}
FIRM |= {"threads": "1", "a53cc": "0"}


class NoTrack(ValueError):
    """There is no sound in it, or no picture, that we play."""


class Pictures:
    """The pictures of a film: smaller, upright, one after the other."""

    def __init__(self, ours: OutputContainer, theirs: Any) -> None:
        self._ours, self._theirs = ours, theirs
        self._stream: Any = None
        self._packets: list[Packet[Any]] = []
        self.last: float | None = None
        self.size = (0, 0)
        self.poster: Image | None = None
        self._lying = (0, 0)
        self._turned = 0

    @property
    def end(self) -> float:
        """When its last picture is over."""
        return 0.0 if self.last is None else self.last + 1 / A_SECOND

    def show(self, frame: VideoFrame, at: float) -> None:
        """One more picture, at a moment; one too soon after another is left out."""
        if self.last is not None and at - self.last < SOON:
            return
        if self._stream is None:
            self._begin(frame)
        ready = _upright(frame.reformat(*self._lying, format="yuv420p", threads=1), self._turned)
        if self.poster is None:
            self.poster = _still(ready)
        ready.pts, ready.time_base = round(at * TICKS), Fraction(1, TICKS)
        self._packets += self._stream.encode(ready)
        self.last = at

    def packets(self) -> list[Packet[Any]]:
        """All of it, coded."""
        return [*self._packets, *self._stream.encode(None)]

    def _begin(self, frame: VideoFrame) -> None:
        # By how much it must be turned, against the clock.
        self._turned = round(frame.rotation / 90) % 4
        wide = frame.width * (self._theirs.codec_context.sample_aspect_ratio or 1)
        if not 1 / MOST_NARROW < wide / frame.height < MOST_NARROW:
            raise NoTrack
        width, height = fit((round(wide), frame.height), LONGEST)
        if min(width, height) < LEAST_SIDE:
            raise NoTrack
        self._lying = (width // 2 * 2, height // 2 * 2)
        self.size = self._lying[::-1] if self._turned % 2 else self._lying
        stream: Any = self._ours.add_stream("libx264", rate=A_SECOND, options=FIRM)
        stream.width, stream.height, stream.pix_fmt = *self.size, "yuv420p"
        stream.codec_context.thread_count = 1
        stream.codec_context.time_base = Fraction(1, TICKS)
        stream.codec_context.gop_size = 2 * A_SECOND
        self._stream = stream


def _upright(small: VideoFrame, turned: int) -> VideoFrame:
    """A new picture of the same pixels and nothing beside them (a camera may write words along with each), turned."""
    from av import VideoFrame  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    how = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}.get(turned)
    size = (small.height, small.width) if turned % 2 else (small.width, small.height)
    ready = VideoFrame(*size, "yuv420p")
    for old, new in zip(small.planes, ready.planes, strict=True):
        plane = Image.frombytes("L", (old.width, old.height), bytes(old), "raw", "L", old.line_size)
        plane = plane if how is None else plane.transpose(how)
        new.update(plane.tobytes("raw", "L", new.line_size).ljust(new.buffer_size, b"\0"))
    return ready


def _still(frame: VideoFrame) -> Image:
    from PIL import Image  # noqa: PLC0415

    plane = frame.reformat(format="rgb24", threads=1).planes[0]
    size = (frame.width, frame.height)
    return Image.frombytes("RGB", size, bytes(plane), "raw", "RGB", plane.line_size)
