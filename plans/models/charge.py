"""Charges and what became of them (BILL-2): class billing."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from careplan.fields.classes import FieldClass
from plans.billing.kinds import UNSENT, ChargeState, Outcome, Reason
from plans.models.billing import coded
from plans.models.record import RecordRow, a_person, known, who_and_when, within


class Charge(RecordRow):
    """One kept session as it is billed. Once sent its facts never change: a correction is a new row.

    `held_for` names the recipient whose permission ended while it waited; `released`: the client let it go to that one.
    """

    session_id = models.UUIDField(null=True)
    service_on = models.DateField()
    starts_at = models.DateTimeField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    service_code = models.TextField(blank=True, default="")
    modifier = models.TextField(blank=True, default="")
    units = models.PositiveSmallIntegerField(default=1)
    place = models.TextField(blank=True, default="")
    fee = models.DecimalField(max_digits=9, decimal_places=2)
    currency = models.CharField(max_length=3, blank=True, default="")
    diagnosis_codes = ArrayField(models.TextField(), default=list)
    rendering = a_person()
    rendering_npi = models.TextField(blank=True, default="")
    rendering_licence = models.TextField(blank=True, default="")
    supervising = a_person(null=True)
    supervising_npi = models.TextField(blank=True, default="")
    supervising_licence = models.TextField(blank=True, default="")
    authorisation = within("plans.Authorisation", related_name="charges", null=True)
    corrects = within("plans.Charge", related_name="corrections", null=True)
    state = models.TextField(choices=ChargeState.choices, default=ChargeState.PLANNED)
    state_at = models.DateTimeField()
    state_by = models.UUIDField()
    reasons = ArrayField(models.TextField(), default=list)
    released = models.BooleanField(default=False)
    held_for = models.TextField(blank=True, default="", db_default="")
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    sent_to = models.TextField(blank=True, default="")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.UUIDField(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "session_id": FieldClass.SAFE,
        "service_on": FieldClass.ADMINISTRATIVE,
        "starts_at": FieldClass.ADMINISTRATIVE,
        "minutes": FieldClass.ADMINISTRATIVE,
        "service_code": FieldClass.ADMINISTRATIVE,
        "modifier": FieldClass.ADMINISTRATIVE,
        "units": FieldClass.ADMINISTRATIVE,
        "place": FieldClass.ADMINISTRATIVE,
        "fee": FieldClass.ADMINISTRATIVE,
        "currency": FieldClass.SAFE,
        "diagnosis_codes": FieldClass.CLINICAL,
        "rendering": FieldClass.SAFE,
        "rendering_npi": FieldClass.ADMINISTRATIVE,
        "rendering_licence": FieldClass.ADMINISTRATIVE,
        "supervising": FieldClass.SAFE,
        "supervising_npi": FieldClass.ADMINISTRATIVE,
        "supervising_licence": FieldClass.ADMINISTRATIVE,
        "authorisation": FieldClass.SAFE,
        "corrects": FieldClass.SAFE,
        "state": FieldClass.ADMINISTRATIVE,
        "state_at": FieldClass.SAFE,
        "state_by": FieldClass.SAFE,
        "reasons": FieldClass.ADMINISTRATIVE,
        "released": FieldClass.ADMINISTRATIVE,
        "held_for": FieldClass.ADMINISTRATIVE,
        "made_at": FieldClass.SAFE,
        "made_by": FieldClass.SAFE,
        "sent_to": FieldClass.ADMINISTRATIVE,
        "sent_at": FieldClass.SAFE,
        "sent_by": FieldClass.SAFE,
    }

    class Meta:
        indexes = [
            models.Index(fields=["practice_id", "-service_on"], name="plans_charge_of_practice"),
            models.Index(fields=["practice_id", "id"], name="plans_charge_in_order"),
            models.Index(
                fields=["client_id"],
                condition=Q(sent_at=None, state__in=[ChargeState.PLANNED, ChargeState.BILLABLE]),
                name="plans_charge_unsent",
            ),
        ]
        constraints = [
            known("state", ChargeState, "plans_charge_state_is_known"),
            coded("service_code", "plans_charge_service_is_a_code", optional=True),
            coded("modifier", "plans_charge_modifier_is_a_code", optional=True),
            models.CheckConstraint(condition=Q(place__regex="^([0-9]{2})?$"), name="plans_charge_place_is_a_code"),
            models.CheckConstraint(condition=Q(fee__gte=0), name="plans_charge_fee_is_no_debt"),
            models.CheckConstraint(condition=Q(units__gte=1), name="plans_charge_has_units"),
            models.CheckConstraint(
                condition=Q(currency__regex="^[A-Z]{3}$") | Q(service_code="", currency="", fee=0),
                name="plans_charge_has_a_currency",
            ),
            models.CheckConstraint(
                condition=Q(reasons__contained_by=Reason.values), name="plans_charge_reasons_are_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=ChargeState.BILLABLE) | ~Q(service_code=""), name="plans_charge_ready_has_its_code"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | ~Q(state__in=[s for s in UNSENT if s != ChargeState.BILLABLE]),
                name="plans_charge_sent_is_not_held",
            ),
            models.CheckConstraint(
                condition=Q(released=False) | ~Q(held_for=""), name="plans_charge_let_go_names_its_recipient"
            ),
            who_and_when("sent_by", "sent_at", "plans_charge_sending_has_its_who"),
            models.UniqueConstraint(
                fields=["client_id", "session_id"],
                condition=Q(session_id__isnull=False, corrects=None),
                name="plans_charge_one_for_a_session",
            ),
        ]


class ChargeResult(RecordRow):
    """What a recipient said became of a charge. Written once; the charge's state follows from it."""

    charge = within("plans.Charge", related_name="results")
    outcome = models.TextField(choices=Outcome.choices)
    adjudication_codes = ArrayField(models.TextField(), default=list)
    payer_control_number = models.TextField(blank=True, default="")
    allowed = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    paid = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    client_owes = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    decided_on = models.DateField(null=True)
    said_at = models.DateTimeField()
    said_by = models.UUIDField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "charge": FieldClass.SAFE,
        "outcome": FieldClass.ADMINISTRATIVE,
        "adjudication_codes": FieldClass.ADMINISTRATIVE,
        "payer_control_number": FieldClass.ADMINISTRATIVE,
        "allowed": FieldClass.ADMINISTRATIVE,
        "paid": FieldClass.ADMINISTRATIVE,
        "client_owes": FieldClass.ADMINISTRATIVE,
        "decided_on": FieldClass.ADMINISTRATIVE,
        "said_at": FieldClass.SAFE,
        "said_by": FieldClass.SAFE,
    }

    class Meta:
        db_table = "plans_charge_result"
        constraints = [
            known("outcome", Outcome, "plans_charge_result_outcome_is_known"),
            coded("payer_control_number", "plans_charge_result_control_is_a_code", optional=True),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.PAID) | Q(paid__isnull=False),
                name="plans_charge_result_paid_says_how_much",
            ),
        ]
