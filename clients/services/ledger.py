"""Asking about a line of who saw it, answering that, and showing a line later on a lawful ground (AUD-3)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor, Hat
from careplan.access.classes import DataClass
from careplan.canonical import clean_text
from careplan.errors import Conflict, NotYours, Refused
from careplan.ledger import record
from clients.models import LedgerDelay, LedgerQuestion
from clients.services.change import begin_change


def ask_about_line(*, client_id: UUID, key: str, words: str = "", by: Actor) -> None:
    """Puts the client's question before the practice; words are welcome and not needed. A line is asked about once."""
    if by.hat is not Hat.CLIENT:
        raise NotYours
    change = begin_change(client_id=client_id, data_class=DataClass.MESSAGE, by=by)
    _ensure_a_line(client_id, key)
    if LedgerQuestion.objects.filter(client_id=client_id, key=key, answered_at=None).exists():
        return
    row = LedgerQuestion.objects.create(**change.keys, key=key, asked_at=change.at, asked_by=change.by)
    _tell("ledger.asked", row, clean_text(words)[:2000])


def answer_question(*, client_id: UUID, question_id: UUID, words: str, by: Actor) -> None:
    """Answers the client, who reads it beside the line. Raises Refused without words, Conflict when it was answered."""
    change = begin_change(client_id=client_id, data_class=DataClass.MESSAGE, by=by)
    said = clean_text(words)
    row = LedgerQuestion.objects.filter(client_id=client_id, id=question_id).first()
    if row is None or by.hat is not Hat.STAFF:
        raise NotYours
    if row.answered_at is not None:
        raise Conflict(_("This has been answered meanwhile."))
    if not said:
        raise Refused(_("Write what you want to tell them."))
    LedgerQuestion.objects.filter(id=row.id).update(answered_at=change.at, answered_by=change.by)
    _tell("ledger.answered", row, said)


def withhold_line(*, client_id: UUID, key: str, reason: str, ends_on: date, by: Actor) -> None:
    """Shows the client “withheld” in place of a line until a day. Needs a reason, a day to come, and a year at most."""
    change = begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    if by.hat is not Hat.STAFF:
        raise NotYours
    _ensure_a_line(client_id, key)
    today, why = timezone.localdate(), clean_text(reason)
    if not why:
        raise Refused(_("Write which law allows it, and why."))
    if not today < ends_on <= today.replace(year=today.year + 1, day=min(today.day, 28)):
        raise Refused(_("Give the day it ends: after today, within a year."))
    row = LedgerDelay.objects.create(
        **change.keys, key=key, reason=why, ends_on=ends_on, made_at=change.at, made_by=change.by
    )
    record(
        kind="ledger.withheld",
        client_id=client_id,
        object_type="ledger_delay",
        object_id=row.id,
        after=ends_on.isoformat(),
    )


def _ensure_a_line(client_id: UUID, key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from clients_client c cross join lateral "
            "guard.access_folded(c.client_id, c.time_zone, 'all', '{}', null, 0) l "
            "where c.client_id = %s and l.key = %s)",
            [client_id, key],
        )
        if not cursor.fetchone()[0]:
            raise NotYours


def _tell(kind: str, row: LedgerQuestion, words: str) -> None:
    record(kind=kind, client_id=row.client_id, object_type="ledger_question", object_id=row.id, reason=words)
