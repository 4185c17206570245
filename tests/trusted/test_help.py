"""Hulp: first somebody whom the child chose, then a line with its hours, then the number for danger now."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask

from app.config import Config
from app.helplines import ALWAYS, FLANDERS, HelpLine
from app.pictos import shelf
from app.trusted import helping
from tests.cast import Cast

# In Brussels it is an hour later in winter, two in summer.
MOMENTS = [
    (datetime(2026, 2, 2, 14, 59, tzinfo=UTC), "Opent om 16 u"),
    (datetime(2026, 2, 2, 15, 0, tzinfo=UTC), "Nu open, tot 22 u"),
    (datetime(2026, 7, 6, 13, 59, tzinfo=UTC), "Opent om 16 u"),
    (datetime(2026, 7, 6, 14, 0, tzinfo=UTC), "Nu open, tot 22 u"),
    (datetime(2026, 2, 3, 21, 30, tzinfo=UTC), "Opent morgen om 14 u"),
    (datetime(2026, 2, 7, 21, 30, tzinfo=UTC), "Opent maandag om 16 u"),
]


@pytest.mark.parametrize(("at", "said"), MOMENTS)
def test_it_says_whether_somebody_answers_in_the_zone_of_the_plan(app: Flask, at: datetime, said: str) -> None:
    with app.test_request_context(), time_machine.travel(at, tick=False):
        talk, danger = helping.lines_now("Europe/Brussels")
        assert talk[0].when.replace("\u00a0", " ") == said
        told = talk[0].sentence.replace("\u00a0", " ")
        assert told == f"Awel {'is ' * talk[0].is_open}{said[0].lower()}{said[1:]}."
        assert (danger.when, danger.line.number) == ("Altijd open", "112")


@pytest.mark.parametrize(("at", "said"), MOMENTS[:2])
def test_the_hours_stand_on_hulp_and_at_the_foot_of_every_page(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, at: datetime, said: str
) -> None:
    monkeypatch.setattr(helping, "now", lambda: at)
    kaat = cast.client_of("kaat")
    page, today = (kaat.get(f"/p/{cast.plan}/mij{path}").text.replace("\u00a0", " ") for path in ("/hulp", ""))
    assert f"Luistert naar kinderen en jongeren. {said}" in page
    assert re.search(rf"Awel (is )?{said[0].lower()}{said[1:]}\.", today)


def test_first_somebody_the_child_chose_then_awel_then_112(cast: Cast) -> None:
    text = cast.client_of("kaat").get(f"/p/{cast.plan}/mij/hulp").text
    order = [text.index(part) for part in ("iemand die je vertrouwt", "Sara", "tel:102", "tel:112")]
    assert order == sorted(order)
    assert "tel:1712" in text
    assert "tel:106" in text


def test_every_page_of_a_child_ends_with_whom_to_tell(cast: Cast) -> None:
    for who, path in (("kaat", "/mij"), ("kaat", "/mij/wens"), ("mil", "/mij"), ("mil", "/mij/vertrouw")):
        text = re.sub(r"<[^>]+>|\s+", " ", cast.client_of(who).get(f"/p/{cast.plan}{path}").text)
        said = "Ben je bang? Zeg het aan iemand die je vertrouwt. Of bel Awel: 102. Ben je nu in gevaar? Bel 112."
        assert said in re.sub(r" +", " ", text), (who, path)


def signs(text: str) -> list[str]:
    return re.findall(r'<a class="own-tile[^>]*href="tel:[^>]*>.*?/([0-9A-F-]+)\.[^/"]+"', text)


def test_a_child_in_pictures_knows_each_line_by_a_picture_of_its_own(cast: Cast) -> None:
    """At the foot of each page; on the page Hulp all of it stands once."""
    kaat = cast.client_of("kaat")
    today, own = kaat.get(f"/p/{cast.plan}/mij").text, kaat.get(f"/p/{cast.plan}/mij/hulp").text
    assert signs(today) == ["1F442", "1F691"]
    assert signs(own) == ["1F442", "1F6E1", "1F319", "1F691"]
    assert own.count('href="tel:102"') == own.count('href="tel:112"') == 1
    assert own.count("Ben je nu in gevaar?") == 1
    # Who is older has the look of everybody.
    assert not signs(cast.client_of("mil").get(f"/p/{cast.plan}/mij").text)


def test_lines_of_a_host_without_pictures_never_look_the_same() -> None:
    lines = [HelpLine(f"Lijn {one}", "1", ALWAYS) for one in range(6)]
    lines += [HelpLine("Oor", "2", ALWAYS, picto="1F442"), HelpLine("112", "112", ALWAYS, danger=True)]
    found = helping.pictures(lines)
    assert (len(set(found)), found[-2], found[-1]) == (8, "1F442", "1F691")
    assert all(shelf.is_known(one) for one in (*found, *helping.pictures(FLANDERS)))


def test_no_page_of_an_adult_has_that_foot(cast: Cast) -> None:
    assert "tel:102" not in cast.client_of("sara").get(f"/p/{cast.plan}/").text


def test_a_phone_is_there_where_the_child_sees_it(cast: Cast, app: Flask) -> None:
    """Oma's number is shared with nobody but the family: until a parent puts oma on the page of Kaat."""
    text = cast.client_of("kaat").get(f"/p/{cast.plan}/mij/hulp").text
    assert 'href="tel:04' not in text
    with app.test_request_context():
        _show(cast, cast.people["oma"])
    text = cast.client_of("kaat").get(f"/p/{cast.plan}/mij/hulp").text
    assert 'href="tel:04' in text


def _show(cast: Cast, thing: object) -> None:
    from msgspec.structs import replace

    from app.change import Put, change
    from app.policy.actions import Action

    member = cast.thing("member kaat", "sara")
    body = replace(member.body, shown=(*member.body.shown, thing))
    change(cast.sara, Action.CHILD_PAGE_CHANGE, Put(member, body))


def test_the_lines_are_the_hosts(app: Flask) -> None:
    config: Config = app.extensions["onsplan.config"]
    assert [line.number for line in config.help_lines] == ["102", "1712", "106", "112"]
