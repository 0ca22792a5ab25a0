"""Writing one answer down (PLAN-4, PLAN-16): whose, to which bytes, how given, by whom recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from careplan.ids import uuid7
from plans.kinds import Role
from plans.models import Answer, Item, ItemRevision
from plans.services.documents import answer_document


@dataclass(frozen=True)
class Said:
    """One answer as it was given."""

    person_id: UUID
    role: Role
    choice: str
    how: str
    at: datetime
    words: str = ""
    until: date | None = None
    until_raised: bool = False
    recorded_by: UUID | None = None
    sheet_id: UUID | None = None
    present: tuple[str, ...] = ()


def write_answer(*, item: Item, revision: ItemRevision, said: Said) -> Answer:
    """Returns the stored answer, the next one of its item."""
    last = Answer.objects.filter(client_id=item.client_id, item=item).aggregate(last=Max("number"))["last"]
    number = (last or 0) + 1
    hashed = answer_document(
        item_id=item.id,
        revision=revision.sha256,
        number=number,
        person_id=said.person_id,
        role_held=said.role,
        choice=said.choice,
        words=said.words,
        until=said.until,
        until_raised=said.until_raised,
        how=said.how,
        recorded_by=said.recorded_by,
        sheet_id=said.sheet_id,
        present=said.present,
        at=said.at,
    )
    return Answer.objects.create(
        id=uuid7(),
        client_id=item.client_id,
        practice_id=item.practice_id,
        item=item,
        revision=revision,
        number=number,
        person_id=said.person_id,
        role_held=said.role,
        choice=said.choice,
        words=said.words,
        until=said.until,
        until_raised=said.until_raised,
        how=said.how,
        recorded_by_id=said.recorded_by,
        sheet_id=said.sheet_id,
        present=list(said.present),
        at=said.at,
        salt=hashed.salt,
        hashed=hashed.text,
        sha256=hashed.sha256,
    )


def same_as_last(revision: ItemRevision, said: Said) -> Answer | None:
    """Returns this person's last answer to the wording when it said the very same: a repeat, a double click."""
    last = Answer.objects.filter(revision=revision, person_id=said.person_id).order_by("-number").first()
    if last is None:
        return None
    before = (last.choice, last.words, last.until, last.until_raised)
    return last if before == (said.choice, said.words, said.until, said.until_raised) else None
