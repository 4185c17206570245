"""The open routes: short, and each with its reason. Everything else is in a Room and has a guard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint

OPEN: dict[str, str] = {
    "static": "files of the product itself",
}


class Open(Blueprint):
    """A Blueprint of open routes; each must say why it is open."""

    def get(self, rule: str, *, because: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:  # type: ignore[override]
        """An open page."""
        return self._open(rule, "GET", because)

    def post(self, rule: str, *, because: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:  # type: ignore[override]
        """An open form."""
        return self._open(rule, "POST", because)

    def route(self, rule: str, **options: Any) -> Any:
        """Refused: an open route says why it is open."""
        raise TypeError(f"{self.name} {rule}: use get() or post() with because=")

    def _open(self, rule: str, method: str, because: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
            OPEN[f"{self.name}.{view.__name__}"] = because
            self.add_url_rule(rule, endpoint=view.__name__, view_func=view, methods=[method])
            return view

        return decorate
