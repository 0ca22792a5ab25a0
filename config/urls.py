"""Every address of the program, gathered from the apps."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from careplan.api.urls import elsewhere
from careplan.healthz import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("careplan.api.urls")),
    path("api/v1/", include("plans.api.urls")),
    path("", include((elsewhere, "elsewhere"))),
    path("", include("careplan.ui.urls")),
    path("", include("careplan.accounts.urls")),
    path("", include("clients.portal.urls")),
    path("", include("clients.urls")),
    path("", include("plans.practice.billing_urls")),
    path("my/billing/", include("plans.portal.billing_urls")),
    path("", include("plans.urls")),
    path("my/plan/", include("plans.portal.urls")),
    path("", include("messaging.portal.urls")),
    path("", include("messaging.urls")),
]
if settings.OUTBOX:
    urlpatterns += [path("demo/", include("careplan.outgoing.urls"))]

handler400 = "careplan.ui.errors.bad_request"
handler403 = "careplan.ui.errors.permission_denied"
handler404 = "careplan.ui.errors.not_found"
handler500 = "careplan.ui.errors.server_error"
