"""A child's own wishes, and whom it wants at our table. HTTP only."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from app.change import Refused
from app.children import openings, said_store, said_words
from app.children.nouns import Sort
from app.children.said_store import House
from app.moments.sent import given_in, outcome_of
from app.policy.actions import Action
from app.policy.actor import Actor
from app.web.form import Form
from app.web.respond import done, page
from app.wishes import commands, store, words
from app.wishes.forms import WishForm
from app.wishes.room import wishes
from app.wishes.store import Wishes, WishView

AT = {Sort.WISH: "wishes.mine", Sort.AT_TABLE: "wishes.table"}
TEMPLATES = {Sort.WISH: "wishes/mine.html", Sort.AT_TABLE: "wishes/table.html"}


@wishes.get("/mij/wens", needs=Action.OWN_DAY_SEE, load=store.mine)
def mine(_actor: Actor, board: Wishes) -> Response:
    """Wat wens jij?"""
    return _page(board, Sort.WISH, WishForm(formdata=None))


@wishes.post("/mij/wens", needs=Action.OWN_ADD, load=store.mine, upload=True)
def ask(_actor: Actor, board: Wishes) -> Response:
    """Keep a wish; then: wie mag dit zien?"""
    return _asked(board, Sort.WISH)


@wishes.get("/mij/tafel", needs=Action.OWN_DAY_SEE, load=store.mine)
def table(_actor: Actor, board: Wishes) -> Response:
    """Wie wil jij aan onze tafel?"""
    return _page(board, Sort.AT_TABLE, WishForm(formdata=None))


@wishes.post("/mij/tafel", needs=Action.OWN_ADD, load=store.mine, upload=True)
def ask_for(_actor: Actor, board: Wishes) -> Response:
    """Keep whom I want there; then: wie mag dit zien?"""
    return _asked(board, Sort.AT_TABLE)


@wishes.post("/mij/wens/<uuid:said>/toch-niet", needs=Action.OWN_CHANGE, load=store.own)
def take_back(_actor: Actor, wish: WishView) -> Response:
    """Toch niet."""
    try:
        commands.take_back(wish, Form().sent_key)
    except Refused as refused:
        return _back(wish, words.sentence(refused.reason))
    return _back(wish, words.taken_back())


@wishes.post("/mij/wens/<uuid:said>/nog-eens", needs=Action.OWN_CHANGE, load=store.own)
def ask_again(_actor: Actor, wish: WishView) -> Response:
    """Ik vraag het nog eens; of nobody, then first of whom."""
    try:
        commands.ask_again(wish, Form().sent_key)
    except Refused as refused:
        return _back(wish, words.sentence(refused.reason))
    if not wish.told:
        return done(url_for("children.who_may", said=wish.thing.id))
    return _back(wish, words.kept())


def _back(wish: WishView, said: str) -> Response:
    return done(url_for("children.mine", said=wish.thing.id), said)


def _asked(board: Wishes, sort: Sort) -> Response:
    form = WishForm()
    asked = outcome_of(form, lambda: commands.ask(board, form.asked(sort), form.key, given_in()), words.sentence)
    if asked.made is None:
        return _page(board, sort, form, asked.status, asked.fault)
    is_at_hand = said_store.take_in_hand(board.own, asked.made)
    return done(url_for("children.who_may", said=asked.made.id) if is_at_hand else url_for("wishes.mine"))


def _page(board: Wishes, sort: Sort, form: WishForm, status: int = 200, fault: str = "") -> Response:
    """The board of pictures; in another way (a drawing, a photo, a voice, a film, more pictures) the page of that."""
    openings.seen(board.own.child, board.own.me, board.own.zone, board.own.lock_row)
    around: dict[str, Any] = {"own": board.own, "form": form, "plan": True, "tab": "wish"}
    group = next((one for one in said_words.board() if one[0].key == request.args.get("deel")), None)
    means = said_words.means_from(request.args.get("met")) if group is None else said_words.by_picture()
    if means is not None:
        more = {"house": House(board.own, sort), "at": url_for(AT[sort]), "group": group, "means": means}
        return page("children/make.html", status, **around, **more, words=said_words, fault=fault)
    asked = {"board": board, "asked": board.of(sort), "words": words, "said_words": said_words}
    return page(TEMPLATES[sort], status, **around, **asked)
