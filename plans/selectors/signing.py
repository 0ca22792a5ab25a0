"""How a plan stands as to signatures: derived, never stored (PLAN-11)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from careplan.access.models import CareRelationship, CareRole
from careplan.errors import NotYours
from clients.selectors.permits import signs_on_paper
from clients.selectors.staff import named_by
from plans.content import content_of, title_of
from plans.kinds import AttemptHow, NotSigned, RequestState, Role, SignatureStatus, Statement
from plans.models import (
    ItemRevision,
    NotSignedNote,
    SignAttempt,
    Signature,
    SignatureRequest,
    Standing,
    Version,
    VersionNumber,
)
from plans.models.signing import OPEN_REQUESTS
from plans.selectors.people import deciders_of, names_of
from plans.selectors.sheet_lines import text_of


@dataclass(frozen=True)
class SigningNow:
    """The status billing reads, and the version it is about; `number` and `sha256` are empty without a version."""

    status: SignatureStatus
    version_id: UUID | None
    number: int | None
    sha256: str
    at: datetime | None


def signature_status(client_id: UUID) -> SigningNow:
    """Returns how the plan of an opened record stands: opened for plan or for billing. One query. Raises NotYours."""
    with connection.cursor() as cursor:
        cursor.execute("select * from guard.plans_signature_status(%s)", [client_id])
        row = cursor.fetchone()
    if row is None:
        raise NotYours
    status, version_id, number, sha256, at = row
    return SigningNow(SignatureStatus(status), version_id, number, sha256 or "", at)


def replaced_since(client_id: UUID, version_id: UUID) -> list[dict[str, Any]]:
    """Returns the lines of a version whose words have been replaced since, each with title, before and after."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.plans_replaced_since(%s, %s)", [client_id, version_id])
        item_ids = cursor.fetchone()[0]
    if not item_ids:
        return []
    held = Version.objects.values_list("revision_ids", flat=True).get(id=version_id)
    before = {row.item_id: row for row in _wordings(list(held)) if row.item_id in set(item_ids)}
    now = Standing.objects.filter(client_id=client_id, item_id__in=item_ids)
    after = {row.item_id: row for row in _wordings([each.in_force_id for each in now if each.in_force_id])}
    return [
        {"title": _title(before[item]), "before": _text(before[item]), "after": _text(after[item])}
        for item in item_ids
        if item in before and item in after
    ]


def _wordings(revision_ids: list[UUID]) -> list[ItemRevision]:
    return list(ItemRevision.objects.filter(id__in=revision_ids).select_related("item"))


def _title(row: ItemRevision) -> str:
    return title_of(content_of(row.item.kind, row.content or {}, statement_type=row.item.statement_type))


def _text(row: ItemRevision) -> str:
    return text_of(content_of(row.item.kind, row.content or {}, statement_type=row.item.statement_type))


@dataclass(frozen=True)
class Asked:
    """One signer of a version: how far they are, and what staff noted meanwhile."""

    request_id: UUID | None
    person_id: UUID
    name: str
    is_me: bool
    is_client: bool
    state: RequestState | None
    at: datetime | None
    signature: Signature | None
    notes: tuple[NotSignedNote, ...]
    attempts: tuple[SignAttempt, ...]

    @property
    def words(self) -> str:
        """How far it is, in words."""
        if self.signature is not None:
            return Statement(self.signature.statement).label
        if self.state is not None and self.state not in OPEN_REQUESTS:
            return str(self.state.label)
        if self.notes:
            return f"{NotSigned(self.notes[0].reason).label}, noted"
        return str(self.state.label) if self.state else "Not asked"

    @property
    def is_open(self) -> bool:
        """Whether their answer is waited for."""
        return self.state in OPEN_REQUESTS

    @property
    def tried(self) -> tuple[str, ...]:
        """The attempts to reach them, in words."""
        return tuple(f"{each.on.day} {each.on:%B %Y}, {AttemptHow(each.how).label.lower()}" for each in self.attempts)


@dataclass(frozen=True)
class SignOff:
    """Everything about the signatures of one version, and of the plan as a whole."""

    version_id: UUID
    number: int | None
    sha256: str
    at: datetime
    is_latest: bool
    signers: tuple[Asked, ...]
    now: SigningNow
    on_paper: bool = False
    supervisors: tuple[tuple[UUID, str], ...] = ()

    @property
    def mine(self) -> Asked | None:
        """The reader's own place in it."""
        return next((signer for signer in self.signers if signer.is_me), None)


def sign_off(client_id: UUID, version_id: UUID, person_id: UUID | None) -> SignOff:
    """Returns the signatures of a version of an opened record. Eleven queries. Raises NotYours."""
    version = Version.objects.filter(client_id=client_id, id=version_id).defer("snapshot", "manifest").first()
    if version is None:
        raise NotYours
    requests = {row.signer_id: row for row in SignatureRequest.objects.filter(version=version)}
    people = list(dict.fromkeys([*(each.person_id for each in deciders_of(client_id)), *requests]))
    signed = {row.person_id: row for row in Signature.objects.filter(version=version)}
    notes = list(NotSignedNote.objects.filter(version=version).order_by("-at"))
    attempts = list(SignAttempt.objects.filter(version=version).order_by("-on", "-at"))
    names = names_of(client_id, people)
    deciding = {each.person_id for each in deciders_of(client_id)}
    latest = Version.objects.filter(client_id=client_id, plan_id=version.plan_id).order_by("-sequence").first()
    signers = tuple(
        _asked(person, requests.get(person), signed.get(person), notes, attempts, names, person_id, deciding)
        for person in people
    )
    number = VersionNumber.objects.filter(version=version).values_list("number", flat=True).first()
    return SignOff(
        version_id=version.id,
        number=number,
        sha256=version.sha256,
        at=version.at,
        is_latest=latest is not None and latest.id == version.id,
        signers=signers,
        now=signature_status(client_id),
        on_paper=signs_on_paper(client_id),
        supervisors=_supervisors(client_id, asked=requests),
    )


def _supervisors(client_id: UUID, *, asked: Collection[UUID]) -> tuple[tuple[UUID, str], ...]:
    """Who could countersign and hasn't been asked: the supervisors of record now, by name."""
    places = CareRelationship.objects.filter(client_id=client_id, role=CareRole.SUPERVISOR, until=None)
    named = places.exclude(person_id__in=asked).annotate(called=named_by("person_id")).order_by("called")
    return tuple(named.values_list("person_id", "called"))


def _asked(
    person: UUID,
    request: SignatureRequest | None,
    signature: Signature | None,
    notes: list[NotSignedNote],
    attempts: list[SignAttempt],
    names: dict[UUID, str],
    me: UUID | None,
    deciding: set[UUID],
) -> Asked:
    return Asked(
        request_id=request.id if request else None,
        person_id=person,
        name=names.get(person, ""),
        is_me=person == me,
        is_client=person in deciding,
        state=RequestState(request.state) if request else None,
        at=request.state_at if request else None,
        signature=signature,
        notes=tuple(note for note in notes if note.person_id == person),
        attempts=tuple(each for each in attempts if each.person_id == person),
    )


@dataclass(frozen=True)
class ToSign:
    """A request as its signer meets it."""

    request_id: UUID
    version_id: UUID
    number: int
    state: RequestState
    asked_at: datetime
    asked_by: str

    @property
    def is_open(self) -> bool:
        """Whether it still takes an answer."""
        return self.state in OPEN_REQUESTS


def waiting_to_sign(client_id: UUID, person_id: UUID | None) -> ToSign | None:
    """Returns what the person is asked to sign now, or None. Four queries."""
    request = SignatureRequest.objects.filter(client_id=client_id, signer_id=person_id, state__in=OPEN_REQUESTS).first()
    return _to_sign(request) if request else None


def items_of(version_id: UUID) -> list[UUID]:
    """Returns the lines that a version holds. Two queries."""
    held = Version.objects.values_list("revision_ids", flat=True).get(id=version_id)
    return list(ItemRevision.objects.filter(id__in=held).values_list("item_id", flat=True))


def to_sign(client_id: UUID, request_id: UUID, person_id: UUID | None) -> ToSign:
    """Returns a request of theirs, answered or not. Raises NotYours for any other."""
    request = SignatureRequest.objects.filter(client_id=client_id, id=request_id, signer_id=person_id).first()
    if request is None:
        raise NotYours
    return _to_sign(request)


def _to_sign(request: SignatureRequest) -> ToSign:
    return ToSign(
        request_id=request.id,
        version_id=request.version_id,
        number=VersionNumber.objects.values_list("number", flat=True).get(version_id=request.version_id),
        state=RequestState(request.state),
        asked_at=request.asked_at,
        asked_by=names_of(request.client_id, [request.asked_by_id]).get(request.asked_by_id, ""),
    )


@dataclass(frozen=True)
class Receipt:
    """A signature to keep: what was said of which version, and what proves it."""

    signature_id: UUID
    number: int
    version_id: UUID
    version_sha256: str
    name: str
    statement: str
    notes: str
    at: datetime
    sha256: str
    role: str
    interpreter: str = ""


def receipts(client_id: UUID, person_id: UUID | None = None) -> list[Receipt]:
    """Returns the signatures of a record, newest first; only this person's when one is named. Two queries."""
    rows = Signature.objects.filter(client_id=client_id).select_related("version").defer("version__snapshot")
    rows = rows.filter(person_id=person_id) if person_id else rows
    numbers = dict(VersionNumber.objects.filter(client_id=client_id).values_list("version_id", "number"))
    return [
        Receipt(
            signature_id=row.id,
            number=numbers.get(row.version_id, 0),
            version_id=row.version_id,
            version_sha256=row.version.sha256,
            name=row.name or "",
            statement=Statement(row.statement).label,
            notes=row.notes or "",
            at=row.at,
            sha256=row.sha256,
            role=Role(row.role_held).label,
            interpreter=row.interpreter,
        )
        for row in rows.order_by("-at")
    ]


def receipt(client_id: UUID, signature_id: UUID) -> Receipt:
    """Returns one signature of the record. Raises NotYours."""
    found = [each for each in receipts(client_id) if each.signature_id == signature_id]
    if not found:
        raise NotYours
    return found[0]
