"""Sessions: who comes back stays, what is stopped is over, and a new device is told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.accounts import commands, store
from app.accounts.models import BrowserSession, SeatRow
from app.db import db
from app.keystore import Ending
from app.web.session import LASTS, Visitor
from tests.cast import Cast

pytestmark = pytest.mark.both_databases
MORNING = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def sit(cast: Cast, before: Visitor | None = None, who: str = "sara", device: str = "gsm met Android") -> Visitor:
    seat = cast.actors[who].seat
    assert seat is not None
    return commands.take_seat(before, cast.plan, "member", seat, device)


def news(cast: Cast, here: UUID | None) -> list[store.DeviceView]:
    return store.new_among(store.devices(cast.sara), here)


def test_taking_a_seat_ends_the_token_from_before(cast: Cast) -> None:
    first = sit(cast)
    second = sit(cast, first)
    assert store.visitor(first.token) is None
    found = store.visitor(second.token)
    assert found is not None
    assert len(found.seats) == 1


def test_seats_in_other_plans_come_along(cast: Cast) -> None:
    first = sit(cast)
    lies = cast.lies
    assert lies.plan is not None
    assert lies.seat is not None
    second = commands.take_seat(first, lies.plan, "member", lies.seat, "gsm")
    found = store.visitor(second.token)
    assert found is not None
    assert {seat.plan for seat in found.seats} == {cast.plan, cast.elsewhere}


def test_who_comes_in_takes_the_place_of_who_opened_this_plan_here_before(cast: Cast) -> None:
    jef = sit(cast, who="jef")
    here = sit(cast, jef, who="sara")
    found = store.visitor(here.token)
    assert found is not None
    assert [seat.holder for seat in found.seats] == [cast.sara.seat]
    assert [seat.holder for seat in here.seats] == [cast.sara.seat]
    assert store.devices(cast.jef) == []


def test_a_session_is_over_after_ninety_days_away(cast: Cast) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        here = sit(cast)
        clock.shift(LASTS - timedelta(seconds=1))
        assert store.visitor(here.token) is not None
        clock.shift(timedelta(seconds=1))
        assert store.visitor(here.token) is None


def test_who_comes_back_stays_another_ninety_days(cast: Cast) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        here = sit(cast)
        for _month in range(12):
            clock.shift(timedelta(days=60))
            assert commands.still_here(here.token) is not None


def test_coming_back_is_written_at_most_once_a_day(cast: Cast) -> None:
    def seen() -> datetime | None:
        return db.session.scalar(select(BrowserSession.seen_at).where(BrowserSession.id == here.session_id))

    with time_machine.travel(MORNING, tick=False) as clock:
        here = sit(cast)
        clock.shift(timedelta(hours=23))
        commands.still_here(here.token)
        assert seen() == MORNING
        clock.shift(timedelta(hours=2))
        commands.still_here(here.token)
        assert seen() == MORNING + timedelta(hours=25)


def test_a_session_of_nobody_is_nobody() -> None:
    assert commands.still_here("no such token") is None


def test_an_ended_session_and_its_seats_are_over_also_after_a_restore(cast: Cast) -> None:
    here = sit(cast)
    commands.end_session(here)
    assert store.visitor(here.token) is None
    assert store.devices(cast.sara) == []
    assert ending_of(here.seats[0].id) == "seat"


def ending_of(seat: object) -> str | None:
    with db.get_engine("keys").connect() as keys:
        return keys.execute(select(Ending.kind).where(Ending.subject_id == seat)).scalar()


def test_a_stopped_device_leaves_the_others_open(cast: Cast) -> None:
    one, other = sit(cast), sit(cast)
    commands.end_seat(one.seats[0].id)
    found = store.visitor(one.token)
    assert found is not None
    assert found.seats == ()
    assert [device.id for device in store.devices(cast.sara)] == [other.seats[0].id]
    assert ending_of(one.seats[0].id) == "seat"


def test_all_seats_of_one_member_end_at_once(cast: Cast) -> None:
    sit(cast)
    sit(cast)
    sit(cast, who="jef")
    assert cast.sara.seat is not None
    commands.end_seats_of(cast.sara.seat)
    assert store.devices(cast.sara) == []
    assert len(store.devices(cast.jef)) == 1


def test_devices_are_seen_by_their_owner_only(cast: Cast) -> None:
    here = sit(cast)
    assert [device.name for device in store.devices(cast.sara)] == ["gsm met Android"]
    for other in ("jef", "nele", "oma", "lies", "nobody"):
        assert store.device(cast.actors[other], here.seats[0].id) is None


def test_the_name_of_a_device_is_sealed(cast: Cast) -> None:
    sit(cast, device="gsm met Android")
    assert b"Android" not in b"".join(db.session.scalars(select(SeatRow.sealed)))


def test_the_first_device_is_no_news(cast: Cast) -> None:
    sit(cast)
    assert news(cast, None) == []


def test_a_second_device_is_news_for_the_first_and_not_for_itself(cast: Cast) -> None:
    first, second = sit(cast), sit(cast, device="computer")
    [told] = news(cast, first.seats[0].id)
    assert told.name == "computer"
    assert news(cast, second.seats[0].id) == []


def test_a_device_that_comes_in_again_is_no_news(cast: Cast) -> None:
    first, second = sit(cast), sit(cast)
    commands.know_device(cast.sara, news(cast, first.seats[0].id)[0])
    sit(cast, second)
    assert news(cast, first.seats[0].id) == []


def test_a_device_the_owner_knows_is_no_news_any_more(cast: Cast) -> None:
    first, second = sit(cast), sit(cast)
    [told] = news(cast, first.seats[0].id)
    commands.know_device(cast.sara, told)
    assert news(cast, first.seats[0].id) == []
    assert [device.id for device in store.devices(cast.sara)] == [first.seats[0].id, second.seats[0].id]


def test_another_persons_device_is_not_told(cast: Cast) -> None:
    sit(cast)
    sit(cast, who="jef")
    assert news(cast, None) == []
