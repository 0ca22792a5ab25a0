"""Seals over canonical text: hashes, Ed25519 signatures, and checking them with nothing but the public key."""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from careplan.canonical import sha256_hex

__all__ = ["KeyPair", "new_key_pair", "seal_text", "sha256_hex", "verify_seal"]

KeyPair = tuple[bytes, bytes]


def new_key_pair() -> KeyPair:
    """Returns a fresh (private, public) pair, 32 raw bytes each."""
    private = Ed25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def seal_text(text: str, *, private_key: bytes) -> str:
    """Returns the Ed25519 signature over the text's UTF-8 bytes, in base64."""
    signature = Ed25519PrivateKey.from_private_bytes(private_key).sign(text.encode("utf-8"))
    return base64.b64encode(signature).decode("ascii")


def verify_seal(text: str, seal: str, *, public_key: bytes) -> bool:
    """Says whether this seal was made over exactly this text with this key. Needs no database, never raises."""
    try:
        signature = base64.b64decode(seal, validate=True)
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, text.encode("utf-8"))
    except (InvalidSignature, ValueError, binascii.Error, UnicodeEncodeError):
        return False
    return True
