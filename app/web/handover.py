"""Hand a secret to the person's own browser, and to nothing else.

A link's token or the words of a new sleutelkaart lie here only as hashes, yet the page that shows them must survive a
reload on an old phone. So after the form that made it the secret travels in a cookie: sealed (AES-256-GCM, a key
derived from the app's secret), bound to one page and one purpose, not readable by scripts, sent to that page only and
gone after half an hour. Nothing of it stays on the server.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from datetime import timedelta
from typing import TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app, request
from werkzeug.wrappers import Response

from app.config import Config
from app.db import now

LASTS = timedelta(minutes=30)
NONCE_BYTES, KEY_BYTES, LARGEST = 12, 32, 3000

S = TypeVar("S", bound=msgspec.Struct)


class _Sealed(msgspec.Struct):
    """What is in the cookie: until when (seconds, UTC), and the secret itself."""

    until: float
    secret: msgspec.Raw


def hand_over(response: Response, path: str, purpose: str, secret: msgspec.Struct) -> None:
    """Send a secret along with an answer, for the page at `path` only.

    Args:
        response: the answer to the form that made the secret.
        path: the path of the page that will show it.
        purpose: what it is ("link", "card"); another purpose on the same page does not open it.
        secret: any struct; the same type is given to `handed`.
    """
    inside = _Sealed((now() + LASTS).timestamp(), msgspec.Raw(msgspec.json.encode(secret)))
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(_key()).encrypt(nonce, msgspec.json.encode(inside), _place(path, purpose))
    value = base64.urlsafe_b64encode(nonce + sealed).decode("ascii").rstrip("=")
    if len(value) > LARGEST:
        raise ValueError(f"a handed over {purpose} does not fit in a cookie")
    response.set_cookie(
        _name(purpose),
        value,
        max_age=int(LASTS.total_seconds()),
        path=path,
        secure=_config().secure,
        httponly=True,
        samesite="Strict",
    )


def handed(purpose: str, kind: type[S], path: str | None = None) -> S | None:
    """The secret handed to a page; None when there is none, or its half hour is over.

    Args:
        purpose: what it was handed over as.
        kind: the type it was.
        path: the page it was handed to, when that lies above the page of this request; else that page itself.
    """
    try:
        value = request.cookies.get(_name(purpose), "")[: LARGEST + 1]
        data = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
        nonce, sealed = data[:NONCE_BYTES], data[NONCE_BYTES:]
        opened = AESGCM(_key()).decrypt(nonce, sealed, _place(path or request.path, purpose))
        inside = msgspec.json.decode(opened, type=_Sealed)
        return msgspec.json.decode(inside.secret, type=kind) if inside.until > now().timestamp() else None
    except (InvalidTag, ValueError, binascii.Error, msgspec.MsgspecError):
        return None


def take_away(response: Response, path: str, purpose: str) -> None:
    """Drop what was handed to the page at `path`."""
    response.delete_cookie(_name(purpose), path=path, secure=_config().secure, httponly=True, samesite="Strict")


def _config() -> Config:
    config: Config = current_app.extensions["onsplan.config"]
    return config


def _name(purpose: str) -> str:
    """The name of the cookie: one for each purpose, and it does not say which."""
    mark = hashlib.sha256(purpose.encode()).hexdigest()[:6]
    return f"{'__Secure-' if _config().secure else ''}onsplan-{mark}"


def _key() -> bytes:
    derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"onsplan handover 1")
    return derived.derive(str(current_app.config["SECRET_KEY"]).encode())


def _place(path: str, purpose: str) -> bytes:
    return f"{purpose}\0{path}".encode()
