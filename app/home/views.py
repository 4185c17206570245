"""The landing, the start of a plan, "Ons plan", "Meer" and Snel weg. HTTP only."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import current_app, g, redirect, request, session, url_for
from flask_wtf.csrf import validate_csrf
from werkzeug.wrappers import Response
from wtforms.validators import ValidationError

from app.accounts import bunch as keyring
from app.accounts import commands as accounts
from app.accounts import store as account_store
from app.accounts import words as account_words
from app.accounts.rules import Subject, network_of
from app.change import Refused
from app.config import Config
from app.db import now
from app.goals import words as goal_words
from app.guests import card_views as start_card
from app.guests import store as guests
from app.home import commands, rules, store, words
from app.home.forms import FirstForm, HelpersForm, NamesForm
from app.home.rules import Reason
from app.home.store import HomeView, StartView
from app.items import Thing
from app.local import local_day
from app.people.rules import split_names
from app.plan.nouns import PlanBody
from app.policy.actions import Action
from app.policy.actor import Actor, ActorKind, Ring
from app.rooms import panels
from app.translations import gettext as _
from app.web.addresses import front
from app.web.device import caller
from app.web.public import Open
from app.web.respond import again, done, left, page
from app.web.room import Room
from app.web.security import csrf
from app.web.session import actor_in, close_box, forget, remember, seated_in, take_phone_back, visitor

home = Room("home", __name__)
open_home = Open("home_open", __name__)

TOO_MANY = 429
BEGUN = "begun"
# Places that a link opens, which opens them again.
BY_A_LINK = frozenset({"link", "trusted"})


# ---- the landing -----------------------------------------------------------------------------------------------------


@open_home.get("/", because="the landing: shows nothing of any plan")
def landing() -> Response:
    """What Ons Plan is, and the way in. Who has a plan on this device goes there first."""
    members, guest = _members_here(), guests.is_guest(visitor())
    plans = [actor.plan for actor in members if actor.kind is not ActorKind.CHILD]
    own = [front(actor.plan, actor) for actor in members if actor.plan and actor.kind is ActorKind.CHILD]
    if own and not plans and not guest:
        # A child finds its page without reading anything on the way.
        return redirect(own[-1], 303)
    return page("home/landing.html", plans=plans, own=own, guest=guest, main_class="landing")


def _members_here() -> list[Actor]:
    """Who this browser is in each plan that it opens with an own key, whoever holds it now."""
    here = visitor()
    plans = dict.fromkeys(seat.plan for seat in (here.seats if here else ()) if seat.kind == "member")
    actors = (seated_in(plan) for plan in plans)
    return [actor for actor in actors if actor.kind is not ActorKind.NOBODY]


# ---- three questions -------------------------------------------------------------------------------------------------


@open_home.get("/begin", because="the first question: a plan starts without an account")
def begin() -> Response:
    """Hoe heten jullie? Who is halfway goes on in their plan."""
    halfway = _halfway()
    if halfway is not None:
        return redirect(url_for("home.begin_again", plan=halfway))
    return page("home/begin.html", form=NamesForm(formdata=None))


@csrf.exempt  # type: ignore[untyped-decorator]  # looked at here: who starts anew on an old page keeps what they typed, without being asked for a key
@open_home.post("/begin", because="the first answer: it makes the plan, and this browser its first key")
def begin_save() -> Response:
    """Make the plan. The same form sent twice, also by a tap too many, makes one."""
    form = NamesForm()
    halfway = _halfway(form.sent_key)
    if halfway is not None:
        return redirect(url_for("home.begin_who", plan=halfway), 303)
    if not form.validate():
        return again("home/begin.html", form=form)
    if not (form.later.data or split_names(form.names.data)):
        form.refuse("names", words.sentence(Reason.NO_NAMES))
        return again("home/begin.html", form=form)
    if not _token_is_ours():
        return again("home/begin.html", form=form, once_more=True)
    try:
        accounts.count_guess({Subject.STARTS: network_of(caller().address)})
    except Refused as refused:
        form.refuse("names", account_words.sentence(refused.reason))
        return again("home/begin.html", TOO_MANY, form=form)
    return _started(form)


def _started(form: NamesForm) -> Response:
    config: Config = current_app.extensions["onsplan.config"]
    # Only this browser, with this very form, knows both halves: nobody else can send it again.
    key = f"{session['csrf_token']}/{form.sent_key or uuid4().hex}"
    called = form.names.data or ""
    started = commands.start(split_names(called), config.zone, called=called, form_key=key)
    if account_store.was_left(started.plan, started.member):
        return redirect(url_for("home.landing"), 303)
    device = account_words.device(request.user_agent.string)
    remember(accounts.take_seat(visitor(), started.plan, "member", started.member, device))
    session[BEGUN] = {"plan": started.plan.hex, "form": form.sent_key}
    answer = redirect(url_for("home.begin_who", plan=started.plan), 303)
    start_card.begun(answer, started.plan)
    return answer


def _halfway(form_key: str | None = None) -> UUID | None:
    """The plan whose questions this browser is at; with a form's key, only when that form made it."""
    begun = session.get(BEGUN)
    if begun is None or (form_key is not None and begun["form"] != form_key):
        return None
    plan = UUID(begun["plan"])
    return plan if actor_in(plan).kind is ActorKind.PARENT else None


def _token_is_ours() -> bool:
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True


@home.get("/begin/naam", needs=Action.PLAN_CHANGE, load=store.start)
def begin_again(_actor: Actor, board: StartView) -> Response:
    """Hoe heten jullie? Answered before, and still open to change."""
    return page("home/begin.html", board=board, form=NamesForm(formdata=None, names=board.plan.body.name))


@home.post("/begin/naam", needs=Action.PLAN_CHANGE, load=store.start)
def begin_rename(actor: Actor, board: StartView) -> Response:
    """Save the names again."""
    form = NamesForm()
    if form.later.data:
        return done(url_for("home.begin_who"))
    if form.validate():
        try:
            commands.name_again(actor, board, form.names.data, form.key)
        except Refused as refused:
            form.refuse("names", words.sentence(refused.reason))
        else:
            return done(url_for("home.begin_who"))
    return again("home/begin.html", board=board, form=form)


@home.get("/begin/wie", needs=Action.PLAN_CHANGE, load=store.start)
def begin_who(_actor: Actor, board: StartView) -> Response:
    """Wie helpt jullie al?"""
    close, services = (words.names_typed(board.people.in_ring(ring)) for ring in (Ring.CLOSE, Ring.SERVICES))
    return page("home/begin_who.html", board=board, form=HelpersForm(formdata=None, close=close, services=services))


@home.post("/begin/wie", needs=Action.PLAN_CHANGE, load=store.start)
def begin_who_save(actor: Actor, board: StartView) -> Response:
    """Save who helps."""
    form = HelpersForm()
    if not form.validate():
        return again("home/begin_who.html", board=board, form=form)
    commands.add_helpers(actor, board, form.close.data, form.services.data, form.key)
    return done(url_for("home.begin_first"))


@home.get("/begin/eerst", needs=Action.PLAN_CHANGE, load=store.start)
def begin_first(_actor: Actor, board: StartView) -> Response:
    """Waar moet het nu eerst over gaan?"""
    form = FirstForm(formdata=None, domain=board.plan.body.first_about)
    return page("home/begin_first.html", board=board, form=form, words=words)


@home.post("/begin/eerst", needs=Action.PLAN_CHANGE, load=store.start)
def begin_first_save(actor: Actor, board: StartView) -> Response:
    """Save what comes first; the plan is there."""
    form = FirstForm()
    if not form.validate():
        return again("home/begin_first.html", board=board, form=form, words=words)
    commands.choose_first(actor, board, form.domain.data, form.words.data, form.key)
    session.pop(BEGUN, None)
    return done(url_for("home.show"), _("Bewaard."))


# ---- Ons plan and Meer -----------------------------------------------------------------------------------------------


@home.get("/", needs=Action.PLAN_SEE, load=store.home)
def show(actor: Actor, board: HomeView) -> Response:
    """Ons plan: what now, who now."""
    return page(
        "home/show.html",
        board=board,
        plan=board.plan,
        notices=rules.notices(panels("plan", actor, board.plan), everything="alles" in request.args),
        words=words,
        goal_words=goal_words,
        back="home",
        tab="plan",
        main_class="wide",
    )


@home.get("/meer", needs=Action.PLAN_SEE, load=store.plan)
def more(_actor: Actor, plan: Thing[PlanBody]) -> Response:
    """Everything else, in a few groups."""
    return page("home/more.html", plan=plan, tab="more")


# ---- leaving ---------------------------------------------------------------------------------------------------------


@csrf.exempt  # type: ignore[untyped-decorator]  # without the token it only leads away, and ends nothing
@open_home.post("/weg", because="Snel weg: leads away from every page, with or without a session")
def leave() -> Response:
    """Leave at once for our neutral page; where there is another way in, the plan closes here too. A phone that is
    lent, and does not close, stays lent.
    """
    answer = redirect(url_for("home.neutral"), 303)
    here = visitor()
    if not _token_is_ours():
        return answer
    take_phone_back()
    close_box()
    links = [] if here is None else [seat for seat in here.seats if seat.kind in BY_A_LINK]
    if here is not None and (rules.may_close(_ways_back()) or len(links) == len(here.seats)):
        accounts.end_session(here)
        forget()
        return left(answer, cookies=True)
    # A link opens again with the link itself, so that place never stays open.
    for seat in links:
        accounts.end_seat(seat.id)
    return left(answer)


def _ways_back() -> list[bool]:
    """For everything this browser opens with a key, whether it can be opened again: a guest has an account for that."""
    here = visitor()
    ways = [keyring.has_way_back(actor) for actor in _members_here()]
    is_guest = here is not None and any(seat.kind == "guest" for seat in here.seats)
    account = None if here is None else here.account
    return [*ways, account is not None and keyring.bunch(account).opens] if is_guest else ways


@open_home.get("/kalender", because="our neutral page: a calendar that says nothing of any plan")
def neutral() -> Response:
    """A month of a calendar, for whoever looks over a shoulder."""
    config: Config = current_app.extensions["onsplan.config"]
    today = local_day(now(), config.zone)
    month = rules.month_of(request.args.get("maand", ""), today)
    return page("home/calendar.html", month=month, today=today, rules=rules, words=words)


@home.get("/snel-weg", needs=Action.PLAN_SEE, load=store.plan)
def leave_help(actor: Actor, plan: Thing[PlanBody]) -> Response:
    """What Snel weg does, and honestly what it does not hide."""
    # Who looks as the guest would has none of that guest's keys here, and shows none of their own.
    ways = [] if "peek" in g else _ways_back()
    closes = rules.may_close(ways if actor.kind is ActorKind.GUEST else [keyring.has_way_back(actor)])
    return page("home/leave_help.html", plan=plan, tab="more", closes=closes)
