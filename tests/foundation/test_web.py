"""The doors of the web: who is behind a request, what a page is given, and how an answer goes back."""

import pytest
from flask import Flask, get_flashed_messages, session, url_for
from flask.testing import FlaskClient

from app.change import Put, change
from app.goals.store import goal as goal_view
from app.plan.nouns import MemberState
from app.policy.actions import Action
from app.policy.actor import NOBODY, ActorKind
from app.web.respond import done, wants_fragment
from app.web.room import facts_in
from app.web.session import Seat, Visitor, actor_in, forget, remember, visitor
from tests.cast import Cast, signed_in

pytestmark = pytest.mark.both_databases


# ---- who is behind a request -----------------------------------------------------------------------------------------


def test_a_seat_is_asked_what_it_means_at_every_request(cast: Cast, app: Flask) -> None:
    client = cast.client_of("nele")
    assert client.get(f"/p/{cast.plan}/doelen").status_code == 200
    with app.app_context():
        member = cast.thing("member nele", "sara")
        change(cast.sara, Action.MEMBER_STOP, Put(member, state=MemberState.STOPPED))
    assert client.get(f"/p/{cast.plan}/doelen").status_code == 404


def test_who_holds_a_key_and_a_link_is_of_the_family(cast: Cast, app: Flask) -> None:
    from app.accounts.commands import take_seat

    with app.test_request_context():
        first = take_seat(None, cast.plan, "link", cast.oma.seat, "gsm")  # type: ignore[arg-type]
        both = take_seat(first, cast.plan, "member", cast.jef.seat, "gsm")  # type: ignore[arg-type]
        remember(both)
        assert actor_in(cast.plan).kind is ActorKind.PARENT
        assert actor_in(cast.elsewhere) == NOBODY


def test_what_a_cookie_held_before_is_dropped_when_somebody_comes_in(cast: Cast, app: Flask) -> None:
    """Nobody's cookie becomes somebody's."""
    with app.test_request_context():
        session["left by another"] = "x"
        session["csrf_token"] = "known to another"
        remember(Visitor("a token", cast.plan, ()))
        assert "left by another" not in session
        assert session.get("csrf_token") != "known to another"
        assert session.permanent
        forget()
        assert dict(session).get("_user_id") is None
        assert visitor() is None


@pytest.mark.parametrize("spoil", ["cut", "changed", "of another server", "nonsense"])
def test_a_cookie_that_is_not_ours_is_nobodys(cast: Cast, app: Flask, spoil: str) -> None:
    client = cast.client_of("sara")
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    assert cookie is not None
    other = Flask("other")
    other.secret_key = "another server's secret, of some length"
    forged = other.test_client()
    with forged.session_transaction() as kept:
        kept["_user_id"] = "a token"
    theirs = forged.get_cookie("session")
    assert theirs is not None
    spoilt = {
        "cut": cookie.value[:-4],
        "changed": ("A" if cookie.value[5] != "A" else "B").join([cookie.value[:5], cookie.value[6:]]),
        "of another server": theirs.value,
        "nonsense": "%00%ff;",
    }
    client.set_cookie(name, spoilt[spoil])
    assert client.get(f"/p/{cast.plan}/").status_code == 404


def test_a_token_that_was_guessed_opens_nothing(cast: Cast, app: Flask) -> None:
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["_user_id"] = "x" * 43
    assert client.get(f"/p/{cast.plan}/").status_code == 404


def test_two_browsers_do_not_know_each_other(cast: Cast, app: Flask) -> None:
    one, other = signed_in(app, cast.sara), signed_in(app, cast.sara)
    assert one.get(f"/p/{cast.plan}/").status_code == other.get(f"/p/{cast.plan}/").status_code == 200
    cookies = {client.get_cookie(app.config["SESSION_COOKIE_NAME"]).value for client in (one, other)}  # type: ignore[union-attr]
    assert len(cookies) == 2


def test_a_seat_says_where_it_is(cast: Cast) -> None:
    seat = Seat(cast.plan, cast.plan, "member", cast.plan)
    assert Visitor("token", cast.plan, (seat,)).get_id() == "token"


# ---- what a page is given --------------------------------------------------------------------------------------------


def test_the_policy_is_asked_about_the_thing_a_page_is_about(cast: Cast, app: Flask) -> None:
    with app.app_context():
        thing = cast.thing("goal of us", "sara")
        view = goal_view(cast.sara, thing.id)
        assert facts_in(thing) == facts_in(view) == thing.facts
    assert facts_in(None) is None
    assert facts_in("a whole plan") is None


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_another_way_of_asking_is_not_there_either(cast: Cast, app: Flask, method: str) -> None:
    client: FlaskClient = cast.client_of("sara")
    assert app.url_map
    answer = getattr(client, method)(f"/p/{cast.plan}/doelen")
    assert answer.status_code in {403, 404}
    assert "Samen" not in answer.get_data(as_text=True)


def test_an_address_that_is_no_id_is_not_there(cast: Cast) -> None:
    client = cast.client_of("sara")
    for path in (
        "/p/1/",
        f"/p/{cast.plan}/doelen/1",
        f"/p/{cast.plan}/doelen/../meer/..",
        f"/p/{cast.plan}/doelen/%00",
    ):
        assert client.get(path).status_code == 404, path


# ---- how an answer goes back -----------------------------------------------------------------------------------------


def test_a_plain_write_goes_on_to_a_page_with_a_word(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        answer = done("/p/somewhere", "Bewaard.")
        assert (answer.status_code, answer.location) == (303, "/p/somewhere")
        assert get_flashed_messages() == ["Bewaard."]


def test_htmx_that_wants_no_part_is_sent_on(app: Flask) -> None:
    with app.test_request_context("/", method="POST", headers={"HX-Request": "true"}):
        app.preprocess_request()
        assert wants_fragment()
        answer = done("/p/somewhere", "Bewaard.")
        assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, "/p/somewhere")
        assert not answer.get_data()


def test_a_file_has_the_mark_of_its_content_in_its_name(app: Flask) -> None:
    from app.web.assets import address

    with app.app_context():
        css = address("css/app.css")
        assert css != "/static/css/app.css"
        assert address("css/app.css") == css
        with pytest.raises(OSError, match="nothing"):
            address("css/nothing.css")
    old = css.replace(css.rsplit(".", 2)[1], "0123456789")
    answer = app.test_client().get(old, buffered=True)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_addresses_inside_a_plan_are_of_that_plan(cast: Cast, app: Flask) -> None:
    page = cast.client_of("sara").get(f"/p/{cast.plan}/doelen").get_data(as_text=True)
    with app.test_request_context():
        assert url_for("goals.new", plan=cast.plan) in page
    assert str(cast.elsewhere) not in page
