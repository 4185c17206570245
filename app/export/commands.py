"""Ask for a sheet of paper, and make it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import current_app, g, render_template, url_for

from app.change import NotPermitted
from app.config import Config
from app.export import shelf, store, words
from app.export.nouns import Choice, Kept, SheetState, Sort
from app.export.shelf import Sheet
from app.jobs import ring
from app.keystore import look_up_hash
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits
from app.rooms import SEATS
from app.web import paper, qr

JOB = "export.make"
# What a sheet is made with, beside its words and its sheet of styles: a new number makes every sheet anew.
MADE_BY = "weasyprint 70, 1"


def ask(actor: Actor, sort: Sort, choice: Choice) -> UUID:
    """Ask for a sheet. The one on the shelf is given as long as it shows the same.

    Raises:
        NotPermitted: the actor may not print.
    """
    if not permits(actor, Action.PAPER_MAKE) or actor.seat is None:
        raise NotPermitted
    there = shelf.of_actor(actor, shelf.id_of(actor.seat, sort))
    if there is not None and there.kept.choice == choice and shows_what_is(actor, there, today=True):
        return there.id
    asked = shelf.ask(actor, sort, choice)
    ring(JOB, asked)
    return asked


def shows_what_is(actor: Actor, sheet: Sheet, *, today: bool = False) -> bool:
    """Whether a sheet is ready and shows exactly what its member may see now; `today` asks for today's date too."""
    if sheet.state is not SheetState.READY:
        return False
    page = _page(actor, sheet.sort, sheet.kept.choice, None if today else sheet.asked_at)
    return page is not None and sheet.kept.digest == _digest(page)


def make(id: UUID) -> None:  # noqa: A002
    """Make a sheet that was asked for, as its member sees the plan at this moment.

    Raises:
        NoPaper: the press made none; the sheet says so.
    """
    sheet = shelf.waiting(id)
    if sheet is None:
        return
    actor = SEATS["member"](sheet.plan, sheet.member)
    # The same page as in a request, of which its digest is compared with this one's.
    with current_app.test_request_context():
        page = None if actor is None else _page(actor, sheet.sort, sheet.kept.choice, sheet.asked_at)
    if page is None:
        shelf.throw_away(id)
        return
    try:
        made = paper.laid_out(page)
    except Exception:
        shelf.put(sheet, SheetState.FAILED, Kept(sheet.kept.choice))
        raise
    shelf.put(sheet, SheetState.READY, Kept(sheet.kept.choice, _digest(page), made))


def _page(actor: Actor, sort: Sort, choice: Choice, at: datetime | None) -> str | None:
    """All that a sheet shows, as one page; None when the actor has no plan."""
    shown = store.paper(actor, sort, choice, at) if permits(actor, Action.PAPER_MAKE) else None
    if shown is None:
        return None
    g.actor = actor
    config: Config = current_app.extensions["onsplan.config"]
    address = config.address + url_for("home.show", plan=actor.plan)
    template = "export/poster.html" if shown.is_poster else "export/whole.html"
    code = qr.svg(address, words.code())
    return render_template(template, paper=shown, words=words, qr_svg=code, address=address.partition("://")[2])


def _digest(page: str) -> bytes:
    return look_up_hash("page of a sheet", f"{MADE_BY}\n{page}")
