"""Every route has a guard, or stands in the short list of open ones with its reason."""

import pytest
from flask import Blueprint, Flask
from werkzeug.routing import Rule

from app.policy.actions import Action
from app.web.public import OPEN, Open
from app.web.room import Room

PLAN = "/p/<uuid:plan>/"

# The whole list of what anybody may open. A new one is read by two people, and added here by hand.
OPEN_ROUTES = {
    "static",
    "home.landing",
    "home.begin",
    "home.begin_save",
    "home.leave",
    "home.neutral",
    "host.health",
    "childpages.ask_back",
    "childpages.give_back",
    "childpages.begin_back_lock",
    "childpages.back_lock",
    "childpages.close_all",
    "childpages.ask_pictures",
    "childpages.show_pictures",
    "childpages.scanned_home_code",
    "sharing.arrive",
    "sharing.open_link",
    "trusted.arrive",
    "trusted.open_link",
    "guests.arrive",
    "guests.open_invitation",
    "guests.accept",
    "guests.home",
    "guests.start",
    "guests.begin",
    "guests.cards",
    "guests.make_card",
    "guests.say_who",
    "guests.card",
    "guests.print_card",
    "guests.stop_card",
    "entry.card",
    "entry.key",
    "entry.open_key",
    "entry.welcome",
    "entry.join",
    # other keys, typed or given by the device
    "entry.ask_password",
    "entry.open_password",
    "entry.begin_open_lock",
    "entry.open_lock",
    # a lost key
    "entry.lost",
    "entry.ask_mail",
    "entry.new_key",
    "entry.choose_key",
    "entry.renew_password",
    "entry.begin_renew_lock",
    "entry.renew_lock",
    # the own keys of who signed in with an account: nothing of any plan
    "entry.my_key_choice",
    "entry.my_lock",
    "entry.my_begin_lock",
    "entry.my_make_lock",
    "entry.my_stop_lock",
    "entry.my_know_lock",
    "entry.my_password",
    "entry.my_set_password",
    "entry.my_stop_password",
    "entry.my_address",
    "entry.my_set_address",
    "entry.my_stop_recovery",
    "entry.my_prove_first",
    "entry.my_prove",
    "entry.my_begin_prove_lock",
    "entry.my_prove_lock",
    "entry.my_know_password",
    "entry.my_know_address",
    "entry.my_stop_address",
    # drawings of the product
    "picking.look",
}


def rules(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def test_every_route_has_a_guard_or_a_reason(app: Flask) -> None:
    bare = [rule.endpoint for rule in rules(app) if not _needs(app, rule) and not OPEN.get(rule.endpoint, "").strip()]
    assert not bare


def test_open_routes_are_the_ones_we_know(app: Flask) -> None:
    found = {rule.endpoint for rule in rules(app) if not _needs(app, rule)}
    assert found == OPEN_ROUTES
    assert found <= set(OPEN)


def test_no_guarded_route_is_called_open_too(app: Flask) -> None:
    assert not [rule.endpoint for rule in rules(app) if _needs(app, rule) and rule.endpoint in OPEN]


def test_every_page_of_a_plan_is_guarded_and_every_guarded_page_is_of_a_plan(app: Flask) -> None:
    for rule in rules(app):
        assert rule.rule.startswith(PLAN) == bool(_needs(app, rule)), rule.rule


def _needs(app: Flask, rule: Rule) -> Action | None:
    found = getattr(app.view_functions[rule.endpoint], "needs", None)
    assert found is None or isinstance(found, Action)
    return found


def test_a_route_reads_or_writes_and_never_both(app: Flask) -> None:
    for rule in rules(app):
        assert (rule.methods or set()) - {"OPTIONS"} in ({"GET", "HEAD"}, {"POST"}), rule.rule


# They look at the token themselves; tests/policy/test_matrix.py shows that without it nothing is written.
OWN_TOKEN = {"app.home.views.begin_save", "app.home.views.leave"}


def test_no_other_write_is_exempt_from_the_token(app: Flask) -> None:
    csrf = app.extensions["csrf"]
    assert csrf._exempt_views <= OWN_TOKEN
    assert not csrf._exempt_blueprints


def test_an_address_never_holds_words(app: Flask) -> None:
    """Ids, days and random numbers; nothing a family wrote."""
    # `page`: of a guest, seen by who hosts them; the address of another route, held to the same.
    # `word`, `size`, `what`: of a photo, a voice note or a film, from lists of ours.
    known = {"name", "number", "token", "day", "kind", "part", "page", "word", "size", "what"}
    for rule in rules(app):
        for argument in rule.arguments:
            sort = rule._converters[argument].__class__.__name__
            assert sort == "UUIDConverter" or argument in known, f"{rule.rule}: {argument} is {sort}"


@pytest.mark.parametrize("door", [Room("somewhere", __name__), Open("somewhere_open", __name__)])
def test_a_door_refuses_a_route_that_does_not_say_why(door: Blueprint) -> None:
    with pytest.raises(TypeError):
        door.route("/somewhere")
    with pytest.raises(TypeError):
        door.get("/somewhere")
    with pytest.raises(TypeError):
        door.post("/somewhere")
