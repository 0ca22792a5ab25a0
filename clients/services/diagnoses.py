"""Diagnoses of a record (PLAN-2): written by clinicians, told to the client, seen by them in their own words."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from careplan.access.actor import Actor, Hat
from careplan.access.classes import DataClass
from careplan.access.models import Member
from careplan.accounts.models import User
from careplan.canonical import clean_text
from careplan.errors import Conflict, NotYours, Refused
from careplan.ledger import record
from clients.models import Certainty, CodeSystem, Diagnosis, DiagnosisEnd, DiagnosisView, DiagnosisWording, How
from clients.services.change import MOVED, Change, begin_change, clean_line, may_write


@dataclass(frozen=True)
class Called:
    """What a diagnosis is called: a code out of a list, where there is one, and the label staff type."""

    label: str
    code_system: CodeSystem = CodeSystem.NONE
    code: str = ""
    certainty: Certainty = Certainty.PROVISIONAL


def record_diagnosis(*, client_id: UUID, called: Called, shared: bool, by: Actor) -> UUID:
    """The id of a new diagnosis. `shared` says that it has been talked over with the client, who may then read it."""
    columns = _columns(called)
    change = _begin(client_id, by)
    told = {"shared_at": change.at, "shared_by": change.by} if shared else {}
    row = Diagnosis.objects.create(**change.keys, begun_at=change.at, begun_by=change.by, **told)
    _word(change, row.id, 1, columns)
    _tell("diagnosis.recorded", row)
    if shared:
        _tell("diagnosis.shared", row)
    return row.id


def reword_diagnosis(*, client_id: UUID, diagnosis_id: UUID, called: Called, seen: int, by: Actor) -> None:
    """Calls it something else from now on. Raises Conflict when `seen`, the number on the page, isn't the last."""
    columns = _columns(called)
    change = _begin(client_id, by)
    row = _standing(client_id, diagnosis_id)
    latest = DiagnosisWording.objects.filter(client_id=client_id, diagnosis=row).latest("number")
    if latest.number != seen:
        raise Conflict(MOVED)
    if all(getattr(latest, name) == value for name, value in columns.items()):
        return
    _word(change, row.id, latest.number + 1, columns)
    _tell("diagnosis.reworded", row)


def share_diagnosis(*, client_id: UUID, diagnosis_id: UUID, by: Actor) -> None:
    """Says that it has been talked over with the client, who may read it from now on. It can't be taken back."""
    change = _begin(client_id, by)
    row = _standing(client_id, diagnosis_id)
    if row.shared_at is not None:
        return
    Diagnosis.objects.filter(id=row.id).update(shared_at=change.at, shared_by=change.by)
    _tell("diagnosis.shared", row)


def end_diagnosis(*, client_id: UUID, diagnosis_id: UUID, ended_as: DiagnosisEnd, by: Actor) -> None:
    """Ends it today; what was written stays in the record. One entered in error is no longer shown to the client."""
    change = _begin(client_id, by)
    row = _standing(client_id, diagnosis_id)
    Diagnosis.objects.filter(id=row.id).update(ended_as=DiagnosisEnd(ended_as), ended_at=change.at, ended_by=change.by)
    _tell("diagnosis.ended", row, after=str(ended_as))


def write_own_view(*, client_id: UUID, diagnosis_id: UUID, words: str, how: How, by: Actor) -> None:
    """Keeps how the client sees it, in their words; empty words take it back.

    By the client's own hand, or written down as they said it while they have no pages of their own (PLAN-3).
    """
    change = begin_change(client_id=client_id, data_class=DataClass.PLAN, by=by)
    row = _standing(client_id, diagnosis_id)
    _ensure_theirs(client_id, how, by)
    said = clean_text(words)
    last = DiagnosisView.objects.filter(client_id=client_id, diagnosis=row).order_by("-written_at", "-id").first()
    if said == (last.words if last else ""):
        return
    DiagnosisView.objects.create(
        **change.keys, diagnosis_id=row.id, words=said, how=how, written_at=change.at, written_by=change.by
    )
    _tell("diagnosis.own_view", row)


def may_write_diagnoses(client_id: UUID) -> bool:
    """Says whether this request may write them: whoever writes both notes and the plan. The database says the same."""
    return may_write(client_id, DataClass.NOTE) and may_write(client_id, DataClass.PLAN)


def has_account(client_id: UUID) -> bool:
    """Says whether somebody for whom the record stands signs in: then nobody writes their words for them."""
    members = Member.objects.filter(client_id=client_id, until=None).values("person_id")
    return User.objects.filter(person_id__in=members).exists()


def _begin(client_id: UUID, by: Actor) -> Change:
    change = begin_change(client_id=client_id, data_class=DataClass.NOTE, by=by)
    if not may_write(client_id, DataClass.PLAN):
        raise NotYours
    return change


def _standing(client_id: UUID, diagnosis_id: UUID) -> Diagnosis:
    row = Diagnosis.objects.filter(client_id=client_id, id=diagnosis_id).first()
    if row is None:
        raise NotYours
    if row.ended_at is not None:
        raise Conflict("This diagnosis has been ended meanwhile.")
    return row


def _ensure_theirs(client_id: UUID, how: How, by: Actor) -> None:
    own_hand = by.hat is Hat.CLIENT
    if own_hand != (how == How.OWN_HAND_PORTAL):
        raise Refused("Only the client writes in their own pages.")
    if not own_hand and has_account(client_id):
        raise Refused("These are the client’s own words. They write them in their own pages.")


def _columns(called: Called) -> dict[str, object]:
    label, code = clean_line(called.label), clean_line(called.code)
    if not label:
        raise Refused("Write what it is called.")
    if called.code_system == CodeSystem.NONE and code:
        raise Refused("Say which list the code is from.")
    if called.code_system != CodeSystem.NONE and not code:
        raise Refused("Write the code, or choose “No code”.")
    return {"label": label, "code_system": called.code_system, "code": code, "certainty": called.certainty}


def _word(change: Change, diagnosis_id: UUID, number: int, columns: dict[str, object]) -> None:
    DiagnosisWording.objects.create(
        **change.keys,
        diagnosis_id=diagnosis_id,
        number=number,
        **columns,
        written_at=change.at,
        written_by=change.by,
    )


def _tell(kind: str, row: Diagnosis, after: str = "") -> None:
    record(kind=kind, client_id=row.client_id, object_type="diagnosis", object_id=row.id, after=after)
