"""The way every change to a plan begins: one savepoint, the client's head locked, the clock read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor, Hat
from careplan.access.seam import lock_head
from careplan.errors import NotYours, Refused
from clients.selectors.permits import ensure_work_may_go_on
from plans.models import Plan
from plans.models.plan import UNENDED
from plans.selectors.acting import now

Row = TypeVar("Row", bound=models.Model)


@contextmanager
def changing(client_id: UUID) -> Iterator[datetime]:
    """One change: all of it or nothing, alone in its record. Gives the moment, in milliseconds.

    Raises NotYours when this request has not opened the plan for writing.
    """
    with transaction.atomic():
        ensure_opened_to_write(client_id)
        lock_head(client_id)
        yield now()


def ensure_opened_to_write(client_id: UUID) -> None:
    """Raises NotYours when this request may only read the plan, or not even that."""
    with connection.cursor() as cursor:
        cursor.execute("select %s = any (guard.opened('plan', true))", [client_id])
        if not cursor.fetchone()[0]:
            raise NotYours


def ensure_may_propose(client_id: UUID, by: Actor) -> None:
    """Raises Refused for staff while there is no yes to treatment (CONS-12). A client proposes whatever it says."""
    if by.hat is Hat.STAFF:
        ensure_work_may_go_on(client_id)


def find(model: type[Row], row_id: UUID) -> Row:
    """Returns a row that this request may see; raises NotYours for any other."""
    row = model._default_manager.filter(pk=row_id).first()
    if row is None:
        raise NotYours
    return row


def running_plan(plan_id: UUID) -> Plan:
    """Returns a plan that has not ended; raises Refused when it has."""
    plan = find(Plan, plan_id)
    if plan.status not in UNENDED:
        raise Refused(_("This plan has ended. Start a new one to go on."))
    return plan


def person_of(by: Actor) -> UUID:
    """Returns the acting person; raises NotYours for actors that are nobody."""
    if by.person_id is None:
        raise NotYours
    return by.person_id
