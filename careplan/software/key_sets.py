"""Fetching a recipient's keys from the address they named, without being led inside our own walls (OAUTH-1)."""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import ssl
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache

from careplan.software.assertions import NotProved

PATIENCE = 5.0
MOST_BYTES = 64 * 1024
KEPT = 300


class _Pinned(http.client.HTTPSConnection):
    """A connection to one address that was looked at before, still proving the host's own name."""

    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=PATIENCE, context=ssl.create_default_context())
        self._address = address

    def connect(self) -> None:
        """Connects to the address that was looked at, and to no other."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def fetch_key_set(url: str) -> dict[str, Any]:
    """The keys at an https address, kept for five minutes. Raises NotProved for anything else.

    The name is resolved once and every address it gives has to be public; no redirect is followed.
    """
    kept: dict[str, Any] | None = cache.get(f"jwks:{url}")
    if kept is not None:
        return kept
    found = _fetch(url)
    cache.set(f"jwks:{url}", found, timeout=KEPT)
    return found


def _fetch(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.username:
        raise NotProved("the keys' address is not https")
    port = parts.port or 443
    connection = _Pinned(parts.hostname, port, public_address(parts.hostname, port))
    try:
        connection.request("GET", parts.path or "/", headers={"Accept": "application/json"})
        answer = connection.getresponse()
        body = answer.read(MOST_BYTES + 1)
        if answer.status != http.HTTPStatus.OK or len(body) > MOST_BYTES:
            raise NotProved("the keys' address does not answer with keys")
        found = json.loads(body)
    except (OSError, ValueError, http.client.HTTPException) as broken:
        raise NotProved("the keys' address does not answer") from broken
    finally:
        connection.close()
    if not isinstance(found, dict):
        raise NotProved("the keys' address does not answer with keys")
    return found


def public_address(host: str, port: int) -> str:
    """The first address of a host, when all of them are public. Raises NotProved."""
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError as unknown:
        raise NotProved("the keys' address is not known") from unknown
    if not found or not all(ipaddress.ip_address(address).is_global for address in found):
        raise NotProved("the keys' address is not public")
    return found[0]
