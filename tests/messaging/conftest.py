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
from clients.models import ConsentKind
from clients.services.care import start_care
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


@dataclass
class Talk:
    """Roz and Imani, with Nadia who covers and Sunniva who supervises."""

    world: dict[str, UUID]
    client_id: UUID

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
