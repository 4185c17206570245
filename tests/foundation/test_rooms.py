"""What rooms bring to each other."""

from typing import Any

from flask import Flask

from tests.support.databases import NewEnvironment


def brought() -> dict[str, list[Any]]:
    """All that rooms brought, by the name of where it lies."""
    from app import rooms

    shelves = {name: shelf for name, shelf in vars(rooms).items() if name.isupper()}
    return {name: list(shelf.values() if isinstance(shelf, dict) else shelf) for name, shelf in shelves.items()}


def test_another_product_in_the_same_process_brings_nothing_twice(app: Flask, new_environment: NewEnvironment) -> None:
    """Or each that a worker makes would make every request of the others slower."""
    from app.config import Config
    from app.main import create_app

    before = brought()
    assert sum(map(len, before.values())) > 50
    create_app(Config.from_env(new_environment()))
    assert {name: len(shelf) for name, shelf in brought().items()} == {
        name: len(shelf) for name, shelf in before.items()
    }
    assert brought()["FAREWELLS"] == before["FAREWELLS"]
