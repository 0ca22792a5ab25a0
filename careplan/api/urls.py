"""What all interfaces share: tokens, the document and its page, problems, and the answer to every other address."""

from __future__ import annotations

from django.urls import path, re_path

from careplan.api.document import docs, openapi, problem
from careplan.api.elsewhere import nothing_here
from careplan.api.oauth import introspect, revoke, token

app_name = "api"

urlpatterns = [
    path("oauth/token", token, name="token"),
    path("oauth/revoke", revoke, name="revoke"),
    path("oauth/introspect", introspect, name="introspect"),
    path("api/docs/", docs, name="docs"),
    path("api/openapi.json", openapi, name="openapi"),
    path("api/problems/<slug:code>", problem, name="problem"),
]
elsewhere = [re_path(r"^api/.*$", nothing_here, name="nothing_here")]
