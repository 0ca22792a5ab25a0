"""What the database says about this moment: the clock, and as what a person acts towards an opened record."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import DateTimeField, Func

from careplan.errors import NotYours
from plans.kinds import CLIENT_SIDE, Role


class GuardNow(Func):
    """The guard's clock inside a query."""

    template = "guard.now()"
    output_field = DateTimeField()


def now() -> datetime:
    """Returns the guard's clock, to the millisecond that a hash keeps."""
    with connection.cursor() as cursor:
        cursor.execute("select date_trunc('milliseconds', guard.now())")
        at: datetime = cursor.fetchone()[0]
    return at


def role_of(client_id: UUID, person_id: UUID) -> Role:
    """Returns as what a person acts towards an opened record now; raises NotYours when it isn't open."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.role_in_plan(%s, %s)", [client_id, person_id])
        role = cursor.fetchone()[0]
    if role is None:
        raise NotYours
    return Role(role)


def is_staff(role: Role) -> bool:
    """Says whether a role is on the staff's side."""
    return role not in CLIENT_SIDE
