"""A lent phone: only the child's pages, whatever is asked for and however; back only with a key of who lent it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.childpages.phones import at, kept_card, lent, lent_in, member_of, typed
from tests.policy.matrix import DOORS, cases
from tests.support.pages import form, said
from tests.support.world import World, Worlds

if TYPE_CHECKING:
    from werkzeug.routing import Rule

NOT_HERE = "Dit gaat hier niet open"
# What is there for whoever holds a lent phone, beside the pages of the child.
WAYS_OUT = {
    *("static", "home.leave", "home.neutral", "host.health"),
    *("childpages.ask_back", "childpages.give_back", "childpages.begin_back_lock", "childpages.back_lock"),
    "childpages.close_all",
}


@pytest.fixture
def lent_phone(worlds: Worlds) -> Iterator[str]:
    """The name of a lent browser in the world that all tests share; that world is again as it was afterwards."""
    world = worlds("sqlite")
    name = lent_in(world)
    yield name
    del world.cookies[name]


# ---- every route there is --------------------------------------------------------------------------------------------


def _asked(world: World, rule: Rule) -> list[str]:
    """Addresses of a route: of each thing of ours and of Lies's, or with a token of the cast."""
    if rule.endpoint in DOORS:
        return [world.path(rule.endpoint, case.values) for case in cases(world.cast, DOORS[rule.endpoint])]
    return [world.path(rule.endpoint, dict.fromkeys(rule.arguments, next(iter(world.cast.tokens.values()))))]


def _is_of_the_child(rule: Rule) -> bool:
    return rule.rule.startswith("/p/<uuid:plan>/mij") or rule.endpoint in {
        "moments.picture",
        "moments.recorded",
        "moments.poster",
    }


def _faults(world: World, phone: str, rule: Rule, known: str) -> Iterator[str]:
    methods = {"GET", "POST"} & (rule.methods or set())
    for path in _asked(world, rule):
        for method in methods:
            answer = world.ask(phone, method, path)
            read = answer.get_data(as_text=True) if "text" in answer.mimetype else ""
            named = f"{method} {rule.endpoint}"
            for name, canary in world.cast.canaries_not_for("kaat").items():
                if canary in read:
                    yield f"{named} shows {name}"
            if _is_of_the_child(rule) or rule.endpoint in WAYS_OUT:
                continue
            if answer.status_code != 404 or _steady(read) != known:
                yield f"{named}: {answer.status_code}, and not the one answer of a lent phone"
            if world.wrote:
                yield f"{named} wrote {sorted(set(world.wrote))}"


def _steady(page: str) -> str:
    return re.sub(r'name="(csrf_token|form_key)" value="[^"]*"', "", page)


def test_every_route_of_the_product_is_closed_but_the_childs_own(worlds: Worlds, lent_phone: str) -> None:
    """Made of the product's own map: a new route is here by itself, and closed until somebody opens it on purpose."""
    world = worlds("sqlite")
    nothing = world.ask(lent_phone, "GET", f"/p/{world.cast.plan}/niets")
    assert nothing.status_code == 404
    assert NOT_HERE in nothing.text
    rules = list(world.app.url_map.iter_rules())
    faults = [fault for rule in rules for fault in _faults(world, lent_phone, rule, _steady(nothing.text))]
    assert not faults, "\n".join(faults[:40])
    assert len(rules) > 200


def test_a_write_of_before_says_nothing_back(worlds: Worlds, lent_phone: str) -> None:
    """An old form of the lender, with a token that was good, with none, by htmx: the one answer, none of its words."""
    world = worlds("sqlite")
    for data in ({"csrf_token": world.token(), "words": "Zeepaardje"}, {"words": "Zeepaardje"}):
        for headers in ({}, {"HX-Request": "true"}):
            answer = world.ask(lent_phone, "POST", f"/p/{world.cast.plan}/doelen", data, **headers)
            assert answer.status_code == 404
            assert "Zeepaardje" not in answer.text
            assert not world.wrote


@pytest.mark.parametrize("path", ["", "jij/sleutels", "begin", "sleutel", "wachtwoord", "te-gast", "stijl", "hulp"])
def test_no_page_of_an_account_or_of_nobody_opens(worlds: Worlds, lent_phone: str, path: str) -> None:
    answer = worlds("sqlite").ask(lent_phone, "GET", f"/{path}")
    assert answer.status_code == 404
    assert NOT_HERE in answer.text


# ---- giving it -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("tokens_off")
@pytest.mark.both_databases
def test_the_cookie_of_before_opens_nothing_any_more(cast: Cast) -> None:
    """An answer that was on its way to another tab puts the old cookie back: it is of a session that ended."""
    phone = cast.client_of("sara")
    kept_card(cast, "sara")
    name = str(cast.app.config["SESSION_COOKIE_NAME"]) if cast.app else ""
    before = phone.get_cookie(name)
    assert before is not None
    phone.post(at(cast, f"kinderen/{member_of(cast)}/gsm"))
    assert NOT_HERE in phone.get(at(cast)).text
    phone.set_cookie(name, before.value)
    assert phone.get(at(cast)).status_code == 404
    assert phone.get(at(cast, "mij")).status_code == 404


@pytest.mark.usefixtures("tokens_off")
def test_nothing_of_the_lender_stays_for_back(cast: Cast) -> None:
    kept_card(cast, "sara")
    answer = cast.client_of("sara").post(at(cast, f"kinderen/{member_of(cast)}/gsm"))
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("tokens_off")
def test_who_has_no_key_at_hand_is_led_to_make_one(cast: Cast) -> None:
    """Sara's card of the cast was never kept safe; one that somebody keeps for her is not at hand."""
    from app.accounts import commands, store

    sara, address = cast.client_of("sara"), at(cast, f"kinderen/{member_of(cast)}/gsm")
    assert cast.app is not None
    with cast.app.test_request_context():
        made = commands.make_card(cast.sara, uuid4().hex, keeper="tante Betty")
        card = store.card(cast.sara, made.card)
        assert card is not None
        commands.keep_card(cast.sara, card)
    page = sara.get(address).text
    assert "Zonder sleutel krijg je de gsm niet terug van Kaat." in said(page)
    assert at(cast, "sleutels") in page
    answer = sara.post(address)
    assert str(answer.location).endswith(address)
    assert sara.get(at(cast)).status_code == 200


@pytest.mark.usefixtures("tokens_off")
@pytest.mark.parametrize("who", ["nele", "kaat", "lisa", "lies"])
def test_only_a_parent_gives_a_phone(cast: Cast, who: str) -> None:
    answer = cast.client_of(who).post(at(cast, f"kinderen/{member_of(cast)}/gsm"))
    assert answer.status_code in {401, 404}


# ---- while it is lent ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("tokens_off")
@pytest.mark.both_databases
def test_who_holds_it_is_the_child_in_that_plan_and_nobody_elsewhere(cast: Cast) -> None:
    from app.policy.actor import ActorKind
    from app.web.session import actor_in, actor_through

    phone, _card = lent(cast)
    name = str(cast.app.config["SESSION_COOKIE_NAME"]) if cast.app else ""
    cookie = phone.get_cookie(name)
    assert cookie is not None
    assert cast.app is not None
    with cast.app.test_request_context(headers={"Cookie": f"{name}={cookie.value}"}):
        here = actor_in(cast.plan)
        assert (here.kind, here.person, here.lent) == (ActorKind.CHILD, cast.people["kaat"], True)
        assert actor_in(cast.elsewhere).kind is ActorKind.NOBODY
        assert cast.sara.seat is not None
        assert actor_through(cast.plan, "member", cast.sara.seat).kind is ActorKind.NOBODY


@pytest.mark.usefixtures("tokens_off")
@pytest.mark.both_databases
@pytest.mark.parametrize("ended", ["the page of the child", "the seat of the lender"])
def test_when_one_of_them_ends_nobody_sits_there_and_never_the_lender(cast: Cast, ended: str) -> None:
    from app.accounts.commands import end_seats_of

    phone, _card = lent(cast)
    if ended == "the page of the child":
        stopped = cast.client_of("jef").post(at(cast, f"kinderen/{member_of(cast)}/stop"))
        assert stopped.status_code == 303
    else:
        assert cast.app is not None
        assert cast.sara.seat is not None
        with cast.app.app_context():
            end_seats_of(cast.sara.seat)
    assert phone.get(at(cast, "mij")).status_code == 404
    assert phone.get(at(cast)).status_code == 404


@pytest.mark.usefixtures("tokens_off")
@pytest.mark.both_databases
def test_snel_weg_closes_it_and_asks_for_the_key(cast: Cast) -> None:
    phone, secret = lent(cast)
    assert cast.app is not None
    cast.app.config["WTF_CSRF_ENABLED"] = True
    token = form(phone.get(at(cast, "niets")).text, "/weg")["csrf_token"]
    answer = phone.post("/weg", data={"csrf_token": token})
    cast.app.config["WTF_CSRF_ENABLED"] = False
    assert str(answer.location).endswith("/kalender")
    assert phone.get(at(cast, "mij")).status_code == 404
    assert phone.post("/sleutel", data=typed(secret)).status_code == 303
    assert phone.get(at(cast)).status_code == 200


# ---- the way back ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("tokens_off")
@pytest.mark.both_databases
def test_the_lenders_own_card_brings_it_back(cast: Cast) -> None:
    phone, secret = lent(cast)
    assert "Toon je sleutel." in said(phone.get("/gsm-terug").text)
    answer = phone.post("/gsm-terug", data=typed(secret))
    assert str(answer.location).endswith(at(cast))
    assert phone.get(at(cast)).status_code == 200
    assert phone.get(at(cast, "mij")).status_code == 404
    assert str(phone.get("/gsm-terug").location).endswith("/")


@pytest.mark.usefixtures("tokens_off")
def test_a_key_of_somebody_else_brings_nothing_back(cast: Cast) -> None:
    """A card of the other parent, and the child's own: right as they are, not of who lent this phone."""
    phone, _card = lent(cast)
    for secret in (kept_card(cast, "jef"), _card_of_child(cast)):
        answer = phone.post("/gsm-terug", data=typed(secret))
        assert answer.status_code == 422
        assert NOT_HERE in phone.get(at(cast)).text


def _card_of_child(cast: Cast) -> object:
    from app.accounts import commands

    assert cast.app is not None
    with cast.app.test_request_context():
        return commands.make_card_for(cast.sara, member_of(cast), cast.people["kaat"], uuid4().hex)


@pytest.mark.usefixtures("tokens_off")
@pytest.mark.both_databases
def test_guesses_at_it_are_counted_as_at_any_key(cast: Cast) -> None:
    phone, secret = lent(cast)
    wrong = {"card_number": secret.number, "card_words": "drie foute woorden"}
    codes = [phone.post("/gsm-terug", data=wrong).status_code for _guess in range(11)]
    assert codes == [422] * 10 + [429]
    assert phone.post("/gsm-terug", data=typed(secret)).status_code == 429
    assert NOT_HERE in phone.get(at(cast)).text


@pytest.mark.usefixtures("tokens_off")
@pytest.mark.both_databases
def test_who_has_no_key_with_them_closes_everything(cast: Cast) -> None:
    phone, _card = lent(cast)
    answer = phone.post("/gsm-terug/sluit")
    assert str(answer.location).endswith("/")
    assert phone.get(at(cast, "mij")).status_code == 404
    assert phone.get(at(cast)).status_code == 404
    assert "Maak ons plan" in phone.get("/").text


@pytest.mark.usefixtures("tokens_off")
def test_on_a_phone_that_is_not_lent_there_is_nothing_to_take_back(cast: Cast) -> None:
    sara = cast.client_of("sara")
    for path in ("/gsm-terug", "/gsm-terug/slot", "/gsm-terug/sluit"):
        answer = sara.post(path)
        assert answer.status_code == 303
    assert sara.post("/gsm-terug/slot/begin").status_code == 404
    assert sara.get(at(cast)).status_code == 200


def test_the_phone_is_given_from_the_page_of_the_child_too(cast: Cast) -> None:
    page = cast.client_of("sara").get(f"/p/{cast.plan}/mensen/{cast.people['kaat']}").text
    assert "Geef de gsm aan Kaat" in page
    other = cast.client_of("sara").get(f"/p/{cast.plan}/mensen/{cast.people['jef']}").text
    assert "Geef de gsm" not in other
