"""Where rooms say what they bring, so that shared mechanisms (loading, history, undo, bin) walk all of them.

A room calls these once, in its `__init__`-time registration (see `register()` in each room); nothing here knows a room.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.items import Kind
from app.policy.actor import Actor

if TYPE_CHECKING:
    from app.items import Thing

KINDS: dict[str, Kind[Any]] = {}
SEATS: dict[str, Callable[[UUID, UUID], Actor | None]] = {}
ADDRESSES: dict[str, Callable[[Thing[Any]], str]] = {}


def bring_kind(kind: Kind[Any]) -> None:
    """Register a noun. What hangs on another kind comes after it."""
    if KINDS.setdefault(kind.name, kind) is not kind:
        raise RuntimeError(f"two kinds are called {kind.name}")


def bring_seat(name: str, actor_of: Callable[[UUID, UUID], Actor | None]) -> None:
    """Register a way to hold a seat: `actor_of(plan, seat)` gives who sits there now, None when that ended."""
    if SEATS.setdefault(name, actor_of) is not actor_of:
        raise RuntimeError(f"two seats are called {name}")


def bring_address(kind: str, address: Callable[[Thing[Any]], str]) -> None:
    """Register where an item of this kind is looked at, so that history can link to it."""
    ADDRESSES[kind] = address
