"""Who sits in the seat of a share: a link holder or a guest, never one in the other's place."""

import re

import pytest
from flask import Flask

from app.rooms import SEATS
from tests.cast import Cast

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize(
    ("share", "kind", "sits"),
    [
        ("lisa", "guest", True),
        ("bert", "guest", True),
        ("oma", "link", True),
        ("els", "link", True),
        ("lisa", "link", False),
        ("bert", "link", False),
        ("oma", "guest", False),
        ("away", "guest", False),
        ("late", "guest", False),
        ("stopped", "link", False),
        ("expired", "link", False),
    ],
)
def test_a_share_seats_one_sort_of_person_while_it_lasts(
    cast: Cast, app: Flask, share: str, kind: str, sits: bool
) -> None:
    with app.app_context():
        actor = SEATS[kind](cast.plan, cast.id(f"share {share}"))
    assert actor == (cast.actors[share] if sits else None)


def test_a_share_of_another_plan_seats_nobody_here(cast: Cast, app: Flask) -> None:
    with app.app_context():
        assert SEATS["guest"](cast.plan, cast.id("share dirk")) is None
        assert SEATS["guest"](cast.elsewhere, cast.id("share dirk")) == cast.dirk


def test_a_link_is_not_opened_with_a_guests_token(cast: Cast) -> None:
    assert cast.app is not None
    cast.app.config["WTF_CSRF_ENABLED"] = False
    pages = [
        cast.client_of("nobody").post(f"/d/{token}")
        for token in (cast.tokens["lisa"], cast.tokens["bert"], "of-no-link")
    ]
    assert {page.status_code for page in pages} == {404}
    assert len({re.sub(r'value="[^"]*"', "", page.text) for page in pages}) == 1
