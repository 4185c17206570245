"""Reads what somebody chose of two texts, in the form that carries the choice: see `both.py`.

`keep_<fields>` says what stays of these fields, `was_<field>` what stood there when the page was made, `mine_<field>`
what had been typed by then. Who writes on in the fields after that has said what they want, whatever is chosen above.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import islice

from werkzeug.datastructures import MultiDict

NOW, BOTH = "now", "both"
KEEP = "keep_"
# More choices, and more fields in one, than any page of ours asks: each costs time.
MOST_CHOICES, MOST_FIELDS = 40, 16


def chosen(sent: MultiDict[str, str]) -> MultiDict[str, str]:
    """A form that was sent, with what its writer chose of two texts in the fields themselves."""
    asked = ((name.removeprefix(KEEP), pick) for name, pick in sent.items() if name.startswith(KEEP))
    few = islice((one for one in asked if one[0].count(".") < MOST_FIELDS), MOST_CHOICES)
    picks = [(name.split("."), pick) for name, pick in few]
    if not picks:
        return sent
    result = MultiDict(sent)
    for fields, pick in picks:
        if any(_differ(sent.getlist(name), sent.getlist(f"mine_{name}")) for name in fields):
            continue
        for name in fields:
            was, mine = sent.getlist(f"was_{name}"), sent.getlist(name)
            if pick == NOW:
                result.setlist(name, was)
            elif pick == BOTH and f"list_{name}" in sent:
                result.setlist(name, list(dict.fromkeys((*was, *mine))))
            elif pick == BOTH:
                result.setlist(name, [joined("".join(was), "".join(mine))])
    return result


def joined(one: str, other: str) -> str:
    """Two texts as one, the first closed by a stop."""
    one, other = one.rstrip(), other.strip()
    if not one or not other:
        return one or other
    if "\n" in one or "\n" in other:
        return f"{one}\n{other}"
    return f"{one} {other}" if unicodedata.category(one[-1]).startswith("P") else f"{one}. {other}"


def _differ(one: Sequence[str], other: Sequence[str]) -> bool:
    return sorted(text.replace("\r\n", "\n") for text in one) != sorted(text.replace("\r\n", "\n") for text in other)
