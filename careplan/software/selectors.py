"""Which software may act, and for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection

from careplan.access.actor import Actor, api_actor
from careplan.software.key_sets import fetch_key_set
from careplan.software.models import ApiClient
from careplan.software.scopes import Granted, Scope

BY_CHECKSUM = """
    select a.id, a.practice_id, g.recipient, t.scope, p.time_zone
      from app.oauth2_provider_accesstoken t
      join app.careplan_apiclient a on a.application_id = t.application_id
      join guard.api_client g on g.id = a.id
      join app.careplan_practice p on p.id = a.practice_id
     where t.token_checksum = %s and t.expires > now() and g.until > guard.now()
"""
RUNNING = """
    select exists (select from app.careplan_apiclient a join guard.api_client g on g.id = a.id
                    where a.application_id = %s and g.until > guard.now())
"""
ALL_OF_A_PRACTICE = """
    select a.id, a.label, g.recipient, a.scopes, a.last_used_at, g.until, g.until <= guard.now()
      from app.careplan_apiclient a join guard.api_client g on g.id = a.id
     where a.practice_id = %s order by g.until <= guard.now(), a.label, a.id
"""


@dataclass(frozen=True)
class Caller:
    """The software behind a request."""

    api_client_id: UUID
    practice_id: UUID
    recipient: str
    granted: Granted
    time_zone: str

    def actor(self) -> Actor:
        """A fresh actor, with a ticket of its own."""
        return api_actor(api_client_id=self.api_client_id, practice_id=self.practice_id)


def caller_with(token: str) -> Caller | None:
    """Who a bearer token belongs to, or None when it is unknown, past or ended. One query."""
    checksum = sha256(token.encode("utf-8", "replace")).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(BY_CHECKSUM, [checksum])
        row = cursor.fetchone()
    return None if row is None else Caller(row[0], row[1], row[2], Granted.of(row[3]), row[4])


@dataclass(frozen=True)
class SoftwareLine:
    """One line of the practice's list of software."""

    api_client_id: UUID
    label: str
    recipient: str
    scopes: tuple[str, ...]
    last_used_at: datetime | None
    until: datetime
    ended: bool

    @property
    def may(self) -> str:
        """What it may do, in words."""
        return "; ".join(str(Scope(scope).label).lower() for scope in self.scopes)


def software_of(practice_id: UUID) -> list[SoftwareLine]:
    """Everything that was let in, what has ended last. One query."""
    with connection.cursor() as cursor:
        cursor.execute(ALL_OF_A_PRACTICE, [practice_id])
        rows = cursor.fetchall()
    return [SoftwareLine(a, b, c, tuple(scopes), used, until, ended) for a, b, c, scopes, used, until, ended in rows]


def recipients_of(software: Iterable[UUID]) -> dict[UUID, str]:
    """For whom each of these acts, by its id, as the client's permission names them; people are left out. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select id, recipient from guard.api_client where id = any (%s)", [list(software)])
        return dict(cursor.fetchall())


def scopes_of(application_id: int) -> list[str]:
    """What an application may ask for."""
    found = ApiClient.objects.filter(application_id=application_id).values_list("scopes", flat=True).first()
    return found or []


def may_act(application_id: int) -> bool:
    """Says whether this software has not ended."""
    with connection.cursor() as cursor:
        cursor.execute(RUNNING, [application_id])
        return bool(cursor.fetchone()[0])


def keys_of(application_id: int) -> Mapping[str, Any] | None:
    """The public keys of an application, by value or from its address. Raises NotProved for a bad address."""
    row = ApiClient.objects.filter(application_id=application_id).first()
    if row is None:
        return None
    if row.jwks_url:
        return fetch_key_set(row.jwks_url)
    keys: Mapping[str, Any] | None = row.jwks
    return keys


def lost_client(api_client_id: UUID, client_id: UUID) -> bool:
    """Says whether the recipient once had this client and may not have them any more (BILL-6)."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.lost_client(%s, %s)", [api_client_id, client_id])
        return bool(cursor.fetchone()[0])


def consenting_clients(api_client_id: UUID, *, after: UUID | None, limit: int) -> list[UUID]:
    """Ids of the clients whose consent to this recipient is in force, in order; nothing is opened by that."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.consenting_clients(%s, %s, %s)", [api_client_id, after, limit])
        return list(cursor.fetchone()[0])
