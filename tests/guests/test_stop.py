"""The stop test: however it ends, every channel a guest has ends with it, at the next request.

A channel that comes later is one row more in CHANNELS.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from flask import url_for
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, BaseConverter, UUIDConverter
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.guests.pages import Invited, guest_of, root, tokens_off
from tests.support.pages import said

pytestmark = pytest.mark.both_databases
__all__ = ["tokens_off"]

HTMX = {"HX-Request": "true"}
# Before the session of a browser that nobody uses ends by itself.
SOON = {"length": "own", "day": (datetime.now(UTC) + timedelta(days=30)).date().isoformat()}
OPENED = ("goals", "agreements", "people", "homes", "paper")
Ask = Callable[[Cast, FlaskClient], TestResponse]


def page(path: str, **headers: str) -> Ask:
    """A page of the family."""
    return lambda cast, guest: guest.get(f"{root(cast)}/{path}", headers=headers)


def about(path: str, name: str, **headers: str) -> Ask:
    """A page about one thing."""
    return lambda cast, guest: guest.get(f"{root(cast)}/{path}/{cast.id(name)}", headers=headers)


def write(path: str, **headers: str) -> Ask:
    """A write about what a guest was asked to do."""

    def ask(cast: Cast, guest: FlaskClient) -> TestResponse:
        thing, day = cast.id("agreement of lisa"), cast.day
        address = f"{root(cast)}/" + path.format(thing=thing, day=day)
        return guest.post(address, data={"words": TYPED, "form_key": uuid4().hex}, headers=headers)

    return ask


TYPED = "Ik kom dinsdag om vijf uur langs"

# What a guest reaches while the share lives, and nothing of it after; a later channel is one row more.
PAGES = (
    *("", "doelen", "afspraken", "mensen", "mensen/waarvoor", "fotos", "huizen", "meer", "snel-weg", "papier", "nieuw"),
    *("stel-voor", "mijn-voorstellen", "overleg", "overleg/nieuw", "overzicht", "gast/stop", "papier/te-gast.pdf"),
)
CHANNELS: dict[str, Ask] = {
    **{f"page: {path or 'ons plan'}": page(path) for path in PAGES},
    "page: one goal": about("doelen", "goal of us"),
    "page: one agreement": about("afspraken", "agreement of lisa"),
    "fragment: afspraken": page("afspraken/alle/later", **HTMX),
    "fragment: one goal": about("doelen", "goal of us", **HTMX),
}
# Addresses that are closed to a guest anyway, or not there at all: after the end they say the same as all others.
OTHERS: dict[str, Ask] = {
    "page of parents": page("wie-ziet-wat"),
    "nothing": page("niets"),
    "a thing that is not there": lambda cast, guest: guest.get(f"{root(cast)}/doelen/{uuid4()}"),
    "a hidden thing": about("doelen", "goal alone"),
    "file": lambda cast, guest: guest.get(f"{root(cast)}/papier/{uuid4()}/pdf"),
    "write": write("afspraken/{thing}/{day}/gelukt"),
    "write, htmx": write("afspraken/{thing}/{day}/gelukt", **HTMX),
    "write nowhere": write("niets"),
    "page of a link": lambda cast, guest: guest.get(f"{root(cast)}/voor/{cast.id('share oma')}"),
}


@contextmanager
def _stopped(cast: Cast, invited: Invited) -> Iterator[None]:
    cast.client_of("jef").post(f"{root(cast)}/gasten/{invited.share}/stop")
    yield


@contextmanager
def _past_the_last_second(cast: Cast, invited: Invited) -> Iterator[None]:
    from app.db import db
    from app.sharing.models import ShareRow

    assert cast.app is not None
    with cast.app.app_context():
        ends = db.session.query(ShareRow.due_at).filter(ShareRow.id == invited.share).scalar()
    with time_machine.travel(ends):
        yield


@contextmanager
def _person_removed(cast: Cast, _invited: Invited) -> Iterator[None]:
    from app.people.models import PERSON
    from app.scope import load

    assert cast.app is not None
    with cast.app.test_request_context():
        mieke = next(one.id for one in load(cast.sara, PERSON).all(PERSON) if one.body.name == "Mieke")
    answer = cast.client_of("sara").post(f"{root(cast)}/mensen/{mieke}/weg", data={"form_key": uuid4().hex})
    assert answer.status_code == 303
    yield


ENDINGS = {"family": _stopped, "date": _past_the_last_second, "person": _person_removed}


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_channel_ends(cast: Cast, ending: str) -> None:
    invited, guest = guest_of(cast, *OPENED, **SOON)
    for name, ask in CHANNELS.items():
        assert ask(cast, guest).status_code == 200, name
    with ENDINGS[ending](cast, invited):
        gone = {name: ask(cast, guest) for name, ask in {**CHANNELS, **OTHERS}.items()}
        assert {answer.status_code for answer in gone.values()} == {404}, gone
        # One page for all of them; a write shows besides what its writer typed.
        pages = {said(answer.text) for name, answer in gone.items() if not name.startswith("write")}
        assert len(pages) == 1
        assert pages.pop().startswith("Je bent hier niet meer te gast.")
        cards = guest.get("/te-gast").text
        assert f"/p/{cast.plan}" not in cards
        for answer in (*gone.values(),):
            assert not [piece.canary for piece in cast.pieces.values() if piece.canary and piece.canary in answer.text]


def _anything(converter: BaseConverter) -> object:
    """What may stand in the place of an argument."""
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return uuid4() if isinstance(converter, UUIDConverter) else "x"


def of_the_plan(cast: Cast) -> list[tuple[str, str, set[str]]]:
    """Every route of a plan, as an address of ours: method, address, and what else its address names."""
    assert cast.app is not None
    found = []
    with cast.app.test_request_context():
        for rule in cast.app.url_map.iter_rules():
            if rule.rule.startswith("/p/"):
                others = rule.arguments - {"plan"}
                values = {name: _anything(rule._converters[name]) for name in others}
                method = "POST" if "POST" in (rule.methods or ()) else "GET"
                found.append((method, url_for(rule.endpoint, plan=cast.plan, **values), others))
    return found


def test_no_page_of_a_guest_is_forgotten_here(cast: Cast) -> None:
    """A new page that a guest may open joins the channels above."""
    _invited, guest = guest_of(cast, *OPENED, **SOON)
    plain = [address for method, address, others in of_the_plan(cast) if method == "GET" and not others]
    opens = {address.removeprefix(f"{root(cast)}/") for address in plain if guest.get(address).status_code == 200}
    assert not opens ^ set(PAGES), opens ^ set(PAGES)


def test_every_route_of_the_plan_says_goodbye(cast: Cast) -> None:
    invited, guest = guest_of(cast, *OPENED, **SOON)
    with _stopped(cast, invited):
        for method, address, _others in of_the_plan(cast):
            answer = guest.open(address, method=method)
            assert answer.status_code == 404, address
            assert said(answer.text).startswith("Je bent hier niet meer te gast."), address


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_invitation_opens_nothing_again(cast: Cast, ending: str) -> None:
    invited, guest = guest_of(cast, *OPENED, **SOON)
    with ENDINGS[ending](cast, invited):
        for browser in (guest, cast.client_of("nobody")):
            assert browser.post(invited.link).status_code == 404
            assert browser.post(f"{invited.link}/ik", data={"name": "Iemand"}).status_code == 404


def test_up_to_the_last_second_it_works(cast: Cast) -> None:
    from app.db import db
    from app.sharing.models import ShareRow

    assert cast.app is not None
    invited, guest = guest_of(cast, *OPENED, **SOON)
    with cast.app.app_context():
        ends = db.session.query(ShareRow.due_at).filter(ShareRow.id == invited.share).scalar()
    with time_machine.travel(ends - timedelta(seconds=1), tick=False):
        assert guest.get(f"{root(cast)}/").status_code == 200
    with time_machine.travel(ends, tick=False):
        assert guest.get(f"{root(cast)}/").status_code == 404


def test_what_was_typed_stays_with_its_writer_and_is_not_written(cast: Cast) -> None:
    from app.db import db
    from app.history.models import HistoryEntry

    assert cast.app is not None
    invited, guest = guest_of(cast, *OPENED, **SOON)
    with cast.app.app_context():
        before = db.session.query(HistoryEntry).count()
    with _stopped(cast, invited):
        answer = OTHERS["write"](cast, guest)
    assert answer.status_code == 404
    assert TYPED in said(answer.text)
    with cast.app.app_context():
        # The stop itself.
        assert db.session.query(HistoryEntry).count() == before + 1


def test_every_browser_of_the_guest_ends(cast: Cast) -> None:
    """A second browser of the same account, opened before."""
    from app.accounts.commands import account_of, sign_in
    from app.accounts.store import visitor

    assert cast.app is not None
    invited, guest = guest_of(cast, *OPENED, **SOON)
    second = cast.app.test_client()
    with guest.session_transaction() as kept:
        token = kept["_user_id"]
    with cast.app.test_request_context():
        account = account_of(visitor(token))
        assert account is not None
        signed = sign_in(None, account, "computer")
    with second.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = signed.token, True
    assert second.get(f"{root(cast)}/").status_code == 200
    with _stopped(cast, invited):
        assert said(second.get(f"{root(cast)}/doelen").text).startswith("Je bent hier niet meer te gast.")


def test_who_was_never_a_guest_reads_what_everybody_reads(cast: Cast) -> None:
    for who in ("nobody", "lies", "oma"):
        assert "te gast" not in cast.client_of(who).get(f"{root(cast)}/doelen").text


def test_a_guest_of_one_family_who_is_a_parent_of_another_stays_that(cast: Cast) -> None:
    """Stopping as a guest ends nothing else."""
    invited, guest = guest_of(cast, *OPENED, **SOON)
    with _stopped(cast, invited):
        assert guest.get("/te-gast").status_code == 200
        assert guest.get("/").status_code == 200


def test_more_time_after_the_last_day_lets_the_same_guest_in_again(cast: Cast) -> None:
    invited, guest = guest_of(cast, *OPENED, **SOON)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=40)):
        assert guest.get(f"{root(cast)}/").status_code == 404
        more = f"{root(cast)}/wie-ziet-wat/{invited.share}/langer"
        assert cast.client_of("sara").post(more, data={"form_key": uuid4().hex}).status_code == 303
        assert guest.get(f"{root(cast)}/").status_code == 200
