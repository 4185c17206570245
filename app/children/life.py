"""How long a child's layer lives: as long as it is in a plan. The last plan that goes takes it along, whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from app.children import ledger, store
from app.erase import erase_plan
from app.keystore import Ended, destroy_key, record_ending
from app.policy.actor import Actor, system

IN_NO_PLAN = "a child's layer that is in no plan any more"


def forget(plan: UUID) -> Callable[[], object] | None:
    """A plan is being erased: layers that are in no other lose their key now, and the rest of them once it is gone.

    Noted first, so that a restore ends them again; what stops this is done again by the hourly tidying.
    """
    ledger.forget_people(plan)
    going = store.only_in(plan)
    for layer in going:
        record_ending(layer, Ended.PLAN)
        destroy_key(layer)
    return (lambda: _erase(going)) if going else None


def tidy(_actor: Actor, _at: datetime) -> None:
    """Erase layers that are in no plan any more: the row of the child was erased, or something stopped `forget`."""
    _erase(store.in_no_plan())


def _erase(layers: list[UUID]) -> None:
    for layer in layers:
        erase_plan(system(IN_NO_PLAN), layer)
