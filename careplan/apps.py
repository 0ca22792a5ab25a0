"""The kernel as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class CareplanConfig(AppConfig):
    """The kernel."""

    name = "careplan"
    verbose_name = "Careplan"

    def ready(self) -> None:
        """Registers the start-up checks."""
        from careplan import startup  # noqa: F401
