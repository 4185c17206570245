"""Encryption at rest: what people write is sealed with a key of their plan.

A sealed value is `format (1 byte) | key number (2 bytes) | nonce (12 bytes) | AES-256-GCM text and tag`. It is bound
(additional data) to the root it belongs to, its table and its row, so that a value copied to another row does not open.
Roots (a plan, later a child's own layer) each have a random key. Those keys lie wrapped by the master key in the key
store, a database of its own (see `app/keystore.py`), never beside what they protect.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = 1
NONCE_BYTES = 12
KEY_BYTES = 32
HEAD_BYTES = 3


class NotOpened(Exception):
    """A sealed value that does not open: another key, another place, or damaged."""


@dataclass(frozen=True, slots=True)
class RootKey:
    """The key of one root (a plan or a child's layer), by number so that it can be replaced later."""

    root: UUID
    number: int
    secret: bytes
    cipher: AESGCM = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cipher", AESGCM(self.secret))

    def __repr__(self) -> str:
        return f"RootKey(root={self.root}, number={self.number})"


def new_secret() -> bytes:
    """A fresh random key of 32 bytes."""
    return secrets.token_bytes(KEY_BYTES)


def seal(key: RootKey, table: str, row: UUID, text: bytes) -> bytes:
    """Seal `text` for one row of one table of the key's root."""
    head = bytes([FORMAT]) + key.number.to_bytes(2, "big")
    nonce = secrets.token_bytes(NONCE_BYTES)
    return head + nonce + key.cipher.encrypt(nonce, text, _place(key.root, table, row, head))


def unseal(key: RootKey, table: str, row: UUID, sealed: bytes) -> bytes:
    """Open what `seal` made for the same root, table and row.

    Raises:
        NotOpened: the value was made with another key, for another place, or is damaged.
    """
    head, nonce, rest = sealed[:HEAD_BYTES], sealed[HEAD_BYTES : HEAD_BYTES + NONCE_BYTES], sealed[15:]
    if len(head) < HEAD_BYTES or head[0] != FORMAT or int.from_bytes(head[1:], "big") != key.number:
        raise NotOpened(f"{table} {row}: unknown format or key number")
    try:
        return key.cipher.decrypt(nonce, rest, _place(key.root, table, row, head))
    except (InvalidTag, ValueError) as error:
        raise NotOpened(f"{table} {row}") from error


def wrap(master: bytes, name: str, secret: bytes) -> bytes:
    """Wrap a key with the master key, bound to the name it is stored under."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return bytes([FORMAT]) + nonce + AESGCM(master).encrypt(nonce, secret, name.encode())


def unwrap(master: bytes, name: str, wrapped: bytes) -> bytes:
    """Open what `wrap` made.

    Raises:
        NotOpened: the master key is another one, or the value is damaged or was moved.
    """
    if wrapped[:1] != bytes([FORMAT]):
        raise NotOpened(f"key {name}: unknown format")
    try:
        return AESGCM(master).decrypt(wrapped[1:13], wrapped[13:], name.encode())
    except (InvalidTag, ValueError) as error:
        raise NotOpened(f"key {name}") from error


def fingerprint(secret: bytes, purpose: str, value: str) -> bytes:
    """A keyed hash (HMAC-SHA-256, 32 bytes) to look a value up by, without storing it."""
    return hmac.new(secret, f"{purpose}\0{value}".encode(), hashlib.sha256).digest()


def _place(root: UUID, table: str, row: UUID, head: bytes) -> bytes:
    return head + root.bytes + row.bytes + table.encode()
