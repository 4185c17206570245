"""The plan on paper, read back: what stands on it for each of the cast, its tags, its fonts, its code."""

import re
from itertools import pairwise

import msgspec
import pytest
from flask import Flask

from tests.cast import FAMILY, PARENTS, Cast
from tests.export.printing import SORTS, printed
from tests.support import paper as reading

ADDRESS = "http://localhost:8000"
# What pages of the plan show to its reader, and paper does not: what somebody keeps, unless they choose so ...
OF_SARA = {"goal alone", "step alone", "goal me and oma", "goal me and els", "agreement alone", "contact phone of sara"}
OF_SARA |= {"person els", "person neighbour", "person bert", "goal me and bert", "moment alone"}
KEPT = OF_SARA | {"goal of jef"}
# ... and never: how something went, what is done already, where somebody lives, what lies in the bin.
NEVER = {"outcome missed by nele", "outcome missed by oma", "outcome closed", "agreement closed"}
NEVER |= {"contact address of oma", "goal binned"}
# ... nor what guests said: it is an answer to somebody, and the plan holds what became of it.
SAID = ("line", "greeting", "talk", "with", "said", "reply")
# ... nor the words for who cannot see a photo: the photo itself is there.
SAID += ("photo", "voice", "film")
OURS = {"Familjen", "Atkinson", "Andika", "Vazirmatn"}


def expected(cast: Cast, who: str) -> set[str]:
    """Every piece that must stand on somebody's whole plan."""
    return {name for name in cast.canaries_for(who) if not name.startswith(SAID)} - KEPT - NEVER


@pytest.mark.parametrize("who", sorted(FAMILY))
def test_the_whole_plan_holds_all_that_its_member_sees_and_nothing_else(cast: Cast, who: str) -> None:
    text = reading.text(printed(cast, who))
    found = {name for name, piece in cast.pieces.items() if piece.canary and piece.canary in text}
    spoken_of = {name for name, piece in cast.pieces.items() if who in piece.spoken_of}
    assert found - spoken_of == expected(cast, who)


@pytest.mark.parametrize("who", sorted(FAMILY))
@pytest.mark.parametrize("sort", SORTS)
def test_no_word_is_on_paper_that_was_not_meant_for_its_member(cast: Cast, who: str, sort: str) -> None:
    """Not even when they ask for what only they see."""
    text = reading.text(printed(cast, who, sort, own=True))
    assert [name for name, canary in cast.canaries_not_for(who).items() if canary in text] == []


def test_what_one_parent_keeps_comes_on_their_paper_when_they_choose_so(cast: Cast) -> None:
    text = reading.text(printed(cast, "sara", own=True))
    assert {name for name in OF_SARA if cast.canary(name) in text} == OF_SARA
    assert cast.canary("goal of jef") not in text


def test_phone_numbers_stay_off_when_the_family_wants_so(cast: Cast) -> None:
    number = cast.canary("contact phone of oma")
    for sort in SORTS:
        assert number in reading.text(printed(cast, "jef", sort))
        assert number not in reading.text(printed(cast, "jef", sort, numbers=False))


@pytest.mark.parametrize("sort", SORTS)
def test_it_is_tagged_in_dutch_and_its_file_names_nobody(cast: Cast, sort: str) -> None:
    data = printed(cast, "sara", sort)
    told = reading.told(data)
    assert (told["lang"], told["title"], told["part"]) == ("nl-BE", "Ons plan", "1")
    assert told["marked"] == told["shows its title"] == "True"
    words = [piece.canary for piece in cast.pieces.values() if piece.canary]
    assert not any(word in value for word in words for value in told.values())
    assert not any(value.startswith("D:") for value in told.values()), "a file that says at which second it was made"


@pytest.mark.parametrize("sort", SORTS)
def test_its_tags_read_in_order_with_words_for_every_picture(cast: Cast, sort: str) -> None:
    data = printed(cast, "sara", sort)
    tags = reading.tags(data)
    names = [tag for tag, _alt in tags]
    headings = [int(tag[1]) for tag in names if tag in {"H1", "H2", "H3", "H4"}]
    assert headings.count(1) == 1
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))
    assert {"L", "LI", "LBody", "Table", "THead", "TH", "TD", "Figure", "P"} <= set(names)
    assert all(alt for tag, alt in tags if tag == "Figure")
    assert ("Figure", "Code om ons plan te openen, met een sleutel") in tags
    assert any("kleine stap" in alt for tag, alt in tags if tag == "Figure")
    assert not reading.untagged(data)


@pytest.mark.parametrize("sort", SORTS)
def test_its_fonts_are_inside_and_ours(cast: Cast, sort: str) -> None:
    fonts = reading.fonts(printed(cast, "sara", sort))
    assert all(fonts.values())
    assert all(name[6] == "+" for name in fonts), "not only the letters that are used"
    assert {name.partition("+")[2].partition("-")[0] for name in fonts} <= OURS


@pytest.mark.parametrize("sort", SORTS)
def test_its_code_is_read_in_grey_at_72_dots_an_inch(cast: Cast, sort: str) -> None:
    assert reading.codes(printed(cast, "sara", sort)) == [f"{ADDRESS}/p/{cast.plan}/"]


def test_the_poster_is_one_page_and_every_page_of_the_plan_says_which(cast: Cast) -> None:
    poster, whole = printed(cast, "sara", "poster"), printed(cast, "sara", "whole")
    assert reading.pages(poster) == 1
    number = reading.pages(whole)
    for page in range(1, number + 1):
        assert f"Bladzijde {page} van {number}" in reading.text(whole)


def test_the_code_gives_no_access_and_tells_nobody_that_there_is_a_plan(cast: Cast, app: Flask) -> None:
    """Who scans it on a new phone finds the way in with a key, the same for any address."""
    from uuid import uuid4

    here, nowhere = (app.test_client().get(f"/p/{plan}/") for plan in (cast.plan, uuid4()))
    said = [re.sub(r'name="csrf_token" value="[^"]*"', "", answer.text) for answer in (here, nowhere)]
    assert here.status_code == nowhere.status_code == 404
    assert said[0] == said[1]
    assert "Open met je sleutelkaart" in here.text
    assert cast.client_of("jef").get(f"/p/{cast.plan}/").status_code == 200


def test_an_agreement_stands_there_by_its_date_and_its_rhythm(cast: Cast, app: Flask) -> None:
    """Paper hangs longer than "morgen" lasts."""
    from datetime import date, time

    from app.agreements.models import AGREEMENT
    from app.agreements.nouns import AgreementBody, AgreementState, When, WhenSort
    from app.change import Add, change
    from app.policy.actions import Action

    weekly = When(sort=WhenSort.WEEKLY, day=date(2020, 1, 6), weekdays=(1, 3), at=time(15, 30))
    with app.app_context():
        body = AgreementBody(words="Zwemmen", when=weekly, where="Het zwembad")
        change(cast.sara, Action.AGREEMENT_ADD, Add(AGREEMENT, body, AgreementState.OPEN))
    text = reading.text(printed(cast, "sara"))
    assert "Elke dinsdag en donderdag" in text
    assert "Het zwembad" in text
    assert "andaag" not in text.replace("Wie kunnen wij vanavond", "")


def test_long_words_and_every_script_stay_on_the_page(cast: Cast, app: Flask) -> None:
    from app.change import Put, change
    from app.policy.actions import Action

    goal = "Meervoudigepersoonlijkheidsontwikkelingsstoornisbegeleidingsafspraken" * 2
    with app.app_context():
        thing = cast.thing("goal of us", "sara")
        change(cast.sara, Action.GOAL_CHANGE, Put(thing, msgspec.structs.replace(thing.body, words=goal)))
    text = reading.text(printed(cast, "sara", "poster"))
    assert goal in text.replace(" ", "")


def test_two_parents_each_get_their_own(cast: Cast) -> None:
    texts = {who: reading.text(printed(cast, who, own=True)) for who in PARENTS}
    assert cast.canary("goal of jef") in texts["jef"]
    assert cast.canary("goal of jef") not in texts["sara"]
    assert cast.canary("goal alone") in texts["sara"]
    assert cast.canary("goal alone") not in texts["jef"]


def test_a_sheet_with_ten_times_as_many_photos_asks_no_more(cast: Cast, app: Flask) -> None:
    """Where they lie is asked at once, on the plan's sheet and on a child's, whose photos lie in two roots."""
    from app.change import Add, change
    from app.db import Only
    from app.export import commands
    from app.export.nouns import Choice, Sort
    from app.goals.models import GOAL
    from app.goals.nouns import GoalBody, GoalState
    from app.people.models import PERSON
    from app.people.nouns import PersonBody
    from app.policy.actions import Action
    from app.policy.actor import Ring
    from tests.armour.test_pages import counted
    from tests.export.test_child_paper import photo

    def more(number: int) -> None:
        for one in range(number):
            goal = GoalBody(words=f"Doel {one}", photo=photo(cast.plan, "Een goal"))
            change(cast.sara, Action.GOAL_ADD, Add(GOAL, goal, GoalState.NOW))
            person = PersonBody(name=f"Tante {one}", ring=Ring.WE, photo=photo(cast.plan, "Een tante"))
            change(cast.sara, Action.PERSON_ADD, Add(PERSON, person, Only.ACTIVE))

    def asked(sort: Sort, choice: Choice) -> tuple[int, int]:
        with app.test_request_context(), counted(app) as statements:
            page = next(commands._pages(cast.sara, sort, choice, None))
        return len(statements), page.count("data:image/webp")

    sheets = ((Sort.WHOLE, Choice()), (Sort.PICTURES, Choice(child=cast.id("member kaat"))))
    with app.app_context():
        more(1)
    small = [asked(*one) for one in sheets]
    with app.app_context():
        more(9)
    for (few, photos), (many, shown) in zip(small, (asked(*one) for one in sheets), strict=True):
        assert shown > photos + 5
        assert many <= few <= 8
