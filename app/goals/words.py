"""What goals say to people: a sentence for every reason, a word for every state, the choices of a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.goals.nouns import GoalBody, GoalState, Reins, Stitch, Thread
from app.goals.rules import Reason
from app.goals.store import GoalsView, GoalView
from app.people.models import PERSON
from app.plan import domains
from app.policy.actor import Ring
from app.scope import Whole
from app.translations import gettext as _
from app.translations import ngettext

RING_NUMBER = {Ring.WE: 1, Ring.CLOSE: 2, Ring.SERVICES: 3}


def sentence(reason: Reason) -> str:
    """What to say when a rule says no."""
    return {
        Reason.NO_SUCH_MOVE: _("Dit ging al voorbij. Kijk hoe het nu staat."),
        Reason.UNKNOWN_PERSON: _("Die naam staat niet meer bij onze mensen. Kies iemand anders."),
    }[reason]


def reins(value: Reins | None) -> str:
    """The answer to "Wie regelt dit?"."""
    return "" if value is None else _reins()[value]


def progress(goal: GoalView) -> str:
    """How far, as what was done; never as what was not."""
    done = sum(goal.done)
    return ngettext("%(num)s stap gezet", "%(num)s stappen gezet", done) if done else _("Hier begint het.")


def groups(board: GoalsView) -> list[tuple[str, list[GoalView]]]:
    """The goals under their headings; those of now need none."""
    return [
        ("", board.in_state(GoalState.NOW)),
        (_("Later"), board.in_state(GoalState.LATER)),
        (_("Gelukt"), board.in_state(GoalState.REACHED)),
        (_("Dit willen wij niet meer"), board.in_state(GoalState.DROPPED)),
    ]


def names(whole: Whole, people: Sequence[UUID]) -> str:
    """Names as people say them: "oma, Jef en Kaat"."""
    said = [name for name in map(whole.name, people) if name]
    if len(said) < 2:
        return "".join(said)
    return _("%(some)s en %(last)s", some=", ".join(said[:-1]), last=said[-1])


def people_options(whole: Whole) -> list[dict[str, Any]]:
    """Everybody who may be chosen, as tiles."""
    return [
        {"value": person.id, "label": person.body.name or _("Ik"), "ring": RING_NUMBER[person.body.ring]}
        for person in whole.all(PERSON)
    ]


def domain_options() -> list[dict[str, Any]]:
    """The life domains as tiles."""
    return [{"value": key, "label": word, "icon": domains.ICONS[key]} for key, word in domains.names().items()]


def reins_options() -> list[dict[str, Any]]:
    """The answers to "Wie regelt dit?" as tiles."""
    return [{"value": value.value, "label": word} for value, word in _reins().items()]


def thread_options() -> list[dict[str, Any]]:
    """The colours of wool."""
    words = {
        Thread.PREI: _("Groen"),
        Thread.BLAUW: _("Blauw"),
        Thread.WORTEL: _("Oranje"),
        Thread.KOOL: _("Paars"),
        Thread.MUNT: _("Munt"),
        Thread.MOSTERD: _("Geel"),
    }
    return [{"value": value.value, "label": word, "colour": value.value} for value, word in words.items()]


def stitch_options() -> list[dict[str, Any]]:
    """The stitches."""
    words = {
        Stitch.RECHT: _("Recht"),
        Stitch.GOLF: _("Golf"),
        Stitch.ZIGZAG: _("Zigzag"),
        Stitch.KETTING: _("Ketting"),
        Stitch.KRALEN: _("Kralen"),
        Stitch.DUBBEL: _("Dubbel"),
    }
    return [{"value": value.value, "label": word, "stitch": value.value} for value, word in words.items()]


def shown(whole: Whole, body: GoalBody) -> list[tuple[str, str]]:
    """A goal as pairs of label and text, to put beside another's."""
    arranger = names(whole, [body.arranger] if body.arranger else [])
    return [
        (_("Wat willen jullie?"), body.words),
        (_("Wie wil dit?"), names(whole, body.whose)),
        (_("Waar gaat het over?"), domains.name(body.domain)),
        (_("Wie regelt dit?"), ", ".join(part for part in (arranger, reins(body.reins)) if part)),
    ]


def _reins() -> dict[Reins, str]:
    return {Reins.WE: _("Wij zelf"), Reins.TOGETHER: _("Samen"), Reins.WITH_SUPPORT: _("Met steun")}
