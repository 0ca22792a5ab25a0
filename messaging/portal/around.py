"""What every page of a client's own messages and resources begins with."""

from __future__ import annotations

from django.http import HttpRequest

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.ui.pages import client_of, client_page

# What a message is about has its title from the plan.
message_page = client_page(DataClass.MESSAGE, DataClass.PLAN)


def me(request: HttpRequest) -> Actor:
    """The client whose pages these are."""
    client_of(request)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
