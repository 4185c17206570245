"""Accounts: one person in however many plans, sealed with a key of their own, and gone when they end."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import commands, owners, store
from app.accounts.models import AccountRow, PlaceRow, SeatRow
from app.accounts.nouns import AccountBody
from app.db import db
from app.keystore import Ending, NoKey
from app.web.session import Visitor
from tests.cast import Cast

pytestmark = pytest.mark.both_databases
MIEKE = AccountBody(name="Mieke", organisation="CAW Leuven", login="mieke@caw.example", recovery="mieke@home.example")


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def seat_of(cast: Cast, who: str) -> UUID:
    seat = cast.actors[who].seat
    assert seat is not None
    return seat


def of_sara(cast: Cast) -> UUID:
    """An account that sits in Sara's place."""
    account = commands.make_account(AccountBody(login="sara"))
    commands.give_place(account, cast.plan, "member", seat_of(cast, "sara"))
    return account


def seats(visitor: Visitor) -> list[tuple[str, UUID]]:
    found = store.visitor(visitor.token)
    assert found is not None
    return [(seat.kind, seat.holder) for seat in found.seats]


def test_an_account_tells_who_it_is() -> None:
    account = commands.make_account(MIEKE)
    assert store.account(account) == store.AccountView(
        account, "Mieke", "CAW Leuven", "mieke@caw.example", "mieke@home.example", has_password=False
    )


def test_what_it_tells_is_sealed_and_found_by_hashes_only() -> None:
    commands.make_account(MIEKE)
    row = db.session.execute(select(AccountRow)).scalar_one()
    kept = b"".join(bytes(value) for value in (row.sealed, row.login_hash or b"", row.recovery_hash or b""))
    assert not [word for word in (b"Mieke", b"caw", b"CAW", b"example") if word in kept]
    assert row.login_hash != row.recovery_hash


def test_two_people_may_sign_in_with_the_same_name() -> None:
    assert commands.make_account(MIEKE) != commands.make_account(MIEKE)


def test_a_place_is_given_once(cast: Cast) -> None:
    account = of_sara(cast)
    commands.give_place(account, cast.plan, "member", seat_of(cast, "sara"))
    assert [(place.plan, place.kind, place.holder) for place in store.places(account)] == [
        (cast.plan, "member", seat_of(cast, "sara"))
    ]


def test_signing_in_gives_every_seat_and_a_new_token(cast: Cast) -> None:
    account = of_sara(cast)
    commands.give_place(account, cast.elsewhere, "member", seat_of(cast, "lies"))
    before = commands.take_seat(None, cast.plan, "link", seat_of(cast, "oma"), "gsm")
    here = commands.sign_in(before, account, "gsm")
    assert store.visitor(before.token) is None
    assert commands.account_of(store.visitor(here.token)) == account
    assert set(seats(here)) == {
        ("link", seat_of(cast, "oma")),
        ("member", seat_of(cast, "sara")),
        ("member", seat_of(cast, "lies")),
    }


def test_a_new_place_opens_in_every_browser_that_is_signed_in(cast: Cast) -> None:
    account = of_sara(cast)
    one, other = (commands.sign_in(None, account, name) for name in ("gsm met Android", "computer"))
    commands.give_place(account, cast.elsewhere, "member", seat_of(cast, "lies"))
    for here in (one, other):
        assert ("member", seat_of(cast, "lies")) in seats(here)
    assert {device.name for device in store.devices(cast.lies)} == {"gsm met Android", "computer"}
    commands.give_place(account, cast.elsewhere, "member", seat_of(cast, "lies"))
    assert len(seats(one)) == 2


def test_a_session_keeps_its_account_with_another_seat(cast: Cast) -> None:
    account = of_sara(cast)
    here = commands.sign_in(None, account, "gsm")
    more = commands.take_seat(here, cast.plan, "link", seat_of(cast, "oma"), "gsm")
    assert commands.account_of(store.visitor(more.token)) == account == commands.account_of(more)


def test_who_takes_the_owners_place_on_a_shared_phone_does_not_get_the_account(cast: Cast) -> None:
    account = of_sara(cast)
    commands.give_place(account, cast.elsewhere, "member", seat_of(cast, "lies"))
    here = commands.sign_in(None, account, "gsm")
    jef = commands.take_seat(here, cast.plan, "member", seat_of(cast, "jef"), "gsm")
    assert commands.account_of(store.visitor(jef.token)) is None
    assert seats(jef) == [("member", seat_of(cast, "jef"))]


def test_who_signs_in_with_another_account_leaves_nothing_of_the_first(cast: Cast) -> None:
    first, second = of_sara(cast), commands.make_account(AccountBody(login="lies"))
    commands.give_place(second, cast.elsewhere, "member", seat_of(cast, "lies"))
    here = commands.sign_in(commands.sign_in(None, first, "gsm"), second, "gsm")
    assert seats(here) == [("member", seat_of(cast, "lies"))]
    assert commands.account_of(here) == second


def test_a_first_seat_with_another_account_leaves_nothing_of_the_first(cast: Cast) -> None:
    first, second = of_sara(cast), commands.make_account(AccountBody(login="els"))
    here = commands.sign_in(None, first, "gsm")
    guest = commands.take_seat(here, cast.elsewhere, "guest", seat_of(cast, "els"), "gsm", second)
    assert seats(guest) == [("guest", seat_of(cast, "els"))]
    assert commands.account_of(guest) == second


def test_a_place_that_ended_closes_every_browser_and_does_not_come_back(cast: Cast) -> None:
    account = of_sara(cast)
    here = commands.sign_in(None, account, "gsm")
    commands.end_places_of(seat_of(cast, "sara"))
    # As the change does that ends them.
    db.session.commit()
    commands.give_place(account, cast.plan, "member", seat_of(cast, "sara"))
    assert seats(here) == []
    assert store.places(account) == []
    assert seats(commands.sign_in(None, account, "gsm")) == []


def test_an_account_that_ended_signs_nobody_in_and_tells_nothing(cast: Cast) -> None:
    account = of_sara(cast)
    here = commands.sign_in(None, account, "gsm")
    commands.end_account(account)
    assert store.visitor(here.token) is None
    assert store.places(account) == []
    with pytest.raises(NoKey):
        store.account(account)
    theirs = select(PlaceRow.ended_at.is_(None)).where(PlaceRow.account_id == account)
    assert set(db.session.scalars(theirs)) == {False}
    assert set(db.session.scalars(select(SeatRow.ended_at.is_(None)).where(SeatRow.session_id == here.session_id))) == {
        False
    }
    with db.get_engine("keys").connect() as keys:
        assert keys.execute(select(Ending.kind).where(Ending.subject_id == account)).scalar() == "account"


def test_what_is_changed_keeps_the_name_to_sign_in_with() -> None:
    account = commands.make_account(MIEKE)
    commands.change_account(account, AccountBody(name="Mieke", recovery="other@home.example"))
    found = store.account(account)
    assert (found.login, found.recovery, found.organisation) == ("mieke@caw.example", "other@home.example", "")
    assert db.session.execute(select(AccountRow.login_hash)).scalar_one() is None


def test_the_account_of_a_member_is_made_once_however_often_a_form_is_sent(cast: Cast) -> None:
    here = commands.take_seat(None, cast.plan, "member", seat_of(cast, "sara"), "gsm")
    before = owners.account_id_of(seat_of(cast, "sara"))
    made = [owners.account_for(seat_of(cast, "sara"), cast.plan, here) for _twice in range(2)]
    assert set(made) == {before} == {store.account_at(seat_of(cast, "sara"))}
    assert commands.account_of(store.visitor(here.token)) == before
    assert len(seats(here)) == 1


def test_a_browser_of_one_account_does_not_become_anothers(cast: Cast) -> None:
    """Two on one phone: a first key of the second is theirs, and the browser stays signed in as the first."""
    first = commands.make_account(AccountBody())
    commands.give_place(first, cast.elsewhere, "member", seat_of(cast, "lies"))
    both = commands.take_seat(commands.sign_in(None, first, "gsm"), cast.plan, "member", seat_of(cast, "sara"), "gsm")
    second = owners.account_for(seat_of(cast, "sara"), cast.plan, both)
    assert second != first
    assert commands.account_of(store.visitor(both.token)) == first


def test_nobody_has_an_account_by_default(cast: Cast) -> None:
    here = commands.take_seat(None, cast.plan, "member", seat_of(cast, "sara"), "gsm")
    assert commands.account_of(store.visitor(here.token)) is None
    assert commands.account_of(None) is None
