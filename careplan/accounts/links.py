"""Links that work once: a secret for the address, a digest for us."""

from __future__ import annotations

import secrets
from hashlib import sha256


def new_token() -> tuple[str, str]:
    """Returns a secret for a link, and the digest that is kept of it."""
    token = secrets.token_urlsafe(32)
    return token, digest_of(token)


def digest_of(token: str) -> str:
    """Returns what is kept of a secret: with 256 random bits in it, a plain hash is enough."""
    return sha256(token.encode()).hexdigest()
