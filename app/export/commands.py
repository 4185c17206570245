"""Ask for a sheet of paper, and make it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from flask import current_app, g, render_template, url_for

from app.change import NotPermitted
from app.config import Config
from app.export import child_words, drawn, rules, shelf, store, words
from app.export.nouns import OF_A_CHILD, Choice, Kept, SheetState, Sort
from app.export.shelf import Sheet
from app.jobs import ring
from app.keystore import look_up_hash
from app.policy.actor import Actor
from app.rooms import SEATS
from app.web import paper, qr

JOB = "export.make"
# What a sheet is made with, beside its words and its sheet of styles: a new number makes every sheet anew.
MADE_BY = "weasyprint 70, 1"


def ask(actor: Actor, sort: Sort, choice: Choice) -> UUID:
    """Ask for a sheet. The one on the shelf is given as long as it shows the same.

    A sheet that waits is rung for already: whoever asks and asks fills no row in which other families stand.

    Raises:
        NotPermitted: the actor may not print it.
    """
    if not rules.may_print(actor, sort) or actor.seat is None:
        raise NotPermitted
    there = shelf.of_actor(actor, shelf.id_of(actor.seat, sort))
    if there is not None and there.kept.choice == choice and shows_what_is(actor, there, today=True):
        return there.id
    waits = there is not None and there.state is SheetState.WAITING
    if there is not None and waits and there.kept.choice == choice:
        return there.id
    asked = shelf.ask(actor, sort, choice)
    if not waits:
        ring(JOB, asked)
    return asked


def shows_what_is(actor: Actor, sheet: Sheet, *, today: bool = False) -> bool:
    """Whether a sheet is ready and shows exactly what its member may see now; `today` asks for today's date too."""
    if sheet.state is not SheetState.READY:
        return False
    page = next(_pages(actor, sheet.sort, sheet.kept.choice, None if today else sheet.asked_at), None)
    return page is not None and sheet.kept.digest == _digest(page)


def make(id: UUID) -> None:  # noqa: A002
    """Make a sheet that was asked for, as its member sees the plan at this moment.

    Raises:
        NoPaper: the press made none; the sheet says so.
    """
    sheet = shelf.waiting(id)
    if sheet is None:
        return
    try:
        pages = _pages_of(sheet)
        made = paper.laid_out(*pages) if pages else b""
    except Exception:
        shelf.put(sheet, SheetState.FAILED, Kept(sheet.kept.choice))
        raise
    if not pages:
        shelf.throw_away(id)
    elif not shelf.put(sheet, SheetState.READY, Kept(sheet.kept.choice, _digest(pages[0]), made)):
        # Its member asked for another one meanwhile: that one stands at the end of the row.
        ring(JOB, id)


def _pages_of(sheet: Sheet) -> list[str]:
    # The same pages as in a request, where the digest of the first is asked for.
    with current_app.test_request_context():
        actor = SEATS["member"](sheet.plan, sheet.member)
        return [] if actor is None else list(_pages(actor, sheet.sort, sheet.kept.choice, sheet.asked_at))


def _pages(actor: Actor, sort: Sort, choice: Choice, at: datetime | None) -> Iterator[str]:
    """All that a sheet shows; then, of a poster, the same with less on it. Nothing when the actor may not print."""
    if not rules.may_print(actor, sort):
        return
    g.actor = actor
    yield from (_of_a_child if sort in OF_A_CHILD else _of_the_plan)(actor, sort, choice, at)


def _of_the_plan(actor: Actor, sort: Sort, choice: Choice, at: datetime | None) -> Iterator[str]:
    shown = store.paper(actor, sort, choice, at)
    if shown is not None:
        code, pen = _code(url_for("home.show", plan=actor.plan), words.code()), words.pen(shown)
        for version in shown.versions():
            yield render_template(f"export/{sort}.html", paper=version, words=words, picture=pen, qr_svg=code)


def _of_a_child(actor: Actor, sort: Sort, choice: Choice, at: datetime | None) -> Iterator[str]:
    shown = drawn.paper(actor, sort, choice, at)
    if shown is not None:
        code = _code(url_for("papers.open_page", plan=actor.plan), child_words.code())
        drawn_by = child_words.pen(shown)
        for version in shown.versions():
            yield render_template(
                f"export/child/{sort}.html", paper=version, words=child_words, draw=drawn_by, qr_svg=code
            )


def _code(path: str, label: str) -> str:
    config: Config = current_app.extensions["onsplan.config"]
    return qr.svg(config.address + path, label)


def _digest(page: str) -> bytes:
    return look_up_hash("page of a sheet", f"{MADE_BY}\n{page}")
