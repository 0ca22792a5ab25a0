"""`GET /api/v1/billing/readiness`: can this day’s session be billed, and if not why (BILL-1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from careplan.api.endpoints import RecordEndpoint, shown
from careplan.api.problems import Problem
from careplan.software.scopes import Scope
from plans.api import examples
from plans.billing.kinds import Told
from plans.billing.payloads import readiness_payload
from plans.billing.serializers import ReadinessSerializer
from plans.selectors.readiness import readiness
from plans.services.told import note_told

YEARS = range(1990, 2200)


class ReadinessEndpoint(RecordEndpoint):
    """Facts without words, the reasons, and the answer they come to for this payer."""

    scopes: ClassVar[Mapping[str, str]] = {"GET": Scope.BILLING_READ}
    parameters: ClassVar[frozenset[str]] = frozenset({"client", "on"})

    def client_of(self, request: Request, kwargs: Mapping[str, Any]) -> UUID:
        """The `client` parameter."""
        return as_uuid(request.query_params.get("client", ""), "client")

    @extend_schema(
        operation_id="readiness",
        summary="Can this day’s session be billed?",
        parameters=[
            OpenApiParameter("client", UUID, required=True, description="Whom it is about."),
            OpenApiParameter("on", date, required=True, description="The day of the session, on the practice’s clock."),
        ],
        responses={200: ReadinessSerializer},
        examples=[OpenApiExample("readiness", value=examples.READINESS, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """The readiness of one client’s day."""
        client_id = self.client_of(request, {})
        on = as_day(request.query_params.get("on", ""), "on")
        found = readiness(client_id=client_id, on=on)
        note_told([client_id], Told.READINESS)
        return shown(request, readiness_payload(found))


def as_uuid(text: str, name: str) -> UUID:
    """An id from a parameter. Raises the problem of anything else."""
    try:
        return UUID(text) if len(text) == len(str(UUID(int=0))) else UUID("")
    except ValueError as bad:
        raise Problem("invalid-parameter", errors=[{"pointer": name, "code": "uuid"}]) from bad


def as_day(text: str, name: str) -> date:
    """A day from a parameter: 2026-05-04. Raises the problem of anything else."""
    try:
        day = date.fromisoformat(text) if len(text) == len("2026-05-04") else date.fromisoformat("")
    except ValueError as bad:
        raise Problem("invalid-parameter", errors=[{"pointer": name, "code": "date"}]) from bad
    if day.year not in YEARS:
        raise Problem("invalid-parameter", errors=[{"pointer": name, "code": "range"}])
    return day
