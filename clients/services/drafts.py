"""What is typed into a record's forms, kept a few seconds after it was: the writer's alone, no part of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.access.models import Record
from careplan.canonical import clean_text
from careplan.errors import NotYours
from careplan.ids import uuid7
from clients.models import FormDraft
from clients.services.change import may_write

NEVER_KEPT = ("csrfmiddlewaretoken", "do", "password")


def keep_form(*, client_id: UUID, key: str, typed: Mapping[str, Sequence[str]], by: Actor) -> None:
    """Keeps a form as it is typed so far; a password never is. Raises NotYours for a mere reader."""
    practice_id = Record.objects.filter(client_id=client_id).values_list("practice_id", flat=True).first()
    if by.person_id is None or practice_id is None or not may_write(client_id, DataClass.IDENTITY):
        raise NotYours
    kept = {name: [clean_text(each) for each in said] for name, said in typed.items() if name not in NEVER_KEPT}
    FormDraft.objects.update_or_create(
        client_id=client_id,
        person_id=by.person_id,
        key=key,
        defaults={"content": kept, "at": _now()},
        create_defaults={"id": uuid7(), "practice_id": practice_id, "content": kept, "at": _now()},
    )


def forget_form(*, client_id: UUID, key: str, by: Actor) -> None:
    """Empties what was kept of a form once it was sent."""
    FormDraft.objects.filter(client_id=client_id, person=by.person_id, key=key).update(content={}, at=_now())


def _now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("select guard.now()")
        now: datetime = cursor.fetchone()[0]
    return now
