"""The sorts of files that are voice notes and films, and how each is played and recorded anew. Inside the cage only.

What phones, browsers and chat programs make, told by their first bytes and opened by the reader of that sort alone.
Never a list of other files (m3u8, concat, sdp): those are told from nothing here, and nothing else is ever opened.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from app.media.boxes import moov_first
from app.media.frames import NoTrack, Pictures
from app.media.nouns import Sort
from app.media.sorts import TooWide

if TYPE_CHECKING:
    from av import AudioFrame, Packet, VideoFrame
    from av.container import InputContainer, OutputContainer
    from PIL.Image import Image

# Which reader of libavformat opens it, and whether it can hold a picture that moves.
FORMATS = {"mov": True, "matroska": True, "ogg": False, "wav": False, "mp3": False, "aac": False, "amr": False}
_STILL = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
SOUNDS: tuple[str, ...] = ("aac", "mp3float", "mp3", "opus", "vorbis", "flac", "amrnb", "amrwb", "alac")
SOUNDS += ("pcm_s16le", "pcm_s16be", "pcm_u8", "pcm_s24le", "pcm_s32le", "pcm_f32le")
PICTURES: tuple[str, ...] = ("h264", "hevc", "vp8", "vp9", "libdav1d", "mpeg4", "h263")
MOST_STREAMS = 32
# As wide as a phone films, lying or standing.
MOST_PIXELS = 4096 * 2304
# A second sound is recorded with: what a voice needs, and what every phone plays.
RATE = 44_100
SAMPLE = 2
AT_ONCE = 1024
BITS = {Sort.VOICE: 56_000, Sort.FILM: 64_000}
# More pictures are no film of half a minute.
MOST_FRAMES = 8_000
# Above this, or faster, pictures that no other one needs are left out: they would be thrown away after the work.
HEAVY, FAST = 1920 * 1088, 50
# Sound that comes before the first picture, or after the last one; how many pieces of it.
MOST_EARLY, BEHIND = 500, 100
# What a sound may be late or early before silence is put between.
SLIP = RATE // 10


class Made(NamedTuple):
    """A recording made anew; of a film its first picture too."""

    file: bytes
    seconds: int
    size: tuple[int, int] = (0, 0)
    poster: Image | None = None


def format_of(head: bytes) -> str | None:
    """Who reads a file that begins like this; nobody when it is no sound and no film."""
    if head[4:8] == b"ftyp":
        return None if head[8:12] in _STILL else "mov"
    if head[:3] == b"ID3":
        return "mp3"
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        # Two ways of sound that begin alike: the layer is 0 in ADTS (ISO/IEC 13818-7), never in MPEG audio.
        return "mp3" if head[1] & 0x06 else "aac"
    sorts = {b"\x1a\x45\xdf\xa3": "matroska", b"OggS": "ogg", b"#!AMR": "amr"}
    found = next((name for begin, name in sorts.items() if head.startswith(begin)), None)
    return "wav" if found is None and head[:4] == b"RIFF" and head[8:12] == b"WAVE" else found


def recorded(kind: str, sort: Sort, data: bytes, most: int) -> Made:
    """Play a file of a kind and record it anew, for at most so many seconds.

    Raises:
        NoTrack: there is nothing in it to play.
        TooWide: a picture of more pixels than this process may hold.
        Exception: whatever a decoder says of a file that is damaged.
    """
    import av  # noqa: PLC0415 - loaded in this process only

    options = {
        "format_whitelist": kind,
        "codec_whitelist": ",".join(SOUNDS + PICTURES),
        "protocol_whitelist": "pipe",
        "max_streams": str(MOST_STREAMS),
    }
    with av.open(io.BytesIO(data), "r", format=kind, container_options=options, metadata_errors="replace") as theirs:
        return _Anew(theirs, sort, most).made()


class _Anew:
    """One recording on its way."""

    def __init__(self, theirs: InputContainer, sort: Sort, most: int) -> None:
        self._theirs, self._sort, self._most = theirs, sort, most
        self._sound = _track(theirs.streams.audio, SOUNDS)
        self._picture = _track(theirs.streams.video, PICTURES) if sort is Sort.FILM else None
        if (self._sound if sort is Sort.VOICE else self._picture) is None:
            raise NoTrack
        self._begin: float | None = None
        self._early: list[AudioFrame] = []
        self._all_seen = self._all_heard = False
        self._shows = _image()
        self._samples, self._resampled = bytearray(), _Resampled()
        self._file = io.BytesIO()
        self._ours = _muxer(self._file)
        self._film = Pictures(self._ours, self._picture) if self._picture is not None else None

    def made(self) -> Made:
        for frame in self._frames():
            if isinstance(frame, self._shows):
                self._seen(frame)
            else:
                self._heard(frame)
        film = self._film
        if (film is None and not self._samples) or (film is not None and film.poster is None):
            raise NoTrack
        shown = 0.0 if film is None else film.end
        del self._samples[int(min(self._most, shown or self._most) * RATE) * SAMPLE :]
        self._mux()
        seconds = max(1, round(max(shown, len(self._samples) / SAMPLE / RATE)))
        file = moov_first(self._file.getvalue())
        return Made(file, seconds) if film is None else Made(file, seconds, film.size, film.poster)

    def _frames(self) -> Iterator[Any]:
        """What is in it, as far as it opens and is wanted: a damaged piece of it is left out."""
        from av import FFmpegError  # noqa: PLC0415

        left = MOST_FRAMES
        for packet in self._theirs.demux(*(one for one in (self._picture, self._sound) if one is not None)):
            if self._all_heard or left < 0:
                return
            if self._all_seen:
                # Sound lies behind its pictures; what comes much later is not of these.
                left = min(left, BEHIND) - 1
                if packet.stream is self._picture:
                    continue
            try:
                frames = packet.decode()
            except FFmpegError:
                frames = []
            left -= len(frames) if packet.stream is self._picture else 0
            left -= not frames
            yield from frames

    def _seen(self, frame: VideoFrame) -> None:
        """Keep a picture."""
        if frame.width * frame.height > MOST_PIXELS or self._film is None:
            raise TooWide
        told = _time(frame)
        at = self._film.end + (self._begin or 0.0) if told is None else told
        self._begin = at if self._begin is None else self._begin
        self._all_seen = at - self._begin >= self._most
        if not self._all_seen:
            self._film.show(frame, at - self._begin)
        early, self._early = self._early, []
        for sound in early:
            self._heard(sound)

    def _heard(self, frame: AudioFrame) -> None:
        """Keep sound. Of a film the first picture says when it begins, and that may come after some of its sound."""
        at = _time(frame)
        if self._begin is None and self._film is not None:
            self._early += [frame] if len(self._early) < MOST_EARLY else []
            return
        self._begin = at or 0.0 if self._begin is None else self._begin
        whole, there = self._most * RATE * SAMPLE, len(self._samples)
        place = there if at is None else int((at - self._begin) * RATE) * SAMPLE
        if self._film is not None and place < -SLIP * SAMPLE:
            return
        if place > there + SLIP * SAMPLE:
            self._samples += bytes(min(place, whole) - there)
        if len(self._samples) < whole:
            self._samples += self._resampled.of(frame)
        self._all_heard = len(self._samples) >= whole and (self._film is None or self._all_seen)

    def _mux(self) -> None:
        packets: list[Packet[Any]] = []
        if self._samples:
            packets += _spoken(self._ours, bytes(self._samples), BITS[self._sort])
        if self._film is not None:
            packets += self._film.packets()
        for packet in sorted(packets, key=lambda one: (one.dts or 0) * (one.time_base or 0)):
            self._ours.mux(packet)
        self._ours.close()


def _track(streams: Any, codecs: tuple[str, ...]) -> Any:
    """The first track that we play, set to take no thread of its own; never a cover that only looks like one."""
    for stream in islice(streams, MOST_STREAMS):
        context = stream.codec_context
        if context is not None and context.codec.name in codecs and not _is_cover(stream):
            context.thread_count = 1
            size = getattr(context, "width", 0) * getattr(context, "height", 0)
            if size > MOST_PIXELS:
                raise TooWide
            if size > HEAVY or (getattr(stream, "average_rate", None) or 0) > FAST:
                context.skip_frame = "NONREF"
            return stream
    return None


def _is_cover(stream: Any) -> bool:
    from av.stream import Disposition  # noqa: PLC0415

    return bool(stream.disposition & Disposition.attached_pic)


def _image() -> type[VideoFrame]:
    from av import VideoFrame  # noqa: PLC0415

    return VideoFrame


def _time(frame: Any) -> float | None:
    """The second it begins at, by what its file says; a file need not."""
    found: float | None = frame.time
    return found


def _muxer(file: io.BytesIO) -> OutputContainer:
    import av  # noqa: PLC0415

    # No word of who made it, nor of what it was made from.
    return av.open(file, "w", format="mp4", container_options={"fflags": "+bitexact", "empty_hdlr_name": "1"})


class _Resampled:
    """Sound of any sort, as the samples that we record."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = ()
        self._resampler: Any = None

    def of(self, frame: AudioFrame) -> bytes:
        from av import AudioResampler  # noqa: PLC0415

        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if kind != self._of:
            self._of, self._resampler = kind, AudioResampler("s16", "mono", RATE)
        frame.pts = None
        return b"".join(bytes(one.planes[0])[: one.samples * SAMPLE] for one in self._resampler.resample(frame))


def _spoken(ours: OutputContainer, samples: bytes, bits: int) -> list[Packet[Any]]:
    from av import AudioFrame  # noqa: PLC0415

    stream = ours.add_stream("aac", rate=RATE, layout="mono", format="fltp")
    stream.bit_rate = bits
    packets, into = [], _floats()
    for at in range(0, len(samples), AT_ONCE * SAMPLE):
        piece = samples[at : at + AT_ONCE * SAMPLE]
        frame = AudioFrame("s16", "mono", len(piece) // SAMPLE)
        frame.planes[0].update(piece.ljust(frame.planes[0].buffer_size, b"\0"))
        frame.sample_rate, frame.pts, frame.time_base = RATE, at // SAMPLE, Fraction(1, RATE)
        for one in into.resample(frame):
            packets += stream.encode(one)
    return packets + list(stream.encode(None))


def _floats() -> Any:
    from av import AudioResampler  # noqa: PLC0415

    return AudioResampler("fltp", "mono", RATE, frame_size=AT_ONCE)
