"""An agreement that somebody said yes to keeps that text: a later change is told to them, and needs its own yes."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from flask import Flask

from app.agreements import assent, commands, store
from app.agreements.assent import Assent, text_of
from app.agreements.commands import AgreementInput
from app.agreements.nouns import Result
from app.change import Refused
from app.policy.actor import Actor
from tests.cast import Cast
from tests.sharing.pages import root, tokens_off

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]

CHANGED = "Deze afspraak is veranderd"


def made(cast: Cast, by: str = "sara", who: tuple[str, ...] = (), words: str = "Kaat halen om 16 u") -> UUID:
    """A new agreement (in an app context)."""
    actor = cast.actors[by]
    given = AgreementInput(words, tuple(cast.people[one] for one in who))
    return commands.add(actor, store.board(actor), given, None).id


def view(actor: Actor, agreement: UUID) -> Any:
    found = store.agreement(actor, agreement)
    assert found is not None
    return found


def changed(cast: Cast, agreement: UUID, by: str = "sara", words: str = "Kaat halen om 18 u") -> None:
    found = view(cast.actors[by], agreement)
    body = found.thing.body
    commands.edit(cast.actors[by], found, AgreementInput(words, body.who, body.when, body.where), None, None)


def told(cast: Cast, who: str, agreement: UUID) -> list[tuple[str, str]]:
    """What somebody is told that changed; nothing when they are told nothing (in an app context)."""
    found = Assent(view(cast.actors[who], agreement))
    return found.was_and_is if found.is_changed else []


def turn(cast: Cast, who: str, agreement: UUID) -> Any:
    found = store.turn(cast.actors[who], agreement, "zonder-dag")
    assert found is not None
    return found


@pytest.fixture
def in_the_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


inside = pytest.mark.usefixtures("in_the_app")


# ---- who said yes to what --------------------------------------------------------------------------------------------


@inside
def test_who_wrote_it_is_told_when_the_other_changes_it(cast: Cast) -> None:
    agreement = made(cast)
    changed(cast, agreement, by="jef")
    assert told(cast, "sara", agreement) == [("Kaat halen om 16 u.", "Kaat halen om 18 u.")]
    assert told(cast, "jef", agreement) == []


@inside
def test_who_changed_it_said_yes_to_that(cast: Cast) -> None:
    agreement = made(cast)
    changed(cast, agreement, by="jef")
    changed(cast, agreement, words="Kaat halen om 20 u")
    assert told(cast, "jef", agreement) == [("Kaat halen om 18 u.", "Kaat halen om 20 u.")]
    assert told(cast, "sara", agreement) == []


def _reports(cast: Cast, who: str, agreement: UUID) -> None:
    commands.report(cast.actors[who], turn(cast, who, agreement), Result.DONE)


def _tells(cast: Cast, who: str, agreement: UUID) -> None:
    commands.tell(cast.actors[who], turn(cast, who, agreement), Result.MISSED)


def _accepts(cast: Cast, who: str, agreement: UUID) -> None:
    found = view(cast.actors[who], agreement)
    assent.accept(cast.actors[who], found, found.thing.version, None)


WAYS: dict[str, tuple[str, Callable[[Cast, str, UUID], None]]] = {
    "a link holder who reports": ("oma", _reports),
    "a link holder who says it is good": ("oma", _accepts),
    "a guest who reports": ("lisa", _reports),
    "a guest who says it is good": ("lisa", _accepts),
    "a meehelper who tells": ("nele", _tells),
    "a meehelper who says it is good": ("nele", _accepts),
    "a parent who tells": ("jef", _tells),
    "a parent who says it is good": ("jef", _accepts),
}


@pytest.mark.parametrize(("who", "says"), WAYS.values(), ids=WAYS)
@inside
def test_who_said_yes_is_told_of_a_later_text_until_they_say_yes_to_it(
    cast: Cast, who: str, says: Callable[[Cast, str, UUID], None]
) -> None:
    agreement = made(cast, who=(who,))
    says(cast, who, agreement)
    assert told(cast, who, agreement) == []
    changed(cast, agreement)
    was, now = told(cast, who, agreement)[0]
    assert "16 u" in was
    assert "18 u" in now
    _accepts(cast, who, agreement)
    assert told(cast, who, agreement) == []


@inside
def test_who_never_said_yes_is_told_nothing_of_a_yes(cast: Cast) -> None:
    agreement = made(cast, who=("oma",))
    changed(cast, agreement)
    assert told(cast, "oma", agreement) == []


@inside
def test_saying_how_it_went_is_no_yes_to_a_text_that_changed(cast: Cast) -> None:
    agreement = made(cast, who=("oma",))
    _accepts(cast, "oma", agreement)
    changed(cast, agreement)
    _reports(cast, "oma", agreement)
    assert told(cast, "oma", agreement)


@inside
def test_what_is_as_it_was_again_is_not_told(cast: Cast) -> None:
    agreement = made(cast)
    changed(cast, agreement, by="jef")
    changed(cast, agreement, by="jef", words="Kaat halen om 16 u")
    assert told(cast, "sara", agreement) == []


def test_toch_niet_is_no_side_door(cast: Cast, app: Flask) -> None:
    """What Jef wrote is taken back by Sara: he is told, as of any other change."""
    with app.app_context():
        agreement = made(cast)
        changed(cast, agreement, by="jef")
    sara = cast.client_of("sara")
    first = re.search(r'action="([^"]+/toch-niet)"', sara.get(f"{root(cast)}/veranderd").text)
    assert first
    assert sara.post(first[1], data={"form_key": uuid4().hex}).status_code == 303
    with app.app_context():
        assert view(cast.sara, agreement).thing.body.words == "Kaat halen om 16 u"
        assert told(cast, "jef", agreement) == [("Kaat halen om 18 u.", "Kaat halen om 16 u.")]
        assert told(cast, "sara", agreement) == []


@inside
def test_a_report_that_is_taken_back_leaves_the_yes(cast: Cast) -> None:
    """Else whoever changes a text would first take back what was said of it."""
    agreement = made(cast, who=("oma",))
    _reports(cast, "oma", agreement)
    commands.take_back(cast.sara, turn(cast, "sara", agreement))
    changed(cast, agreement)
    assert told(cast, "oma", agreement)


@inside
def test_a_smaller_one_in_its_place_is_told_too(cast: Cast) -> None:
    agreement = made(cast, who=("oma",))
    _accepts(cast, "oma", agreement)
    commands.smaller(cast.sara, turn(cast, "sara", agreement), "Kaat bellen", None)
    new = next(one for one in store.board(cast.oma).agreements if one.thing.body.words == "Kaat bellen")
    assert [("Kaat halen" in was, "Kaat bellen" in now) for was, now in Assent(new).was_and_is] == [(True, True)]
    assert Assent(new).is_changed


@pytest.mark.parametrize("change", ["when", "where", "who"])
@inside
def test_a_change_of_when_where_or_who_is_told(cast: Cast, change: str) -> None:
    from datetime import date

    from app.agreements.nouns import When, WhenSort

    agreement = made(cast, who=("jef",))
    _accepts(cast, "jef", agreement)
    found = view(cast.sara, agreement)
    given = {
        "when": AgreementInput("Kaat halen om 16 u", found.thing.body.who, When(WhenSort.DAY, date(2031, 5, 5))),
        "where": AgreementInput("Kaat halen om 16 u", found.thing.body.who, where="Bij de bakker"),
        "who": AgreementInput("Kaat halen om 16 u", (cast.people["jef"], cast.people["oma"])),
    }[change]
    commands.edit(cast.sara, found, given, None, None)
    assert len(told(cast, "jef", agreement)) == 1


@inside
def test_a_yes_is_to_the_text_on_the_page(cast: Cast) -> None:
    agreement = made(cast, who=("jef",))
    seen = view(cast.jef, agreement).thing.version
    changed(cast, agreement)
    with pytest.raises(Refused):
        assent.accept(cast.jef, view(cast.jef, agreement), seen, None)
    assert Assent(view(cast.jef, agreement)).mine is None


@inside
def test_a_yes_twice_is_once(cast: Cast) -> None:
    agreement = made(cast, who=("jef",))
    for _time in range(2):
        _accepts(cast, "jef", agreement)
    assert Assent(view(cast.sara, agreement)).others == ["Jef"]


@inside
def test_the_text_that_was_agreed_never_changes_with_it(cast: Cast) -> None:
    agreement = made(cast, who=("jef",))
    _accepts(cast, "jef", agreement)
    first = text_of(view(cast.jef, agreement).thing.body)
    for hour in (17, 18, 19):
        changed(cast, agreement, words=f"Kaat halen om {hour} u")
        mine = Assent(view(cast.jef, agreement)).mine
        assert mine is not None
        assert mine.body.text == first


# ---- who reads of a yes ----------------------------------------------------------------------------------------------


def test_it_is_told_who_said_yes_and_never_who_did_not(cast: Cast, app: Flask) -> None:
    with app.app_context():
        agreement = made(cast, who=("oma", "jef"))
        _accepts(cast, "oma", agreement)
    page = cast.client_of("sara").get(f"{root(cast)}/afspraken/{agreement}").text
    assert "Goed voor" in page
    said = unescape(re.sub(r"<[^>]+>", "", page))
    assert "Goed voor Oma Rosa Roodborsttapuit" in re.sub(r"[\u2066-\u2069]", "", said)
    with app.app_context():
        changed(cast, agreement)
    after = cast.client_of("sara").get(f"{root(cast)}/afspraken/{agreement}").text
    assert "Goed voor" not in after.replace("Goed voor mij", "")


@inside
def test_what_one_parent_hosts_alone_leaves_no_yes_where_the_other_reads(cast: Cast) -> None:
    from app.change import NotPermitted, Put, change
    from app.policy.actions import Action
    from app.policy.audience import Audience, Who

    agreement = made(cast, who=("els",))
    thing = view(cast.sara, agreement).thing
    opened = msgspec.structs.replace(thing.body, audience=Audience(Who.WE_AND, people=(cast.people["els"],)))
    change(cast.sara, Action.AUDIENCE_CHANGE, Put(thing, opened))
    with pytest.raises(NotPermitted):
        _accepts(cast, "els", agreement)


def test_history_and_the_bin_tell_nothing_of_a_yes(cast: Cast, app: Flask) -> None:
    with app.app_context():
        agreement = made(cast, who=("jef",))
    before = cast.client_of("sara").get(f"{root(cast)}/veranderd").text.count("<article")
    with app.app_context():
        _accepts(cast, "jef", agreement)
    assert cast.client_of("sara").get(f"{root(cast)}/veranderd").text.count("<article") == before


# ---- the pages -------------------------------------------------------------------------------------------------------


def button(page: str) -> tuple[str, dict[str, str]]:
    form = re.search(r'<form[^>]*action="([^"]+/goed)"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert form
    return form[1], dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[2]))


@pytest.mark.parametrize("who", ["jef", "nele", "lisa"])
def test_their_page_shows_as_it_was_and_as_it_is(cast: Cast, app: Flask, who: str) -> None:
    with app.app_context():
        agreement = made(cast, who=(who,))
    client, address = cast.client_of(who), f"{root(cast)}/afspraken/{agreement}"
    action, sent = button(client.get(address).text)
    assert client.post(action, data=sent).status_code == 303
    with app.app_context():
        changed(cast, agreement)
    page = client.get(address).text
    assert CHANGED in page
    assert "om 16 u" in page
    assert "om 18 u" in page
    action, sent = button(page)
    assert client.post(action, data=sent).status_code == 303
    assert CHANGED not in client.get(address).text


def test_the_link_shows_it_too(cast: Cast, app: Flask) -> None:
    with app.app_context():
        agreement = made(cast, who=("oma",))
        _reports(cast, "oma", agreement)
        changed(cast, agreement)
    oma, address = cast.client_of("oma"), f"{root(cast)}/voor/{cast.oma.seat}"
    page = oma.get(address).text
    assert CHANGED in page
    assert "om 16 u" in page
    action, sent = button(page)
    assert oma.post(action, data=sent).status_code == 303
    assert CHANGED not in oma.get(address).text


def test_a_card_says_that_it_changed(cast: Cast, app: Flask) -> None:
    with app.app_context():
        agreement = made(cast)
        changed(cast, agreement, by="jef")
    assert "Veranderd" in cast.client_of("sara").get(f"{root(cast)}/afspraken").text
    assert "Veranderd" not in cast.client_of("jef").get(f"{root(cast)}/afspraken").text
    assert agreement


def test_extra_fields_say_yes_for_nobody_else(cast: Cast, app: Flask) -> None:
    with app.app_context():
        agreement = made(cast, who=("jef", "oma"))
        version = view(cast.sara, agreement).thing.version
    sent = {"version": version, "writer": str(cast.people["oma"]), "who": str(cast.people["oma"]), "person": "oma"}
    cast.client_of("jef").post(f"{root(cast)}/afspraken/{agreement}/goed", data=sent)
    with app.app_context():
        assert Assent(view(cast.oma, agreement)).mine is None
        assert Assent(view(cast.jef, agreement)).mine is not None
