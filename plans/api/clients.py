"""Claim facts: a list by cursor, one client, and ids of the recipient’s own (BILL-8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from careplan.access.classes import DataClass
from careplan.api.endpoints import Endpoint, RecordEndpoint, ensure_based_on, shown
from careplan.api.problems import Problem
from careplan.software.scopes import Scope
from careplan.software.selectors import consenting_clients
from plans.api import examples
from plans.api.readiness import as_uuid
from plans.billing.kinds import Told
from plans.billing.payloads import claim_payload
from plans.billing.serializers import ClaimFactsSerializer, ClientsPageSerializer, NewExternalIdSerializer
from plans.selectors.claims import claim_facts, claim_facts_of
from plans.services.results import set_external_id
from plans.services.told import note_told

LIST = "billing-clients"
AFTER = OpenApiParameter("after", str, description="The `next` of the page before.")
LIMIT = OpenApiParameter("limit", int, description="How many: 1 to 200, 50 when nothing is said.")
IF_NONE_MATCH = OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER, description="An ETag you have.")
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="The ETag this change is based on."
)


class ClientsEndpoint(Endpoint):
    """Everybody whose permission for this recipient is in force. Each is opened and written down."""

    scopes: ClassVar[Mapping[str, str]] = {"GET": Scope.BILLING_READ}
    parameters: ClassVar[frozenset[str]] = frozenset({"after", "limit"})
    classes: ClassVar[frozenset[DataClass]] = frozenset({DataClass.BILLING})

    @extend_schema(
        operation_id="clients",
        summary="Claim facts of every client you may bill for",
        parameters=[AFTER, LIMIT],
        responses={200: ClientsPageSerializer},
        examples=[OpenApiExample("clients", value=examples.CLIENTS, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """One page, in the order of their ids."""
        size, place = self.page_size(), self.cursor_place(LIST)
        after = as_uuid(str(place), "after") if place else None
        ids = consenting_clients(self.caller.api_client_id, after=after, limit=size + 1)
        page = ids[:size]
        if not page:
            return shown(request, {"clients": [], "next": None})
        with self.opened(page):
            facts = claim_facts(page)
            note_told(facts, Told.CLAIM)
        more = self.cursor_for(str(page[-1]), LIST) if len(ids) > size else None
        return shown(request, {"clients": [claim_payload(c, facts[c]) for c in page if c in facts], "next": more})


class ClientEndpoint(RecordEndpoint):
    """What a claim has to say about one client."""

    scopes: ClassVar[Mapping[str, str]] = {"GET": Scope.BILLING_READ}

    @extend_schema(
        operation_id="client",
        summary="Claim facts of one client",
        parameters=[IF_NONE_MATCH],
        responses={200: ClaimFactsSerializer},
        examples=[OpenApiExample("client", value=examples.CLAIM, response_only=True)],
    )
    def get(self, request: Request, client_id: UUID) -> Response:
        """Legal name, birth date, address, administrative sex, coverages and ids. No other way to reach them."""
        return shown(request, told_claim(client_id))


class ExternalIdEndpoint(RecordEndpoint):
    """What the recipient's own system calls this client."""

    scopes: ClassVar[Mapping[str, str]] = {"PUT": Scope.BILLING_WRITE}

    @extend_schema(
        operation_id="set_external_id",
        summary="Tell us your own id for a client",
        parameters=[IF_MATCH],
        request=NewExternalIdSerializer,
        responses={200: ClaimFactsSerializer},
        examples=[
            OpenApiExample("external id", value=examples.EXTERNAL_ID, request_only=True),
            OpenApiExample("client", value=examples.CLAIM, response_only=True),
        ],
    )
    def put(self, request: Request, client_id: UUID, system: str) -> Response:
        """The client's claim facts with the id in them. Based on the ETag of those facts."""
        body = NewExternalIdSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        if len(system) > 40:
            raise Problem("not-found")

        def ensure_unmoved() -> None:
            ensure_based_on(request, told_claim(client_id))

        said = body.validated_data
        set_external_id(client_id=client_id, system=system, **said, by=self.actor, ensure_unmoved=ensure_unmoved)
        return shown(request, told_claim(client_id))


def told_claim(client_id: UUID) -> dict[str, Any]:
    """What a claim says about an opened client, written down as told."""
    facts = claim_facts_of(client_id)
    note_told([client_id], Told.CLAIM)
    return claim_payload(client_id, facts)
