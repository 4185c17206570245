"""Good photos, as phones, screens and chat programs make them: none of these may be refused.

Everything is made here. `CANARY` stands wherever a file can say something beside its pixels.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from tests.media.heic import box, heic

CANARY = b"KANARIE 51.0543N 3.7174E"
# Red above left, green above right, blue below left, white below right: how it lies can be told from any size.
CORNERS = {"left top": (230, 30, 30), "right top": (30, 200, 30), "left bottom": (30, 30, 220)}


def flag(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """A picture of four corners, each in a colour of its own."""
    picture = Image.new("RGB", (2, 2), (255, 255, 255))
    for place, colour in zip(((0, 0), (1, 0), (0, 1)), CORNERS.values(), strict=True):
        picture.putpixel(place, colour)
    return picture.resize(size, Image.Resampling.NEAREST).convert(mode)


@cache
def scene(side: int = 512) -> Image.Image:
    """A picture with soft and sharp parts, and the grain of a small lens."""
    grain = Image.effect_noise((side, side), 24)
    shades = (Image.radial_gradient("L"), Image.linear_gradient("L"), Image.linear_gradient("L").rotate(90))
    planes = [Image.blend(shade.resize((side, side)), grain, 0.3) for shade in shades]
    return Image.merge("RGB", planes)


def _table(order: str, at: int, tags: list[tuple[int, int, bytes]], following: int = 0) -> bytes:
    """One table of EXIF that begins at this place, and what it holds behind it."""
    entries, beside, behind = b"", b"", at + 2 + 12 * len(tags) + 4
    for tag, kind, data in tags:
        count = len(data) // {3: 2, 4: 4}.get(kind, 1)
        value = data.ljust(4, b"\0") if len(data) <= 4 else struct.pack(order + "I", behind + len(beside))
        beside += b"" if len(data) <= 4 else data
        entries += struct.pack(order + "HHI", tag, kind, count) + value
    return struct.pack(order + "H", len(tags)) + entries + struct.pack(order + "I", following) + beside


def exif(turned: int = 1, order: str = "<") -> bytes:
    """EXIF with an orientation, a maker's note, a place and a small picture inside, the canary in each."""
    thumb = saved(flag((16, 16)), "JPEG", comment=CANARY)

    def long(value: int) -> bytes:
        return struct.pack(order + "I", value)

    def first(camera: int, place: int, small: int) -> bytes:
        held = struct.pack(order + "H", turned)
        tags = [(0x010E, 2, CANARY), (0x0112, 3, held), (0x8769, 4, long(camera)), (0x8825, 4, long(place))]
        return _table(order, 8, tags, small)

    camera_at = 8 + len(first(0, 0, 0))
    camera = _table(order, camera_at, [(0x927C, 7, CANARY * 3), (0x9286, 7, b"ASCII\0\0\0" + CANARY)])
    place_at = camera_at + len(camera)
    place = _table(order, place_at, [(0x001B, 7, CANARY)])
    small_at = place_at + len(place)
    small = _table(order, small_at, [(0x0201, 4, long(small_at + 30)), (0x0202, 4, long(len(thumb)))])
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8)
    return b"Exif\0\0" + head + first(camera_at, place_at, small_at) + camera + place + small + thumb


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>' + CANARY + b"</rdf:RDF></x:xmpmeta>"


@cache
def profile(description: bytes = CANARY) -> bytes:
    """A profile of colours that is valid and says the canary in place of its name."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return plain + description


def saved(picture: Image.Image, sort: str, **how: Any) -> bytes:
    """A picture as a file of some sort."""
    file = io.BytesIO()
    picture.save(file, sort, **how)
    return file.getvalue()


def segment(marker: int, content: bytes) -> bytes:
    """A part of a JPEG that is not its picture."""
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def talkative(jpeg: bytes, turned: int = 1) -> bytes:
    """A JPEG with everything a phone and an editor say beside it."""
    said = segment(0xE1, exif(turned)) + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)
    said += segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(CANARY)) + CANARY)
    said += segment(0xE4, CANARY) + segment(0xFE, CANARY) + segment(0xE2, b"ICC_PROFILE\0\1\1" + profile())
    return jpeg[:2] + said + jpeg[2:]


def of_camera(width: int, height: int, turned: int = 1) -> bytes:
    """A JPEG of any width and height, in the time of a small one: one band of it, again and again.

    Every row of blocks begins anew (restart markers), so that rows stand apart and can be repeated.
    """
    band = Image.new("RGB", (width, 128))
    for left in range(0, width, 512):
        band.paste(scene().crop((0, 0, 512, 128)), (left, 0))
    jpeg = saved(band, "JPEG", quality=60, restart_marker_rows=1)
    frame, scan = jpeg.index(b"\xff\xc0"), jpeg.index(b"\xff\xda")
    begin = scan + 2 + int.from_bytes(jpeg[scan + 2 : scan + 4], "big")
    head, rows = bytearray(jpeg[:begin]), jpeg[begin:-2]
    times = -(-height // 128)
    head[frame + 5 : frame + 7] = struct.pack(">H", height)
    return talkative(bytes(head) + (rows + b"\xff\xd7") * (times - 1) + rows + b"\xff\xd9", turned)


def chunk(kind: bytes, content: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def sixteen_bits(width: int, height: int) -> bytes:
    """A PNG of three times sixteen bits, as some screens save theirs."""
    row = b"\0" + struct.pack(">3H", 60000, 20000, 1000) * width
    head = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    said = chunk(b"tEXt", b"Comment\0" + CANARY) + chunk(b"eXIf", exif()[6:])
    packed = chunk(b"IDAT", zlib.compress(row * height, 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + said + packed + chunk(b"IEND", b"")


def _of_two() -> bytes:
    """A JPEG with a second picture behind it: an iPhone's light (gain map), or a picture for two eyes."""
    file = io.BytesIO()
    flag((640, 480)).save(file, "MPO", save_all=True, append_images=[flag((320, 240))])
    return file.getvalue()


def _moving() -> bytes:
    """A JPEG with a film behind it, as Samsung and Google make them."""
    film = box(b"ftyp", b"mp42", bytes(4), b"isommp42") + box(b"mdat", CANARY * 2000)
    return talkative(saved(flag((640, 480)), "JPEG")) + film + b"MotionPhoto_Data" + CANARY


def _screen() -> bytes:
    said = PngInfo()
    said.add_text("Comment", CANARY.decode(), zip=True)
    said.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return saved(flag((1170, 2532), "RGBA"), "PNG", pnginfo=said, exif=exif()[6:], icc_profile=profile())


def _said(**more: Any) -> dict[str, Any]:
    return {"exif": exif()[6:], "xmp": XMP, "icc_profile": profile(), **more}


# What they are, how they are made, and how large the larger picture of them is.
GOOD: dict[str, tuple[Callable[[], bytes], tuple[int, int]]] = {
    "an old phone, 2 megapixels": (lambda: talkative(saved(flag((1600, 1200)), "JPEG")), (1280, 960)),
    "12 megapixels": (lambda: of_camera(4032, 3024), (1280, 960)),
    "12 megapixels, phone held upright": (lambda: of_camera(4032, 3024, 6), (960, 1280)),
    "48 megapixels": (lambda: of_camera(8064, 6048), (1280, 960)),
    "50 megapixels": (lambda: of_camera(8160, 6120, 8), (960, 1280)),
    "108 megapixels": (lambda: of_camera(12000, 9000), (1280, 960)),
    "200 megapixels": (lambda: of_camera(16320, 12240), (1280, 960)),
    "a panorama": (lambda: of_camera(16000, 3000), (1280, 240)),
    "a tall panorama": (lambda: of_camera(3000, 16000), (240, 1280)),
    "from a chat program, in layers": (
        lambda: saved(scene().resize((1600, 1200)), "JPEG", progressive=True, quality=75),
        (1280, 960),
    ),
    "12 megapixels in layers, in all its colours": (
        lambda: saved(scene().resize((4000, 3000)), "JPEG", progressive=True, subsampling=0),
        (1280, 960),
    ),
    "grey": (lambda: saved(flag((900, 700), "L"), "JPEG"), (900, 700)),
    "of a printer (CMYK)": (lambda: saved(flag((900, 700), "CMYK"), "JPEG"), (900, 700)),
    "an iPhone with a gain map": (_of_two, (640, 480)),
    "a moving photo": (_moving, (640, 480)),
    "a JPEG that stops behind its last row": (lambda: saved(flag((64, 64)), "JPEG")[:-2] + b"\xff\xd9\0\0", (64, 64)),
    "HEIC, 12 megapixels": (lambda: heic(scene(), 8, 6, size=(4032, 3024), exif=exif(1)), (1280, 960)),
    "HEIC, held upright": (lambda: heic(scene(), 8, 6, size=(4032, 3024), turn=3, exif=exif(6)), (960, 1280)),
    "HEIC, 24 megapixels": (lambda: heic(scene(), 12, 9, size=(5712, 4284), turn=1, exif=exif(8)), (960, 1280)),
    "HEIC, 48 megapixels": (lambda: heic(scene(), 16, 12, size=(8064, 6048), turn=3) + bytes(10 << 20), (960, 1280)),
    "HEIC in one piece": (lambda: heic(scene(1024), turn=1), (1024, 1024)),
    "AVIF": (lambda: saved(scene(), "AVIF", **_said(quality=50, speed=10)), (512, 512)),
    "a screen": (_screen, (591, 1280)),
    "a screen of 16 bits": (lambda: sixteen_bits(1170, 2532), (591, 1280)),
    "a scan of 16 bits of grey": (lambda: saved(flag((800, 600), "I;16"), "PNG"), (800, 600)),
    "a drawing of two colours": (lambda: saved(flag((2480, 3508), "1"), "PNG"), (905, 1280)),
    "a drawing with few colours": (lambda: saved(flag((1000, 800)).quantize(4), "PNG"), (1000, 800)),
    "WebP": (lambda: saved(scene(), "WEBP", **_said()), (512, 512)),
    "WebP without loss, seen through": (
        lambda: saved(flag((700, 500), "RGBA"), "WEBP", lossless=True, **_said()),
        (700, 500),
    ),
    "WebP that moves": (
        lambda: saved(flag((200, 100)), "WEBP", save_all=True, append_images=[scene(100).resize((200, 100))]),
        (200, 100),
    ),
    "GIF": (lambda: saved(flag((300, 200)), "GIF", comment=CANARY), (300, 200)),
    "GIF that moves": (
        lambda: saved(flag((90, 60)), "GIF", save_all=True, append_images=[scene(90).resize((90, 60))], comment=CANARY),
        (90, 60),
    ),
    "BMP": (lambda: saved(flag((640, 480)), "BMP"), (640, 480)),
    "one pixel": (lambda: saved(flag((1, 1)), "PNG"), (1, 1)),
    "a line": (lambda: saved(flag((3000, 1)), "PNG"), (1280, 1)),
}
