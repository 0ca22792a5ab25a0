"""Which authorisation a session's units come from (BILL-1)."""

from __future__ import annotations

from django.db.models import Q, Sum

from plans.billing.kinds import ChargeState
from plans.models import Authorisation, Charge

TAKE_NONE = (ChargeState.NOT_BILLABLE, ChargeState.SELF_PAY, ChargeState.WRITTEN_OFF, ChargeState.REJECTED)
"""What takes no units. `plans_billing_facts` counts in the same way."""


def authorisation_for(row: Charge) -> Authorisation | None:
    """The earliest authorisation of this charge's service and day that has its units left. Two queries."""
    rows = Authorisation.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=row.service_on),
        client_id=row.client_id,
        service_code=row.service_code,
        modifier=row.modifier,
        starts_on__lte=row.service_on,
    )
    charges = Charge.objects.filter(client_id=row.client_id, authorisation__isnull=False)
    others = charges.exclude(state__in=TAKE_NONE).exclude(id=row.id)
    taken = dict(others.values_list("authorisation_id").annotate(Sum("units")))
    fits = (each for each in rows.order_by("starts_on", "id") if each.units - taken.get(each.id, 0) >= row.units)
    return next(fits, None)
