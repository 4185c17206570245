"""The parents' side of a wish: ja, ja maar anders, nee with something said, later. HTTP only."""

from __future__ import annotations

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from app.change import Refused
from app.children.nouns import Answer
from app.media import words as media_words
from app.media.nouns import BadFile, Sort
from app.moments.sent import given_in
from app.policy.actions import Action
from app.policy.actor import Actor
from app.web.form import Form
from app.web.respond import UNAVAILABLE, again, done, page
from app.wishes import commands, store, words
from app.wishes.commands import AnswerInput
from app.wishes.forms import LaterForm, NoForm, YesForm
from app.wishes.room import wishes
from app.wishes.rules import Makes, Reason
from app.wishes.store import WishView

WISH = "/kinderen/wens/<uuid:said>"
# At which field of which form a reason is told.
FIELDS = {Reason.NO_WITHOUT_WORDS: "words", Reason.BUT_WHAT: "words", Reason.NO_DAY: "later"}


@wishes.get(WISH, needs=Action.WISH_ANSWER, load=store.question)
def question(_actor: Actor, wish: WishView) -> Response:
    """What a child asks, and the four answers; or what became of it."""
    return _page("wishes/question.html", wish, _yes_form(wish))


@wishes.post(f"{WISH}/ja", needs=Action.WISH_ANSWER, load=store.question)
def yes(actor: Actor, wish: WishView) -> Response:
    """Ja, dat doen wij."""
    form = YesForm()
    return _answered(actor, wish, form, form.given(Answer.YES), "wishes/question.html")


@wishes.get(f"{WISH}/anders", needs=Action.WISH_ANSWER, load=store.question)
def different(_actor: Actor, wish: WishView) -> Response:
    """Ja, maar anders: what then?"""
    return _page("wishes/different.html", wish, _yes_form(wish))


@wishes.post(f"{WISH}/anders", needs=Action.WISH_ANSWER, load=store.question, upload=True)
def yes_but(actor: Actor, wish: WishView) -> Response:
    """Ja, maar anders."""
    form = YesForm()
    return _answered(actor, wish, form, form.given(Answer.YES_BUT), "wishes/different.html")


@wishes.get(f"{WISH}/nee", needs=Action.WISH_ANSWER, load=store.question)
def rather_not(_actor: Actor, wish: WishView) -> Response:
    """Nee: what is said with it?"""
    return _page("wishes/no.html", wish, NoForm(formdata=None))


@wishes.post(f"{WISH}/nee", needs=Action.WISH_ANSWER, load=store.question, upload=True)
def no(actor: Actor, wish: WishView) -> Response:
    """Nee, with a sentence or a picture."""
    form = NoForm()
    return _answered(actor, wish, form, form.given(), "wishes/no.html")


@wishes.get(f"{WISH}/later", needs=Action.WISH_ANSWER, load=store.question)
def later(_actor: Actor, wish: WishView) -> Response:
    """Later: until when?"""
    return _page("wishes/later.html", wish, LaterForm(formdata=None))


@wishes.post(f"{WISH}/later", needs=Action.WISH_ANSWER, load=store.question)
def keep(actor: Actor, wish: WishView) -> Response:
    """Later: out of sight until that day, which the child reads."""
    form = LaterForm()
    return _answered(actor, wish, form, form.given(), "wishes/later.html")


# ---- parts -----------------------------------------------------------------------------------------------------------


def _yes_form(wish: WishView) -> YesForm:
    """With somebody new at the table, their name as the child says it."""
    fresh = wish.body.words if wish.body.about is None and wish.body.sort.value == "at_table" else ""
    return YesForm(formdata=None, makes=Makes.PERSON if fresh else Makes.NOTHING, new=fresh)


def _answered(actor: Actor, wish: WishView, form: Form, given: AnswerInput, template: str) -> Response:
    if not form.validate():
        return again(template, **_around(wish, form))
    try:
        commands.answer(actor, wish, given, form.key, given_in("", Sort.VOICE))
    except BadFile as bad:
        return again(template, **_around(wish, form), fault=media_words.of(bad))
    except OSError:
        return again(template, UNAVAILABLE, **_around(wish, form), fault=media_words.no_room())
    except Refused as refused:
        if refused.reason in {Reason.DECIDED, Reason.NOT_OPEN}:
            return done(url_for("wishes.question", said=wish.thing.id), words.sentence(refused.reason))
        form.refuse(FIELDS.get(refused.reason, "new"), words.sentence(refused.reason))
        return again(template, **_around(wish, form))
    return done(url_for("home.show"), words.sent(wish.face.name))


def _page(template: str, wish: WishView, form: Form) -> Response:
    return page(template, **_around(wish, form))


def _around(wish: WishView, form: Form) -> dict[str, Any]:
    return {"wish": wish, "form": form, "words": words, "plan": wish.plan}
