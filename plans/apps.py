"""The app of plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Items and their revisions, answers, versions."""

    name = "plans"
    verbose_name = "Plans"

    def ready(self) -> None:
        """Puts the plan's events into the catalogue, and its tab, panels and columns in their places."""
        from plans import events  # noqa: F401
        from plans.billing import events as money  # noqa: F401
        from plans.hanging import hang

        hang()
