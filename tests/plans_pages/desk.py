"""A therapist at the desk with a plan in front of them: addresses, and a plan with a little of everything in it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from plans.models import ItemRevision
from tests.plans.room import Room, goal, homework, look_again, objective, strength, therapy
from tests.signed_in import browser


@dataclass
class Desk:
    """A browser at work on one client's plan."""

    client: Client
    room: Room

    def url(self, name: str, **more: object) -> str:
        return reverse(f"plans:{name}", kwargs={"client_id": self.room.client_id, **more})

    def get(self, name: str, query: dict | None = None, **more: object) -> HttpResponse:
        return self.client.get(self.url(name, **more), query or {})

    def post(self, name: str, data: dict, **more: object) -> HttpResponse:
        return self.client.post(self.url(name, **more), data)

    def item(self, revision: ItemRevision) -> HttpResponse:
        return self.get("item", item_id=revision.item_id)


def desk_of(room: Room, person_id: UUID | None = None) -> Desk:
    """The desk of the room's therapist, or of somebody else."""
    return Desk(browser(person_id or room.therapist.person_id), room)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


@dataclass
class Seeded:
    """What `a_plan` put into the plan."""

    goal: ItemRevision
    objective: ItemRevision
    agreed: ItemRevision
    open: ItemRevision
    declined: ItemRevision


def a_plan(room: Room) -> Seeded:
    """A goal in the client's words with what hangs under it: agreed, open, off the table. Staff have proposed twice."""
    first = room.propose(goal(clinical="Commute by bus without avoidance", importance=10), room.client)
    room.answer(first, "yes", room.therapist)
    step = room.propose(objective(parent=first.item_id, measure="stops"), room.client)
    room.answer(step, "yes", room.therapist)
    agreed = room.propose(therapy("Step ladder on the real bus", parent=first.item_id), room.therapist)
    room.answer(agreed, "yes", room.client)
    room.propose(strength("two friends who answer at 2 a.m."), room.client)
    room.propose(look_again(), room.client)
    opened = room.propose(homework("Sleep worksheet"), room.therapist)
    declined = room.propose(therapy("Group for panic"), room.client)
    room.answer(declined, "not_now", room.client, words="too many people")
    return Seeded(first, step, agreed, opened, declined)
