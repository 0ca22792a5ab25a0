"""The app of messages, resources, sessions and reminders."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Threads, the library and its offers, the calendar, reminders."""

    name = "messaging"
    verbose_name = "Messages and sessions"

    def ready(self) -> None:
        """Declares the events and hangs the screens into their places."""
        from messaging import events, hanging, words  # noqa: F401 - words are declared by reading them

        events.declare_all()
        hanging.hang()
