"""HEIC photos written here, as no library under a free licence that we may use writes them: libheif's encoder is GPL.

A picture inside is HEVC of the plainest sort: every block of 32 by 32 is a slice of its own that carries its samples
as they are (PCM), so that nothing has to be predicted or packed. ITU-T H.265 (7.3, 9.3), ISO/IEC 23008-12 (6.6).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable

from PIL import Image

BLOCK = 32


class Bits:
    """Bits in a row, as HEVC writes its numbers."""

    def __init__(self, *fields: tuple[int, int] | int) -> None:
        self.said = ""
        for field in fields:
            self.add(field)

    def add(self, field: tuple[int, int] | int) -> None:
        """A number of so many bits; without them, an unsigned Exp-Golomb one."""
        if isinstance(field, int):
            self.said += f"{field + 1:b}".rjust(2 * (field + 1).bit_length() - 1, "0")
        else:
            self.said += f"{field[0]:0{field[1]}b}"

    def closed(self) -> bytes:
        """All of it, behind a 1 and zeros up to a whole byte."""
        said = self.said + "1"
        said += "0" * (-len(said) % 8)
        return int(said, 2).to_bytes(len(said) // 8, "big")


def _coded(*steps: int) -> str:
    """The bits of an arithmetic coder that takes these steps from its begin and ends; the closing 1 left out."""
    low, width, waiting, bits = 0, 510, 0, ""

    def put(bit: int) -> str:
        nonlocal waiting
        said, waiting = str(bit) + str(1 - bit) * waiting, 0
        return said

    for less, last in zip(steps, [False] * (len(steps) - 1) + [True], strict=True):
        width -= less
        low += width if last else 0
    width = 2
    while width < 256:
        if 256 <= low < 512:
            low, waiting = low - 256, waiting + 1
        else:
            bits += put(int(low >= 512))
            low -= 512 * (low >= 512)
        low, width = low * 2, width * 2
    bits += put(low >> 9 & 1) + str(low >> 8 & 1)
    return bits[1:]


# The likelier of "one part or four" (240 of 510 off, in the state every slice begins in), then "as it is" (PCM).
AS_IT_IS = _coded(240, 2)
END = _coded(2)


def _unit(kind: int, content: bytes) -> bytes:
    return bytes((kind << 1, 1)) + re.sub(rb"\0\0(?=[\0-\3])", b"\0\0\3", content)


def _level() -> list[tuple[int, int] | int]:
    return [(0, 2), (0, 1), (1, 5), (0x60000000, 32), (0b1011, 4), (0, 44), (153, 8)]


def _parameters(width: int, height: int) -> list[bytes]:
    video = Bits((0, 4), (3, 2), (0, 6), (0, 3), (1, 1), (0xFFFF, 16), *_level(), (1, 1), 0, 0, 0, (0, 6), 0, (0, 2))
    sequence = Bits((0, 4), (0, 3), (1, 1), *_level(), 0, 1, width, height, (0, 1), 0, 0, 0, (1, 1), 0, 0, 0)
    for field in (2, 0, 0, 3, 0, 0, (0, 3), (1, 1), (7, 4), (7, 4), 2, 0, (1, 1), 0, (0, 5)):
        sequence.add(field)
    picture = Bits(0, 0, (0, 7), 0, 0, 0, (0, 3), 0, 0, (0, 7), (1, 1), (0, 1), (1, 1), (0, 2), 0, (0, 2))
    return [_unit(32, video.closed()), _unit(33, sequence.closed()), _unit(34, picture.closed())]


def _slices(picture: Image.Image) -> Iterable[bytes]:
    light, blue, red = picture.convert("YCbCr").split()
    half = (picture.width // 2, picture.height // 2)
    planes = (light, blue.resize(half), red.resize(half))
    columns, rows = picture.width // BLOCK, picture.height // BLOCK
    for place in range(columns * rows):
        head = Bits((int(place == 0), 1), (0, 1), 0)
        if place:
            head.add((place, max(1, (columns * rows - 1).bit_length())))
        head.add(2)
        # No change of quality (signed 0).
        head.add(0)
        left, top = place % columns * BLOCK, place // columns * BLOCK
        boxes = [(left // part, top // part, (left + BLOCK) // part, (top + BLOCK) // part) for part in (1, 2, 2)]
        samples = b"".join(plane.crop(box).tobytes() for plane, box in zip(planes, boxes, strict=True))
        as_it_is, end = Bits(), Bits()
        as_it_is.said, end.said = AS_IT_IS, END
        yield _unit(19, head.closed() + as_it_is.closed() + samples + end.closed())


# ---- the boxes -------------------------------------------------------------------------------------------------------


def box(kind: bytes, *content: bytes) -> bytes:
    inside = b"".join(content)
    return struct.pack(">I", 8 + len(inside)) + kind + inside


def full(kind: bytes, *content: bytes, version: int = 0, flags: int = 0) -> bytes:
    return box(kind, struct.pack(">I", version << 24 | flags), *content)


def heic(
    tile: Image.Image,
    columns: int = 1,
    rows: int = 1,
    *,
    size: tuple[int, int] | None = None,
    turn: int = 0,
    exif: bytes = b"",
    profile: bytes = b"",
) -> bytes:
    """A photo of so many tiles beside and below each other, all the same one, as phones cut theirs in tiles.

    Args:
        tile: both sides in 32s.
        columns: how many beside each other.
        rows: how many below each other.
        size: how large the whole says it is; as large as its tiles without it.
        turn: quarters to the left that whoever shows it must turn it.
        exif: an item of EXIF beside it.
        profile: what its colours mean (ICC).
    """
    width, height = size or (tile.width * columns, tile.height * rows)
    coded = b"".join(struct.pack(">I", len(unit)) + unit for unit in _slices(tile))
    grid = struct.pack(">BBBBII", 0, 1, rows - 1, columns - 1, width, height)
    many = columns * rows
    # Item 1 is the photo, 2 its EXIF, the tiles come behind.
    items = [(1, b"grid", grid), (2, b"Exif", struct.pack(">I", 0) + exif)]
    items += [(3 + place, b"hvc1", coded) for place in range(many)]
    infos = [full(b"infe", struct.pack(">HH", item, 0), kind, b"\0", version=2) for item, kind, _ in items]
    references = [
        box(b"dimg", struct.pack(f">HH{many}H", 1, many, *range(3, 3 + many))),
        box(b"cdsc", struct.pack(">HHH", 2, 1, 1)),
    ]
    properties = box(
        b"ipco",
        _config(tile),
        full(b"ispe", struct.pack(">II", *tile.size)),
        full(b"ispe", struct.pack(">II", width, height)),
        box(b"irot", bytes((turn,))),
        box(b"colr", b"prof", profile) if profile else box(b"free"),
    )
    # The grid: its size, how to turn it, its colours; a tile: how it is coded, its size.
    linked = [struct.pack(">HBBBB", 1, 3, 3, 4 | 0x80, 5)] if profile else [struct.pack(">HBBB", 1, 2, 3, 4 | 0x80)]
    linked += [struct.pack(">HBBB", 3 + place, 2, 1 | 0x80, 2) for place in range(many)]
    ahead = [
        full(b"hdlr", bytes(4), b"pict", bytes(13)),
        full(b"pitm", struct.pack(">H", 1)),
        full(b"iinf", struct.pack(">H", len(items)), *infos),
        full(b"iref", *references),
        box(b"iprp", properties, full(b"ipma", struct.pack(">I", len(linked)), *linked)),
    ]
    opening = box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    begin = len(opening) + 12 + sum(map(len, ahead)) + 16 + 14 * len(items) + 8
    places = {grid: begin, coded: begin + len(grid), items[1][2]: begin + len(grid) + len(coded)}
    located = [struct.pack(">HHHII", item, 0, 1, places[data], len(data)) for item, _, data in items]
    located_all = full(b"iloc", struct.pack(">BBH", 0x44, 0, len(items)), *located)
    return opening + full(b"meta", *ahead, located_all) + box(b"mdat", grid, coded, items[1][2])


def _config(tile: Image.Image) -> bytes:
    units = _parameters(*tile.size)
    arrays = [struct.pack(">BHH", 32 + place | 0x80, 1, len(unit)) + unit for place, unit in enumerate(units)]
    level = struct.pack(">BBI", 1, 1, 0x60000000) + b"\xb0\0\0\0\0\0\x99"
    return box(b"hvcC", level, b"\xf0\0\xfc\xfd\xf8\xf8\0\0\x0f", bytes((len(arrays),)), *arrays)
