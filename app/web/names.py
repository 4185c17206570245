"""Names of the product's own files: each may carry the hash of its content, so that browsers may keep it for ever."""

from __future__ import annotations

import re
from pathlib import Path

NAMED = re.compile(r"^(?P<stem>.+)\.(?P<hash>[0-9a-f]{10})(?P<ending>\.[a-z0-9]+)$")
BEFORE = "/static/"


def file_in(folder: Path, path: str) -> Path | None:
    """The file of a folder behind the path of an address of ours, whatever hash is in its name; None for any other."""
    if not path.startswith(BEFORE):
        return None
    match = NAMED.match(path)
    plain = f"{match['stem']}{match['ending']}" if match else path
    inside = (folder / plain.removeprefix(BEFORE)).resolve()
    return inside if inside.is_relative_to(folder.resolve()) and inside.is_file() else None
