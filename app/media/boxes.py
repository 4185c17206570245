"""The boxes of an MP4 file: put in the order a player wants them, and looked at one by one. Pure: nothing is decoded.

ISO/IEC 14496-12 (the boxes), -14 (mp4a, esds), -15 (avc1, avcC).
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

# What our own recording is made of; what is not here could say something beside its samples. Of a table that holds
# others, how many bytes stand before them.
_HOLDS = {b"moov": 0, b"trak": 0, b"edts": 0, b"mdia": 0, b"minf": 0, b"dinf": 0, b"stbl": 0, b"dref": 8, b"stsd": 8}
_ENTRIES = {b"avc1": 78, b"mp4a": 28}
_PLAIN = frozenset(b"mvhd tkhd elst mdhd hdlr vmhd smhd avcC esds pasp colr btrt stts stss ctts stsc stsz stco".split())
_PLAIN |= {b"url ", b"sgpd", b"sbgp"}
# A name of whoever made it, which is none, ends a box that begins with these many bytes.
_HDLR, _AVC1_NAME = 24, slice(42, 74)
_IN_THIS_FILE = b"\0\0\0\1"
_MOST_BOXES = 200


class Odd(ValueError):
    """Boxes that are not those of a recording of ours."""


class Box(NamedTuple):
    """One box: its name, and what is in it."""

    name: bytes
    body: bytes


class Recording(NamedTuple):
    """What the boxes say: how long it is, which tracks it has ("soun", "vide"), how wide and high its picture is."""

    seconds: float
    tracks: tuple[str, ...]
    width: int
    height: int


def moov_first(file: bytes) -> bytes:
    """The same file with its table of contents before its samples: a player begins without reading all of it.

    Raises:
        Odd: it is no file that our muxer wrote.
    """
    parts = {box.name: box.body for box in boxes(file)}
    if not {b"ftyp", b"moov", b"mdat"} <= parts.keys():
        raise Odd("no recording")
    ahead = _packed(b"ftyp", parts[b"ftyp"])
    begin = file.index(_packed(b"mdat", parts[b"mdat"])[:8])
    # The muxer puts a word of its own there.
    table = b"".join(_packed(*box) for box in boxes(parts[b"moov"]) if box.name != b"udta")
    moved = len(ahead) + 8 + len(table) - begin
    return ahead + _packed(b"moov", _shifted(table, moved)) + _packed(b"mdat", parts[b"mdat"])


def _shifted(table: bytes, by: int) -> bytes:
    """A table of contents whose samples lie elsewhere."""
    found = b""
    for box in boxes(table):
        body = box.body
        if box.name == b"stco":
            places = struct.unpack_from(f">{(len(body) - 8) // 4}I", body, 8)
            body = body[:8] + struct.pack(f">{len(places)}I", *(place + by for place in places))
        elif box.name in {b"trak", b"mdia", b"minf", b"stbl"}:
            body = _shifted(body, by)
        found += _packed(box.name, body)
    return found


def _packed(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, name) + body


def boxes(data: bytes) -> Iterator[Box]:
    """The boxes that data is, to its last byte.

    Raises:
        Odd: it is not; one without an end, or longer than 4 GB, is none of ours either.
    """
    at = 0
    while at < len(data):
        if at + 8 > len(data):
            raise Odd("half a box")
        size, name = struct.unpack_from(">I4s", data, at)
        # An empty place for a size of 64 bits, which the muxer leaves before the samples.
        if size < 8 or at + size > len(data):
            raise Odd("a box of another size")
        if not (name == b"free" and size == 8):
            yield Box(name, data[at + 8 : at + size])
        at += size


def recording(file: bytes) -> Recording:
    """What a recording of ours is, when it is nothing else: no box that it does not need, no name, no place of another
    file, and no byte that is not a sample of one of its tracks.

    Raises:
        Odd: it is anything else.
    """
    top = list(boxes(file))
    if [box.name for box in top] != [b"ftyp", b"moov", b"mdat"]:
        raise Odd("other parts")
    found: list[Box] = []
    _walk(top[1:2], found)
    names = Counter(box.name for box in found)
    of = {name: [box.body for box in found if box.name == name] for name in names}
    kinds = tuple(sorted(body[8:12].decode("ascii", "replace") for body in of.get(b"hdlr", [])))
    if names[b"trak"] != len(kinds) or kinds not in {("soun",), ("vide",), ("soun", "vide")}:
        raise Odd("other tracks")
    if sum(map(_samples, of.get(b"stsz", []))) != len(top[2].body):
        raise Odd("bytes beside the samples")
    if len(of[b"mvhd"]) != 1 or of[b"mvhd"][0][0] != 0:
        raise Odd("another head")
    scale, length = struct.unpack_from(">II", of[b"mvhd"][0], 12)
    sizes = [struct.unpack_from(">HH", body, 24) for body in of.get(b"avc1", [])]
    width, height = sizes[0] if sizes else (0, 0)
    return Recording(length / max(1, scale), kinds, width, height)


def _walk(these: list[Box], found: list[Box]) -> None:
    for box in these:
        found.append(box)
        if len(found) > _MOST_BOXES:
            raise Odd("too many boxes")
        ahead = (_HOLDS | _ENTRIES).get(box.name)
        if ahead is not None:
            _walk(list(boxes(box.body[ahead:])), found)
        elif box.name not in _PLAIN:
            raise Odd(box.name.decode("ascii", "replace"))
        if _says_something(box):
            raise Odd("words")


def _says_something(box: Box) -> bool:
    if box.name == b"hdlr":
        return any(box.body[_HDLR - 4 :])
    if box.name == b"avc1":
        return any(box.body[_AVC1_NAME])
    return box.name == b"url " and box.body != _IN_THIS_FILE


def _samples(table: bytes) -> int:
    """How many bytes the samples of one track are."""
    _version, each, count = struct.unpack_from(">III", table)
    if each:
        return int(each * count)
    if len(table) != 12 + 4 * count:
        raise Odd("half a table")
    return sum(struct.unpack_from(f">{count}I", table, 12))
