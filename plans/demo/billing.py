"""What makes the demo's billing real: a service, who pays, a number, and one charge that is ready (BILL-10)."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol
from uuid import UUID

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.seam import acting, opened
from plans.models import Charge
from plans.services.billing import NewCoverage, NewService, add_coverage, add_service, set_clinician_number
from plans.services.charges import ChargeChanges, change_charge

WHO = "roz"
PAYER = "Cascade Mutual"
"""Invented, and the very name that Roz's permission for billing has."""
SERVICE = NewService("S50", "A session of fifty minutes", Decimal("90.00"), "GBP", minutes=50)
COVERAGE = NewCoverage(PAYER, "CM-204-118", payer_id="CASC01")
INVENTED_NPI = "9999999999"


class Town(Protocol):
    """Everybody who has moved in, by key."""

    clients: dict[str, UUID]

    def actor(self, key: str) -> Actor:
        """A member of staff."""

    def lead_of(self, client: str) -> Actor:
        """A client's lead."""


def seed_billing(town: Town) -> None:
    """The manager lists a service; Roz's lead notes who pays and chooses the service of each session that was kept."""
    lead, petra = town.lead_of(WHO), town.actor("petra")
    if lead.person_id is None:
        return
    with acting(petra):
        add_service(new=SERVICE, by=petra)
        set_clinician_number(person_id=lead.person_id, npi=INVENTED_NPI, by=petra)
    with opened(lead, clients=[town.clients[WHO]], classes=[DataClass.BILLING], via="demo"):
        add_coverage(client_id=town.clients[WHO], new=COVERAGE, by=lead)
        for row in Charge.objects.filter(client_id=town.clients[WHO], service_code="").order_by("service_on", "id"):
            changes = ChargeChanges(SERVICE.code, place=row.place)
            change_charge(client_id=row.client_id, charge_id=row.id, changes=changes, by=lead)
