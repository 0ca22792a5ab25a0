"""Who asks for a page of their own."""

from __future__ import annotations

from django.http import HttpRequest

from careplan.access.actor import Actor


def who(request: HttpRequest) -> Actor:
    """The client, or whoever else the page's guard has let into these pages."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
