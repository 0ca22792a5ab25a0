"""`GET /api/v1/events`: what changed, in order, without gaps, as often as it is asked for (BILL-4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import ClassVar

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from careplan.access.classes import DataClass
from careplan.access.seam import acting
from careplan.api.endpoints import Endpoint
from careplan.api.problems import Problem
from careplan.software.scopes import Scope
from plans.api import examples
from plans.billing.kinds import Told
from plans.billing.payloads import as_sent
from plans.billing.serializers import FeedSerializer
from plans.selectors.feed import Event, Place, place_holds, places_after, told
from plans.services.told import note_told

FEED = "events"
CLIENTS_AT_ONCE = 200
START = (0, 0)


class EventsEndpoint(Endpoint):
    """Events of everybody whose permission is in force, and of others only that their permission ended."""

    scopes: ClassVar[Mapping[str, str]] = {"GET": Scope.BILLING_READ}
    parameters: ClassVar[frozenset[str]] = frozenset({"after", "limit"})
    classes: ClassVar[frozenset[DataClass]] = frozenset({DataClass.BILLING})
    usual, most = 200, 1000

    @extend_schema(
        operation_id="events",
        summary="What changed since a cursor",
        parameters=[
            OpenApiParameter("after", str, description="The `next` of the answer before; without it from the start."),
            OpenApiParameter("limit", int, description="How many at most: 1 to 1000, 200 when nothing is said."),
        ],
        responses={200: FeedSerializer},
        examples=[OpenApiExample("events", value=examples.FEED, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """A page of the feed. The same cursor gives the same again, as this recipient may see it now."""
        limit = self.page_size()
        epoch, seq = self._place()
        found = places_after(self.caller.api_client_id, seq=seq, limit=limit + 1)
        page = self._few_enough(found[:limit])
        last = (page[-1].epoch, page[-1].seq) if page else (epoch, seq)
        body = {
            "events": [asdict(each) for each in self._read(page)],
            "next": self.cursor_for(list(last), FEED),
            "more": len(page) < len(found),
        }
        return Response(as_sent(FeedSerializer, body))

    def _read(self, page: list[Place]) -> list[Event]:
        if not page:
            return []
        openable = {place.client_id for place in page if place.may_open}
        opening = self.opened(openable) if openable else acting(self.caller.actor())
        with opening:
            events = told(self.caller.api_client_id, page)
            note_told(openable & {event.client for event in events}, Told.CHANGES)
            return events

    def _few_enough(self, places: list[Place]) -> list[Place]:
        """As many of them as have no more clients than are opened at once."""
        clients: set[object] = set()
        for number, place in enumerate(places):
            clients.add(place.client_id)
            if len(clients) > CLIENTS_AT_ONCE:
                return places[:number]
        return places

    def _place(self) -> tuple[int, int]:
        place = self.cursor_place(FEED)
        if place is None:
            return START
        epoch, seq = int(place[0]), int(place[1])
        if not place_holds(epoch, seq):
            raise Problem("cursor-expired")
        return epoch, seq
