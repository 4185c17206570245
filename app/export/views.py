"""Ons plan op papier. HTTP only."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from app.export import commands, store, whose, words
from app.export.forms import PaperForm
from app.export.store import Paper, SheetView
from app.items import Thing
from app.plan.nouns import PlanBody
from app.policy.actions import Action
from app.policy.actor import Actor
from app.web import paper
from app.web.respond import done, nothing_new, page, wants_fragment
from app.web.room import Room

export = Room("export", __name__)


@export.get("/papier", needs=Action.PAPER_MAKE, load=store.plan)
def choose(actor: Actor, plan: Thing[PlanBody]) -> Response:
    """What comes on paper, and who sees it."""
    form, children = PaperForm(formdata=None, numbers=True), whose.children_of(actor)
    return page("export/choose.html", plan=plan, form=form, children=children, tab="more")


@export.get("/papier/te-gast.pdf", needs=Action.PAPER_MAKE, load=store.guests_paper)
def own(_actor: Actor, shown: Paper) -> Response:
    """The sheet of a guest whom the family lets print: made at once, and kept nowhere."""
    pen = words.pen(shown)
    return paper.sheet("ons-plan", "export/whole.html", paper=shown, words=words, picture=pen, qr_svg="")


@export.post("/papier", needs=Action.PAPER_MAKE, load=store.of_member)
def ask(actor: Actor, _plan: Thing[PlanBody]) -> Response:
    """Ask for a sheet; what shows the same as the last one is there at once."""
    form = PaperForm()
    return done(url_for("export.sheet", sheet=commands.ask(actor, form.wanted, form.choice)))


@export.get("/papier/<uuid:sheet>", needs=Action.PAPER_MAKE, load=store.sheet)
def sheet(actor: Actor, sheet: SheetView) -> Response:
    """How far it is; a page that asks again by itself is answered when there is news."""
    if sheet.is_waiting and not sheet.takes_long and wants_fragment():
        return nothing_new()
    ready = commands.shows_what_is(actor, sheet.sheet)
    return page("export/sheet.html", made=sheet, ready=ready, words=words, plan=sheet.plan, main_class="middle")


@export.get("/papier/<uuid:sheet>/ons-plan.pdf", needs=Action.PAPER_MAKE, load=store.sheet)
def pdf(actor: Actor, sheet: SheetView) -> Response:
    """The sheet itself, as long as it shows exactly what its member may see now."""
    if not commands.shows_what_is(actor, sheet.sheet):
        return redirect(url_for("export.sheet", sheet=sheet.sheet.id), 303)
    return paper.answer("ons-plan", sheet.sheet.kept.pdf)
