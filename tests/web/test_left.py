"""Who goes, or is shown the door, gets another cookie: with that their browser drops the pages it keeps for Back."""

import re
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from app.accounts.commands import end_seats_of
from tests.cast import Cast
from tests.sharing.pages import tokens_off

__all__ = ["tokens_off"]

PAGE = {"Sec-Fetch-Dest": "document"}


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie("onsplan")
    return "" if cookie is None else cookie.value


@pytest.mark.parametrize("who", ["jef", "nele", "lisa", "oma"])
def test_who_was_stopped_gets_another_cookie_with_the_door(cast: Cast, who: str) -> None:
    client, seat = cast.client_of(who), cast.actors[who].seat
    assert cast.app is not None
    assert seat is not None
    with cast.app.app_context():
        end_seats_of(seat)
    before = cookie_of(client)
    assert client.get(f"/p/{cast.plan}/doelen", headers=PAGE).status_code == 404
    after = cookie_of(client)
    assert after not in {before, ""}
    assert client.get(f"/p/{cast.plan}/doelen", headers=PAGE).status_code == 404
    assert cookie_of(client) != after


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Dest": "image"}, {"Sec-Fetch-Dest": "empty"}])
def test_what_is_no_page_changes_no_cookie(cast: Cast, headers: dict[str, str]) -> None:
    """It may come in beside a page that gives the browser a new session."""
    client = cast.client_of("jef")
    client.get("/")
    answer = client.get(f"/p/{cast.plan}/nergens", headers=headers)
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("who", "path", "sent"),
    [
        ("sara", "/weg", {}),
        ("sara", "dit-toestel", {}),
        ("jef", "uit-elkaar", {"take": "nothing"}),
        ("jef", "uit-elkaar", {"take": "copy"}),
        ("lies", "wegdoen", {"how": "now"}),
        ("lisa", "gast/stop", {}),
    ],
)
def test_every_way_out_leaves_nothing_for_back(cast: Cast, who: str, path: str, sent: dict[str, str]) -> None:
    client, plan = cast.client_of(who), cast.elsewhere if who == "lies" else cast.plan
    before = cookie_of(client)
    address = path if path.startswith("/") else f"/p/{plan}/{path}"
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/").text)
    assert token
    answer = client.post(address, data={"form_key": uuid4().hex, "csrf_token": token[1], **sent})
    assert answer.status_code == 303
    assert '"cache"' in answer.headers["Clear-Site-Data"]
    assert cookie_of(client) != before
