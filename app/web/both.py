"""Two wrote at once: what stands there now beside what this writer typed, a part of the form each, to choose from.

The choice travels in the form itself (`chosen.py` reads it), so it works without JavaScript.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.web.chosen import KEEP, joined

if TYPE_CHECKING:
    from app.web.form import Form


@dataclass(frozen=True)
class Side:
    """One part of a form in words: its label, what it says, and the fields it is made of."""

    label: str
    text: str
    fields: tuple[str, ...]


Say = Callable[[Any], Sequence[Side]]


@dataclass(frozen=True)
class Choice:
    """One part that both changed. `together`: what it becomes when both stay; empty where that cannot be."""

    label: str
    now: str
    mine: str
    together: str
    fields: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of its radio buttons."""
        return KEEP + ".".join(self.fields)


@dataclass(frozen=True)
class Both:
    """What the page needs: the choices, who wrote what stands there now, and what had been typed."""

    choices: Sequence[Choice]
    who: str
    typed: Sequence[tuple[str, str]]


def facing(mine: Form, now: Form, say: Say, who: str) -> Both:
    """Put a form as it was sent beside the form as it stands now.

    What its writer left alone becomes what stands there now; what only they changed stays as they typed it.

    Args:
        mine: the form that was sent; its fields are changed.
        now: the form as it stands for the item now.
        say: a form in words, its parts in a fixed order.
        who: who wrote what stands there now.
    """
    choices = []
    parts = [side.fields for side in say(now)]
    rest = [(field.name,) for field in mine if not any(field.name in fields for fields in parts)]
    for fields in (*parts, *rest):
        if not mine.touched(fields):
            for name in fields:
                mine[name].data = now[name].data
    for there, here in zip(say(now), say(mine), strict=True):
        if there.text != here.text and mine.touched(here.fields) and now.moved_on(here.fields):
            together = _together(mine, now, say, there, here)
            choices.append(Choice(there.label, there.text, here.text, together, here.fields))
    names = [name for one in choices for name in one.fields]
    typed = [(f"mine_{name}", text) for name in names for text in mine.typed(name)]
    return Both(choices, who, [*typed, *((f"list_{name}", "1") for name in names if mine.is_list(name))])


def _together(mine: Form, now: Form, say: Say, there: Side, here: Side) -> str:
    """Both, in words; empty where only one can stand."""
    if len(here.fields) != 1 or not there.text or not here.text:
        return ""
    field = mine[here.fields[0]]
    if not mine.is_list(field.name):
        text = joined(there.text, here.text)
        return text if mine.has_room(field.name, text) else ""
    typed = field.data
    field.data = list(dict.fromkeys((*(now[field.name].data or ()), *typed)))
    together = next(side.text for side in say(mine) if side.fields == here.fields)
    field.data = typed
    return together if together not in {there.text, here.text} else ""
