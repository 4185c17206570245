"""Tables of getting in. No secret lies here: tokens and numbers are keyed hashes, words are hashed like passwords."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.nouns import CardBody, CardState
from app.db import Base, PlanItemRow, states
from app.items import Kind
from app.policy.audience import ONLY_ME, WE_AND_DOERS, Default
from app.translations import gettext as _


class AccountRow(Base):
    """What one person signs in with, in however many plans. `sealed` (key of its own) holds the name and addresses.

    Names to sign in with are not unique: whether somebody has one is told to nobody, also not by a refusal.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("length(login_hash) = 32", "login_hash"),
        CheckConstraint("length(recovery_hash) = 32", "recovery_hash"),
    )

    login_hash: Mapped[bytes | None] = mapped_column(LargeBinary, index=True)
    recovery_hash: Mapped[bytes | None] = mapped_column(LargeBinary, index=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class PlaceRow(Base):
    """A member or share that an account sits in, in whatever browser it signs in with. Who may look is the seat's."""

    __tablename__ = "place"
    __table_args__ = (
        CheckConstraint("kind IN ('member', 'guest')", "kind"),
        UniqueConstraint("account_id", "holder_id"),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    holder_id: Mapped[UUID] = mapped_column(index=True)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class PasskeyRow(Base):
    """A passkey of an account (WebAuthn): found by the keyed hash of its credential id; its public key is sealed."""

    __tablename__ = "passkey"
    __table_args__ = (CheckConstraint("length(credential_hash) = 32", "credential_hash"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    credential_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    sign_count: Mapped[int]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class RecoveryRow(Base):
    """Somebody lost their key and typed an address; a job looks whose it is, so that the answer cannot tell.

    Its link makes a new key from `ready_at` to `expires_at`, once, unless a device of that person stopped it.
    """

    __tablename__ = "recovery"
    __table_args__ = (
        CheckConstraint("length(address_hash) = 32", "address_hash"),
        CheckConstraint("length(token_hash) = 32", "token_hash"),
    )

    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    address_hash: Mapped[bytes] = mapped_column(LargeBinary)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    asked_at: Mapped[datetime] = mapped_column(index=True)
    ready_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]


class BrowserSession(Base):
    """A browser that was let in somewhere; `account_id` when somebody signed in with an account there.

    Ended rows are kept a while, so that a stop is a fact, not a gap.
    """

    __tablename__ = "session"
    __table_args__ = (CheckConstraint("length(token_hash) = 32", "token_hash"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)


class SeatRow(Base):
    """A place in one plan that a session holds, through a member row or a share. `sealed` names the device."""

    __tablename__ = "seat"
    __table_args__ = (CheckConstraint("kind IN ('member', 'guest', 'link', 'trusted')", "kind"),)

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    holder_id: Mapped[UUID] = mapped_column(index=True)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Card(PlanItemRow):
    """A sleutelkaart of one member: found by the keyed hash of its number, opened by its three words."""

    __tablename__ = "card"
    __table_args__ = (*states(CardState), CheckConstraint("length(number_hash) = 32", "number_hash"))

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    number_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    words_hash: Mapped[str] = mapped_column(String(200))


def _only_its_member(body: CardBody) -> Default:
    return ONLY_ME if body.child is None else WE_AND_DOERS


def _its_child(body: CardBody) -> frozenset[UUID]:
    return frozenset() if body.child is None else frozenset({body.child})


CARD = Kind(
    name="card",
    table=Card,
    body=CardBody,
    label=lambda _body: "",
    noun=lambda: _("Sleutelkaart"),
    default=_only_its_member,
    named=_its_child,
    undoable=False,
)


class Attempt(Base):
    """A guess at a secret, counted per subject (hashed number, address, all), so that guessing is slow."""

    __tablename__ = "attempt"

    subject: Mapped[bytes] = mapped_column(LargeBinary, index=True)
    at: Mapped[datetime] = mapped_column(index=True)
