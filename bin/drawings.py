"""What bin/vendor makes of OpenMoji and of CLDR: a drawing or a label a line, for the pictures a family may want.

A drawing is made small (svgo), and then written anew from the few elements and attributes a drawing needs: whatever
else was in it stops the making, so that nothing of it can run, load or point anywhere.
"""

import json
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

SVGO = "svgo@4.1.0"
# A pixel of 72 is a millimetre in a tile: a tenth of it is not seen.
SVGO_SETTINGS = "export default {multipass: true, floatPrecision: 1, plugins: ['preset-default']}\n"
SVG = "http://www.w3.org/2000/svg"
ELEMENTS = {"svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon"}
SHAPES = "d cx cy r rx ry x y x1 y1 x2 y2 width height points transform viewBox"
LOOKS = (
    "fill fill-rule clip-rule fill-opacity opacity stroke stroke-width stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-opacity stroke-dasharray stroke-dashoffset paint-order color"
)
ATTRIBUTES = {*SHAPES.split(), *LOOKS.split()}
VALUE = re.compile(r"[\w\s.,#()+-]*")

# No flags of countries, skin tones, marks of firms; numbers, letters and signs of machines say nothing to a child.
GROUPS_OUT = {"component", "extras-unicode", "extras-openmoji"}
SUBGROUPS_OUT = {"country-flag", "subdivision-flag", "zodiac", "av-symbol", "alphanum", "currency", "other-symbol"}
KEPT_ALL_THE_SAME = {
    "1F198",
    "1F522",
    "1F524",
    "1F520",
    "2139",
    "1F17F",
    "2705",
    "274C",
    "2B55",
    "267B",
    "1F4DB",
    "1F4F4",
}
# Weapons, alcohol, tobacco, sex, gambling, death and the devil; and what means nothing here.
OUT = {
    "1F52B", "1F52A", "1F5E1", "2694", "1F4A3", "1FA93", "1F3F9", "1FA96", "1F396", "1F982", "1F480", "2620",
    "1F3F4-200D-2620-FE0F", "26B0", "26B1", "1F376", "1F37E", "1F377", "1F378", "1F379", "1F37A", "1F37B", "1F942",
    "1F943", "1F6AC", "1F3B0", "1F48B", "1F3E9", "1F51E", "1F595", "1F92C", "1F608", "1F47F", "1F479", "1F47A",
    "1F4A2", "1FAEF", "1F46F", "1F46F-200D-2642-FE0F", "1F46F-200D-2640-FE0F", "1FA72", "1F459", "1F5FE", "1F3B4",
    "1F004", "1F38B", "1F38D", "1F38E", "1F391", "1F3E3", "1F3EF", "1F5FC", "1F5FD", "2622", "2623", "1F4B4",
    "1F4B5", "1F4B7", "1F4B9", "1F48F", "1F4AE", "1F3F5", "303D", "2721", "1F52F", "1F531",
}  # fmt: skip
OUT_BY_NAME = re.compile(r"vampire|zombie|genie|troll|ninja|supervillain|cigarette")


def board_of(root: Path) -> list[str]:
    """The codes of the first board, in its order."""
    return [line.split("\t")[0] for line in (root / "app" / "pictos" / "board.tsv").read_text().splitlines()]


def chosen(package: Path, root: Path) -> dict[str, str]:
    """The code and the sign of every picture a family may want: the board first, the rest in OpenMoji's order."""
    every = json.loads((package / "data" / "openmoji.json").read_text())
    signs = {one["hexcode"]: one["emoji"].replace("\ufe0f", "") for one in every}
    useful = [one["hexcode"] for one in every if _is_useful(one)]
    return {code: signs[code] for code in dict.fromkeys([*board_of(root), *useful])}


def _is_useful(one: dict[str, str]) -> bool:
    code = one["hexcode"]
    if code in OUT or one["skintone"] or OUT_BY_NAME.search(one["annotation"]):
        return False
    return code in KEPT_ALL_THE_SAME or (one["group"] not in GROUPS_OUT and one["subgroups"] not in SUBGROUPS_OUT)


def drawings(package: Path, member: str, root: Path, folder: Path) -> bytes:
    """The pack of one style: a line a picture, its code and its drawing."""
    put, made = folder / f"raw-{Path(member).parts[0]}", folder / f"small-{Path(member).parts[0]}"
    put.mkdir()
    codes = chosen(package, root)
    for code in codes:
        (put / f"{code}.svg").write_bytes((package / member / f"{code}.svg").read_bytes())
    _make_small(put, made, folder)
    lines = [f"{code}\t{cleaned((made / f'{code}.svg').read_text())}\n" for code in codes]
    return "".join(lines).encode()


def labels(annotations: Path, package: Path, root: Path) -> bytes:
    """The words of one language: a line a picture, its code, its label, and other words for it."""
    known = json.loads(annotations.read_text())["annotations"]["annotations"]
    lines = []
    for code, sign in chosen(package, root).items():
        if sign in known and "tts" in known[sign]:
            label = known[sign]["tts"][0]
            words = [word for word in known[sign].get("default", []) if word != label]
            lines.append("\t".join((code, _plain(label), ", ".join(map(_plain, words)))) + "\n")
    return "".join(lines).encode()


def _plain(text: str) -> str:
    return " ".join(text.replace(",", " ").split())


def _make_small(put: Path, made: Path, folder: Path) -> None:
    tool = folder / "svgo-env"
    if not tool.exists():
        tool.mkdir()
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", SVGO], cwd=tool, check=True)
        (tool / "settings.mjs").write_text(SVGO_SETTINGS)
    command = [
        tool / "node_modules" / ".bin" / "svgo",
        "--quiet",
        "--config",
        tool / "settings.mjs",
        "-f",
        put,
        "-o",
        made,
    ]
    subprocess.run(command, check=True, capture_output=True)


def cleaned(text: str) -> str:
    """The drawing, written anew from what a drawing needs; raises `ValueError` when there is anything else in it."""
    ET.register_namespace("", SVG)
    drawing = ET.fromstring(text)
    for element in drawing.iter():
        name = str(element.tag).removeprefix(f"{{{SVG}}}")
        strange = {f"{key}={value}" for key, value in element.attrib.items() if not _is_plain(key, value)}
        if name not in ELEMENTS or strange:
            raise ValueError(f"<{name}> {' '.join(strange)} is not what a drawing is made of")
        element.text = element.tail = None
    return ET.tostring(drawing, encoding="unicode").replace(" />", "/>")


def _is_plain(key: str, value: str) -> bool:
    return key in ATTRIBUTES and VALUE.fullmatch(value) is not None and "url" not in value
