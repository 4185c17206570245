"""The pages of a child's paper: choosing, waiting, what is served from the shelf, whose it is, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from flask import Flask
from sqlalchemy import func, select

from app.web import paper
from tests.cast import CHILDREN, EVERYBODY, PARENTS, Cast
from tests.entry.reading import form_to
from tests.export.child_printing import SORTS, ask, page_of, printed
from tests.support import paper as reading
from tests.support.jobs import do_jobs, queued

Made = list[str]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    """Every page that goes to the press."""
    pages: Made = []
    real = paper.laid_out
    monkeypatch.setattr(paper, "laid_out", lambda page, *less: (pages.append(page), real(page, *less))[1])
    return pages


def stop_page_of_kaat(cast: Cast) -> None:
    from app.change import Put, change
    from app.plan.nouns import MemberState
    from app.policy.actions import Action

    member = cast.thing("member kaat", "sara")
    change(cast.sara, Action.CHILD_PAGE_STOP, Put(member, member.body, state=MemberState.STOPPED))


def test_a_parent_finds_it_chooses_and_waits(cast: Cast, app: Flask, valid_html: Callable[[str], None]) -> None:
    sara = cast.client_of("sara")
    address = page_of(cast, "sara")
    assert f'href="{address}"' in sara.get(f"/p/{cast.plan}/papier").text
    choose = sara.get(address).text
    for words in ("Papier voor Kaat", "Mijn dag", "Mijn week", "Kaartjes", "Dit ben ik", "Welke dag?"):
        assert words in choose
    valid_html(choose)
    made = ask(cast, sara, "sara", "week")
    assert made.startswith(f"/p/{cast.plan}/papier/")
    assert "Wij maken het papier klaar" in sara.get(made).text
    do_jobs(app)
    assert "Je papier is klaar" in sara.get(made).text
    answer = sara.get(f"{made}/ons-plan.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="ons-plan.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.both_databases
def test_a_child_prints_its_own_with_pictures_alone(cast: Cast, app: Flask, valid_html: Callable[[str], None]) -> None:
    kaat = cast.client_of("kaat")
    choose = kaat.get(page_of(cast, "kaat"))
    valid_html(choose.text)
    assert choose.text.count("<form") - 1 == len(SORTS)
    made = ask(cast, kaat, "kaat", "strip")
    assert made.startswith(f"/p/{cast.plan}/mij/papier/")
    waiting = kaat.get(made)
    valid_html(waiting.text)
    assert kaat.get(made, headers={"HX-Request": "true"}).status_code == 204
    do_jobs(app)
    ready = kaat.get(made)
    valid_html(ready.text)
    assert "Open mijn blad" in ready.text
    answer = kaat.get(f"{made}/ons-plan.pdf")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("application/pdf", "no-store")


def test_pictures_of_the_board_become_cards(cast: Cast, valid_html: Callable[[str], None]) -> None:
    address = page_of(cast, "sara")
    page = cast.client_of("sara").get(f"{address}/bord/thuis")
    assert "Tekeningen: OpenMoji, CC BY-SA 4.0" in page.text
    valid_html(page.text)
    assert cast.client_of("sara").get(f"{address}/bord/nergens").status_code == 404
    text = reading.text(printed(cast, "sara", "cards", pictos="1F60A"))
    assert "blij" in text
    assert "boos" not in text
    assert "Tante Nele" not in text


def test_what_nobody_drew_is_no_card(cast: Cast) -> None:
    """A code that is none says nothing, whatever it holds; then there are the cards of always."""
    text = reading.text(printed(cast, "sara", "cards", pictos="<img src=x>"))
    assert "<img" not in text
    assert "blij" in text


@pytest.mark.both_databases
def test_what_did_not_change_is_served_from_the_shelf_and_what_changed_is_made_anew(
    cast: Cast, app: Flask, made: Made
) -> None:
    from app.change import Put, change
    from app.policy.actions import Action

    sara = cast.client_of("sara")
    address = ask(cast, sara, "sara", "cards")
    do_jobs(app)
    first = sara.get(f"{address}/ons-plan.pdf").data
    assert ask(cast, sara, "sara", "cards") == address
    assert queued(app) == []
    assert sara.get(f"{address}/ons-plan.pdf").data == first
    assert len(made) == 1
    with app.app_context():
        mil = cast.thing("person mil", "sara")
        change(cast.sara, Action.PERSON_CHANGE, Put(mil, msgspec.structs.replace(mil.body, name="Purperreiger")))
    assert sara.get(f"{address}/ons-plan.pdf").location == address
    page = sara.get(address)
    assert "Ons plan veranderde" in page.text
    again = form_to(page, "/papier")
    assert again.action == page_of(cast, "sara")
    assert again.send(sara, sort="cards").location == address
    do_jobs(app)
    assert "Purperreiger" in reading.text(sara.get(f"{address}/ons-plan.pdf").data)
    assert len(made) == 2


def test_a_sheet_for_another_child_and_another_day_is_another_sheet(cast: Cast, app: Flask, made: Made) -> None:
    sara = cast.client_of("sara")
    for child, day in (("kaat", "2026-11-23"), ("kaat", "2026-11-24"), ("mil", "2026-11-24")):
        address = ask(cast, sara, "sara", "strip", child, day=day)
        do_jobs(app)
        text = reading.text(sara.get(f"{address}/ons-plan.pdf").data)
        assert ("Maandag" if day.endswith("23") else "Dinsdag") in text
    assert len(made) == 3


def test_a_day_that_is_none_is_today(cast: Cast) -> None:
    assert "Eerst" in reading.text(printed(cast, "sara", "strip", day="1899-12-31"))
    assert "Eerst" in reading.text(printed(cast, "sara", "strip", day="morgen"))


def test_the_code_opens_what_is_ones_own(cast: Cast) -> None:
    code = f"/p/{cast.plan}/blad"
    assert cast.client_of("kaat").get(code).location == f"/p/{cast.plan}/mij"
    assert cast.client_of("sara").get(code).location == f"/p/{cast.plan}/kinderen"
    assert cast.client_of("nele").get(code).location == f"/p/{cast.plan}/papier"
    for who in set(EVERYBODY) - {"sara", "jef", "nele", *CHILDREN}:
        assert cast.client_of(who).get(code).status_code == 404, who


# ---- what is refused -------------------------------------------------------------------------------------------------


def test_nobody_else_asks_for_the_sheets_of_a_child(cast: Cast, app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    for child in CHILDREN:
        parents, own = page_of(cast, "sara", child), page_of(cast, child)
        for who in EVERYBODY:
            client = cast.client_of(who)
            if who not in PARENTS:
                assert client.get(parents).status_code == 404, who
                assert client.get(f"{parents}/bord/thuis").status_code == 404, who
                assert client.post(parents, data={"sort": "strip"}).status_code in {401, 404}, who
            if who not in CHILDREN:
                assert client.get(own).status_code == 404, who
                assert client.post(own, data={"sort": "strip"}).status_code in {401, 404}, who
    assert sheets(app) == 0


def sheets(app: Flask) -> int:
    from app.db import db
    from app.export.models import SheetRow

    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(SheetRow)) or 0


def test_nobody_else_opens_a_sheet_of_a_child(cast: Cast, app: Flask) -> None:
    of_kaat = ask(cast, cast.client_of("kaat"), "kaat", "strip")
    of_sara = ask(cast, cast.client_of("sara"), "sara", "strip")
    do_jobs(app)
    for owner, address in (("kaat", of_kaat), ("sara", of_sara)):
        for who in set(EVERYBODY) - {owner}:
            for page in (address, f"{address}/ons-plan.pdf", address.replace("/mij/", "/")):
                assert cast.client_of(who).get(page).status_code == 404, (who, page)


def test_a_page_of_somebody_else_than_a_child_has_no_such_sheets(cast: Cast) -> None:
    sara = cast.client_of("sara")
    for member in ("member nele", "member kaat_too"):
        assert sara.get(f"/p/{cast.plan}/kinderen/{cast.id(member)}/papier").status_code == 404


def test_a_child_asks_for_none_of_the_plan_and_for_none_of_another_child(cast: Cast, app: Flask) -> None:
    from app.change import NotPermitted
    from app.export import commands, drawn
    from app.export.nouns import Choice, Sort

    mil = cast.actors["mil"]
    with app.test_request_context():
        kaat = actor(cast, "kaat")
        for sort in (Sort.POSTER, Sort.WHOLE):
            with pytest.raises(NotPermitted):
                commands.ask(kaat, sort, Choice())
        for who in ("lisa", "oma", "wim", "nobody"):
            with pytest.raises(NotPermitted):
                commands.ask(cast.actors[who], Sort.STRIP, Choice(child=kaat.seat))
            assert drawn.paper(cast.actors[who], Sort.STRIP, Choice(child=kaat.seat)) is None
        assert drawn.paper(kaat, Sort.STRIP, Choice(child=mil.seat)) is None
        assert drawn.paper(cast.sara, Sort.STRIP, Choice()) is None


def actor(cast: Cast, who: str) -> object:
    """The same as it comes in, with its own page read."""
    from app.plan.store import member_actor

    asks = cast.actors[who]
    assert asks.plan is not None
    assert asks.seat is not None
    return member_actor(asks.plan, asks.seat)


def test_a_page_that_stopped_has_no_sheets_any_more(cast: Cast, app: Flask) -> None:
    sara, kaat = cast.client_of("sara"), cast.client_of("kaat")
    of_sara, of_kaat = ask(cast, sara, "sara", "week"), ask(cast, kaat, "kaat", "week")
    do_jobs(app)
    with app.app_context():
        stop_page_of_kaat(cast)
    assert sara.get(f"{of_sara}/ons-plan.pdf").status_code == 303
    assert sara.get(page_of(cast, "sara")).status_code == 404
    assert kaat.get(f"{of_kaat}/ons-plan.pdf").status_code == 404
