"""Fixtures for what people do: hands on phones, and a plan that is there already."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.cast import Cast
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
def family(sara: Hands) -> Hands:
    """Sara, at "Ons plan" of the plan she just started for Jef, Kaat and herself."""
    sara.go("/begin")
    sara.type_in("Hoe heten jullie?", "Sara, Jef en Kaat").tap("Verder")
    sara.tap("Ik weet het nog niet").tap("Ik weet het nog niet").is_at("Ons plan")
    sara.taps = sara.keys = 0
    return sara


@pytest.fixture
def of_cast(someone: NewHands, cast: Cast, live_server: LiveServer) -> NewHands:
    """`of_cast("jef")`: the phone of somebody of the cast, at the first page their seat opens."""

    def new(name: str, **phone: Any) -> Hands:
        hands = someone(**phone)
        cookies = cast.client_of(name)._cookies or {}
        kept = [{"name": one.key, "value": one.value, "url": live_server.url} for one in cookies.values()]
        hands.page.context.add_cookies(kept)  # type: ignore[arg-type]
        plan = cast.elsewhere if name == "lies" else cast.plan
        hands.go(f"/p/{plan}/")
        return hands

    return new
