"""What proposals say to the family: who proposes, what became of it, a sentence for every reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.agreements import rules as agreement_rules
from app.agreements import words as agreement_words
from app.goals import rules as goal_rules
from app.goals import words as goal_words
from app.local import local_day
from app.people import rules as people_rules
from app.people import words as people_words
from app.plan import rules as plan_rules
from app.plan import words as plan_words
from app.proposals.nouns import Act, LineState
from app.proposals.rules import Later, Reason
from app.proposals.store import LineView
from app.translations import day_in_words, ngettext
from app.translations import gettext as _


def sentence(reason: Any) -> str:
    """What to say when a rule says no: one of ours, or of the room that a yes would change."""
    if isinstance(reason, Reason):
        return _sentences()[reason]
    said: dict[type, Callable[[Any], str]] = {
        goal_rules.Reason: goal_words.sentence,
        agreement_rules.Reason: agreement_words.sentence,
        people_rules.Reason: people_words.sentence,
        plan_rules.Reason: plan_words.sentence,
    }
    return said[type(reason)](reason)


def _sentences() -> dict[Reason, str]:
    return {
        Reason.DECIDED: _("Hier is al een antwoord. Kijk hoe het nu staat."),
        Reason.NOTHING_SAID: _("Schrijf op wat jullie doen. Klein is goed."),
    }


def name(line: LineView) -> str:
    """Who proposes it, as the family says it."""
    return line.share.name or _("iemand")


def title(line: LineView) -> str:
    """Who proposes it."""
    return _("Voorstel van %(name)s", name=name(line))


def more(count: int) -> str:
    """How many more wait."""
    return ngettext("Nog %(num)s voorstel", "Nog %(num)s voorstellen", count)


def yes_to_all(count: int) -> str:
    """The button that says yes to all that a visit brought."""
    return _("Ja op alle %(num)s", num=count)


def answer(line: LineView) -> str:
    """What became of a line, short."""
    if line.is_later:
        return _("Later")
    return {
        LineState.WAITING: _("Wacht op jullie"),
        LineState.ACCEPTED: _("Ja, maar anders") if line.body.answer else _("Ja, dat doen wij"),
        LineState.DECLINED: _("Nee"),
        LineState.WITHDRAWN: _("Voorbij"),
    }[line.standing]


def told(line: LineView) -> str:
    """What became of a line, in a sentence; empty while it waits in sight."""
    if line.is_later:
        return _("Dit komt terug op %(day)s.", day=back_on(line))
    if line.standing is LineState.WITHDRAWN:
        return _("Dit voorstel is voorbij. Jullie hoeven niets te doen.")
    if line.is_waiting:
        return ""
    who = line.whole.name(line.body.decided_by)
    if line.standing is LineState.DECLINED:
        return _("%(who)s zei nee. Het komt niet in ons plan.", who=who)
    return _("%(who)s zei ja. Dit staat nu in ons plan.", who=who)


def back_on(line: LineView) -> str:
    """The day on which a line for later is in sight again."""
    due = line.thing.due_at
    return "" if due is None else day_in_words(local_day(due, line.whole.zone), "EEEE d MMMM")


def origin(line: LineView) -> str:
    """On something of the plan: that it began as a proposal."""
    if line.body.answer is None:
        return _("Voorstel van %(name)s. Wij zeiden ja.", name=name(line))
    return _("Voorstel van %(name)s. Wij maakten er dit van.", name=name(line))


def effect(line: LineView) -> str:
    """What a yes does to who sees what, where only one parent hosts the guest."""
    if not line.share.thing.body.alone or line.body.act is Act.STOPPED:
        return ""
    if line.body.act is Act.NEW:
        return _("Zeg je ja? Dan zien alleen jij en %(name)s dit.", name=name(line))
    return _("Zeg je ja? Dan leest iedereen die dit ziet de nieuwe woorden.")


def later_options() -> list[dict[str, Any]]:
    """Until when it may wait."""
    words = {
        Later.TOMORROW: _("Morgen"),
        Later.WEEK: _("Volgende week"),
        Later.MONTH: _("Over een maand"),
    }
    return [{"value": later.value, "label": word, "icon": "calendar"} for later, word in words.items()]
