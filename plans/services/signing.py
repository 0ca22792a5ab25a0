"""Asking for signatures, signing, and noting why not (PLAN-10). What was agreed needs none of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor
from careplan.access.models import CareRelationship, CareRole, Decider
from careplan.accounts.practice_keys import seal_for_practice
from careplan.canonical import clean_text
from careplan.errors import Conflict, NotYours, Refused
from careplan.ids import uuid7
from careplan.ledger import record
from clients.selectors.permits import signs_on_paper
from plans.kinds import (
    SIGN_CODES,
    STAFF_SIGN_CODES,
    AttemptHow,
    NotSigned,
    NumberWhy,
    RequestState,
    Role,
    SignMethod,
    Statement,
)
from plans.models import NotSignedNote, Plan, SignAttempt, Signature, SignatureRequest, Version, VersionNumber
from plans.models.signing import OPEN_REQUESTS
from plans.moves import REQUEST_MOVES
from plans.selectors.acting import is_staff, now, role_of
from plans.selectors.people import deciders_of
from plans.selectors.signing import replaced_since
from plans.services.documents import signature_document
from plans.services.head import changing, find, person_of
from plans.services.versions import number_version

ON_PAPER = _("You sign on paper, as you said. Ask for a printed copy; to sign here again, look at My permissions.")
REPLACED = _("Words of this version have been replaced since. Here is what moved; nothing of yours is lost.")


@dataclass(frozen=True)
class Signing:
    """What a signer says: which of the four, in what name, and how it was read."""

    statement: str
    name: str = ""
    notes: str = ""
    language: str = "en"
    interpreter: str = ""
    zone: str = "UTC"


def ask_to_sign(*, plan_id: UUID, by: Actor) -> list[SignatureRequest]:
    """Returns the requests about the latest version: one to each decider and lead who has none yet.

    The version gets its number; requests about an earlier one end. Raises Refused when nothing is in force.
    """
    plan = find(Plan, plan_id)
    with changing(plan.client_id) as at:
        version = _latest(plan)
        number_version(version_id=version.id, why=NumberWhy.SIGN_OFF, by=by)
        _end_earlier(version, by=person_of(by), at=at)
        asked = set(SignatureRequest.objects.filter(version=version).values_list("signer_id", flat=True))
        wanted = [person for person in _signers(plan.client_id) if person not in asked]
        return [_ask(version, signer, by=person_of(by), at=at) for signer in wanted]


def ask_supervisor(*, plan_id: UUID, person_id: UUID, by: Actor) -> SignatureRequest:
    """Returns the request to a supervisor of record about the latest version. Raises NotYours for anybody else."""
    plan = find(Plan, plan_id)
    supervisors = CareRelationship.objects.filter(client_id=plan.client_id, role=CareRole.SUPERVISOR, until=None)
    if not supervisors.filter(person_id=person_id).exists():
        raise NotYours
    with changing(plan.client_id) as at:
        version = _latest(plan)
        number_version(version_id=version.id, why=NumberWhy.SIGN_OFF, by=by)
        there = SignatureRequest.objects.filter(version=version, signer_id=person_id).first()
        return there or _ask(version, person_id, by=person_of(by), at=at)


def answer_request(*, request_id: UUID, verb: str, by: Actor) -> None:
    """Notes that the signer has read it (`open`), has a question first (`ask`), or would rather not (`rather_not`).

    Only the signer; a repeat changes nothing. Raises NotYours, Refused when it has been answered.
    """
    request = _asked_of(request_id, by)
    move = REQUEST_MOVES.move(request.state, verb) if request.state in OPEN_REQUESTS else None
    if move is None:
        if request.state == RequestState.DECLINED and verb == "rather_not":
            return
        raise Refused(_("This has been answered already."))
    with connection.cursor() as cursor:
        cursor.execute("select guard.plans_answer_request(%s, %s)", [request_id, move.to])


def sign(*, request_id: UUID, said: Signing, by: Actor) -> Signature | None:
    """Returns the signature; None for “I'd rather not”, which ends the request and makes none. Twice makes one.

    The page has asked for the password or passkey within five minutes. Raises Conflict with what moved when words of
    the version were replaced meanwhile, Refused for a missing name, an unknown statement, or a client who signs on
    paper, NotYours.
    """
    if said.statement == Statement.RATHER_NOT:
        answer_request(request_id=request_id, verb="rather_not", by=by)
        return None
    request = _asked_of(request_id, by)
    there = Signature.objects.filter(request=request).first()
    if there is not None:
        return there
    if request.state not in OPEN_REQUESTS:
        raise Refused(_("This has been answered already."))
    _ensure_complete(said)
    _ensure_unreplaced(request)
    return _write(request, said, by)


def note_not_signed(
    *, version_id: UUID, person_id: UUID, reason: str, words: str, copy_offered: bool, by: Actor
) -> NotSignedNote:
    """Returns staff's own note of why somebody hasn't signed; “unable” also ends the asking."""
    if reason not in NotSigned.values:
        raise Refused(_("Choose which it is."))
    version = find(Version, version_id)
    with changing(version.client_id) as at:
        _ensure_signer(version.client_id, person_id)
        if Signature.objects.filter(version=version, person_id=person_id).exists():
            raise Refused(_("They have signed this version."))
        made = NotSignedNote.objects.create(
            id=uuid7(),
            client_id=version.client_id,
            practice_id=version.practice_id,
            plan_id=version.plan_id,
            version=version,
            person_id=person_id,
            reason=reason,
            words=clean_text(words),
            copy_offered=copy_offered,
            at=at,
            by_id=person_of(by),
        )
        _tell(version, "signature.not_signed", "not_signed", made.id, after=reason)
        if reason == NotSigned.UNABLE:
            _end(SignatureRequest.objects.filter(version=version, signer_id=person_id), "note_unable", by, at)
        return made


def note_attempt(*, version_id: UUID, person_id: UUID, on: date, how: str, by: Actor) -> SignAttempt:
    """Returns the note that somebody tried to reach a signer."""
    if how not in AttemptHow.values:
        raise Refused(_("Say how you tried to reach them."))
    version = find(Version, version_id)
    with changing(version.client_id) as at:
        _ensure_signer(version.client_id, person_id)
        if on > at.date():
            raise Refused(_("An attempt has been made already; choose its day."))
        made = SignAttempt.objects.create(
            id=uuid7(),
            client_id=version.client_id,
            practice_id=version.practice_id,
            plan_id=version.plan_id,
            version=version,
            person_id=person_id,
            on=on,
            how=how,
            at=at,
            by_id=person_of(by),
        )
        _tell(version, "signature.attempt", "sign_attempt", made.id, after=how)
        return made


def _latest(plan: Plan) -> Version:
    version = Version.objects.filter(client_id=plan.client_id, plan=plan).order_by("-sequence").first()
    if version is None or not version.revision_ids:
        raise Refused(_("Nothing is in force yet, so there is nothing to sign. What was agreed counts without it."))
    return version


def _signers(client_id: UUID) -> list[UUID]:
    leads = CareRelationship.objects.filter(client_id=client_id, role=CareRole.LEAD, until=None)
    return [decider.person_id for decider in deciders_of(client_id)] + list(leads.values_list("person_id", flat=True))


def _ensure_signer(client_id: UUID, person_id: UUID) -> None:
    if not Decider.objects.filter(client_id=client_id, person_id=person_id).exists():
        raise NotYours


def _ask(version: Version, signer_id: UUID, *, by: UUID, at: datetime) -> SignatureRequest:
    request = SignatureRequest.objects.create(
        id=uuid7(),
        client_id=version.client_id,
        practice_id=version.practice_id,
        plan_id=version.plan_id,
        version=version,
        signer_id=signer_id,
        asked_at=at,
        asked_by_id=by,
        state_at=at,
        state_by_id=by,
    )
    role = role_of(version.client_id, signer_id)
    _tell(version, "signature.requested", "signature_request", request.id, after=role)
    return request


def _end_earlier(version: Version, *, by: UUID, at: datetime) -> None:
    earlier = SignatureRequest.objects.filter(plan_id=version.plan_id, state__in=OPEN_REQUESTS).exclude(version=version)
    for request in earlier:
        _move(request, "stop_asking", by=by, at=at)


def _end(requests: object, verb: str, by: Actor, at: datetime) -> None:
    for request in requests:  # type: ignore[attr-defined]
        if REQUEST_MOVES.can(request.state, verb):
            _move(request, verb, by=person_of(by), at=at)


def _move(request: SignatureRequest, verb: str, *, by: UUID, at: datetime) -> None:
    move = REQUEST_MOVES.apply(request, verb, state_at=at, state_by_id=by)
    record(
        kind="signature.ended",
        client_id=request.client_id,
        object_type="signature_request",
        object_id=request.id,
        before=move.source,
        after=move.to,
    )


def _asked_of(request_id: UUID, by: Actor) -> SignatureRequest:
    request = find(SignatureRequest, request_id)
    if request.signer_id != by.person_id:
        raise NotYours
    return request


def _ensure_complete(said: Signing) -> None:
    if said.statement not in Statement.values:
        raise Refused(_("Choose which is true for you."))
    if not clean_text(said.name).strip():
        raise Refused(_("Type the name you go by."))


def _ensure_unreplaced(request: SignatureRequest) -> None:
    moved = replaced_since(request.client_id, request.version_id)
    if moved:
        raise Conflict(REPLACED, lines=moved)


def _write(request: SignatureRequest, said: Signing, by: Actor) -> Signature:
    role = role_of(request.client_id, request.signer_id)
    staff = is_staff(role)
    if staff and said.statement != Statement.MINE:
        raise Refused(_("At work a signature says that you stand by this version. To disagree, answer the line."))
    if not staff and signs_on_paper(request.client_id):
        raise Refused(ON_PAPER)
    authority = Decider.objects.filter(client_id=request.client_id, person_id=request.signer_id, until=None)
    number = VersionNumber.objects.get(version_id=request.version_id)
    text = signature_document(
        plan_id=request.plan_id,
        version=Version.objects.values_list("sha256", flat=True).get(id=request.version_id),
        number=number.number,
        request_id=request.id,
        person_id=request.signer_id,
        name=" ".join(clean_text(said.name).split()),
        role=role,
        authority=authority.values_list("authority", flat=True).first() or "",
        statement=said.statement,
        notes=clean_text(said.notes) if said.statement == Statement.PARTS else "",
        code=STAFF_SIGN_CODES[Role(role)] if staff else SIGN_CODES[Statement(said.statement)],
        method=SignMethod.PRACTICE if staff else SignMethod.PORTAL,
        language=said.language,
        interpreter=clean_text(said.interpreter),
        zone=said.zone,
        at=now(),
    )
    return _sealed(request, text.text)


def _sealed(request: SignatureRequest, text: str) -> Signature:
    signature_id = uuid7()
    seal = seal_for_practice(text, practice_id=request.practice_id)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "select guard.plans_sign(%s, %s, %s, %s, %s)",
                [signature_id, request.id, text, seal.signature, seal.key_id],
            )
    except DatabaseError as lost:
        there = Signature.objects.filter(request=request).first()
        if there is not None:
            return there
        _ensure_unreplaced(request)
        raise Conflict(_("This has moved on while you were reading. Please look again.")) from lost
    return Signature.objects.get(id=signature_id)


def _tell(version: Version, kind: str, what: str, object_id: UUID, *, after: str) -> None:
    record(
        kind=kind,
        client_id=version.client_id,
        object_type=what,
        object_id=object_id,
        after=after,
        detail={"version": version.sha256},
    )
