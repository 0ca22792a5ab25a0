"""Proving to be somebody with a key of one's own: `private_key_jwt`, as SMART Backend Services have it (OAUTH-1)."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from jwcrypto.common import JWException
from jwcrypto.jwk import JWK, JWKSet
from jwcrypto.jwt import JWT

from careplan.errors import Refused

ALGORITHMS = ["RS384", "ES384"]
LONGEST = 300
LEEWAY = 5


class NotProved(Exception):
    """The assertion proves nothing."""


def ensure_public_keys(jwks: Mapping[str, Any]) -> JWKSet:
    """The keys of a JWK set. Raises Refused for none, or for one with its private half."""
    try:
        keys = JWKSet.from_json(json.dumps(jwks))
    except (JWException, TypeError, ValueError, KeyError) as broken:
        raise Refused("That is not a set of keys (JWKS).") from broken
    found: list[JWK] = list(keys)
    if not found or any(key.has_private or not key.has_public for key in found):
        raise Refused("Send public keys only. A private key never leaves where it was made.")
    return keys


def issuer_of(assertion: str) -> str:
    """Who an assertion says it is from, not yet checked. Raises NotProved."""
    try:
        body = JWT(jwt=assertion).token.objects["payload"]
        said = json.loads(body)
        return str(said["iss"])
    except (JWException, ValueError, KeyError, TypeError, AttributeError) as broken:
        raise NotProved("it cannot be read") from broken


def check_assertion(assertion: str, *, client_id: str, audience: str, jwks: Mapping[str, Any]) -> None:
    """Returns when the assertion was made by the holder of one of the keys, for us, now, and for the first time.

    Raises NotProved. Each `jti` counts once; `exp` lies at most five minutes ahead.
    """
    try:
        keys = ensure_public_keys(jwks)
        token = JWT(jwt=assertion, key=keys, algs=ALGORITHMS, check_claims={"iss": client_id, "sub": client_id})
        claims: dict[str, Any] = json.loads(token.claims)
    except (JWException, Refused, ValueError, KeyError, TypeError) as broken:
        raise NotProved("it was not signed by a key we know") from broken
    now, expires, jti = time.time(), claims.get("exp"), claims.get("jti")
    if not isinstance(expires, int | float) or not now - LEEWAY < expires <= now + LONGEST + LEEWAY:
        raise NotProved("its end is missing, past, or more than five minutes ahead")
    if audience not in _listed(claims.get("aud")):
        raise NotProved("it is for somebody else")
    if not isinstance(jti, str) or not jti or not _first_time(client_id, jti, int(expires - now) + 2 * LEEWAY):
        raise NotProved("it was used before")


def _listed(aud: Any) -> list[Any]:
    return aud if isinstance(aud, list) else [aud]


def _first_time(client_id: str, jti: str, seconds: int) -> bool:
    """The broker's store decides between two at once; when it does not answer nobody gets in."""
    digest = sha256(f"{client_id}\n{jti}".encode()).hexdigest()
    return bool(cache.add(f"jti:{digest}", 1, timeout=max(seconds, 1)))
