"""Fixtures for what people do: hands on phones, and a plan that is there already."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.hands import Hands

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
