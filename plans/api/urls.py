"""Addresses of billing for software."""

from __future__ import annotations

from django.urls import path

from plans.api.charges import ChargeEndpoint, ChargesEndpoint, EvidenceEndpoint, ResultsEndpoint
from plans.api.clients import ClientEndpoint, ClientsEndpoint, ExternalIdEndpoint
from plans.api.feed import EventsEndpoint
from plans.api.readiness import ReadinessEndpoint

app_name = "billing_api"

CLIENT = "billing/clients/<uuid:client_id>"
ONE = f"{CLIENT}/charges/<uuid:charge_id>"

urlpatterns = [
    path("billing/readiness", ReadinessEndpoint.as_view(), name="readiness"),
    path("billing/clients", ClientsEndpoint.as_view(), name="clients"),
    path(CLIENT, ClientEndpoint.as_view(), name="client"),
    path(f"{CLIENT}/external-ids/<slug:system>", ExternalIdEndpoint.as_view(), name="external_id"),
    path("billing/charges", ChargesEndpoint.as_view(), name="charges"),
    path(ONE, ChargeEndpoint.as_view(), name="charge"),
    path(f"{ONE}/results", ResultsEndpoint.as_view(), name="results"),
    path(f"{ONE}/evidence", EvidenceEndpoint.as_view(), name="evidence"),
    path("events", EventsEndpoint.as_view(), name="events"),
]
