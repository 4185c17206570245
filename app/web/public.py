"""The open routes: short, and each with its reason. Everything else is in a Room and has a guard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from flask.sansio.app import App

OPEN: dict[str, str] = {
    "static": "files of the product itself",
}


class Open(Blueprint):
    """The open routes of a room, under the room's own name (`home.leave`); each must say why it is open.

    Its name may be the room's, or that with `_open` behind it, as Flask wants two blueprints to differ.
    """

    def __init__(self, name: str, import_name: str) -> None:
        super().__init__(name, import_name)
        self.room = name.removesuffix("_open")
        self._routes: list[tuple[str, str, Callable[..., Any]]] = []

    def get(self, rule: str, *, because: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:  # type: ignore[override]
        """An open page."""
        return self._open(rule, "GET", because)

    def post(self, rule: str, *, because: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:  # type: ignore[override]
        """An open form."""
        return self._open(rule, "POST", because)

    def route(self, rule: str, **options: Any) -> Any:
        """Refused: an open route says why it is open."""
        raise TypeError(f"{self.name} {rule}: use get() or post() with because=")

    def register(self, app: App, options: dict[str, Any]) -> None:
        """Join the routes to the app."""
        for rule, method, view in self._routes:
            app.add_url_rule(rule, f"{self.room}.{view.__name__}", view, methods=[method])

    def _open(self, rule: str, method: str, because: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
            OPEN[f"{self.room}.{view.__name__}"] = because
            self._routes.append((rule, method, view))
            return view

        return decorate
