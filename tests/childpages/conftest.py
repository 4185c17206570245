"""What the tests of children's pages share."""

import pytest
from flask import Flask


@pytest.fixture
def tokens_off(app: Flask) -> None:
    """What the token guards has its own tests (tests/armour)."""
    app.config["WTF_CSRF_ENABLED"] = False
