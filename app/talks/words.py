"""What talks about the family say to people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from app.agreements.words import clock, near_day
from app.people.models import PERSON
from app.plan.words import listed
from app.rooms import Face
from app.scope import Whole
from app.talks.forms import WithForm
from app.talks.nouns import TalkBody, TalkState, WithBody, Word
from app.talks.rules import Reason
from app.talks.store import TalkView, WithView
from app.translations import day_in_words
from app.translations import gettext as _
from app.web.both import Side


def sentence(reason: Reason) -> str:
    """What to say when a rule says no."""
    return {
        Reason.NOBODY: _("Met wie praat je? Kies iemand, of schrijf een naam."),
        Reason.UNKNOWN_PERSON: _("Die naam staat niet meer bij onze mensen. Kies iemand anders."),
        Reason.TOO_MANY: _("Dat zijn veel namen. Kies er hoogstens 20."),
        Reason.NO_DAY: _("Kies een dag. Je kan die later nog veranderen."),
        Reason.PAST_DAY: _("Die dag is voorbij. Kies een dag die nog komt."),
        Reason.TOO_FAR: _("Kies een dag binnen een jaar."),
        Reason.DAY_OVER: _("Die dag is voorbij. Dit blijft zo staan."),
        Reason.NOT_YET: _("Dit overleg komt nog. Vertel het daarna."),
        Reason.CALLED_OFF: _("Dit overleg gaat niet door."),
        Reason.TOLD_ALREADY: _("Wat er gezegd is, staat er al."),
        Reason.ASKED_ANEW: _("Dit veranderde net. Lees het nog eens."),
        Reason.NO_WORD: _("Kies een antwoord."),
    }[reason]


def answers() -> dict[Word, str]:
    """The three answers of the family, in the order of the buttons."""
    return {Word.COMING: _("Wij komen"), Word.NOT_WITHOUT: _("Niet zonder ons"), Word.FINE: _("Dat is goed")}


def verdict(talk: TalkView) -> list[str]:
    """What the family says, "Niet zonder ons" first; empty without an answer."""
    return [answers()[word] for word in talk.verdict]


def each(talk: TalkView) -> list[str]:
    """What each parent said: "Sara: Wij komen"."""
    said = [(talk.whole.name(one.by) or _("Iemand van ons"), one.word) for one in talk.answers]
    return [_("%(name)s: %(answer)s", name=name, answer=answers()[word]) for name, word in said]


def who(talk: TalkView) -> str:
    """Who talks with whom: "Lisa praat over ons met juf Laura."."""
    return _("%(name)s praat over ons met %(names)s.", name=talk.share.name or _("Iemand"), names=with_whom(talk.names))


def who_of_mine(talk: TalkView) -> str:
    """The same for who talks."""
    return _("Jij praat met %(names)s.", names=with_whom(talk.names))


def with_whom(names: Sequence[str]) -> str:
    """Names in a row; of people who are out of sight there is no name."""
    return listed(list(names)) or _("iemand")


def when(talk: TalkView) -> str:
    """The day, and the time when it is known."""
    if talk.body.day is None:
        return ""
    day = near_day(talk.body.day, talk.today)
    return day if talk.body.at is None else _("%(day)s om %(time)s", day=day, time=clock(talk.body.at))


def not_agreed(talk: TalkView, *, is_guest: bool) -> str:
    """To whom the family did not say yes beforehand; empty when they did to all."""
    if not talk.not_agreed:
        return ""
    return _("Hier zei het gezin nog geen ja op") if is_guest else _("Hier zeiden jullie nog geen ja op")


def may(view: WithView) -> str:
    """With whom a guest may talk, in one line."""
    return listed(view.names) or _("Niemand zonder ons")


def may_before(view: WithView, body: WithBody) -> str:
    """The same as it was before."""
    return listed(_names(view.whole, body)) or _("Niemand zonder ons")


def options(faces: Iterable[Face]) -> list[dict[str, Any]]:
    """People as tiles."""
    return [{"value": str(face.id), "label": face.name, "ring": face.ring, "photo": face} for face in faces]


def day(one: date, today: date) -> str:
    """A day: "3 maart"; with its year when that is another than this one."""
    return day_in_words(one, "d MMMM" if one.year == today.year else "d MMMM y")


def in_form(faces: Sequence[Face], form: WithForm) -> list[Side]:
    """With whom a guest may talk, as a form has it."""
    chosen = [face.name for face in faces if face.id in (form.people.data or ())]
    return [
        Side(_("Met wie?"), listed(chosen), ("people",)),
        Side(_("Met wie nog?"), form.others.data, ("others",)),
        Side(_("Waarover wel, waarover niet?"), form.words.data, ("words",)),
    ]


def told(whole: Whole, body: TalkBody, state: str) -> list[tuple[str, str]]:
    """What history tells of a talk."""
    states = {
        TalkState.TOLD: "",
        TalkState.CANCELLED: _("Gaat niet door"),
        TalkState.SAID: "",
    }
    now = [answer for answer in body.answers if answer.asked == body.asked]
    said = [_("%(name)s: %(answer)s", name=whole.name(one.by), answer=answers()[one.word]) for one in now]
    day = "" if body.day is None else day_in_words(body.day, "d MMMM y")
    return [
        (_("Met wie?"), listed(_names(whole, body))),
        (_("Wanneer?"), day if body.at is None else f"{day}, {clock(body.at)}"),
        (_("Waarover?"), body.about),
        (_("Wat zeggen wij?"), ", ".join(said)),
        (_("Wat is er gezegd?"), body.said),
        ("", states[TalkState(state)]),
    ]


def told_with(whole: Whole, body: WithBody, _state: str) -> list[tuple[str, str]]:
    """What history tells of with whom a guest may talk."""
    return [(_("Met wie?"), listed(_names(whole, body))), (_("Waarover wel, waarover niet?"), body.words)]


def _names(whole: Whole, body: TalkBody | WithBody) -> list[str]:
    """With whom; of a person whom the reader does not see there is no name."""
    seen = (whole.name(one) for one in body.people if whole.get(PERSON, one) is not None)
    return [name for name in (*seen, *body.others) if name]
