"""The font files: recorded, licensed, small, and each loads only for letters that are in it."""

import re
import runpy
import tomllib

from tests.support.messages import messages
from tests.support.templates import ROOT

CSS = ROOT / "static" / "css"
FONTS = ROOT / "static" / "fonts"
FIRST_VISIT = 24_000
FACE = re.compile(r"@font-face \{[^}]*url\(/(static/fonts/[\w.-]+)\)[^}]*?(?:unicode-range: ([^;]+);)? \}")
SPACE, STRESS = 0x20, 0x301

RANGES: dict[str, str] = runpy.run_path(str(ROOT / "bin" / "vendor"))["RANGES"]
RECORDED = tomllib.loads((ROOT / "static" / "vendor.toml").read_text(encoding="utf-8"))["file"]
PARTS = {entry["path"]: entry["subset"] for entry in RECORDED if "subset" in entry}


def letters(ranges: str) -> set[int]:
    """The code points of "U+30-39, U+40"."""
    found: set[int] = set()
    for part in ranges.replace(" ", "").split(","):
        first, _dash, last = part.removeprefix("U+").partition("-")
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


def preloaded() -> set[str]:
    """What a page asks for before it is read."""
    text = (ROOT / "templates" / "_layout" / "_fonts.html").read_text(encoding="utf-8")
    return {f"static/fonts/{name}.woff2" for name in re.findall(r'"([\w.-]+\.\d+)"', text)}


def test_every_font_has_its_record_and_its_licence() -> None:
    assert {str(path.relative_to(ROOT)) for path in FONTS.glob("*.woff2")} == set(PARTS)
    assert {path.split("-")[0] for path in PARTS} == {f"static/fonts/{path.stem}" for path in FONTS.glob("*.LICENSE")}


def test_every_font_that_a_sheet_names_is_there() -> None:
    for sheet in ("app.css", "print.css"):
        named = re.findall(r"url\(/(static/fonts/[\w.-]+)\)", (CSS / sheet).read_text(encoding="utf-8"))
        assert named
        assert set(named) <= set(PARTS)


def test_what_loads_first_is_small() -> None:
    assert preloaded() <= set(PARTS)
    assert sum((ROOT / name).stat().st_size for name in preloaded()) <= FIRST_VISIT


def test_a_file_loads_only_for_letters_that_are_in_it() -> None:
    sheets = ("fonts.css", "specimen.css")
    faces = FACE.findall("".join((CSS / sheet).read_text(encoding="utf-8") for sheet in sheets))
    assert {file for file, _ranges in faces} == set(PARTS)
    for file, ranges in faces:
        own = letters(RANGES[PARTS[file]])
        if not ranges:
            assert PARTS[file].startswith("letters"), file
        elif PARTS[file] == "arabic":
            # One plain range: the few rare letters in it that the file lacks come from the phone.
            assert own - {SPACE} <= letters(ranges), file
        else:
            # A stress mark on a Cyrillic letter comes with that letter.
            assert own - letters(ranges) <= {SPACE, STRESS}, file
            assert letters(ranges) <= own, file


def test_what_the_product_says_is_in_the_first_files() -> None:
    said = {sign for message in messages() for sign in message if sign.isprintable()}
    assert {sign for sign in said if ord(sign) not in letters(RANGES["letters-digits"])} == set()
