"""Passkeys as browsers speak of them (WebAuthn): challenges, and whether an answer is one. No row is read or kept here.

The place a passkey belongs to follows from the configured address, never from what a request says of itself. A person
proves who they are to their own device each time (user verification); who made that device is not asked (attestation).
Source: https://www.w3.org/TR/webauthn-3/, 7.1 and 7.2.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from flask import current_app
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.accounts.rules import CHALLENGE_LASTS
from app.config import Config

LARGEST = 20_000
# What reading an answer that is none of ours may raise, beside the library's own.
NOT_AN_ANSWER = (WebAuthnException, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


class Challenge(msgspec.Struct, frozen=True):
    """What a browser must answer: random bytes, until when (seconds, UTC), and for whom a new passkey is."""

    random: bytes
    until: float
    whose: UUID | None = None


@dataclass(frozen=True, slots=True)
class MadeLock:
    """A new passkey."""

    credential: bytes
    public_key: bytes
    sign_count: int


def new_challenge(instant: datetime, whose: UUID | None = None) -> Challenge:
    """A challenge for one answer."""
    return Challenge(secrets.token_bytes(32), (instant + CHALLENGE_LASTS).timestamp(), whose)


def to_make(challenge: Challenge, name: str, others: Iterable[bytes]) -> dict[str, Any]:
    """What a browser needs to make a passkey.

    Args:
        challenge: with the account it is for.
        name: what its owner reads when they choose it, on their own device.
        others: the ids of the passkeys they have; a device keeps one.
    """
    options = generate_registration_options(
        rp_id=_place(),
        rp_name="Ons Plan",
        user_name=name,
        user_display_name=name,
        user_id=None if challenge.whose is None else challenge.whose.bytes,
        challenge=challenge.random,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=credential) for credential in others],
    )
    return dict(json.loads(options_to_json(options)))


def to_open(challenge: Challenge) -> dict[str, Any]:
    """What a browser needs to answer with a passkey that it knows of itself."""
    options = generate_authentication_options(
        rp_id=_place(), challenge=challenge.random, user_verification=UserVerificationRequirement.REQUIRED
    )
    return dict(json.loads(options_to_json(options)))


def made(answer: str, challenge: Challenge) -> MadeLock | None:
    """The passkey that an answer made; None when it is no good answer to this challenge."""
    try:
        found = verify_registration_response(
            credential=answer[:LARGEST],
            expected_challenge=challenge.random,
            expected_rp_id=_place(),
            expected_origin=_address(),
            require_user_verification=True,
        )
    except NOT_AN_ANSWER:
        return None
    return MadeLock(found.credential_id, found.credential_public_key, found.sign_count)


def credential_of(answer: str) -> bytes | None:
    """The id of the passkey that answers; None when this is no answer."""
    try:
        return base64url_to_bytes(json.loads(answer[:LARGEST])["rawId"])
    except NOT_AN_ANSWER:
        return None


def opened(answer: str, challenge: Challenge, public_key: bytes, count: int, account: UUID) -> int | None:
    """How often a passkey signed, when its answer is right; None when it is not, or when it counts like a copy.

    Args:
        answer: what the browser made of the challenge, as JSON.
        challenge: that one.
        public_key: of the passkey.
        count: how often it signed before.
        account: whose it is; a passkey that says it is somebody else's is not right.
    """
    try:
        found = verify_authentication_response(
            credential=answer[:LARGEST],
            expected_challenge=challenge.random,
            expected_rp_id=_place(),
            expected_origin=_address(),
            credential_public_key=public_key,
            credential_current_sign_count=count,
            require_user_verification=True,
        )
        whose = json.loads(answer[:LARGEST])["response"].get("userHandle")
        right = whose is None or base64url_to_bytes(whose) == account.bytes
    except NOT_AN_ANSWER:
        return None
    return found.new_sign_count if right else None


def _address() -> str:
    config: Config = current_app.extensions["onsplan.config"]
    return config.address


def _place() -> str:
    return urlsplit(_address()).hostname or ""
