"""Everything in a plan shows who sees it, with faces and in words, to the parents; and to nobody else."""

import re

import pytest

from tests.cast import Cast
from tests.sharing.pages import main, root

pytestmark = pytest.mark.both_databases

WHERE = {
    "goal of us": "doelen/{goal of us}",
    "step of us": "stappen/{step of us}/verander",
    "agreement of oma": "afspraken/{agreement of oma}",
    "outcome missed by oma": "afspraken/{agreement of oma}",
    "person oma": "mensen/{person oma}",
    "contact phone of oma": "mensen/{person oma}",
    "contact address of oma": "mensen/{person oma}",
    "home": "huizen",
    "moment of us": "fotos/{moment of us}",
}
# What each parent reads beside it.
SAID = {
    ("goal of us", "sara"): "Ook Tante Nele, Kaat en Lisa Bosuil zien dit",
    ("step of us", "sara"): "Ook Tante Nele en Lisa Bosuil zien dit",
    ("agreement of oma", "jef"): "Ook Oma Rosa Roodborsttapuit en Lisa Bosuil zien dit",
    ("outcome missed by oma", "jef"): "Ook Oma Rosa Roodborsttapuit ziet dit",
    ("person oma", "sara"): "Alleen wij zien dit",
    ("contact phone of oma", "sara"): "Alleen wij zien dit",
    ("contact address of oma", "jef"): "Alleen jij ziet dit",
    ("home", "sara"): "Ook Kaat ziet dit",
    ("moment of us", "jef"): "Ook Kaat ziet dit",
}


def beside(cast: Cast, name: str, who: str) -> list[tuple[str, str]]:
    """Where the faces beside a thing lead, and what stands beside them."""
    path = WHERE[name].format(**{one: piece.id for one, piece in cast.pieces.items()})
    answer = cast.client_of(who).get(f"{root(cast)}/{path}")
    at = rf'href="(/p/[^"]+/wie-ziet/{cast.pieces[name].kind}/{cast.id(name)})"'
    return re.findall(rf'<a class="audience" {at}>(<span class="faces".*?)</a>', main(answer.text), re.DOTALL)


@pytest.mark.parametrize(("name", "who"), SAID)
def test_a_thing_shows_the_faces_of_who_sees_it(cast: Cast, name: str, who: str) -> None:
    found = beside(cast, name, who)
    assert found, "no faces that lead to the choice"
    assert SAID[name, who] in found[0][1]
    assert cast.client_of(who).get(found[0][0]).status_code == 200


@pytest.mark.parametrize("who", ["nele", "lisa", "oma"])
def test_nobody_but_a_parent_is_told_who_else_sees_a_thing(cast: Cast, who: str) -> None:
    for name, path in WHERE.items():
        if who in cast.pieces[name].seen_by:
            address = path.format(**{one: piece.id for one, piece in cast.pieces.items()})
            page = cast.client_of(who).get(f"{root(cast)}/{address}").text
            assert "/wie-ziet/" not in page, name
            assert not re.search("(ziet|zien) dit<", page), name


def test_a_list_of_goals_shows_it_too_and_asks_no_more_for_it(cast: Cast) -> None:
    page = main(cast.client_of("sara").get(f"{root(cast)}/doelen").text)
    cards = len(re.findall('<a class="card goal-card"', page))
    assert cards == len(re.findall(r'<a class="audience"', page)) > 5


def test_every_kind_whose_audience_is_chosen_is_known_here(cast: Cast) -> None:
    """A new kind of thing shows its faces somewhere, or stands among the plan's own workings (`rules.FIXED`)."""
    from app.rooms import KINDS
    from app.sharing.store import has_audience

    assert {kind.name for kind in KINDS.values() if has_audience(kind)} == {cast.pieces[name].kind for name in WHERE}
