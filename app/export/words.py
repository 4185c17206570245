"""What the plan on paper says to people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.agreements import words as agreement_words
from app.agreements.nouns import WhenSort
from app.agreements.turns import AgreementView
from app.export.nouns import Choice
from app.export.photos import all_in, photos_on
from app.export.store import Paper
from app.goals.nouns import StepBody, StepState
from app.goals.store import GoalView
from app.items import Thing
from app.people import words as people_words
from app.people.store import PersonView
from app.plan.nouns import HomeBody
from app.plan.words import listed, sleep_here
from app.policy.actor import Ring
from app.rooms import Face
from app.translations import apart, day_in_words, ngettext
from app.translations import gettext as _
from app.web.picto import line


def family_name(paper: Paper) -> str:
    """What the family calls itself."""
    return paper.plan.body.name or listed([person.name for person in paper.ring(Ring.WE)])


def pen(paper: Paper) -> Callable[[Thing[Any]], str]:
    """What gives the picture on a thing as its address in the page itself: its small photo; without one, or while its
    file is away, its pictogram in lines; else empty.

    Paper is there without photos then; once they are back, what lies ready is no longer what is and is made anew.
    """
    photos = photos_on(all_in(paper.whole))

    def picture(thing: Thing[Any]) -> str:
        photo = thing.body.photo
        return ("" if photo is None else photos(thing.plan, photo)) or line(thing.body.picto)

    return picture


def printed_on(paper: Paper) -> str:
    """The day on the paper: "Papier van 22 november 2026"."""
    return _("Papier van %(day)s", day=day_in_words(paper.day, "d MMMM y"))


def progress(goal: GoalView) -> str:
    """How far, as what was done; never as what was not."""
    done = sum(goal.done)
    return ngettext("%(num)s stap gezet", "%(num)s stappen gezet", done) if done else ""


def is_done(step: Thing[StepBody]) -> bool:
    """Whether a small step went well."""
    return step.state == StepState.DONE


def helpers(paper: Paper, step: StepBody) -> str:
    """Who helps with it, by name."""
    return people_words.names(paper.whole, step.helpers)


def who(agreement: AgreementView) -> str:
    """Who does it."""
    return listed([face.name for face in agreement.faces])


def when(paper: Paper, agreement: AgreementView) -> str:
    """When it is, by its date; nothing when that is open."""
    said = agreement.thing.body.when
    return (
        "" if said.sort is WhenSort.OPEN else agreement_words.begun(agreement_words.when(said, paper.day, lasting=True))
    )


def rings(paper: Paper) -> list[tuple[str, list[PersonView]]]:
    """Our people, by ring; a ring without people is not there."""
    found = [(name, paper.ring(ring)) for ring, name in people_words.rings().items()]
    return [(name, people) for name, people in found if people]


def role(person: PersonView) -> str:
    """What somebody is for us, and whether we wait for them."""
    body = person.thing.body
    return " · ".join(part for part in (people_words.line(body), people_words.state_line(body)) if part)


def number(paper: Paper, person: PersonView) -> str:
    """Their phone number as the family wrote it, when the family wants it on paper."""
    return person.phone.body.value if paper.choice.numbers and person.phone else ""


def sleepers(paper: Paper, home: HomeBody) -> str:
    """Who sleeps in a home, as a sentence."""
    names = [paper.whole.name(one) for one in home.sleepers]
    faces = [Face(one, name, 1) for one, name in zip(home.sleepers, names, strict=True) if name]
    return sleep_here(faces) if faces else ""


def sent(choice: Choice) -> list[tuple[str, str]]:
    """A choice as the fields of a form, to ask for the same once more."""
    ticked = {"numbers": choice.numbers, "own": choice.own, "lines": choice.lines}
    several = [("sets", one.value) for one in choice.sets] + [("pictos", code) for code in choice.pictos]
    day = [("day", choice.day.isoformat())] if choice.day else []
    return [*((name, "1") for name, on in ticked.items() if on), *several, *day]


def title(paper: Paper) -> str:
    """The heading of the sheet."""
    return apart(family_name(paper)) or _("Ons plan")


def code() -> str:
    """What the code on paper is, for who hears the paper read."""
    return _("Code om ons plan te openen, met een sleutel")
