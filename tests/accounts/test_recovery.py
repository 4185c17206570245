"""A lost key: the same for every address, never before its time, stopped for good, and used once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, func, select

from app.accounts import commands, recovery, store
from app.accounts.models import RecoveryRow
from app.accounts.nouns import AccountBody
from app.accounts.recovery import RecoveryView
from app.accounts.rules import MOST, Reason, Wait
from app.accounts.tidy import forget_ended
from app.change import Refused
from app.db import db
from app.policy.actor import system
from app.web.device import Caller

pytestmark = pytest.mark.both_databases
MORNING = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
DAY, SECOND = timedelta(hours=24), timedelta(seconds=1)
MAIL = "Mieke@home.example"


@pytest.fixture(autouse=True)
def clock(app: Flask) -> Iterator[time_machine.Traveller]:
    with app.test_request_context(), time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def account(clock: time_machine.Traveller) -> UUID:
    assert clock
    account = commands.make_account(AccountBody(name="Mieke", login="mieke"))
    recovery.keep_address(account, MAIL)
    return account


def ask(address: str = MAIL, mark: int = 1) -> UUID:
    return recovery.ask(address, Caller("192.0.2.1", f"{mark:032x}"))


def asked(address: str = MAIL) -> recovery.Letter:
    [letter] = recovery.letters(ask(address))
    recovery.sent(letter)
    return letter


def rows() -> int:
    return db.session.scalar(select(func.count()).select_from(RecoveryRow)) or 0


def test_a_mail_goes_to_the_address_as_it_was_typed_a_day_before_it_works() -> None:
    letter = asked(" mieke@HOME.example ")
    assert letter.address == MAIL
    assert letter.ready_at == MORNING + DAY
    assert len(letter.token) == 43
    assert list(recovery.waiting()) == []


def test_nothing_goes_to_an_address_that_is_nobodys_and_nothing_is_kept_of_it() -> None:
    question = ask("somebody@else.example")
    assert list(recovery.waiting()) == [question]
    assert recovery.letters(question) == []
    assert rows() == 0


def test_a_question_is_kept_the_same_whosever_address_it_is() -> None:
    """The statements of the request itself: the job that looks whose it is comes later."""

    def statements(address: str) -> list[str]:
        found: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            found.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        ask(address, mark=len(address))
        event.remove(db.engine, "before_cursor_execute", note)
        return found

    assert statements(MAIL) == statements("somebody@else.example")


def test_a_link_works_after_a_day_and_for_a_week(clock: time_machine.Traveller) -> None:
    token = asked().token
    for after, reason in (
        (timedelta(), Reason.TOO_EARLY),
        (DAY - SECOND, Reason.TOO_EARLY),
        (DAY, None),
        (8 * DAY - SECOND, None),
        (8 * DAY, Reason.NO_LONGER),
    ):
        clock.move_to(MORNING + after)
        assert recovery.why_not_yet(recovery.found_by(token)) is reason


def found(token: str) -> RecoveryView:
    view = recovery.found_by(token)
    assert view is not None
    return view


def test_a_link_is_used_once_and_never_before_its_time(clock: time_machine.Traveller) -> None:
    view = found(asked().token)
    with pytest.raises(Refused) as refused:
        recovery.use(view)
    assert refused.value.reason is Reason.TOO_EARLY
    clock.shift(DAY)
    recovery.use(view)
    with pytest.raises(Refused) as refused:
        recovery.use(view)
    assert refused.value.reason is Reason.NO_LONGER


def test_a_stopped_link_is_dead_however_far_it_was(account: UUID, clock: time_machine.Traveller) -> None:
    token = asked().token
    clock.shift(DAY)
    view = found(token)
    [told] = recovery.asked_of(account)
    recovery.stop(told)
    recovery.stop(told)
    assert recovery.found_by(token) is None
    with pytest.raises(Refused):
        recovery.use(view)
    assert recovery.asked_of(account) == []


def test_a_new_key_ends_the_other_questions(account: UUID, clock: time_machine.Traveller) -> None:
    first = asked().token
    clock.shift(timedelta(hours=7))
    second = asked().token
    clock.shift(DAY)
    recovery.use(found(first))
    assert recovery.found_by(second) is None
    assert recovery.asked_of(account) == []


def test_who_asks_again_soon_gets_no_second_mail_and_the_first_stays(clock: time_machine.Traveller) -> None:
    token = asked().token
    clock.shift(timedelta(hours=5))
    assert recovery.letters(ask()) == []
    assert recovery.found_by(token) is not None


def test_a_stopped_question_does_not_keep_the_owner_from_asking(account: UUID) -> None:
    asked()
    recovery.stop(recovery.asked_of(account)[0])
    assert asked().address == MAIL


def test_two_with_one_address_each_get_a_link_of_their_own(account: UUID) -> None:
    other = commands.make_account(AccountBody())
    recovery.keep_address(other, MAIL)
    letters = recovery.letters(ask())
    assert {found(letter.token).account for letter in letters} == {account, other}


def test_a_mail_that_failed_is_tried_again_with_the_same_link_for_an_hour(clock: time_machine.Traveller) -> None:
    [letter] = recovery.letters(ask())
    assert list(recovery.waiting()) == [letter.recovery]
    assert recovery.letters(letter.recovery) == [letter]
    clock.shift(timedelta(hours=1))
    assert list(recovery.waiting()) == []


def test_asking_is_slowed_down_by_address_and_by_browser() -> None:
    for turn in range(MOST):
        ask(mark=turn)
    with pytest.raises(Refused) as refused:
        ask(mark=99)
    assert isinstance(refused.value.reason, Wait)
    ask("somebody@else.example", mark=99)
    for turn in range(MOST - 1):
        ask(f"{turn}@else.example", mark=99)
    with pytest.raises(Refused):
        ask("yet@another.example", mark=99)


@pytest.mark.parametrize(
    "typed", ["mieke", "mieke@", "@home.example", "mieke@home", "a b@home.example", "a@b@home.example", "a@h.be,b@h.be"]
)
def test_what_is_no_address_is_said(account: UUID, typed: str) -> None:
    for act in (lambda: ask(typed), lambda: recovery.keep_address(account, typed)):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.reason is Reason.NO_ADDRESS


def test_an_address_that_was_taken_away_gets_no_mail(account: UUID) -> None:
    recovery.keep_address(account, "")
    assert recovery.letters(ask()) == []
    assert store.account(account).login == "mieke"


def test_who_changes_the_address_ends_what_was_mailed_to_the_one_before(account: UUID) -> None:
    """Somebody else may read the mail there."""
    letter = asked()
    recovery.keep_address(account, f" {MAIL.upper()}")
    assert recovery.found_by(letter.token) is not None
    recovery.keep_address(account, "other@home.example")
    assert recovery.found_by(letter.token) is None
    assert recovery.asked_of(account) == []
    assert asked("other@home.example").address == "other@home.example"


def test_an_ended_account_gets_no_mail_and_its_links_are_dead(account: UUID) -> None:
    token = asked().token
    commands.end_account(account)
    assert recovery.found_by(token) is None
    assert recovery.letters(ask()) == []


def test_a_wrong_link_is_nothing() -> None:
    asked()
    assert recovery.found_by("A" * 43) is None
    assert recovery.why_not_yet(None) is Reason.NO_LONGER


def test_the_question_itself_is_no_link() -> None:
    """Before the job looked whose it is, there is nothing to make a key for."""
    question = ask()
    assert recovery.found_by(recovery._token(question)) is None


def test_what_is_over_is_forgotten(clock: time_machine.Traveller) -> None:
    asked()
    ask("somebody@else.example", 2)
    clock.shift(timedelta(hours=2))
    forget_ended(system("a test"), clock_before := MORNING - timedelta(days=30))
    assert rows() == 1
    clock.shift(8 * DAY)
    forget_ended(system("a test"), clock_before)
    assert rows() == 0


def test_an_account_that_sits_nowhere_for_a_month_is_ended(account: UUID, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(days=31))
    forget_ended(system("a test"), MORNING - SECOND)
    assert store.account(account).name == "Mieke"
    forget_ended(system("a test"), MORNING + SECOND)
    with pytest.raises(Exception, match=str(account)):
        store.account(account)
