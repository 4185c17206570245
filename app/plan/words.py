"""What the plan, its members and homes say to people: a sentence for every reason, the choices of a form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.plan import domains
from app.plan import nights as nights_rules
from app.plan.commands import FactsInput
from app.plan.forms import FactsForm, HomeForm, NightsForm
from app.plan.nouns import HomeBody, InviteBody, MemberBody, Nights, Overview, PlanBody
from app.plan.rules import Reason
from app.rooms import KINDS, Face
from app.scope import Whole
from app.translations import apart, day_in_words, ngettext, weekday_names
from app.translations import gettext as _
from app.web.both import Side

if TYPE_CHECKING:
    from app.plan.sleeping import NightsView


def sentence(reason: Reason) -> str:
    """What to say when a rule says no."""
    return {
        Reason.UNKNOWN_PERSON: _("Kies wie je binnenlaat, of schrijf een naam."),
        Reason.HAS_A_KEY: _("Die persoon kan ons plan al openen. Kies iemand anders."),
        Reason.INVITED_ALREADY: _("Die persoon heeft al een uitnodiging. Je vindt ze bij Wie kan ons plan openen?"),
        Reason.NO_LONGER: _("Deze link werkt niet meer. Vraag een nieuwe aan wie deze link gaf."),
        Reason.IS_INSIDE: _("Dit toestel opent het plan al. Stuur de link naar wie je binnenlaat."),
        Reason.ENDS_BEFORE_START: _("Deze dag komt voor het begin. Kies een latere dag."),
        Reason.NOT_OUR_PERSON: _("Die naam staat niet meer bij onze mensen. Kies iemand anders."),
        Reason.NO_NIGHT: _("Kies een nacht. Meer nachten mag ook."),
        Reason.NO_FIRST_DAY: _("Kies op welke dag zo’n week begint."),
        Reason.TOO_SPARSE: _("Kies om de hoeveel weken."),
    }[reason]


def overviews() -> dict[Overview, str]:
    """The answers to "Wie houdt het overzicht?"."""
    return {Overview.WE: _("Wij zelf"), Overview.TOGETHER: _("Samen"), Overview.SOMEONE: _("Iemand")}


def overview_options() -> list[dict[str, Any]]:
    """The same as tiles, with room for not knowing yet."""
    hints = {Overview.TOGETHER: _("Met iemand die helpt"), Overview.SOMEONE: _("Kies wie, hieronder")}
    told = [{"value": one.value, "label": word, "hint": hints.get(one, "")} for one, word in overviews().items()]
    return [*told, {"value": "", "label": _("Ik weet het nog niet")}]


def face_options(faces: Iterable[Face]) -> list[dict[str, Any]]:
    """People as tiles of a form."""
    return [{"value": face.id, "label": face.name, "ring": face.ring, "photo": face} for face in faces]


def day(value: date | None) -> str:
    """A day as people say it: "15 januari 2026"; nothing for a day that is still open."""
    return "" if value is None else day_in_words(value, "d MMMM y")


def sleepers(people: Iterable[Face], home: HomeBody) -> list[Face]:
    """Who of these people sleeps in a home."""
    return [face for face in people if face.id in home.sleepers]


def sleep_here(people: Sequence[Face]) -> str:
    """Who sleeps in a home, as a sentence."""
    names = listed([face.name for face in people])
    return ngettext("%(names)s slaapt hier.", "%(names)s slapen hier.", len(people), names=names)


def listed(words: Sequence[str]) -> str:
    """Words in a row: "oma, Jef en Kaat"."""
    if len(words) < 2:
        return "".join(words)
    *some, last = (apart(word) for word in words)
    return _("%(some)s en %(last)s", some=", ".join(some), last=last)


def facts_in_form(form: FactsForm) -> list[Side]:
    """The facts of a plan as a form has them, in words."""
    fields = ("name", "signed_up_by", "signed_up_question", "signed_up_on", "started_on", "ended_on")
    return [Side(label, text, (name,)) for (label, text), name in zip(_facts(form.given()), fields, strict=True)]


def home_in_form(people: Iterable[Face], form: HomeForm) -> list[Side]:
    """A home as a form has it, in words."""
    names = [face.name for face in people if face.id in (form.sleepers.data or ())]
    name = Side(_("Hoe noemen jullie dit huis?"), form.name.data, ("name",))
    return [name, Side(_("Wie slaapt hier?"), listed(names), ("sleepers",))]


def told(whole: Whole, body: PlanBody, _state: str) -> list[tuple[str, str]]:
    """What history tells of the plan's facts."""
    seen = whole.get(KINDS["person"], body.overview_person)
    keeper = [overviews()[body.overview]] if body.overview else []
    keeper += [whole.name(body.overview_person)] if seen is not None else []
    first = (_("Waar moet het nu eerst over gaan?"), domains.name(body.first_about))
    since = (_("Sinds wanneer?"), day(body.overview_since))
    return [*_facts(body), (_("Wie houdt het overzicht?"), ", ".join(filter(None, keeper))), since, first]


def told_home(whole: Whole, body: HomeBody, _state: str) -> list[tuple[str, str]]:
    """What history tells of a home."""
    names = [name for name in map(whole.name, body.sleepers) if name]
    told = [nights_line(whole.name(one.child), one) for one in body.nights if whole.name(one.child)]
    moved = [one_night(night, there) for one in body.nights for night, there in sorted(one.moved.items())]
    return [
        (_("Hoe noemen jullie dit huis?"), body.name),
        (_("Wie slaapt hier?"), listed(names)),
        (_("Welke nachten?"), ", ".join(told)),
        (_("Eén nacht anders"), ", ".join(moved)),
    ]


def nights_line(child: str, nights: Nights) -> str:
    """When a child sleeps in a home: "Kaat: vrijdag en zaterdag, om de 2 weken"."""
    return _("%(who)s: %(nights)s", who=child, nights=rhythm(nights))


def nights_told(home: HomeBody, child: UUID) -> Nights | None:
    """What was said of the nights of a child in a home."""
    return nights_rules.nights_of(home, child)


def rhythm(nights: Nights) -> str:
    """The nights of a rhythm, and how often."""
    if len(nights.weekdays) == len(nights_rules.ALL_DAYS):
        days = _("elke nacht")
    elif nights.weekdays:
        days = listed([weekday_names()[one] for one in nights.weekdays])
    else:
        days = _("soms")
    return days if nights.every == 1 else f"{days}, {often(nights.every)}"


def often(every: int) -> str:
    """How often a week of nights comes back."""
    return _("elke week") if every == 1 else _("om de %(number)s weken", number=every)


def weekday_options() -> list[dict[str, Any]]:
    """The nights of the week, short."""
    names = weekday_names("abbreviated")
    return [{"value": number, "label": names[number]} for number in nights_rules.ALL_DAYS]


def often_options() -> list[dict[str, Any]]:
    """How often the week comes back."""
    return [{"value": number, "label": often(number)} for number in range(1, nights_rules.SPARSEST + 1)]


def there_options() -> list[dict[str, Any]]:
    """One night that is otherwise."""
    return [{"value": "yes", "label": _("Slaapt hier")}, {"value": "no", "label": _("Slaapt hier niet")}]


def exceptions(nights: Nights | None, today: date) -> list[dict[str, Any]]:
    """The nights that are otherwise, from today on."""
    moved = {} if nights is None else nights.moved
    coming = sorted((night, there) for night, there in moved.items() if night >= today)
    return [{"value": night, "label": one_night(night, there)} for night, there in coming]


def one_night(night: date, there: bool) -> str:
    """One exception as a line."""
    on = day_in_words(night, "EEEE d MMMM")
    return _("%(day)s: hier", day=on) if there else _("%(day)s: niet hier", day=on)


def coming_nights(view: NightsView) -> list[tuple[str, str]]:
    """The next seven nights and where this child sleeps then, as it stands."""
    days = [view.today + timedelta(days=ahead) for ahead in range(7)]
    found = [(one, nights_rules.where(view.homes, view.child.id, one)) for one in days]
    return [(day_in_words(one, "EEEE"), home.body.name if home else _("nog niet zeker")) for one, home in found]


def nights_in_form(form: NightsForm) -> list[Side]:
    """The nights of a child as a form has them, in words."""
    given = form.given()
    told = [day_in_words(night, "EEEE d MMMM") for night in given.kept]
    return [
        Side(_("Welke nachten?"), listed([weekday_names()[one] for one in given.weekdays]), ("weekdays",)),
        Side(_("Hoe vaak?"), often(given.every), ("every",)),
        Side(_("Vanaf welke dag?"), day(given.first), ("first",)),
        Side(_("Eén nacht anders"), listed(told), ("kept", "night", "there")),
    ]


def told_way_in(whole: Whole, body: MemberBody | InviteBody, _state: str) -> list[tuple[str, str]]:
    """What history tells of a member or an invitation: whose it is."""
    return [(_("Wie?"), whole.name(body.person))]


def _facts(body: PlanBody | FactsInput) -> list[tuple[str, str]]:
    return [
        (_("Hoe heten jullie?"), body.name),
        (_("Wie ons aanmeldde"), body.signed_up_by),
        (_("Wat vroegen zij?"), body.signed_up_question),
        (_("Wanneer meldde iemand ons aan?"), day(body.signed_up_on)),
        (_("Wanneer begon de hulp?"), day(body.started_on)),
        (_("Wanneer stopt de hulp?"), day(body.ended_on)),
    ]
