"""The ids in a payload, whatever its shape: to find them, and to put others in their place. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import msgspec

OtherId = Callable[[UUID], UUID | None]


def ids_in(value: Any) -> Iterator[UUID]:
    """Every id in a payload, however deep."""
    if isinstance(value, UUID):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from ids_in(getattr(value, name))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from ids_in(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from ids_in(key)
            yield from ids_in(one)


def remapped(value: Any, other: OtherId) -> Any:
    """The same payload with other ids in it.

    Args:
        value: a payload, or a part of one.
        other: the id to put in the place of one; None when there is none: a list is shorter by it, a field is empty.
            What must have an id of its own (a role) gets a new one.
    """
    if isinstance(value, UUID):
        return other(value)
    if isinstance(value, msgspec.Struct):
        return msgspec.structs.replace(value, **{one.name: _field(value, one, other) for one in _fields(value)})
    if isinstance(value, tuple | list):
        found = (remapped(one, other) for one in value)
        return type(value)(new for one, new in zip(value, found, strict=True) if one is None or new is not None)
    if isinstance(value, dict):
        pairs = ((remapped(key, other), remapped(one, other)) for key, one in value.items())
        return {key: one for key, one in pairs if key is not None}
    return value


def _fields(value: msgspec.Struct) -> tuple[Any, ...]:
    return msgspec.structs.fields(type(value))


def _field(value: msgspec.Struct, field: Any, other: OtherId) -> Any:
    new = remapped(getattr(value, field.name), other)
    return uuid4() if new is None and field.type is UUID else new
