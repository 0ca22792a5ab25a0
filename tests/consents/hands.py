"""Short verbs for tests about consents: asked and recorded at work, answered and stopped in the client's own pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.seam import opened
from clients.models import Consent, ConsentKind, How
from clients.selectors.permits import Permission, permits
from clients.services.asking import ConsentAsk, offer_consent
from clients.services.consents import (
    Answer,
    decline_consent,
    give_consent,
    narrow_consent,
    record_spoken,
    withdraw_consent,
)
from tests.clients.town import Town
from tests.world import client_actor_of

INSURER = "Cascade Mutual"
SPOKEN, OWN_HAND = Answer(how=How.SAID_IN_SESSION), Answer(how=How.OWN_HAND_PORTAL)


def insurer(days: int = 90, **more: Any) -> ConsentAsk:
    return ConsentAsk(kind=ConsentKind.BILLING, recipient=INSURER, last_day=in_days(days), **more)


def release(*scope: DataClass, days: int = 30, to: str = "Dr Quill", **more: Any) -> ConsentAsk:
    said = {"what": "My goals, in short.", "purpose": "So that they know what I work on", **more}
    return ConsentAsk(kind=ConsentKind.RELEASE, recipient=to, scope=scope, last_day=in_days(days), **said)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


class Hands(Town):
    """The town, seen from one client's consents."""

    @contextmanager
    def own_pages(self, client: str = "roz") -> Iterator[Actor]:
        """The client, in their own pages."""
        by = client_actor_of(self.ids, client)
        with opened(by, clients=[self[client]], classes=set(DataClass), via="test"):
            yield by

    def asks(self, ask: ConsentAsk, client: str = "roz", who: str = "imani") -> UUID:
        with self.opens(who, client, {DataClass.CONSENT}) as by:
            return offer_consent(client_id=self[client], ask=ask, by=by)

    def records(self, ask: ConsentAsk, client: str = "roz", who: str = "imani", answer: Answer = SPOKEN) -> UUID:
        with self.opens(who, client, {DataClass.CONSENT}) as by:
            return record_spoken(client_id=self[client], ask=ask, answer=answer, by=by)

    def gives(self, consent: UUID, answer: Answer = OWN_HAND) -> None:
        with self.own_pages() as by:
            give_consent(client_id=self["roz"], consent_id=consent, answer=answer, by=by)

    def declines(self, consent: UUID, *, later: bool = False) -> None:
        with self.own_pages() as by:
            decline_consent(client_id=self["roz"], consent_id=consent, answer=OWN_HAND, by=by, later=later)

    def stops(self, consent: UUID) -> None:
        with self.own_pages() as by:
            withdraw_consent(client_id=self["roz"], consent_id=consent, how=How.OWN_HAND_PORTAL, by=by)

    def narrows(self, consent: UUID, *scope: DataClass) -> UUID:
        with self.own_pages() as by:
            return narrow_consent(
                client_id=self["roz"], consent_id=consent, scope=scope, last_day=None, how=How.OWN_HAND_PORTAL, by=by
            )

    def may(
        self, purpose: ConsentKind, to: str = "", data: DataClass | None = None, client: str = "roz", **more: Any
    ) -> Permission:
        with self.opens("imani", client, {DataClass.CONTACT}):
            return permits(client_id=self[client], purpose=purpose, recipient=to, data_class=data, **more)

    def row(self, consent: UUID, client: str = "roz") -> Consent:
        with self.opens("imani", client):
            return Consent.objects.get(id=consent)
