"""What a child says, and who may see it: its own pages. HTTP only."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, stream_with_context, url_for
from werkzeug.wrappers import Response

from app.change import Done
from app.children import code, in_hand, ledger, luggage, openings, said_commands, said_store, said_words
from app.children.nouns import Feeling, Sort
from app.children.room import children
from app.children.said_forms import FeelingForm, SayForm
from app.children.said_rules import NAMED
from app.children.said_store import House, Own, SaidView
from app.moments.sent import given_in, outcome_of
from app.policy.actions import Action
from app.policy.actor import Actor
from app.web.respond import done, page

SAID = "/mij/zeg/<uuid:said>"


@children.get("/mij/voel", needs=Action.OWN_DAY_SEE, load=said_store.own)
def feel(_actor: Actor, own: Own) -> Response:
    """Hoe voel jij je?"""
    return _page("children/feel.html", own, tab="me")


@children.post("/mij/voel", needs=Action.OWN_ADD, load=said_store.own)
def say_feeling(_actor: Actor, own: Own) -> Response:
    """One of the six; something else has a page of its own, and who says nothing says nothing."""
    form = FeelingForm()
    feeling = form.feeling.data
    if feeling is Feeling.NOT_SAID:
        return done(url_for("children.feel"), said_words.not_said())
    if feeling not in NAMED:
        return done(url_for("children.feel_other"))
    kept = said_commands.say(own, said_commands.SaidInput(Sort.FEELING, feeling), form.key)
    return _kept(own, kept)


@children.get("/mij/voel/anders", needs=Action.OWN_DAY_SEE, load=said_store.own)
def feel_other(_actor: Actor, own: Own) -> Response:
    """Iets anders: a picture or a word."""
    return _page("children/feel_other.html", own, form=SayForm(formdata=None), tab="me")


@children.post("/mij/voel/anders", needs=Action.OWN_ADD, load=said_store.own)
def say_other(_actor: Actor, own: Own) -> Response:
    """Keep it."""
    form = SayForm()
    said = outcome_of(
        form,
        lambda: said_commands.say(own, form.given(Sort.FEELING, Feeling.OTHER), form.key),
        said_words.sentence,
    )
    if said.made is not None:
        return _kept(own, said.made)
    return _page("children/feel_other.html", own, said.status, form=form, tab="me")


@children.get("/mij/fijn", needs=Action.OWN_DAY_SEE, load=said_store.own)
def houses(_actor: Actor, own: Own) -> Response:
    """Wat vind jij fijn? Wat vind jij niet fijn? Waar droom jij van?"""
    return _page("children/houses.html", own, tab="me")


@children.get("/mij/fijn/<part>", needs=Action.OWN_DAY_SEE, load=said_store.house)
def house(_actor: Actor, house: House) -> Response:
    """One of the three."""
    return _making(house)


@children.post("/mij/fijn/<part>", needs=Action.OWN_ADD, load=said_store.house, upload=True)
def say_house(_actor: Actor, house: House) -> Response:
    """Keep what it says of it."""
    return _made(house)


@children.get("/mij/maak", needs=Action.OWN_DAY_SEE, load=said_store.making)
def make(_actor: Actor, house: House) -> Response:
    """Something that I keep."""
    return _making(house)


@children.post("/mij/maak", needs=Action.OWN_ADD, load=said_store.making, upload=True)
def keep(_actor: Actor, house: House) -> Response:
    """Keep it."""
    return _made(house)


@children.get(SAID, needs=Action.OWN_SEE, load=said_store.said)
def mine(_actor: Actor, view: SaidView) -> Response:
    """One thing I said: who sees it, what they said back, who looked."""
    ledger.note_read(view.there, view.replies)
    _is_opened(view.own)
    return _page("children/mine.html", view.own, view=view, looks=said_words.looks(view), tab="me")


@children.get(f"{SAID}/wie", needs=Action.OWN_CHANGE, load=said_store.said)
def who_may(_actor: Actor, view: SaidView) -> Response:
    """Wie mag dit zien?"""
    return _page("children/who_may.html", view.own, view=view, tab="me")


@children.post(f"{SAID}/wie/<uuid:person>/ja", needs=Action.OWN_CHANGE, load=said_store.said_for)
def let_see(_actor: Actor, view: SaidView) -> Response:
    """This one may see it."""
    said_commands.let_see(view)
    return done(url_for("children.who_may", said=view.thing.id))


@children.post(f"{SAID}/wie/<uuid:person>/nee", needs=Action.OWN_CHANGE, load=said_store.said_for)
def let_not_see(_actor: Actor, view: SaidView) -> Response:
    """This one may not, any more."""
    said_commands.let_not_see(view)
    return done(url_for("children.who_may", said=view.thing.id))


@children.post(f"{SAID}/niemand", needs=Action.OWN_CHANGE, load=said_store.said)
def keep_to_self(_actor: Actor, view: SaidView) -> Response:
    """Niemand. Dit is van mij."""
    said_commands.keep_to_self(view)
    in_hand.lay_down()
    # What is the child's alone is closed at once, while it has the phone in hand (decision 0027).
    asks = view.own.phone.is_lent and code.may_choose(view.own.child)
    return done(url_for("childpages.pictures" if asks else "children.feel"), said_words.mine_alone())


@children.post(f"{SAID}/weg", needs=Action.OWN_REMOVE, load=said_store.said_gone_too)
def put_away(_actor: Actor, view: SaidView) -> Response:
    """Into the bin."""
    said_commands.put_away(view)
    back = url_for("children.bring_back", said=view.thing.id)
    return done(url_for("children.box"), said_words.put_away(), undo=back)


@children.post(f"{SAID}/terug", needs=Action.OWN_REMOVE, load=said_store.said_gone_too)
def bring_back(_actor: Actor, view: SaidView) -> Response:
    """Out of the bin."""
    said_commands.bring_back(view)
    return done(url_for("children.box"), said_words.back_again())


@children.get("/mij/doos", needs=Action.OWN_DAY_SEE, load=said_store.own)
def box(_actor: Actor, own: Own) -> Response:
    """Van mij: all I keep and told."""
    _is_opened(own)
    return _page("children/box.html", own, tab="me")


@children.get("/mij/doos/weg", needs=Action.OWN_DAY_SEE, load=said_store.own_with_bin)
def bin(_actor: Actor, own: Own) -> Response:  # noqa: A001 - what it is
    """What I put away."""
    _is_opened(own)
    return _page("children/bin.html", own, tab="me")


@children.get("/mij/neem-mee", needs=Action.OWN_COPY, load=said_store.to_take_along)
def take_along(_actor: Actor, own: Own) -> Response:
    """What is in the file, and who may read it then."""
    return _page("children/take_along.html", own, tab="me")


@children.get("/mij/neem-mee/van-mij.zip", needs=Action.OWN_COPY, load=said_store.to_take_along)
def copy(_actor: Actor, own: Own) -> Response:
    """All of it in one file."""
    _is_opened(own)
    page_ = render_template("children/luggage.html", own=own, words=said_words, names=luggage.names(own))
    answer = Response(stream_with_context(luggage.zipped(luggage.files(own, page_))), mimetype="application/zip")
    answer.headers["Content-Disposition"] = 'attachment; filename="van-mij.zip"'
    return answer


def _is_opened(own: Own) -> None:
    openings.seen(own.child, own.me, own.zone, own.lock_row)


def _making(house: House, status: int = 200, form: SayForm | None = None, fault: str = "") -> Response:
    asked = next((group for group in said_words.board() if group[0].key == request.args.get("deel")), None)
    means = said_words.means_from(request.args.get("met")) if asked is None else said_words.by_picture()
    values = {"house": house, "form": form or SayForm(formdata=None), "group": asked, "means": means, "fault": fault}
    return _page("children/make.html", house.own, status, **values, tab="me")


def _made(house: House) -> Response:
    form = SayForm()
    said = outcome_of(
        form,
        lambda: said_commands.say(house.own, form.given(house.sort), form.key, given_in()),
        said_words.sentence,
    )
    return _making(house, said.status, form, said.fault) if said.made is None else _kept(house.own, said.made)


def _kept(own: Own, kept: Done) -> Response:
    is_at_hand = said_store.take_in_hand(own, kept)
    return done(url_for("children.who_may", said=kept.id) if is_at_hand else url_for("children.feel"))


def _page(template: str, own: Own, status: int = 200, **values: Any) -> Response:
    return page(template, status, own=own, words=said_words, plan=True, **values)
