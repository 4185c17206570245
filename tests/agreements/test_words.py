"""An agreement in words: plain, as people in Flanders say and write it."""

from datetime import date, time

import msgspec
import pytest

from app.agreements import words
from app.agreements.nouns import Result, When, WhenSort
from app.agreements.rules import Reason

TODAY = date(2026, 11, 26)  # a Thursday
NBSP = "\N{NO-BREAK SPACE}"


def december(day: int) -> date:
    return date(2026, 12, day)


def weekly(*weekdays: int, **more: object) -> When:
    return msgspec.structs.replace(When(sort=WhenSort.WEEKLY, day=TODAY, weekdays=weekdays), **more)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (When(), "nog geen dag"),
        (When(sort=WhenSort.DAY, day=december(3), at=time(15, 30)), "donderdag 3 december om 15.30 u"),
        (When(sort=WhenSort.DAY, day=december(3)), "donderdag 3 december"),
        (When(sort=WhenSort.DAY, day=date(2027, 1, 5)), "dinsdag 5 januari 2027"),
        (When(sort=WhenSort.DAY, day=TODAY, at=time(8)), "vandaag om 8 u"),
        (When(sort=WhenSort.DAY, day=date(2026, 11, 27), at=time(8, 5)), "morgen om 8.05 u"),
        (When(sort=WhenSort.DAY, day=date(2026, 11, 25)), "gisteren"),
        (weekly(3, 1, at=time(8), until=date(2027, 6, 30)), "elke dinsdag en donderdag om 8 u, tot 30 juni 2027"),
        (weekly(0, 2, 4, until=december(18)), "elke maandag, woensdag en vrijdag, tot 18 december"),
        (weekly(2, every=2), "om de 2 weken op woensdag"),
        (weekly(5, 6, every=2, day=december(4)), "om de 2 weken op zaterdag en zondag, vanaf 4 december"),
        (weekly(*range(7), at=time(19)), "elke dag om 19 u"),
        (weekly(*range(5)), "van maandag tot vrijdag"),
        (When(sort=WhenSort.PERIOD, day=december(1), until=december(5)), "van 1 tot 5 december"),
        (When(sort=WhenSort.PERIOD, day=date(2026, 11, 28), until=december(5)), "van 28 november tot 5 december"),
        (When(sort=WhenSort.PERIOD, day=december(28), until=date(2027, 1, 3)), "van 28 december tot 3 januari 2027"),
        (When(sort=WhenSort.PERIOD, day=december(1)), "vanaf dinsdag 1 december"),
        (When(sort=WhenSort.PERIOD, until=december(1)), "tegen dinsdag 1 december"),
        (When(sort=WhenSort.PERIOD, day=december(1), until=december(1)), "dinsdag 1 december"),
        (When(sort=WhenSort.ONCE, words="als het regent"), "als het regent"),
    ],
)
def test_a_time_is_said_as_people_say_it(when: When, said: str) -> None:
    assert words.when(when, TODAY).replace(NBSP, " ") == said


def test_one_time_of_a_rhythm_is_said_by_its_day() -> None:
    said = words.occurrence(weekly(3, at=time(15, 30)), TODAY, TODAY)
    assert words.begun(said) == f"Vandaag om 15.30{NBSP}u"
    assert words.occurrence(When(sort=WhenSort.ONCE, words="als het regent"), None, TODAY) == "als het regent"


def test_days_beside_each_other_are_said_in_a_row() -> None:
    days = [date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 29)]
    assert words.days(days, None, TODAY) == "morgen, zaterdag en zondag"


@pytest.mark.parametrize(
    ("names", "what", "when", "said"),
    [
        (["Tante Betty"], "Kaat ophalen aan school", "elke dinsdag om 15.30 u",
         "Tante Betty: Kaat ophalen aan school, elke dinsdag om 15.30 u."),
        (["Oma", "Moeke", "Jef"], "Samen wandelen.", "als het niet regent.",
         "Oma, Moeke en Jef: Samen wandelen, als het niet regent."),
        ([], "De brief beantwoorden", "", "De brief beantwoorden."),
        (["Laura"], "Luisteren naar Kaat", "", "Laura: Luisteren naar Kaat."),
    ],
)  # fmt: skip
def test_an_agreement_is_one_sentence(names: list[str], what: str, when: str, said: str) -> None:
    assert words.whole(names, what, when) == said


def test_a_report_says_who_told_it() -> None:
    assert words.result(Result.DONE, ["Oma"]) == "Oma: gelukt"
    assert words.result(Result.MISSED, ["Oma"]) == "Oma: niet gelukt"
    assert words.result(Result.DONE, []) == "Gelukt"


def test_the_days_to_tap_are_the_coming_week_and_another() -> None:
    labels = [option["label"] for option in words.day_options(TODAY)]
    assert labels == [
        "vandaag", "morgen", "zaterdag 28", "zondag 29", "maandag 30", "dinsdag 1", "woensdag 2", "een andere dag",
    ]  # fmt: skip


def test_there_is_a_kind_sentence_for_every_reason() -> None:
    for reason in Reason:
        said = words.sentence(reason)
        assert said.endswith(".")
        assert not {"ongeldig", "verplicht", "helaas", "sorry"} & set(said.lower().split())
