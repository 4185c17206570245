"""Which children of a plan keep something in a layer of their own (decision 0024), and since when somebody sits there.

Read with who sits here, at every request, so that no page asks for it again; the keys of those layers come along with
that of the plan. What a layer holds is for whom its child chose: that is the policy's to say, and a key says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from flask import g, has_request_context
from sqlalchemy import Select

from app.keystore import read_keys
from app.plan.models import LayerLinkRow

_here, _anywhere = LayerLinkRow.__table__.alias("here"), LayerLinkRow.__table__.alias("anywhere")


class Link(NamedTuple):
    """A child of a plan, its layer, and a plan that layer is in with the person the child is there."""

    child: UUID
    layer: UUID
    plan: UUID
    person: UUID


def with_layers(sitting: Select[*tuple[Any, ...]], plan: Any, since: Any) -> Select[*tuple[Any, ...]]:
    """The question who sits in a seat of a plan, with a row for each link of a layer; `since` is of that seat."""
    linked = sitting.outerjoin(_here, _here.c.plan_id == plan).outerjoin(
        _anywhere, _anywhere.c.layer_id == _here.c.layer_id
    )
    child, layer = _here.c.person_id.label("child"), _here.c.layer_id.label("layer")
    there, person = _anywhere.c.plan_id.label("there"), _anywhere.c.person_id.label("as_whom")
    return linked.add_columns(since.label("since"), child, layer, there, person)


def note(plan: UUID, holder: UUID, rows: Iterable[Any]) -> None:
    """Keep, for this request, what was read with who sits in a seat, and read the keys of plan and layers at once."""
    found = list(rows)
    links = {Link(row.child, row.layer, row.there, row.as_whom) for row in found if row.layer is not None}
    g.setdefault("beside", {})[plan] = links
    g.setdefault("since", {})[holder] = found[0].since
    read_keys([plan, *sorted({link.layer for link in links})])


def layers_in(plan: UUID) -> Mapping[UUID, UUID] | None:
    """The layers of the children of a plan, by the person each is there; None when nobody read them yet."""
    known: Mapping[UUID, set[Link]] = g.get("beside", {}) if has_request_context() else {}
    return {link.child: link.layer for link in sorted(known[plan])} if plan in known else None


def links_of(child: UUID | None) -> list[Link]:
    """A child's layer in every plan it is in; nothing when it has none, or when that was not read."""
    known: Mapping[UUID, set[Link]] = g.get("beside", {}) if has_request_context() else {}
    return sorted({link for links in known.values() for link in links if link.child == child})


def since_of(holder: UUID | None) -> datetime | None:
    """Since when the seat is there that somebody sits in now; None when that was not read."""
    known: Mapping[UUID | None, datetime] = g.get("since", {}) if has_request_context() else {}
    return known.get(holder)


def forget() -> None:
    """A link was made or let go: who asks for it from here on reads it anew."""
    g.pop("beside", None)
