"""What rooms bring to each other."""

import pytest

from tests.support.databases import NewEnvironment


def brought() -> dict[str, int]:
    """How much rooms brought, by the name of where it lies."""
    from app import rooms

    return {name: len(shelf) for name, shelf in vars(rooms).items() if isinstance(shelf, dict | list | set)}


@pytest.mark.usefixtures("app")
def test_another_product_in_the_same_process_brings_nothing_twice(new_environment: NewEnvironment) -> None:
    """Or each that a worker makes would make every request of the others slower."""
    from app.config import Config
    from app.main import create_app

    before = brought()
    assert sum(before.values()) > 50
    create_app(Config.from_env(new_environment()))
    assert brought() == before
