"""A record with its thread, and the short verbs that tests of messages are told in."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.models import CareRole
from careplan.access.seam import acting, opened
from clients.models import ConsentKind, How
from clients.services.asking import ConsentAsk
from clients.services.care import start_care
from clients.services.consents import Answer, record_spoken, withdraw_consent
from messaging.library import library
from messaging.models import Resource
from messaging.selectors.offers import resources_of
from messaging.selectors.thread import thread_of
from messaging.services.offers import Offer, answer_resource, offer_resources, recall_resource
from messaging.services.thread import send_message
from plans.services.items import propose_item, start_plan
from tests.messaging.calendar import Desk
from tests.plans.room import goal
from tests.world import actor, client_actor_of

CLASSES = frozenset({DataClass.MESSAGE, DataClass.PLAN})
FIRST_TWO = tuple(piece.key for piece in library()[:2])


def says_yes_to_messages(client_id: UUID, by: Actor) -> UUID:
    """A spoken yes to being written to in one's own pages, written down by staff; consents are opened."""
    ask, said = ConsentAsk(kind=ConsentKind.PORTAL_MESSAGES), Answer(how=How.SAID_IN_SESSION)
    return record_spoken(client_id=client_id, ask=ask, answer=said, by=by)


@dataclass
class Talk:
    """Roz and Imani, with Nadia who covers and Sunniva who supervises."""

    world: dict[str, UUID]
    client_id: UUID
    consent_id: UUID | None = None

    @property
    def imani(self) -> Actor:
        return actor(self.world, "imani")

    @property
    def nadia(self) -> Actor:
        return actor(self.world, "nadia")

    @property
    def roz(self) -> Actor:
        return client_actor_of(self.world, "roz")

    @contextmanager
    def acts(self, by, classes=CLASSES):
        with opened(by, clients=[self.client_id], classes=classes, via="test"):
            yield

    def say(self, by, text, key=None, **more):
        with self.acts(by):
            return send_message(client_id=self.client_id, text=text, key=key or uuid4(), by=by, **more)

    def thread(self, by):
        with self.acts(by):
            return thread_of(self.client_id, by)

    def offer(self, *pieces, note="You asked about this.", worry="The nights", **more):
        by = self.imani
        with self.acts(by):
            offer = Offer(pieces=pieces or FIRST_TWO, note=note, worry="" if more else worry, **more)
            offering = offer_resources(client_id=self.client_id, offer=offer, by=by)
            return list(Resource.objects.filter(offering=offering).order_by("position"))

    def answers(self, resource, choice, by=None, **more):
        by = by or self.roz
        with self.acts(by):
            answer_resource(client_id=self.client_id, resource_id=resource.id, choice=choice, by=by, **more)

    def takes_back(self, resource):
        by = self.imani
        with self.acts(by):
            recall_resource(client_id=self.client_id, resource_id=resource.id, by=by)

    def resources(self, by):
        with self.acts(by):
            return resources_of(self.client_id)

    def says_yes(self):
        by = self.imani
        with self.acts(by, {DataClass.CONSENT}):
            return says_yes_to_messages(self.client_id, by)

    def stops_messages(self):
        by = self.roz
        with self.acts(by, {DataClass.CONSENT}):
            withdraw_consent(client_id=self.client_id, consent_id=self.consent_id, how=How.OWN_HAND_PORTAL, by=by)

    def a_goal(self):
        with self.acts(self.imani):
            plan = start_plan(client_id=self.client_id, by=self.imani)
        with self.acts(self.roz):
            return propose_item(plan_id=plan.id, content=goal(), by=self.roz)


@pytest.fixture
def talk(world) -> Talk:
    """Roz's record, led by Imani; Nadia covers and Sunniva supervises."""
    there = Talk(world, world["roz"])
    for person, role in (("nadia", CareRole.COVER), ("sunniva", CareRole.SUPERVISOR)):
        with opened(there.imani, clients=[there.client_id], classes=[DataClass.IDENTITY], via="test"):
            start_care(client_id=there.client_id, person_id=world[person], role=role, by=there.imani)
    there.consent_id = there.says_yes()
    return there


@contextmanager
def at_the_desk(by):
    """Somebody at work who has opened no record."""
    with acting(by):
        yield


@pytest.fixture
def desk(world) -> Desk:
    """The calendar of Linden Street, where everybody who is booked has said yes to treatment."""
    there = Desk(world)
    for client, lead in (("roz", "imani"), ("hollis", "imani"), ("tomek", "wren")):
        there.says_yes(ConsentKind.TREATMENT, client, lead)
    return there
