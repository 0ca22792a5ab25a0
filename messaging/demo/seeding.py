"""What the demo's people wrote to each other and were offered (their data: talk.json), through the services."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from careplan.access.actor import Actor, client_actor
from careplan.access.classes import DataClass
from careplan.access.models import Member
from careplan.access.seam import opened
from careplan.ids import uuid7
from clients.models import ConsentKind, How
from clients.selectors.permits import permits
from clients.services.asking import ConsentAsk
from clients.services.consents import Answer, record_spoken
from messaging.models import Resource
from messaging.selectors.lines import lines_of
from messaging.services.offers import Offer, answer_resource, offer_resources
from messaging.services.own import add_own, mark_read
from messaging.services.thread import send_message

TALK = Path(__file__).with_name("talk.json")
CLASSES = (DataClass.MESSAGE, DataClass.PLAN, DataClass.CONSENT, DataClass.CONTACT)
Data = dict[str, Any]


class Town(Protocol):
    """Everybody who has moved in, by key."""

    clients: dict[str, UUID]

    def actor(self, key: str) -> Actor:
        """A member of staff."""

    def lead_of(self, client: str) -> Actor:
        """A client's lead."""


def seed_talk(town: Town) -> None:
    """Everybody writes what they wrote, and answers what they were offered."""
    for key, data in json.loads(TALK.read_text(encoding="utf-8")).items():
        _Talk(town, key).happens(data)


class _Talk:
    def __init__(self, town: Town, key: str) -> None:
        self.town, self.key, self.client_id = town, key, town.clients[key]
        with self._acts(town.lead_of(key)):
            member = Member.objects.filter(client_id=self.client_id).values_list("person_id", flat=True).get()
        self.person = member

    @contextmanager
    def _acts(self, by: Actor) -> Iterator[Actor]:
        with opened(by, clients=[self.client_id], classes=CLASSES, via="demo"):
            yield by

    def _as(self, who: str) -> Any:
        return self._acts(client_actor(person_id=self.person) if who == self.key else self.town.actor(who))

    def happens(self, data: Data) -> None:
        """The client says yes to messages and to texts; offers first, so that the thread ends with the last word."""
        with self._acts(self.town.lead_of(self.key)) as by:
            for kind in (ConsentKind.PORTAL_MESSAGES, ConsentKind.TEXTS):
                if not permits(client_id=self.client_id, purpose=kind).allowed:
                    ask, said = ConsentAsk(kind=kind), Answer(how=How.SAID_IN_SESSION)
                    record_spoken(client_id=self.client_id, ask=ask, answer=said, by=by)
        for offer in data["offers"]:
            self._offer(offer)
        for own in data["own"]:
            with self._as(self.key) as by:
                add_own(client_id=self.client_id, by=by, **own)
        for who, text in data["messages"]:
            with self._as(who) as by:
                send_message(client_id=self.client_id, text=text, key=uuid7(), by=by)

    def _offer(self, data: Data) -> None:
        with self._acts(self.town.lead_of(self.key)) as by:
            line = next(each for each in lines_of(self.client_id).values() if each.title.startswith(data["for"]))
            offer = Offer(pieces=tuple(data["pieces"]), note=data["note"], item_id=line.item_id)
            offering = offer_resources(client_id=self.client_id, offer=offer, by=by)
            given = {row.piece: row.id for row in Resource.objects.filter(offering=offering)}
        for piece, said in data["pieces"].items():
            with self._as(self.key) as by:
                self._say(given[piece], said, by)

    def _say(self, resource_id: UUID, said: Data, by: Actor) -> None:
        if "says" in said:
            answer_resource(client_id=self.client_id, resource_id=resource_id, choice=said["says"], by=by)
        if "read" in said:
            shown = said["read"] == "shown"
            mark_read(client_id=self.client_id, resource_id=resource_id, shown=shown, by=by)
