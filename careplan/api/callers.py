"""Who asks: software with a bearer token. No cookies count here, so no forged form can ask."""

from __future__ import annotations

from rest_framework import authentication, exceptions
from rest_framework.request import Request

from careplan.software.selectors import Caller, caller_with

CHALLENGE = 'Bearer realm="careplan"'


class BearerToken(authentication.BaseAuthentication):
    """`Authorization: Bearer …`."""

    def authenticate(self, request: Request) -> tuple[Caller, str] | None:
        """The caller, or None without a token. Raises NotAuthenticated for one that opens nothing."""
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not token.strip():
            return None
        caller = caller_with(token.strip())
        if caller is None:
            raise exceptions.AuthenticationFailed
        return caller, ""

    def authenticate_header(self, request: Request) -> str:
        """What a 401 names."""
        return CHALLENGE
