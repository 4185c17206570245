"""A device with passkeys, made of nothing but a key: it answers challenges as browsers do, and wrongly when asked to.

Source: https://www.w3.org/TR/webauthn-3/, 6.1 (authenticator data) and 5.8.1 (client data).
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import struct
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text(data: bytes) -> str:
    """Bytes as WebAuthn writes them in JSON."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Authenticator:
    """One passkey.

    Attributes:
        origin: where the browser says that it is.
        place: the rp id it hashes.
        flags: what it says happened; a person was there and proved who they are.
        counts: whether it counts what it signs.
    """

    origin: str = "http://localhost:8000"
    place: str = "localhost"
    flags: int = PRESENT | VERIFIED
    counts: bool = True
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    signed: int = 0
    handle: str | None = None

    @classmethod
    def at(cls, address: str) -> Authenticator:
        """A device in a browser at this address."""
        return cls(address, urlsplit(address).hostname or "")

    def make(self, options: dict[str, Any]) -> str:
        """Answers `navigator.credentials.create`."""
        self.handle = options["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = b"\0" * 16 + struct.pack(">H", len(self.credential)) + self.credential + cbor2.dumps(public)
        data = self._data(self.flags | ATTESTED) + attested
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options["challenge"])
        return self._answer({"clientDataJSON": text(client), "attestationObject": text(made)})

    def sign(self, options: dict[str, Any], **other: Any) -> str:
        """Answers `navigator.credentials.get`; `other` replaces parts of the answer."""
        self.signed += self.counts
        client, data = self._client("webauthn.get", options["challenge"]), self._data(self.flags)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        parts = {"clientDataJSON": text(client), "authenticatorData": text(data), "signature": text(signature)}
        return self._answer({**parts, "userHandle": self.handle, **other})

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.place.encode()).digest() + bytes([flags]) + struct.pack(">I", self.signed)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _answer(self, response: dict[str, Any]) -> str:
        name = text(self.credential)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
