"""The kernel as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class CareplanConfig(AppConfig):
    """The kernel."""

    name = "careplan"
    verbose_name = "Careplan"

    def ready(self) -> None:
        """Registers the start-up checks, and hangs the kernel's own screens."""
        from careplan import hanging, startup  # noqa: F401
        from careplan.accounts.passwords import is_for_nobody
        from careplan.outgoing import gate

        gate.checks.append(is_for_nobody)
        hanging.hang()
