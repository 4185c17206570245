"""What looking back says to people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.db import now as moment
from app.goals.nouns import GoalState
from app.goals.store import GoalView
from app.items import Thing
from app.local import local_day
from app.lookback.nouns import Doing
from app.lookback.store import LookbackView
from app.people import words as people_words
from app.people.nouns import PersonBody
from app.plan import domains
from app.plan.words import listed
from app.policy.actor import Ring
from app.rooms import Face
from app.scope import Whole
from app.translations import day_in_words, ngettext
from app.translations import gettext as _


def begin(board: LookbackView) -> str:
    """The heading of the first week: "Begin, 4 juni"."""
    return _("Begin, %(day)s", day=_short(board.began, board.today))


def now(board: LookbackView) -> str:
    """The heading of today: "Nu, 21 november"."""
    return _("Nu, %(day)s", day=_short(board.today, board.today))


def first_about(board: LookbackView) -> tuple[str, str]:
    """The part of life they chose first, as a word and its icon; own words stand among the first words."""
    key = board.plan.body.first_about
    return domains.names().get(key, ""), domains.ICONS.get(key, "")


def asked(board: LookbackView) -> str:
    """Who asked something for this family before the plan began."""
    by, _question = board.asked
    return _("%(who)s vroeg:", who=by) if by else _("Iemand vroeg:")


def people_then(board: LookbackView) -> list[tuple[str, list[Face]]]:
    """Who was there in the first week, by the ring they were in."""
    rings = people_words.rings()
    found = {ring: [_face(board, one) for one, then in board.begin.people if then is ring] for ring in Ring}
    return [(rings[ring], faces) for ring, faces in found.items() if faces]


def people_since(board: LookbackView) -> list[Face]:
    """Who came since."""
    return [_face(board, person) for person in board.came]


def names(faces: Sequence[Face]) -> str:
    """Their names in a row: "oma, Jef en Kaat"."""
    return listed([face.name for face in faces])


def is_reached(goal: GoalView) -> bool:
    """Whether this is what they wanted, and got."""
    return bool(goal.thing.state == GoalState.REACHED)


def nothing_yet(board: LookbackView) -> str:
    """What stands there before anything was done."""
    if board.began == board.today:
        return _("Vandaag is het begin. Later zie je hier hoe ver jullie zijn.")
    return _("Hier komt wat jullie zelf doen. Eén kleine stap is genoeg.")


def day(doing: Doing, whole: Whole) -> str:
    """When it was: "Vandaag", "3 maart"."""
    today = local_day(moment(), whole.zone)
    near = {0: _("Vandaag"), 1: _("Gisteren")}
    return near.get((today - doing.day).days) or _short(doing.day, today)


def who(doing: Doing, whole: Whole) -> str:
    """Who did it, and how often: "Sara en Kaat · 4 keer"."""
    times = ngettext("%(num)s keer", "%(num)s keer", doing.times) if doing.times > 1 else ""
    return " · ".join(part for part in (people_words.names(whole, doing.who), times) if part)


def _face(board: LookbackView, person: Thing[PersonBody]) -> Face:
    return people_words.face(person, board.whole.actor)


def _short(value: date, today: date) -> str:
    return day_in_words(value, "d MMMM" if value.year == today.year else "d MMMM y")
