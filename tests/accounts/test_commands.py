"""Cards, guesses, sessions and devices, through their commands."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from app.accounts import chance, commands, store
from app.accounts.models import Attempt, Card
from app.accounts.nouns import CardBody, CardSecret
from app.accounts.rules import IN_ALL, MOST, MOST_FROM_ADDRESS, Reason, Wait
from app.change import NotPermitted, Refused
from app.db import db, now
from app.items import Thing
from app.keystore import Ending, look_up_hash
from app.policy.actor import Actor
from app.web.device import Caller
from tests.cast import Cast

pytestmark = pytest.mark.both_databases
MORNING = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


@pytest.fixture
def card(cast: Cast) -> CardSecret:
    return commands.make_card(cast.sara, "one form")


def own(cast: Cast, card: CardSecret) -> Thing[CardBody]:
    found = store.card(cast.sara, card.card)
    assert found is not None
    return found


def caller(address: str = "192.0.2.1", mark: str = "", *proofs: str) -> Caller:
    return Caller(address, mark or uuid4().hex, proofs)


def open_with(number: str, words: str, who: Caller | None = None) -> commands.Opened:
    return commands.open_card(number, words, who or caller())


def refusal(number: str, words: str, who: Caller | None = None) -> object:
    with pytest.raises(Refused) as refused:
        open_with(number, words, who)
    return refused.value.reason


# ---- cards -----------------------------------------------------------------------------------------------------------


def test_a_card_has_twelve_digits_and_three_words_of_the_list(card: CardSecret) -> None:
    words = chance.WORD_LIST.read_text(encoding="ascii").split()
    assert len(card.number) == 12
    assert card.number.isdigit()
    assert len(card.words) == 3
    assert set(card.words) <= set(words)


def test_cards_differ(cast: Cast) -> None:
    made = [commands.make_card(cast.sara, None) for _card in range(5)]
    assert len({card.number for card in made}) == 5
    assert len({card.words for card in made}) == 5


def test_numbers_may_start_with_a_zero_and_use_every_digit() -> None:
    numbers = [chance.card_secret(uuid4(), f"seed {turn}").number for turn in range(300)]
    assert {number[0] for number in numbers} == set("0123456789")
    assert all(len(number) == 12 for number in numbers)


def test_the_same_form_sent_twice_makes_one_card_and_shows_the_same(cast: Cast, card: CardSecret) -> None:
    before = len(store.cards(cast.sara))
    assert commands.make_card(cast.sara, "one form") == card
    assert len(store.cards(cast.sara)) == before


def test_two_people_who_send_the_same_key_get_cards_of_their_own(cast: Cast, card: CardSecret) -> None:
    assert commands.make_card(cast.jef, "another form").number != card.number


def test_a_number_that_another_card_has_is_not_given_again(
    cast: Cast, card: CardSecret, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = chance.card_secret
    monkeypatch.setattr(
        chance,
        "card_secret",
        lambda id, seed: replace_number(real(id, seed), card) if seed.endswith("/0") else real(id, seed),  # noqa: A006
    )
    assert commands.make_card(cast.jef, "third form").number != card.number


def replace_number(secret: CardSecret, other: CardSecret) -> CardSecret:
    return CardSecret(secret.card, other.number, secret.words)


def test_no_secret_of_a_card_is_stored(card: CardSecret) -> None:
    row = db.session.execute(select(Card.__table__).where(Card.id == card.card)).one()
    everything = b"".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
    for secret in (card.number, *card.words):
        assert secret.encode() not in everything


def test_a_card_opens_the_plan_as_its_member(cast: Cast, card: CardSecret) -> None:
    opened = open_with(card.number, " ".join(card.words))
    assert (opened.plan, opened.member) == (cast.plan, cast.sara.seat)


def test_a_card_is_a_way_back_once_its_member_keeps_it(cast: Cast, card: CardSecret) -> None:
    assert not store.has_way_back(cast.sara)
    made = own(cast, card)
    commands.keep_card(cast.sara, made)
    commands.keep_card(cast.sara, made)
    assert store.has_way_back(cast.sara)
    assert not store.has_way_back(cast.jef)


def test_a_card_that_was_used_is_kept(cast: Cast, card: CardSecret) -> None:
    open_with(card.number, " ".join(card.words))
    assert store.has_way_back(cast.sara)


def test_a_stopped_card_opens_nothing_and_that_survives_a_restore(cast: Cast, card: CardSecret) -> None:
    made = own(cast, card)
    commands.stop_card(cast.sara, made)
    commands.stop_card(cast.sara, made)
    assert refusal(card.number, " ".join(card.words)) is Reason.NOT_RIGHT
    assert made.id not in {other.id for other in store.cards(cast.sara)}
    with db.get_engine("keys").connect() as keys:
        assert keys.execute(select(Ending.kind).where(Ending.subject_id == made.id)).scalar() == "card"


def test_nobody_else_sees_keeps_or_stops_a_card(cast: Cast, card: CardSecret) -> None:
    made = own(cast, card)
    for who in ("jef", "nele", "oma", "els", "lies"):
        other: Actor = cast.actors[who]
        assert store.card(other, made.id) is None
        for act in (commands.keep_card, commands.stop_card):
            with pytest.raises(NotPermitted):
                act(other, made)


def test_who_is_no_member_makes_no_card(cast: Cast) -> None:
    for who in ("oma", "els", "host", "nobody"):
        with pytest.raises(NotPermitted):
            commands.make_card(cast.actors[who], "a form")


def test_a_meehelper_has_an_own_card(cast: Cast) -> None:
    made = commands.make_card(cast.nele, "a form")
    assert open_with(made.number, " ".join(made.words)).member == cast.nele.seat
    assert store.has_way_back(cast.nele)


def test_a_card_of_a_member_who_was_stopped_opens_nothing(cast: Cast) -> None:
    from app.change import Put, change
    from app.plan.models import MEMBER
    from app.plan.nouns import MemberState
    from app.policy.actions import Action
    from app.scope import load_one

    made = commands.make_card(cast.nele, "a form")
    member = load_one(cast.sara, MEMBER, cast.nele.seat)  # type: ignore[arg-type]
    assert member is not None
    change(cast.sara, Action.MEMBER_STOP, Put(member, state=MemberState.STOPPED))
    assert refusal(made.number, " ".join(made.words)) is Reason.NOT_RIGHT


# ---- guesses ---------------------------------------------------------------------------------------------------------


def test_wrong_words_an_unknown_number_and_no_number_are_refused_alike(card: CardSecret) -> None:
    unknown = f"{(int(card.number) + 1) % 10**12:012d}"
    right = " ".join(card.words)
    swapped = " ".join(reversed(card.words))
    for number, words in [(card.number, swapped), (unknown, right), (card.number, ""), ("12", right), ("", "")]:
        assert refusal(number, words) is Reason.NOT_RIGHT


def test_the_words_are_checked_once_whether_or_not_the_number_exists(
    card: CardSecret, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes: list[str] = []
    real = chance.HASHER.verify

    class Counting:
        def verify(self, kept: str, words: str) -> bool:
            hashes.append(kept.split("$")[3])
            return real(kept, words)

    monkeypatch.setattr(chance, "HASHER", Counting())
    refusal(card.number, "wrong words here")
    refusal("000000000000", "wrong words here")
    assert len(hashes) == 2
    assert hashes[0] == hashes[1]


def wrong(number: str, times: int, *, address: str = "", mark: str = "", proof: str = "") -> None:
    for turn in range(times):
        who = caller(address or f"198.51.100.{turn}", mark, *([proof] if proof else []))
        assert refusal(number, "een twee drie", who) is Reason.NOT_RIGHT


def test_the_eleventh_guess_at_a_number_waits_even_when_it_is_right(card: CardSecret) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        wrong(card.number, MOST)
        assert refusal(card.number, " ".join(card.words)) == Wait(15)
        clock.shift(timedelta(minutes=14))
        assert refusal(card.number, " ".join(card.words)) == Wait(1)
        clock.shift(timedelta(minutes=1, seconds=1))
        open_with(card.number, " ".join(card.words))


def test_a_number_that_does_not_exist_waits_alike() -> None:
    with time_machine.travel(MORNING, tick=False):
        wrong("000000000000", MOST)
        assert refusal("000000000000", "een twee drie") == Wait(15)


def test_the_eleventh_guess_of_a_browser_waits_and_other_phones_at_its_address_do_not(card: CardSecret) -> None:
    with time_machine.travel(MORNING, tick=False):
        for turn in range(MOST):
            wrong(f"{turn:012d}", 1, address="192.0.2.9", mark="a" * 32)
        assert refusal(card.number, " ".join(card.words), caller("192.0.2.9", "a" * 32)) == Wait(15)
        open_with(card.number, " ".join(card.words), caller("192.0.2.9"))


def test_guesses_without_a_mark_fill_their_address_and_no_other(card: CardSecret) -> None:
    with time_machine.travel(MORNING, tick=False):
        for turn in range(MOST_FROM_ADDRESS):
            wrong(f"{turn:012d}", 1, address="192.0.2.9")
        assert refusal(card.number, " ".join(card.words), caller("192.0.2.9")) == Wait(15)
        open_with(card.number, " ".join(card.words), caller("192.0.2.10"))


def test_ten_guesses_at_one_card_are_the_most_from_however_many_phones(card: CardSecret) -> None:
    with time_machine.travel(MORNING, tick=False):
        for turn in range(MOST):
            wrong(card.number, 1, address=f"198.51.100.{turn}")
        assert refusal(card.number, " ".join(card.words), caller("192.0.2.10")) == Wait(15)


def test_a_guess_that_had_to_wait_does_not_make_the_wait_longer(card: CardSecret) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        wrong(card.number, MOST)
        for _more in range(20):
            assert refusal(card.number, " ".join(card.words)) == Wait(15)
        clock.shift(timedelta(minutes=15, seconds=1))
        open_with(card.number, " ".join(card.words))


def test_a_right_guess_is_not_counted(card: CardSecret) -> None:
    for _visit in range(MOST + 2):
        open_with(card.number, " ".join(card.words), caller("192.0.2.9"))
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_somebody_elses_guesses_do_not_lock_out_a_device_that_knows_the_card(card: CardSecret) -> None:
    own = caller()
    proof = open_with(card.number, " ".join(card.words), own).proof
    with time_machine.travel(MORNING, tick=False):
        wrong(card.number, MOST, address=own.address)
        assert refusal(card.number, " ".join(card.words)) == Wait(15)
        open_with(card.number, " ".join(card.words), replace(own, proofs=(proof,)))


def test_a_device_that_knows_the_card_has_ten_guesses_too(card: CardSecret) -> None:
    own = caller()
    proof = open_with(card.number, " ".join(card.words), own).proof
    with time_machine.travel(MORNING, tick=False):
        wrong(card.number, MOST, mark=own.mark, proof=proof)
        assert refusal(card.number, " ".join(card.words), replace(own, proofs=(proof,))) == Wait(15)


def test_a_proof_works_for_its_own_device_and_card_only(cast: Cast, card: CardSecret) -> None:
    own = caller()
    proof = open_with(card.number, " ".join(card.words), own).proof
    other = commands.make_card(cast.jef, "a form")
    with time_machine.travel(MORNING, tick=False):
        wrong(card.number, MOST)
        assert refusal(card.number, " ".join(card.words), caller("192.0.2.8", "", proof)) == Wait(15)
        wrong(other.number, MOST)
        assert refusal(other.number, " ".join(other.words), replace(own, proofs=(proof,))) == Wait(15)


def test_when_all_guess_at_once_only_addresses_that_guessed_wrong_slow_down(card: CardSecret) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        crowd(IN_ALL)
        wrong("000000000001", 1, address="192.0.2.9")
        assert refusal(card.number, " ".join(card.words), caller("192.0.2.9")) == Wait(1)
        open_with(card.number, " ".join(card.words), caller("192.0.2.10"))
        clock.shift(timedelta(minutes=1, seconds=1))
        open_with(card.number, " ".join(card.words), caller("192.0.2.9"))


def crowd(times: int) -> None:
    everybody = look_up_hash("attempt by all", "")
    db.session.add_all(Attempt(subject=everybody, at=MORNING) for _guess in range(times))
    db.session.commit()


def test_old_guesses_are_not_kept(card: CardSecret) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        wrong(card.number, 3)
        clock.shift(timedelta(hours=1))
        wrong("000000000000", 1)
        assert set(db.session.scalars(select(Attempt.at))) == {now()}


def test_no_number_or_address_lies_among_the_attempts(card: CardSecret) -> None:
    wrong(card.number, 1, address="192.0.2.77")
    rows = b"".join(db.session.scalars(select(Attempt.subject)))
    assert card.number.encode() not in rows
    assert b"192.0.2.77" not in rows
