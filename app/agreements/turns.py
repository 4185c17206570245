"""An agreement and its occurrences, as one actor's pages show them: who, what, when, how it went, what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING

from app.agreements import rules, words
from app.agreements.nouns import AgreementBody, AgreementState, OutcomeBody, Result, WhenSort
from app.goals.models import GOAL
from app.goals.nouns import GoalBody
from app.items import Thing
from app.people import words as people_words
from app.people.models import PERSON
from app.plan.models import PLAN
from app.plan.nouns import PlanBody
from app.policy.actions import Action
from app.policy.decide import permits
from app.rooms import Face
from app.scope import Whole
from app.translations import gettext as _
from app.web.both import Side

if TYPE_CHECKING:
    from app.agreements.forms import AgreementForm

NO_DAY = "zonder-dag"
SECOND_RING, MOST_BEFORE = 2, 20
_TELL = Action.OUTCOME_TELL


@dataclass(frozen=True)
class Around:
    """What forms and pages need beside agreements. `today` is the plan's local day."""

    whole: Whole
    today: date

    @property
    def plan(self) -> Thing[PlanBody] | None:
        return self.whole.get(PLAN, self.whole.actor.plan)

    @property
    def everybody(self) -> list[Face]:
        """Who may be chosen, ourselves first."""
        faces = (people_words.face(person, self.whole.actor) for person in self.whole.all(PERSON))
        return sorted(faces, key=lambda face: face.ring)

    @property
    def goals(self) -> list[Thing[GoalBody]]:
        return self.whole.all(GOAL)


@dataclass(frozen=True)
class AgreementView(Around):
    """An agreement, how its occurrences went, and who and what is around it."""

    thing: Thing[AgreementBody]
    outcomes: list[Thing[OutcomeBody]]

    @property
    def is_weekly(self) -> bool:
        return self.thing.body.when.sort is WhenSort.WEEKLY

    @cached_property
    def faces(self) -> list[Face]:
        """Who does it, to draw; also somebody whose own page this actor does not see."""
        found = []
        for one in self.thing.body.who:
            person = self.whole.get(PERSON, one)
            if person is not None:
                found.append(people_words.face(person, self.whole.actor))
            elif self.whole.name(one):
                found.append(Face(one, self.whole.name(one), SECOND_RING))
        return found

    @cached_property
    def line(self) -> str:
        """Who does what."""
        return words.line([face.name for face in self.faces], self.thing.body.words)

    @property
    def when(self) -> str:
        """When it is, with all of its rhythm."""
        return words.when(self.thing.body.when, self.today)

    @property
    def sentence(self) -> str:
        """All of it as one sentence."""
        is_open = self.thing.body.when.sort is WhenSort.OPEN
        return words.whole([face.name for face in self.faces], self.thing.body.words, "" if is_open else self.when)

    def in_form(self, form: AgreementForm) -> list[Side]:
        """An agreement as a form has it, in words."""
        given = form.given(self.today)
        goal = self.whole.get(GOAL, given.goal)
        times = ("sort", "day", "other_day", "at", "weekdays", "every", "start", "until", "first", "last", "condition")
        return [
            Side(_("Wat?"), given.words, ("words",)),
            Side(_("Wie?"), people_words.names(self.whole, given.who), ("who",)),
            Side(_("Wanneer?"), words.when(given.when, self.today), times),
            Side(_("Waar?"), given.where, ("where",)),
            Side(_("Voor welk doel?"), goal.body.words if goal else "", ("goal",)),
        ]

    @property
    def goal(self) -> Thing[GoalBody] | None:
        """What it is for, when said and seen."""
        return self.whole.get(GOAL, self.thing.body.goal)

    def may(self, action: Action) -> bool:
        """Whether the actor may do this to it, so that a page offers only what works."""
        return permits(self.whole.actor, action, self.thing.facts)

    def told(self, day: date | None) -> list[Thing[OutcomeBody]]:
        """What was said of one occurrence."""
        return [outcome for outcome in self.outcomes if outcome.body.day == day]

    def result(self, day: date | None) -> Result | None:
        """How one occurrence went; None when nobody said so yet."""
        body = self.thing.body
        if self.thing.state == AgreementState.DONE and not self.is_weekly and day == rules.key_day(body.when):
            return Result.DONE
        return rules.result_on(day, body.who, self.outcomes)

    @cached_property
    def week(self) -> list[Turn]:
        """Its occurrences of this week, however they went."""
        found = rules.occurrences(self.thing.body.when, *rules.week_of(self.today))
        return [Turn(self, each.day) for each in found]

    @cached_property
    def next(self) -> Turn | None:
        """The first occurrence after this week, or the only one when it has no day; None when that is done."""
        when = self.thing.body.when
        if rules.has_no_day(when):
            only = Turn(self, None)
            return None if only.is_done else only
        found = rules.next_occurrence(when, rules.week_of(self.today)[1] + rules.DAY)
        coming = Turn(self, found.day) if found is not None else None
        return None if coming is None or coming.is_done else coming

    @property
    def turns(self) -> list[Turn]:
        """The occurrences its page is about: those of this week, today first; else the next, or the only one."""
        if self.is_weekly:
            week = sorted(self.week, key=lambda turn: turn.day != self.today)
            return week or ([self.next] if self.next else [])
        return [Turn(self, rules.key_day(self.thing.body.when))]

    @property
    def told_before(self) -> list[Turn]:
        """The other occurrences of which somebody said how it went, last first."""
        days = {outcome.body.day for outcome in self.outcomes} - {turn.day for turn in self.turns}
        return [Turn(self, day) for day in sorted(days, key=lambda day: day or date.min, reverse=True)][:MOST_BEFORE]

    @property
    def may_change(self) -> bool:
        return self.may(Action.AGREEMENT_CHANGE)

    @property
    def may_remove(self) -> bool:
        return self.may(Action.AGREEMENT_REMOVE)

    @cached_property
    def last_done(self) -> Turn | None:
        """The occurrence that went well last."""
        days = [outcome.body.day for outcome in self.outcomes if outcome.body.result is Result.DONE]
        last = max(days, key=lambda day: day or date.min) if days else rules.key_day(self.thing.body.when)
        turn = Turn(self, last)
        return turn if turn.is_done else None


@dataclass(frozen=True)
class Turn:
    """One occurrence of an agreement: all that a card shows, and what its buttons are about.

    `day` is the day it is known by, None for the only occurrence of an agreement without a day; `more`: other open days
    of the same agreement, told along with it in a list.
    """

    agreement: AgreementView
    day: date | None
    more: tuple[date, ...] = ()

    @property
    def thing(self) -> Thing[AgreementBody]:
        """What the policy is asked about."""
        return self.agreement.thing

    @cached_property
    def path(self) -> str:
        """How an address names the occurrence."""
        return self.day.isoformat() if self.day else NO_DAY

    @cached_property
    def id(self) -> str:
        """The id of its card."""
        return f"turn-{self.thing.id}-{self.path}"

    @property
    def when(self) -> str:
        """When this one is: "Vandaag om 15.30 u"."""
        return words.begun(words.occurrence(self.thing.body.when, self.day, self.agreement.today))

    @property
    def whens(self) -> str:
        """When this one is and those beside it: "Morgen, vrijdag en zaterdag om 15.30 u"."""
        if self.day is None or not self.more:
            return self.when
        days = sorted((self.day, *self.more))
        return words.begun(words.days(days, self.thing.body.when.at, self.agreement.today))

    @property
    def also_open(self) -> str:
        """The days beside it: "maandag en dinsdag"."""
        return words.days(sorted(self.more), None, self.agreement.today) if self.more else ""

    @cached_property
    def result(self) -> Result | None:
        return self.agreement.result(self.day)

    @property
    def is_done(self) -> bool:
        return self.result is Result.DONE

    @property
    def is_missed(self) -> bool:
        return self.result is Result.MISSED

    @property
    def is_now(self) -> bool:
        """Whether its day came; always true without a day."""
        return self.day is None or self.day <= self.agreement.today

    @property
    def told(self) -> list[Thing[OutcomeBody]]:
        """What was said of it."""
        return self.agreement.told(self.day)

    @property
    def done_at(self) -> datetime:
        """When somebody said it went well."""
        told = [outcome.created_at for outcome in self.told if outcome.body.result is Result.DONE]
        return max(told, default=self.thing.changed_at)

    @property
    def reporters(self) -> list[str]:
        """Who reported it through a link, by name, while the family did not say so itself."""
        said = [told.body for told in self.told if told.body.result is self.result]
        if any(not body.reported for body in said) or self.thing.state == AgreementState.DONE:
            return []
        return [name for name in (self.agreement.whole.name(body.writer) for body in said) if name]

    @property
    def told_line(self) -> str:
        """How it went, and who says so: "Oma: gelukt"."""
        return words.result(self.result, self.reporters) if self.result else ""

    @property
    def whys(self) -> list[OutcomeBody]:
        """What was said about it in words."""
        return [told.body for told in self.told if told.body.why]

    @property
    def may_tell(self) -> bool:
        """Whether the actor may say how it went, as the family's own word or as a report."""
        return self.thing.state != AgreementState.STOPPED and (self.may_report or self.agreement.may(_TELL))

    @cached_property
    def may_report(self) -> bool:
        """Whether the actor says so beside the agreement, from outside the family."""
        return self.agreement.may(Action.OUTCOME_REPORT)

    @property
    def own_report(self) -> OutcomeBody | None:
        """What the actor reported of it."""
        return next((one.body for one in self.told if one.body.reported_by(self.agreement.whole.actor.person)), None)

    @property
    def may_take_back(self) -> bool:
        """Whether the actor may take back something that was said of it."""
        actor = self.agreement.whole.actor
        return any(permits(actor, Action.OUTCOME_TAKE_BACK, outcome.facts) for outcome in self.told)

    @property
    def may_change(self) -> bool:
        return self.agreement.may_change

    @cached_property
    def may_open(self) -> bool:
        """Whether the actor has a page of the agreement."""
        return self.agreement.may(Action.AGREEMENT_SEE)

    @property
    def order(self) -> tuple[date, time, int]:
        """Earlier first; without an hour after those with one; without a day last."""
        return self.day or date.max, self.thing.body.when.at or time.max, self.thing.position
