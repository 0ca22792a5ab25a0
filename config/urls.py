"""Every address of the program, gathered from the apps."""

from __future__ import annotations

from django.urls import path

from careplan.healthz import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
]
