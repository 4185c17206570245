"""What agreements say to people: one plain sentence each, the choices of a form, a sentence for every reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from typing import Any

from app.agreements.nouns import AgreementBody, AgreementState, OutcomeBody, Part, Result, When, WhenSort
from app.agreements.rules import Reason
from app.goals.models import GOAL
from app.goals.nouns import GoalBody
from app.items import Thing
from app.plan.words import face_options, listed
from app.rooms import Face
from app.scope import Whole
from app.translations import day_in_words, ngettext, weekday_names
from app.translations import gettext as _

UNBROKEN = "\N{NO-BREAK SPACE}"


def sentence(reason: Reason) -> str:
    """What to say when a rule says no."""
    return {
        Reason.NO_DAY: _("Kies een dag. Je kan die later nog veranderen."),
        Reason.PAST_DAY: _("Die dag is voorbij. Kies een dag die nog komt."),
        Reason.NO_WEEKDAY: _("Kies een dag van de week. Meer dagen mag ook."),
        Reason.TOO_SPARSE: _("Kies om de hoeveel weken."),
        Reason.END_BEFORE_START: _("Het einde komt voor het begin. Kies een latere dag."),
        Reason.NO_CONDITION: _("Schrijf op wanneer. Bijvoorbeeld: als het regent."),
        Reason.DAY_TAKEN: _("Die dag doen jullie dit al. Kies een andere dag."),
        Reason.UNKNOWN_PERSON: _("Die naam staat niet meer bij onze mensen. Kies iemand anders."),
        Reason.UNKNOWN_GOAL: _("Dat doel staat niet meer in ons plan. Kies een ander."),
        Reason.NO_SUCH_MOVE: _("Dit is al veranderd. Kijk hoe het nu staat."),
    }[reason]


def part(name: Part) -> str:
    """What a part of all agreements is called."""
    return {
        Part.NOW: _("Deze week"),
        Part.SOON: _("Nog deze week"),
        Part.LATER: _("Later"),
        Part.DONE: _("Gedaan"),
        Part.BEFORE: _("Van vroeger"),
        Part.STOPPED: _("Niet meer nodig"),
    }[name]


def rest(count: int) -> str:
    """How many more there are."""
    return ngettext("Nog %(num)s afspraak", "Nog %(num)s afspraken", count)


def line(names: Sequence[str], what: str) -> str:
    """Who does what: "Tante Betty: Kaat ophalen aan school". Who may stay open."""
    what = what.strip().removesuffix(".")
    return _("%(who)s: %(what)s", who=listed(names), what=what) if names else what


def whole(names: Sequence[str], what: str, said: str) -> str:
    """An agreement as one sentence: "Tante Betty: Kaat ophalen aan school, elke dinsdag om 15.30 u."."""
    ending = "" if said.endswith(".") else "."
    return line(names, what) + (f", {said}{ending}" if said else ".")


def clock(at: time) -> str:
    """A time of day as people write it in Flanders: "8 u", "15.30 u"."""
    written = f"{at.hour}.{at.minute:02}" if at.minute else str(at.hour)
    return _("%(time)s u", time=written).replace(" ", UNBROKEN)


def day(one: date, today: date) -> str:
    """A day in words: "donderdag 3 december"; with its year when that is another than this one."""
    return day_in_words(one, "EEEE d MMMM" if one.year == today.year else "EEEE d MMMM y")


def near_day(one: date, today: date) -> str:
    """A day as people say it now: "vandaag", "morgen", else in words."""
    away = (one - today).days
    if abs(away) > 1:
        return day(one, today)
    return {-1: _("gisteren"), 0: _("vandaag"), 1: _("morgen")}[away]


def when(said: When, today: date, *, lasting: bool = False) -> str:
    """When an agreement is, in words; "nog geen dag" when that stays open.

    Args:
        said: when it is.
        today: the plan's local day.
        lasting: without "vandaag" or "morgen", for paper that hangs longer than those last.
    """
    if said.sort is WhenSort.DAY and said.day is not None:
        return _at(day(said.day, today) if lasting else near_day(said.day, today), said.at)
    if said.sort is WhenSort.WEEKLY and said.day is not None:
        return _weekly(said, said.day, today)
    if said.sort is WhenSort.PERIOD:
        return _period(said, today, lasting)
    return said.words if said.sort is WhenSort.ONCE and said.words else _("nog geen dag")


def occurrence(said: When, on: date | None, today: date) -> str:
    """When one occurrence of it is: "vandaag om 15.30 u"."""
    if said.sort in {WhenSort.DAY, WhenSort.WEEKLY} and on is not None:
        return _at(near_day(on, today), said.at)
    return when(said, today)


def days(several: Sequence[date], at: time | None, today: date) -> str:
    """Some days of this week in a row: "morgen, vrijdag en zaterdag om 8 u"."""
    names = weekday_names()
    said = [near_day(one, today) if abs((one - today).days) < 2 else names[one.weekday()] for one in several]
    return _at(listed(said), at)


def begun(text: str) -> str:
    """The same with a capital, to start a line with."""
    return text[:1].upper() + text[1:]


def result(how: Result, reporters: Sequence[str]) -> str:
    """How it went; with who reported it, when that is not the family's own word."""
    done = how is Result.DONE
    if not reporters:
        return _("Gelukt") if done else _("Niet gelukt")
    who = listed(reporters)
    return _("%(who)s: gelukt", who=who) if done else _("%(who)s: niet gelukt", who=who)


def thanks(how: Result) -> str:
    """What somebody from outside reads after a report."""
    if how is Result.DONE:
        return _("Dank je. De familie ziet dat het gelukt is.")
    return _("Niet gelukt. Dat kan. De familie weet het nu.")


def saved() -> str:
    """That it is kept."""
    return _("Bewaard.")


def who_options(people: Iterable[Face]) -> list[dict[str, Any]]:
    """Who may do it, as tiles; nobody yet is an answer too."""
    return [*face_options(people), {"value": "nobody", "label": _("Nog niemand"), "icon": "question"}]


def sort_options() -> list[dict[str, Any]]:
    """The ways of saying when."""
    told = {
        WhenSort.DAY: _("Eén dag"),
        WhenSort.WEEKLY: _("Elke week"),
        WhenSort.PERIOD: _("Van ... tot ..."),
        WhenSort.ONCE: _("Als er iets gebeurt"),
        WhenSort.OPEN: _("Ik weet het nog niet"),
    }
    return [{"value": sort.value, "label": word} for sort, word in told.items()]


def day_options(today: date, number: int = 7) -> list[dict[str, Any]]:
    """The days to choose from without a calendar: "vandaag", "morgen", "zaterdag 5" ..., and another."""
    coming = [today + timedelta(days=ahead) for ahead in range(number)]
    far = [day_in_words(one, "EEEE d") for one in coming[2:]]
    near = zip(coming, [_("vandaag"), _("morgen"), *far], strict=True)
    days = [{"value": one.isoformat(), "label": word} for one, word in near]
    return [*days, {"value": "other", "label": _("een andere dag")}]


def weekday_options() -> list[dict[str, Any]]:
    """The days of the week, short, as they stand on a calendar."""
    names = weekday_names("abbreviated")
    return [{"value": number, "label": names[number]} for number in range(7)]


def often_options() -> list[dict[str, Any]]:
    """How often a rhythm comes back."""
    sparse = [{"value": number, "label": _("om de %(number)s weken", number=number)} for number in (2, 3, 4)]
    return [{"value": 1, "label": _("elke week")}, *sparse]


def goal_options(goals: Iterable[Thing[GoalBody]]) -> list[dict[str, Any]]:
    """What it may be for."""
    told = [{"value": goal.id, "label": goal.body.words, "colour": goal.body.thread.value} for goal in goals]
    return [*told, {"value": "", "label": _("Ik weet het nog niet")}]


def told(around: Whole, body: AgreementBody, state: str) -> list[tuple[str, str]]:
    """What history tells of an agreement: days by their date, as "morgen" was another day then."""
    goal = next((goal.body.words for goal in around.all(GOAL) if goal.id == body.goal), "")
    states = {AgreementState.OPEN: "", AgreementState.DONE: _("Gelukt"), AgreementState.STOPPED: _("Niet meer nodig")}
    return [
        (_("Wat?"), body.words),
        (_("Wie?"), listed([name for name in map(around.name, body.who) if name])),
        (_("Wanneer?"), "" if body.when.sort is WhenSort.OPEN else when(body.when, date.min)),
        (_("Waar?"), body.where),
        (_("Voor welk doel?"), goal),
        (_("Hoe staat het?"), states[AgreementState(state)]),
    ]


def told_outcome(_around: Whole, body: OutcomeBody, _state: str) -> list[tuple[str, str]]:
    """What history tells of how an agreement went."""
    return [
        (_("Welke dag?"), "" if body.day is None else day(body.day, date.min)),
        (_("Hoe ging het?"), result(body.result, ())),
        (_("Waarom?"), body.why),
    ]


def _weekly(said: When, start: date, today: date) -> str:
    parts = [_at(_rhythm(said), said.at)]
    if start > today:
        parts.append(_("vanaf %(day)s", day=_short(start, today)))
    if said.until is not None:
        parts.append(_("tot %(day)s", day=_short(said.until, today)))
    return ", ".join(parts)


def _rhythm(said: When) -> str:
    days, names = sorted(set(said.weekdays)), weekday_names()
    if said.every > 1:
        return _("om de %(number)s weken op %(days)s", number=said.every, days=listed([names[one] for one in days]))
    if days == list(range(7)):
        return _("elke dag")
    if days == list(range(5)):
        return _("van maandag tot vrijdag")
    return _("elke %(days)s", days=listed([names[one] for one in days]))


def _period(said: When, today: date, lasting: bool) -> str:
    if said.day is None and said.until is not None:
        return _("tegen %(day)s", day=day(said.until, today))
    if said.day is not None and said.until is None:
        return _("vanaf %(day)s", day=day(said.day, today))
    if said.day is None or said.until is None:
        return _("nog geen dag")
    if said.day == said.until:
        return day(said.day, today) if lasting else near_day(said.day, today)
    same_month = (said.day.year, said.day.month) == (said.until.year, said.until.month)
    first = str(said.day.day) if same_month else _short(said.day, today)
    return _("van %(first)s tot %(last)s", first=first, last=_short(said.until, today))


def _at(said: str, at: time | None) -> str:
    return said if at is None else _("%(day)s om %(time)s", day=said, time=clock(at))


def _short(one: date, today: date) -> str:
    return day_in_words(one, "d MMMM" if one.year == today.year else "d MMMM y")


def changed_again() -> str:
    """Somebody changed it while this reader said yes."""
    return _("Dit veranderde net nog eens. Lees het opnieuw.")
