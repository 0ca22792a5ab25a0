"""The clients: their records, the people around them, their care team and what they allow."""

from __future__ import annotations

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """Records of clients."""

    name = "clients"
    verbose_name = "Clients"

    def ready(self) -> None:
        """Declares the events and hangs the screens into the practice."""
        from clients import events, hanging

        events.declare_all()
        hanging.hang()
