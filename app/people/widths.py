"""How wide letters are. Pure.

The server draws names in a picture, so it must know how wide they will be: no browser is there to ask. The widths are
those of our own bold text font; a letter it does not have counts as wide as such letters get in any font.
"""

from __future__ import annotations

import unicodedata

# In thousandths of the size of the text. A test holds them against the font files.
_OF_WIDTH = {
    210: "'", 259: "j", 271: ",", 272: ".:;", 300: "i", 303: "!", 312: " \u00a0", 318: "l", 335: "()", 340: "[",
    344: "]", 365: "fľ", 373: "-", 376: "rt", 390: '"', 424: "I", 440: "/", 501: "–", 505: "z", 508: "s", 510: "c",
    521: "y", 530: "v", 539: "x", 547: "?", 552: "La", 555: "k", 561: "J", 563: "e", 566: "F", 567: "0123456789u",
    571: "hnħ", 576: "oø", 593: "g", 595: "+", 596: "bdpđ", 597: "E", 599: "q", 607: "T", 610: "S", 618: "Z",
    621: "ß", 629: "P", 643: "B", 644: "V", 650: "RY", 658: "C", 663: "K", 678: "A", 686: "U", 688: "D", 701: "HĦ",
    717: "N", 718: "G", 725: "&", 740: "w", 746: "OØ", 756: "Q", 858: "M", 882: "m", 886: "W", 936: "œ", 966: "Æ",
    269: "’", 314: "ï", 348: "ł", 559: "ĳ", 582: "Ł", 682: "ẞ", 685: "X", 694: "ď",
    708: "Đ", 985: "Ĳ", 1024: "Œ",
}  # fmt: skip
WIDTHS = {letter: width for width, letters in _OF_WIDTH.items() for letter in letters}
# Of letters that come from another font, the most they take.
OTHER, CAPITAL, WIDEST = 720, 900, 1120
_HORNED = set("ơưƠƯ")
_WIDE = set("жмшщюыфджљњЖМШЩЮЫФДЉЊ")
# Letters that join are wide at the end of a word only; some are narrow anywhere, some are wide anywhere.
JOINED, JOINED_LAST = 700, 960
_JOINED = (
    dict.fromkeys("اأإآٱرزژ", (380, 380)) | dict.fromkeys("دذوؤةء", (500, 500)) | dict.fromkeys("سشصضښ", (860, 1290))
)


def _plain(letter: str) -> str:
    """The letter without its marks, which take no room: "é" is as wide as "e"."""
    return letter if letter in WIDTHS else unicodedata.normalize("NFD", letter)[0]


def _width(letter: str, after: str = "") -> int:
    """How wide a letter is at most, with that letter after it."""
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0
    known = WIDTHS.get(_plain(letter))
    if known is not None:
        # Letters with two marks come from another font, where they are wider.
        return known * 137 // 100 if letter in _HORNED or "\u1e9f" < letter < "\u1eff" else known
    if unicodedata.bidirectional(letter) == "AL":
        return _JOINED.get(letter, (JOINED, JOINED_LAST))[not after.isalpha()]
    if letter in _WIDE or unicodedata.east_asian_width(letter) in "WF" or not letter.isalpha():
        return WIDEST
    return CAPITAL if letter.isupper() else OTHER


def width(text: str, size: float) -> float:
    """How wide a text is at most, in bold."""
    return sum(map(_width, text, (*text[1:], ""))) * size / 1000


def is_known(text: str) -> bool:
    """Whether our own font has every letter, so that the width is exact."""
    return all(_is_ours(letter) for letter in unicodedata.normalize("NFC", text))


def _is_ours(letter: str) -> bool:
    return letter in WIDTHS or (letter < "\u1e9f" and letter not in _HORNED and _plain(letter) in WIDTHS)
