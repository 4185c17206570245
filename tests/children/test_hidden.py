"""What a child keeps leaves no trace: no page of anybody else changes by a byte or a question, however much it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import EVERYBODY, Cast
from tests.children.test_said import say, sitting, view
from tests.policy.test_no_trace import all_of, counted, differing
from tests.sharing.pages import tokens_off
from tests.support.full import size

if TYPE_CHECKING:
    from flask.testing import FlaskClient

__all__ = ["tokens_off"]
pytestmark = pytest.mark.usefixtures("tokens_off")

ONLOOKERS = ("sara", "nele", "lisa", "oma", "mil")
WHERE = (
    "",
    "nieuw",
    "wat-veranderde",
    "mensen",
    "doelen",
    "afspraken",
    "fotos",
    "meer",
    "wie-keek",
    "verteld",
    "delen",
)


def pages_of(cast: Cast, who: str) -> list[str]:
    """The pages on which something might be told."""
    root = f"/p/{cast.plan}"
    if who == "oma":
        link = f"{root}/voor/{cast.id('share oma')}"
        return [link, f"{link}/verteld"]
    if who == "mil":
        return [f"{root}/mij", f"{root}/mij/doos", f"{root}/mij/wie"]
    return [f"{root}/{page}" for page in WHERE]


@pytest.mark.parametrize("who", ONLOOKERS)
def test_whom_a_child_did_not_choose_meets_nothing_of_it(cast: Cast, who: str) -> None:
    from app.children import said_commands as commands

    onlooker, paths = cast.client_of(who), pages_of(cast, who)
    all_of(onlooker, paths)
    before = all_of(onlooker, paths)
    with sitting(cast):
        for number in range(size(3, 20)):
            said = say(cast, f"Kwartelkoning {number}")
            commands.let_see(view(cast, said, "jef"))
        commands.keep_to_self(view(cast, said))
        commands.put_away(view(cast, said))
    cast.client_of("jef").get(f"/p/{cast.plan}/verteld")
    after = all_of(onlooker, paths)
    assert not differing(before, after)
    assert not any("Kwartelkoning" in one.text for one in after.values())


def test_the_canaries_of_what_a_child_keeps_are_searched_for_in_what_everybody_reads(cast: Cast) -> None:
    """The matrix walks every route as everybody: this says that it looks for them there."""
    for who in EVERYBODY:
        unread = cast.canaries_not_for(who)
        assert ("said kaat kept" in unread) is (who not in {"kaat", "kaat_too"})
        assert ("said mil kept" in unread) is (who != "mil")
        assert ("said kaat to lisa" in unread) is (who not in {"kaat", "kaat_too", "lisa"})
        assert ("reply to kaat to sara" in unread) is (who not in {"kaat", "kaat_too", "sara"})


def test_no_paper_no_copy_and_no_history_of_the_plan_holds_it(cast: Cast) -> None:
    """Everything of a plan that leaves it is made of what lies in it: a layer is another root."""
    from app.policy.actor import system
    from app.rooms import KINDS
    from app.scope import load, load_all

    ours = {"layer", "said", "reply", "trusted"}
    with sitting(cast, "kaat"):
        assert not [one for one in load_all(system("a test", cast.plan)) if one.kind.name in ours]
        for who in ("sara", "jef", "nele", "kaat", "mil"):
            whole = load(cast.actors[who], *KINDS.values(), removed=True)
            assert not [one for one in ours if whole.all(KINDS[one]) or whole.removed(KINDS[one])]


CHILDS = ("mij/voel", "mij/doos", "mij/fijn", "mij/fijn/droom", "mij/maak")


def asked(client: FlaskClient, path: str) -> int:
    client.get(path)
    with counted() as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_the_pages_of_a_child_ask_little_and_no_more_when_it_keeps_more(cast: Cast) -> None:
    kaat, root = cast.client_of("kaat"), f"/p/{cast.plan}"
    said = cast.id("said kaat to sara")
    paths = [f"{root}/{page}" for page in (*CHILDS, f"mij/zeg/{said}", f"mij/zeg/{said}/wie")]
    small = {path: asked(kaat, path) for path in paths}
    with sitting(cast):
        for number in range(5):
            say(cast, f"Nog iets {number}")
    assert {path: asked(kaat, path) for path in paths} == small
    # A child in two plans, with the faces of both; without faces two less.
    assert max(small.values()) <= 12, small
    assert small[f"{root}/mij/voel"] <= 8, small
