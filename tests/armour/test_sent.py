"""Every address that is sent to somebody: a link, an invitation, a card, a start card, the mail for a lost key.

Preview robots, scanners and archives open them, and some run scripts. They find nothing, use nothing up, and the
address still opens for the person it is for. Source: design page `bar`, "a link is safe to send".
"""

import logging
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.db import now
from app.policy.actor import Actor
from app.trusted.store import Circle
from tests.armour.test_logs import said
from tests.cast import Cast
from tests.entry.test_own_keys import ask_mail, keep_address, link_in, outbox
from tests.guests.pages import invite, person
from tests.guests.test_cards import card_of, known
from tests.sharing.pages import tokens_off
from tests.support.full import keep, size
from tests.support.jobs import do_jobs

__all__ = ["outbox", "tokens_off"]

AGENTS = (
    "WhatsApp/2.24.6.77 A",
    "facebookexternalhit/1.1",
    "TelegramBot (like TwitterBot)",
    "Mozilla/5.0 (compatible; Googlebot/2.1)",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)",
    "",
    "Signal-Android/7.5 WhatsApp/2",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Discordbot/2.0",
    "Microsoft Office/16.0 (Windows NT 10.0; MSOffice 16; SafeLinks)",
    "Mozilla/5.0 (compatible; Barracuda Sentinel)",
    "archive.org_bot",
    "curl/8.5",
    "Mozilla/5.0 HeadlessChrome/120.0",
)
TIMES = size(1, 20)
BITS = 128
DAY = timedelta(hours=24, minutes=1)


@dataclass(frozen=True)
class Sent:
    """One address, and what its person does with it.

    Attributes:
        path: the address.
        secret: the part of it that nobody may guess.
        opens: what the person gets who opens it.
        signs: how many signs that part is made of; 0 for a card, whose address opens nothing without its three words.
    """

    path: str
    secret: str
    opens: Callable[[FlaskClient], TestResponse]
    signs: int


def circle_of(child: Actor) -> Circle:
    """Whom a child trusts."""
    from app.trusted import store

    found = store.circle(child)
    assert found is not None
    return found


@pytest.fixture
def sent(cast: Cast, app: Flask, outbox: list[Any]) -> dict[str, Sent]:
    """One of every kind, as the product makes them."""
    from app.accounts.commands import make_card
    from app.plan import commands as plans
    from app.trusted import commands as trusted

    guest = invite(cast, person(cast, "Mieke"), "goals")
    start = card_of(known(cast, "Griet"))[1]
    sara = cast.client_of("sara")
    app.config["WTF_CSRF_ENABLED"] = True
    keep_address(cast, sara)
    ask_mail(app.test_client())
    do_jobs(app)
    mailed = link_in(outbox[0].body)
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context():
        card = make_card(cast.sara, "a form")
        plans.agree(cast.jef, cast.thing("invite", "jef"))
        link = plans.new_link(cast.sara, cast.thing("invite", "sara"), "another form").token
        made = trusted.name(circle_of(cast.mil), "Juf Els", "a third form")
    typed = {"card_number": card.number, "card_words": " ".join(card.words)}
    posted: dict[str, tuple[str, str, int]] = {
        "link": (f"/d/{cast.tokens['oma']}", cast.tokens["oma"], 64),
        "vertrouwenspersoon's link": (f"/v/{made.secret.token}", made.secret.token, 64),
        "guest's invitation": (guest.link, guest.token, 64),
        "parent's invitation": (f"/welkom/{link}", link, 64),
        "start card": (start, start.removeprefix("/kom/").replace("-", ""), 32),
        "mail for a lost key": (mailed, mailed.removeprefix("/nieuwe-sleutel/"), 64),
    }
    found = {
        name: Sent(path, secret, lambda client, path=path: client.post(path, data={"form_key": uuid4().hex}), signs)
        for name, (path, secret, signs) in posted.items()
    }
    number = Sent(f"/kaart/{card.number}", card.number, lambda client: client.post("/sleutel", data=typed), 0)
    return found | {"sleutelkaart": number}


OPENED = {
    "link": 303,
    "vertrouwenspersoon's link": 303,
    "guest's invitation": 200,
    "parent's invitation": 303,
    "start card": 303,
    "mail for a lost key": 200,
    "sleutelkaart": 303,
}


def written(app: Flask) -> dict[str, list[str]]:
    """Every row of every table of both databases."""
    from app.db import Base, db
    from app.keystore import KeysBase

    found = {}
    with app.app_context():
        for metadata, engine in ((Base.metadata, db.engine), (KeysBase.metadata, db.get_engine("keys"))):
            with engine.connect() as connection:
                for table in metadata.sorted_tables:
                    rows = connection.execute(select(table)).all()
                    found[table.name] = sorted(repr(tuple(row)) for row in rows)
    return found


def steady(text: str, secret: str) -> str:
    """A page without its address, and without what differs by browser."""
    text = re.sub(r'name="(csrf_token|form_key)" value="[^"]*"', "", text)
    bare = text.replace(secret, "").replace("-".join(re.findall(".{1,4}", secret)), "")
    return re.sub(r'name="card_number" value="[^"]*"', "", bare)


@pytest.mark.long
@pytest.mark.both_databases
def test_robots_find_nothing_and_use_nothing_up(cast: Cast, app: Flask, sent: dict[str, Sent]) -> None:
    before, asked = written(app), 0
    words = [str(cast.plan), *(piece.canary for piece in cast.pieces.values() if piece.canary)]
    for name, one in sent.items():
        pages = set()
        for agent in AGENTS * TIMES:
            browser, asked = app.test_client(), asked + 1
            answer = browser.get(one.path, headers={"User-Agent": agent})
            head = browser.head(one.path, headers={"User-Agent": agent})
            assert (answer.status_code, head.status_code, head.text) == (200, 200, ""), name
            pages.add(steady(answer.text, one.secret))
        wrong = one.path.replace(one.secret, "a" * len(one.secret)) if one.secret in one.path else "/kom/" + "a" * 26
        pages.add(steady(app.test_client().get(wrong).text, wrong.rpartition("/")[2]))
        assert len(pages) == 1, name
        assert not [word for word in words if word in next(iter(pages))], name
    assert written(app) == before
    # And then the person comes.
    mailed = sent["mail for a lost key"]
    answers = {name: one.opens(app.test_client()).status_code for name, one in sent.items() if one is not mailed}
    with time_machine.travel(now() + DAY, tick=False):
        answers["mail for a lost key"] = mailed.opens(app.test_client()).status_code
    assert answers == OPENED
    kinds = sorted(sent)
    keep("a link is safe to send", kinds=kinds, agents=len(AGENTS), gets=asked, heads=asked, content=0, used_up=0)


@pytest.mark.both_databases
def test_they_are_long_and_lie_nowhere(app: Flask, sent: dict[str, Sent]) -> None:
    """The number of a card is no secret of this sort: without its three words, which are counted, it opens nothing."""
    lies = "\n".join(row for rows in written(app).values() for row in rows)
    for name, one in sent.items():
        if one.signs:
            assert len(one.secret) * math.log2(one.signs) >= BITS, name
        assert one.secret not in lies, name
        assert one.secret.encode().hex() not in lies, name
    # What a start card says is made of its id by a key that lies apart: nothing beside it tells.
    assert "token" not in lies or "token_hash" not in lies


@pytest.mark.both_databases
def test_no_answer_sends_them_on_and_no_log_keeps_them(
    app: Flask, sent: dict[str, Sent], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Through redirects and pages of errors too: a missing token, a wrong method, a page that fails."""
    caplog.set_level(logging.DEBUG)
    answers: list[TestResponse] = []
    for one in sent.values():
        browser = app.test_client()
        app.config["WTF_CSRF_ENABLED"] = True
        answers += [
            browser.get(one.path),
            browser.post(one.path),
            browser.delete(one.path),
            browser.get(one.path + "/x"),
        ]
        app.config["WTF_CSRF_ENABLED"] = False
        answers.append(one.opens(browser))
        if answers[-1].location:
            answers.append(browser.get(answers[-1].location))
    failing = pytest.MonkeyPatch()
    app.testing = False
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(("/d/", "/v/", "/gast/<token>", "/welkom/", "/kom/", "/kaart/", "/nieuwe-sleutel/")):
            failing.setitem(app.view_functions, rule.endpoint, _fails)
    answers += [app.test_client().get(one.path) for one in sent.values()]
    failing.undo()
    assert {answer.status_code for answer in answers} >= {200, 303, 403, 404, 500}
    secrets = [one.secret for one in sent.values()]
    for answer in answers:
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert not [secret for secret in secrets if secret in (answer.location or "")]
    text = said(caplog, capfd)
    assert not [name for name, one in sent.items() if one.secret in text or one.path in text]


def _fails(**given: object) -> str:
    raise RuntimeError(f"a failure that this test makes: {given}")


@pytest.mark.both_databases
def test_what_is_over_says_no_more_than_what_never_was(app: Flask, sent: dict[str, Sent]) -> None:
    for name in (
        "link",
        "vertrouwenspersoon's link",
        "guest's invitation",
        "parent's invitation",
        "mail for a lost key",
    ):
        one = sent[name]
        with time_machine.travel(now() + timedelta(days=400), tick=False):
            over = app.test_client().post(one.path, data={"form_key": uuid4().hex})
            never = app.test_client().post(f"{one.path.rpartition('/')[0]}/{'a' * 43}", data={"form_key": uuid4().hex})
        assert (over.status_code, never.status_code) == (404, 404), name
        assert steady(over.text, one.secret) == steady(never.text, "a" * 43), name
