"""Signing one version, or not: who was asked, what they said, what staff noted when nobody signed (PLAN-10)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from careplan.access.models import Authority
from careplan.fields.classes import FieldClass
from plans.kinds import AttemptHow, NotSigned, RequestState, Role, SignMethod, Statement
from plans.models.record import RecordRow, a_person, known, within

OPEN_REQUESTS = (RequestState.REQUESTED, RequestState.OPENED, RequestState.QUESTIONS)


class SignatureRequest(RecordRow):
    """One signer asked about one version. It moves by the table; the answering moves are the signer's alone."""

    plan = within("plans.Plan", related_name="signature_requests")
    version = within("plans.Version", related_name="signature_requests")
    signer = a_person()
    state = models.TextField(choices=RequestState.choices, default=RequestState.REQUESTED)
    asked_at = models.DateTimeField()
    asked_by = a_person()
    state_at = models.DateTimeField()
    state_by = a_person()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "plan": FieldClass.SAFE,
        "version": FieldClass.SAFE,
        "signer": FieldClass.SAFE,
        "state": FieldClass.ADMINISTRATIVE,
        "asked_at": FieldClass.SAFE,
        "asked_by": FieldClass.SAFE,
        "state_at": FieldClass.SAFE,
        "state_by": FieldClass.SAFE,
    }

    class Meta:
        db_table = "plans_signature_request"
        constraints = [
            known("state", RequestState, "plans_signature_request_state_is_known"),
            models.UniqueConstraint(
                fields=["client_id", "version", "signer"], name="plans_signature_request_one_per_signer"
            ),
            models.UniqueConstraint(
                fields=["client_id", "signer"],
                condition=Q(state__in=OPEN_REQUESTS),
                name="plans_signature_request_one_open_per_signer",
            ),
        ]


class Signature(RecordRow):
    """What one person said of one version, in their own name; written by the database's own function alone."""

    request = within("plans.SignatureRequest", related_name="signatures")
    plan = within("plans.Plan", related_name="signatures")
    version = within("plans.Version", related_name="signatures")
    person = a_person()
    name = models.TextField(null=True)
    role_held = models.TextField(choices=Role.choices)
    authority = models.TextField(blank=True, default="")
    statement = models.TextField(choices=Statement.choices)
    notes = models.TextField(null=True, default="")
    code = models.TextField()
    method = models.TextField(choices=SignMethod.choices)
    language = models.TextField()
    interpreter = models.TextField(blank=True, default="")
    zone = models.TextField()
    at = models.DateTimeField()
    salt = models.TextField()
    hashed = models.TextField(null=True)
    sha256 = models.TextField()
    seal = models.TextField()
    key_id = models.UUIDField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "request": FieldClass.SAFE,
        "plan": FieldClass.SAFE,
        "version": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "name": FieldClass.IDENTIFYING,
        "role_held": FieldClass.SAFE,
        "authority": FieldClass.SAFE,
        "statement": FieldClass.ADMINISTRATIVE,
        "notes": FieldClass.CLINICAL,
        "code": FieldClass.SAFE,
        "method": FieldClass.ADMINISTRATIVE,
        "language": FieldClass.ADMINISTRATIVE,
        "interpreter": FieldClass.IDENTIFYING,
        "zone": FieldClass.SAFE,
        "at": FieldClass.SAFE,
        "salt": FieldClass.CLINICAL,
        "hashed": FieldClass.CLINICAL,
        "sha256": FieldClass.SAFE,
        "seal": FieldClass.SAFE,
        "key_id": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            known("statement", Statement, "plans_signature_statement_is_known"),
            known("method", SignMethod, "plans_signature_method_is_known"),
            known("role_held", Role, "plans_signature_role_is_known"),
            models.CheckConstraint(
                condition=Q(authority__in=["", *Authority.values]), name="plans_signature_authority_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(statement=Statement.RATHER_NOT), name="plans_signature_rather_not_makes_none"
            ),
            models.CheckConstraint(
                condition=Q(name__isnull=True) | ~Q(name=""), name="plans_signature_has_a_printed_name"
            ),
            models.UniqueConstraint(fields=["client_id", "request"], name="plans_signature_one_per_request"),
        ]


class NotSignedNote(RecordRow):
    """Staff's own dated note of why a version isn't signed. Nobody asks the client for a reason."""

    plan = within("plans.Plan", related_name="not_signed")
    version = within("plans.Version", related_name="not_signed")
    person = a_person()
    reason = models.TextField(choices=NotSigned.choices)
    words = models.TextField(null=True, default="")
    copy_offered = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = a_person()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "plan": FieldClass.SAFE,
        "version": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "reason": FieldClass.ADMINISTRATIVE,
        "words": FieldClass.CLINICAL,
        "copy_offered": FieldClass.ADMINISTRATIVE,
        "at": FieldClass.SAFE,
        "by": FieldClass.SAFE,
    }

    class Meta:
        db_table = "plans_not_signed"
        constraints = [known("reason", NotSigned, "plans_not_signed_reason_is_known")]


class SignAttempt(RecordRow):
    """One time somebody tried to reach a signer: when, how, by whom."""

    plan = within("plans.Plan", related_name="sign_attempts")
    version = within("plans.Version", related_name="sign_attempts")
    person = a_person()
    on = models.DateField()
    how = models.TextField(choices=AttemptHow.choices)
    at = models.DateTimeField()
    by = a_person()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "plan": FieldClass.SAFE,
        "version": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "on": FieldClass.ADMINISTRATIVE,
        "how": FieldClass.ADMINISTRATIVE,
        "at": FieldClass.SAFE,
        "by": FieldClass.SAFE,
    }

    class Meta:
        db_table = "plans_sign_attempt"
        constraints = [known("how", AttemptHow, "plans_sign_attempt_how_is_known")]
