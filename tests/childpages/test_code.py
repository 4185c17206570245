"""The pictures that close what a child keeps: who may choose them, few guesses, and a device of its own put on slot."""

from __future__ import annotations

from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from app.children.code import PICTURES
from tests.cast import Cast
from tests.childpages.phones import at, lent, member_of, typed
from tests.support.pages import said

MINE, OTHER = list(PICTURES[:4]), list(PICTURES[4:8])
pytestmark = pytest.mark.usefixtures("tokens_off")


def tapped(phone: FlaskClient, path: str, pictures: list[str], **fields: str) -> int:
    """Taps pictures, one request each, as a browser without any script does."""
    status = 0
    for number in range(len(pictures)):
        data = {**fields, "so_far": pictures[:number], "picture": pictures[number]}
        status = phone.post(path, data=data).status_code
    return status


def chose(phone: FlaskClient, cast: Cast, pictures: list[str]) -> int:
    path = at(cast, "mij/prentjes")
    assert tapped(phone, path, pictures, way="kies") == 200
    return phone.post(path, data={"way": "kies", "so_far": pictures, "sure": "1"}).status_code


def opened_with_card(cast: Cast, child: str = "kaat") -> FlaskClient:
    """A device that a card which Sara made for a child opened."""
    from app.accounts import commands

    assert cast.app is not None
    with cast.app.test_request_context():
        secret = commands.make_card_for(cast.sara, member_of(cast, child), cast.people[child], uuid4().hex)
    device = cast.app.test_client()
    answer = device.post("/sleutel", data=typed(secret))
    assert str(answer.location).endswith(at(cast, "mij"))
    return device


def emptied(cast: Cast, child: str) -> None:
    """As before this child kept anything: its layer goes."""
    from sqlalchemy import delete

    from app.db import db
    from app.plan.models import LayerLinkRow

    assert cast.app is not None
    with cast.app.app_context():
        db.session.execute(delete(LayerLinkRow).where(LayerLinkRow.person_id == cast.people[child]))
        db.session.commit()


def feels(phone: FlaskClient, cast: Cast) -> None:
    """The first thing this child keeps, for itself: after that it may choose its pictures there."""
    answer = phone.post(at(cast, "mij/voel"), data={"feeling": "happy"})
    assert answer.status_code == 303
    answer = phone.post(str(answer.location).replace("/wie", "/niemand"))
    assert answer.status_code == 303


def closed_by_kaat(cast: Cast) -> FlaskClient:
    """A lent phone on which Kaat kept her first thing and chose her pictures, closed again."""
    emptied(cast, "kaat")
    phone, _card = lent(cast)
    feels(phone, cast)
    chose(phone, cast, MINE)
    phone.post(at(cast, "mij/prentjes/dicht"))
    return phone


def keeps(cast: Cast, child: str) -> None:
    """The child keeps something now, for itself."""
    from app.change import Add, change
    from app.children.commands import own_layer
    from app.children.models import SAID
    from app.children.nouns import SaidBody, SaidState
    from app.policy.actions import Action

    assert cast.app is not None
    with cast.app.test_request_context():
        there = own_layer(cast.actors[child], "Europe/Brussels")
        change(there, Action.OWN_ADD, Add(SAID, SaidBody(words="Zeepaardje"), SaidState.TOLD))


def is_open(phone: FlaskClient, cast: Cast) -> bool:
    from flask import session

    from app.children import lock
    from app.web.session import actor_in

    assert cast.app is not None
    name = str(cast.app.config["SESSION_COOKIE_NAME"])
    cookie = phone.get_cookie(name)
    assert cookie is not None
    with cast.app.test_request_context(headers={"Cookie": f"{name}={cookie.value}"}):
        assert session is not None
        return lock.is_open(actor_in(cast.plan))


# ---- choosing --------------------------------------------------------------------------------------------------------


def test_where_no_pictures_can_be_chosen_yet_pictures_say_so_and_what_to_do(cast: Cast) -> None:
    phone, _card = lent(cast)
    page = phone.get(at(cast, "mij/prentjes")).text
    assert "Zeg of bewaar eerst iets." in page
    assert "Jij bewaarde al iets. Dat blijft op deze gsm dicht." in page
    # What I keep, its lock, and nobody who looks along.
    order = [page.index(f"/{one}.") for one in ("1F4E6", "1F512", "1F440")]
    assert order == sorted(order)


@pytest.mark.both_databases
def test_on_a_lent_phone_pictures_are_chosen_right_after_the_first_thing(cast: Cast) -> None:
    emptied(cast, "kaat")
    phone, _card = lent(cast)
    feels(phone, cast)
    assert "Kies ze alleen. Wie ze ziet of kent, kan het ook openen." in said(phone.get(at(cast, "mij/prentjes")).text)
    assert chose(phone, cast, MINE) == 303
    keeps(cast, "kaat")
    assert is_open(phone, cast)
    phone.post(at(cast, "mij/prentjes/dicht"))
    assert not is_open(phone, cast)
    assert tapped(phone, at(cast, "mij/prentjes"), OTHER, way="toon") == 422
    assert not is_open(phone, cast)
    assert tapped(phone, at(cast, "mij/prentjes"), MINE, way="toon") == 303
    assert is_open(phone, cast)


@pytest.mark.parametrize("device", ["lent", "by a parent's card"])
def test_nobody_chooses_pictures_over_what_is_kept_already(cast: Cast, device: str) -> None:
    """A parent who lends themselves the phone, or makes themselves a card, opens nothing with that."""
    phone = lent(cast)[0] if device == "lent" else opened_with_card(cast)
    assert not is_open(phone, cast)
    assert "Jij bewaarde al iets." in said(phone.get(at(cast, "mij/prentjes")).text)
    phone.post(at(cast, "mij/prentjes"), data={"way": "kies", "so_far": MINE, "sure": "1"})
    assert not is_open(phone, cast)


def test_with_a_key_of_its_own_a_child_chooses_whenever_it_wants(cast: Cast) -> None:
    mil = cast.client_of("mil")
    assert is_open(mil, cast)
    assert chose(mil, cast, MINE) == 303
    assert tapped(mil, at(cast, "mij/prentjes"), [*OTHER, *OTHER], way="anders") == 422
    assert tapped(mil, at(cast, "mij/prentjes"), [*MINE, *OTHER], way="anders") == 303
    assert tapped(mil, at(cast, "mij/prentjes"), MINE, way="toon") == 422
    assert tapped(mil, at(cast, "mij/prentjes"), OTHER, way="toon") == 303


@pytest.mark.parametrize(
    ("pictures", "words"),
    [([PICTURES[0]] * 4, "Neem niet 4 keer hetzelfde prentje."), (["x"] * 4, "Tik op 4 prentjes.")],
)
def test_four_pictures_of_ours_and_not_all_the_same(cast: Cast, pictures: list[str], words: str) -> None:
    mil = cast.client_of("mil")
    answer = mil.post(at(cast, "mij/prentjes"), data={"way": "kies", "so_far": pictures, "sure": "1"})
    assert answer.status_code == 422
    assert words in said(answer.text)


def test_the_pictures_lie_nowhere_but_as_a_hash(cast: Cast) -> None:
    from app.children.models import LAYER
    from app.children.store import as_child
    from app.scope import load_one

    mil = cast.client_of("mil")
    chose(mil, cast, MINE)
    assert cast.app is not None
    with cast.app.test_request_context():
        child = as_child(cast.mil)
        assert child is not None
        assert child.plan is not None
        layer = load_one(child, LAYER, child.plan)
        assert layer is not None
        assert layer.body.code.startswith("$argon2id$")
        assert not any(one in layer.body.code for one in MINE)


# ---- guessing --------------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_on_a_lent_phone_too_many_guesses_wait(cast: Cast) -> None:
    phone = closed_by_kaat(cast)
    path = at(cast, "mij/prentjes")
    codes = [phone.post(path, data={"way": "toon", "so_far": OTHER}).status_code for _guess in range(6)]
    assert codes == [422] * 5 + [429]
    assert phone.post(path, data={"way": "toon", "so_far": MINE}).status_code == 429
    assert not is_open(phone, cast)
    assert phone.get(at(cast, "mij")).status_code == 200


@pytest.mark.both_databases
def test_on_its_own_device_too_many_guesses_end_its_session(cast: Cast) -> None:
    mil = cast.client_of("mil")
    chose(mil, cast, MINE)
    mil.post(at(cast, "mij/op-slot"))
    codes = [mil.post("/op-slot", data={"so_far": OTHER}).status_code for _guess in range(6)]
    assert codes == [422] * 5 + [303]
    assert mil.get(at(cast, "mij")).status_code == 404
    assert mil.post("/op-slot", data={"so_far": MINE}).status_code == 303
    assert mil.get(at(cast, "mij")).status_code == 404


def test_a_card_of_a_parent_gives_no_new_guesses(cast: Cast) -> None:
    """Who made a card of the child opens it as often as they want: the count is of all such devices together."""
    emptied(cast, "kaat")
    phone, _card = lent(cast)
    feels(phone, cast)
    chose(phone, cast, MINE)
    path, codes = at(cast, "mij/prentjes"), []
    for _card_again in range(3):
        device = opened_with_card(cast)
        codes += [device.post(path, data={"way": "toon", "so_far": OTHER}).status_code for _guess in range(2)]
    assert codes == [422] * 5 + [429]
    assert device.post(path, data={"way": "toon", "so_far": MINE}).status_code == 429
    assert not is_open(device, cast)
    # It waits, and the child keeps its page.
    assert device.get(at(cast, "mij")).status_code == 200


def test_who_is_named_is_kept_too_so_nobody_chooses_pictures_over_it(cast: Cast) -> None:
    """A child that said nothing yet, but named somebody it trusts: a lent phone would show who that is."""
    from app.trusted import commands, store

    emptied(cast, "kaat")
    assert cast.app is not None
    with cast.app.test_request_context():
        circle = store.circle(cast.kaat)
        assert circle is not None
        commands.name(circle, "Juf Winterkoninkje", "a form")
    phone, _card = lent(cast)
    phone.post(at(cast, "mij/prentjes"), data={"way": "kies", "so_far": MINE, "sure": "1"})
    assert not is_open(phone, cast)
    assert "Winterkoninkje" not in phone.get(at(cast, "mij/vertrouw")).text


def test_other_pictures_close_what_those_of_before_opened_elsewhere(cast: Cast) -> None:
    emptied(cast, "kaat")
    phone, _card = lent(cast)
    feels(phone, cast)
    chose(phone, cast, MINE)
    assert is_open(phone, cast)
    second = opened_with_card(cast)
    assert tapped(second, at(cast, "mij/prentjes"), [*MINE, *OTHER], way="anders") == 303
    assert is_open(second, cast)
    assert not is_open(phone, cast)


# ---- op slot ---------------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_on_slot_nothing_opens_but_its_pictures_and_keys(cast: Cast) -> None:
    mil = cast.client_of("mil")
    chose(mil, cast, MINE)
    name = str(cast.app.config["SESSION_COOKIE_NAME"]) if cast.app else ""
    before = mil.get_cookie(name)
    answer = mil.post(at(cast, "mij/op-slot"))
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    closed = mil.get_cookie(name)
    for path in (at(cast, "mij"), at(cast, "mij/week"), at(cast, "sleutels"), "/jij/sleutels", "/", "/begin"):
        assert str(mil.get(path).location).endswith("/op-slot"), path
    page = mil.get("/op-slot")
    assert "Mil" not in page.text
    assert before is not None
    assert closed is not None
    mil.set_cookie(name, before.value)
    assert mil.get(at(cast, "mij")).status_code == 404
    mil.set_cookie(name, closed.value)
    assert tapped(mil, "/op-slot", OTHER) == 422
    assert tapped(mil, "/op-slot", MINE) == 303
    assert mil.get(at(cast, "mij")).status_code == 200


def test_who_chose_no_pictures_puts_nothing_on_slot(cast: Cast) -> None:
    mil = cast.client_of("mil")
    mil.post(at(cast, "mij/op-slot"))
    assert mil.get(at(cast, "mij")).status_code == 200
    assert str(mil.get("/op-slot").location).endswith("/")


def test_after_its_own_key_a_child_that_forgot_chooses_anew(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within minutes of coming in with a key of its own; later the pictures of before are asked for."""
    from datetime import timedelta

    from app.accounts import commands
    from app.db import now
    from app.web import session

    mil = cast.client_of("mil")
    chose(mil, cast, MINE)
    assert cast.app is not None
    with cast.app.test_request_context():
        secret = commands.make_card(cast.mil, uuid4().hex)
    assert mil.post("/sleutel", data=typed(secret)).status_code == 303
    assert chose(mil, cast, OTHER) == 303
    monkeypatch.setattr(session, "now", lambda: now() + timedelta(minutes=11))
    mil.post(at(cast, "mij/prentjes"), data={"way": "kies", "so_far": MINE, "sure": "1"})
    assert tapped(mil, at(cast, "mij/prentjes"), OTHER, way="toon") == 303
