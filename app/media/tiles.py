"""HEIC photos tile by tile: phones cut theirs in tiles, and libheif can give them one by one.

Opened whole, a photo of 48 megapixels takes 470 MB; by rows of tiles a photo of any size takes what one row does. The
package that carries libheif (`pi_heif`) has no word for it, so these few calls go to the library itself. Runs inside
the cage only. https://github.com/strukturag/libheif, libheif/api/libheif/heif_tiling.h
"""

from __future__ import annotations

import ctypes as c
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

_RGB, _INTERLEAVED_RGB, _CHANNEL = 1, 10, 10
# Where the library's options say that more than 8 bits come as 8 (heif_decoding.h, second version).
_EIGHT_BITS_AT = 40


class Broken(ValueError):
    """The library could not read this photo."""


class _Answer(c.Structure):
    _fields_ = (("code", c.c_int), ("more", c.c_int), ("message", c.c_char_p))


class _Tiling(c.Structure):
    _fields_ = (
        ("version", c.c_int),
        *((name, c.c_uint32) for name in ("columns", "rows", "tile_width", "tile_height", "width", "height")),
        *((name, c.c_uint32) for name in ("top", "left")),
        # What later versions add is written here.
        ("later", c.c_uint8 * 512),
    )


class Tiles(NamedTuple):
    """A photo cut in tiles, the right way up: how large it is, how large a tile, and where the first one lies."""

    size: tuple[int, int]
    tile: tuple[int, int]
    many: tuple[int, int]
    first: tuple[int, int]


class Heif:
    """The library. Made before the cage shuts."""

    def __init__(self, path: str) -> None:
        self._library = c.CDLL(path)
        pointer = c.c_void_p
        self._alloc = self._call("heif_context_alloc", pointer)
        self._threads = self._call("heif_context_set_max_decoding_threads", None, pointer, c.c_int)
        name = "heif_context_read_from_memory_without_copy"
        self._read = self._call(name, _Answer, pointer, c.c_char_p, c.c_size_t, pointer)
        self._primary = self._call("heif_context_get_primary_image_handle", _Answer, pointer, pointer)
        self._tiling = self._call("heif_image_handle_get_image_tiling", _Answer, pointer, c.c_int, pointer)
        name = "heif_image_handle_decode_image_tile"
        self._decode = self._call(name, _Answer, pointer, pointer, c.c_int, c.c_int, pointer, c.c_uint32, c.c_uint32)
        self._options = self._call("heif_decoding_options_alloc", pointer)
        self._plane = self._call("heif_image_get_plane_readonly", pointer, pointer, c.c_int, pointer)
        self._width = self._call("heif_image_get_primary_width", c.c_int, pointer)
        self._height = self._call("heif_image_get_primary_height", c.c_int, pointer)
        self._release = self._call("heif_image_release", None, pointer)

    def _call(self, name: str, gives: Any, *takes: Any) -> Any:
        found = getattr(self._library, name)
        found.restype, found.argtypes = gives, takes
        return found

    def open(self, data: bytes) -> Photo:
        """Open a photo. Raises Broken."""
        context, handle = self._alloc(), c.c_void_p()
        self._threads(context, 0)
        _held(self._read(context, data, len(data), None))
        _held(self._primary(context, c.byref(handle)))
        return Photo(self, handle, data)


class Photo:
    """The photo that is shown of a file."""

    def __init__(self, heif: Heif, handle: c.c_void_p, data: bytes) -> None:
        self._heif, self._handle = heif, handle
        # The library reads on in these bytes; they must last as long as it does.
        self._data = data
        self._eight = heif._options()  # noqa: SLF001 - one piece in two classes
        c.c_uint8.from_address(self._eight + _EIGHT_BITS_AT).value = 1
        self.row = lru_cache(maxsize=1)(self._row)

    def tiles(self) -> Tiles | None:
        """How it is cut; nothing when it is one piece, or not cut as a phone does."""
        found = _Tiling(version=1)
        _held(self._heif._tiling(self._handle, 1, c.byref(found)))  # noqa: SLF001
        size, many = (found.width, found.height), (found.columns, found.rows)
        tile = (found.tile_width, found.tile_height)
        over = tuple(count * side - whole for count, side, whole in zip(many, tile, size, strict=True))
        if many == (1, 1) or not all(0 <= more < side <= 4096 for more, side in zip(over, tile, strict=True)):
            return None
        # What sticks out is behind the last tile, or before the first one when the photo is turned. How far, the
        # library says wrongly (1.23); that it does, is enough.
        first = (-over[0] if found.left else 0, -over[1] if found.top else 0)
        return Tiles(size, tile, many, first)

    def rows(self, tiles: Tiles, top: int, bottom: int) -> Image:
        """The pixels from one row to before another."""
        from PIL import Image  # noqa: PLC0415 - loaded in this process only

        band = Image.new("RGB", (tiles.size[0], bottom - top))
        begin, end = (edge - tiles.first[1] for edge in (top, bottom - 1))
        for row in range(begin // tiles.tile[1], end // tiles.tile[1] + 1):
            band.paste(self.row(tiles, row), (0, row * tiles.tile[1] + tiles.first[1] - top))
        return band

    def _row(self, tiles: Tiles, row: int) -> Image:
        from PIL import Image  # noqa: PLC0415

        found = Image.new("RGB", (tiles.size[0], tiles.tile[1]))
        for column in range(tiles.many[0]):
            found.paste(self._tile(column, row), (column * tiles.tile[0] + tiles.first[0], 0))
        return found

    def _tile(self, column: int, row: int) -> Image:
        from PIL import Image  # noqa: PLC0415

        heif, tile, stride = self._heif, c.c_void_p(), c.c_int()
        kind = (_RGB, _INTERLEAVED_RGB, self._eight)
        _held(heif._decode(self._handle, c.byref(tile), *kind, column, row))  # noqa: SLF001
        width, height = heif._width(tile), heif._height(tile)  # noqa: SLF001
        plane = heif._plane(tile, _CHANNEL, c.byref(stride))  # noqa: SLF001
        if not plane or stride.value < 3 * width:
            raise Broken
        pixels = c.string_at(plane, stride.value * height)
        heif._release(tile)  # noqa: SLF001
        return Image.frombytes("RGB", (width, height), pixels, "raw", "RGB", stride.value)


def _held(answer: _Answer) -> None:
    if answer.code:
        raise Broken(answer.code)
