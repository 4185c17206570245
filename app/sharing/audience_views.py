"""Pages about who sees an item: the choices of one tap, and the longer way for several people at once. HTTP only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request, url_for
from werkzeug.wrappers import Response

from app.change import BothChanged, Done, Refused
from app.history.words import way_back
from app.items import Thing
from app.policy.actions import Action
from app.policy.actor import Actor
from app.rooms import ADDRESSES
from app.sharing import audiences, choosing, onlookers, store, words
from app.sharing.forms import AudienceForm, chosen_before
from app.sharing.onlookers import ForOne, Sight
from app.sharing.rules import Pick
from app.sharing.views import sharing
from app.translations import gettext as _
from app.web.respond import done, page

__all__ = ["sharing"]

THERE = 200
ONCE_MORE = 422


@sharing.get("/wie-ziet/<kind>/<uuid:item>", needs=Action.AUDIENCE_CHANGE, load=store.item)
def audience(actor: Actor, thing: Thing[Any]) -> Response:
    """Wie ziet dit? Each choice is a button, with what it does; for several people at once there is a longer way."""
    form = chosen_before()
    if form is None:
        longer = "meer" in request.args
        return _longer(actor, thing, AudienceForm(formdata=None), fresh=True) if longer else _choices(actor, thing)
    reason = choosing.why_not_choose(actor, thing, form.chosen())
    if reason is not None:
        form.refuse("who", words.sentence(reason))
        return _longer(actor, thing, form)
    said = audiences.effects(actor, thing, form.chosen())
    return page("sharing/audience_sure.html", thing=thing, chosen=form.chosen(), said=said, back=_address(thing))


@sharing.post("/wie-ziet/<kind>/<uuid:item>", needs=Action.AUDIENCE_CHANGE, load=store.item)
def choose_audience(actor: Actor, thing: Thing[Any]) -> Response:
    """Save who sees it."""
    form = AudienceForm()
    pick = form.picked()
    try:
        saved = _saved(actor, thing, form, pick)
    except Refused as refused:
        return _once_more(actor, thing, form, pick, words.sentence(refused.reason))
    except BothChanged as error:
        said = _("Iemand veranderde dit net ook. Kies wat jullie houden.")
        return _once_more(actor, error.theirs, form, pick, said)
    return done(_address(thing), _("Bewaard."), undo=way_back(saved))


@sharing.get("/wie-ziet-wat/wie/<uuid:person>", needs=Action.SHARE_SEE, load=onlookers.sight)
def person(_actor: Actor, sight: Sight) -> Response:
    """All that one person sees now, by kind."""
    return page("sharing/person.html", sight=sight, words=words, audiences=audiences, plan=sight.plan, tab="more")


@sharing.post(
    "/wie-ziet/<kind>/<uuid:item>/niet-voor/<uuid:person>", needs=Action.AUDIENCE_CHANGE, load=onlookers.for_one
)
def close_for(actor: Actor, one: ForOne) -> Response:
    """Haal weg voor (naam)."""
    address = url_for("sharing.person", person=one.person)
    key = request.form.get("form_key")
    key = f"{key}/{one.thing.id}/{one.person}" if key else None
    try:
        saved = choosing.pick_audience(actor, one.thing, Pick.NOT, one.person, None, key)
    except Refused as refused:
        return done(address, words.sentence(refused.reason))
    except BothChanged:
        return done(address, _("Iemand veranderde dit net ook. Kijk nog eens."))
    return done(address, _("Bewaard."), undo=way_back(saved))


def _saved(actor: Actor, thing: Thing[Any], form: AudienceForm, pick: tuple[Pick, UUID | None] | None) -> Done:
    if pick is None:
        return choosing.choose_audience(actor, thing, form.chosen(), form.seen, form.key)
    return choosing.pick_audience(actor, thing, *pick, form.seen, form.key)


def _once_more(
    actor: Actor, thing: Thing[Any], form: AudienceForm, pick: tuple[Pick, UUID | None] | None, said: str
) -> Response:
    """The page the choice came from, as it stands now."""
    form.refuse("who", said)
    return _longer(actor, thing, form) if pick is None else _choices(actor, thing, form)


def _choices(actor: Actor, thing: Thing[Any], form: AudienceForm | None = None) -> Response:
    return page(
        "sharing/audience.html",
        THERE if form is None else ONCE_MORE,
        thing=thing,
        errors={} if form is None else form.sentences,
        options=audiences.options(actor, thing),
        seen=audiences.audience_of(actor, thing),
        back=_address(thing),
    )


def _longer(actor: Actor, thing: Thing[Any], form: AudienceForm, *, fresh: bool = False) -> Response:
    chosen = thing.body.audience if fresh else form.chosen()
    # Choosing by hand starts from who sees it now, so that nobody is shut out by a slip.
    seeing = store.outsiders_of(store.readers(actor), thing.facts) if fresh else []
    return page(
        "sharing/audience_more.html",
        THERE if fresh else ONCE_MORE,
        thing=thing,
        form=form,
        chosen=chosen,
        picked=chosen.people or seeing,
        people=choosing.people(actor, thing.facts),
        mine=thing.body.writer == actor.person,
        seen=audiences.audience_of(actor, thing),
        back=_address(thing),
        words=audiences,
    )


def _address(thing: Thing[Any]) -> str:
    """Where the item is looked at."""
    address = ADDRESSES.get(thing.kind.name)
    return address(thing) if address is not None else url_for("sharing.index")
