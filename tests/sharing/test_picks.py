"""Who sees an item, chosen in two taps: what a tap makes of an audience, and that it does just that."""

import re
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.policy.actor import Ring
from app.policy.audience import ONLY_ME, Audience, Facts, Who, is_private, sees
from app.sharing.rules import Pick, closed_to, picked, why_not_choose
from tests.cast import Cast
from tests.sharing.family import BETTY, JEF, OMA, SARA, goal, items, link, parent
from tests.sharing.pages import main, root, tokens_off
from tests.sharing.test_audience import cast_version, chooser, said

__all__ = ["tokens_off"]

# ---- the rule --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "others", "after"),
    [
        # At default, those who see it now stay, by hand.
        (goal(), {OMA, BETTY}, Audience(Who.WE_AND, people=(BETTY,))),
        (goal(), {OMA}, Audience(Who.WE)),
        (goal(Who.WE_AND, people=(OMA, BETTY)), {OMA, BETTY}, Audience(Who.WE_AND, people=(BETTY,))),
        (goal(Who.WE_AND, people=(OMA,)), {OMA}, Audience(Who.WE)),
        # A ring gives way to the others in it.
        (goal(Who.WE_AND, rings=(Ring.CLOSE,)), {OMA, BETTY}, Audience(Who.WE_AND, people=(BETTY,))),
        (
            goal(Who.WE_AND, rings=(Ring.CLOSE, Ring.SERVICES)),
            {OMA},
            Audience(Who.WE_AND, rings=(Ring.SERVICES,)),
        ),
        (goal(Who.ME_AND, people=(OMA, BETTY)), {OMA, BETTY}, Audience(Who.ME_AND, people=(BETTY,))),
        (goal(Who.ME_AND, people=(OMA,)), {OMA}, Audience(Who.ME)),
        # What is closed already stays as it is.
        (goal(Who.WE), set(), Audience(Who.WE)),
        (goal(Who.ME), set(), Audience(Who.ME)),
        (goal(default=ONLY_ME), set(), Audience()),
    ],
)
def test_one_person_is_left_out_and_nobody_else(now: Facts, others: set[UUID], after: Audience) -> None:
    assert closed_to(now, OMA, Ring.CLOSE, others) == after


@pytest.mark.parametrize(
    ("pick", "person", "after"),
    [
        (Pick.WE, None, Audience(Who.WE)),
        (Pick.DEFAULT, None, Audience()),
        (Pick.ME, None, Audience(Who.ME)),
        (Pick.ALSO, OMA, Audience(Who.WE_AND, people=(BETTY, OMA))),
        (Pick.NOT, BETTY, Audience(Who.WE)),
        (Pick.ME_AND, OMA, Audience(Who.ME_AND, people=(OMA,))),
        # Sent by hand: a choice that needs a person without one, and one that takes none with one.
        (Pick.ALSO, None, None),
        (Pick.NOT, None, None),
        (Pick.ME_AND, None, None),
        (Pick.WE, OMA, None),
        (Pick.DEFAULT, OMA, None),
        (Pick.ME, OMA, None),
    ],
)
def test_a_tap_gives_an_item_this_audience(pick: Pick, person: UUID | None, after: Audience | None) -> None:
    assert picked(pick, person, Ring.CLOSE, goal(), {BETTY}) == after


PEOPLE = (OMA, BETTY)
ALL = [parent(SARA), parent(JEF), *(link(one, *kinds) for one in PEOPLE for kinds in ((), ("goal", "agreement")))]


@given(items, st.sampled_from(PEOPLE), st.sampled_from([(), ("goal", "agreement")]))
def test_leaving_one_person_out_shows_it_to_nobody_who_did_not_see_it(
    item: Facts, person: UUID, kinds: tuple[str, ...]
) -> None:
    """Whoever looks in, and whatever was chosen before: the person is out, and no other link or parent comes in."""
    readers = [parent(SARA), parent(JEF), *(link(one, *kinds) for one in PEOPLE)]
    others = {reader.person for reader in readers[2:] if sees(reader, item) and reader.person}
    after = replace(item, audience=closed_to(item, person, Ring.CLOSE, others))
    for reader in readers:
        assert sees(reader, after) is (sees(reader, item) and reader.person != person)


@given(items, st.sampled_from(PEOPLE), st.sampled_from([(), ("goal", "agreement")]))
def test_adding_one_person_shows_it_to_nobody_else(item: Facts, person: UUID, kinds: tuple[str, ...]) -> None:
    readers = [parent(SARA), parent(JEF), *(link(one, *kinds) for one in PEOPLE)]
    others = {reader.person for reader in readers[2:] if sees(reader, item) and reader.person}
    chosen = picked(Pick.ALSO, person, Ring.CLOSE, item, others)
    assert chosen is not None
    after = replace(item, audience=chosen)
    for reader in readers:
        if reader.person != person:
            assert sees(reader, after) is sees(reader, item) or reader.person in item.audience.people


# ---- whoever chooses, and however often ------------------------------------------------------------------------------

acts = st.lists(
    st.tuples(
        st.sampled_from((SARA, JEF)),
        st.one_of(
            st.tuples(st.sampled_from(Pick), st.sampled_from((None, *PEOPLE))),
            st.builds(
                Audience,
                st.sampled_from(Who),
                rings=st.lists(st.sampled_from(Ring), max_size=2, unique=True).map(tuple),
                people=st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True).map(tuple),
            ),
        ),
    ),
    max_size=12,
)


@given(items, acts)
def test_no_row_of_choices_widens_what_is_kept_or_narrows_what_is_not_ones_own(item: Facts, row: list[Any]) -> None:
    """By whatever the pages offer and whatever is sent by hand, in any order, by both parents."""
    links = [link(one, *kinds, host=host) for one in PEOPLE for kinds, host in ((("goal",), None), ((), SARA))]
    readers = [parent(SARA), parent(JEF), *links]
    for whose, act in row:
        if not sees(parent(whose), item):
            continue
        others = {one.person for one in readers[2:] if sees(one, item) and one.person}
        chosen = picked(act[0], act[1], Ring.CLOSE, item, others) if isinstance(act, tuple) else act
        if chosen is None or why_not_choose(whose, item, chosen) is not None:
            continue
        after = replace(item, audience=chosen)
        if item.writer != whose:
            assert is_private(after) is is_private(item) is False
            assert sees(parent(item.writer or SARA), after)
        came = [one for one in readers if sees(one, after) and not sees(one, item)]
        assert not came or item.writer == whose or not is_private(item)
        item = after


# ---- the page --------------------------------------------------------------------------------------------------------


def buttons(cast: Cast, name: str, who: str = "sara") -> dict[str, str]:
    """The choices on the page, by what they are called, with what they do."""
    page = main(cast.client_of(who).get(chooser(cast, name)).text)
    found = re.findall(r'<span class="tile-text">([^<]+)<span class="note">([^<]+)</span>', page)
    return dict(found)


def pick(cast: Cast, name: str, choice: str, who: str = "sara", **form: object) -> int:
    """One tap."""
    data = {"pick": choice, "form_key": uuid4().hex, **form}
    return cast.client_of(who).post(chooser(cast, name), data=data).status_code


def test_each_choice_is_a_button_that_says_beforehand_what_it_does(cast: Cast) -> None:
    assert buttons(cast, "goal of us") == {
        "Ook Oma Rosa Roodborsttapuit": "Oma Rosa Roodborsttapuit ziet dit dan ook.",
        "Zonder Tante Nele": "Tante Nele ziet dit dan niet meer.",
        "Zonder Lisa Bosuil": "Lisa Bosuil ziet dit dan niet meer.",
        "Alleen wij": "Tante Nele, Kaat en Lisa Bosuil zien dit dan niet meer.",
        "Alleen ik": "Jef, Tante Nele, Kaat en Lisa Bosuil zien dit dan niet meer.",
        "Ook Mil": "Mil ziet dit dan ook.",
        "Zonder Kaat": "Kaat ziet dit dan niet meer.",
        "Ik en Kaat": "Jef, Tante Nele en Lisa Bosuil zien dit dan niet meer.",
        "Ik en Mil": "Mil ziet dit dan ook. Jef, Tante Nele, Kaat en Lisa Bosuil zien dit dan niet meer.",
        "Ik en Tante Nele": "Jef, Kaat en Lisa Bosuil zien dit dan niet meer.",
        "Ik en Els Watersnip": "Els Watersnip ziet dit dan ook. "
        "Jef, Tante Nele, Kaat en Lisa Bosuil zien dit dan niet meer.",
        "Ik en Bert Ransuil": "Bert Ransuil ziet dit dan ook. "
        "Jef, Tante Nele, Kaat en Lisa Bosuil zien dit dan niet meer.",
    }


# Who has a page as a child.
KIDS = ("Ook Kaat", "Ook Mil")


@pytest.mark.parametrize(
    ("who", "name", "offered"),
    [
        # Jef did not write it, and knows nothing of whom Sara hosts alone.
        (
            "jef",
            "goal of us",
            {
                "Ook Oma Rosa Roodborsttapuit", "Zonder Tante Nele", "Zonder Lisa Bosuil", "Alleen wij", "Ook Mil",
                "Zonder Kaat",
            },
        ),
        (
            "sara",
            "goal alone",
            {"Zoals gewoon", "Alleen wij", "Ook Tante Nele", *KIDS, "Ook Els Watersnip", "Ook Bert Ransuil"},
        ),
        ("sara", "goal me and els", {"Zoals gewoon", "Alleen wij", "Alleen ik", "Zonder Els Watersnip",
                                     "Ook Tante Nele", *KIDS, "Ook Bert Ransuil"}),
        ("jef", "goal closed", {"Zoals gewoon", "Ook Oma Rosa Roodborsttapuit", "Ook Tante Nele", "Ook Lisa Bosuil",
                                 *KIDS}),
        # A parent stays in view of the other, whoever wrote them down.
        ("sara", "jef", {"Alleen wij", "Ook Tante Nele", "Ook Oma Rosa Roodborsttapuit", "Ook Lisa Bosuil",
                         *(kid.replace("Ook", "Zonder") for kid in KIDS)}),
    ],
)  # fmt: skip
def test_only_what_may_be_chosen_and_changes_something_is_offered(
    cast: Cast, who: str, name: str, offered: set[str]
) -> None:
    assert set(buttons(cast, name, who)) == offered


@pytest.mark.both_databases
def test_every_choice_does_what_it_said(cast: Cast) -> None:
    for choice, person, after in (
        ("also", "oma", "Ook Tante Nele, Kaat, Lisa Bosuil en Oma Rosa Roodborsttapuit zien dit"),
        ("not", "nele", "Ook Kaat, Lisa Bosuil en Oma Rosa Roodborsttapuit zien dit"),
        ("not", "kaat", "Ook Lisa Bosuil en Oma Rosa Roodborsttapuit zien dit"),
        ("not", "lisa", "Ook Oma Rosa Roodborsttapuit ziet dit"),
        ("not", "oma", "Alleen wij zien dit"),
        ("also", "lisa", "Ook Lisa Bosuil ziet dit"),
        ("default", "", "Ook Tante Nele, Kaat en Lisa Bosuil zien dit"),
        ("me_and", "els", "Alleen Els Watersnip en jij zien dit"),
        ("also", "bert", "Alleen Els Watersnip, Bert Ransuil en jij zien dit"),
        ("not", "els", "Alleen Bert Ransuil en jij zien dit"),
        ("me", "", "Alleen jij ziet dit"),
        ("we", "", "Alleen wij zien dit"),
    ):
        chosen = f"{choice}:{cast.people[person]}" if person else choice
        assert pick(cast, "goal of us", chosen) == 303
        assert {frozenset(said(cast, "goal of us").replace(",", "").split())} == {
            frozenset(after.replace(",", "").split())
        }


@pytest.mark.parametrize(
    ("who", "name", "choice", "status"),
    [
        ("jef", "goal of us", "me", 422),
        ("jef", "goal of us", "me_and:{oma}", 422),
        ("jef", "goal of us", "also:{els}", 422),
        ("sara", "goal of us", "also:{els}", 422),
        ("sara", "goal of us", "also:{lies}", 422),
        ("sara", "goal of us", "also:{jef}", 422),
        ("sara", "goal of us", "me_and:{jef}", 422),
        ("sara", "goal of us", "also", 422),
        ("sara", "goal of us", "also:", 422),
        ("sara", "goal of us", "also:nobody", 422),
        ("sara", "goal of us", "we:{oma}", 422),
        ("sara", "jef", "me", 422),
        ("jef", "goal alone", "we", 404),
        ("jef", "goal alone", "also:{oma}", 404),
        ("nele", "goal of us", "not:{lisa}", 404),
        ("lisa", "goal of us", "also:{oma}", 404),
        ("oma", "goal with oma", "we", 404),
        ("lies", "goal of us", "we", 401),
    ],
)
def test_a_choice_sent_by_hand_goes_no_further_than_the_page(
    cast: Cast, who: str, name: str, choice: str, status: int
) -> None:
    before = cast_version(cast, name)
    assert pick(cast, name, choice.format(**cast.people), who) == status
    assert cast_version(cast, name) == before


def test_two_who_choose_about_one_person_each_at_once_both_get_it(cast: Cast) -> None:
    version = cast_version(cast, "goal of us")
    assert pick(cast, "goal of us", f"also:{cast.people['oma']}", "jef", version=version) == 303
    assert pick(cast, "goal of us", f"not:{cast.people['lisa']}", "sara", version=version) == 303
    assert set(said(cast, "goal of us").replace(",", "").split()) >= {"Oma", "Nele"}
    assert "Lisa" not in said(cast, "goal of us")


def test_of_two_choices_for_all_the_second_is_told_of_the_first(cast: Cast) -> None:
    version = cast_version(cast, "goal of us")
    assert pick(cast, "goal of us", "we", "jef", version=version) == 303
    assert pick(cast, "goal of us", "me", "sara", version=version) == 422
    assert said(cast, "goal of us", "jef") == "Alleen wij zien dit"


def test_whom_the_chooser_does_not_know_of_stays(cast: Cast) -> None:
    """Sara keeps oma for herself from now on; when Jef takes Lisa off, oma does not fall off too."""
    for choice in (f"also:{cast.people['oma']}", f"not:{cast.people['nele']}"):
        assert pick(cast, "goal of us", choice) == 303
    assert pick(cast, "person oma", "me") == 303
    assert pick(cast, "goal of us", f"not:{cast.people['lisa']}", "jef") == 303
    assert cast.app is not None
    with cast.app.app_context():
        assert cast.people["oma"] in cast.thing("goal of us", "sara").body.audience.people


def test_a_choice_can_be_taken_back(cast: Cast) -> None:
    sara = cast.client_of("sara")
    sara.post(chooser(cast, "goal of us"), data={"pick": "we", "form_key": uuid4().hex})
    page = sara.get(f"{root(cast)}/doelen/{cast.id('goal of us')}").text
    undo = re.search(r'action="(/p/[^"]+/toch-niet)"', page) or re.search(r'action="(/p/[^"]*veranderd[^"]*)"', page)
    assert undo
    assert sara.post(undo[1], data={"form_key": uuid4().hex, "back": "1"}).status_code == 303
    assert said(cast, "goal of us") == "Ook Tante Nele, Kaat en Lisa Bosuil zien dit"
