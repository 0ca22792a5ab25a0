"""Charges: a list by cursor, one of them, what became of it, and the proof of agreement (BILL-2, BILL-3, BILL-6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from careplan.access.classes import DataClass
from careplan.access.seam import acting
from careplan.api.endpoints import Endpoint, RecordEndpoint, shown
from careplan.api.problems import Problem
from careplan.errors import NotYours
from careplan.software.scopes import Scope
from plans.api import examples
from plans.api.clients import AFTER, IF_NONE_MATCH, LIMIT
from plans.api.readiness import as_uuid
from plans.billing.kinds import FOR_RECIPIENTS, Outcome, Told
from plans.billing.payloads import as_sent, charge_payload, evidence_payload
from plans.billing.serializers import (
    ChargeSerializer,
    ChargesPageSerializer,
    EvidenceSerializer,
    NewResultSerializer,
    ResultSerializer,
)
from plans.models import Charge
from plans.selectors.claims import charge, charge_places, charges, evidence
from plans.services.charges import hand_over
from plans.services.results import NewResult, post_result
from plans.services.told import note_told
from plans.services.versions import number_for_billing

LIST = "billing-charges"
STATES = [str(state) for state in FOR_RECIPIENTS]
KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="Your own key for this request: sent again within a day it is carried out once.",
)


class ChargesEndpoint(Endpoint):
    """Charges of everybody whose permission is in force. What is read for the first time is sent from then on."""

    scopes: ClassVar[Mapping[str, str]] = {"GET": Scope.BILLING_READ}
    parameters: ClassVar[frozenset[str]] = frozenset({"after", "limit", "state"})
    classes: ClassVar[frozenset[DataClass]] = frozenset({DataClass.BILLING})

    @extend_schema(
        operation_id="charges",
        summary="Charges, in the order they were made",
        parameters=[AFTER, LIMIT, OpenApiParameter("state", str, enum=STATES, description="Only these.")],
        responses={200: ChargesPageSerializer},
        examples=[OpenApiExample("charges", value=examples.CHARGES, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """One page."""
        state = request.query_params.get("state", "")
        if state and state not in STATES:
            raise Problem("invalid-parameter", errors=[{"pointer": "state", "code": "unknown"}])
        size, place = self.page_size(), self.cursor_place(LIST)
        after = as_uuid(str(place), "after") if place else None
        places = self._places(after, state, size + 1)
        page = places[:size]
        if not page:
            return shown(request, {"charges": [], "next": None})
        with self.opened({client for _, client in page}):
            rows = sent_to_me(found for found, _ in page)
        more = self.cursor_for(str(page[-1][0]), LIST) if len(places) > size else None
        return shown(request, {"charges": [charge_payload(row) for row in rows], "next": more})

    def _places(self, after: UUID | None, state: str, limit: int) -> list[tuple[UUID, UUID]]:
        with acting(self.caller.actor()):
            return charge_places(after=after, state=state, limit=limit)


class ChargeEndpoint(RecordEndpoint):
    """One charge."""

    scopes: ClassVar[Mapping[str, str]] = {"GET": Scope.BILLING_READ}

    @extend_schema(
        operation_id="charge",
        summary="One charge",
        parameters=[IF_NONE_MATCH],
        responses={200: ChargeSerializer},
        examples=[OpenApiExample("charge", value=examples.CHARGE_BODY, response_only=True)],
    )
    def get(self, request: Request, client_id: UUID, charge_id: UUID) -> Response:
        """Service, times, units, fee, diagnosis codes, clinicians and state."""
        row = next(iter(sent_to_me([charge(client_id, charge_id).id])), None)
        if row is None:
            raise NotYours
        return shown(request, charge_payload(row))


class ResultsEndpoint(RecordEndpoint):
    """What became of a charge. Taken for what was sent, also when the client's permission has ended since."""

    scopes: ClassVar[Mapping[str, str]] = {"POST": Scope.BILLING_WRITE}

    @extend_schema(
        operation_id="post_result",
        summary="Say what became of a charge",
        parameters=[KEY],
        request=NewResultSerializer,
        responses={201: ResultSerializer},
        examples=[
            OpenApiExample("result", value=examples.RESULT, request_only=True),
            OpenApiExample("made", value=examples.RESULT_MADE, response_only=True, status_codes=["201"]),
        ],
    )
    def post(self, request: Request, client_id: UUID, charge_id: UUID) -> Response:
        """A result, once for each key. A correction is a further result, or a new charge of the practice’s."""
        body = NewResultSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        said = dict(body.validated_data)
        result = NewResult(outcome=Outcome(said.pop("outcome")), **said)

        def make() -> UUID:
            return post_result(client_id=client_id, charge_id=charge_id, result=result, by=self.actor)

        made = self.make_once(request, make)
        return Response(as_sent(ResultSerializer, {"id": made, "charge": charge_id}), 201)


class EvidenceEndpoint(RecordEndpoint):
    """The proof that what was done was agreed: hashes, signature facts, seal, how to check them. No goal's words."""

    scopes: ClassVar[Mapping[str, str]] = {"GET": Scope.BILLING_READ}

    @extend_schema(
        operation_id="evidence",
        summary="Proof of agreement for the day of a charge",
        parameters=[IF_NONE_MATCH],
        responses={200: EvidenceSerializer},
        examples=[OpenApiExample("evidence", value=examples.EVIDENCE, response_only=True)],
    )
    def get(self, request: Request, client_id: UUID, charge_id: UUID) -> Response:
        """The version in force on that day."""
        row = charge(client_id, charge_id)
        number_for_billing(client_id=client_id, on=row.service_on)
        proof = evidence(client_id, row.service_on)
        note_told([client_id], Told.EVIDENCE)
        return shown(request, evidence_payload(client_id, row, proof))


def sent_to_me(ids: Iterable[UUID]) -> list[Charge]:
    """Those of these that this recipient has: handed over first, then read as they stand, so that no two get one."""
    wanted = list(ids)
    hand_over(wanted)
    return [row for row in charges(wanted) if row.sent_at is not None]
