"""Help lines that children see, and when each is open. Pure, beside reading one small file of the host.

Who runs the server knows which lines its families may call; a line with hours that are wrong is refused at the start.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from app.settings import WrongSetting

NAME = "ONSPLAN_HELP_LINES"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KNOWN = {"name", "number", "about", "picto", "danger", "always", *DAYS}
PICTO = re.compile(r"([0-9A-F]{4,5}(-[0-9A-F]{4,5})*)?")
HOURS = re.compile(r"\s*((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d|24:00)\s*")
LONGEST, MOST = 40, 8
WEEK = 7


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when on a day; an `until` of midnight is the end of that day."""

    since: time
    until: time

    def holds(self, moment: time) -> bool:
        """Whether somebody answers at this time of the day."""
        return self.since <= moment and (self.until == time() or moment < self.until)


ALL_DAY = Span(time(), time())


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A number that a child may call.

    Attributes:
        name, number: as they are said and dialled.
        hours: from Monday on, when it is open.
        about: what it is for, in a few words of the host.
        danger: it is for who is in danger now.
        picto: the pictogram a child knows it by, by its OpenMoji code; empty when the host chose none.
    """

    name: str
    number: str
    hours: tuple[tuple[Span, ...], ...]
    about: str = ""
    danger: bool = False
    picto: str = ""

    @property
    def always(self) -> bool:
        """Whether somebody answers day and night."""
        return all(day == (ALL_DAY,) for day in self.hours)

    @property
    def dial(self) -> str:
        """The number as a phone dials it."""
        return re.sub(r"[^0-9+]", "", self.number)


@dataclass(frozen=True, slots=True)
class Now:
    """How a line is at one instant: open until a time of the day, or open again in some days from a time on.

    Attributes:
        open: whether somebody answers now.
        days: in how many days what `at` says is: 0 is today.
        at: when it closes while it is open, when it opens while it is not; None for a line that never closes.
    """

    open: bool
    days: int = 0
    at: time | None = None


def now_at(line: HelpLine, local: datetime) -> Now:
    """How a line is at this local instant. A line that is open past midnight is open on the next day too."""
    if line.always:
        return Now(open=True)
    today, moment = local.weekday(), local.time()
    for span in line.hours[today]:
        if span.holds(moment):
            return _closes(line, today, span)
    for ahead in range(WEEK + 1):
        for span in line.hours[(today + ahead) % WEEK]:
            if ahead or span.since > moment:
                return Now(open=False, days=ahead, at=span.since)
    raise ValueError(line.name)


def _closes(line: HelpLine, today: int, span: Span) -> Now:
    """When what is open now closes: a span that ends at midnight goes on where the next day begins with one."""
    ahead = 0
    while span.until == time():
        ahead += 1
        after = next((one for one in line.hours[(today + ahead) % WEEK] if one.since == time()), None)
        if after is None:
            return Now(open=True, days=ahead, at=time())
        span = after
    return Now(open=True, days=ahead, at=span.until)


def _daily(*spans: tuple[str, str]) -> tuple[tuple[Span, ...], ...]:
    """Hours by day from Monday on; an empty pair is a day on which it is closed."""
    return tuple((_span(*span),) if span[0] else () for span in spans)


def _span(since: str, until: str) -> Span:
    return Span(time.fromisoformat(since), time() if until == "24:00" else time.fromisoformat(until))


EVENING, OFFICE, CLOSED = ("16:00", "22:00"), ("09:00", "17:00"), ("", "")
ALWAYS = ((ALL_DAY,),) * WEEK
# The lines of Flanders, and their hours as they published them; a host looks at them now and then (docs/operate.md).
FLANDERS = (
    HelpLine("Awel", "102", _daily(EVENING, EVENING, ("14:00", "22:00"), EVENING, EVENING, EVENING, CLOSED),
             "Luistert naar kinderen en jongeren", picto="1F442"),
    HelpLine("1712", "1712", _daily(OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, CLOSED, CLOSED),
             "Als iemand jou pijn doet", picto="1F6E1"),
    HelpLine("Tele-Onthaal", "106", ALWAYS, "Luistert dag en nacht", picto="1F319"),
    HelpLine("112", "112", ALWAYS, "Als je nu in gevaar bent", danger=True, picto="1F691"),
)  # fmt: skip


def read_lines(path: str) -> tuple[HelpLine, ...]:
    """The lines of a host's file, those of Flanders without one.

    Raises:
        WrongSetting: the file is not there, or a line in it cannot be one.
    """
    if not path:
        return FLANDERS
    try:
        held = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongSetting(NAME, "a file that this user may read") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongSetting(NAME, f"a file in TOML ({error})") from error
    rows = held.get("line")
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST or set(held) != {"line"}:
        raise WrongSetting(NAME, f"a file with 1 to {MOST} parts [[line]] and nothing else")
    lines = tuple(_line(row) for row in rows)
    if sum(line.danger for line in lines) != 1:
        raise WrongSetting(NAME, "one line with danger = true, for a child that is in danger now")
    if not lines[0].danger:
        return lines
    raise WrongSetting(NAME, "first a line for who wants to talk, and the one for danger after it")


def _line(row: Any) -> HelpLine:
    if not isinstance(row, Mapping) or not set(row) <= KNOWN:
        raise WrongSetting(NAME, f"in every [[line]] only {', '.join(sorted(KNOWN))}")
    name, number, about, picto = (row.get(key, "") for key in ("name", "number", "about", "picto"))
    if not all(isinstance(text, str) and len(text) <= LONGEST and text.isprintable() for text in (name, number, about)):
        raise WrongSetting(NAME, f"a name, a number and an about of at most {LONGEST} letters each")
    if not name.strip() or not re.fullmatch(r"\+?[0-9][0-9 ]*", number):
        raise WrongSetting(NAME, f'a name and a number like "0800 13 500" in every [[line]], not {name!r} {number!r}')
    if not isinstance(picto, str) or not PICTO.fullmatch(picto):
        raise WrongSetting(NAME, f'of {name} a picto by its OpenMoji code, like "1F442"')
    return HelpLine(name.strip(), number, _hours(name, row), about.strip(), _switch(name, "danger", row), picto)


def _hours(name: str, row: Mapping[str, Any]) -> tuple[tuple[Span, ...], ...]:
    always, given = _switch(name, "always", row), [day for day in DAYS if day in row]
    if always is bool(given):
        raise WrongSetting(NAME, f'of {name} either always = true, or hours of days like mon = "16:00-22:00"')
    hours = ALWAYS if always else tuple(_spans(name, day, row.get(day, "")) for day in DAYS)
    if not any(hours):
        raise WrongSetting(NAME, f"of {name} at least one day on which somebody answers")
    return hours


def _spans(name: str, day: str, text: Any) -> tuple[Span, ...]:
    """The hours of one day, in their order."""
    wrong = WrongSetting(NAME, f'of {name} on {day} hours like "09:00-12:00, 13:00-24:00", in their order')
    if not isinstance(text, str):
        raise wrong
    spans: list[Span] = []
    for part in filter(str.strip, text.split(",")):
        found = HOURS.fullmatch(part)
        if found is None or found[2] <= found[1] or (spans and not _is_after(spans[-1], found[1])):
            raise wrong
        spans.append(_span(found[1], found[2]))
    return tuple(spans)


def _is_after(before: Span, since: str) -> bool:
    return before.until != time() and before.until < time.fromisoformat(since)


def _switch(name: str, key: str, row: Mapping[str, Any]) -> bool:
    value = row.get(key, False)
    if not isinstance(value, bool):
        raise WrongSetting(NAME, f"of {name} {key} = true, or no {key} at all")
    return value
