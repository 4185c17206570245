"""The page where a picture for a thing is chosen, and the pictures words find. HTTP only."""

from __future__ import annotations

import re
from typing import Any

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from app.change import BothChanged, Done
from app.history.words import way_back, who_wrote
from app.media import words as media_words
from app.media.nouns import BadFile, Sort
from app.media.store import bytes_of
from app.moments import medium_commands, photos
from app.moments.taking import Given
from app.picking import commands, rules, store, words
from app.picking.forms import ChoiceForm
from app.picking.store import ChoiceOn
from app.pictos import shelf
from app.policy.actions import Action
from app.policy.actor import Actor
from app.translations import gettext as _
from app.translations import language
from app.web.picto import asked_for
from app.web.public import Open
from app.web.respond import UNAVAILABLE, again, done, page, wants_fragment
from app.web.room import Room

picking = Room("picking", __name__)
open_picking = Open("picking_open", __name__)
ON = "/beeld/<word>/<uuid:item>"
FIELD = re.compile(r"[a-z0-9_]{1,20}")


@picking.get(ON, needs=Action.PHOTO_CHANGE, load=store.choice_on)
def choose(_actor: Actor, on: ChoiceOn) -> Response:
    """The pictures to choose from: the family's own, then the board by group, or what words find."""
    return page("picking/_board.html" if wants_fragment() else "picking/show.html", **_shown(on))


@picking.post(ON, needs=Action.PHOTO_CHANGE, load=store.choice_on)
def pick(actor: Actor, on: ChoiceOn) -> Response:
    """Put the chosen picture there, or take the pictogram away."""
    form = ChoiceForm()
    if form.photo_of is None and form.code is None:
        return again("picking/show.html", fault=words.unknown(), **_shown(on))
    try:
        saved = _saved(actor, on, form)
    except BadFile as bad:
        return again("picking/show.html", fault=media_words.of(bad), **_shown(on))
    except OSError:
        return again("picking/show.html", UNAVAILABLE, fault=media_words.no_room(), **_shown(on))
    except (BothChanged, medium_commands.Waiting) as clash:
        theirs = clash.theirs
        return again("picking/show.html", both=True, who=who_wrote(actor, theirs), **_shown(on.with_thing(theirs)))
    return done(on.home, _("Bewaard."), undo=way_back(saved))


@open_picking.get("/beelden/<name>", because="the drawings of the product, the same for everybody")
def look(name: str) -> Response:
    """The pictures that words find, as choices of a form's field of this name."""
    if FIELD.fullmatch(name) is None:
        abort(404)
    return page("picking/found.html", name=name)


def _saved(actor: Actor, on: ChoiceOn, form: ChoiceForm) -> Done:
    if form.photo_of is None:
        return commands.put(actor, on.thing, form.code or "", form.seen, form.key)
    photo = on.photo_at(form.photo_of)
    data = None if photo is None else bytes_of(on.thing.plan, photo.id)
    if photo is None or data is None:
        abort(404)
    return medium_commands.put(actor, on.thing, Given(data, Sort.PHOTO, photo.alt), form.seen, form.key)


def _shown(on: ChoiceOn) -> dict[str, Any]:
    asked = asked_for("zoek")
    group = rules.group_of(request.args.get("groep", ""), on.thing.kind.name)
    board, begins = shelf.board(language()), not asked and "groep" not in request.args
    return {
        "on": on,
        "plan": True,
        "words": words,
        "asked": asked,
        "group": group,
        "chosen": "groep" in request.args,
        "groups": board,
        "near": shelf.find(on.meant, language())[: store.MOST_NEAR] if begins and not on.thing.body.picto else [],
        "found": shelf.find(asked, language()) if asked else board[group],
        "address": page_of(on.thing),
    }


def page_of(thing: Any) -> str:
    """Where a picture for a thing is chosen; empty for what has none but a photo."""
    word = photos.WORDS.get(thing.kind.name, "")
    return url_for("picking.choose", plan=thing.plan, word=word, item=thing.id) if word in store.WORDS else ""
