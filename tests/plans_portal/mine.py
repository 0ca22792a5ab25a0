"""A client in their own pages, with a plan in front of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.plans.room import Room, homework, objective, therapy
from tests.signed_in import portal_browser


@dataclass
class Mine:
    """A browser in a client's own pages."""

    browser: Client
    room: Room

    def url(self, name: str, **more: object) -> str:
        return reverse(f"my_plan:{name}", kwargs=more)

    def get(self, name: str, query: dict | None = None, **more: object) -> HttpResponse:
        return self.browser.get(self.url(name, **more), query or {})

    def post(self, name: str, data: dict, **more: object) -> HttpResponse:
        return self.browser.post(self.url(name, **more), data)

    def answers(self, revision, choice: str, **more: object) -> HttpResponse:
        return self.post("answer", {"read": str(revision.id), "answer": choice, **more}, item_id=revision.item_id)

    def home(self) -> str:
        return text_of(self.browser.get("/my/"))


def mine_of(room: Room) -> Mine:
    return Mine(portal_browser(room.client.person_id), room)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def suggestions(room: Room) -> list:
    """Two new suggestions and one new wording of something agreed, with a reason; a goal they hang under."""
    goal = room.agreed_goal()
    agreed = room.propose(therapy("Weekly, 50 minutes, by video, 12 sessions"), room.client)
    room.answer(agreed, "yes", room.therapist)
    room.propose(objective(parent=goal.item_id), room.client)
    new = [
        room.propose(homework("Sleep worksheet, nightly", parent=goal.item_id), room.therapist),
        room.propose(therapy("Body-sensation practice"), room.therapist),
    ]
    changed = room.reword(
        agreed,
        therapy("Weekly, 50 minutes, by video or in person, 20 sessions"),
        room.therapist,
        why="You asked if you could come in person some weeks.",
    )
    return [*new, changed]
