"""Billing's papers for tests: a permission, a diagnosis told, a coverage, a session kept, software let in."""

from __future__ import annotations

import json
import secrets
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.test import Client
from django.utils import timezone
from oauth2_provider.models import AccessToken, Application, set_token_value

from careplan.access.classes import DataClass
from careplan.access.seam import acting, opened
from careplan.ids import uuid7
from careplan.software.scopes import Scope
from careplan.software.services import Credentials, NewApiClient, add_api_client
from clients.models import Certainty, CodeSystem, ConsentKind, How
from clients.services.asking import ConsentAsk, offer_consent
from clients.services.consents import Answer, decline_consent, record_spoken, withdraw_consent
from clients.services.diagnoses import Called, record_diagnosis
from plans.services.billing import NewCoverage, NewService, add_coverage, add_service
from plans.services.charges import KeptSession, charge_session
from tests.world import actor

RECIPIENT = "Claims House"
LEADS = {"roz": "imani", "tomek": "wren", "hollis": "wren"}
ALL = (Scope.BILLING_READ, Scope.BILLING_WRITE)
DAY = date(2026, 11, 20)
YEAR = date.today() + timedelta(days=300)


class Town:
    """Linden Street, with somebody who does its billing."""

    def __init__(self, world: Any) -> None:
        self.world = world

    def __getitem__(self, key: str) -> Any:
        return self.world[key]

    @contextmanager
    def at_work(self, key: str, *classes: DataClass) -> Any:
        by = actor(self.world, LEADS[key])
        with opened(by, clients=[self[key]], classes=set(classes), via="test"):
            yield by

    def let_in(self, *scopes: str, recipient: str = RECIPIENT, **more: Any) -> Credentials:
        by = actor(self.world, "petra")
        with acting(by):
            new = NewApiClient("Claims system", recipient, scopes or ALL, **more)
            return add_api_client(new=new, practice_id=self["linden"], by=by)

    def permits(
        self, key: str, recipient: str = RECIPIENT, kind: str = "billing", scope: Any = (DataClass.BILLING,)
    ) -> UUID:
        """The client's yes (or active no), said and written down by their therapist."""
        denies = kind == "self_pay"
        scope = () if denies else scope
        with self.at_work(key, DataClass.CONSENT, DataClass.IDENTITY) as by:
            ask = ConsentAsk(
                ConsentKind(kind), recipient="" if denies else recipient, scope=scope, last_day=None if denies else YEAR
            )
            return record_spoken(client_id=self[key], ask=ask, answer=Answer(How.SAID_IN_SESSION), by=by)

    def denies(self, key: str, recipient: str) -> None:
        """An active no about one recipient."""
        with self.at_work(key, DataClass.CONSENT, DataClass.IDENTITY) as by:
            ask = ConsentAsk(ConsentKind.RESTRICTION, recipient=recipient, what="Nothing goes there.")
            record_spoken(client_id=self[key], ask=ask, answer=Answer(How.SAID_IN_SESSION), by=by)

    def declines(self, key: str, recipient: str = RECIPIENT) -> None:
        """Asked again, and no."""
        with self.at_work(key, DataClass.CONSENT, DataClass.IDENTITY) as by:
            ask = ConsentAsk(ConsentKind.BILLING, recipient=recipient, scope=(DataClass.BILLING,), last_day=YEAR)
            asked = offer_consent(client_id=self[key], ask=ask, by=by)
            decline_consent(client_id=self[key], consent_id=asked, answer=Answer(How.SAID_IN_SESSION), by=by)

    def withdraws(self, key: str, consent_id: UUID) -> None:
        with self.at_work(key, DataClass.CONSENT, DataClass.IDENTITY) as by:
            withdraw_consent(client_id=self[key], consent_id=consent_id, how=How.SAID_IN_SESSION, by=by)

    def covered(self, key: str, profile: str = "plain", **more: Any) -> None:
        with self.at_work(key, DataClass.BILLING) as by:
            new = NewCoverage("Invented Mutual", f"{key.upper()}-1", payer_id="INV01", profile=profile, **more)
            add_coverage(client_id=self[key], new=new, by=by)

    def service(self, code: str = "S50", **more: Any) -> None:
        by = actor(self.world, "bram")
        with acting(by):
            add_service(new=NewService(code, "A session", Decimal("165.00"), "GBP", **more), by=by)

    def diagnosed(self, key: str, code: str = "F41.1", told: bool = True) -> None:
        with self.at_work(key, DataClass.NOTE, DataClass.PLAN) as by:
            called = Called("As the therapist calls it", CodeSystem.ICD_10_CM, code, Certainty.CONFIRMED)
            record_diagnosis(client_id=self[key], called=called, shared=told, by=by)

    def kept(self, key: str, code: str = "S50", on: date = DAY, **more: Any) -> Any:
        with self.at_work(key, DataClass.BILLING) as by:
            told = {"session_id": uuid7(), "minutes": 50, "service_code": code, "place": "11", **more}
            session = KeptSession(on, by.person_id, **told)
            return charge_session(client_id=self[key], session=session, by=by)

    def billable(self, key: str = "roz") -> Any:
        """Everything that makes one charge ready."""
        consent = self.permits(key)
        self.service()
        self.diagnosed(key)
        self.covered(key)
        return consent, self.kept(key)


class Software:
    """A billing system with a token."""

    def __init__(self, credentials: Credentials, *scopes: str) -> None:
        self.id = credentials.api_client_id
        raw = secrets.token_urlsafe(24)
        row = AccessToken(
            application=Application.objects.get(client_id=credentials.client_id),
            expires=timezone.now() + timedelta(minutes=5),
            scope=" ".join(scopes or ALL),
        )
        set_token_value(row, raw)
        row.save()
        self.raw, self.http = raw, Client(headers={"Authorization": f"Bearer {raw}", "Accept": "application/json"})

    def get(self, path: str, **headers: str) -> Any:
        return self.http.get(f"/api/v1/{path}", headers=named(headers))

    def post(self, path: str, body: Any, key: str = "", **headers: str) -> Any:
        sent = {"Idempotency-Key": key} if key else {}
        return self.http.post(
            f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers={**sent, **named(headers)}
        )

    def put(self, path: str, body: Any, **headers: str) -> Any:
        return self.http.put(
            f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers=named(headers)
        )


def named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
