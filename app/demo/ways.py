"""Ways into the demo: addresses, cookies, and what was just made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import current_app, make_response, url_for

from app.accounts.commands import take_seat
from app.config import Config
from app.policy.actor import Actor
from app.rooms import SEATS
from app.web.session import Visitor, remember


def seat_cookie(kind: str, actor: Actor) -> dict[str, str]:
    """The cookie of a browser that takes this actor's seat."""
    if actor.plan is None or actor.seat is None:
        raise RuntimeError("nobody sits here")
    return cookie_of(take_seat(None, actor.plan, kind, actor.seat, "demo"))


def cookie_of(visitor: Visitor) -> dict[str, str]:
    """The cookie of a browser with this session."""
    with current_app.test_request_context() as context:
        remember(visitor)
        answer = make_response("")
        current_app.session_interface.save_session(current_app, context.session, answer)
    name, _sign, value = answer.headers["Set-Cookie"].partition(";")[0].partition("=")
    return {"name": name, "value": value}


def seated(kind: str, plan: UUID, holder: UUID) -> Actor:
    """Who sits in a seat that was just given."""
    actor = SEATS[kind](plan, holder)
    if actor is None:
        raise RuntimeError("the seat that was just given is empty")
    return actor


def there(load: Callable[..., Any], *given: Any) -> Any:
    """What was just made."""
    found = load(*given)
    if found is None:
        raise RuntimeError(f"{load.__name__}: what was just made is not there")
    return found


def address(endpoint: str, **values: Any) -> str:
    """A whole address."""
    config: Config = current_app.extensions["onsplan.config"]
    with current_app.test_request_context():
        return config.address + url_for(endpoint, **values)
