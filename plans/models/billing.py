"""What a claim needs besides the plan (BILL-8): class billing. And the practice's own list of codes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from careplan.fields.classes import FieldClass
from careplan.ids import uuid7
from plans.billing.kinds import AdministrativeSex, Relation
from plans.models.record import RecordRow, a_person, known, who_and_when

CODE = r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$"
OPTIONAL_CODE = r"^([A-Za-z0-9][A-Za-z0-9._/-]{0,39})?$"


def coded(column: str, name: str, *, optional: bool = False) -> models.CheckConstraint:
    """The rule that a column holds a code or a number, and no sentence: it is shown to billing."""
    return models.CheckConstraint(condition=Q(**{f"{column}__regex": OPTIONAL_CODE if optional else CODE}), name=name)


class ServiceCode(models.Model):
    """One service of the practice's own list, in its own words: no descriptors of anybody's manual are shipped."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice = models.ForeignKey("careplan.Practice", on_delete=models.PROTECT, related_name="service_codes")
    code = models.TextField()
    modifier = models.TextField(blank=True, default="")
    name = models.TextField()
    minutes = models.PositiveSmallIntegerField(null=True)
    fee = models.DecimalField(max_digits=9, decimal_places=2)
    currency = models.CharField(max_length=3)
    before_plan = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    retired_at = models.DateTimeField(null=True)
    retired_by = models.UUIDField(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "practice": FieldClass.SAFE,
        "code": FieldClass.ADMINISTRATIVE,
        "modifier": FieldClass.ADMINISTRATIVE,
        "name": FieldClass.ADMINISTRATIVE,
        "minutes": FieldClass.ADMINISTRATIVE,
        "fee": FieldClass.ADMINISTRATIVE,
        "currency": FieldClass.SAFE,
        "before_plan": FieldClass.ADMINISTRATIVE,
        "made_at": FieldClass.SAFE,
        "made_by": FieldClass.SAFE,
        "retired_at": FieldClass.SAFE,
        "retired_by": FieldClass.SAFE,
    }

    class Meta:
        db_table = "plans_service_code"
        constraints = [
            coded("code", "plans_service_code_is_a_code"),
            coded("modifier", "plans_service_code_modifier_is_a_code", optional=True),
            models.CheckConstraint(condition=~Q(name=""), name="plans_service_code_has_a_name"),
            models.CheckConstraint(condition=Q(fee__gte=0), name="plans_service_code_fee_is_no_debt"),
            models.CheckConstraint(condition=Q(currency__regex="^[A-Z]{3}$"), name="plans_service_code_has_a_currency"),
            models.UniqueConstraint(
                fields=["practice", "code", "modifier"],
                condition=Q(retired_at=None),
                name="plans_service_code_once_in_a_practice",
            ),
            who_and_when("retired_by", "retired_at", "plans_service_code_end_has_its_who"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.modifier}".strip()


class ClinicianNumber(models.Model):
    """The NPI by which a claim calls a member of staff; their licence stands with their licences."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice = models.ForeignKey("careplan.Practice", on_delete=models.PROTECT, related_name="+")
    person = a_person()
    npi = models.TextField(blank=True, default="")
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "practice": FieldClass.SAFE,
        "person": FieldClass.SAFE,
        "npi": FieldClass.ADMINISTRATIVE,
        "changed_at": FieldClass.SAFE,
        "changed_by": FieldClass.SAFE,
    }

    class Meta:
        db_table = "plans_clinician_number"
        constraints = [
            models.CheckConstraint(condition=Q(npi__regex="^([0-9]{10})?$"), name="plans_clinician_number_npi_has_ten"),
            models.UniqueConstraint(fields=["practice", "person"], name="plans_clinician_number_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class BillingDetails(RecordRow):
    """What a claim has to say about a client beyond their legal name and birth date."""

    address = models.TextField(blank=True, default="")
    administrative_sex = models.TextField(choices=AdministrativeSex.choices, blank=True, default="")
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "address": FieldClass.IDENTIFYING,
        "administrative_sex": FieldClass.IDENTIFYING,
        "changed_at": FieldClass.SAFE,
        "changed_by": FieldClass.SAFE,
    }

    class Meta:
        db_table = "plans_billing_details"
        constraints = [
            known("administrative_sex", AdministrativeSex, "plans_billing_details_sex_is_known"),
            models.UniqueConstraint(fields=["client_id"], name="plans_billing_details_once"),
        ]


class Coverage(RecordRow):
    """Who pays: payer, member id, who holds the policy and what the client is to them."""

    payer = models.TextField()
    payer_id = models.TextField(blank=True, default="")
    profile = models.TextField()
    member_id = models.TextField()
    subscriber = models.TextField(blank=True, default="")
    relation = models.TextField(choices=Relation.choices)
    rank = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "payer": FieldClass.IDENTIFYING,
        "payer_id": FieldClass.ADMINISTRATIVE,
        "profile": FieldClass.ADMINISTRATIVE,
        "member_id": FieldClass.IDENTIFYING,
        "subscriber": FieldClass.IDENTIFYING,
        "relation": FieldClass.IDENTIFYING,
        "rank": FieldClass.ADMINISTRATIVE,
        "starts_on": FieldClass.ADMINISTRATIVE,
        "ends_on": FieldClass.ADMINISTRATIVE,
        "made_at": FieldClass.SAFE,
        "made_by": FieldClass.SAFE,
        "ended_at": FieldClass.SAFE,
        "ended_by": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(payer=""), name="plans_coverage_names_its_payer"),
            coded("payer_id", "plans_coverage_payer_id_is_a_code", optional=True),
            coded("member_id", "plans_coverage_member_id_is_a_code"),
            known("relation", Relation, "plans_coverage_relation_is_known"),
            models.CheckConstraint(
                condition=Q(relation=Relation.SELF) | ~Q(subscriber=""), name="plans_coverage_names_its_subscriber"
            ),
            models.CheckConstraint(condition=Q(rank__gte=1), name="plans_coverage_rank_counts_from_one"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="plans_coverage_ends_after_it_starts",
            ),
            who_and_when("ended_by", "ended_at", "plans_coverage_end_has_its_who"),
        ]


class ExternalId(RecordRow):
    """What another system calls this client (BILL-8). `set_for`: whose system it is; no other recipient sees it."""

    set_for = models.TextField(blank=True, default="")
    system = models.TextField()
    value = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "set_for": FieldClass.ADMINISTRATIVE,
        "system": FieldClass.ADMINISTRATIVE,
        "value": FieldClass.IDENTIFYING,
        "changed_at": FieldClass.SAFE,
        "changed_by": FieldClass.SAFE,
    }

    class Meta:
        db_table = "plans_external_id"
        constraints = [
            coded("system", "plans_external_id_system_is_a_code"),
            coded("value", "plans_external_id_value_is_a_code"),
        ]


class Authorisation(RecordRow):
    """What a payer allowed beforehand: a service, how many units, how often, from when until when."""

    coverage = models.ForeignKey(
        "plans.Coverage", on_delete=models.PROTECT, related_name="authorisations", db_constraint=False
    )
    number = models.TextField()
    service_code = models.TextField()
    modifier = models.TextField(blank=True, default="")
    units = models.PositiveSmallIntegerField()
    times_a_week = models.PositiveSmallIntegerField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "id": FieldClass.SAFE,
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "coverage": FieldClass.SAFE,
        "number": FieldClass.ADMINISTRATIVE,
        "service_code": FieldClass.ADMINISTRATIVE,
        "modifier": FieldClass.ADMINISTRATIVE,
        "units": FieldClass.ADMINISTRATIVE,
        "times_a_week": FieldClass.ADMINISTRATIVE,
        "starts_on": FieldClass.ADMINISTRATIVE,
        "ends_on": FieldClass.ADMINISTRATIVE,
        "made_at": FieldClass.SAFE,
        "made_by": FieldClass.SAFE,
    }

    class Meta:
        constraints = [
            coded("number", "plans_authorisation_number_is_a_code"),
            coded("service_code", "plans_authorisation_service_is_a_code"),
            coded("modifier", "plans_authorisation_modifier_is_a_code", optional=True),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="plans_authorisation_ends_after_it_starts",
            ),
        ]
