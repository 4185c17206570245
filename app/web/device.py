"""The browser as a device that may be known again: a random mark in a cookie, and proofs of the keys it opened.

A proof is a keyed hash that only this product can make, so the cookie cannot be forged; it tells nothing of a person or
a plan. It lasts longer than a session: who comes back to an own phone is not slowed down by somebody else's guesses.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace

from flask import current_app, request
from werkzeug.wrappers import Response

from app.config import Config

LASTS = 400 * 24 * 60 * 60
# A browser that only guessed wrong: no longer than its guesses count.
A_WHILE = 15 * 60
MOST = 8
MARK = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Caller:
    """Where a guess comes from.

    Attributes:
        address: the network address of the request.
        mark: the random mark of this browser; a new one when it had none.
        proofs: of the keys this browser opened before, newest first.
    """

    address: str
    mark: str
    proofs: tuple[str, ...] = ()


def caller() -> Caller:
    """Who sends this request, as far as a cookie and an address tell."""
    mark, *proofs = request.cookies.get(_name(), "").split(".")
    if not MARK.fullmatch(mark):
        mark, proofs = secrets.token_hex(16), []
    return Caller(request.remote_addr or "", mark, tuple(proofs[:MOST]))


def know_again(answer: Response, who: Caller, proof: str) -> None:
    """Let this browser prove later that it opened a key."""
    proofs = (proof, *(other for other in who.proofs if other != proof))[:MOST]
    keep_mark(answer, replace(who, proofs=proofs))


def keep_mark(answer: Response, known: Caller) -> None:
    """Let this browser keep its mark: what it guesses then counts for itself, not for others at the same address."""
    answer.set_cookie(
        _name(),
        ".".join((known.mark, *known.proofs)),
        max_age=LASTS if known.proofs else A_WHILE,
        secure=_secure(),
        httponly=True,
        samesite="Lax",
    )


def forget_device(answer: Response) -> None:
    """Drop the mark: for who leaves a phone that is not theirs."""
    answer.delete_cookie(_name(), secure=_secure(), httponly=True, samesite="Lax")


def _secure() -> bool:
    config: Config = current_app.extensions["onsplan.config"]
    return config.secure


def _name() -> str:
    return "__Host-onsplan-device" if _secure() else "onsplan-device"
