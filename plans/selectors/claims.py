"""Claim facts, charges and proof of agreement, as a recipient may read them (BILL-2, BILL-3, BILL-8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import connection

from careplan.errors import NotYours
from plans.models import Authorisation, Charge
from plans.selectors.readiness import Facts, read


def claim_facts(clients: Sequence[UUID], recipient: str = "") -> dict[UUID, Facts]:
    """What a claim has to say about each opened client, with the ids of one recipient’s systems. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select * from plans_claim_facts(%s, %s)", [list(clients), recipient])
        return {client: read(facts) for client, facts in cursor.fetchall()}


def claim_facts_of(client_id: UUID, recipient: str = "") -> Facts:
    """What a claim has to say about one client. Raises NotYours."""
    found = claim_facts([client_id], recipient)
    if client_id not in found:
        raise NotYours
    return found[client_id]


def evidence(client_id: UUID, on: date) -> Facts:
    """The proof of agreement that stood on a day. One query; raises NotYours."""
    with connection.cursor() as cursor:
        cursor.execute("select plans_evidence_facts(%s, %s)", [client_id, on])
        found = cursor.fetchone()[0]
    if found is None:
        raise NotYours
    return read(found)


def charge_places(*, after: UUID | None, state: str, limit: int) -> list[tuple[UUID, UUID]]:
    """Ids of charges and of their clients that this software may ask for, in order. Opens nothing. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select id, client_id from plans_charges_for(%s, %s, %s)", [after, state, limit])
        return list(cursor.fetchall())


def charges(ids: Iterable[UUID]) -> list[Charge]:
    """The charges among these that this request may see, in order. One query."""
    return list(Charge.objects.filter(id__in=list(ids)).order_by("id"))


def charge(client_id: UUID, charge_id: UUID) -> Charge:
    """One charge of an opened client. Raises NotYours."""
    row = Charge.objects.filter(client_id=client_id, id=charge_id).first()
    if row is None:
        raise NotYours
    return row


def authorised(rows: Sequence[Charge]) -> dict[UUID, Authorisation]:
    """What each of these charges was allowed under, by the charge's id. One query."""
    found = Authorisation.objects.in_bulk([row.authorisation_id for row in rows if row.authorisation_id])
    return {row.id: found[row.authorisation_id] for row in rows if row.authorisation_id}


def coverage_of(row: Charge, said: Facts, allowed: Authorisation | None) -> Facts:
    """Who pays for a charge: the coverage it was allowed under, or the first that was in force on its day."""
    there: Sequence[Facts] = said["coverages"]
    named = (each for each in there if allowed is not None and each["id"] == str(allowed.coverage_id))
    day = str(row.service_on)
    standing = (each for each in there if (each["starts_on"] or day) <= day <= (each["ends_on"] or day))
    return next(named, None) or next(standing, {})
