"""What Roz does by her own hand after a first plan in the room, and what Imani asks her (data: own_hand.json)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from careplan.access.actor import Actor, client_actor
from careplan.access.classes import DataClass
from careplan.access.models import Member
from careplan.access.seam import opened
from careplan.accounts.models import Person, User
from careplan.accounts.services import add_user
from plans.content import Content, DoerContent, InterventionContent, ObjectiveContent, title_of
from plans.content.rhythm import Duration
from plans.models import Plan
from plans.models.plan import UNENDED
from plans.selectors.desk_rows import DeskRow, DeskRows, plan_lines
from plans.services.answers import answer_item
from plans.services.asks import send_ask
from plans.services.comments import comment_on_item
from plans.services.items import propose_item, propose_revision

STORY = Path(__file__).with_name("own_hand.json")
CLASSES = (DataClass.PLAN, DataClass.IDENTITY)
Data = dict[str, Any]


class Town(Protocol):
    """Everybody who has moved in, by key."""

    clients: dict[str, UUID]
    data: Data

    def lead_of(self, client: str) -> Actor:
        """A client's lead."""


def seed_own_hand(town: Town) -> None:
    """Everybody in the story gets their account and does what they did."""
    for key, data in json.loads(STORY.read_text(encoding="utf-8")).items():
        _Story(town, key).happens(data)


class _Story:
    """One client and their lead, each by their own hand."""

    def __init__(self, town: Town, key: str) -> None:
        self.town, self.key, self.client_id = town, key, town.clients[key]
        with self._acts(town.lead_of(key)):
            self.person = Member.objects.filter(client_id=self.client_id).values_list("person_id", flat=True).get()

    def happens(self, data: Data) -> None:
        self._account(data["email"])
        for proposal in data["they_answer"]:
            self._both_say_yes(proposal)
        for proposal in data["lead_proposes"]:
            self._propose(self._lead(), proposal)
        self._reword(data["lead_rewords"])
        for proposal in data["they_propose"]:
            self._propose(self._client(), proposal)
        for said in data["talk"]:
            self._talk(said)
        self._send()

    def _account(self, email: str) -> None:
        """A way in for the demo, unless they came in by an invitation already."""
        if not User.objects.filter(person_id=self.person).exists():
            person = Person.objects.get(pk=self.person)
            add_user(person=person, email=email, password=self.town.data["password"])

    def _both_say_yes(self, words: str) -> None:
        for by in (self._client(), self._lead()):
            with self._acts(by):
                row = self._line(words)
                if row.open is not None:
                    answer_item(revision_id=row.open.id, choice="yes", by=by)

    def _propose(self, by: Actor, proposal: Data) -> None:
        with self._acts(by):
            under = self._line(proposal["under"]).id
            propose_item(plan_id=self._plan().id, content=_content(proposal, under), by=by, why=proposal.get("why", ""))

    def _reword(self, reword: Data) -> None:
        by = self._lead()
        with self._acts(by):
            row = self._line(reword["line"])
            content = row.shown.content
            if not isinstance(content, InterventionContent):
                raise TypeError("only how long something is done is worded anew here")
            newer = replace(content, modality=reword["modality"], duration=Duration(reword["count"], "sessions"))
            propose_revision(item_id=row.id, base=row.highest.number, content=newer, by=by, why=reword["why"])

    def _talk(self, said: Data) -> None:
        by = self._client() if said["who"] == self.key else self._lead()
        with self._acts(by):
            comment_on_item(item_id=self._line(said["line"]).id, words=said["words"], by=by)

    def _send(self) -> None:
        by = self._lead()
        with self._acts(by):
            waiting = [row.open.id for row in self._lines().rows if row.open and row.open.row.author_id == by.person_id]
            send_ask(plan_id=self._plan().id, revision_ids=waiting, by=by)

    @contextmanager
    def _acts(self, by: Actor) -> Iterator[Actor]:
        with opened(by, clients=[self.client_id], classes=CLASSES, via="demo"):
            yield by

    def _client(self) -> Actor:
        return client_actor(person_id=self.person)

    def _lead(self) -> Actor:
        return self.town.lead_of(self.key)

    def _plan(self) -> Plan:
        return Plan.objects.get(client_id=self.client_id, status__in=UNENDED)

    def _lines(self) -> DeskRows:
        return plan_lines(self._plan().id)

    def _line(self, words: str) -> DeskRow:
        return next(row for row in self._lines().rows if title_of(row.shown.content).startswith(words))


def _content(proposal: Data, under: UUID) -> Content:
    if "behaviour" in proposal:
        return ObjectiveContent(behaviour=proposal["behaviour"], parent=under)
    return InterventionContent(
        what=proposal["what"],
        doer=DoerContent(proposal["doer"]),
        benefits=proposal.get("benefits", ""),
        burdens=proposal.get("burdens", ""),
        parent=under,
    )
