"""Short verbs for tests about clients: open a record as somebody, ask for a page as somebody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpResponse
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.seam import acting, opened
from clients.models import Client, ClientSummary, How
from clients.services.about import AboutChanges, update_about
from clients.services.create import NewClient, create_client
from clients.services.limits import CardTold, LimitsTelling, record_limits
from tests import world as story
from tests.signed_in import browser

EVERYTHING = tuple(DataClass)
CARDS = ("life_in_danger", "child_hurt", "court_order", "someone_else_pays", "asking_a_colleague")


class Town:
    """The world's people, and what they do."""

    def __init__(self, world: dict[str, Any]) -> None:
        self.ids = {key: UUID(str(each)) for key, each in world.items()}

    def __getitem__(self, key: str) -> UUID:
        return self.ids[key]

    def actor(self, who: str) -> Actor:
        return story.actor(self.ids, who)

    @contextmanager
    def opens(self, who: str, client: str | UUID, classes: Iterable[DataClass] = EVERYTHING) -> Iterator[Actor]:
        """Somebody at work in an opened record."""
        by, client_id = self.actor(who), self.ids[client] if isinstance(client, str) else client
        with opened(by, clients=[client_id], classes=classes, via="test"):
            yield by

    @contextmanager
    def at_work(self, who: str) -> Iterator[Actor]:
        """Somebody at work with nothing opened."""
        by = self.actor(who)
        with acting(by):
            yield by

    def adds(self, who: str, name: str, **more: Any) -> UUID:
        with self.at_work(who) as by:
            return create_client(new=NewClient(name_used=name, **more), by=by)

    def says(self, client: str, who: str = "wren", how: How = How.SAID_IN_SESSION, **changes: Any) -> None:
        with self.opens(who, client) as by:
            update_about(client_id=self[client], changes=AboutChanges(**changes), how=how, by=by)

    def tells(self, client: str, *cards: CardTold | str, who: str = "wren", **more: Any) -> UUID:
        told = tuple(card if isinstance(card, CardTold) else CardTold(card) for card in cards)
        more = {"how": How.SAID_IN_SESSION, **more}
        with self.opens(who, client) as by:
            return record_limits(client_id=self[client], telling=LimitsTelling(cards=told, **more), by=by)

    def summary(self, client: str | UUID, who: str = "wren") -> ClientSummary:
        with self.at_work(who):
            return ClientSummary.objects.get(client_id=self.ids[client] if isinstance(client, str) else client)

    def listed(self, who: str) -> list[str]:
        with self.at_work(who):
            return list(Client.objects.order_by("name_used").values_list("name_used", flat=True))

    def browser(self, who: str) -> Browser:
        return browser(self[who])

    def url(self, page: str, client: str = "tomek", **more: Any) -> str:
        return reverse(f"clients:{page}", kwargs={"client_id": self[client], **more})

    def gets(self, who: str, page: str, client: str = "tomek", query: dict | None = None, **more: Any) -> HttpResponse:
        return self.browser(who).get(self.url(page, client, **more), query or {})

    def posts(self, who: str, page: str, data: dict, client: str = "tomek", **more: Any) -> HttpResponse:
        return self.browser(who).post(self.url(page, client, **more), data)


AROUND = re.compile("BEGIN|COMMIT|(RELEASE )?SAVEPOINT")


@contextmanager
def statements(most: int) -> Iterator[CaptureQueriesContext]:
    """At most so many statements, sign-in, opening and glance included; begin and commit apart."""
    with CaptureQueriesContext(connection) as captured:
        yield captured
    said = [query["sql"] for query in captured.captured_queries if not AROUND.match(query["sql"])]
    assert len(said) <= most, "\n".join(said)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()
