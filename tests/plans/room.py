"""A record with its people, and the short verbs that tests of plans are told in; everything through the services."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from careplan.access.actor import Actor, client_actor, staff_actor
from careplan.access.classes import DataClass
from careplan.access.models import CareRole, Member
from careplan.access.seam import acting, opened
from careplan.access.services import create_record, start_care
from careplan.accounts.models import Person
from careplan.ledger import record
from clients.models import Consent, ConsentKind, ConsentState, How
from clients.services.change import begin_change
from clients.services.consent_moves import give
from plans.content import Content, DoerContent, GoalContent, InterventionContent, ObjectiveContent, StatementContent
from plans.models import Answer, Item, ItemRevision, Plan, Sheet, SheetLine, Standing
from plans.services.answers import answer_item
from plans.services.items import propose_item, propose_revision, start_plan
from plans.services.sheets import SheetAnswer, SheetWriting, answer_sheet, open_sheet, write_sheet

PLAN = frozenset({DataClass.PLAN})
EVERYTHING = frozenset(DataClass)
BUS = "Ride the 14 to work like it’s just a bus."


@dataclass
class Room:
    """One record: a therapist, whoever decides, and a plan."""

    practice_id: UUID
    client_id: UUID
    therapist: Actor
    members: list[Actor]
    plan_id: UUID = field(init=False)

    def __post_init__(self) -> None:
        with self.acts(self.therapist):
            self.plan_id = start_plan(client_id=self.client_id, by=self.therapist).id

    @property
    def client(self) -> Actor:
        return self.members[0]

    @contextmanager
    def acts(self, by: Actor) -> Iterator[None]:
        with opened(by, clients=[self.client_id], classes=PLAN, via="test"):
            yield

    def colleague(self, person_id: UUID, role: CareRole) -> Actor:
        with self.acts(self.therapist):
            start_care(client_id=self.client_id, person_id=person_id, role=role)
        return staff_actor(person_id=person_id, practice_id=self.practice_id)

    def propose(self, content: Content, by: Actor, **more: object) -> ItemRevision:
        with self.acts(by):
            return propose_item(plan_id=self.plan_id, content=content, by=by, **more)

    def reword(self, revision: ItemRevision, content: Content, by: Actor, **more: object) -> ItemRevision:
        with self.acts(by):
            base = more.pop("base", revision.number)
            return propose_revision(item_id=revision.item_id, base=base, content=content, by=by, **more)

    def answer(self, revision: ItemRevision, choice: str, by: Actor, **more: object) -> Answer:
        with self.acts(by):
            return answer_item(revision_id=revision.id, choice=choice, by=by, **more)

    def sheet(self, kind: str = "first_plan", how: str = "said_in_session") -> Sheet:
        with self.acts(self.therapist):
            return open_sheet(plan_id=self.plan_id, kind=kind, how=how, by=self.therapist, present=["Tomek"])

    def write(self, sheet: Sheet, *lines: SheetWriting) -> list[ItemRevision]:
        with self.acts(self.therapist):
            return write_sheet(sheet_id=sheet.id, lines=lines, by=self.therapist)

    def said(self, sheet: Sheet, *answers: SheetAnswer, to_the_rest: str = "") -> list[Answer]:
        with self.acts(self.therapist):
            answered = {answer.revision_id for answer in answers}
            lines = SheetLine.objects.filter(sheet=sheet).order_by("position") if to_the_rest else []
            rest = [SheetAnswer(line.revision_id, to_the_rest) for line in lines if line.revision_id not in answered]
            return answer_sheet(sheet_id=sheet.id, answers=[*answers, *rest], by=self.therapist)

    def standing(self, revision: ItemRevision) -> Standing:
        with self.acts(self.therapist):
            return Standing.objects.get(item_id=revision.item_id)

    def plan(self) -> Plan:
        with self.acts(self.therapist):
            return Plan.objects.get(id=self.plan_id)

    def item(self, revision: ItemRevision) -> Item:
        with self.acts(self.therapist):
            return Item.objects.get(id=revision.item_id)

    def agreed_intervention(self, what: str = "Grief-focused therapy", parent: UUID | None = None) -> ItemRevision:
        """An intervention of the therapist's, agreed by the client's own hand."""
        revision = self.propose(therapy(what, parent=parent), self.therapist)
        for member in self.members:
            self.answer(revision, "yes", member)
        return revision

    def agreed_goal(self, words: str = BUS) -> ItemRevision:
        """A goal of the client's own, agreed by everyone who decides."""
        revision = self.propose(goal(words), self.client)
        for member in self.members[1:]:
            self.answer(revision, "yes", member)
        return revision


def room_of(world: dict, client: str, therapist: str) -> Room:
    """The room of a client of the world."""
    by = staff_actor(person_id=world[therapist], practice_id=world["linden"])
    client_id = world[client]
    with opened(by, clients=[client_id], classes=PLAN, via="test"):
        members = list(Member.objects.filter(client_id=client_id).values_list("person_id", flat=True))
    return Room(by.practice_id, client_id, by, [client_actor(person_id=person) for person in members])


def couple(world: dict, therapist: str = "wren") -> Room:
    """A record that stands for two, who both decide."""
    by = staff_actor(person_id=world[therapist], practice_id=world["linden"])
    people = [Person.objects.create().id for _ in range(2)]
    with acting(by):
        client_id = create_record(practice_id=by.practice_id, members=people, by=by, via="test", kind="couple")
    with opened(by, clients=[client_id], classes={DataClass.CONSENT}, via="test"):
        for person in people:
            agrees_to_treatment(client_id, person, by)
    return Room(by.practice_id, client_id, by, [client_actor(person_id=person) for person in people])


def agrees_to_treatment(client_id: UUID, person_id: UUID, by: Actor) -> None:
    """Said in the room and written down, for a record that has nothing but its plan (CONS-12)."""
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    moment = {"starts_at": change.at, "made_at": change.at, "state_at": change.at}
    row = Consent.objects.create(
        **change.keys,
        **moment,
        person_id=person_id,
        kind=ConsentKind.TREATMENT,
        purpose="treatment",
        text_version="1",
        text_sha256="0" * 64,
        language="en",
        explained_by=change.by,
        authority="couple_member",
        state=ConsentState.OFFERED,
        made_by=change.by,
        state_by=change.by,
    )
    give(row, How.SAID_IN_SESSION)
    record(kind="consent.given", client_id=client_id, object_type="consent", object_id=row.id)


def goal(words: str = BUS, clinical: str = "", **more: object) -> GoalContent:
    return GoalContent(client_words=words, clinical_wording=clinical, **more)


def therapy(what: str = "Grief-focused therapy", **more: object) -> InterventionContent:
    return InterventionContent(what=what, doer=DoerContent("therapist"), **more)


def homework(what: str = "GP check before cutting down", **more: object) -> InterventionContent:
    return InterventionContent(what=what, doer=DoerContent("client"), **more)


def objective(behaviour: str = "Three stops with Jess", **more: object) -> ObjectiveContent:
    return ObjectiveContent(behaviour=behaviour, **more)


def strength(words: str = "finishes what he starts") -> StatementContent:
    return StatementContent("going_for_me", words)


def look_again(on: date = date(2027, 1, 12)) -> StatementContent:
    return StatementContent("look_again", on=on)
