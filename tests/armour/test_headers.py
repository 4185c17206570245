"""Headers of every answer: of pages, files, refusals and failures alike."""

import base64
import hashlib
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.web.security import HEADERS
from tests.cast import EVERYBODY
from tests.policy.matrix import DOORS, cases
from tests.support.databases import Environment
from tests.support.world import World, Worlds

WANTED = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}


def wanted_of(answer: TestResponse) -> dict[str, str]:
    """What must be sent along; a sheet in the page is allowed by its own hash, sound by a player, the microphone by a
    recorder, and only there.
    """
    wanted = _with_sheet(answer)
    records = set(re.findall(r'data-record="(\w+)"', answer.text)) if answer.mimetype == "text/html" else set()
    plays = answer.mimetype == "text/html" and re.search(r"<(?:audio|video) ", answer.text)
    if answer.request.method == "HEAD":
        # A page without its text: what it would hold is asked of the same page by GET.
        told = answer.headers["Content-Security-Policy"]
        plays, records = "media-src" in told, {"voice"} if "blob:" in told else set()
        records |= {"film"} if "camera=(self)" in answer.headers["Permissions-Policy"] else set()
    source = " media-src 'self' blob:;" if records else " media-src 'self';" if plays else ""
    asked = wanted["Permissions-Policy"]
    asked = asked.replace("microphone=()", "microphone=(self)") if records else asked
    asked = asked.replace("camera=()", "camera=(self)") if "film" in records else asked
    policy = wanted["Content-Security-Policy"].replace(" connect-src", f"{source} connect-src")
    return wanted | {"Content-Security-Policy": policy, "Permissions-Policy": asked}


def _with_sheet(answer: TestResponse) -> dict[str, str]:
    inside = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL) if answer.mimetype == "text/html" else None
    if inside is None:
        return WANTED
    digest = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
    policy = WANTED["Content-Security-Policy"].replace("style-src 'self'", f"style-src 'self' 'sha256-{digest}'")
    return WANTED | {"Content-Security-Policy": policy}


def faults(answer: TestResponse, *, static: bool = False) -> list[str]:
    """What is missing or wrong."""
    wanted = wanted_of(answer)
    found = [f"{name}: {answer.headers.get(name)}" for name in wanted if answer.headers.get(name) != wanted[name]]
    if not static and answer.headers.get("Cache-Control") != "no-store":
        found.append(f"Cache-Control: {answer.headers.get('Cache-Control')}")
    found += [f"{name} is sent" for name in ("Server", "X-Powered-By", "ETag") if not static and name in answer.headers]
    for kept in answer.headers.getlist("Set-Cookie"):
        for morsel in SimpleCookie(kept).values():
            if not morsel["httponly"] or morsel["samesite"] not in {"Lax", "Strict"}:
                found.append(f"cookie {morsel.key}: {kept}")
    return found


def everything(world: World) -> Iterator[tuple[str, TestResponse]]:
    """An answer of every route, to who may and to who may not."""
    for rule in world.app.url_map.iter_rules():
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        if rule.endpoint == "static":
            continue
        door = DOORS.get(rule.endpoint)
        tried = cases(world.cast, door)[:1] if door else []
        values = tried[0].values if tried else dict.fromkeys(rule.arguments, "something")
        path = world.path(rule.endpoint, values)
        for who in ("sara", "nobody", "oma"):
            yield f"{who} {method} {rule.endpoint}", world.ask(who, method, path)
        yield f"sara HEAD {rule.endpoint}", world.ask("sara", "HEAD", path)
        yield f"without a token {rule.endpoint}", world.ask("sara", "POST", path, {})


def test_the_list_of_headers_is_the_one_we_mean() -> None:
    assert HEADERS == WANTED


def test_every_answer_carries_every_header(worlds: Worlds) -> None:
    wrong = [f"{what}: {fault}" for what, answer in everything(worlds("sqlite")) for fault in faults(answer)]
    assert not wrong, "\n".join(wrong)


def test_what_goes_wrong_carries_them_too(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    app.testing = False

    def fails(**_given: object) -> str:
        raise RuntimeError("a failure that this test makes")

    monkeypatch.setitem(app.view_functions, "home.landing", fails)
    client = app.test_client()
    answers = {
        500: client.get("/"),
        404: client.get("/nergens"),
        405: client.delete("/"),
        413: client.post("/weg", data={"words": "x" * 300_000}),
    }
    assert [answer.status_code for answer in answers.values()] == [500, 404, 404, 413]
    assert not [f"{status}: {fault}" for status, answer in answers.items() for fault in faults(answer)]


def test_files_carry_them_and_are_kept(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/").get_data(as_text=True)
    paths = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    assert len(paths) >= 4
    for path in paths:
        answer = client.get(path, buffered=True)
        assert answer.status_code == 200, path
        assert not faults(answer, static=True)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in answer.headers
    gone = client.get("/static/css/nothing.css", buffered=True)
    assert gone.status_code == 404
    assert not faults(gone)


@pytest.mark.parametrize(
    "path",
    ["../app/config.py", "..%2fapp/config.py", "vendor.toml", "fonts/README.md", "css", ".", "%00.css", "css/app.py"],
)
def test_nothing_else_is_a_file(app: Flask, path: str) -> None:
    assert app.test_client().get(f"/static/{path}").status_code == 404


def test_over_https_cookies_are_bound_to_it(environment: Environment) -> None:
    from app.config import Config
    from app.main import create_app

    app = create_app(Config.from_env({**environment, "ONSPLAN_ADDRESS": "https://plan.example"}))
    answer = app.test_client().get("/begin", base_url="https://plan.example")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    kept = answer.headers.getlist("Set-Cookie")
    assert kept
    assert all(cookie.startswith(("__Host-", "__Secure-")) and "Secure" in cookie for cookie in kept)


def test_without_https_nothing_claims_it(app: Flask) -> None:
    answer = app.test_client().get("/")
    assert "Strict-Transport-Security" not in answer.headers


def test_no_answer_names_a_host_that_was_asked_for(worlds: Worlds) -> None:
    """Addresses are built from the setting, never from the Host header."""
    world = worlds("sqlite")
    for who in EVERYBODY:
        for path in ("/", "/begin", f"/p/{world.cast.plan}/", f"/p/{world.cast.plan}/meer", "/nergens"):
            evil = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
            answer = world.ask(who, "GET", path, **evil)
            assert "evil.example" not in answer.get_data(as_text=True)
            assert "evil.example" not in str(answer.headers)
