"""Tokens for software, on django-oauth-toolkit's endpoints (OAUTH-1): by secret, or by a signed assertion."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.scopes import BaseScopes
from oauth2_provider.views import IntrospectTokenView, RevokeTokenView, TokenView

from careplan.software.assertions import NotProved, check_assertion, issuer_of
from careplan.software.scopes import Scope
from careplan.software.selectors import keys_of, may_act, scopes_of
from careplan.software.services import note_use
from careplan.ui.pages import open_page

BY_KEY = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ONLY = "client_credentials"
AUDIENCE = "careplan.token_url"  # no header from outside can be called that


class ScopesOfSoftware(BaseScopes):
    """What each software may ask for: what it was given, nothing by default beyond that."""

    def get_all_scopes(self) -> dict[str, str]:
        """Every scope with what it means."""
        return {str(scope.value): str(scope.label) for scope in Scope}

    def get_available_scopes(
        self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        """What this application may be given."""
        return scopes_of(application.pk) if application else []

    def get_default_scopes(self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any) -> list[str]:
        """Without a word about scopes: all that it may be given."""
        return self.get_available_scopes(application, request)


class Validator(OAuth2Validator):
    """The toolkit's rules, and three of ours: signed assertions, ended software is unknown, one grant only."""

    def authenticate_client(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        """Says whether the software proved who it is, by assertion or by secret, and has not ended."""
        by_key = getattr(request, "client_assertion_type", None) == BY_KEY
        proved = self._by_assertion(request) if by_key else super().authenticate_client(request, *args, **kwargs)
        return bool(proved and may_act(request.client.pk))

    def validate_grant_type(
        self, client_id: str, grant_type: str, client: Any, request: Any, *a: Any, **k: Any
    ) -> bool:
        """Client credentials, and nothing else yet."""
        return grant_type == ONLY and bool(super().validate_grant_type(client_id, grant_type, client, request, *a, **k))

    def _create_access_token(self, expires: Any, request: Any, token: Any, source_refresh_token: Any = None) -> Any:
        note_use(request.client.pk)
        return super()._create_access_token(expires, request, token, source_refresh_token)

    def _by_assertion(self, request: Any) -> bool:
        assertion = str(getattr(request, "client_assertion", "") or "")
        try:
            client_id = issuer_of(assertion)
            if self._load_application(client_id, request) is None:
                return False
            jwks = keys_of(request.client.pk)
            if jwks is None:
                return False
            audience = str(request.headers[AUDIENCE])
            check_assertion(assertion, client_id=client_id, audience=audience, jwks=jwks)
        except NotProved:
            return False
        request.client_id = client_id
        return True


@csrf_exempt
@open_page
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """RFC 6749: a token of five minutes for client credentials."""
    request.META[AUDIENCE] = request.build_absolute_uri(request.path)
    answer: HttpResponse = TokenView.as_view()(request)
    return answer


@csrf_exempt
@open_page
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """RFC 7009: this token ends now."""
    answer: HttpResponse = RevokeTokenView.as_view()(request)
    return answer


@csrf_exempt
@open_page
@require_POST
def introspect(request: HttpRequest) -> HttpResponse:
    """RFC 7662: what a token of the asking software's own is worth."""
    answer: HttpResponse = IntrospectTokenView.as_view()(request)
    if answer.status_code == HttpResponse.status_code and not _own(answer, request):
        return JsonResponse({"active": False})
    return answer


def _own(answer: HttpResponse, request: HttpRequest) -> bool:
    """Whether the token belongs to who asks: nobody looks into a stranger's."""
    said = json.loads(answer.content)
    asking = getattr(getattr(request, "client", None), "client_id", None) or _basic(request)
    return said.get("client_id") in (None, asking)


def _basic(request: HttpRequest) -> str:
    import base64
    import binascii
    from urllib.parse import unquote_plus

    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return request.POST.get("client_id", "")
    try:
        return unquote_plus(base64.b64decode(text).decode().partition(":")[0])
    except (binascii.Error, UnicodeDecodeError):
        return ""
