"""Addresses of billing in the practice."""

from __future__ import annotations

from django.urls import path

from plans.practice.billing import billing, send
from plans.practice.billing_setup import add_software, end_software, npi, retire, services
from plans.practice.charge import charge, leave_out
from plans.practice.record_billing import end_cover, look_again, record

app_name = "billing"

RECORD = "practice/clients/<uuid:client_id>/billing/"

urlpatterns = [
    path("practice/billing/", billing, name="practice"),
    path("practice/billing/send/", send, name="send"),
    path("practice/billing/services/", services, name="services"),
    path("practice/billing/services/<uuid:service_id>/retire/", retire, name="retire"),
    path("practice/billing/npi/<uuid:person_id>/", npi, name="npi"),
    path("practice/billing/software/add/", add_software, name="add_software"),
    path("practice/billing/software/<uuid:software_id>/end/", end_software, name="end_software"),
    path(RECORD, record, name="record"),
    path(f"{RECORD}coverage/<uuid:coverage_id>/end/", end_cover, name="end_cover"),
    path(f"{RECORD}charges/<uuid:charge_id>/", charge, name="charge"),
    path(f"{RECORD}charges/<uuid:charge_id>/look-again/", look_again, name="look_again"),
    path(f"{RECORD}charges/<uuid:charge_id>/leave-out/", leave_out, name="leave_out"),
]
