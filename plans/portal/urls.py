"""Addresses of a client's plan in their own pages."""

from __future__ import annotations

from django.urls import path

from plans.portal.proof import proof, proof_file
from plans.portal.sign import receipt_page, sign_page, signed

app_name = "my_plan"

urlpatterns = [
    path("proof/", proof, name="proof"),
    path("proof/file/", proof_file, name="proof_file"),
    path("signed/", signed, name="signed"),
    path("signed/<uuid:signature_id>/", receipt_page, name="receipt"),
    path("sign/<uuid:request_id>/", sign_page, name="sign"),
]
