"""Which layer is whose, and who looked at what a child said: ledgers beside the door, with no words outside a seal.

A child's layer is in one plan or two; that row belongs to neither of them, so no history of a plan tells of it.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import insert

from app.children.models import LayerLinkRow
from app.db import db, now


def link(layer: UUID, plan: UUID | None, person: UUID | None) -> None:
    """A layer is of this person of this plan, inside a change that is going on."""
    row = {"id": uuid4(), "layer_id": layer, "plan_id": plan, "person_id": person, "created_at": now()}
    db.session.execute(insert(LayerLinkRow).values(**row))
