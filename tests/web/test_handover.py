"""A secret handed over reaches one page, for one purpose, for half an hour, and nobody else."""

from datetime import timedelta

import msgspec
import pytest
import time_machine
from flask import Flask, Response, make_response

from app.web import handover

PAGE, NOW = "/p/1/wie-ziet-wat/2/link", "2026-03-01T12:00:00+00:00"


class Secret(msgspec.Struct):
    token: str


def _cookie(app: Flask, path: str = PAGE, purpose: str = "link") -> str:
    with app.test_request_context("/"):
        answer = make_response("")
        handover.hand_over(answer, path, purpose, Secret("geheim"))
        return answer.headers["Set-Cookie"]


def _at(app: Flask, cookie: str, path: str = PAGE, purpose: str = "link") -> Secret | None:
    with app.test_request_context(path, headers={"Cookie": cookie.partition(";")[0]}):
        return handover.handed(purpose, Secret)


def test_the_page_it_is_for_reads_it_again_and_again(app: Flask) -> None:
    cookie = _cookie(app)
    assert [_at(app, cookie), _at(app, cookie)] == [Secret("geheim")] * 2


def test_the_cookie_stays_on_its_page_and_away_from_scripts_and_other_sites(app: Flask) -> None:
    cookie = _cookie(app)
    assert f"Path={PAGE}" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Max-Age=1800" in cookie
    assert "geheim" not in cookie
    assert "link" not in cookie.partition("=")[0]


@pytest.mark.parametrize(("path", "purpose"), [("/p/1/wie-ziet-wat/3/link", "link"), (PAGE, "card")])
def test_another_page_or_purpose_does_not_open_it(app: Flask, path: str, purpose: str) -> None:
    cookie = _cookie(app)
    value = cookie.partition(";")[0].partition("=")[2]
    with app.test_request_context("/"):
        answer: Response = make_response("")
        handover.hand_over(answer, path, purpose, Secret(""))
    name = answer.headers["Set-Cookie"].partition("=")[0]
    assert _at(app, f"{name}={value}", path, purpose) is None


def test_after_half_an_hour_it_is_over_whatever_the_browser_sends(app: Flask) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        cookie = _cookie(app)
        clock.shift(timedelta(minutes=29))
        assert _at(app, cookie) is not None
        clock.shift(timedelta(minutes=1))
        assert _at(app, cookie) is None


@pytest.mark.parametrize("value", ["", "x", "é", "AAAA", "A" * 5000, "====", "%00"])
def test_nonsense_opens_nothing(app: Flask, value: str) -> None:
    name = _cookie(app).partition("=")[0]
    assert _at(app, f"{name}={value}") is None


def test_another_server_s_cookie_does_not_open(app: Flask) -> None:
    cookie = _cookie(app)
    app.config["SECRET_KEY"] = "another secret that is long enough to be one"
    assert _at(app, cookie) is None


def test_what_was_handed_can_be_taken_away(app: Flask) -> None:
    with app.test_request_context("/"):
        answer = make_response("")
        handover.take_away(answer, PAGE, "link")
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    assert f"Path={PAGE}" in answer.headers["Set-Cookie"]


def test_what_is_too_large_for_a_cookie_is_refused(app: Flask) -> None:
    with app.test_request_context("/"), pytest.raises(ValueError, match="does not fit"):
        handover.hand_over(make_response(""), PAGE, "link", Secret("x" * 4000))


def test_over_https_the_cookie_is_for_https_only(environment: dict[str, str]) -> None:
    from app.config import Config
    from app.main import create_app

    app = create_app(Config.from_env(environment | {"ONSPLAN_ADDRESS": "https://plan.example"}))
    cookie = _cookie(app)
    assert cookie.startswith("__Secure-")
    assert "Secure" in cookie.partition(";")[2]
