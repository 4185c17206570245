"""Passwords and passkeys: one answer and one amount of work for all that is wrong, and nothing that opens twice."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.accounts import chance, commands, keys, locks, rules, store
from app.accounts.locks import Challenge
from app.accounts.nouns import AccountBody, PasskeyBody
from app.accounts.rules import CANDIDATES, CHALLENGE_LASTS, MOST, Reason, Wait
from app.change import Refused
from app.db import now
from app.web.device import Caller
from tests.support.authenticator import PRESENT, VERIFIED, Authenticator, text

MORNING = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
GOOD = "de bal onder de tafel"


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


@pytest.fixture
def account() -> UUID:
    return commands.make_account(AccountBody(name="Mieke"))


def caller(mark: int = 1, *proofs: str, address: str = "192.0.2.1") -> Caller:
    return Caller(address, f"{mark:032x}", proofs)


def reason_of(refused: pytest.ExceptionInfo[Refused]) -> object:
    return refused.value.reason


# ---- passwords -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("login", "password", "reason"),
    [
        ("", GOOD, Reason.NO_LOGIN),
        ("  ", GOOD, Reason.NO_LOGIN),
        ("mieke", "kort1!", Reason.SHORT_PASSWORD),
        ("mieke", "wachtwoord", Reason.KNOWN_PASSWORD),
        ("mieke", "Wachtwoord123!", Reason.KNOWN_PASSWORD),
        ("mieke", "W@chtw00rd", Reason.KNOWN_PASSWORD),
        ("mieke", "welkom2026", Reason.KNOWN_PASSWORD),
        ("mieke", "iloveyou", Reason.KNOWN_PASSWORD),
        ("mieke", "12345678", Reason.KNOWN_PASSWORD),
        ("mieke", "87654321", Reason.KNOWN_PASSWORD),
        ("mieke", "azertyuiop", Reason.KNOWN_PASSWORD),
        ("mieke", "aaaaaaaaaa", Reason.KNOWN_PASSWORD),
        ("mieke", "abcabcabcabc", Reason.KNOWN_PASSWORD),
        ("mieke@caw.example", "Mieke@caw.example", Reason.KNOWN_PASSWORD),
        ("mieke.peeters@caw.example", "mieke.peeters", Reason.KNOWN_PASSWORD),
        ("mieke", "x" * 3 + GOOD * 10, Reason.KNOWN_PASSWORD),
        ("mieke", GOOD, None),
        ("mieke", "vierzeesterren", None),
        ("mieke", "كلمة سر طويلة", None),
        ("mieke", "q7!kd9Zp", None),
    ],
)
def test_a_password_is_long_enough_and_not_what_everybody_tries(
    login: str, password: str, reason: Reason | None
) -> None:
    assert rules.why_not_password(login, password, chance.known_passwords()) is reason


def test_the_list_of_known_passwords_is_small_letters_once_each() -> None:
    words = chance.KNOWN_LIST.read_text(encoding="ascii").split()
    assert words == sorted(set(words))
    assert all(word == word.casefold() for word in words)
    assert len(words) > 350


@pytest.mark.both_databases
def test_a_name_and_a_password_open_the_account_however_the_name_is_typed(account: UUID) -> None:
    keys.set_password(account, "Mieke@CAW.example", GOOD, caller())
    assert keys.open_password(" mieke@caw.example ", GOOD, caller(2)).account == account
    assert store.account(account).login == "Mieke@CAW.example"


@pytest.mark.parametrize("typed", [GOOD + " ", GOOD.upper(), GOOD[:-1], ""])
def test_every_letter_of_a_password_counts(account: UUID, typed: str) -> None:
    keys.set_password(account, "mieke", GOOD, caller())
    with pytest.raises(Refused) as refused:
        keys.open_password("mieke", typed, caller())
    assert reason_of(refused) is Reason.NOT_THIS_PASSWORD


def test_another_password_ends_the_one_before_and_dropping_it_ends_all(account: UUID) -> None:
    keys.set_password(account, "mieke", GOOD, caller())
    keys.set_password(account, "mieke", "een ander lang woord", caller())
    with pytest.raises(Refused):
        keys.open_password("mieke", GOOD, caller())
    assert keys.open_password("mieke", "een ander lang woord", caller()).account == account
    keys.drop_password(account)
    with pytest.raises(Refused):
        keys.open_password("mieke", "een ander lang woord", caller())
    assert not store.account(account).has_password


def test_an_ended_account_is_not_opened(account: UUID) -> None:
    keys.set_password(account, "mieke", GOOD, caller())
    commands.end_account(account)
    with pytest.raises(Refused):
        keys.open_password("mieke", GOOD, caller())


@pytest.mark.both_databases
def test_two_with_one_name_each_open_their_own(account: UUID) -> None:
    other = commands.make_account(AccountBody())
    keys.set_password(account, "mama", GOOD, caller())
    keys.set_password(other, "mama", "vierzeesterren", caller())
    assert keys.open_password("mama", GOOD, caller()).account == account
    assert keys.open_password("mama", "vierzeesterren", caller()).account == other


def test_somebody_elses_name_and_password_are_refused_as_a_known_one_and_counted_as_a_guess(account: UUID) -> None:
    keys.set_password(account, "mama", GOOD, caller())
    other = commands.make_account(AccountBody())
    for _turn in range(MOST):
        with pytest.raises(Refused) as refused:
            keys.set_password(other, "mama", GOOD, caller(7))
        assert reason_of(refused) is Reason.KNOWN_PASSWORD
    with pytest.raises(Refused) as refused:
        keys.set_password(other, "mama", GOOD, caller(7))
    assert isinstance(reason_of(refused), Wait)


def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    done: list[str] = []
    verify = chance.Hasher.verify

    def counted(self: chance.Hasher, hash: str, password: str) -> bool:  # noqa: A002
        done.append(hash)
        return verify(self, hash, password)

    monkeypatch.setattr(chance.Hasher, "verify", counted)
    return done


def test_known_and_unknown_names_right_and_wrong_passwords_are_the_same_work(
    account: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.set_password(account, "mieke", GOOD, caller())
    for login, password in (("mieke", GOOD), ("mieke", "iets anders dan dat"), ("niemand", GOOD), ("", "")):
        done = work(monkeypatch)
        with suppress(Refused):
            keys.open_password(login, password, caller(3))
        assert len(done) == CANDIDATES
        monkeypatch.undo()


def test_choosing_a_name_is_the_same_work_whether_or_not_somebody_has_it(
    account: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.set_password(account, "mama", GOOD, caller())
    for turn, login in enumerate(("mama", "papa")):
        new = commands.make_account(AccountBody())
        done = work(monkeypatch)
        keys.set_password(new, login, "vierzeesterren", caller(turn + 5))
        assert len(done) == CANDIDATES
        monkeypatch.undo()


def test_guesses_stop_others_and_not_the_phone_that_opened_it_before(account: UUID) -> None:
    with time_machine.travel(MORNING, tick=False):
        proof = keys.set_password(account, "mieke", GOOD, caller(1)).proof
        for turn in range(MOST):
            with pytest.raises(Refused) as refused:
                keys.open_password("mieke", "fout fout fout", caller(100 + turn, address=f"198.51.100.{turn}"))
            assert reason_of(refused) is Reason.NOT_THIS_PASSWORD
        with pytest.raises(Refused) as refused:
            keys.open_password("mieke", GOOD, caller(200, address="198.51.100.200"))
        assert isinstance(reason_of(refused), Wait)
        assert keys.open_password("mieke", GOOD, caller(1, proof)).account == account


# ---- passkeys --------------------------------------------------------------------------------------------------------


def made(account: UUID, device: Authenticator) -> UUID:
    challenge = locks.new_challenge(now(), account)
    answer = device.make(locks.to_make(challenge, "Mieke", []))
    return keys.make_passkey(account, answer, challenge, PasskeyBody(name="gsm"))


def opened(device: Authenticator, challenge: Challenge | None = None, **other: object) -> UUID:
    challenge = challenge or locks.new_challenge(now())
    return keys.open_passkey(device.sign(locks.to_open(challenge), **other), challenge)


def is_refused(device: Authenticator, **other: object) -> bool:
    with pytest.raises(Refused) as refused:
        opened(device, **other)
    return reason_of(refused) is Reason.NOT_THIS_LOCK


@pytest.mark.both_databases
def test_a_passkey_opens_its_account_without_a_name(account: UUID) -> None:
    device = Authenticator()
    made(account, device)
    assert opened(device) == account
    assert opened(device) == account


def test_what_a_browser_is_asked_for_comes_from_the_configured_address(account: UUID) -> None:
    challenge = locks.new_challenge(now(), account)
    make, get = locks.to_make(challenge, "Mieke", [b"before"]), locks.to_open(challenge)
    assert make["rp"] == {"name": "Ons Plan", "id": "localhost"}
    assert get["rpId"] == "localhost"
    assert make["attestation"] == "none"
    assert make["authenticatorSelection"]["residentKey"] == "required"
    assert make["authenticatorSelection"]["userVerification"] == get["userVerification"] == "required"
    assert make["user"]["id"] == text(account.bytes)
    assert [one["id"] for one in make["excludeCredentials"]] == [text(b"before")]
    assert get.get("allowCredentials", []) == []


@pytest.mark.parametrize(
    "device",
    [
        Authenticator(origin="https://evil.example"),
        Authenticator(place="evil.example"),
        Authenticator(flags=PRESENT),
        Authenticator(flags=VERIFIED),
    ],
    ids=["another site", "another place", "nobody proved who they are", "nobody was there"],
)
def test_a_passkey_made_wrongly_is_not_kept(account: UUID, device: Authenticator) -> None:
    with pytest.raises(Refused) as refused:
        made(account, device)
    assert reason_of(refused) is Reason.LOCK_NOT_MADE
    assert keys.passkeys(account) == []


@pytest.mark.parametrize(
    "change",
    [{"origin": "https://evil.example"}, {"place": "evil.example"}, {"flags": PRESENT}, {"flags": VERIFIED}],
    ids=["another site", "another place", "nobody proved who they are", "nobody was there"],
)
def test_an_answer_given_wrongly_opens_nothing(account: UUID, change: dict[str, object]) -> None:
    device = Authenticator()
    made(account, device)
    for name, value in change.items():
        setattr(device, name, value)
    assert is_refused(device)


def test_an_unknown_a_stopped_and_a_forged_passkey_get_the_same_answer(account: UUID) -> None:
    device, stranger, stopped = Authenticator(), Authenticator(), Authenticator()
    made(account, device)
    made(account, stopped)
    keys.stop_passkey(keys.passkeys(account)[1])
    forged = Authenticator(credential=device.credential, handle=device.handle)
    assert is_refused(stranger)
    assert is_refused(stopped)
    assert is_refused(forged)
    assert opened(device) == account


def test_a_passkey_that_says_it_is_of_somebody_else_is_refused(account: UUID) -> None:
    device = Authenticator()
    made(account, device)
    assert is_refused(device, userHandle=text(uuid4().bytes))
    assert opened(device, userHandle=None) == account


def test_a_challenge_is_answered_once_and_not_after_its_time(account: UUID) -> None:
    device = Authenticator(counts=False)
    made(account, device)
    with time_machine.travel(MORNING, tick=False) as clock:
        challenge = locks.new_challenge(now())
        answer = device.sign(locks.to_open(challenge))
        assert keys.open_passkey(answer, challenge) == account
        with pytest.raises(Refused):
            keys.open_passkey(answer, challenge)
        late = locks.new_challenge(now())
        answer = device.sign(locks.to_open(late))
        clock.shift(CHALLENGE_LASTS + timedelta(seconds=1))
        with pytest.raises(Refused):
            keys.open_passkey(answer, late)


def test_a_used_challenge_is_remembered_longer_than_it_lasts() -> None:
    assert CHALLENGE_LASTS < rules.WINDOW


def test_the_challenge_of_one_person_makes_no_passkey_of_another(account: UUID) -> None:
    device, other = Authenticator(), commands.make_account(AccountBody())
    challenge = locks.new_challenge(now(), account)
    answer = device.make(locks.to_make(challenge, "Mieke", []))
    for wrong in (challenge, locks.new_challenge(now(), other), locks.new_challenge(now()), None):
        with pytest.raises(Refused):
            keys.make_passkey(other, answer, wrong, PasskeyBody())
    assert keys.passkeys(other) == []


def test_a_challenge_to_make_a_passkey_opens_nothing(account: UUID) -> None:
    device = Authenticator()
    made(account, device)
    for challenge in (locks.new_challenge(now(), account), None):
        answer = device.sign(locks.to_open(challenge or locks.new_challenge(now())))
        with pytest.raises(Refused):
            keys.open_passkey(answer, challenge)


def test_a_copy_of_a_passkey_is_seen_by_its_count(account: UUID) -> None:
    device = Authenticator()
    made(account, device)
    assert opened(device) == account
    copy = Authenticator(credential=device.credential, key=device.key, handle=device.handle, signed=0)
    assert is_refused(copy)
    assert opened(device) == account


def test_a_passkey_is_kept_once(account: UUID) -> None:
    device = Authenticator()
    made(account, device)
    with pytest.raises(Refused):
        made(commands.make_account(AccountBody()), device)
    assert opened(device, userHandle=text(account.bytes)) == account


def test_an_ended_account_has_no_passkey(account: UUID) -> None:
    device = Authenticator()
    made(account, device)
    commands.end_account(account)
    assert is_refused(device)


def test_a_new_passkey_is_known_when_its_owner_says_so(account: UUID) -> None:
    challenge = locks.new_challenge(now(), account)
    answer = Authenticator().make(locks.to_make(challenge, "Mieke", []))
    keys.make_passkey(account, answer, challenge, PasskeyBody(name="computer", known=False))
    [lock] = keys.passkeys(account)
    assert (lock.body.name, lock.body.known) == ("computer", False)
    keys.know_passkey(lock)
    assert keys.passkeys(account)[0].body.known


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
PARTS = ("id", "rawId", "type", "clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.sampled_from(PARTS), value=JSON, makes=st.booleans())
def test_whatever_a_browser_sends_is_read_or_refused(where: str, value: object, makes: bool) -> None:
    device, challenge = Authenticator(), locks.new_challenge(now(), uuid4())
    sent = json.loads(
        device.make(locks.to_make(challenge, "x", []))
        if makes
        else device.sign(locks.to_open(challenge), userHandle="")
    )
    (sent if where in sent else sent["response"])[where] = value
    answer = json.dumps(sent)
    locks.made(answer, challenge)
    locks.credential_of(answer)
    locks.opened(answer, challenge, b"\xa0", 0, uuid4())


@pytest.mark.parametrize("answer", ["", "[]", "null", "1", '"x"', "{}", "[" * 5000, '{"rawId":"é"}', "\ud800"])
def test_what_is_no_answer_is_refused(answer: str) -> None:
    challenge = locks.new_challenge(now(), uuid4())
    assert locks.made(answer, challenge) is None
    assert locks.credential_of(answer) is None or answer == ""
    assert locks.opened(answer, challenge, b"", 0, uuid4()) is None


@pytest.mark.parametrize(
    ("address", "works"),
    [
        ("https://plan.example", True),
        ("http://localhost:8000", True),
        ("http://plan.example", False),
        ("http://192.168.1.4:8000", False),
        ("https://192.168.1.4", False),
        ("https://[::1]", False),
    ],
)
def test_browsers_keep_passkeys_for_names_over_https(address: str, works: bool) -> None:
    assert rules.passkeys_work_at(address) is works
