"""Sealing small secrets with AES-256-GCM, bound to the place they are stored in (AUTH-4)."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FORMAT = b"\x01"
NONCE_BYTES = 12
KEY_BYTES = 32


class SealBroken(Exception):
    """A sealed value cannot be read: changed, moved to another row, or its key is missing."""


def field_keys() -> dict[str, bytes]:
    """Returns the keys by id, the one that encrypts first; refuses to go on without a sound one."""
    keys = dict(settings.FIELD_KEYS)
    if not keys:
        raise ImproperlyConfigured("FIELD_KEYS is empty: nothing can be encrypted")
    for key_id, key in keys.items():
        if len(key) != KEY_BYTES or not 1 <= len(key_id.encode()) <= 255:
            raise ImproperlyConfigured(f"the field key {key_id!r} must have {KEY_BYTES} bytes and a short id")
    return keys


def current_key_id() -> str:
    """Returns the id of the key that encrypts now."""
    return next(iter(field_keys()))


def seal(plain: bytes, *, place: str) -> bytes:
    """Returns the sealed bytes: format, key id, nonce, ciphertext. Only `unseal` with the same place reads them."""
    key_id = current_key_id()
    header = _header(key_id)
    nonce = os.urandom(NONCE_BYTES)
    cipher = AESGCM(field_keys()[key_id])
    return header + nonce + cipher.encrypt(nonce, plain, header + place.encode())


def unseal(sealed: bytes, *, place: str) -> bytes:
    """Returns the plain bytes; raises SealBroken when the value was changed, moved, or its key is gone."""
    key_id = sealing_key_id(sealed)
    header = _header(key_id)
    nonce = sealed[len(header) : len(header) + NONCE_BYTES]
    key = field_keys().get(key_id)
    if key is None:
        raise SealBroken(f"the field key {key_id!r} is missing")
    try:
        return AESGCM(key).decrypt(nonce, sealed[len(header) + NONCE_BYTES :], header + place.encode())
    except (InvalidTag, ValueError) as broken:
        raise SealBroken(f"the value at {place} was not sealed there") from broken


def sealing_key_id(sealed: bytes) -> str:
    """Returns the id of the key that a value was sealed with."""
    if len(sealed) < 2 or sealed[:1] != FORMAT:
        raise SealBroken("this is not a sealed value")
    try:
        return sealed[2 : 2 + sealed[1]].decode()
    except UnicodeDecodeError as broken:
        raise SealBroken("this is not a sealed value") from broken


def _header(key_id: str) -> bytes:
    encoded = key_id.encode()
    return FORMAT + bytes([len(encoded)]) + encoded
