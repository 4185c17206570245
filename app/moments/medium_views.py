"""What the forms for a photo, a voice note and a film on a thing do alike, each with a page of its own. HTTP only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from flask import request
from werkzeug.wrappers import Response

from app.change import BothChanged, Done
from app.history.words import way_back, who_wrote
from app.items import Thing
from app.media import words as media_words
from app.media.nouns import BadFile, Fault, Sort
from app.moments import medium_commands as commands
from app.moments import words
from app.moments.medium_forms import MediumForm, waiting, waits
from app.moments.photos import PhotoOn
from app.moments.recorded import RecordedOn
from app.policy.actor import Actor
from app.translations import gettext as _
from app.web.respond import UNAVAILABLE, again, done

On = TypeVar("On", PhotoOn, RecordedOn)


@dataclass(frozen=True, slots=True)
class FormPage(Generic[On]):
    """A page with such a form: its template, and what that shows of a thing and of what was typed."""

    template: str
    shown: Callable[[On, MediumForm], dict[str, Any]]


def put(actor: Actor, on: On, on_page: FormPage[On]) -> Response:
    """Put on it what was sent or waited, or say what is on what is there."""
    form = MediumForm()
    if not form.validate():
        return again(on_page.template, **on_page.shown(on, form))
    try:
        saved = _saved(actor, on, form)
    except BadFile as bad:
        return again(on_page.template, fault=media_words.of(bad), **on_page.shown(on, form))
    except OSError:
        return again(on_page.template, UNAVAILABLE, fault=media_words.no_room(), **on_page.shown(on, form))
    except commands.Waiting as clash:
        return _both(actor, on, on_page, form, clash.theirs, waits(clash.medium, actor, on.thing.id))
    except BothChanged as clash:
        return _both(actor, on, on_page, form, clash.theirs, request.form.get("waiting", ""))
    return done(on.home, _("Bewaard."), undo=way_back(saved))


def drop(actor: Actor, on: On, on_page: FormPage[On], dropped: Callable[..., Done] = commands.drop) -> Response:
    """Take it away; the thing stays."""
    form = MediumForm()
    try:
        gone = dropped(actor, on.thing, on.sort, form.seen, form.key)
    except BothChanged as clash:
        return _both(actor, on, on_page, MediumForm(formdata=None), clash.theirs)
    return done(on.home, words.gone(on.sort), undo=way_back(gone))


def _saved(actor: Actor, on: PhotoOn | RecordedOn, form: MediumForm) -> Done:
    waited = waiting(form, on.sort, actor, on.thing.id)
    if waited is not None:
        return commands.put_waiting(actor, on.thing, on.sort, waited, form.seen, form.key)
    given = form.given(on.sort)
    if given is not None:
        return commands.put(actor, on.thing, given, form.seen, form.key)
    if on.sort is Sort.VOICE:
        # Nothing is said of what is on a voice note.
        raise BadFile(Fault.NOTHING, on.sort)
    return commands.say(actor, on.thing, on.sort, form.alt.data, form.seen, form.key)


def _both(
    actor: Actor, on: On, on_page: FormPage[On], form: MediumForm, theirs: Thing[Any], waiting: str = ""
) -> Response:
    """Somebody else changed it meanwhile: what is there now, and the form once more, with what waits."""
    shown = {**on_page.shown(replace(on, thing=theirs), form), "version": theirs.version}
    return again(on_page.template, both=True, who=who_wrote(actor, theirs), waiting=waiting, **shown)
