"""What this app's demo people do: Roz takes the link she was given, and has pages of her own."""

from __future__ import annotations

from typing import Any

from careplan.access.classes import DataClass
from careplan.access.seam import opened
from careplan.accounts.invitations import accept
from clients.services.invite import invite_client

WHO = "roz"
EMAIL = f"{WHO}@example.test"


def begin_own_pages(town: Any) -> None:
    """Her therapist hands her a link, and she chooses the password that everybody in the demo has."""
    client_id, by = town.clients[WHO], town.lead_of(WHO)
    with opened(by, clients=[client_id], classes=[DataClass.IDENTITY, DataClass.CONTACT], via="demo"):
        path = invite_client(client_id=client_id, email=EMAIL, by_hand=True, by=by)
    accept(token=path.strip("/").split("/")[-1], password=town.data["password"])
