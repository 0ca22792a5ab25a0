"""Who is listed, and the counts beside them: the directory and the operations tier."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from careplan.fields.classes import FieldClass


class ClientStatus(models.TextChoices):
    """Whether work with a client goes on."""

    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    ENDED = "ended", "Ended"


class Client(models.Model):
    """What a front desk needs of a client (directory tier): the name they use and how to say it. Nothing else."""

    client_id = models.UUIDField(primary_key=True, editable=False)
    practice_id = models.UUIDField(editable=False)
    name_used = models.TextField()
    pronouns = models.TextField(blank=True, default="")
    say_it = models.TextField(blank=True, default="")
    status = models.TextField(choices=ClientStatus.choices, default=ClientStatus.ACTIVE)
    country = models.CharField(max_length=2)
    time_zone = models.TextField()
    language = models.TextField(blank=True, default="")
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "client_id": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "name_used": FieldClass.IDENTIFYING,
        "pronouns": FieldClass.IDENTIFYING,
        "say_it": FieldClass.IDENTIFYING,
        "status": FieldClass.ADMINISTRATIVE,
        "country": FieldClass.IDENTIFYING,
        "time_zone": FieldClass.IDENTIFYING,
        "language": FieldClass.IDENTIFYING,
        "changed_at": FieldClass.ADMINISTRATIVE,
        "changed_by": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name_used=""), name="clients_client_has_a_name"),
            models.CheckConstraint(condition=Q(status__in=ClientStatus.values), name="clients_client_status_is_known"),
            models.CheckConstraint(condition=Q(country__regex="^[A-Z]{2}$"), name="clients_client_country_is_a_code"),
            models.CheckConstraint(condition=~Q(time_zone=""), name="clients_client_has_a_clock"),
        ]

    def __str__(self) -> str:
        return str(self.client_id)


def beside_client(name: str, **options: Any) -> models.OneToOneField[Client, Client]:
    """A row of its own for each client, in another tier or class: `client.<name>`, where it may be seen."""
    return models.OneToOneField(
        Client,
        on_delete=models.PROTECT,
        db_constraint=False,  # a foreign key of the guard's record stands in for it
        db_column="client_id",
        related_name=name,
        editable=False,
        **options,
    )


class LimitsState(models.TextChoices):
    """How far the limits of confidentiality have been told (CONS-11a)."""

    NOT_TOLD = "not_told", "Limits not told yet"
    PARTLY_TOLD = "partly_told", "Limits told in part"
    NOT_NOW = "not_now", "Limits left for later"
    TOLD_WITH_QUESTIONS = "told_with_questions", "Limits told, a question is open"
    TOLD = "told", "Limits told"


class ClientSummary(models.Model):
    """Ids, counts, dates and codes of one client (operations tier), written with the change they follow."""

    client = beside_client("summary", primary_key=True)
    practice_id = models.UUIDField(editable=False)
    status = models.TextField(choices=ClientStatus.choices)
    lead_count = models.PositiveIntegerField(default=0)
    limits_state = models.TextField(choices=LimitsState.choices, default=LimitsState.NOT_TOLD)
    limits_told_at = models.DateTimeField(null=True)
    limits_told_by = models.UUIDField(null=True)
    limits_again_on = models.DateField(null=True)
    cards_told = models.PositiveIntegerField(default=0)
    cards_in_all = models.PositiveIntegerField(default=0)
    questions_open = models.PositiveIntegerField(default=0)
    consents_given = models.PositiveIntegerField(default=0)
    consent_ends_at = models.DateTimeField(null=True)
    consent_again_on = models.DateField(null=True)

    FIELD_CLASSES: ClassVar[dict[str, FieldClass]] = {
        "client": FieldClass.SAFE,
        "practice_id": FieldClass.SAFE,
        "status": FieldClass.ADMINISTRATIVE,
        "lead_count": FieldClass.SAFE,
        "limits_state": FieldClass.ADMINISTRATIVE,
        "limits_told_at": FieldClass.ADMINISTRATIVE,
        "limits_told_by": FieldClass.ADMINISTRATIVE,
        "limits_again_on": FieldClass.ADMINISTRATIVE,
        "cards_told": FieldClass.SAFE,
        "cards_in_all": FieldClass.SAFE,
        "questions_open": FieldClass.SAFE,
        "consents_given": FieldClass.SAFE,
        "consent_ends_at": FieldClass.ADMINISTRATIVE,
        "consent_again_on": FieldClass.ADMINISTRATIVE,
    }

    class Meta:
        db_table = "client_summary"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ClientStatus.values), name="client_summary_status_is_known"),
            models.CheckConstraint(
                condition=Q(limits_state__in=LimitsState.values), name="client_summary_limits_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(limits_told_at=None, limits_told_by=None)
                | Q(limits_told_at__isnull=False, limits_told_by__isnull=False),
                name="client_summary_telling_has_its_who",
            ),
            models.CheckConstraint(
                condition=Q(cards_told__lte=F("cards_in_all")), name="client_summary_tells_no_card_that_is_not"
            ),
        ]

    def __str__(self) -> str:
        return str(self.client_id)
