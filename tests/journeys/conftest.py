"""Fixtures for what people do: hands on phones, and a plan that is there already."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from tests.cast import Cast, seated, signed_in
from tests.journeys.hands import Hands
from tests.support.browsers import LiveServer

NewHands = Callable[..., Hands]


@pytest.fixture
def someone(open_phone: Callable[..., Page]) -> NewHands:
    """`someone()`: somebody with a phone of their own, that knows nothing yet."""

    def new(**phone: Any) -> Hands:
        return Hands(open_phone(**phone))

    return new


@pytest.fixture
def sara(someone: NewHands) -> Hands:
    """Sara, at an empty page."""
    return someone()


@pytest.fixture
def family(sara: Hands, live_server: LiveServer) -> Hands:
    """Sara, at "Ons plan" of the plan she just started for Jef, Kaat and herself (tests/journeys/test_start.py)."""
    from app.home.commands import start

    with live_server.app.app_context():
        begun = start(["Sara", "Jef", "Kaat"], "Europe/Brussels", called="Sara, Jef en Kaat")
        actor = seated(begun.plan, "member", begun.member)
    sit_down(sara, signed_in(live_server.app, actor), live_server.url)
    sara.go(f"/p/{begun.plan}/")
    return sara.is_at("Ons plan")


def sit_down(hands: Hands, client: FlaskClient, url: str) -> None:
    """Give a phone the seat that a test client holds."""
    cookies = client._cookies or {}
    kept = [{"name": one.key, "value": one.value, "url": url} for one in cookies.values()]
    hands.page.context.add_cookies(kept)  # type: ignore[arg-type]


@pytest.fixture
def of_cast(someone: NewHands, cast: Cast, live_server: LiveServer) -> NewHands:
    """`of_cast("jef")`: the phone of somebody of the cast, at the first page their seat opens."""

    def new(name: str, **phone: Any) -> Hands:
        hands = someone(**phone)
        sit_down(hands, cast.client_of(name), live_server.url)
        plan = cast.elsewhere if name == "lies" else cast.plan
        hands.go(f"/p/{plan}/")
        return hands

    return new


@dataclass
class Answers:
    """What the product answered to one browser, whole: bodies, and headers beside them."""

    agent: str
    texts: list[str] = field(default_factory=list)

    def wrap(self, answer: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
        """The same product, heard."""

        def heard(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            if environ.get("HTTP_USER_AGENT") != self.agent:
                return answer(environ, start)
            # In words, not compressed: else nothing would ever be found in it.
            environ.pop("HTTP_ACCEPT_ENCODING", None)
            said: list[str] = []

            def begun(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
                said.extend(f"{name}: {value}" for name, value in headers)
                return start(status, headers, *more)

            chunks = answer(environ, begun)
            body = b"".join(chunks)
            if hasattr(chunks, "close"):
                chunks.close()
            self.texts.append("\n".join((*said, body.decode("utf-8", "replace"))))
            return [body]

        return heard

    @property
    def everything(self) -> str:
        """All of it, to search in."""
        return "\n".join(self.texts)


@pytest.fixture
def answers_to(live_server: LiveServer) -> Callable[[str], Answers]:
    """`answers_to("oma's phone")` hears all that the product says to the browser of that name (User-Agent)."""

    def hear(agent: str) -> Answers:
        answers = Answers(agent)
        live_server.app.wsgi_app = answers.wrap(live_server.app.wsgi_app)  # type: ignore[method-assign]
        return answers

    return hear
