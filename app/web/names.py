"""Names of the product's own files: each may carry the hash of its content, so that browsers may keep it for ever."""

from __future__ import annotations

import re
from pathlib import Path

from app.pictos.nouns import Style
from app.pictos.shelf import drawing

NAMED = re.compile(r"^(?P<stem>.+)\.(?P<hash>[0-9a-f]{10})(?P<ending>\.[a-z0-9]+)$")
BEFORE = "/static/"
# A pictogram: a file among the others to who asks for it, a line of a pack on the disk.
PICTO = re.compile(r"picto/(?P<line>line/)?(?P<code>[0-9A-F-]+)\.svg")


def file_in(folder: Path, path: str) -> Path | None:
    """The file of a folder behind the path of an address of ours, whatever hash is in its name; None for any other."""
    if not path.startswith(BEFORE):
        return None
    match = NAMED.match(path)
    plain = f"{match['stem']}{match['ending']}" if match else path
    inside = (folder / plain.removeprefix(BEFORE)).resolve()
    return inside if inside.is_relative_to(folder.resolve()) and inside.is_file() else None


def picto_in(name: str) -> bytes | None:
    """The pictogram behind the name of a file in static/, in colour or in lines; None for any other file."""
    match = PICTO.fullmatch(name)
    return None if match is None else drawing(match["code"], Style.LINE if match["line"] else Style.COLOUR)


def packed_in(path: str) -> bytes | None:
    """The pictogram behind the path of an address of ours, whatever hash is in its name; None for any other."""
    match = NAMED.match(path)
    plain = f"{match['stem']}{match['ending']}" if match else path
    return picto_in(plain.removeprefix(BEFORE)) if plain.startswith(BEFORE) else None
