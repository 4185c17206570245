"""Sounds and films as phones, browsers and chat programs make them, and what they say beside their samples.

Everything is made here. `CANARY` stands wherever such a file can say something: titles, a place, chapters, a cover,
words under the picture, a file that hangs along.
"""

from __future__ import annotations

import array
import io
import math
import os
import struct
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import av
from PIL import Image

from tests.media.phones import CANARY, flag, saved

WORDS = CANARY.decode("latin-1")
PLACE = "+51.0543+003.7174/"


def _heard(rate: int, seconds: float) -> Iterator[av.AudioFrame]:
    """Somebody hums."""
    for begin in range(0, int(seconds * rate), 1024):
        hum = [int(9000 * math.sin(2 * math.pi * 220 * (begin + at) / rate)) for at in range(1024)]
        frame = av.AudioFrame("s16", "mono", 1024)
        frame.planes[0].update(array.array("h", hum).tobytes())
        frame.sample_rate, frame.pts, frame.time_base = rate, begin, Fraction(1, rate)
        yield frame


def _seen(size: tuple[int, int], count: int) -> Iterator[av.VideoFrame]:
    """A flag that fades."""
    picture = flag(size).convert("RGB")
    for number in range(count):
        yield av.VideoFrame.from_image(Image.eval(picture, lambda value, dark=number * 4: max(0, value - dark)))


def _sound_into(out: Any, codec: str, rate: int, seconds: float) -> Iterator[Any]:
    stream = out.add_stream(codec, rate=rate, layout="mono")
    context = stream.codec_context
    into = av.AudioResampler(context.format.name, "mono", rate, frame_size=context.frame_size or 1024)

    def packets() -> Iterator[Any]:
        for frame in _heard(rate, seconds):
            for one in into.resample(frame):
                yield from stream.encode(one)
        for one in into.resample(None):
            yield from stream.encode(one)
        yield from stream.encode(None)

    return packets()


def sound(container: str, codec: str, rate: int = 48_000, seconds: float = 1.0) -> bytes:
    """A sound of one second, with the canary in its title."""
    file = io.BytesIO()
    with av.open(file, "w", format=container) as out:
        out.metadata.update({"title": WORDS, "artist": WORDS, "comment": WORDS, "location": PLACE})
        for packet in _sound_into(out, codec, rate, seconds):
            out.mux(packet)
    return file.getvalue()


def film(
    container: str, codec: str, sound_codec: str = "", size: tuple[int, int] = (96, 64), count: int = 12, rate: int = 12
) -> bytes:
    """A film of one second, with sound or without, and the canary in its title and place."""
    file = io.BytesIO()
    with av.open(file, "w", format=container) as out:
        stream = out.add_stream(codec, rate=rate)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        stream.metadata["title"] = WORDS
        stream.codec_context.thread_count = 1
        out.metadata.update({"title": WORDS, "comment": WORDS, "location": PLACE, "com.apple.quicktime.make": WORDS})
        heard = _sound_into(out, sound_codec, 48_000, count / rate) if sound_codec else iter(())
        for number, frame in enumerate(_seen(size, count)):
            frame.pts, frame.time_base = number, Fraction(1, rate)
            for packet in stream.encode(frame):
                out.mux(packet)
        for packet in stream.encode(None):
            out.mux(packet)
        for packet in heard:
            out.mux(packet)
    return file.getvalue()


def turned(mp4: bytes, quarters: int) -> bytes:
    """A film that says it must be turned so many quarters with the clock, as a phone that was held upright does."""
    at = mp4.index(b"tkhd") + 4 + 40
    one, none = 1 << 16, 0
    ways = {
        0: (one, none, none, one),
        1: (none, one, -one, none),
        2: (-one, none, none, -one),
        3: (none, -one, one, none),
    }
    a, b, c, d = ways[quarters]
    return mp4[:at] + struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30) + mp4[at + 36 :]


def with_cover(container: str, codec: str) -> bytes:
    """A sound with a picture of its maker in front, which says where it was taken."""
    file, cover = io.BytesIO(), saved(flag((64, 64)), "JPEG", comment=CANARY)
    with av.open(file, "w", format=container) as out:
        heard = _sound_into(out, codec, 44_100, 1.0)
        still = out.add_stream("mjpeg")
        still.width, still.height, still.pix_fmt = 64, 64, "yuvj420p"
        still.disposition = av.stream.Disposition.attached_pic
        packet = av.Packet(cover)
        packet.stream, packet.pts, packet.dts, packet.time_base = still, 0, 0, Fraction(1, 90_000)
        out.mux(packet)
        for one in heard:
            out.mux(one)
    return file.getvalue()


@cache
def sounds() -> dict[str, bytes]:
    """A sound of every sort that is taken."""
    return {
        "m4a of a phone": sound("mp4", "aac"),
        "ogg of a chat": sound("ogg", "libopus"),
        "webm of a browser": sound("webm", "libopus"),
        "wav": sound("wav", "pcm_s16le", 44_100),
        "mp3": sound("mp3", "libmp3lame", 44_100),
        "aac": sound("adts", "aac"),
        "3gp of an old phone": sound("3gp", "libopencore_amrnb", 8_000),
        "amr of an old phone": sound("amr", "libopencore_amrnb", 8_000),
    }


def _of_a_new_phone() -> bytes:
    """As root, SVT-AV1 makes the thread that asks a real-time one for good: two leave nothing to anybody else."""
    policy, urgency = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        return film("mp4", "libsvtav1", "aac", count=6)
    finally:
        os.sched_setscheduler(0, policy, urgency)


@cache
def films() -> dict[str, bytes]:
    """A film of every sort that is taken."""
    mp4 = film("mp4", "libx264", "aac")
    return {
        "mp4 of a phone": mp4,
        "mp4 held upright": turned(mp4, 1),
        "mp4 without sound": film("mp4", "libx264"),
        "mov of an iphone": film("mov", "libx265", "aac", count=6),
        "webm of a browser": film("webm", "libvpx", "libopus"),
        "webm of another browser": film("webm", "libvpx-vp9", "libopus", count=6),
        "mp4 of a new phone": _of_a_new_phone(),
        "3gp of an old phone": film("3gp", "h263", size=(176, 144)),
    }
