"""The demo people move in, through the same services as anybody (their data: people.json)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils import timezone

from careplan.access.actor import Actor, staff_actor
from careplan.access.classes import DataClass
from careplan.access.models import CareRole
from careplan.access.seam import acting, opened
from careplan.accounts.models import Practice, User
from careplan.accounts.roles import Role
from careplan.accounts.services import NewStaff, add_practice, add_staff, enrol_totp
from careplan.hooks import demo_steps
from clients.consents.cards import card_texts
from clients.models import ConsentKind, InterpreterMode, MayKnow, Told, Topic, Visibility
from clients.models import How as SaidHow
from clients.services.about import AboutChanges, Said, update_about
from clients.services.asking import ConsentAsk
from clients.services.care import start_care
from clients.services.consents import Answer as Spoken
from clients.services.consents import record_spoken
from clients.services.contact import ContactRules
from clients.services.create import NewClient, create_client
from clients.services.limits import CardTold, LimitsTelling, record_limits
from clients.services.people import Around, add_person_around
from plans.content import InterventionContent, content_of
from plans.content.rhythm import Frequency
from plans.demo.lines import answer, writing
from plans.kinds import How, ItemKind, SheetKind
from plans.models import ItemRevision
from plans.services.items import propose_revision, set_progress, start_plan
from plans.services.pace import set_pace
from plans.services.sheets import answer_sheet, close_sheet, open_sheet, record_copy, write_sheet

PEOPLE = Path(__file__).with_name("people.json")
DOMAIN = "example.test"
Data = dict[str, Any]


def people() -> Data:
    """The demo's people as data."""
    read: Data = json.loads(PEOPLE.read_text(encoding="utf-8"))
    return read


def seed() -> None:
    """Everybody moves in: the practice, its staff, their clients and what they agreed."""
    data = people()
    practice = add_practice(**data["practice"])
    staff = {person["key"]: _hire(practice, person, data) for person in data["staff"]}
    clients = {client["key"]: _Client(client, staff, practice) for client in data["clients"]}
    for client in clients.values():
        client.move_in()
    town = DemoTown(practice, staff, {key: client.client_id for key, client in clients.items()}, data)
    for step in demo_steps:
        step.run(town)


@dataclass(frozen=True)
class DemoTown:
    """Everybody who has moved in, by their key in the data: what an app's own demo step finds (`hooks.demo_steps`)."""

    practice: Practice
    staff: dict[str, UUID]
    clients: dict[str, UUID]
    data: Data

    def actor(self, key: str) -> Actor:
        """A fresh actor for a member of staff, at work."""
        return staff_actor(person_id=self.staff[key], practice_id=self.practice.pk)

    def lead_of(self, client: str) -> Actor:
        """A fresh actor for a client's lead therapist."""
        return self.actor(next(each["lead"] for each in self.data["clients"] if each["key"] == client))


def email(key: str) -> str:
    """The address somebody signs in with."""
    return f"{key}@{DOMAIN}"


def _hire(practice: Practice, person: Data, data: Data) -> UUID:
    names = {name: person[name] for name in ("name", "first_name", "title")}
    new = NewStaff(email=email(person["key"]), password=data["password"], **names)
    member = add_staff(practice=practice, new=new, roles=[Role(role) for role in person["roles"]])
    enrol_totp(user=User.objects.get(person_id=member.person_id), secret=data["totp_secret"])
    return member.person_id


class _Client:
    """One client of the demo, and the therapist who does everything with them."""

    def __init__(self, data: Data, staff: dict[str, UUID], practice: Practice) -> None:
        self.data, self.staff, self.practice = data, staff, practice
        self.today: date = timezone.localdate()
        self.client_id: UUID

    def actor(self) -> Actor:
        return staff_actor(person_id=self.staff[self.data["lead"]], practice_id=self.practice.pk)

    @contextmanager
    def at_work(self, *classes: DataClass) -> Iterator[Actor]:
        by = self.actor()
        with opened(by, clients=[self.client_id], classes=classes, via="demo"):
            yield by

    def move_in(self) -> None:
        self._add()
        self._tell_about()
        if "cover" in self.data:
            with self.at_work(DataClass.IDENTITY) as by:
                start_care(
                    client_id=self.client_id, person_id=self.staff[self.data["cover"]], role=CareRole.COVER, by=by
                )
        if "limits" in self.data:
            self._tell_limits(self.data["limits"])
        self._treatment()
        if "sheet" in self.data:
            self._first_plan(self.data["sheet"])

    def _add(self) -> None:
        by, contact = self.actor(), dict(self.data["contact"])
        for edge in ("quiet_from", "quiet_until"):
            contact[edge] = time.fromisoformat(contact[edge]) if edge in contact else None
        with acting(by):
            new = NewClient(contact=ContactRules(**contact), **self.data["new"])
            self.client_id = create_client(new=new, by=by, via="demo")

    def _tell_about(self) -> None:
        lines = {Topic(topic): Said(words, Visibility(who)) for topic, (words, who) in self.data["about"].items()}
        changes = AboutChanges(lines=lines)
        if "interpreter" in self.data:
            mode = InterpreterMode(self.data["interpreter"])
            changes = replace(changes, interpreter_needed=Told.YES, interpreter_mode=mode)
        with self.at_work(DataClass.IDENTITY) as by:
            update_about(client_id=self.client_id, changes=changes, how=SaidHow.SAID_IN_SESSION, by=by)
            for around in self.data.get("around", []):
                add_person_around(client_id=self.client_id, around=_around(around), by=by)

    def _tell_limits(self, limits: Data) -> None:
        key, question, told = limits.get("question", ["", "", ""])
        cards = tuple(
            CardTold(
                key=card.key,
                said_back=limits["said_back"].get(card.key, ""),
                question=question if card.key == key else "",
                answer=told if card.key == key else "",
            )
            for card in card_texts().cards
        )
        how = {name: limits[name] for name in ("told_in", "interpreter", "reading_aids", "capacity")}
        with self.at_work(DataClass.CONSENT) as by:
            telling = LimitsTelling(cards=cards, how=SaidHow.SAID_IN_SESSION, **how)
            record_limits(client_id=self.client_id, telling=telling, by=by)

    def _treatment(self) -> None:
        said = Spoken(how=SaidHow.SAID_IN_SESSION)
        with self.at_work(DataClass.CONSENT) as by:
            record_spoken(client_id=self.client_id, ask=ConsentAsk(kind=ConsentKind.TREATMENT), answer=said, by=by)

    def _first_plan(self, sheet: Data) -> None:
        with self.at_work(DataClass.PLAN) as by:
            plan = start_plan(client_id=self.client_id, by=by)
            there = open_sheet(
                plan_id=plan.id, kind=SheetKind.FIRST_PLAN, how=How(sheet["how"]), by=by, present=sheet["present"]
            )
            lines = sheet["lines"]
            written = write_sheet(sheet_id=there.id, lines=[writing(line, self.today) for line in lines], by=by)
            said = [answer(line, revision, self.today) for line, revision in zip(lines, written, strict=True)]
            answer_sheet(sheet_id=there.id, answers=said, by=by)
            record_copy(sheet_id=there.id, copy=sheet["copy"], by=by)
            close_sheet(sheet_id=there.id, by=by)
            by_key = {line["key"]: revision for line, revision in zip(lines, written, strict=True)}
            for key in self.data.get("in_progress", []):
                set_progress(item_id=by_key[key].item_id, verb="start", by=by)
            if "reword" in self.data:
                self._reword(by_key[self.data["reword"]["key"]], by)
            set_pace(client_id=self.client_id, pace=sheet["pace"], said_how=How(sheet["how"]), by=by)

    def _reword(self, revision: ItemRevision, by: Actor) -> None:
        reword = self.data["reword"]
        content = content_of(ItemKind.INTERVENTION, revision.content or {})
        if not isinstance(content, InterventionContent) or content.frequency is None:
            raise TypeError("only how often something is done is worded anew here")
        frequency = Frequency(content.frequency.unit, every=reword["every"], minutes=content.frequency.minutes)
        propose_revision(
            item_id=revision.item_id,
            base=revision.number,
            content=replace(content, frequency=frequency),
            by=by,
            why=reword["why"],
        )


def _around(data: Data) -> Around:
    return Around(
        name=data["name"],
        relation=data["relation"],
        may_know=[MayKnow(part) for part in data.get("may_know", [])],
        knows_they_are_listed=Told(data.get("knows_they_are_listed", Told.NOT_ASKED)),
        emergency_contact=data.get("emergency_contact", False),
        may_be_called=Told(data.get("may_be_called", Told.NOT_ASKED)),
        phone=data.get("phone", ""),
    )
