"""What goals say to people: a sentence for every reason, a word for every state, the choices of a form."""

from __future__ import annotations

from typing import Any

from app.goals.commands import GoalInput
from app.goals.forms import GoalForm, StepForm
from app.goals.nouns import GoalBody, GoalState, Reins, StepBody, StepState, Stitch, Thread
from app.goals.rules import Reason
from app.goals.store import GoalsView, GoalView
from app.people import words as people_words
from app.people.store import people_in
from app.plan import domains
from app.scope import Whole
from app.translations import gettext as _
from app.translations import ngettext
from app.web.both import Side


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


def people_options(whole: Whole) -> list[dict[str, Any]]:
    """Everybody who may be chosen, as tiles."""
    return people_words.options(people_in(whole).people)


def domain_options() -> list[dict[str, Any]]:
    """The life domains as tiles."""
    return people_words.domain_options(())


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


def in_form(whole: Whole, form: GoalForm) -> list[Side]:
    """A goal as a form has it, in words."""
    fields = (("words",), ("whose",), ("domain", "own_domain"), ("arranger", "reins"), ("thread", "stitch"))
    shown = [*_shown(whole, form.given()), (_("Welke draad?"), _look(form.given()))]
    return [Side(label, text, names) for (label, text), names in zip(shown, fields, strict=True)]


def step_in_form(whole: Whole, form: StepForm) -> list[Side]:
    """A small step as a form has it, in words."""
    helpers = people_words.names(whole, form.helpers.data or ())
    return [Side(_("Wat?"), form.words.data, ("words",)), Side(_("Wie helpt daarbij?"), helpers, ("helpers",))]


def told(whole: Whole, body: GoalBody, state: str) -> list[tuple[str, str]]:
    """What history tells of a goal."""
    states = {
        GoalState.NOW: _("Nu"),
        GoalState.LATER: _("Later"),
        GoalState.REACHED: _("Gelukt"),
        GoalState.DROPPED: _("Dit willen wij niet meer"),
    }
    looks, stands = (_("Welke draad?"), _look(body)), (_("Hoe staat het?"), states[GoalState(state)])
    return [*_shown(whole, body), looks, stands]


def told_step(whole: Whole, body: StepBody, state: str) -> list[tuple[str, str]]:
    """What history tells of a small step."""
    done = _("Gelukt") if state == StepState.DONE else _("Nog niet")
    return [
        (_("Wat?"), body.words),
        (_("Wie helpt?"), people_words.names(whole, body.helpers)),
        (_("Hoe staat het?"), done),
    ]


def _shown(whole: Whole, goal: GoalBody | GoalInput) -> list[tuple[str, str]]:
    arranger = people_words.names(whole, [goal.arranger] if goal.arranger else [])
    return [
        (_("Wat willen jullie?"), goal.words),
        (_("Wie wil dit?"), people_words.names(whole, goal.whose)),
        (_("Waar gaat het over?"), domains.name(goal.domain)),
        (_("Wie regelt dit?"), ", ".join(part for part in (arranger, reins(goal.reins)) if part)),
    ]


def _look(goal: GoalBody | GoalInput) -> str:
    chosen = ((thread_options(), goal.thread), (stitch_options(), goal.stitch))
    return ", ".join(one["label"] for options, value in chosen for one in options if one["value"] == value)


def _reins() -> dict[Reins, str]:
    return {Reins.WE: _("Wij zelf"), Reins.TOGETHER: _("Samen"), Reins.WITH_SUPPORT: _("Met steun")}
