"""One layer in two plans: a child that lives in two homes makes a code in one plan, and gives it in the other.

The code is 128 bits, lies here as a hash only, opens once and for a day. Neither plan's parents learn of the other:
nothing of it is in the history of either, and whatever is the matter with a code, a parent reads the same sentence.
Who gives it in once more, in the same place, reads that it is done. Keys made there before end (decision 0027).
"""

from __future__ import annotations

import base64
import re
import secrets
from datetime import timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.accounts import own_keys
from app.change import NotPermitted, Refused
from app.children import code, ledger, store
from app.children.commands import own_layer
from app.children.models import SAID, TRUSTED, LayerCodeRow
from app.db import db, now
from app.keystore import Ended, look_up_hash, record_ending
from app.plan.models import LayerLinkRow
from app.plan.store import hold
from app.policy.actions import Action
from app.policy.actor import Actor
from app.policy.decide import permits
from app.scope import load, read_anew
from app.web.session import visitor

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


def join(plan: UUID, person: UUID, typed: str, giver: Actor) -> bool:
    """From now on the layer of a code is that of this child of this plan too. The code opens nothing any more.

    Returns:
        False when this very person gave it in here before, and it worked.

    Raises:
        Refused: NOT_THIS_CODE, IS_THIS_PLAN, KEEPS_SOMETHING or TWO_ALREADY; nothing was changed.
    """
    try:
        is_new = _join(plan, person, typed, _hash_of_giver(plan, person, giver))
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
    return is_new


def _join(plan: UUID, person: UUID, typed: str, by: bytes) -> bool:
    hold(plan)
    known = select(LayerCodeRow.id, LayerCodeRow.plan_id, LayerCodeRow.given_hash)
    row = db.session.execute(
        known.where(LayerCodeRow.code_hash == _hash(typed), LayerCodeRow.expires_at > now())
    ).first()
    if row is None:
        raise Refused(Reason.NOT_THIS_CODE)
    if row.given_hash == by and store.plans_of(row.plan_id).get(plan) == person:
        return False
    spent = update(LayerCodeRow).where(LayerCodeRow.id == row.id, LayerCodeRow.given_hash.is_(None))
    if db.session.execute(spent.values(given_hash=by).returning(LayerCodeRow.id)).first() is None:
        raise Refused(Reason.NOT_THIS_CODE)
    hold(row.plan_id)
    there = store.plans_of(row.plan_id)
    if plan in there:
        raise Refused(Reason.IS_THIS_PLAN)
    if len(there) >= MOST:
        raise Refused(Reason.TWO_ALREADY)
    _let_go(person)
    ledger.link(row.plan_id, plan, person)
    # Who made a key of this child here, while it kept nothing, would open with it all that comes along.
    for member in ledger.members_of(person):
        own_keys.end(member)
    return True


def leave_others(actor: Actor) -> None:
    """What this child keeps is in this plan only, from now on; whom it told something in another sees it no more. The
    code that joined them is forgotten. Twice is once.

    Raises:
        NotPermitted: who asks is no child to whom its box is open.
    """
    layer = store.layer_of(actor.person)
    if layer is None or not permits(actor, Action.OWN_LINK) or not code.is_itself(actor):
        raise NotPermitted
    elsewhere = select(LayerLinkRow.id).where(LayerLinkRow.layer_id == layer, LayerLinkRow.plan_id != actor.plan)
    for link in db.session.scalars(elsewhere).all():
        record_ending(link, Ended.LINK)
        ledger.unlink(link)
    db.session.execute(delete(LayerCodeRow).where(LayerCodeRow.plan_id == layer))
    db.session.commit()
    read_anew()


def end_own_keys(actor: Actor) -> None:
    """No key of this child opens its page any more, in whatever plan, but on the device it holds. Twice is once.

    Raises:
        NotPermitted: who asks is no child to whom its box is open.
    """
    layer, here = store.layer_of(actor.person), visitor()
    if layer is None or not permits(actor, Action.OWN_LOCK) or not code.is_itself(actor):
        raise NotPermitted
    for person in store.plans_of(layer).values():
        for member in ledger.members_of(person):
            own_keys.end(member, None if here is None else here.session_id)
    db.session.commit()


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


def _hash_of_giver(plan: UUID, person: UUID, giver: Actor) -> bytes:
    """Who gives a code in, for which child: it says neither."""
    return look_up_hash("layer code given", f"{plan}/{person}/{giver.kind}/{giver.person}")
