"""Pages of the family about guests: inviting, stopping, a few words at the end. HTTP only.

The steps of inviting are those of sharing, with more to choose from (`steps.invitation`).
"""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app.change import Refused
from app.guests import commands, ledger
from app.guests import store as guest_store
from app.guests import words as own_words
from app.guests.forms import LeaveForm, ThanksForm
from app.guests.nouns import Sort
from app.guests.store import GreetingView
from app.items import Thing
from app.people import commands as people_commands
from app.people import store as people_store
from app.people.commands import PersonInput
from app.people.nouns import RoleBody
from app.people.store import PeopleView
from app.policy.actions import Action
from app.policy.actor import Actor, Ring
from app.sharing import commands as sharing
from app.sharing import steps, store, words
from app.sharing import views as sharing_views
from app.sharing.forms import NameForm, ShareForm
from app.sharing.nouns import ShareBody
from app.sharing.steps import Draft
from app.sharing.store import Board, ShareView
from app.translations import gettext as _
from app.web.handover import take_away
from app.web.respond import again, done, left, page
from app.web.room import Room

guests = Room("guests", __name__)

STEPS = "/nodig-uit/<uuid:person>"


# ---- inviting --------------------------------------------------------------------------------------------------------


@guests.get("/nodig-uit", needs=Action.SHARE_MAKE, load=store.board)
def whom(_actor: Actor, board: Board) -> Response:
    """First step: whom."""
    return _whom(board, NameForm(formdata=None), 200)


@guests.post("/nodig-uit", needs=Action.SHARE_MAKE, load=people_store.people)
def meet(actor: Actor, people: PeopleView) -> Response:
    """Write down somebody new, to invite."""
    form = NameForm()
    if not form.validate():
        return _whom(store.board(actor), form, 422)
    given = PersonInput(form.name.data, ring=Ring.SERVICES)
    added = people_commands.add(actor, people, given, RoleBody(), form.key, form.along)
    return done(url_for("guests.what", person=added.id))


def _whom(board: Board, form: NameForm, status: int) -> Response:
    return page(
        "sharing/whom.html", status, steps="guests", board=board, form=form, words=words, plan=board.plan, tab="more"
    )


guests.get(f"{STEPS}/wat", needs=Action.SHARE_MAKE, load=steps.invitation)(sharing_views.what)
guests.get(f"{STEPS}/tot", needs=Action.SHARE_MAKE, load=steps.invitation)(sharing_views.until)
guests.get(f"{STEPS}/zo", needs=Action.SHARE_MAKE, load=steps.invitation)(sharing_views.draft)
guests.post(STEPS, needs=Action.SHARE_MAKE, load=steps.invitation)(sharing_views.make)


# ---- saying goodbye --------------------------------------------------------------------------------------------------


@guests.post("/gasten/<uuid:share>/stop", needs=Action.SHARE_STOP, load=store.share)
def stop(actor: Actor, share: ShareView) -> Response:
    """Stop at once; who came in may get a few words along."""
    sharing.stop(actor, share)
    came = ledger.taken_by(share.thing.id) is not None
    if came:
        answer = done(url_for("guests.thank", share=share.thing.id))
    else:
        answer = done(url_for("sharing.index"), _("Het delen is gestopt. De link werkt niet meer."))
    take_away(answer, url_for("sharing.link", share=share.thing.id), sharing_views.LINK)
    return answer


@guests.get("/gasten/<uuid:share>/dank", needs=Action.SHARE_STOP, load=store.share)
def thank(_actor: Actor, share: ShareView) -> Response:
    """They are no guest any more; a few words, for who wants."""
    return page("guests/thank.html", share=share, form=ThanksForm(formdata=None), words=words)


@guests.post("/gasten/<uuid:share>/dank", needs=Action.SHARE_STOP, load=store.share)
def give_thanks(_actor: Actor, share: ShareView) -> Response:
    """Give the words along; no words, none given."""
    form = ThanksForm()
    if not form.validate():
        return again("guests/thank.html", share=share, form=form, words=words)
    if form.words.data and not share.works:
        ledger.thank(share.thing.id, form.words.data)
    return done(url_for("sharing.index"), _("Bewaard."))


# ---- leaving as a guest ----------------------------------------------------------------------------------------------


@guests.get("/gast/stop", needs=Action.GUEST_LEAVE, load=guest_store.own_share)
def ask_leave(_actor: Actor, _share: Thing[ShareBody]) -> Response:
    """What stopping means; a few words and a colleague, for who wants."""
    return page("guests/leave.html", form=LeaveForm(formdata=None))


@guests.post("/gast/stop", needs=Action.GUEST_LEAVE, load=guest_store.own_share)
def leave(actor: Actor, share: Thing[ShareBody]) -> Response:
    """Ik stop als gast."""
    form = LeaveForm()
    if not form.validate():
        return again("guests/leave.html", form=form)
    commands.leave(actor, share, form.given(), form.key)
    return left(done(url_for("guests.home"), _("Je bent daar niet meer te gast.")))


# ---- who left, and who would like to come ----------------------------------------------------------------------------


@guests.get("/gast/vraag/<uuid:greeting>", needs=Action.GUEST_ANSWER, load=guest_store.arriving)
def question(_actor: Actor, view: GreetingView) -> Response:
    """What may they see, and until when."""
    return page("guests/question.html", view=view, form=ShareForm(formdata=None), fresh=True, words=own_words)


@guests.post("/gast/vraag/<uuid:greeting>", needs=Action.GUEST_ANSWER, load=guest_store.greeting)
def welcome(actor: Actor, view: GreetingView) -> Response:
    """Ja: they are a guest from now on; a colleague is invited next."""
    try:
        if view.thing.body.sort is Sort.LEAVING:
            person = commands.meet(actor, view)
            return done(url_for("guests.what", person=person, alone=1 if view.is_alone else None))
        return _welcome(actor, view)
    except Refused as refused:
        return done(url_for("home.show"), own_words.sentence(refused.reason))


def _welcome(actor: Actor, view: GreetingView) -> Response:
    form = ShareForm()
    board = store.board(actor)
    draft = Draft(actor, view.thing.plan, board, view.thing.id, None, invites=True)
    given = form.given(draft) if form.validate() else None
    if given is None:
        return again("guests/question.html", view=view, form=form, words=own_words)
    share = commands.welcome(actor, view, given)
    return done(url_for("sharing.show", share=share), _("Bewaard."))


@guests.post("/gast/vraag/<uuid:greeting>/nee", needs=Action.GUEST_ANSWER, load=guest_store.greeting)
def decline(actor: Actor, view: GreetingView) -> Response:
    """Nee, or read: it is not asked again."""
    try:
        commands.close(actor, view)
    except Refused as refused:
        return done(url_for("home.show"), own_words.sentence(refused.reason))
    return done(url_for("home.show"), _("Bewaard."))
