"""The pages of paper: asking, waiting, what is served from the shelf and what is made anew, and whose it is."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from app.web import paper
from tests.cast import EVERYBODY, FAMILY, Cast
from tests.entry.reading import form_to
from tests.export.printing import ask, printed, sheet
from tests.support import paper as reading
from tests.support.jobs import do_jobs, look_round, queued

Made = list[str]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    """Every page that goes to the press."""
    pages: Made = []
    real = paper.laid_out
    monkeypatch.setattr(paper, "laid_out", lambda page: (pages.append(page), real(page))[1])
    return pages


def rename(cast: Cast, name: str, words: str) -> None:
    from app.change import Put, change
    from app.policy.actions import Action

    assert cast.app is not None
    with cast.app.app_context():
        thing = cast.thing(name, "sara")
        change(cast.sara, Action.GOAL_CHANGE, Put(thing, msgspec.structs.replace(thing.body, words=words)))


def sheets(app: Flask) -> int:
    from app.db import db
    from app.export.models import SheetRow

    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(SheetRow)) or 0


# ---- asking and waiting ----------------------------------------------------------------------------------------------


def test_the_page_says_what_comes_on_paper_and_offers_it(cast: Cast, valid_html: Callable[[str], None]) -> None:
    page = cast.client_of("sara").get(f"/p/{cast.plan}/papier").text
    for words in ("Op papier komt alleen wat jij zelf ziet.", "Druk af voor op de koelkast", "Druk ons hele plan af"):
        assert words in page
    valid_html(page)
    assert f'href="/p/{cast.plan}/papier"' in cast.client_of("sara").get(f"/p/{cast.plan}/meer").text


@pytest.mark.both_databases
def test_a_sheet_is_waited_for_and_then_opened(cast: Cast, app: Flask, valid_html: Callable[[str], None]) -> None:
    sara = cast.client_of("sara")
    address = ask(cast, sara)
    waiting = sara.get(address)
    assert "Wij maken het papier klaar" in waiting.text
    assert "Kijk opnieuw" in waiting.text
    assert "http-equiv" not in waiting.text
    assert sheet(sara, address).location == address
    valid_html(waiting.text)
    do_jobs(app)
    ready = sara.get(address)
    assert "Je papier is klaar" in ready.text
    valid_html(ready.text)
    answer = sheet(sara, address)
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="ons-plan.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_waiting_page_that_asks_by_itself_is_left_in_peace_until_there_is_news(cast: Cast, app: Flask) -> None:
    sara = cast.client_of("sara")
    address = ask(cast, sara)
    assert sara.get(address, headers={"HX-Request": "true"}).status_code == 204
    do_jobs(app)
    assert "Je papier is klaar" in sara.get(address, headers={"HX-Request": "true"}).text


def test_who_waits_long_is_told_so_and_nothing_is_lost(cast: Cast, app: Flask) -> None:
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False) as clock:
        sara = cast.client_of("sara")
        address = ask(cast, sara)
        clock.shift(60)
        assert "Dat duurt langer dan anders. Jullie plan is veilig." in sara.get(address).text
        do_jobs(app)
        assert "Je papier is klaar" in sara.get(address).text


def test_what_goes_wrong_is_said_honestly_and_may_be_tried_again(
    cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_page: str) -> bytes:
        raise paper.NoPaper

    sara = cast.client_of("sara")
    with monkeypatch.context() as patch:
        patch.setattr(paper, "laid_out", broken)
        address = ask(cast, sara, numbers=False)
        do_jobs(app)
    page = sara.get(address)
    assert "Het papier is niet gelukt" in page.text
    assert "Het ligt aan ons, niet aan jou." in page.text
    form = form_to(page, "/papier")
    assert ("numbers", "1") not in form.fields
    assert form.send(sara, sort="whole").location == address
    do_jobs(app)
    assert "Je papier is klaar" in sara.get(address).text


def test_looking_makes_nothing(cast: Cast, app: Flask) -> None:
    sara = cast.client_of("sara")
    sara.get(f"/p/{cast.plan}/papier")
    assert sheets(app) == 0
    address = ask(cast, sara)
    do_jobs(app)
    rename(cast, "goal of us", "Iets heel anders")
    before = queued(app)
    sara.get(address)
    sheet(sara, address)
    assert queued(app) == before


# ---- the shelf -------------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_what_did_not_change_is_served_from_the_shelf(cast: Cast, app: Flask, made: Made) -> None:
    sara = cast.client_of("sara")
    address = ask(cast, sara)
    do_jobs(app)
    first = sheet(sara, address).data
    assert ask(cast, sara) == address
    assert queued(app) == []
    assert sheet(sara, address).data == first
    assert len(made) == 1


@pytest.mark.both_databases
def test_what_changed_is_made_anew_and_never_shows_what_it_was(cast: Cast, app: Flask, made: Made) -> None:
    sara = cast.client_of("sara")
    address = ask(cast, sara)
    do_jobs(app)
    rename(cast, "goal of us", "Een Purperreiger zien")
    assert sheet(sara, address).location == address
    assert "Ons plan veranderde" in sara.get(address).text
    assert ask(cast, sara) == address
    do_jobs(app)
    assert "Purperreiger" in reading.text(sheet(sara, address).data)
    assert len(made) == 2


def test_what_somebody_may_not_see_any_more_is_on_no_sheet_of_theirs(cast: Cast, app: Flask) -> None:
    """The audience of one thing became smaller; what it says is the same."""
    from app.change import Put, change
    from app.policy.actions import Action
    from app.policy.audience import Audience, Who

    nele = cast.client_of("nele")
    address = ask(cast, nele)
    do_jobs(app)
    assert cast.canary("goal of us") in reading.text(sheet(nele, address).data)
    with app.app_context():
        thing = cast.thing("goal of us", "sara")
        closed = msgspec.structs.replace(thing.body, audience=Audience(Who.WE))
        change(cast.sara, Action.AUDIENCE_CHANGE, Put(thing, closed))
    assert sheet(nele, address).status_code == 303
    assert ask(cast, nele) == address
    do_jobs(app)
    assert cast.canary("goal of us") not in reading.text(sheet(nele, address).data)


def test_a_choice_and_a_day_make_another_sheet(cast: Cast, app: Flask, made: Made) -> None:
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False) as clock:
        sara = cast.client_of("sara")
        address = ask(cast, sara)
        do_jobs(app)
        assert "Papier van 2 maart 2026" in reading.text(sheet(sara, address).data)
        clock.shift(20 * 3600)
        # What was made yesterday still is what it shows; whoever asks today gets today's.
        assert sheet(sara, address).status_code == 200
        ask(cast, sara)
        do_jobs(app)
        assert "Papier van 3 maart 2026" in reading.text(sheet(sara, address).data)
        ask(cast, sara, numbers=False)
        do_jobs(app)
    assert len(made) == 3


def test_each_member_has_one_sheet_of_each_sort(cast: Cast, app: Flask) -> None:
    sara = cast.client_of("sara")
    addresses = {ask(cast, sara, sort, own=own) for sort in ("poster", "whole") for own in (True, False)}
    assert len(addresses) == 2
    assert sheets(app) == 2


@pytest.mark.both_databases
def test_sheets_are_forgotten_after_a_day_and_with_the_plan(cast: Cast, app: Flask) -> None:
    from sqlalchemy import delete

    from app.db import db
    from app.host.commands import tidy
    from app.plan.models import PlanRow

    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False) as clock:
        ask(cast, cast.client_of("jef"))
        clock.shift(23 * 3600)
        ask(cast, cast.client_of("sara"))
        with app.app_context():
            tidy()
        assert sheets(app) == 2
        clock.shift(2 * 3600)
        with app.app_context():
            tidy()
        assert sheets(app) == 1
    with app.app_context():
        db.session.execute(delete(PlanRow).where(PlanRow.id == cast.plan))
        db.session.commit()
    assert sheets(app) == 0


# ---- whose it is -----------------------------------------------------------------------------------------------------


def test_nobody_else_opens_a_sheet(cast: Cast, app: Flask) -> None:
    address = ask(cast, cast.client_of("sara"))
    do_jobs(app)
    for who in set(EVERYBODY) - {"sara"}:
        client = cast.client_of(who)
        for page in (address, f"{address}/ons-plan.pdf"):
            assert client.get(page).status_code == 404, (who, page)


def test_who_is_no_member_prints_nothing(cast: Cast, app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    for who in set(EVERYBODY) - FAMILY:
        client = cast.client_of(who)
        assert client.get(f"/p/{cast.plan}/papier").status_code == 404, who
        assert client.post(f"/p/{cast.plan}/papier").status_code in {401, 404}, who
    assert sheets(app) == 0


def test_a_sheet_of_who_was_stopped_meanwhile_is_thrown_away(cast: Cast, app: Flask, made: Made) -> None:
    from app.change import Put, change
    from app.plan.nouns import MemberState
    from app.policy.actions import Action

    ask(cast, cast.client_of("nele"))
    with app.app_context():
        member = cast.thing("member nele", "sara")
        change(cast.sara, Action.MEMBER_STOP, Put(member, member.body, state=MemberState.STOPPED))
    do_jobs(app)
    assert sheets(app) == 0
    assert made == []


# ---- the queue -------------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_neither_the_queue_nor_the_databases_hold_words_of_a_sheet(cast: Cast, app: Flask, database_kind: str) -> None:
    from tests.armour.test_sealed import found_in, stored, words_of

    ask(cast, cast.client_of("sara"), own=True)
    [message] = queued(app)
    assert found_in(message, [*words_of(cast), str(cast.plan)]) == []
    do_jobs(app)
    folder = app.extensions["onsplan.config"].data
    lying = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert found_in(lying + stored(app, database_kind), [*words_of(cast), "%PDF"]) == []


def test_a_bell_that_nobody_heard_loses_nothing(cast: Cast, app: Flask) -> None:
    """The queue was lost, or another machine took the question."""
    from app.jobs import queue_of

    sara = cast.client_of("sara")
    address = ask(cast, sara)
    queue_of(app).flush()
    look_round(app)
    assert "Je papier is klaar" in sara.get(address).text


def test_two_bells_for_one_sheet_make_it_once(cast: Cast, app: Flask, made: Made) -> None:
    from app.jobs import queue_of

    ask(cast, cast.client_of("sara"))
    [bell] = queued(app)
    queue_of(app).storage.enqueue(bell)
    assert do_jobs(app) == 2
    look_round(app)
    assert len(made) == 1


def test_who_asks_and_asks_fills_no_row_in_which_others_stand(cast: Cast, app: Flask, made: Made) -> None:
    sara = cast.client_of("sara")
    for numbers in (True, True, False, True, False, False):
        address = ask(cast, sara, numbers=numbers)
    assert len(queued(app)) == 1
    ask(cast, cast.client_of("jef"))
    assert do_jobs(app) == 2
    assert len(made) == 2
    assert cast.canary("contact phone of oma") not in reading.text(sheet(sara, address).data)


def test_who_changes_their_mind_while_it_is_made_gets_what_they_asked_last(
    cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.export import shelf
    from app.export.nouns import Choice, Sort

    sara = cast.client_of("sara")
    number = cast.canary("contact phone of oma")
    address = ask(cast, sara)
    real = paper.laid_out

    def meanwhile(page: str) -> bytes:
        monkeypatch.setattr(paper, "laid_out", real)
        shelf.ask(cast.sara, Sort.WHOLE, Choice(numbers=False))
        return real(page)

    monkeypatch.setattr(paper, "laid_out", meanwhile)
    assert do_jobs(app) == 2
    assert number not in reading.text(sheet(sara, address).data)


def test_a_page_that_cannot_be_made_is_said_so_and_not_tried_for_ever(
    cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.export import commands

    def broken(*_given: Any) -> Any:
        raise RuntimeError("De Purperreiger")

    sara = cast.client_of("sara")
    address = ask(cast, sara)
    monkeypatch.setattr(commands.store, "paper", broken)
    do_jobs(app)
    look_round(app)
    assert "Het papier is niet gelukt" in sara.get(address).text


def test_a_job_that_fails_tells_its_sort_and_no_words(
    cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_page: str) -> Any:
        raise RuntimeError("De Purperreiger")

    monkeypatch.setattr(paper, "laid_out", broken)
    ask(cast, cast.client_of("sara"))
    do_jobs(app)
    assert "RuntimeError" in caplog.text
    assert "Purperreiger" not in caplog.text
    assert str(cast.plan) not in caplog.text


def test_the_whole_of_a_large_plan_comes_on_paper(cast: Cast, app: Flask) -> None:
    """Eight goals, thirty steps, twenty people, forty agreements: more pages, nothing lost."""
    from app.agreements.models import AGREEMENT
    from app.agreements.nouns import AgreementBody, AgreementState
    from app.change import Add, change
    from app.policy.actions import Action

    with app.app_context():
        bodies = [AgreementBody(words=f"Afspraak nummer {number} van ons") for number in range(40)]
        change(cast.sara, Action.AGREEMENT_ADD, *(Add(AGREEMENT, body, AgreementState.OPEN) for body in bodies))
    data = printed(cast, "sara")
    text = reading.text(data)
    assert reading.pages(data) > 2
    assert all(f"Afspraak nummer {number} van ons" in text for number in range(40))
    assert reading.pages(printed(cast, "sara", "poster")) == 1
