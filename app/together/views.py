"""Samen invullen: giving the phone, and taking it back. HTTP only."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from flask import request, url_for
from werkzeug.wrappers import Response

from app.items import Thing
from app.plan import store as plan_store
from app.plan.nouns import PlanBody
from app.policy.actions import Action
from app.policy.actor import Actor
from app.together import rules, store, words
from app.together.forms import DeskForm
from app.together.store import Desk
from app.web.respond import again, done, page
from app.web.room import Room
from app.web.session import give_phone, take_phone_back

together = Room("together", __name__)


@together.get("/samen-invullen", needs=Action.WRITE_TOGETHER, load=store.desk)
def choose(_actor: Actor, desk: Desk) -> Response:
    """Who types, and what that means."""
    form = DeskForm(formdata=None, who=_asked())
    return page("together/choose.html", desk=desk, form=form, words=words, plan=desk.plan, tab="more")


@together.post("/samen-invullen", needs=Action.WRITE_TOGETHER, load=store.desk)
def start(actor: Actor, desk: Desk) -> Response:
    """From now on that person types."""
    form = DeskForm()
    chosen = form.who.data if form.validate() else None
    reason = rules.why_not_choose(chosen, [face.id for face in desk.people])
    if chosen is None or reason is not None:
        form.refuse("who", words.sentence(rules.Reason.NOBODY_CHOSEN))
        return again("together/choose.html", desk=desk, form=form, words=words, plan=desk.plan, tab="more")
    give_phone(actor, chosen)
    return done(url_for("home.show"))


@together.post("/samen-invullen/klaar", needs=Action.WRITE_TOGETHER, load=plan_store.plan)
def stop(_actor: Actor, _plan: Thing[PlanBody]) -> Response:
    """The parent has the phone again; on to what was asked for meanwhile."""
    take_phone_back()
    return done(_onward(request.form.get("onward", "")) or url_for("home.show"))


def _asked() -> UUID | None:
    """Whom the page of a person asks for."""
    try:
        return UUID(request.args.get("wie", ""))
    except ValueError:
        return None


def _onward(address: str) -> str:
    """An address of this product, on this server; empty for anything else."""
    asked = urlsplit(address)
    ours = address.startswith("/") and not address.startswith("//") and not asked.netloc and address.isprintable()
    return address if ours and "\\" not in address else ""
