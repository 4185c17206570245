"""The sheets of a child: for whoever hangs them up, and for the child itself. HTTP only."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from app.export import child_words, commands, store, whose
from app.export.child_forms import ChildPaperForm
from app.export.store import SheetView
from app.export.whose import Board, Whose
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind
from app.web import paper
from app.web.respond import done, nothing_new, page, wants_fragment
from app.web.room import Room

papers = Room("papers", __name__, child=True)


@papers.get("/kinderen/<uuid:member>/papier", needs=Action.PAPER_MAKE, load=whose.whose)
def choose(_actor: Actor, found: Whose) -> Response:
    """Which sheet, of which day, with which cards."""
    form = ChildPaperForm(formdata=None)
    return page("export/child_choose.html", whose=found, words=child_words, form=form, plan=True)


@papers.get("/kinderen/<uuid:member>/papier/bord/<part>", needs=Action.PAPER_MAKE, load=whose.board_for)
def board(_actor: Actor, board: Board) -> Response:
    """Cards with pictograms of the board, a group at a time."""
    return page("export/child_board.html", board=board, words=child_words, plan=True)


@papers.post("/kinderen/<uuid:member>/papier", needs=Action.PAPER_MAKE, load=whose.whose)
def ask(actor: Actor, found: Whose) -> Response:
    """Ask for a sheet of a child; it lies on one's own shelf."""
    form = ChildPaperForm()
    asked = commands.ask(actor, form.wanted, form.choice(found.child.seat))
    return done(url_for("export.sheet", sheet=asked))


@papers.get("/mij/papier", needs=Action.PAPER_OWN_PAGE, load=whose.own)
def own(_actor: Actor, found: Whose) -> Response:
    """The child's own: a picture for each sheet."""
    return page("export/own_choose.html", whose=found, words=child_words, tab="me", plan=True)


@papers.post("/mij/papier", needs=Action.PAPER_OWN_PAGE, load=whose.own)
def ask_own(actor: Actor, _whose: Whose) -> Response:
    """A child asks for a sheet of its own."""
    form = ChildPaperForm()
    asked = commands.ask(actor, form.wanted, form.choice(None))
    return done(url_for("papers.own_sheet", sheet=asked))


@papers.get("/mij/papier/<uuid:sheet>", needs=Action.PAPER_OWN_PAGE, load=store.own_sheet)
def own_sheet(actor: Actor, sheet: SheetView) -> Response:
    """How far it is."""
    if sheet.is_waiting and not sheet.takes_long and wants_fragment():
        return nothing_new()
    ready = commands.shows_what_is(actor, sheet.sheet)
    return page("export/own_sheet.html", made=sheet, ready=ready, words=child_words, tab="me", plan=True)


@papers.get("/mij/papier/<uuid:sheet>/ons-plan.pdf", needs=Action.PAPER_OWN_PAGE, load=store.own_sheet)
def own_pdf(actor: Actor, sheet: SheetView) -> Response:
    """The sheet itself, as long as it shows exactly what the child may see now."""
    if not commands.shows_what_is(actor, sheet.sheet):
        return redirect(url_for("papers.own_sheet", sheet=sheet.sheet.id), 303)
    return paper.answer("ons-plan", sheet.sheet.kept.pdf)


@papers.get("/blad", needs=Action.PAPER_OPEN, load=whose.behind_the_code)
def open_page(actor: Actor, children: list[UUID]) -> Response:
    """What the code on a sheet opens: to a child its own page, to a parent where the phone is given to it."""
    if actor.kind is ActorKind.CHILD:
        return redirect(url_for("days.today"), 303)
    if actor.kind is ActorKind.PARENT:
        only = len(children) == 1
        where = url_for("childpages.show", member=children[0]) if only else url_for("childpages.index")
        return redirect(where, 303)
    return redirect(url_for("export.choose"), 303)
