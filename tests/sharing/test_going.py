"""When a person goes into the bin their links end, whoever hosts them, and do not come back with the person."""

import re
from uuid import UUID, uuid4

import pytest

from tests.cast import Cast
from tests.sharing.pages import Shared, opened, person, root, share, tokens_off

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]


def take_away(cast: Cast, whom: UUID, by: str = "jef") -> None:
    assert cast.client_of(by).post(f"{root(cast)}/mensen/{whom}/weg").status_code == 303


def put_back(cast: Cast, whom: UUID, key: str = "") -> None:
    sent = {"form_key": key or uuid4().hex}
    assert cast.client_of("jef").post(f"{root(cast)}/weggehaald/{whom}/terug", data=sent).status_code == 303


def undo_last(cast: Cast) -> None:
    jef = cast.client_of("jef")
    first = re.search(rf'action="({root(cast)}/veranderd/[^"]+/toch-niet)"', jef.get(f"{root(cast)}/veranderd").text)
    assert first
    assert jef.post(first[1], data={"form_key": uuid4().hex}).status_code == 303


def opens(cast: Cast, made: Shared) -> bool:
    return cast.client_of("nobody").post(made.link).status_code == 303


@pytest.mark.parametrize("by_undo", [False, True], ids=["from the bin", "toch niet"])
@pytest.mark.parametrize("alone", [{}, {"alone": "1"}], ids=["of wij", "of one parent alone"])
def test_a_person_who_comes_back_finds_the_link_closed(cast: Cast, alone: dict[str, str], by_undo: bool) -> None:
    whom = person(cast, "Opa Wim")
    made = share(cast, whom, "goals", **alone)
    opa, address = opened(cast, made.link)
    take_away(cast, whom)
    assert opa.get(address).status_code == 404
    if by_undo:
        undo_last(cast)
    else:
        put_back(cast, whom)
    assert cast.client_of("jef").get(f"{root(cast)}/mensen/{whom}").status_code == 200
    assert opa.get(address).status_code == 404
    assert not opens(cast, made)
    assert "Stop met delen" not in cast.client_of("sara").get(made.show).text


def test_the_family_shares_anew_and_the_same_button_again_does_not_close_that(cast: Cast) -> None:
    whom = person(cast, "Opa Wim")
    share(cast, whom, "goals")
    take_away(cast, whom)
    put_back(cast, whom, key="once")
    anew = share(cast, whom, "goals")
    put_back(cast, whom, key="once")
    assert opens(cast, anew)


def test_links_of_others_stay(cast: Cast) -> None:
    whom, other = person(cast, "Opa Wim"), share(cast, person(cast, "Tante Els"), "goals")
    share(cast, whom, "goals")
    take_away(cast, whom)
    put_back(cast, whom)
    assert opens(cast, other)


def test_the_ending_is_told_without_saying_who_hosts_it(cast: Cast) -> None:
    """Jef reads nothing of what Sara shares alone, not even that it stopped."""
    whom = person(cast, "Opa Wim")
    share(cast, whom, "goals", alone="1")
    history = f"{root(cast)}/veranderd"
    before = cast.client_of("jef").get(history).text.count("stopte met delen")
    take_away(cast, whom)
    assert cast.client_of("jef").get(history).text.count("stopte met delen") == before
