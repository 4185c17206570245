"""Known and unknown get one answer, after the same work: who guesses learns nothing from words, questions or time.

Time is measured in a full run only: there the chance that a known one takes longer than an unknown one must be near a
half (AUC). In every run the costly checks (argon2) and the questions to the database are counted. Source: design page
`bar`, "getting in is hard for others".
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.accounts import chance
from app.config import Mail
from tests.armour.test_pages import counted
from tests.cast import Cast
from tests.support.full import FILE, keep, size
from tests.support.world import World

GOOD = "de bal onder de tafel"
SAMPLES = size(1, 200)
LEAST, MOST = 0.35, 0.65


@dataclass(frozen=True)
class Guess:
    """What is sent where, for what is known here and for what is not."""

    path: str
    known: dict[str, str]
    unknown: dict[str, str]


@pytest.fixture
def world(cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch) -> World:
    """Every guess is taken back after it, so that none has to wait for the ones before."""
    mail = Mail("smtp", "mail.example", 25, "", "", "plan@mail.example")
    monkeypatch.setitem(app.extensions, "onsplan.config", replace(app.extensions["onsplan.config"], mail=mail))
    made = World(app, cast)
    made.let_in("nobody")
    return made


@pytest.fixture
def guesses(cast: Cast, app: Flask) -> dict[str, Guess]:
    from app.accounts import keys, owners, recovery
    from app.accounts.commands import make_card
    from app.web.device import Caller

    assert cast.sara.seat is not None
    with app.test_request_context():
        card = make_card(cast.sara, "a form")
        account: UUID = owners.account_for(cast.sara.seat, cast.plan, None)
        keys.set_password(account, "sara", GOOD, Caller("192.0.2.7", "0" * 32))
        recovery.keep_address(account, "sara@home.example")
    other = f"{(int(card.number) + 7) % 10**12:012d}"
    wrong = {"card_words": "een twee drie"}
    return {
        "card": Guess("/sleutel", {"card_number": card.number, **wrong}, {"card_number": other, **wrong}),
        "password": Guess(
            "/wachtwoord", {"login": "sara", "password": "iets anders"}, {"login": "piet", "password": "iets anders"}
        ),
        "lost key": Guess("/kwijt", {"email": "sara@home.example"}, {"email": "piet@home.example"}),
    }


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every costly check, by what it was held against."""
    done: list[str] = []
    verify = chance.Hasher.verify

    def noted(self: chance.Hasher, hash: str, password: str) -> bool:  # noqa: A002
        done.append(hash)
        return verify(self, hash, password)

    monkeypatch.setattr(chance.Hasher, "verify", noted)
    return done


def send(world: World, path: str, typed: dict[str, str]) -> TestResponse:
    return world.ask("nobody", "POST", path, {"csrf_token": world.token(), **typed})


def steady(answer: TestResponse, typed: dict[str, str]) -> str:
    text = re.sub(r'name="(csrf_token|form_key)" value="[^"]*"', "", answer.text)
    for value in typed.values():
        text = text.replace(f'value="{value}"', "")
    return text


KINDS = ("card", "password", "lost key")


@pytest.mark.both_databases
@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_known_and_unknown_get_one_answer_after_the_same_work(
    world: World, guesses: dict[str, Guess], work: list[str], kind: str
) -> None:
    guess, found = guesses[kind], []
    # The first request reads what all later ones have in memory.
    send(world, guess.path, guess.unknown)
    for typed in (guess.known, guess.unknown):
        work.clear()
        with counted(world.app) as statements:
            answer = send(world, guess.path, typed)
        kinds = [re.sub(r"\s+", " ", statement) for statement in statements]
        found.append((answer.status_code, steady(answer, typed), len(work), kinds))
    assert found[0] == found[1]
    assert found[0][2] == {"card": 1, "password": 3, "lost key": 0}[kind]


def auc(known: list[float], unknown: list[float]) -> float:
    """How often a known one took longer than an unknown one; a half is no difference at all."""
    longer = sum((one > other) + (one == other) / 2 for one in known for other in unknown)
    return longer / (len(known) * len(unknown))


def test_how_the_difference_is_measured() -> None:
    assert auc([1.0, 2.0], [1.0, 2.0]) == 0.5
    assert auc([3.0, 4.0], [1.0, 2.0]) == 1.0
    assert auc([1.0], [2.0]) == 0.0


@pytest.mark.both_databases
@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_known_and_unknown_take_the_same_time(world: World, guesses: dict[str, Guess], kind: str) -> None:
    guess = guesses[kind]
    took: dict[bool, list[float]] = {True: [], False: []}
    for number in range(2 * SAMPLES):
        is_known = bool((number // 2 + number) % 2)
        begin = time.perf_counter()
        answer = send(world, guess.path, guess.known if is_known else guess.unknown)
        took[is_known].append(time.perf_counter() - begin)
        assert answer.status_code in {200, 422}
    assert len(took[True]) == len(took[False]) == SAMPLES
    if FILE:
        difference = auc(took[True], took[False])
        database = str(world.app.extensions["onsplan.config"].database_url).partition(":")[0]
        keep("getting in is hard for others", guess=kind, database=database, samples=SAMPLES, auc=round(difference, 3))
        assert LEAST <= difference <= MOST
