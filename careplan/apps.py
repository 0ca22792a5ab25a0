"""The kernel as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class CareplanConfig(AppConfig):
    """The kernel."""

    name = "careplan"
    verbose_name = "Careplan"
