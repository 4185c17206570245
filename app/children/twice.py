"""One layer in two plans: a child that lives in two homes makes a code in one plan, and gives it in the other.

The code is 128 bits, lies here as a hash only, opens once and for a day. Neither plan's parents learn of the other:
nothing of it is in the history of either, and whatever is the matter with a code, a parent reads the same sentence.
"""

from __future__ import annotations

import base64
import re
import secrets
from datetime import timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from app.change import NotPermitted, Refused
from app.children import code, ledger, store
from app.children.commands import own_layer
from app.children.models import SAID, TRUSTED, LayerCodeRow
from app.db import db, now
from app.keystore import look_up_hash
from app.plan.models import LayerLinkRow
from app.plan.store import hold
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits
from app.scope import load, read_anew

BYTES, LASTS, MOST = 16, timedelta(days=1), 2


class Reason(StrEnum):
    NOT_THIS_CODE = "not_this_code"
    IS_THIS_PLAN = "is_this_plan"
    KEEPS_SOMETHING = "keeps_something"
    TWO_ALREADY = "two_already"
    STAYS_CLOSED = "stays_closed"


def make_code(actor: Actor, zone: str, form_key: str | None = None) -> str:
    """A new code for the layer of this child; the one before opens nothing any more. Of one form there is one code:
    what is sent again must not close the code that the browser shows.

    Raises:
        NotPermitted: who asks is no child.
        Refused: TWO_ALREADY, or STAYS_CLOSED when what it keeps is closed here.
    """
    if not permits(actor, Action.OWN_LINK):
        raise NotPermitted
    if not code.is_itself(actor):
        raise Refused(Reason.STAYS_CLOSED)
    child = own_layer(actor, zone)
    if child.plan is None:
        raise NotPermitted
    if len(store.plans_of(child.plan)) >= MOST:
        raise Refused(Reason.TWO_ALREADY)
    made = _code(child.plan, form_key or secrets.token_hex(BYTES))
    # Two taps in one moment make one code.
    hold(child.plan)
    if not _opens(made):
        db.session.execute(delete(LayerCodeRow).where(LayerCodeRow.plan_id == child.plan))
        row = {"id": uuid4(), "plan_id": child.plan, "code_hash": _hash(made), "expires_at": now() + LASTS}
        db.session.execute(insert(LayerCodeRow).values(**row))
    db.session.commit()
    return made


def _code(layer: UUID, form_key: str) -> str:
    """The code of a form: 128 bits that need the look-up key."""
    made = look_up_hash("layer code of a form", f"{layer}/{form_key}")[:BYTES]
    return base64.b32encode(made).decode("ascii").rstrip("=").lower()


def _opens(made: str) -> bool:
    rows = select(LayerCodeRow.id).where(LayerCodeRow.expires_at > now(), LayerCodeRow.code_hash == _hash(made))
    return db.session.scalar(rows) is not None


def grouped(code: str) -> str:
    """A code as people read it: groups of four."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def join(plan: UUID, person: UUID, typed: str) -> None:
    """From now on the layer of a code is that of this child of this plan too. The code opens nothing any more.

    Raises:
        Refused: NOT_THIS_CODE, IS_THIS_PLAN, KEEPS_SOMETHING or TWO_ALREADY; nothing was changed.
    """
    try:
        _join(plan, person, typed)
        db.session.commit()
    except IntegrityError as error:
        # In the same moment this child began a layer here, or the code was given twice.
        db.session.rollback()
        raise Refused(Reason.NOT_THIS_CODE) from error
    except BaseException:
        db.session.rollback()
        raise
    finally:
        read_anew()


def _join(plan: UUID, person: UUID, typed: str) -> None:
    hold(plan)
    spent = delete(LayerCodeRow).where(LayerCodeRow.code_hash == _hash(typed), LayerCodeRow.expires_at > now())
    layer = db.session.scalar(spent.returning(LayerCodeRow.plan_id))
    if layer is None:
        raise Refused(Reason.NOT_THIS_CODE)
    hold(layer)
    there = store.plans_of(layer)
    if plan in there:
        raise Refused(Reason.IS_THIS_PLAN)
    if len(there) >= MOST:
        raise Refused(Reason.TWO_ALREADY)
    _let_go(person)
    ledger.link(layer, plan, person)


def _let_go(person: UUID) -> None:
    """A layer that this child has here already, with nothing in it, gives way; it is erased within the hour."""
    own = db.session.scalar(select(LayerLinkRow.layer_id).where(LayerLinkRow.person_id == person))
    if own is None:
        return
    child = store.itself(own)
    if load(child, SAID, TRUSTED, removed=True).ids or len(store.plans_of(own)) >= MOST:
        raise Refused(Reason.KEEPS_SOMETHING)
    db.session.execute(delete(LayerLinkRow).where(LayerLinkRow.person_id == person))


def _hash(typed: str) -> bytes:
    return look_up_hash("layer code", re.sub(r"[^a-z2-7]", "", typed.rpartition("/")[2].lower()))
