"""Sounds and films that mean harm, made from a number each: the same number is the same file, on every machine.

Recordings damaged at random, cut off, half a recording and half something else, small files that want to become huge or
endless ones, lists of other files, and recordings that carry words, a place, a cover or a file beside their samples.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import cache

from app.media.nouns import Sort
from tests.media.heic import box, full
from tests.media.hostile import Dice, Upload, Wanted, mutated, strangers
from tests.media.phones import CANARY
from tests.media.recorders import films, sounds, with_cover

SECRET = "/etc/passwd"
PLAYLISTS = {
    "m3u8": f"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nfile://{SECRET}\n#EXT-X-ENDLIST\n",
    "m3u": f"#EXTM3U\nhttp://evil.example/a.mp3\n{SECRET}\n",
    "concat": f"ffconcat version 1.0\nfile '{SECRET}'\n",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 97\n",
    "dash": f'<?xml version="1.0"?><MPD><Period><BaseURL>file://{SECRET}</BaseURL></Period></MPD>',
    "smil": f'<smil><body><audio src="{SECRET}"/></body></smil>',
    "rtsp": "rtsp://evil.example/film",
    "metadata": f";FFMETADATA1\ntitle={SECRET}\n",
    "subtitles": "WEBVTT\n\n00:00.000 --> 00:10.000\nWinterkoning\n",
    "asx": f'<asx version="3.0"><entry><ref href="file://{SECRET}"/></entry></asx>',
}


@cache
def recordings() -> dict[str, tuple[Sort, bytes]]:
    """A good one of every sort, with the canary wherever there is room for it."""
    heard = {name: (Sort.VOICE, data) for name, data in sounds().items()}
    seen = {f"film: {name}": (Sort.FILM, data) for name, data in films().items()}
    return heard | seen


def _one(dice: Dice) -> tuple[str, Sort, bytes]:
    name, (sort, data) = dice.choice(sorted(recordings().items()))
    return name, sort, data


# ---- boxes -----------------------------------------------------------------------------------------------------------


def _inside(data: bytes, path: tuple[bytes, ...], more: bytes) -> bytes:
    """An MP4 with one more box at the end of one of its boxes; the boxes around it grow along."""
    if not path:
        return data + more
    at = 0
    while at + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        if name == path[0] and size >= 8:
            inner = _inside(data[at + 8 : at + size], path[1:], more)
            return data[:at] + struct.pack(">I4s", len(inner) + 8, name) + inner + data[at + size :]
        at += max(size, 8)
    return data


def _mp4() -> bytes:
    return films()["mp4 of a phone"]


def _changed(data: bytes, name: bytes, at: int, value: bytes, *, all_of_them: bool = False) -> bytes:
    """An MP4 in which the box of a name holds other bytes."""
    found, begin = bytearray(data), 0
    while (place := bytes(found).find(name, begin)) >= 0:
        found[place + 4 + at : place + 4 + at + len(value)] = value
        begin = place + 4
        if not all_of_them:
            break
    return bytes(found)


def _with_reference() -> bytes:
    """A film whose samples are in another file of this machine."""
    place = box(b"url ", b"\0\0\0\0", b"file://" + SECRET.encode() + b"\0")
    alias = box(b"alis", b"\0\0\0\0", bytes(150), struct.pack(">HH", 2, 11), SECRET.encode())
    return _changed(_mp4().replace(b"\0\0\0\x0curl \0\0\0\1", (place + alias)[:12]), b"dref", 4, b"\0\0\0\1")


def _ebml(number: bytes, body: bytes) -> bytes:
    return number + struct.pack(">Q", len(body) | 1 << 56) + body


def _attached() -> bytes:
    """A film of a browser with a file that hangs along, and with words for under the picture."""
    file = _ebml(b"\x46\x6e", b"evil.html") + _ebml(b"\x46\x60", b"text/html") + _ebml(b"\x46\x5c", CANARY * 40)
    tags = _ebml(b"\x67\xc8", _ebml(b"\x45\xa3", b"GPS") + _ebml(b"\x44\x87", CANARY))
    data = films()["webm of a browser"]
    return (
        data
        + _ebml(b"\x19\x41\xa4\x69", _ebml(b"\x61\xa7", file))
        + _ebml(b"\x12\x54\xc3\x67", _ebml(b"\x73\x73", tags))
    )


def _words_inside() -> bytes:
    """A film with words, a place and a file of any name in its boxes."""
    said = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", 18, 0), b"+51.0543+003.7174/"), box(b"\xa9nam", CANARY))
    gps = box(b"uuid", b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac", CANARY)
    chapters = box(b"udta", box(b"chpl", bytes(8), b"\1", bytes(8), bytes((len(CANARY),)), CANARY))
    data = _inside(_inside(_mp4(), (b"moov",), said), (b"moov", b"trak"), chapters)
    return data + gps + box(b"free", CANARY * 20)


def _with_id3(many: int) -> bytes:
    """An MP3 with so many frames of words in front."""
    frame = b"TIT2" + struct.pack(">I", len(CANARY) + 1) + b"\0\0\0" + CANARY
    words = frame * many
    size = bytes((len(words) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\3\0\0" + size + words + sounds()["mp3"]


BOMBS: dict[str, tuple[Callable[[], bytes], Sort, Wanted]] = {
    "film of 65,535 by 65,535": (
        lambda: _changed(_mp4(), b"avc1", 24, b"\xff\xff\xff\xff"), Sort.FILM, Wanted.EITHER),
    "film of a thousand tracks": (
        lambda: _many_tracks(1_000), Sort.FILM, Wanted.EITHER),
    "film of 50,000 tracks": (lambda: _many_tracks(50_000), Sort.FILM, Wanted.EITHER),
    "film that lasts for ever": (
        lambda: _changed(_mp4(), b"mvhd", 12, struct.pack(">II", 1, 0x7FFFFFFF)), Sort.FILM, Wanted.EITHER),
    "film whose pictures last for ever": (
        lambda: _changed(_mp4(), b"stts", 12, b"\x7f\xff\xff\xff", all_of_them=True), Sort.FILM, Wanted.EITHER),
    "film of very many samples": (
        lambda: _changed(_mp4(), b"stsz", 8, b"\x7f\xff\xff\xff", all_of_them=True), Sort.FILM, Wanted.EITHER),
    "film of samples as large as nothing is": (
        lambda: _changed(_mp4(), b"stsz", 4, b"\x7f\xff\xff\xff", all_of_them=True), Sort.FILM, Wanted.EITHER),
    "film of 3,000 boxes in each other": (lambda: _deep(3_000), Sort.FILM, Wanted.EITHER),
    "film of 300,000 empty boxes": (lambda: _mp4() + box(b"free") * 300_000, Sort.FILM, Wanted.EITHER),
    "film of a browser as wide as a number goes": (
        lambda: films()["webm of a browser"].replace(b"\xb0\x81\x60", b"\xb0\x84\x7f\xff\xff\xff", 1),
        Sort.FILM, Wanted.EITHER),
    "film of a browser that is larger than it says": (
        lambda: films()["webm of a browser"].replace(b"\x9d\x01\x2a\x60\x00\x40\x00", b"\x9d\x01\x2a\xff\x3f\xff\x3f"),
        Sort.FILM, Wanted.EITHER),
    "sound of a hundred hours": (
        lambda: sounds()["wav"][:40] + struct.pack("<I", 0x7FFFFFF0) + sounds()["wav"][44:], Sort.VOICE, Wanted.EITHER),
    "sound of 2,000,000,000 samples a second": (
        lambda: sounds()["wav"][:24] + struct.pack("<II", 2_000_000_000, 0x7FFFFFFF) + sounds()["wav"][32:],
        Sort.VOICE, Wanted.EITHER),
    "sound of one sample a second": (
        lambda: sounds()["wav"][:24] + struct.pack("<II", 1, 2) + sounds()["wav"][32:], Sort.VOICE, Wanted.EITHER),
    "sound of 65,535 channels": (
        lambda: sounds()["wav"][:22] + b"\xff\xff" + sounds()["wav"][24:], Sort.VOICE, Wanted.EITHER),
    "sound with 20 MB of words": (lambda: _with_id3(300_000), Sort.VOICE, Wanted.EITHER),
    "sound of half an hour": (lambda: sounds()["amr of an old phone"] * 1_800, Sort.VOICE, Wanted.EITHER),
    "sound of two hours": (lambda: sounds()["aac"] * 3_000, Sort.VOICE, Wanted.DRAWN),
}  # fmt: skip


def _many_tracks(many: int) -> bytes:
    data = _mp4()
    at = data.index(b"moov") - 4
    size = struct.unpack_from(">I", data, at)[0]
    track = data.index(b"trak") - 4
    length = struct.unpack_from(">I", data, track)[0]
    piece = data[track : track + length] if many <= 1_000 else box(b"trak", full(b"tkhd", bytes(80)))
    grown = data[at + 4 : at + size] + piece * many
    return data[:at] + struct.pack(">I", len(grown) + 4) + grown + data[at + size :]


def _deep(many: int) -> bytes:
    inside = b""
    for _ in range(many):
        inside = box(b"trak", inside)
    return _inside(_mp4(), (b"moov",), inside)


@cache
def bomb(name: str) -> bytes:
    return BOMBS[name][0]()


@cache
def talking() -> dict[str, tuple[Sort, bytes]]:
    """Good ones, full of words, a place, a cover, chapters, and files that hang along."""
    return {
        "film with words in its boxes": (Sort.FILM, _words_inside()),
        "film with a file that hangs along": (Sort.FILM, _attached()),
        "sound with a cover": (Sort.VOICE, with_cover("mp4", "aac")),
        "sound with a cover, mp3": (Sort.VOICE, with_cover("mp3", "libmp3lame")),
        "sound with words in front": (Sort.VOICE, _with_id3(50)),
        "the sound of a film with words": (Sort.VOICE, _words_inside()),
    }


# ---- of each number --------------------------------------------------------------------------------------------------


def _sent(sort: Sort, name: str, data: bytes, wanted: Wanted) -> tuple[Sort, Upload]:
    return sort, Upload(name, data, wanted)


def _mutated(dice: Dice) -> tuple[Sort, Upload]:
    name, sort, data = _one(dice)
    return _sent(sort, f"mutated {name}", mutated(data, dice), Wanted.EITHER)


def _cut(dice: Dice) -> tuple[Sort, Upload]:
    name, sort, data = _one(dice)
    return _sent(sort, f"cut {name}", data[: dice.randrange(len(data))], Wanted.EITHER)


def _crossed(dice: Dice) -> tuple[Sort, Upload]:
    (one, sort, front), (other, _sort, back) = _one(dice), _one(dice)
    return _sent(sort, f"{one} and {other}", front[: dice.randrange(len(front))] + back, Wanted.EITHER)


def _listed(dice: Dice) -> tuple[Sort, Upload]:
    name = dice.choice(sorted(PLAYLISTS))
    data = PLAYLISTS[name].encode()
    if dice.random() < 0.3:
        begin = dice.choice([data[:12] for _sort, data in recordings().values()])
        # Read as the sound it says it is, a list is noise; what it names is never opened.
        return _sent(Sort.VOICE, f"{name} that begins as a sound", begin + data, Wanted.EITHER)
    return _sent(dice.choice((Sort.VOICE, Sort.FILM)), name, data, Wanted.REFUSED)


def _stranger(dice: Dice) -> tuple[Sort, Upload]:
    name, data = dice.choice(sorted(strangers().items()))
    return _sent(dice.choice((Sort.VOICE, Sort.FILM)), name, data, Wanted.REFUSED)


def _noise(dice: Dice) -> tuple[Sort, Upload]:
    begin = dice.choice([data[:16] for _sort, data in recordings().values()] + [b""])
    noise = begin + dice.randbytes(dice.randrange(1, 4000))
    return _sent(dice.choice((Sort.VOICE, Sort.FILM)), "noise", noise, Wanted.EITHER)


def _refers(dice: Dice) -> tuple[Sort, Upload]:
    sort = dice.choice((Sort.VOICE, Sort.FILM))
    return _sent(sort, "film whose samples are elsewhere", _with_reference(), Wanted.EITHER)


def _wrong(dice: Dice) -> tuple[Sort, Upload]:
    name, data = dice.choice(sorted(sounds().items()))
    return _sent(Sort.FILM, f"{name}, sent as a film", data, Wanted.REFUSED)


def _bomb(dice: Dice) -> tuple[Sort, Upload]:
    name = dice.choice(sorted(BOMBS))
    return _sent(BOMBS[name][1], name, bomb(name), BOMBS[name][2])


def _talks(dice: Dice) -> tuple[Sort, Upload]:
    name, (sort, data) = dice.choice(sorted((recordings() | talking()).items()))
    return _sent(sort, f"talking {name}", data, Wanted.DRAWN)


def _of_two_sorts(dice: Dice) -> tuple[Sort, Upload]:
    """A recording with something else behind it."""
    name, sort, data = _one(dice)
    other, evil = dice.choice(sorted(strangers().items()))
    return _sent(sort, f"{name} with {other} behind", data + evil, Wanted.EITHER)


# How many of a hundred.
SHARES: tuple[tuple[Callable[[Dice], tuple[Sort, Upload]], int], ...] = (
    (_mutated, 46),
    (_cut, 12),
    (_crossed, 5),
    (_listed, 6),
    (_stranger, 5),
    (_noise, 4),
    (_refers, 2),
    (_wrong, 2),
    (_of_two_sorts, 6),
    (_bomb, 4),
    (_talks, 8),
)
TABLE = tuple(make for make, share in SHARES for _ in range(share))


def upload(number: int) -> tuple[Sort, Upload]:
    """The file of this number, and what it is sent as."""
    return TABLE[number % len(TABLE)](Dice(f"recording {number}"))
