"""A file that is sealed piece by piece, so that it is written and read in bounded memory.

`mark (8) | which key (8) | salt (32)`, then pieces of 64 KiB, each AES-256-GCM under a key of this file's own (HKDF of
the secret, the salt and the purpose). The nonce is the number of the piece and whether it is the last, so that nothing
can be cut off, added, moved within the file, or brought in from another file or for another purpose.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import secrets
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.safekeeping.nouns import Damaged, OtherKey, Written

MARK = b"onsplan\x01"
SALT_BYTES, WHICH_BYTES, TAG_BYTES = 32, 8, 16
HEAD_BYTES = len(MARK) + WHICH_BYTES + SALT_BYTES
PIECE = 64 * 1024


class Sealing:
    """Writes a sealed file. `written` says what lies there once it is closed; closing is what makes it whole."""

    def __init__(self, out: BinaryIO, secret: bytes, purpose: str) -> None:
        head = MARK + _which(secret) + secrets.token_bytes(SALT_BYTES)
        self._out, self._head, self._cipher = out, head, _cipher(secret, head, purpose)
        self._held, self._number = bytearray(), 0
        self._size, self._digest = 0, hashlib.sha256()
        self._put(head)

    def write(self, data: bytes) -> None:
        """Take in more; a full piece goes to the file when it is known not to be the last."""
        self._held += data
        while len(self._held) > PIECE:
            self._seal(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]

    def close(self) -> Written:
        """Write the last piece."""
        self._seal(bytes(self._held), last=True)
        return Written(self._size, self._digest.digest())

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._put(self._cipher.encrypt(_nonce(self._number, last=last), piece, self._head))
        self._number += 1

    def _put(self, data: bytes) -> None:
        self._out.write(data)
        self._size += len(data)
        self._digest.update(data)


class Unsealing(io.RawIOBase):
    """Reads a sealed file. What it gives was written so; that nothing is missing is known when it ends.

    Raises:
        OtherKey: another secret seals it.
        Damaged: at any read, and at the end: it is not what was written for this purpose.
    """

    def __init__(self, source: BinaryIO, secret: bytes, purpose: str) -> None:
        super().__init__()
        self._source, self._name = source, purpose
        head = source.read(HEAD_BYTES)
        if len(head) != HEAD_BYTES or head[: len(MARK)] != MARK:
            raise Damaged(purpose)
        if not hmac.compare_digest(head[len(MARK) : len(MARK) + WHICH_BYTES], _which(secret)):
            raise OtherKey(purpose)
        self._head, self._cipher, self._number = head, _cipher(secret, head, purpose), 0
        self._size, self._digest = len(head), hashlib.sha256(head)
        self._next: bytes | None = source.read(PIECE + TAG_BYTES)
        self._held = memoryview(b"")

    @property
    def written(self) -> Written:
        """What was read until now, to hold against what a manifest says."""
        return Written(self._size, self._digest.digest())

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Give as much as there is in this piece; 0 at the end."""
        room = memoryview(buffer).cast("B")
        while not self._held and self._next is not None:
            self._held = memoryview(self._opened())
        given = min(len(room), len(self._held))
        room[:given] = self._held[:given]
        self._held = self._held[given:]
        return given

    def _opened(self) -> bytes:
        piece, self._next = self._next or b"", self._source.read(PIECE + TAG_BYTES) or None
        self._size += len(piece)
        self._digest.update(piece)
        try:
            opened = self._cipher.decrypt(_nonce(self._number, last=self._next is None), piece, self._head)
        except (InvalidTag, ValueError) as error:
            raise Damaged(self._name) from error
        self._number += 1
        return opened


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _which(secret: bytes) -> bytes:
    """Tells one secret from another, and nothing about either."""
    return hmac.new(secret, b"which key seals a backup", hashlib.sha256).digest()[:WHICH_BYTES]


def _cipher(secret: bytes, head: bytes, purpose: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=head[-SALT_BYTES:], info=f"onsplan {purpose}".encode()).derive(secret))
