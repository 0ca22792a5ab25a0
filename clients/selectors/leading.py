"""Clients whom nobody leads, for whoever arranges care here: from directory and operations, nothing is opened."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from careplan.access.actor import Actor
from careplan.access.models import CareRelationship, CareRole
from careplan.access.seam import glance
from careplan.errors import NotYours
from clients import hooks
from clients.models import Client, ClientStatus, ClientSummary
from clients.selectors.staff import ARRANGERS, at_work, holds_role, named_by


@dataclass(frozen=True)
class Unled:
    """A client whom nobody leads, and who else is in their care team."""

    client_id: UUID
    name_used: str
    others: tuple[str, ...]


def nobody_leads(by: Actor) -> list[Unled]:
    """Those of the practice whom nobody leads, by name; each leaves a glance. Raises NotYours. Four queries."""
    if not holds_role(by, ARRANGERS):
        raise NotYours
    led_by_nobody = Client.objects.filter(client_id__in=_unled(by).values("client_id")).order_by("name_used")
    names = dict(led_by_nobody.values_list("client_id", "name_used"))
    glance(clients=names, via="page:clients:nobody_leads")
    others: dict[UUID, list[str]] = {client_id: [] for client_id in names}
    places = CareRelationship.objects.filter(client_id__in=names, until=None).annotate(name=named_by("person_id"))
    for place in places.order_by("since"):
        others[place.client_id].append(f"{place.name or 'Somebody'}, {CareRole(place.role).label.lower()}")
    return [Unled(client_id, name, tuple(others[client_id])) for client_id, name in names.items()]


def unled_asks(by: Actor) -> list[hooks.Ask]:
    """One line for each of them, on the Today of whoever arranges care. One query."""
    sentence = "Nobody leads {name}’s care"
    found = _unled(by).order_by("client_id").values_list("client_id", flat=True)
    return [hooks.Ask(each, sentence, "clients:nobody_leads", "users", opens_record=False) for each in found]


def _unled(by: Actor) -> QuerySet[ClientSummary]:
    _, practice_id = at_work(by)
    return ClientSummary.objects.filter(practice_id=practice_id, lead_count=0).exclude(status=ClientStatus.ENDED)
